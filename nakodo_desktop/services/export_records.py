"""The record of what left: written before the file exists, confirmed when it lies there, settled after a crash."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from datetime import date, datetime

from nakodo_desktop.domain.fields import Retention
from nakodo_desktop.domain.provision import BatchRecord, Change, Provision
from nakodo_desktop.domain.site_item import shown_values
from nakodo_desktop.errors import UserError
from nakodo_desktop.export.bundle import Bundle
from nakodo_desktop.reference import retention_rules
from nakodo_desktop.services.approvals import Approval, require_approval
from nakodo_desktop.services.delivery_jobs import Destination
from nakodo_desktop.services.export_candidates import read_grounds
from nakodo_desktop.services.export_plan import Line, Plan
from nakodo_desktop.services.shown_ids import note_ids
from nakodo_desktop.vault import batches, deliveries, offices
from nakodo_desktop.vault.connection import Connection
from nakodo_desktop.vault.vault import Vault

Unsettled = batches.Unsettled


_AT_ONCE = 40  # records in one transaction: a few milliseconds, and a batch of 300 takes a few of them


def begin(
    vault: Vault, plan: Plan, bundle: Bundle, *, there: Destination, approval: Approval | None, now: datetime
) -> BatchRecord:
    """All steps of `beginning` in a row."""
    steps = beginning(vault, plan, bundle, there=there, approval=approval, now=now)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            record: BatchRecord = end.value
            return record


def beginning(
    vault: Vault, plan: Plan, bundle: Bundle, *, there: Destination, approval: Approval | None, now: datetime
) -> Generator[None, None, BatchRecord]:
    """Everything about the batch, before its file exists, in steps that leave a window time to breathe.

    A batch whose steps were broken off is an unsettled one without a file. Raises UserError when a member or a setting
    is not as planned any more, NotApproved; then nothing is on record.
    """
    record = BatchRecord(
        seq=plan.batch.seq,
        name=there.name_of(bundle),
        day=plan.batch.day,
        rule_version=plan.batch.rules_version,
        recipient=plan.office.recipient,
        profile_count=len(plan.lines),
        removal_count=len(plan.removed),
        manifest_sha256=bundle.manifest_sha256,
        staff_name=vault.staff.name,
        created_at=now,
    )
    if there.folder is None and not there.delivery.kind.is_remote:
        raise UserError("書き出すフォルダーが選ばれていません。", "保存するフォルダーを選んでください。")
    changes = plan.changes
    entries = [
        batches.Entry(member.member_uid, member.site_id, change, member.content_sha256)
        for change, members in (
            (Change.NEW, changes.new),
            (Change.CHANGED, changes.changed),
            (Change.UNCHANGED, changes.unchanged),
            (Change.REMOVED, changes.removed),
        )
        for member in members
    ]
    retain_until = retention_rules.load().on(plan.batch.day)[Retention.PROVISION].end(plan.batch.day)
    while True:  # until nobody wrote anything between the first look at a member and the transaction
        db = vault.read()
        seen_at = db.total_changes
        for line in plan.lines:
            refuse_changed(db, [line])
            yield
        with vault.transaction() as tx:
            if tx.db is not db or db.total_changes != seen_at:
                continue
            _refuse_elsewhere(tx.db, plan, there)
            approved_by = require_approval(tx.db, plan, approval=approval, operator=vault.staff)
            batches.begin(tx.db, record, folder=there.words, staff_id=vault.staff.id, approved_by=approved_by)
            detail: dict[str, str | int] = {
                "batch": record.seq,
                "profiles": record.profile_count,
                "removals": record.removal_count,
                "small": int(plan.is_small),
                "way": there.delivery.kind.value,
                "approved_by": approved_by or "",
            }
            note_ids(tx, "export.begin", [line.candidate.uid for line in plan.lines], detail)
            break
    try:
        for start in range(0, len(entries), _AT_ONCE):
            yield
            with vault.transaction() as tx:
                batches.note_entries(tx.db, record.seq, entries[start : start + _AT_ONCE])
        for start in range(0, len(plan.lines), _AT_ONCE):
            yield
            lines = plan.lines[start : start + _AT_ONCE]
            with vault.transaction() as tx:
                given = [_provision(plan, line, bundle, retain_until=retain_until) for line in lines]
                batches.note_provisions(tx.db, record.seq, given)
    except UserError:
        abort(vault, record)
        raise
    return record


def refuse_changed(db: Connection, lines: Iterable[Line]) -> None:
    """The last look before anything is written: a consent withdrawn while the bundle was built counts."""
    changed = [
        line.candidate.row.number for line in lines if read_grounds(db, line.candidate.row.id) != line.candidate.grounds
    ]
    if changed:
        raise changed_meanwhile(changed)


def _refuse_elsewhere(db: Connection, plan: Plan, there: Destination) -> None:
    """The recipient and the way there are the vault's, whoever calls."""
    office = offices.load(db)
    if office is None or office.recipient != plan.office.recipient or deliveries.load(db) != there.delivery:
        raise UserError(
            "書き出しの準備をしたあとで、提供先か渡し方の設定が変わりました。何も書き出していません。",
            "一覧に戻って、もう一度確かめてください。",
        )


def changed_meanwhile(numbers: list[str]) -> UserError:
    """Ids of members only; the words are shown, and shown errors may be logged."""
    return UserError(
        f"選んだあとで条件や記録が変わった会員がいます（{'、'.join(numbers)}）。何も書き出していません。",
        "一覧に戻って、もう一度確かめてください。",
    )


def confirm(vault: Vault, record: BatchRecord) -> None:
    """The file lies in its folder: the records count from now on and never change."""
    with vault.transaction() as tx:
        batches.confirm(tx.db, record.seq)
        tx.audit("export.deliver", detail={"batch": record.seq, "sha256": record.manifest_sha256})


def abort(vault: Vault, record: BatchRecord) -> None:
    """Nothing left the office."""
    with vault.transaction() as tx:
        batches.drop(tx.db, record.seq)
        tx.audit("export.abort", detail={"batch": record.seq})


def settle(vault: Vault, left: Unsettled, *, delivered: bool) -> str:
    """Confirm or forget a batch that was cut off. → what was done, in words"""
    with vault.transaction() as tx:
        (batches.confirm if delivered else batches.drop)(tx.db, left.seq)
        tx.audit("export.settle", detail={"batch": left.seq, "delivered": int(delivered)})
    outcome = "書き出し済みとして記録しました" if delivered else "書き出されていないため、記録を取り消しました"
    return f"途中で終わった書き出し（{left.name}）を{outcome}。"


def _provision(plan: Plan, line: Line, bundle: Bundle, *, retain_until: date) -> Provision:
    """個情法29条, 規則20条1項2号; kept three years from this provision (規則21条)."""
    consent = line.candidate.grounds.provision
    shown = shown_values(line.profile)
    return Provision(
        member_uid=line.candidate.uid,
        person=line.candidate.row.legal_name,
        provided_on=plan.batch.day,
        recipient=plan.office.recipient,
        items=tuple(key for key, value in shown.items() if value),
        consent_text_version=consent.text_version,
        consented_on=consent.consented_on,
        rule_version=plan.batch.rules_version,
        bundle_sha256=bundle.manifest_sha256,
        retain_until=retain_until,
        pseudonym=line.profile.pseudonym,
    )
