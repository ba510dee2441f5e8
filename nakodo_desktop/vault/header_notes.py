"""What the database remembers of the header, so that an older header put back beside it is noticed."""

from __future__ import annotations

from nakodo_desktop.errors import HeaderRolledBack, VaultDamaged
from nakodo_desktop.vault import canonical
from nakodo_desktop.vault.connection import Connection
from nakodo_desktop.vault.header import Header

_SELECT = "SELECT vault_id, header_epoch, generation FROM meta WHERE id = 1"
_UPDATE = """
UPDATE meta SET header_epoch = :epoch, generation = :generation, last_generation = max(last_generation, :generation)
WHERE id = 1
"""
_RESERVE = "UPDATE meta SET last_generation = max(last_generation, :floor) + 1 WHERE id = 1"
_LAST_GENERATION = "SELECT last_generation FROM meta WHERE id = 1"
_KNOWN_STAFF = "SELECT 1 FROM staff WHERE id = :id AND removed_at IS NULL"
_SLOTS = "SELECT slot_id FROM header_slot"
_FORGET_SLOTS = "DELETE FROM header_slot"
_INSERT_SLOT = "INSERT INTO header_slot (slot_id) VALUES (:slot_id)"
_DROP_WAY_IN = """
UPDATE staff SET slot_id = NULL, is_active = 0
WHERE slot_id IS NOT NULL AND slot_id NOT IN (SELECT slot_id FROM header_slot)
"""
_GIVE_WAY_IN = """
UPDATE staff SET slot_id = :slot_id, is_active = 1
WHERE id = :staff_id AND removed_at IS NULL AND slot_id IS NOT :slot_id
"""


def needs_note(db: Connection, header: Header) -> bool:
    """Whether the header is newer than noted: a change was cut off after its commit point.

    Raises HeaderRolledBack, VaultDamaged (a database of another vault or generation).
    """
    row = db.execute(_SELECT).fetchone()
    if (
        row is None
        or row["vault_id"] != canonical.from_bytes(header.vault_id)
        or row["generation"] != header.generation
    ):
        raise VaultDamaged(
            "鍵のファイルとデータベースの組み合わせが合いません。何も変更していません。",
            "フォルダーの中のファイルを入れ替えていないかご確認ください。わからないときはバックアップから復元してください。",
        )
    noted = {slot["slot_id"] for slot in db.execute(_SLOTS)}
    if header.epoch < row["header_epoch"] or (
        header.epoch == row["header_epoch"] and noted != {slot.id for slot in header.slots}
    ):
        raise HeaderRolledBack(
            "鍵のファイルが、古いものに戻されています。何も変更していません。",
            "最新の vault.hdr に戻すか、バックアップから復元してください。",
        )
    return bool(header.epoch > row["header_epoch"])


def note_header(db: Connection, header: Header) -> None:
    """Inside the caller's transaction: make the database agree with a header that is already on the disk."""
    db.execute(_UPDATE, {"epoch": header.epoch, "generation": header.generation})
    db.execute(_FORGET_SLOTS)
    db.executemany(_INSERT_SLOT, [{"slot_id": slot.id} for slot in header.slots])
    db.execute(_DROP_WAY_IN)
    db.executemany(
        _GIVE_WAY_IN,
        [{"slot_id": slot.id, "staff_id": slot.staff_id} for slot in header.slots if slot.staff_id],
    )


def slots_of_nobody(db: Connection, header: Header) -> tuple[str, ...]:
    """Slots whose person the database does not know: adding somebody was cut off before it was complete."""
    people = (slot for slot in header.slots if slot.staff_id)
    return tuple(slot.id for slot in people if db.execute(_KNOWN_STAFF, {"id": slot.staff_id}).fetchone() is None)


def reserve_generation(db: Connection, *, at_least: int = 0) -> int:
    """The number of the next database file. Used up even if nothing comes of it: a stale `-wal` never fits."""
    db.execute("BEGIN IMMEDIATE")
    db.execute(_RESERVE, {"floor": at_least})
    row = db.execute(_LAST_GENERATION).fetchone()
    db.execute("COMMIT")
    if row is None:
        raise LookupError("no meta row")
    return int(row[0])
