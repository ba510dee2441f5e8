"""A declaration that may be false: suspect it, lift the suspicion, and hand the matter over to the office's lawyer.

The file for the lawyer holds what the declaration affirms and nothing that is not needed to judge it: no special-care
facts, no wishes, no matchmakers' notes, no photo (個情法16条・18条).
"""

from __future__ import annotations

from collections.abc import Callable

from nakodo_desktop.domain import catalog
from nakodo_desktop.domain.answers import describe
from nakodo_desktop.domain.declaration import Declaration, DeclarationId, DeclarationState, as_of
from nakodo_desktop.domain.fields import Audience, Field, Kind, Privacy
from nakodo_desktop.domain.japanese import format_wareki
from nakodo_desktop.domain.member import MemberId
from nakodo_desktop.domain.municipality import Municipalities
from nakodo_desktop.domain.staff import Right
from nakodo_desktop.domain.suspicion import Suspicion, cleared
from nakodo_desktop.domain.values import Answers, Problem
from nakodo_desktop.errors import SavedElsewhere
from nakodo_desktop.printing.record_sheet import RecordGroup, RecordSheet, render_record_sheet
from nakodo_desktop.printing.table import Pair
from nakodo_desktop.services.clock import Clock, office_day, office_time, utc_now
from nakodo_desktop.services.declaration_writing import keep_list_in_step, typed_text_trouble, uid_of
from nakodo_desktop.services.form_drafts import FormDrafts
from nakodo_desktop.services.member_writing import load_answers
from nakodo_desktop.services.provisions import provision_pair
from nakodo_desktop.services.rights import require
from nakodo_desktop.vault import batches, declarations, members, offices, suspicions
from nakodo_desktop.vault.vault import Vault

HAND_OVER_TITLE = "独身誓約書の確認のための資料"
_LEAD = (
    "独身誓約書に虚偽の疑いがあるため、事実の確認のために当相談所の顧問弁護士にお渡しする資料です。"
    "疑いの段階であり、虚偽と決まったものではありません。"
    "新興宗教・障害・健康に関する回答、お相手への希望、面談メモ、写真は含みません。"
    "署名された原本は、下の「保管」の場所にあります。"
)
_LEFT_OUT = {catalog.WISHES.key, catalog.NOTES.key, catalog.PHOTOS.key, catalog.SITE.key}
# That somebody was asked about a belief or an illness is told to nobody who need not know it.
_CARE_CONSENTS = {key for key in catalog.CONSENT_SCOPES if key.startswith(("consent_collect_", "consent_disclose_"))}
_REASON_CHARS = 1000


