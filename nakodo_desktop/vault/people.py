"""Who may open the vault: adding, changing, disabling. Removing somebody rotates the keys: see rotation.

The slow half (deriving a key for the new way in) is `Vault.slot_maker`, made for a job; what is here is fast.
The rights of the person who asks are the services' matter; that an office keeps a head is ours.
"""

from __future__ import annotations

from nakodo_desktop.domain.staff import Role, Staff, StaffId
from nakodo_desktop.errors import NotPermitted, WrongPassphrase
from nakodo_desktop.vault import secret_keys
from nakodo_desktop.vault.kdf import DEFAULT_KDF
from nakodo_desktop.vault.slots import Slot, SlotKind, office_key_id
from nakodo_desktop.vault.staff import StaffRecord, find_staff, insert_staff, list_staff, update_staff
from nakodo_desktop.vault.unlock import OpenedKeys
from nakodo_desktop.vault.vault import Transaction, Vault


def add_person(vault: Vault, staff: Staff, *, slot: Slot) -> None:
    """A new person with the passphrase `slot` was made for. Raises DiskFull, NotWritable."""
    _refuse_foreign_slot(staff.id, slot)

    def record(transaction: Transaction) -> None:
        insert_staff(transaction.db, staff, slot_id=None, at=transaction.now)
        detail = {"slot": slot.id, "role": staff.role.value}
        transaction.audit("slot.added", subject=staff.id, detail=detail)

    vault.change_slots((*vault.header.slots, slot), record)


def change_own_passphrase(vault: Vault, slot: Slot, *, proof: OpenedKeys) -> None:
    """`proof`: the old passphrase was asked for again and opened. New salt, new key pair: the old one opens nothing."""
    if proof.slot_id != vault.slot.id:
        raise WrongPassphrase
    _refuse_foreign_slot(vault.staff.id, slot)
    _replace_slot(vault, vault.staff.id, slot, act="slot.changed")


def renew_slot(vault: Vault, slot: Slot) -> None:
    """The same passphrase under the present office key and key derivation, right after the unlock that needed it."""
    _refuse_foreign_slot(vault.staff.id, slot)
    _replace_slot(vault, vault.staff.id, slot, act="slot.renewed")


def needs_renewal(vault: Vault) -> bool:
    """Whether the way in that was used has another office key, or a cheaper key derivation, than it should."""
    if vault.slot.kind is not SlotKind.USER:
        return False
    key = secret_keys.office_key(vault.read())
    wanted = "" if key is None else office_key_id(key)
    return vault.slot.office_key_id != wanted or vault.slot.kdf.memory_kib < DEFAULT_KDF.memory_kib


def give_new_passphrase(vault: Vault, staff_id: StaffId, *, slot: Slot) -> None:
    """For somebody who forgot theirs or was disabled; the person is active again. Raises DiskFull, NotWritable."""
    _refuse_foreign_slot(staff_id, slot)
    _person(vault, staff_id)
    _replace_slot(vault, staff_id, slot, act="slot.given")


def disable_person(vault: Vault, staff_id: StaffId) -> None:
    """The passphrase opens the present vault no more; a way back is a new passphrase. Raises NotPermitted."""
    _refuse_last_head(vault, staff_id)
    if staff_id == vault.staff.id:
        raise NotPermitted("自分自身を休止にすることはできません。", "ほかの所長に依頼してください。")

    def record(transaction: Transaction) -> None:
        transaction.audit("slot.disabled", subject=staff_id)

    vault.change_slots(tuple(slot for slot in vault.header.slots if slot.staff_id != staff_id), record)


def change_person(vault: Vault, staff: Staff) -> None:
    """Name and role. Raises NotPermitted when the office would be without a head."""
    if staff.role is not Role.HEAD:
        _refuse_last_head(vault, staff.id)
    with vault.transaction() as transaction:
        update_staff(transaction.db, staff)
        transaction.audit("staff.changed", subject=staff.id, detail={"role": staff.role.value})
    if staff.id == vault.staff.id:
        vault.staff = staff


def refuse_removal(vault: Vault, staff_id: StaffId) -> None:
    """Before `rotation.remove_person`. Raises NotPermitted for oneself and for the last head."""
    if staff_id == vault.staff.id:
        raise NotPermitted("自分自身を削除することはできません。", "ほかの所長に依頼してください。")
    _refuse_last_head(vault, staff_id)


def set_office_key(vault: Vault, key: bytes | None) -> None:
    """On, off or another one. Each person's way in follows at their next unlock (`needs_renewal`)."""
    with vault.transaction() as transaction:
        secret_keys.remember_office_key(transaction.db, key)
        transaction.audit("office_key.changed", detail={"id": "" if key is None else office_key_id(key)})


def _replace_slot(vault: Vault, staff_id: StaffId, slot: Slot, *, act: str) -> None:
    def record(transaction: Transaction) -> None:
        transaction.audit(act, subject=staff_id, detail={"slot": slot.id})

    kept = tuple(other for other in vault.header.slots if other.staff_id != staff_id or not other.staff_id)
    vault.change_slots((*kept, slot), record)


def _refuse_foreign_slot(staff_id: StaffId, slot: Slot) -> None:
    if slot.kind is not SlotKind.USER or slot.staff_id != staff_id or not staff_id:
        raise ValueError("the slot was made for somebody else")


def _person(vault: Vault, staff_id: StaffId) -> StaffRecord:
    record = find_staff(vault.read(), staff_id)
    if record is None or record.removed_at is not None:
        raise LookupError("no such person")
    return record


def _refuse_last_head(vault: Vault, staff_id: StaffId) -> None:
    others = [
        record
        for record in list_staff(vault.read())
        if record.staff.id != staff_id and record.is_active and record.staff.role is Role.HEAD
    ]
    if not others:
        raise NotPermitted("所長がひとりもいなくなるため、変更できません。", "先に、ほかの人を所長にしてください。")
