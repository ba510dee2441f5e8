"""Reading the log: who did what, who saw this member, is it whole; reading it leaves its own line.

What it can promise: a change shows, up to the last checkpoint kept outside. Nobody promises more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from nakodo_desktop import paths
from nakodo_desktop.domain.member import MemberId
from nakodo_desktop.domain.staff import Right, StaffId
from nakodo_desktop.services.audit_words import act_words, detail_words
from nakodo_desktop.services.lending import Lent, lend
from nakodo_desktop.services.rights import require
from nakodo_desktop.vault import backup_shelf, files, members, this_pc
from nakodo_desktop.vault.audit_reading import (
    AuditEntry,
    AuditFilter,
    audit_csv,
    entries_about,
    find_entries,
    verify_chain,
    went_back_at,
)
from nakodo_desktop.vault.checkpoints import Checkpoint, agrees, agrees_with_code
from nakodo_desktop.vault.loan import Loan
from nakodo_desktop.vault.secret_keys import AUDIT, secret_key
from nakodo_desktop.vault.staff import list_staff
from nakodo_desktop.vault.vault import Vault

PAGE = 200
CSV_MOST = 1_000_000
RECOVERY = "復旧コード"
NOBODY_KNOWS = "（不明）"

_SEEING = frozenset(
    {
        "member.view",
        "photo.view",
        "field.unmask",
        "list.view",
        "document.print",
        "paper.print",
        "export.begin",
        "provision.disclose",
        "provision.view",
    }
)


@dataclass(frozen=True)
class Wanted:
    """What the viewer shows; None means any. Days are the office's, `until` included."""

    person: StaffId | None = None
    member: str | None = None  # a member number
    area: str | None = None  # the beginning of an act: `member`, `export` …
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Line:
    """One entry as the office reads it."""

    seq: int
    at: datetime
    person: str
    act: str
    about: str  # number and name of the member, or the colleague; '' = neither, or erased since
    detail: str


@dataclass(frozen=True)
class Seen:
    """One person who had this member on the screen, on paper or in a list."""

    person: str
    times: int
    last_at: datetime
    ways: tuple[str, ...]


@dataclass(frozen=True)
class Verified:
    """`proofs`: outside checkpoints the log was held against; `missed`: those it no longer contains.

    `hole_at`: from there entries were lost before the records were saved out of a damaged file.
    """

    entries: int
    broken_at: int | None
    hole_at: int | None
    proofs: int
    missed: int
    newest_proof_at: datetime | None
    code_agrees: bool | None  # None: no code from paper was typed

    @property
    def is_whole(self) -> bool:
        return self.broken_at is None and not self.missed and self.code_agrees is not False


