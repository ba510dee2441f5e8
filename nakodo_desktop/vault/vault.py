"""An open vault: one connection, one thread, one transaction per use case, everything it does in the audit log."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from nakodo_desktop.domain.staff import Role, Staff, StaffId
from nakodo_desktop.errors import HeaderRolledBack, VaultInUse
from nakodo_desktop.vault import audit, canonical
from nakodo_desktop.vault.connection import Connection, open_vault_connection
from nakodo_desktop.vault.creation import finish_creation
from nakodo_desktop.vault.header import read_header, repair_copies
from nakodo_desktop.vault.header_notes import needs_note, note_header
from nakodo_desktop.vault.lock import InstanceLock, take_lock
from nakodo_desktop.vault.schema import migrate, migrations, pending
from nakodo_desktop.vault.secret_keys import AUDIT, secret_key
from nakodo_desktop.vault.staff import find_staff
from nakodo_desktop.vault.unlock import OpenedKeys

RECOVERY_STAFF = Staff(StaffId(""), "復旧コード", Role.HEAD)  # whoever holds the paper acts for the office


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Transaction:
    """One use case: everything it writes, and what the log says of it, becomes real together or not at all."""

    db: Connection
    now: datetime
    _vault: Vault

    def audit(self, act: str, *, subject: str = "", detail: audit.Detail | None = None) -> None:
        """Ids and catalogue keys only; anything else is refused."""
        self._vault.append_audit(self.now, act, subject=subject, detail=detail)


class Vault:
    """Lives from unlock to lock, on the thread that opened it."""

    def __init__(
        self, keys: OpenedKeys, db: Connection, lock: InstanceLock, *, staff: Staff, now: Callable[[], datetime]
    ) -> None:
        self.folder = keys.state.folder
        self.vault_id = canonical.from_bytes(keys.state.header.vault_id)
        self.staff = staff
        self._keys = keys
        self._db = db
        self._lock = lock
        self._now = now
        self._closed = False
        self._audit_key = secret_key(db, AUDIT)
        self._author = audit.Author(staff.id, secrets.token_hex(8))

    @classmethod
    def open(cls, folder: Path, keys: OpenedKeys, *, now: Callable[[], datetime] = _utc_now) -> Vault:
        """Fast, for the GUI thread; the slow part was `unlock`.

        Raises VaultInUse, VaultDamaged, VaultTooNew, HeaderRolledBack, NotAVault, NotWritable, DiskFull.
        """
        lock = take_lock(folder, now=now)
        try:
            keys = _with_repaired_header(folder, keys)
            finish_creation(folder, keys.state.header)
            db = _open_database(folder, keys)
        except BaseException:
            lock.release()
            raise
        try:
            vault = cls(keys, db, lock, staff=_staff_of(db, keys), now=now)
            with vault.transaction() as transaction:
                transaction.audit("vault.unlock", detail={"slot": keys.slot_id})
        except BaseException:
            db.close()
            lock.release()
            raise
        return vault

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """BEGIN IMMEDIATE … COMMIT. Anything raised inside rolls back and flies on. Raises DiskFull, NotWritable."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield Transaction(self._db, self._now(), self)
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:  # a full disk has rolled back already
                self._db.execute("ROLLBACK")
            raise

    def read(self) -> Connection:
        """For queries outside a transaction; on the opening thread only."""
        return self._db

    @property
    def is_open(self) -> bool:
        return not self._closed

    def append_audit(self, at: datetime, act: str, *, subject: str, detail: audit.Detail | None) -> None:
        audit.append(
            self._db,
            self._audit_key,
            author=self._author,
            at=at,
            mono_ms=time.monotonic_ns() // 1_000_000,
            act=act,
            subject=subject,
            detail=detail,
        )

    def close(self, *, reason: str = "close") -> None:
        """Log it, leave no `-wal` behind, let the next one in. `reason`: close, lock, idle, suspend …"""
        try:
            with self.transaction() as transaction:
                transaction.audit("vault.close", detail={"reason": reason})
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            self._closed = True
            self._db.close()
            self._lock.release()


def _with_repaired_header(folder: Path, keys: OpenedKeys) -> OpenedKeys:
    """The header may have changed while the key was derived; then these keys are not to be trusted with it."""
    state = read_header(folder)
    if state.signed != keys.state.signed or state.tag != keys.state.tag:
        raise VaultInUse(
            "パスワードを確かめている間に、ほかの画面が鍵を変更しました。", "もう一度パスワードを入力してください。"
        )
    if state.broken_copies:
        state = repair_copies(state, master_key=keys.master_key)
    return OpenedKeys(state, keys.slot_id, keys.master_key)


def _open_database(folder: Path, keys: OpenedKeys) -> Connection:
    path = folder / keys.state.header.database_name
    db = open_vault_connection(path, keys.database_key(), maintenance=True)
    try:
        known = migrations()
        must_migrate, must_note = pending(db, known) > 0, needs_note(db, keys.state.header)
        if must_migrate:
            migrate(db, known)
        if must_note:
            db.execute("BEGIN IMMEDIATE")
            note_header(db, keys.state.header)
            db.execute("COMMIT")
    finally:
        db.close()
    return open_vault_connection(path, keys.database_key())


def _staff_of(db: Connection, keys: OpenedKeys) -> Staff:
    if keys.staff_id is None:
        return RECOVERY_STAFF
    record = find_staff(db, keys.staff_id)
    if record is None or not record.is_active or record.slot_id != keys.slot_id:
        raise HeaderRolledBack(
            "この担当者の鍵は、すでに使えなくなっています。", "所長に、新しいパスワードの登録を依頼してください。"
        )
    return record.staff
