"""The second person: somebody other than the operator, there in person, agrees to exactly this batch.

They come to the desk, look at the plan and type their own passphrase. That opens nothing; it proves who they are.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass

from nakodo_desktop.domain.staff import Right, Staff, StaffId
from nakodo_desktop.errors import NotApproved
from nakodo_desktop.services.export_plan import Plan
from nakodo_desktop.vault import deliveries, staff
from nakodo_desktop.vault.connection import Connection
from nakodo_desktop.vault.vault import Vault

_DOMAIN = b"nakodo-approval-v1\0"


@dataclass(frozen=True)
class Approval:
    """Who agreed, and to what: another plan, even of the same members a minute later, is another digest."""

    staff_id: StaffId
    plan_sha256: str


class Approvals:
    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def is_needed(self) -> bool:
        return deliveries.load(self._vault.read()).needs_second_approval

    def people(self) -> tuple[Staff, ...]:
        """Who may approve what the operator prepares."""
        return able_to_approve(self._vault.read(), operator=self._vault.staff)

    def ask(self, plan: Plan, person: StaffId, *, passphrase: str) -> Callable[[], Approval]:
        """A job: slow, on plain data. Raises WrongPassphrase, OfficeKeyNeeded, NotEnoughMemory.

        Raises NotApproved here and now for somebody who is not among `people`.
        """
        if person not in {one.id for one in self.people()}:
            raise _not_this_person()
        doorman, digest = self._vault.doorman(), digest_of(plan)

        def work() -> Approval:
            doorman.recognise(person, passphrase)
            return Approval(person, digest)

        return work

    def note_failed(self, person: StaffId) -> None:
        """A passphrase that was not theirs; for the log."""
        with self._vault.transaction() as tx:
            tx.audit("export.approve_failed", detail={"staff": person})


def able_to_approve(db: Connection, *, operator: Staff) -> tuple[Staff, ...]:
    return tuple(
        one.staff
        for one in staff.list_staff(db)
        if one.slot_id is not None and one.staff.may(Right.EXPORT) and one.staff.id != operator.id
    )


def require_approval(db: Connection, plan: Plan, *, approval: Approval | None, operator: Staff) -> StaffId | None:
    """Who approved; None when the office wants nobody to. Inside the transaction that writes the batch down.

    Raises NotApproved.
    """
    if approval is None:
        if deliveries.load(db).needs_second_approval:
            raise NotApproved(
                "この書き出しには、もう一人の承認が必要です。何も書き出していません。",
                "書き出しのできるほかの方に内容を見てもらい、その方のパスワードで承認してもらってください。",
            )
        return None
    if approval.plan_sha256 != digest_of(plan):
        raise NotApproved(
            "承認された内容と、いまの内容が違います。何も書き出していません。", "もう一度、承認してもらってください。"
        )
    if approval.staff_id not in {one.id for one in able_to_approve(db, operator=operator)}:
        raise _not_this_person()
    return approval.staff_id


def digest_of(plan: Plan) -> str:
    """Names the batch by its random id and everything in it that the members and the association would notice."""
    listed = [
        [line.profile.site_id, line.change.value, prepared.content_sha256]
        for line in plan.lines
        if (prepared := line.candidate.prepared) is not None
    ]
    facts = {
        "batch": plan.batch.batch_id,
        "seq": plan.batch.seq,
        "to": plan.batch.recipient.code,
        "listed": sorted(listed),
        "removed": sorted(plan.batch.removals),
    }
    return hashlib.sha256(_DOMAIN + json.dumps(facts, sort_keys=True).encode()).hexdigest()


def _not_this_person() -> NotApproved:
    return NotApproved(
        "この方は、この書き出しを承認できません。何も書き出していません。",
        "承認できるのは、書き出しの権限のある、操作している方とは別の方です。",
    )