class AuditLog:
    """`data_dir`: what this PC remembers; None is this person's own folder."""

    def __init__(self, vault: Vault, *, data_dir: Path | None = None) -> None:
        self._vault = vault
        self._data_dir = data_dir or paths.data_dir()

    @property
    def may_read(self) -> bool:
        return self._vault.staff.may(Right.SEE_AUDIT)

    def people(self) -> tuple[tuple[StaffId, str], ...]:
        """Everybody the log may name, the removed and the paper included."""
        require(self._vault.staff, Right.SEE_AUDIT)
        return (*((StaffId(key), name) for key, name in self._names().items() if key), (StaffId(""), RECOVERY))

    def note_opened(self) -> None:
        """Once when the viewer is opened."""
        require(self._vault.staff, Right.SEE_AUDIT)
        with self._vault.transaction() as tx:
            tx.audit("audit.view")

    def lines(self, wanted: Wanted, *, before: int | None = None) -> tuple[Line, ...]:
        """Newest first, at most PAGE; `before` is the last number of the page above."""
        require(self._vault.staff, Right.SEE_AUDIT)
        entries = self._entries(wanted, limit=PAGE, before=before)
        return tuple(self._lines(entries))

    def who_saw(self, member_id: MemberId) -> tuple[Seen, ...]:
        """Everybody who had this member before their eyes, the last one first."""
        require(self._vault.staff, Right.SEE_AUDIT)
        kernel = members.kernel(self._vault.read(), member_id)
        if kernel is None:
            raise LookupError("no such member")
        by_person: dict[str, list[AuditEntry]] = {}
        for entry in entries_about(self._vault.read(), kernel.uid, limit=CSV_MOST):
            if entry.act in _SEEING:
                by_person.setdefault(entry.actor, []).append(entry)
        names = self._names()
        seen = [
            Seen(
                names.get(actor, actor or RECOVERY),
                len(entries),
                entries[0].at,
                tuple(dict.fromkeys(act_words(entry.act) for entry in entries)),
            )
            for actor, entries in by_person.items()
        ]
        return tuple(sorted(seen, key=lambda one: one.last_at, reverse=True))

    def verify(self, places: Sequence[Path], *, code: str = "") -> Lent[Verified, Verified]:
        """Every entry, then against what lies outside: this PC, the backups at hand, a code from a recovery sheet."""
        require(self._vault.staff, Right.SEE_AUDIT)
        vault_id, here = self._vault.vault_id, tuple(places)
        seen = this_pc.last_seen(self._data_dir, vault_id)

        def work(loan: Loan) -> Verified:
            raw_id = loan.keys.state.header.vault_id
            backups = [backup for place in here for backup in backup_shelf.list_backups(place, raw_id)]
            proofs = [backup.manifest.checkpoint.checkpoint for backup in backups]
            proofs += [] if seen is None else [seen.proof.checkpoint]
            return _verified(loan, proofs, vault_id=vault_id, code=code.strip())

        return lend(self._vault, work, self._note_verified)

    def save_csv(self, path: Path, *, since: date, until: date) -> int:
        """Every entry of these days, oldest first, in ids and keys. → how many. Raises DiskFull, NotWritable."""
        require(self._vault.staff, Right.SEE_AUDIT)
        entries = self._entries(Wanted(since=since, until=until), limit=CSV_MOST, before=None)
        files.write_atomically(path, audit_csv(reversed(entries), {**self._names(), "": RECOVERY}))
        with self._vault.transaction() as tx:
            tx.audit("audit.export", detail={"count": len(entries)})
        return len(entries)

    def _entries(self, wanted: Wanted, *, limit: int, before: int | None) -> list[AuditEntry]:
        db = self._vault.read()
        since, until = _start_of(wanted.since), _start_of(wanted.until, days=1)
        if wanted.member is None:
            asked = AuditFilter(since, until, wanted.person, wanted.area, before)
            return find_entries(db, asked, limit=limit)
        uid = members.uid_of_number(db, wanted.member)
        if uid is None:
            return []
        about = entries_about(db, uid, limit=CSV_MOST)
        return [entry for entry in about if _fits(entry, wanted, since, until, before)][:limit]

    def _lines(self, entries: Iterable[AuditEntry]) -> Iterable[Line]:
        listed = list(entries)
        names = self._names()
        known = members.names_by_uid(self._vault.read(), [entry.subject for entry in listed if entry.subject])
        for entry in listed:
            person = names.get(entry.actor, entry.actor or RECOVERY)
            if entry.act == "vault.unlock_failed":  # written down by whoever got in next
                person = NOBODY_KNOWS
            about = known.get(entry.subject) or names.get(entry.subject, "")
            yield Line(entry.seq, entry.at, person, act_words(entry.act), about, detail_words(entry.detail))

    def _names(self) -> Mapping[str, str]:
        return {record.staff.id: record.staff.name for record in list_staff(self._vault.read())}

    def _note_verified(self, verified: Verified) -> Verified:
        with self._vault.transaction() as tx:
            tx.audit("audit.verify", detail={"whole": int(verified.is_whole), "proofs": verified.proofs})
        return verified


def _verified(loan: Loan, proofs: list[Checkpoint], *, vault_id: str, code: str) -> Verified:
    with closing(loan.connect()) as db:
        chain = verify_chain(db, secret_key(db, AUDIT))
        went_back = went_back_at(db)
        counted = [proof for proof in proofs if went_back is None or proof.at > went_back]
        return Verified(
            entries=chain.entries,
            broken_at=chain.broken_at,
            hole_at=chain.hole_at,
            proofs=len(counted),
            missed=sum(not agrees(db, proof) for proof in counted),
            newest_proof_at=max((proof.at for proof in counted), default=None),
            code_agrees=agrees_with_code(db, vault_id, code=code) if code else None,
        )


def _fits(
    entry: AuditEntry, wanted: Wanted, since: datetime | None, until: datetime | None, before: int | None
) -> bool:
    return (
        (wanted.person is None or entry.actor == wanted.person)
        and (wanted.area is None or entry.act.split(".")[0] == wanted.area)
        and (since is None or entry.at >= since)
        and (until is None or entry.at < until)
        and (before is None or entry.seq < before)
    )


def _start_of(day: date | None, *, days: int = 0) -> datetime | None:
    return None if day is None else datetime.combine(day + timedelta(days=days), time()).astimezone()
