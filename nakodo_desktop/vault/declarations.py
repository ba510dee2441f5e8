"""Declarations and what was printed of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from nakodo_desktop.domain.declaration import Declaration, DeclarationId, DeclarationState, Signing
from nakodo_desktop.domain.member import MemberId, MemberStatus
from nakodo_desktop.vault.connection import Connection, Row
from nakodo_desktop.vault.rows import one, optional_date, optional_datetime

_COLUMNS = """d.id, d.number, d.member_id, d.state, d.form_version, d.form_sha256, d.pdf_sha256, d.created_at,
    d.printed_at, d.signed_on, d.place, d.method, s.name, d.valid_until, d.filed_at"""
_FROM = "FROM declaration d LEFT JOIN staff s ON s.id = d.witness_staff_id"
# The sheet of an applicant who did not join is gone from the table, but not from the world: the log knows its number.
NEXT_OF_DAY = """SELECT coalesce(max(CAST(substr(number, 13) AS INTEGER)), 0) + 1 FROM
    (SELECT number FROM declaration UNION ALL
     SELECT json_extract(detail, '$.number') FROM audit WHERE act = 'declaration.create')
    WHERE number BETWEEN :prefix AND :prefix || '9999'"""
INSERT = """INSERT INTO declaration (number, member_id, state, form_version, form_sha256, facts, pdf_sha256, created_at)
    VALUES (:number, :member_id, 'draft', :form_version, :form_sha256, :facts, :pdf_sha256, :now) RETURNING id"""
MARK_PRINTED = "UPDATE declaration SET state = 'printed', printed_at = :now WHERE id = :id AND state = 'draft'"
MARK_SIGNED = """UPDATE declaration SET state = 'signed', signed_on = :signed_on, place = :place, method = :method,
    witness_staff_id = :witness, identity_document = :identity_document, filed_at = :filed_at,
    valid_until = :valid_until WHERE id = :id AND state = 'printed'"""
SUPERSEDE = """UPDATE declaration SET state = 'superseded', superseded_by = :by
    WHERE member_id = :member_id AND id <> :by AND state IN ('signed', 'expired', 'printed', 'draft')"""
# A suspected or superseded signature is none; one whose days ran out was given all the same.
_SIGNATURES = """SELECT m.id, m.status, m.status_since,
    (SELECT max(d.signed_on) FROM declaration d WHERE d.member_id = m.id AND d.state IN ('signed', 'expired'))
    FROM member m"""
SIGNATURES = f"{_SIGNATURES} WHERE m.id = :id"
SIGNATURES_IN = f"{_SIGNATURES} WHERE m.status = :status"
ONE = f"SELECT {_COLUMNS} {_FROM} WHERE d.id = :id"
OF_MEMBER = f"SELECT {_COLUMNS} {_FROM} WHERE d.member_id = :member_id ORDER BY d.id DESC"
FACTS = "SELECT form_version, facts FROM declaration WHERE id = :id"
LOG = """INSERT INTO print_log (declaration_id, output, copies, staff_id, printed_at)
    VALUES (:id, :output, :copies, :staff_id, :now)"""
LOG_OF = """SELECT p.output, p.copies, s.name, p.printed_at FROM print_log p JOIN staff s ON s.id = p.staff_id
    WHERE p.declaration_id = :id ORDER BY p.id DESC"""


@dataclass(frozen=True)
class Printing:
    """One line of the print history."""

    output: str  # "printer" | "pdf"
    copies: int
    staff_name: str
    printed_at: datetime


@dataclass(frozen=True)
class SignedWhen:
    """Where a member stands since when, and the day of the signature that counts."""

    member_id: MemberId
    status: MemberStatus
    status_since: datetime | None
    signed_on: date | None


def next_number(db: Connection, day: date) -> str:
    """SD-20261123-0007: never given twice, and without a name, so that it may become a file name."""
    prefix = f"SD-{day:%Y%m%d}-"
    return f"{prefix}{one(db, NEXT_OF_DAY, {'prefix': prefix})[0]:04d}"


def insert(
    db: Connection,
    member_id: MemberId,
    *,
    number: str,
    form_version: str,
    form_sha256: str,
    facts_json: str,
    pdf_sha256: str,
    now: datetime,
) -> DeclarationId:
    values = {
        "number": number,
        "member_id": member_id,
        "form_version": form_version,
        "form_sha256": form_sha256,
        "facts": facts_json,
        "pdf_sha256": pdf_sha256,
        "now": now.isoformat(),
    }
    return DeclarationId(one(db, INSERT, values)[0])


def mark_printed(db: Connection, declaration_id: DeclarationId, *, now: datetime) -> None:
    """A sheet that was printed or signed before stays what it is."""
    db.execute(MARK_PRINTED, {"id": declaration_id, "now": now.isoformat()})


def mark_signed(
    db: Connection, declaration_id: DeclarationId, signing: Signing, *, witness: str, valid_until: date
) -> bool:
    """False when the sheet was not waiting for a signature."""
    values = {
        "id": declaration_id,
        "signed_on": signing.signed_on.isoformat(),
        "place": signing.place,
        "method": signing.method,
        "witness": witness,
        "identity_document": signing.identity_document,
        "filed_at": signing.filed_at,
        "valid_until": valid_until.isoformat(),
    }
    return db.execute(MARK_SIGNED, values).rowcount == 1


def supersede_others(db: Connection, member_id: MemberId, by: DeclarationId) -> None:
    db.execute(SUPERSEDE, {"member_id": member_id, "by": by})


def signatures(db: Connection, member_id: MemberId) -> SignedWhen | None:
    """None when the member is gone."""
    row = db.execute(SIGNATURES, {"id": member_id}).fetchone()
    return None if row is None else _signed_when(row)


def signatures_in(db: Connection, status: MemberStatus) -> tuple[SignedWhen, ...]:
    """Of everybody who stands there."""
    return tuple(map(_signed_when, db.execute(SIGNATURES_IN, {"status": status.value})))


def load(db: Connection, declaration_id: DeclarationId) -> Declaration | None:
    row = db.execute(ONE, {"id": declaration_id}).fetchone()
    return None if row is None else _declaration(row)


def of_member(db: Connection, member_id: MemberId) -> tuple[Declaration, ...]:
    """Newest first."""
    return tuple(_declaration(row) for row in db.execute(OF_MEMBER, {"member_id": member_id}))


def facts(db: Connection, declaration_id: DeclarationId) -> tuple[str, str] | None:
    """(form version, facts as JSON): enough to print the same sheet again."""
    row = db.execute(FACTS, {"id": declaration_id}).fetchone()
    return None if row is None else (row[0], row[1])


def log_printing(
    db: Connection, declaration_id: DeclarationId, output: str, *, copies: int, staff_id: str, now: datetime
) -> None:
    values = {"id": declaration_id, "output": output, "copies": copies, "staff_id": staff_id, "now": now.isoformat()}
    db.execute(LOG, values)


def printings(db: Connection, declaration_id: DeclarationId) -> tuple[Printing, ...]:
    """Newest first."""
    return tuple(
        Printing(r[0], r[1], r[2], datetime.fromisoformat(r[3])) for r in db.execute(LOG_OF, {"id": declaration_id})
    )


def _signed_when(r: Row) -> SignedWhen:
    return SignedWhen(MemberId(r[0]), MemberStatus(r[1]), optional_datetime(r[2]), optional_date(r[3]))


def _declaration(r: Row) -> Declaration:
    return Declaration(
        id=DeclarationId(r[0]),
        number=r[1],
        member_id=r[2],
        state=DeclarationState(r[3]),
        form_version=r[4],
        form_sha256=r[5],
        pdf_sha256=r[6],
        created_at=datetime.fromisoformat(r[7]),
        printed_at=optional_datetime(r[8]),
        signed_on=optional_date(r[9]),
        place=r[10],
        method=r[11],
        witness_name=r[12],
        valid_until=optional_date(r[13]),
        filed_at=r[14],
    )
