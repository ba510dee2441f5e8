"""Looks at what is on the disk at every durable step of an operation. Run as a program of its own.

    python -m tests.vault.crash_points OPERATION FOLDER

Prints one JSON list: for each step, what the next start finds if the process ended just before it. The operation runs
once; what lies on the disk at each step is copied, as nothing of a `finally` would run in an ended process either:
the same as a pulled plug for everything but unsynced writes (see test_power_cut).
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from nakodo_desktop.domain.fields import Retention
from nakodo_desktop.domain.member import PhotoId
from nakodo_desktop.domain.retention import Reason
from nakodo_desktop.domain.staff import Role, Staff, StaffId
from nakodo_desktop.errors import NotAVault, VaultDamaged, WrongPassphrase
from nakodo_desktop.vault import (
    backup,
    connection,
    erasing,
    erasure_ledger,
    kdf,
    ledger_mirror,
    migrating,
    opening,
    people,
    photos,
    restore,
    slots,
)
from nakodo_desktop.vault.audit_reading import verify_chain
from nakodo_desktop.vault.backup_shelf import list_backups
from nakodo_desktop.vault.beginnings import new_beginning
from nakodo_desktop.vault.checks import database_findings
from nakodo_desktop.vault.codes import parse_code
from nakodo_desktop.vault.creation import create_vault
from nakodo_desktop.vault.header import HeaderState, read_header
from nakodo_desktop.vault.purging import purge
from nakodo_desktop.vault.rotation import remove_person, rotate_keys
from nakodo_desktop.vault.schema import Migration, migrations
from nakodo_desktop.vault.secret_keys import AUDIT, secret_key
from nakodo_desktop.vault.slots import Slot
from nakodo_desktop.vault.staff import list_staff
from nakodo_desktop.vault.unlock import OpenedKeys, unlock, unlock_with_recovery_code
from nakodo_desktop.vault.vault import Vault
from tests.vault.disk_steps import copy_office, what_was_left
from tests.vault.recordkit import a_member, written
from tests.vault.vault_content import add_clerk, clerks
from tests.vaultkit import (
    CHEAPEST_KDF,
    TEST_OFFICE_KEY,
    TEST_PASSPHRASE,
    TEST_RECOVERY_CODE,
    Clock,
    make_template,
    pc_of,
)

_NEW_PASSPHRASE = "あたらしい 合言葉 みほん 15"
_COLLEAGUE = Staff(StaffId("c" * 32), "架空 同僚", Role.MATCHMAKER)
_COLLEAGUE_PASSPHRASE = "どうりょう 合言葉 みほん 16"
_CLERKS = 5
_DATABASE, _DAMAGED = "vault-000001.db", b"damaged " * 2000
_AT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Prepared:
    """A vault with rows, a colleague, a backup, and ways in whose slow part is done."""

    folder: Path
    new_slot: Slot
    newcomer_slot: Slot
    keys: OpenedKeys


_NEWCOMER = Staff(StaffId("d" * 32), "架空 新人", Role.CLERK)


def _operations() -> dict[str, Callable[[Prepared, Path], None]]:
    return {
        "create": _create,
        "add_person": lambda prepared, folder: _with_vault(
            prepared, folder, lambda vault: people.add_person(vault, _NEWCOMER, slot=prepared.newcomer_slot)
        ),
        "change_passphrase": lambda prepared, folder: _with_vault(
            prepared,
            folder,
            lambda vault: people.change_own_passphrase(vault, prepared.new_slot, proof=_keys(prepared, folder)),
        ),
        "disable_person": lambda prepared, folder: _with_vault(
            prepared, folder, lambda vault: people.disable_person(vault, _COLLEAGUE.id)
        ),
        "remove_person": lambda prepared, folder: _with_vault(
            prepared,
            folder,
            lambda vault: vault.take_back(remove_person(vault.lend(), _COLLEAGUE.id, at=_AT)),
        ),
        "rotate": lambda prepared, folder: _with_vault(
            prepared, folder, lambda vault: vault.take_back(rotate_keys(vault.lend(), at=_AT))
        ),
        "restore": _restore,
        "restore_over": _restore_over,
        "migrate": _migrate,
        "backup": _backup,
        "erase": _erase,
    }


def main() -> None:
    operation, base = sys.argv[1], Path(sys.argv[2])
    _derive_cheaply()
    prepared = _prepare(base / "prepared")
    run = _operations()[operation]
    if operation == "migrate":
        _become_next_release()
    folder = base / operation
    if operation != "create":
        copy_office(prepared.folder, folder)
    if operation == "restore_over":
        (folder / _DATABASE).write_bytes(_DAMAGED)
    found = {}
    steps = what_was_left(folder, base / "left", lambda: run(prepared, folder))
    for left in dict.fromkeys(steps):
        found[left] = _state(left, pc_of(left))
        for used in (left, pc_of(left)):
            shutil.rmtree(used, ignore_errors=True)
    sys.stdout.write(json.dumps([found[left] for left in steps], ensure_ascii=False))


def _derive_cheaply() -> None:
    """How long a key takes to derive is not the matter here, and some thousand are needed."""

    def derive_key(
        passphrase: str, parameters: kdf.KdfParameters, *, salt: bytes, associated: bytes, office_key: bytes | None
    ) -> bytes:
        return hashlib.sha256(
            repr((kdf.normalise(passphrase), parameters, salt, associated, office_key)).encode()
        ).digest()

    slots.derive_key = derive_key


def _prepare(folder: Path) -> Prepared:
    keys = make_template(folder).keys
    vault = Vault.open(folder, keys, now=Clock(), data_dir=pc_of(folder))
    maker = vault.slot_maker(CHEAPEST_KDF)
    people.add_person(vault, _COLLEAGUE, slot=maker.for_person(_COLLEAGUE.id, _COLLEAGUE_PASSPHRASE))
    for number in range(_CLERKS):
        add_clerk(vault, number)
    member_id = a_member(vault)
    picture = photos.NewPhoto(
        id=PhotoId("p" * 32),
        kind="photo_full",
        jpeg=b"jpeg" * 9000,
        thumbnail=b"jpeg",
        width_px=3,
        height_px=4,
        sha256="0" * 64,
    )
    staff_id = vault.staff.id
    written(
        vault,
        lambda db: photos.put(db, picture, interview_id=None, member_id=member_id, staff_id=staff_id, now=_AT),
    )
    with vault.lent() as loan:
        backup.make_backup(loan, pc_of(folder) / "backups", at=_AT)
    prepared = Prepared(
        folder,
        new_slot=maker.for_person(vault.staff.id, _NEW_PASSPHRASE),
        newcomer_slot=maker.for_person(_NEWCOMER.id, _COLLEAGUE_PASSPHRASE),
        keys=vault.lend().keys,
    )
    vault.take_back()
    vault.close()
    return prepared


def _keys(prepared: Prepared, folder: Path) -> OpenedKeys:
    return replace(prepared.keys, state=read_header(folder))


def _with_vault(prepared: Prepared, folder: Path, use: Callable[[Vault], None]) -> None:
    vault = Vault.open(folder, _keys(prepared, folder), now=Clock(_AT), data_dir=pc_of(folder))
    use(vault)
    vault.close()


def _create(_prepared: Prepared | None, folder: Path) -> None:
    create_vault(
        folder,
        passphrase=TEST_PASSPHRASE,
        head_name="見本 所長",
        recovery_code=TEST_RECOVERY_CODE,
        office_key=TEST_OFFICE_KEY,
        kdf=CHEAPEST_KDF,
        beginning=new_beginning(at=Clock()(), with_sheet=True),
    )


def _restore(prepared: Prepared, folder: Path) -> None:
    found = list_backups(pc_of(folder) / "backups")[0]
    backup_keys = unlock(read_header(found.folder), TEST_PASSPHRASE, office_key=TEST_OFFICE_KEY)
    _with_vault(
        prepared,
        folder,
        lambda vault: vault.take_back(
            restore.restore_into(vault.lend(), found, backup_keys, at=_AT, data_dir=pc_of(folder))
        ),
    )


def _restore_over(_prepared: Prepared | None, folder: Path) -> None:
    """Where the database does not open any more, though its header does."""
    found = list_backups(pc_of(folder) / "backups")[0]
    backup_keys = unlock(read_header(found.folder), TEST_PASSPHRASE, office_key=TEST_OFFICE_KEY)
    present = unlock(read_header(folder), TEST_PASSPHRASE, office_key=TEST_OFFICE_KEY)
    restore.restore_over(folder, found, backup_keys, present=present, data_dir=pc_of(folder), now=Clock(_AT))


def _migrate(prepared: Prepared, folder: Path) -> None:
    """Any start of the next release, which has one table more: also the looks after a crash are such a start."""
    _with_vault(prepared, folder, lambda _vault: None)


def _become_next_release() -> None:
    more = (*migrations(), Migration("9999_create_more.sql", "CREATE TABLE more (id INTEGER PRIMARY KEY) STRICT;"))
    migrating.migrations = opening.migrations = lambda: more  # type: ignore[attr-defined]


def _backup(prepared: Prepared, folder: Path) -> None:
    def use(vault: Vault) -> None:
        with vault.lent() as loan:
            backup.make_backup(loan, folder.with_name(folder.name + "-pc") / "backups", at=_AT)

    _with_vault(prepared, folder, use)


def _erase(prepared: Prepared, folder: Path) -> None:
    """As the head does it: the rows and the ledger in one transaction, then the pages."""

    def use(vault: Vault) -> None:
        with vault.transaction() as tx:
            tx.audit("erasure.erase", subject="uid-1")
            erasing.erase(tx.db, "uid-1", (Retention.CONTRACT,))
            entry = erasure_ledger.Entry("uid-1", Retention.CONTRACT, _AT + timedelta(hours=1), Reason.PERIOD)
            erasure_ledger.note(tx.db, [entry], state=erasure_ledger.State.PENDING)
        purge(vault)

    _with_vault(prepared, folder, use)


def _state(folder: Path, data_dir: Path) -> dict[str, object]:
    """What a person finds who starts the program again. Raises when that is not a whole vault (or none at all)."""
    try:
        state = read_header(folder)
    except NotAVault:
        return {"state": "nothing", "can_be_created": _can_be_created(folder)}
    code = parse_code(TEST_RECOVERY_CODE)
    if not isinstance(code, bytes):
        raise TypeError("recovery code")
    told: dict[str, object] = {
        "state": "vault",
        "opens": [
            name
            for name, passphrase in (
                ("old", TEST_PASSPHRASE),
                ("new", _NEW_PASSPHRASE),
                ("colleague", _COLLEAGUE_PASSPHRASE),
            )
            if _opens(state, passphrase)
        ],
    }
    try:
        vault = Vault.open(folder, unlock_with_recovery_code(state, code), now=Clock(_AT), data_dir=data_dir)
    except VaultDamaged:
        _restore_over(None, folder)
        return _state(folder, data_dir) | {"state": "damaged"}
    db = vault.read()
    told |= {
        "clerks": clerks(db),
        "chain_broken_at": verify_chain(db, secret_key(db, AUDIT)).broken_at,
        "people": {
            record.staff.name: record.is_active
            for record in list_staff(db)
            if not record.staff.name.startswith("架空 事務")
        },
        "acts": sorted({row["act"] for row in db.execute("SELECT DISTINCT act FROM audit")}),
        "generation": vault.header.generation,
        "slots": len(vault.header.slots),
        "backups": len(list_backups(data_dir / "backups")),
        "member": [_count(db, sql) for sql in ("SELECT count(*) FROM member", "SELECT count(*) FROM photo")],
        "erasures": [row["state"] for row in db.execute("SELECT state FROM erasure")],
        "outside": len(ledger_mirror.read_mirrors(db, vault.vault_id, [vault.pc_folder]).entries),
        "purged_next": purge(vault),
    }
    with vault.lent() as loan:
        told["findings"] = [
            finding.kind.value for finding in database_findings(loan.database, loan.keys.database_key())
        ]
    vault.close()
    told["kept"] = any(path.read_bytes() == _DAMAGED for path in folder.glob(f"*/{_DATABASE}"))
    told["files"] = sorted(path.name for path in folder.iterdir())
    return told


def _count(db: connection.Connection, sql: str) -> int:
    row = db.execute(sql).fetchone()
    return 0 if row is None else int(row[0])


def _opens(state: HeaderState, passphrase: str) -> bool:
    try:
        unlock(state, passphrase, office_key=TEST_OFFICE_KEY)
    except WrongPassphrase:
        return False
    return True


def _can_be_created(folder: Path) -> bool:
    _create(None, folder)
    return read_header(folder).header.generation == 1


if __name__ == "__main__":
    main()
