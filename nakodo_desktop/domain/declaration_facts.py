"""What one printed single-status declaration says about one member; whoever prints it needs nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum


class Copy(Enum):
    """Whose sheet it is."""

    OFFICE = "事務所控"
    MEMBER = "会員控"


@dataclass(frozen=True, kw_only=True)
class DeclarationOffice:
    """The addressee of the declaration."""

    name: str
    representative: str
    postal_code: str  # "154-0017"
    address: str
    phone: str


@dataclass(frozen=True, kw_only=True)
class DeclarationFacts:
    """Everything that is filled into the form; the words around it come from the form's version.

    The version and its checksum are part of the facts: a sheet is reprinted only with the words it was signed on.
    """

    document_number: str  # ASCII letters, digits and hyphens
    text_version: str  # folder name under forms/single_status_declaration, "2026-11-01"
    text_sha256: str
    office: DeclarationOffice
    lawyer_name: str | None  # 顧問弁護士; None: the office has none
    legal_name: str
    kana: str
    birth_date: date
    address: str
    valid_months: int  # until the next signing
    matchmaker: str  # the witness, 仲人
    identity_document: str  # the kind of document seen, in words; never a number
    issued_on: date
    copy: Copy
    affirms_registered_facts: bool = True  # the optional clause that the other registered facts are true
