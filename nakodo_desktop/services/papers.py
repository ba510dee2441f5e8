"""Papers around an interview: a blank sheet to write by hand, the consents to sign, the member's own copy.

Each verb gathers plain facts and returns the job that draws them; nothing is kept but a line in the audit log.
"""

from __future__ import annotations

from collections.abc import Callable

from nakodo_desktop.domain import catalog
from nakodo_desktop.domain.member import MemberId
from nakodo_desktop.domain.municipality import Municipalities
from nakodo_desktop.domain.office import Office
from nakodo_desktop.domain.staff import Right
from nakodo_desktop.domain.values import Answers
from nakodo_desktop.errors import UserError
from nakodo_desktop.printing.consent_sheet import ConsentSheet, render_consent_sheet
from nakodo_desktop.printing.interview_sheet import (
    InterviewCopy,
    render_blank_interview_sheet,
    render_interview_copy,
)
from nakodo_desktop.printing.template import CONSENT_SHEET, in_force
from nakodo_desktop.reference.notice import load_notice
from nakodo_desktop.services.clock import Clock, office_day, utc_now
from nakodo_desktop.services.member_writing import load_answers
from nakodo_desktop.services.rights import require
from nakodo_desktop.vault import members, offices
from nakodo_desktop.vault.vault import Vault

Draw = Callable[[], bytes]  # a job: pure and slow; raises NotPrintable


class Papers:
    def __init__(self, vault: Vault, places: Municipalities, *, now: Clock = utc_now) -> None:
        self._vault = vault
        self._places = places
        self._now = now

    def blank_interview(self) -> Draw:
        """Every field of the catalogue with room to write; for offices that write by hand first."""
        name = self._office().name
        return lambda: render_blank_interview_sheet(office_name=name)

    def consents(self, answers: Answers | None = None) -> Draw:
        """The consents with signature lines; with the name when it is known, blank otherwise."""
        office, said = self._office(), answers or {}
        template = in_force(CONSENT_SHEET, on=office_day(self._now()))
        names = [str(said[key]) for key in ("family_name", "given_name") if said.get(key)]
        facts = ConsentSheet(
            office_name=office.name,
            representative=office.representative,
            phone=office.phone,
            recipient_name=office.recipient.name,
            purposes=load_notice().purposes,
            legal_name=" ".join(names),
            staff_name=self._vault.staff.name if names else "",
        )
        return lambda: render_consent_sheet(template, facts)

    def member_copy(self, member_id: MemberId) -> Draw:
        """What is on record, to be handed to the member; the look is logged. Not the office's own notes."""
        require(self._vault.staff, Right.SEE_SPECIAL_CARE)
        office, db = self._office(), self._vault.read()
        kernel = members.kernel(db, member_id)
        if kernel is None:
            raise LookupError("no such member")
        with self._vault.transaction() as tx:
            tx.audit("member.copy", subject=kernel.uid)
        own_notes = {field.key for field in catalog.NOTES.fields}
        facts = InterviewCopy(
            office_name=office.name,
            phone=office.phone,
            legal_name=kernel.row.legal_name,
            interviewed_on=kernel.row.last_interview_on,
            staff_name=self._vault.staff.name,
            answers={key: value for key, value in load_answers(db, member_id).items() if key not in own_notes},
            place_name=self._places.display_name,
        )
        return lambda: render_interview_copy(facts)

    def record_output(self, kind: str, output: str, *, copies: int = 1) -> None:
        """`output`: "printer" | "pdf"."""
        with self._vault.transaction() as tx:
            tx.audit("paper.print", detail={"kind": kind, "output": output, "copies": copies})

    def _office(self) -> Office:
        office = offices.load(self._vault.read())
        if office is None:
            raise UserError("事務所の設定がまだありません。", "「設定」で事務所の名前と所在地を入力してください。")
        return office
