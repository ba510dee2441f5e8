"""Declarations: gather the facts, draw, print, sign. Printing is never signing; for suspicions see `suspicions`.

`draw` is slow and pure: a job. Everything else is one short transaction.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import date

from nakodo_desktop.domain.catalog import FIELDS
from nakodo_desktop.domain.declaration import (
    Declaration,
    DeclarationId,
    Signing,
    Standing,
    as_of,
    valid_until,
)
from nakodo_desktop.domain.declaration_facts import Copy, DeclarationFacts, DeclarationOffice
from nakodo_desktop.domain.member import MemberId, MemberRow
from nakodo_desktop.domain.member_query import Group, MemberQuery, SortBy
from nakodo_desktop.domain.municipality import Municipalities
from nakodo_desktop.domain.office import Office
from nakodo_desktop.domain.profile import check
from nakodo_desktop.domain.resigning import AT_SERIOUS
from nakodo_desktop.domain.staff import Right
from nakodo_desktop.domain.values import Answers, Problem
from nakodo_desktop.errors import NotPrintable, SavedElsewhere, UserError
from nakodo_desktop.printing.declaration import render_declaration, variants_printed_plain
from nakodo_desktop.printing.template import in_force, read_template
from nakodo_desktop.services.clock import Clock, office_day, utc_now
from nakodo_desktop.services.declaration_writing import keep_list_in_step, typed_text_trouble, uid_of
from nakodo_desktop.services.form_drafts import FormDrafts
from nakodo_desktop.services.member_writing import load_answers
from nakodo_desktop.services.resigning import asked_in_serious
from nakodo_desktop.services.rights import require
from nakodo_desktop.services.signed_scans import SignedScans
from nakodo_desktop.services.suspicions import Suspicions
from nakodo_desktop.vault import declarations, members, offices
from nakodo_desktop.vault.declarations import Printing as Printing  # the window shows them and knows no vault
from nakodo_desktop.vault.vault import Vault

FORM = "single_status_declaration"


@dataclass(frozen=True)
class Sheet:
    """What will stand on the sheet; `facts` say which version of the words."""

    member_id: MemberId
    facts: DeclarationFacts


@dataclass(frozen=True)
class SheetPdf:
    """Both copies as PDF bytes; the record keeps the checksum of the office's.

    `plain_variants` are characters whose variant the face lacks: they stand there in their usual form.
    """

    office: bytes
    member: bytes
    plain_variants: tuple[str, ...] = ()

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.office).hexdigest()


@dataclass(frozen=True)
class DueRow:
    """A member whose declaration needs something; `occasion` is what asks for a signature although one is valid."""

    row: MemberRow
    standing: Standing
    occasion: str = ""

    def words(self, today: date) -> str:
        """What is the matter, for a list."""
        return self.occasion or self.row.proof(today).words


def draw(sheet: Sheet) -> SheetPdf:
    """The same sheet gives the same bytes. Raises NotPrintable."""
    template = read_template(FORM, version=sheet.facts.text_version)
    if template.sha256 != sheet.facts.text_sha256:
        raise NotPrintable(
            f"誓約書の文面（{sheet.facts.text_version}版）が、署名されたときと違っています。印刷を止めました。",
            "なこうどデスクをインストールし直してください。",
        )
    office, member = (render_declaration(template, _with_copy(sheet.facts, copy)) for copy in Copy)
    return SheetPdf(office, member, variants_printed_plain(sheet.facts))


class Declarations:
    def __init__(self, vault: Vault, places: Municipalities, *, now: Clock = utc_now) -> None:
        self._vault = vault
        self._places = places
        self._now = now
        self.suspicions = Suspicions(vault, places, now=now)
        self.scans = SignedScans(vault)
        self.drafts = FormDrafts(vault)

    @property
    def today(self) -> date:
        return office_day(self._now())

    def prepare(self, member_id: MemberId, *, said: Answers | None = None) -> Sheet:
        """Facts for a new sheet, from the record; of an interview that is not finished, what was `said` in it.

        Raises UserError when one is lacking or cannot stand.
        """
        require(self._vault.staff, Right.SIGN_DECLARATION)
        db, today = self._vault.read(), self.today
        office = offices.load(db)
        answers = load_answers(db, member_id)
        if said is not None:
            answers |= self._checked({key: said.get(key) for key in (*_NEEDED, "identity_document")})
        if office is None:
            raise UserError("事務所の設定がまだありません。", "「設定」で事務所の名前と所在地を入力してください。")
        lacking = [FIELDS[key].label for key in _NEEDED if not answers.get(key)]
        if lacking:
            raise UserError(
                f"誓約書に必要な記録がありません：{'、'.join(lacking)}", "面談の記録を開いて入力してください。"
            )
        template = in_force(FORM, on=today)
        birth_date = answers["birth_date"]
        assert isinstance(birth_date, date)
        document = str(answers.get("identity_document") or "")
        return Sheet(
            member_id,
            DeclarationFacts(
                document_number=declarations.next_number(db, today),
                text_version=template.version,
                text_sha256=template.sha256,
                office=_addressee(office),
                lawyer_name=office.lawyer_name or None,
                legal_name=f"{answers['family_name']} {answers['given_name']}",
                kana=f"{answers['family_kana']} {answers['given_kana']}",
                birth_date=birth_date,
                address=self._places.display_name(str(answers["municipality"])) + str(answers["address_line"]),
                valid_months=office.redeclare_months,
                matchmaker=self._vault.staff.name,
                identity_document=FIELDS["identity_document"].choice_label(document) if document else "",
                issued_on=today,
                copy=Copy.OFFICE,
            ),
        )

    def keep(self, sheet: Sheet, pdf: SheetPdf) -> Declaration:
        """Record the drawn sheet as a draft: number, version of the words and checksum.

        Raises UserError when another sheet took the number in between.
        """
        require(self._vault.staff, Right.SIGN_DECLARATION)
        number = sheet.facts.document_number
        with self._vault.transaction() as tx:
            if declarations.next_number(tx.db, sheet.facts.issued_on) != number:
                raise UserError(
                    f"文書番号 {number} は、ほかの誓約書に使われました。この誓約書は記録していません。",
                    "もう一度「新しく作り直す」を押してください。",
                )
            new = declarations.insert(
                tx.db,
                sheet.member_id,
                number=number,
                form_version=sheet.facts.text_version,
                form_sha256=sheet.facts.text_sha256,
                facts_json=_to_json(sheet.facts),
                pdf_sha256=pdf.sha256,
                now=tx.now,
            )
            detail: dict[str, str | int] = {"declaration": new, "number": number}
            tx.audit("declaration.create", subject=uid_of(tx.db, sheet.member_id), detail=detail)
            keep_list_in_step(tx, sheet.member_id)
        return self.load(new)

    def sheet_of(self, declaration_id: DeclarationId) -> Sheet:
        """The recorded sheet, to be drawn again with the words of its day."""
        found = declarations.facts(self._vault.read(), declaration_id)
        if found is None:
            raise LookupError("no such declaration")
        return Sheet(MemberId(self.load(declaration_id).member_id), _from_json(found[1]))

    def check_redrawn(self, declaration_id: DeclarationId, pdf: SheetPdf) -> None:
        """Raises NotPrintable when the sheet drawn again is not the one that was recorded."""
        if self.load(declaration_id).pdf_sha256 != pdf.sha256:
            raise NotPrintable(
                "印刷し直した誓約書が、記録されている誓約書と一致しません。印刷を止めました。",
                "新しい誓約書を作成してください。署名済みの紙はそのまま有効です。",
            )

    def record_output(self, declaration_id: DeclarationId, output: str, *, copies: int = 1) -> Declaration:
        """It went to a printer or to a PDF file the operator chose ("printer" | "pdf"); a draft becomes PRINTED."""
        require(self._vault.staff, Right.SIGN_DECLARATION)
        member_id = MemberId(self.load(declaration_id).member_id)
        with self._vault.transaction() as tx:
            declarations.mark_printed(tx.db, declaration_id, now=tx.now)
            declarations.log_printing(
                tx.db, declaration_id, output, copies=copies, staff_id=self._vault.staff.id, now=tx.now
            )
            tx.audit(
                "document.print",
                subject=uid_of(tx.db, member_id),
                detail={"declaration": declaration_id, "output": output, "copies": copies},
            )
            keep_list_in_step(tx, member_id)
        return self.load(declaration_id)

    def sign(self, declaration_id: DeclarationId, signing: Signing) -> Declaration | tuple[Problem, ...]:
        """Only with date, place, method and the document seen. A new signature supersedes the former ones."""
        require(self._vault.staff, Right.SIGN_DECLARATION)
        problems = self._signing_problems(signing, self.load(declaration_id))
        if problems:
            return problems
        sheet = self.sheet_of(declaration_id)
        member_id = sheet.member_id
        until = valid_until(signing.signed_on, months=sheet.facts.valid_months)  # as the signed paper says
        with self._vault.transaction() as tx:
            witness = self._vault.staff.id
            if not declarations.mark_signed(tx.db, declaration_id, signing, witness=witness, valid_until=until):
                raise SavedElsewhere()
            declarations.supersede_others(tx.db, member_id, declaration_id)
            tx.audit("declaration.sign", subject=uid_of(tx.db, member_id), detail={"declaration": declaration_id})
            keep_list_in_step(tx, member_id)
        return self.load(declaration_id)

    def load(self, declaration_id: DeclarationId) -> Declaration:
        found = declarations.load(self._vault.read(), declaration_id)
        if found is None:
            raise LookupError("no such declaration")
        return as_of(found, today=self.today)

    def of_member(self, member_id: MemberId) -> tuple[Declaration, ...]:
        """Newest first."""
        return tuple(as_of(d, today=self.today) for d in declarations.of_member(self._vault.read(), member_id))

    @property
    def may_record(self) -> bool:
        """Whether the person at the desk may make, print and sign declarations."""
        return self._vault.staff.may(Right.SIGN_DECLARATION)

    def row_of(self, member_id: MemberId) -> MemberRow:
        """Whose declarations these are. Raises LookupError when the member is gone."""
        found = members.rows(self._vault.read(), [member_id])
        if not found:
            raise LookupError("no such member")
        return found[0]

    def printings(self, declaration_id: DeclarationId) -> tuple[Printing, ...]:
        return declarations.printings(self._vault.read(), declaration_id)

    def due(self) -> tuple[DueRow, ...]:
        """Active members whose declaration is missing, unsigned, near its end or over, or who began 真剣交際 without
        signing again; the most urgent first.
        """
        db, today = self._vault.read(), self.today
        rows: list[MemberRow] = []
        for group in (Group.ACTIVE, Group.PRE_PUBLISH):
            query = MemberQuery(group=group, sort_by=SortBy.DECLARATION, descending=False)
            rows += members.rows(db, members.select_ids(db, query, today=today))
        asked = asked_in_serious(db)
        found = [_due_row(r, today=today, is_asked=r.id in asked) for r in rows]
        return tuple(
            sorted((d for d in found if d.standing is not Standing.VALID), key=lambda due: _urgency(due, today=today))
        )

    def _checked(self, said: Answers) -> Answers:
        problems = check(said, today=self.today, knows_municipality=self._places.knows)
        if problems:
            label, message = FIELDS[problems[0].field_key].label, problems[0].message
            raise UserError(f"誓約書に入れる「{label}」を直してください。{message}", "面談の手順に戻って直せます。")
        return said

    def _signing_problems(self, signing: Signing, declaration: Declaration) -> tuple[Problem, ...]:
        problems = []
        if signing.signed_on > self.today:
            problems.append(Problem("signed_on", "今日より後の日付です。"))
        if signing.signed_on < office_day(declaration.created_at):
            problems.append(Problem("signed_on", "誓約書を作った日より前の日付です。"))
        if not signing.place.strip():
            problems.append(Problem("place", "署名した場所を入力してください（例：当所 面談室）。"))
        for key, text in (("place", signing.place), ("filed_at", signing.filed_at)):
            trouble = typed_text_trouble(text, one_line=True, max_chars=_PLACE_CHARS)
            if trouble is not None:
                problems.append(Problem(key, trouble.message))
        if signing.method not in ("in_person", "online"):
            problems.append(Problem("method", "対面かオンライン対面かを選んでください。"))
        if signing.identity_document not in dict(FIELDS["identity_document"].choices):
            problems.append(Problem("identity_document", "見た本人確認書類の種類を選んでください。"))
        return tuple(problems)


_PLACE_CHARS = 60
_NEEDED = ("family_name", "given_name", "family_kana", "given_kana", "birth_date", "municipality", "address_line")
_URGENT = (Standing.SUSPECTED, Standing.OVERDUE, Standing.DUE, Standing.PRINTED, Standing.NONE)


def _due_row(row: MemberRow, *, today: date, is_asked: bool) -> DueRow:
    stands = row.proof(today).standing
    if is_asked and stands in (Standing.VALID, Standing.DUE):
        return DueRow(row, Standing.DUE, AT_SERIOUS)
    return DueRow(row, stands)


def _urgency(due: DueRow, *, today: date) -> tuple[int, date]:
    return _URGENT.index(due.standing), due.row.proof(today).until or date.max


def _addressee(office: Office) -> DeclarationOffice:
    return DeclarationOffice(
        name=office.name,
        representative=office.representative,
        postal_code=office.postal_code,
        address=office.address,
        phone=office.phone,
    )


def _with_copy(facts: DeclarationFacts, copy: Copy) -> DeclarationFacts:
    return replace(facts, copy=copy)


def _to_json(facts: DeclarationFacts) -> str:
    plain = asdict(facts) | {
        "birth_date": facts.birth_date.isoformat(),
        "issued_on": facts.issued_on.isoformat(),
        "copy": facts.copy.name,
    }
    return json.dumps(plain, ensure_ascii=False, sort_keys=True)


def _from_json(text: str) -> DeclarationFacts:
    plain = json.loads(text)
    plain |= {
        "office": DeclarationOffice(**plain["office"]),
        "birth_date": date.fromisoformat(plain["birth_date"]),
        "issued_on": date.fromisoformat(plain["issued_on"]),
        "copy": Copy[plain["copy"]],
    }
    return DeclarationFacts(**plain)
