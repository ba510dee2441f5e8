"""Whether a second person is there: their own passphrase opens their own slot. Nothing is unlocked by it."""

from __future__ import annotations

from dataclasses import dataclass, field

from nakodo_desktop.domain.staff import StaffId
from nakodo_desktop.errors import OfficeKeyNeeded, WrongPassphrase
from nakodo_desktop.vault.header import HeaderState, check_mac
from nakodo_desktop.vault.kdf import MAX_PASSPHRASE_CHARACTERS
from nakodo_desktop.vault.slots import Slot, SlotKind, office_key_id, open_slot


@dataclass(frozen=True)
class Doorman:
    """What the job that asks for the passphrase needs: the ways in, and the office key if slots are bound to it."""

    state: HeaderState
    office_key: bytes | None = field(repr=False)

    def slot_of(self, person: StaffId) -> Slot | None:
        """Paper opens the vault, but is nobody in particular and so no second person."""
        slots = self.state.header.slots
        return next((slot for slot in slots if slot.kind is SlotKind.USER and slot.staff_id == person), None)

    def recognise(self, person: StaffId, passphrase: str) -> None:
        """Slow. Raises WrongPassphrase, OfficeKeyNeeded, VaultTampered, NotEnoughMemory."""
        slot = self.slot_of(person)
        if slot is None or len(passphrase) > MAX_PASSPHRASE_CHARACTERS:
            raise WrongPassphrase
        held = {"": None} if self.office_key is None else {"": None, office_key_id(self.office_key): self.office_key}
        if slot.office_key_id not in held:
            raise OfficeKeyNeeded
        vault_id = self.state.header.vault_id
        master_key = open_slot(slot, vault_id, secret=passphrase, office_key=held[slot.office_key_id])
        if master_key is None:
            raise WrongPassphrase
        check_mac(self.state, master_key)