class Suspicions:
    def __init__(self, vault: Vault, places: Municipalities, *, now: Clock = utc_now) -> None:
        self._vault = vault
        self._places = places
        self._now = now
        self.drafts = FormDrafts(vault)

    def suspect(self, declaration_id: DeclarationId, reason: str) -> tuple[Problem, ...]:
        """Blocks every export of the member from this moment. Raises SavedElsewhere when it is suspected already."""
        require(self._vault.staff, Right.SIGN_DECLARATION)
        if problems := _reason_problems(reason, empty="疑う理由を書いてください。"):
            return problems
        sheet = self._sheet(declaration_id)
        if sheet.state is DeclarationState.FALSE_SUSPECTED:
            raise SavedElsewhere()
        member_id = MemberId(sheet.member_id)
        with self._vault.transaction() as tx:
            suspicions.record(tx.db, declaration_id, reason, staff_id=self._vault.staff.id, now=tx.now)
            tx.audit("declaration.suspect", subject=uid_of(tx.db, member_id), detail={"declaration": declaration_id})
            keep_list_in_step(tx, member_id)
        return ()

    def lift(self, declaration_id: DeclarationId, reason: str) -> tuple[Problem, ...]:
        """The sheet is again what it was, or superseded by what was signed meanwhile. Both reasons stay on record.

        Raises SavedElsewhere when somebody lifted it before.
        """
        require(self._vault.staff, Right.SIGN_DECLARATION)
        if problems := _reason_problems(reason, empty="疑いを解く理由を書いてください。"):
            return problems
        sheet = self._sheet(declaration_id)
        if sheet.state is not DeclarationState.FALSE_SUSPECTED:
            raise SavedElsewhere()
        member_id = MemberId(sheet.member_id)
        with self._vault.transaction() as tx:
            becomes, superseded_by = cleared(sheet, declarations.of_member(tx.db, member_id))
            suspicions.lift(
                tx.db,
                declaration_id,
                reason,
                becomes=becomes,
                superseded_by=superseded_by,
                staff_id=self._vault.staff.id,
                now=tx.now,
            )
            tx.audit("declaration.clear", subject=uid_of(tx.db, member_id), detail={"declaration": declaration_id})
            keep_list_in_step(tx, member_id)
        return ()

    def of(self, declaration_id: DeclarationId) -> tuple[Suspicion, ...]:
        """Newest first, lifted ones too: what a matchmaker wrote about a person, read by whoever may write it."""
        require(self._vault.staff, Right.SIGN_DECLARATION)
        return suspicions.of_declaration(self._vault.read(), declaration_id)

    def hand_over(self, declaration_id: DeclarationId) -> Callable[[], bytes]:
        """The job that draws the file for the lawyer, as PDF; that it was asked for is logged. Raises NotPrintable."""
        require(self._vault.staff, Right.SIGN_DECLARATION)
        record = self._record(MemberId(self._sheet(declaration_id).member_id))
        with self._vault.transaction() as tx:
            uid = uid_of(tx.db, MemberId(self._sheet(declaration_id).member_id))
            tx.audit("declaration.hand_over", subject=uid, detail={"declaration": declaration_id})
        return lambda: render_record_sheet(record)

    def record_output(self, output: str, *, copies: int = 1) -> None:
        """The file for the lawyer was put on paper or into a file: `output` "printer" | "pdf"."""
        with self._vault.transaction() as tx:
            tx.audit("paper.print", detail={"kind": "hand_over", "output": output, "copies": copies})

    def _record(self, member_id: MemberId) -> RecordSheet:
        db, today = self._vault.read(), office_day(self._now())
        kernel, office = members.kernel(db, member_id), offices.load(db)
        assert kernel is not None and office is not None  # there is a sheet, so there was a member and an office
        sheets = [as_of(sheet, today=today) for sheet in declarations.of_member(db, member_id)]
        groups = [
            RecordGroup("疑い", tuple(pair for sheet in sheets for pair in self._suspicion_pairs(sheet))),
            RecordGroup("独身誓約書", tuple(map(self._sheet_pair, sheets)), note="新しい順"),
            *self._fact_groups(load_answers(db, member_id)),
            RecordGroup(
                "第三者提供の記録", tuple(map(provision_pair, batches.provisions_of(db, kernel.uid))), note="新しい順"
            ),
        ]
        asides = (
            f"{kernel.row.legal_name} 様（{kernel.row.number}）",
            f"作成日　{format_wareki(today)}　作成者　{self._vault.staff.name}",
            f"{office.name}　{office.phone}".strip(),
            f"宛先　顧問弁護士　{office.lawyer_name}".strip(),
        )
        return RecordSheet(title=HAND_OVER_TITLE, asides=asides, lead=_LEAD, groups=tuple(groups))

    def _suspicion_pairs(self, sheet: Declaration) -> list[Pair]:
        pairs = []
        for found in self.of(sheet.id):
            words = f"{office_time(found.suspected_at)}　記録 {found.staff_name or '（記録なし）'}\n{found.reason}"
            if found.lifted_at is not None:
                words += f"\n{office_time(found.lifted_at)}　解除 {found.lifted_by}\n{found.lifted_because}"
            pairs.append(Pair(sheet.number, words))
        return pairs

    def _sheet_pair(self, sheet: Declaration) -> Pair:
        lines = [f"{sheet.state.label}　文面 {sheet.form_version}版　作成 {office_time(sheet.created_at)}"]
        if sheet.signed_on is not None and sheet.valid_until is not None:
            method = "オンライン対面" if sheet.method == "online" else "対面"
            lines.append(
                f"署名 {format_wareki(sheet.signed_on)}　{sheet.place}（{method}）　立会い {sheet.witness_name}"
                f"　期限 {format_wareki(sheet.valid_until)}"
            )
        lines.append(f"保管 {sheet.filed_at or '（記録なし）'}")
        for printing in declarations.printings(self._vault.read(), sheet.id):
            what = f"{printing.copies}部印刷" if printing.output == "printer" else "PDFに保存"
            lines.append(f"{office_time(printing.printed_at)}　{what}（{printing.staff_name}）")
        lines += [f"PDFの照合値（SHA-256） {sheet.pdf_sha256}", f"文面の照合値（SHA-256） {sheet.form_sha256}"]
        return Pair(sheet.number, "\n".join(lines))

    def _fact_groups(self, answers: Answers) -> list[RecordGroup]:
        return [
            RecordGroup(section.title, tuple(self._fact(f, answers) for f in section.fields if _is_told(f, answers)))
            for section in catalog.SECTIONS
            if section.key not in _LEFT_OUT
        ]

    def _fact(self, field: Field, answers: Answers) -> Pair:
        return Pair(field.paper_label, describe(field, answers[field.key], self._places.display_name))

    def _sheet(self, declaration_id: DeclarationId) -> Declaration:
        found = declarations.load(self._vault.read(), declaration_id)
        if found is None:
            raise LookupError("no such declaration")
        return found


def _is_told(field: Field, answers: Answers) -> bool:
    is_needed = field.privacy is not Privacy.SPECIAL_CARE and field.key not in _CARE_CONSENTS
    is_needed &= field.sees is not Audience.MATCHMAKERS
    return is_needed and field.kind is not Kind.PHOTO and answers.get(field.key) not in (None, "", ())


def _reason_problems(reason: str, *, empty: str) -> tuple[Problem, ...]:
    if not reason.strip():
        return (Problem("reason", empty),)
    trouble = typed_text_trouble(reason, one_line=False, max_chars=_REASON_CHARS)
    return () if trouble is None else (Problem("reason", trouble.message),)
