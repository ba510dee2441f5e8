"""Deleting on time: what is due and why the rest stays, the dry run, two confirmations, the erasure, holds.

Nothing here happens by itself. The head looks, approves by counting the people, and erases exactly what was shown; a
clock that leapt since somebody last looked at the date stops it, a hold always wins.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from nakodo_desktop.domain.interview_record import InterviewKind, InterviewState
from nakodo_desktop.domain.member import MemberId
from nakodo_desktop.domain.retention import Periods, Reason
from nakodo_desktop.domain.staff import Right
from nakodo_desktop.domain.text_rules import text_trouble
from nakodo_desktop.domain.values import Problem
from nakodo_desktop.errors import DiskFull, NotWritable, UserError
from nakodo_desktop.reference import retention_rules
from nakodo_desktop.services.clock import Clock, office_day, utc_now
from nakodo_desktop.services.erasure_plan import Person, Plan, Report, leap_words, line_of, person_of
from nakodo_desktop.services.form_drafts import FormDrafts
from nakodo_desktop.services.rights import require
from nakodo_desktop.vault import (
    backup_shelf,
    batches,
    clock_trust,
    erasing,
    erasure_ledger,
    interviews,
    ledger_mirror,
    legal_holds,
    set_aside,
)
from nakodo_desktop.vault.backup_shelf import Medium
from nakodo_desktop.vault.clock_trust import Leap
from nakodo_desktop.vault.connection import Connection
from nakodo_desktop.vault.erasure_ledger import Entry, State
from nakodo_desktop.vault.purging import purge
from nakodo_desktop.vault.set_aside import SetAside
from nakodo_desktop.vault.vault import Vault

REASON_MAX_CHARS = 400
_IDS_PER_ENTRY = 500


class Erasing:
    def __init__(self, vault: Vault, *, now: Clock = utc_now) -> None:
        self._vault, self._now = vault, now
        self.drafts = FormDrafts(vault)
        self._approved: Plan | None = None

    @property
    def may_erase(self) -> bool:
        return self._vault.staff.may(Right.ERASE)

    @property
    def today(self) -> date:
        """By the later of the clock, the log and what this PC remembers: a clock put back lets nothing become due."""
        moments = (self._now(), clock_trust.last_entry_at(self._vault.read()), self._vault.last_seen_at)
        return office_day(max(moment for moment in moments if moment is not None))

    @property
    def clock_day(self) -> date:
        """What this PC takes for today, to be looked at by the head."""
        return office_day(self._now())

    def leap(self) -> Leap | None:
        """The leap of the clock that stops every erasure until the head has looked at the date."""
        return clock_trust.leap(self._vault.read(), seen=self._vault.last_seen_at, now=self._now())

    def confirm_clock(self) -> None:
        """The head says that the date on this PC is right."""
        require(self._vault.staff, Right.ERASE)
        self._vault.trust_clock()

    # What there is -----------------------------------------------------------------------------------------------

    def persons(self) -> tuple[Person, ...]:
        """Everybody who left: those with something due first, then by the next day."""
        require(self._vault.staff, Right.ERASE)
        db, periods, today = self._vault.read(), self._periods(), self.today
        listed = {listing.member_uid for listing in batches.listed(db)}
        found = [person_of(held, periods, today, is_listed=held.uid in listed) for held in erasing.who_left(db)]
        return tuple(sorted(found, key=lambda one: (not one.due, one.next_day or date.max)))

    def note_shown(self) -> None:
        """The list is on the screen: a look like any other."""
        require(self._vault.staff, Right.ERASE)
        uids = [held.uid for held in erasing.who_left(self._vault.read())]
        with self._vault.transaction() as tx:
            for start in range(0, len(uids), _IDS_PER_ENTRY):
                tx.audit("list.view", detail={"ids": uids[start : start + _IDS_PER_ENTRY]})

    def count_due(self) -> int:
        """How many people have something due, for a line on the home page; 0 for whoever may not erase."""
        if not self.may_erase:
            return 0
        today = self.today
        last_left = {record: period.last_start_due(today) for record, period in self._periods().items()}
        return erasing.count_due(self._vault.read(), last_left, today=today)

    def person(self, member_id: MemberId, *, requested: bool = False) -> Person:
        """One record. `requested`: as if the person had asked for erasure. Raises LookupError."""
        require(self._vault.staff, Right.ERASE)
        held = erasing.held(self._vault.read(), member_id)
        if held is None:
            raise LookupError("no such member")
        return person_of(held, self._periods(), self.today, requested=requested)

    # Dry run, two confirmations, erasure ---------------------------------------------------------------------------

    def plan(self) -> Plan:
        """Everything that is due today."""
        require(self._vault.staff, Right.ERASE)
        return self._due_now(self._vault.read())

    def plan_request(self, member_id: MemberId) -> Plan:
        """What may go now because the person asked. Raises UserError while they are a member, or on hold."""
        person = self.person(member_id, requested=True)
        if person.hold is not None:
            raise UserError(
                "この方の記録は保留中のため、消去できません。",
                "保留の理由がなくなったら、保留を解いてからお試しください。",
            )
        if person.left_on is None:
            raise UserError(
                "在会中の方の記録は、消去の請求だけでは消去できません。",
                "退会のご意思を確かめ、状況を「退会」にしてから、もう一度お試しください。",
            )
        return self._requested_now(self._vault.read(), person.uid)

    def approve(self, plan: Plan, *, people: int, identity_checked: bool = False) -> tuple[Problem, ...]:
        """The second confirmation: the head has counted the people, and knows who asked. Raises UserError.

        A problem means that nothing was approved.
        """
        require(self._vault.staff, Right.ERASE)
        self._refuse_leap()
        if people != len(plan.lines):
            return (Problem("people", f"人数が合いません。いま消去できるのは{len(plan.lines)}名です。"),)
        if plan.reason is Reason.REQUEST and not identity_checked:
            return (Problem("identity", "請求した方がご本人（または代理人）であることを確かめてください。"),)
        detail: dict[str, str | int] = {record.value: count for record, count in plan.counts.items()}
        with self._vault.transaction() as tx:
            subject = plan.lines[0].uid if plan.reason is Reason.REQUEST else ""
            tx.audit(
                "erasure.approve", subject=subject, detail={"reason": plan.reason.value, "people": people, **detail}
            )
        self._approved = plan
        return ()

    def erase(self, plan: Plan, *, places: Iterable[Path] = ()) -> Report:
        """Exactly the approved plan, in one transaction; then the pages are overwritten.

        `places`: where this PC's backups go. Raises UserError when the plan is not what is due any more, DiskFull,
        NotWritable: nothing is erased then.
        """
        require(self._vault.staff, Right.ERASE)
        self._refuse_leap()
        if plan != self._approved or not plan.lines:
            raise UserError(
                "消去する内容が、まだ確かめられていません。", "内容を確かめてから、もう一度お試しください。"
            )
        self._approved = None
        with self._vault.transaction() as tx:
            if plan != self._again(tx.db, plan):
                raise UserError(
                    "確かめたあとで、期限か記録が変わりました。何も消去していません。",
                    "もう一度、消去する内容を確かめてください。",
                )
            for line in plan.lines:
                records = [record.value for record in line.records]
                tx.audit("erasure.erase", subject=line.uid, detail={"reason": plan.reason.value, "records": records})
                erasing.erase(tx.db, line.uid, line.records)
                noted = [Entry(line.uid, record, tx.now, plan.reason) for record in line.records]
                erasure_ledger.note(tx.db, noted, state=State.PENDING)
        return Report(plan, self._finish_if_possible(places), self.media())

    def finish(self, *, places: Iterable[Path] = ()) -> bool:
        """Overwrite what was deleted, if that is not done yet; whether it is now. Nobody's record is touched.

        Raises DiskFull, NotWritable: it stays unfinished.
        """
        require(self._vault.staff, Right.ERASE)
        is_done = purge(self._vault, places=places)
        self._note_vanished()
        return is_done

    @property
    def is_unfinished(self) -> bool:
        return erasure_ledger.is_pending(self._vault.read())

    def came_back(self, *, places: Iterable[Path] = ()) -> tuple[Entry, ...]:
        """Erasures that copies of the ledger outside know of and this vault does not: an older copy was put back."""
        require(self._vault.staff, Right.ERASE)
        db = self._vault.read()
        told = ledger_mirror.read_mirrors(db, self._vault.vault_id, (self._vault.pc_folder, *places)).entries
        missed = told - set(erasure_ledger.entries(db))
        return tuple(sorted(missed, key=lambda entry: (entry.at, entry.uid, entry.record.value)))

    def erase_again(self, *, places: Iterable[Path] = ()) -> bool:
        """What was approved and erased once already, as a restore does it; whether the pages are overwritten, too."""
        require(self._vault.staff, Right.ERASE)
        missed = self.came_back(places=places)
        with self._vault.transaction() as tx:
            tx.audit("erasure.again", detail={"people": len({entry.uid for entry in missed})})
            erasing.erase_again(tx.db, missed)
            erasure_ledger.note(tx.db, missed, state=State.PENDING)
        return self._finish_if_possible(places)

    # Holds -------------------------------------------------------------------------------------------------------

    def hold(self, member_id: MemberId, reason: str) -> tuple[Problem, ...]:
        """Nothing of this record is erased until `release`. Raises UserError for somebody who has not joined yet."""
        require(self._vault.staff, Right.ERASE)
        trouble = text_trouble(reason, one_line=False, max_chars=REASON_MAX_CHARS)
        if not reason.strip():
            return (Problem("reason", "保留する理由を書いてください。"),)
        if trouble is not None:
            return (Problem("reason", trouble.message),)
        uid = self.person(member_id).uid
        db = self._vault.read()
        if any(
            one.state is InterviewState.IN_PROGRESS and one.kind is InterviewKind.INTAKE
            for one in interviews.of_member(db, member_id)
        ):
            raise UserError("入会面談が途中の方は、保留にできません。", "面談を完了してからお試しください。")
        with self._vault.transaction() as tx:
            legal_holds.put(tx.db, member_id, reason=reason.strip(), staff_id=self._vault.staff.id, now=tx.now)
            tx.audit("erasure.hold", subject=uid)
        return ()

    def release(self, member_id: MemberId) -> None:
        """The hold is over; what is due meanwhile is due."""
        require(self._vault.staff, Right.ERASE)
        uid = self.person(member_id).uid
        with self._vault.transaction() as tx:
            if legal_holds.end(tx.db, member_id):
                tx.audit("erasure.release", subject=uid)

    # Backups from before -------------------------------------------------------------------------------------------

    def media(self) -> tuple[Medium, ...]:
        """Backups that still hold somebody who was erased: to be destroyed. The first to expire first."""
        require(self._vault.staff, Right.ERASE)
        db = self._vault.read()
        newest = erasure_ledger.newest_in_backups(db)
        return () if newest is None else backup_shelf.media_before(db, newest)

    def note_destroyed(self, medium: Medium) -> None:
        """The head says that this backup is destroyed. Raises UserError when it still lies there."""
        require(self._vault.staff, Right.ERASE)
        if medium.folder.exists():
            raise UserError(
                f"この控え（{medium.folder.name}）は、まだ置き場所にあります。",
                "フォルダーごと削除してから、もう一度お試しください。",
            )
        with self._vault.transaction() as tx:
            backup_shelf.note_gone(tx.db, [medium.folder], at=tx.now)
            erasure_ledger.mark_expired(tx.db)
            tx.audit("backup.destroyed", subject=medium.folder.name)

    def set_aside(self) -> tuple[SetAside, ...]:
        """Damaged files a restore left in the vault's folder; they may hold somebody who was erased."""
        require(self._vault.staff, Right.ERASE)
        return set_aside.found_in(self._vault.folder)

    def destroy_set_aside(self, one: SetAside) -> None:
        """For good. Raises NotWritable: nothing is logged, and what is left is still listed."""
        require(self._vault.staff, Right.ERASE)
        with self._vault.transaction() as tx:
            tx.audit("set_aside.destroy", subject=one.folder.name)
            set_aside.destroy(one)

    def _finish_if_possible(self, places: Iterable[Path]) -> bool:
        """What is committed is erased; that a disk is full now makes it unfinished, not undone."""
        try:
            return self.finish(places=places)
        except (DiskFull, NotWritable):
            return False

    def _note_vanished(self) -> None:
        """Backups of our own folder that made room for newer ones, and erasures no backup tells of any more."""
        inside = [medium.folder for medium in self.media() if medium.folder.is_relative_to(self._vault.folder)]
        vanished = [folder for folder in inside if not folder.exists()]
        if erasure_ledger.newest_in_backups(self._vault.read()) is not None:
            with self._vault.transaction() as tx:
                backup_shelf.note_gone(tx.db, vanished, at=tx.now)
                erasure_ledger.mark_expired(tx.db)

    def _due_now(self, db: Connection) -> Plan:
        periods, today = self._periods(), self.today
        people = (person_of(held, periods, today) for held in erasing.who_left(db))
        return Plan(Reason.PERIOD, today, tuple(line_of(person) for person in people if person.due))

    def _requested_now(self, db: Connection, uid: str) -> Plan:
        periods, today = self._periods(), self.today
        held = erasing.held_by_uid(db, uid)
        people = () if held is None else (person_of(held, periods, today, requested=True),)
        return Plan(Reason.REQUEST, today, tuple(line_of(person) for person in people if person.due))

    def _again(self, db: Connection, plan: Plan) -> Plan:
        return self._due_now(db) if plan.reason is Reason.PERIOD else self._requested_now(db, plan.lines[0].uid)

    def _periods(self) -> Periods:
        return retention_rules.load().on(self.today)

    def _refuse_leap(self) -> None:
        found = self.leap()
        if found is not None:
            raise UserError(leap_words(found), "日付が正しいことを確かめると、消去できるようになります。")
