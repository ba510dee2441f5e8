"""The recovery sheet and the codes on it: drawn in memory, made anew, in force once they were typed back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from nakodo_desktop import paths
from nakodo_desktop.domain.staff import Right
from nakodo_desktop.domain.values import Trouble
from nakodo_desktop.printing.recovery_sheet import RecoverySheet, render_recovery_sheet
from nakodo_desktop.services.clock import Clock, office_day, utc_now
from nakodo_desktop.services.lending import Lent
from nakodo_desktop.services.rights import require
from nakodo_desktop.services.secret_words import new_office_key, new_recovery_code
from nakodo_desktop.vault import offices, people, rotation, secret_keys, this_pc
from nakodo_desktop.vault.beginnings import Beginning, first_checkpoint, new_beginning
from nakodo_desktop.vault.checkpoints import short_code
from nakodo_desktop.vault.codes import parse_code, show_code
from nakodo_desktop.vault.kdf import DEFAULT_KDF, KdfParameters
from nakodo_desktop.vault.loan import Loan
from nakodo_desktop.vault.slots import SlotKind
from nakodo_desktop.vault.unlock import OpenedKeys
from nakodo_desktop.vault.vault import Vault


@dataclass(frozen=True)
class SheetCodes:
    """What a new sheet carries. Secret: shown on paper, never stored by the program."""

    recovery_code: str = field(repr=False)
    office_key: str | None = field(repr=False)  # None: the office does without
    renews_office_key: bool


def begin_with_sheet(*, now: Clock = utc_now) -> Beginning:
    """For a vault that a recovery sheet opens from its first day; the sheet then carries how its log begins."""
    return new_beginning(at=now(), with_sheet=True)


def first_sheet(
    beginning: Beginning, *, office_name: str, head_name: str, recovery_code: str, office_key: str, today: date
) -> bytes:
    """For an office that is about to be made from `beginning`. Slow: a job. Raises NotPrintable."""
    return render_recovery_sheet(
        RecoverySheet(
            office_name=office_name,
            recovery_code=recovery_code,
            office_key=office_key,
            checkpoint=short_code(first_checkpoint(beginning)),
            printed_on=today,
            printed_by=head_name,
        )
    )


class RecoverySheets:
    """`data_dir`: what this PC remembers; None is this person's own folder."""

    def __init__(
        self, vault: Vault, *, now: Clock = utc_now, kdf: KdfParameters = DEFAULT_KDF, data_dir: Path | None = None
    ) -> None:
        self._vault, self._now, self._kdf = vault, now, kdf
        self._data_dir = data_dir or paths.data_dir()

    @property
    def has_sheet(self) -> bool:
        return any(slot.kind is SlotKind.RECOVERY for slot in self._vault.header.slots)

    @property
    def has_office_key(self) -> bool:
        return secret_keys.office_key(self._vault.read()) is not None

    def new_codes(self, *, renew_office_key: bool) -> SheetCodes:
        """A new recovery code, with the present office key or a new one. Nothing changes yet."""
        require(self._vault.staff, Right.MANAGE_KEYS)
        present = secret_keys.office_key(self._vault.read())
        if renew_office_key:
            return SheetCodes(new_recovery_code(), new_office_key(), renews_office_key=True)
        return SheetCodes(new_recovery_code(), None if present is None else show_code(present), renews_office_key=False)

    def draw(self, codes: SheetCodes) -> Callable[[], bytes]:
        """A job: the PDF, in memory only. Raises NotPrintable."""
        require(self._vault.staff, Right.MANAGE_KEYS)
        office = offices.load(self._vault.read())
        facts = RecoverySheet(
            office_name="" if office is None else office.name,
            recovery_code=codes.recovery_code,
            office_key=codes.office_key,
            checkpoint=short_code(self._vault.checkpoint().checkpoint),
            printed_on=office_day(self._now()),
            printed_by=self._vault.staff.name,
        )
        return lambda: render_recovery_sheet(facts)

    def put_in_force(self, codes: SheetCodes) -> Lent[OpenedKeys, None]:
        """After it was typed back: from now on the old sheet opens nothing, not even with an old header."""
        require(self._vault.staff, Right.MANAGE_KEYS)
        code, at = _bytes_of(codes.recovery_code), self._now()
        maker = self._vault.slot_maker(self._kdf)

        def work(loan: Loan) -> OpenedKeys:
            return rotation.replace_recovery_sheet(loan, maker.for_paper(code), at=at)

        loan = self._vault.lend()

        def finish(keys: OpenedKeys) -> None:
            self._vault.take_back(keys)
            if codes.renews_office_key and codes.office_key is not None:
                self._change_office_key(_bytes_of(codes.office_key))

        return Lent(lambda: work(loan), finish, self._vault.take_back)

    def do_without_office_key(self) -> None:
        """A stolen folder is then as safe as the weakest passphrase. Each way in follows at its next unlock."""
        require(self._vault.staff, Right.MANAGE_KEYS)
        self._change_office_key(None)

    def _change_office_key(self, key: bytes | None) -> None:
        people.set_office_key(self._vault, key)
        if key is not None:
            this_pc.keep_office_key(self._data_dir, self._vault.vault_id, key=key)


def _bytes_of(code: str) -> bytes:
    found = parse_code(code)
    if isinstance(found, Trouble):
        raise ValueError("our own code is well-formed")
    return found
