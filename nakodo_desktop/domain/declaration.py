"""The life of a single-status declaration: states, the day it ends, how near that is.

Source: the office's practice of taking a signed 独身誓約書, renewed while the member is active.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from typing import NewType

DeclarationId = NewType("DeclarationId", int)

REMIND_DAYS = (14, 7, 0)


class DeclarationState(Enum):
    """Printing is not signing: only SIGNED counts."""

    DRAFT = "draft"
    PRINTED = "printed"
    SIGNED = "signed"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    FALSE_SUSPECTED = "false_suspected"

    @property
    def label(self) -> str:
        return {
            DeclarationState.DRAFT: "作成中",
            DeclarationState.PRINTED: "印刷済み・署名待ち",
            DeclarationState.SIGNED: "署名済み",
            DeclarationState.EXPIRED: "期限切れ",
            DeclarationState.SUPERSEDED: "更新済み",
            DeclarationState.FALSE_SUSPECTED: "虚偽の疑い",
        }[self]


class Standing(Enum):
    """What the list says about a member's declaration today."""

    NONE = "none"
    PRINTED = "printed"
    VALID = "valid"
    DUE = "due"
    OVERDUE = "overdue"
    SUSPECTED = "suspected"


@dataclass(frozen=True)
class Signing:
    """What makes a printed sheet a signed one."""

    signed_on: date
    place: str
    method: str  # "in_person" | "online"
    identity_document: str  # a value of catalog.IDENTITY_DOCUMENTS
    filed_at: str = ""


@dataclass(frozen=True)
class Declaration:
    """One numbered sheet."""

    id: DeclarationId
    number: str
    member_id: int
    state: DeclarationState
    form_version: str
    form_sha256: str
    pdf_sha256: str
    created_at: datetime
    printed_at: datetime | None
    signed_on: date | None
    place: str | None
    method: str | None
    witness_name: str | None
    valid_until: date | None
    filed_at: str | None


def valid_until(signed_on: date, *, months: int) -> date:
    """Same day `months` later, clamped to the month's end: 11-30 + 3 → 02-28 or 02-29."""
    zero_based = signed_on.month - 1 + months
    year, month = signed_on.year + zero_based // 12, zero_based % 12 + 1
    return date(year, month, min(signed_on.day, calendar.monthrange(year, month)[1]))


def standing(state: DeclarationState | None, until: date | None, *, today: date) -> Standing:
    """Where a member's latest declaration stands today; an overdue one blocks the export."""
    if state is DeclarationState.FALSE_SUSPECTED:
        return Standing.SUSPECTED
    if state in (DeclarationState.SIGNED, DeclarationState.EXPIRED) and until is not None:
        left = days_left(until, today=today)
        if left < 0 or state is DeclarationState.EXPIRED:
            return Standing.OVERDUE
        return Standing.DUE if left <= max(REMIND_DAYS) else Standing.VALID
    return Standing.PRINTED if state is DeclarationState.PRINTED else Standing.NONE


def with_certificate(stands: Standing, until: date | None, *, today: date) -> Standing:
    """Where a member stands who showed a 独身証明書 in place of a signature; `until`: its last day, None for nobody's.

    A suspicion and a signature that is being waited for are not healed by it.
    """
    if until is None or stands not in (Standing.NONE, Standing.OVERDUE):
        return stands
    left = days_left(until, today=today)
    if left < 0:
        return stands
    return Standing.DUE if left <= max(REMIND_DAYS) else Standing.VALID


def as_of(declaration: Declaration, *, today: date) -> Declaration:
    """The sheet as it stands today: a signed one whose last day is over is EXPIRED; nothing is written for it."""
    until = declaration.valid_until
    if declaration.state is DeclarationState.SIGNED and until is not None and until < today:
        return replace(declaration, state=DeclarationState.EXPIRED)
    return declaration


def days_left(until: date, *, today: date) -> int:
    """Days until the last valid day; 0 on that day, negative after it."""
    return (until - today).days


def words(state: DeclarationState | None, until: date | None, *, today: date) -> str:
    """The words of the list column."""
    match standing(state, until, today=today):
        case Standing.VALID:
            return "署名済み"
        case Standing.DUE if until is not None:
            left = days_left(until, today=today)
            return f"期限まで{left}日" if left else "今日が期限"
        case Standing.OVERDUE:
            return "期限切れ"
        case Standing.PRINTED:
            return "署名待ち"
        case Standing.SUSPECTED:
            return "虚偽の疑い"
        case _:
            return "未作成"


def governing(declarations: Iterable[Declaration]) -> Declaration | None:
    """The sheet that decides today: a suspicion first, then the last signature, else the newest sheet."""
    newest_first = sorted(declarations, key=lambda d: d.id, reverse=True)
    for state in (DeclarationState.FALSE_SUSPECTED, DeclarationState.SIGNED, DeclarationState.EXPIRED):
        for declaration in newest_first:
            if declaration.state is state:
                return declaration
    return newest_first[0] if newest_first else None
