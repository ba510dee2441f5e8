"""From a secret to the keys of the vault; slow and pure, made for a job thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from nakodo_desktop.domain.staff import StaffId
from nakodo_desktop.errors import OfficeKeyNeeded, WrongPassphrase
from nakodo_desktop.vault.codes import show_code
from nakodo_desktop.vault.header import HeaderState, check_mac
from nakodo_desktop.vault.kdf import DEFAULT_KDF, MAX_PASSPHRASE_CHARACTERS, KdfParameters
from nakodo_desktop.vault.keys import database_key
from nakodo_desktop.vault.slots import Slot, SlotKind, make_slot, office_key_id, open_slot


@dataclass(frozen=True)
class OpenedKeys:
    """Proof that one slot opened and the header is authentic. Secret; never shown, logged or stored."""

    state: HeaderState
    slot_id: str
    master_key: bytes = field(repr=False)

    @property
    def slot(self) -> Slot:
        return self.state.header.slot(self.slot_id)

    @property
    def staff_id(self) -> StaffId | None:
        """None when the paper code opened the vault: it is nobody's in particular."""
        return StaffId(self.slot.staff_id) if self.slot.kind is SlotKind.USER else None

    def database_key(self) -> bytes:
        return database_key(self.master_key, self.state.header.vault_id)


def unlock(
    state: HeaderState,
    passphrase: str,
    *,
    office_key: bytes | tuple[bytes, ...] | None = None,
    prefer_slot: str | None = None,
) -> OpenedKeys:
    """Try `prefer_slot` (who was here last), then the other people's slots; one key derivation each.

    `office_key`: what this PC holds; several while a replaced one is still in use by somebody's slot.
    Raises WrongPassphrase (the same words whoever's it is not), OfficeKeyNeeded, VaultTampered, NotEnoughMemory.
    """
    if len(passphrase) > MAX_PASSPHRASE_CHARACTERS:
        raise WrongPassphrase
    held = (office_key,) if isinstance(office_key, bytes) else office_key or ()
    by_id: dict[str, bytes | None] = {"": None, **{office_key_id(key): key for key in held}}
    people = [slot for slot in state.header.slots if slot.kind is SlotKind.USER]
    people.sort(key=lambda slot: slot.id != prefer_slot)
    reachable = [slot for slot in people if slot.office_key_id in by_id]
    keys = _open_first(state, reachable, secret=passphrase, office_keys=by_id)
    if keys is None:
        raise WrongPassphrase if len(reachable) == len(people) else OfficeKeyNeeded
    return keys


def fits_office_key(state: HeaderState, office_key: bytes) -> bool:
    """Whether somebody's way in here uses this office key; tells a key of another office before the slow work."""
    return any(slot.office_key_id == office_key_id(office_key) for slot in state.header.slots)


def unlock_with_recovery_code(state: HeaderState, code: bytes) -> OpenedKeys:
    """Paper alone saves the office: no office key is asked for. Raises WrongPassphrase, VaultTampered."""
    paper = [slot for slot in state.header.slots if slot.kind is SlotKind.RECOVERY]
    keys = _open_first(state, paper, secret=recovery_secret(code), office_keys={"": None})
    if keys is None:
        raise WrongPassphrase
    return keys


@dataclass(frozen=True)
class SlotMaker:
    """What a job needs to make a way in; the slow half of adding a person or changing a passphrase."""

    vault_id: bytes
    master_key: bytes = field(repr=False)
    office_key: bytes | None = field(repr=False)
    kdf: KdfParameters = DEFAULT_KDF

    def for_person(self, staff_id: StaffId, passphrase: str) -> Slot:
        """The passphrase has passed `passphrases.check`. Slow. Raises NotEnoughMemory."""
        return make_slot(
            self.vault_id,
            self.master_key,
            kind=SlotKind.USER,
            staff_id=staff_id,
            secret=passphrase,
            kdf=self.kdf,
            office_key=self.office_key,
        )

    def for_paper(self, code: bytes) -> Slot:
        """No office key: paper alone must be able to save the office. Slow. Raises NotEnoughMemory."""
        return make_slot(
            self.vault_id,
            self.master_key,
            kind=SlotKind.RECOVERY,
            staff_id="",
            secret=recovery_secret(code),
            kdf=self.kdf,
            office_key=None,
        )


def recovery_secret(code: bytes) -> str:
    return show_code(code).replace("-", "")


def _open_first(
    state: HeaderState, slots: list[Slot], *, secret: str, office_keys: Mapping[str, bytes | None]
) -> OpenedKeys | None:
    for slot in slots:
        master_key = open_slot(slot, state.header.vault_id, secret=secret, office_key=office_keys[slot.office_key_id])
        if master_key is not None:
            check_mac(state, master_key)
            return OpenedKeys(state, slot.id, master_key)
    return None
