"""What the set-up asks of the services: words for secrets, the sheet, addresses, where backups may go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from nakodo_desktop.domain.values import Trouble
from nakodo_desktop.ui.address_fill import FindAddresses

if TYPE_CHECKING:
    from nakodo_desktop.vault.beginnings import Beginning


@dataclass(frozen=True)
class NewSheet:
    """What the first recovery sheet of an office carries."""

    beginning: Beginning
    office_name: str
    head_name: str
    recovery_code: str
    office_key: str


@dataclass(frozen=True)
class SetUpRules:
    """Functions, so that the screen can be shown without an office or a vault."""

    passphrase_trouble: Callable[[str, str, str], Trouble | None]  # passphrase, head's name, office's name
    suggest_passphrase: Callable[[], str]
    new_recovery_code: Callable[[], str]
    new_office_key: Callable[[], str]
    begin: Callable[[], Beginning]
    draw_sheet: Callable[[NewSheet], bytes]  # slow: a job
    same_code: Callable[[str, str], Trouble | None]  # typed, right
    find_addresses: FindAddresses
    refuse_place: Callable[[Path], None]  # for backups; raises UserError
    synced_by: Callable[[Path], str | None]


def rules_for(folder: Path) -> SetUpRules:
    """The real ones, for a vault that is to be made in `folder`. The tables are read when they are first asked."""
    from nakodo_desktop.reference import municipalities, postal
    from nakodo_desktop.services import safekeeping, secret_words
    from nakodo_desktop.services.clock import office_day, utc_now
    from nakodo_desktop.services.recovery_sheets import begin_with_sheet, first_sheet
    from nakodo_desktop.ui.address_fill import addresses_of

    @cache
    def table() -> postal.PostalTable:
        return postal.load(municipalities.load())

    return SetUpRules(
        passphrase_trouble=lambda text, person, office: secret_words.passphrase_trouble(
            text, person=person, office=office
        ),
        suggest_passphrase=secret_words.suggest_passphrase,
        new_recovery_code=secret_words.new_recovery_code,
        new_office_key=secret_words.new_office_key,
        begin=begin_with_sheet,
        draw_sheet=lambda sheet: first_sheet(
            sheet.beginning,
            office_name=sheet.office_name,
            head_name=sheet.head_name,
            recovery_code=sheet.recovery_code,
            office_key=sheet.office_key,
            today=office_day(utc_now()),
        ),
        same_code=lambda typed, right: secret_words.typed_code_trouble(typed, right=right),
        find_addresses=lambda postal_code: addresses_of(table(), postal_code),
        refuse_place=lambda place: safekeeping.refuse_place(place, vault=folder),
        synced_by=safekeeping.synced_by,
    )
