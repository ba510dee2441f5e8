"""An open vault: one connection, one thread, one transaction per use case, everything it does in the audit log."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from nakodo_desktop import paths
from nakodo_desktop.domain.staff import Staff
from nakodo_desktop.errors import VaultInUse, VaultReplaced
from nakodo_desktop.vault import audit, canonical, files, this_pc
from nakodo_desktop.vault.backup import Backup, rescue
from nakodo_desktop.vault.checkpoints import SignedCheckpoint, take_checkpoint
from nakodo_desktop.vault.connection import Connection
from nakodo_desktop.vault.failures import FailedAttempt, forget_failures, recorded_failures
from nakodo_desktop.vault.findings import Finding, FindingKind
from nakodo_desktop.vault.header import Header, write_header
from nakodo_desktop.vault.header_notes import note_header
from nakodo_desktop.vault.kdf import DEFAULT_KDF, KdfParameters
from nakodo_desktop.vault.loan import Loan
from nakodo_desktop.vault.lock import InstanceLock, take_lock
from nakodo_desktop.vault.migrating import migrate_vault
from nakodo_desktop.vault.opening import Opened, open_database, staff_of
from nakodo_desktop.vault.second_person import Doorman
from nakodo_desktop.vault.secret_keys import AUDIT, SIGNING, office_key, secret_key
from nakodo_desktop.vault.slots import Slot, seal
from nakodo_desktop.vault.this_pc import LastSeen
from nakodo_desktop.vault.unlock import OpenedKeys, SlotMaker


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
        self,
        opened: Opened,
        lock: InstanceLock,
        *,
        author: audit.Author,
        data_dir: Path,
        seen: LastSeen | None,
        now: Callable[[], datetime],
    ) -> None:
        self.folder = opened.keys.state.folder
        self.vault_id = canonical.from_bytes(opened.keys.state.header.vault_id)
        self.staff: Staff = opened.staff
        self.findings: tuple[Finding, ...] = opened.findings
        self.failed_attempts: tuple[FailedAttempt, ...] = recorded_failures(self.folder)  # since the last unlock
        self._keys = opened.keys
        self._db: Connection | None = opened.db
        self._lock = lock
        self._author = author
        self.data_dir = data_dir  # what this PC remembers
        self._seen = seen
        self._now = now
        self._audit_key = secret_key(opened.db, AUDIT)
        self._file = _identity(self._database)
        self._remembered = 0  # entries of the log
        self._is_lent = False

    @classmethod
    def open(
        cls,
        folder: Path,
        keys: OpenedKeys,
        *,
        now: Callable[[], datetime] = _utc_now,
        data_dir: Path | None = None,
    ) -> Vault:
        """Fast, for the GUI thread; the slow part was `unlock` (a new release's first start migrates, too).

        `data_dir`: what this PC remembers, by default this person's own folder.
        Raises VaultInUse, VaultDamaged, VaultTooNew, HeaderRolledBack, NotAVault, NotWritable, DiskFull.
        """
        data_dir = paths.data_dir() if data_dir is None else data_dir
        seen = this_pc.last_seen(data_dir, canonical.from_bytes(keys.state.header.vault_id))
        author = audit.Author(keys.staff_id or "", secrets.token_hex(8))
        lock = take_lock(folder, now=now)
        try:
            opened = open_database(
                keys,
                author=author,
                seen=seen,
                now=now(),
                migrate=lambda keys: migrate_vault(Loan(keys, author), at=now()),
            )
        except BaseException:
            lock.release()
            raise
        try:
            vault = cls(opened, lock, author=author, data_dir=data_dir, seen=seen, now=now)
            vault._log_unlock()
            vault.remember_progress()
        except BaseException:
            opened.db.close()
            lock.release()
            raise
        return vault

    @property
    def is_open(self) -> bool:
        return self._db is not None

    @property
    def header(self) -> Header:
        return self._keys.state.header

    @property
    def slot(self) -> Slot:
        """The way in that was used."""
        return self._keys.slot

    @property
    def pc_folder(self) -> Path:
        """Where this PC remembers this vault, outside the vault's folder."""
        return this_pc.pc_folder(self.data_dir, self.vault_id)

    @property
    def last_seen_at(self) -> datetime | None:
        """When this PC had the vault open before; due dates count from the later of this and the clock."""
        return None if self._seen is None else self._seen.at

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """BEGIN IMMEDIATE … COMMIT. Anything raised inside rolls back and flies on.

        Raises DiskFull, NotWritable, VaultReplaced (the file was taken away under us: nothing was written).
        """
        db = self.read()
        self.refuse_replaced_file()
        db.execute("BEGIN IMMEDIATE")
        try:
            yield Transaction(db, self._now(), self)
            db.execute("COMMIT")
        except BaseException:
            if db.in_transaction:  # a full disk has rolled back already
                db.execute("ROLLBACK")
            raise

    def read(self) -> Connection:
        """For queries outside a transaction; on the opening thread only. Raises VaultInUse while lent to a job."""
        if self._db is None:
            raise VaultInUse(
                "バックアップや鍵の変更の途中なので、いまは使えません。", "終わるまで、しばらくお待ちください。"
            )
        return self._db

    def append_audit(self, at: datetime, act: str, *, subject: str, detail: audit.Detail | None) -> None:
        audit.append(
            self.read(),
            self._audit_key,
            author=self._author,
            at=at,
            mono_ms=time.monotonic_ns() // 1_000_000,
            act=act,
            subject=subject,
            detail=detail,
        )

    def refuse_replaced_file(self) -> None:
        """Also for the idle timer. Writing into a file that no longer has its name would be writing into nothing."""
        if _identity(self._database) != self._file:
            raise VaultReplaced(
                "開いている間に、データベースのファイルが移動、削除、または置き換えられました。書き込みを止めています。",
                "元の場所に戻すか、「救出用の控え」を別のフォルダーに保存してから、終了してください。",
            )

    def rescue_copy(self, folder: Path) -> Backup:
        """After VaultReplaced: what this connection still holds, as a backup in a new folder."""
        return rescue(self._keys, self.read(), folder, at=self._now())

    def checkpoint(self) -> SignedCheckpoint:
        """For paper, backups and the last-seen file: the log reached this far."""
        db = self.read()
        return take_checkpoint(db, self.vault_id, seed=secret_key(db, SIGNING), at=self._now())

    def remember_progress(self) -> None:
        """An older copy put in this vault's place is noticed from here on. Raises DiskFull, NotWritable.

        Not while this copy itself is suspected to be older: `accept_as_newest` ends that.
        """
        if any(finding.kind is FindingKind.OLDER_THAN_LAST_SEEN for finding in self.findings):
            return
        at = self._now() if self._seen is None else max(self._now(), self._seen.at)
        header = self.header
        proof = self.checkpoint()
        this_pc.remember(
            self.data_dir, self.vault_id, seen=LastSeen(header.epoch, header.generation, self.slot.id, at, proof)
        )
        self._remembered = proof.checkpoint.seq

    def remember_growth(self) -> None:
        """For the idle timer: `remember_progress` if the log has grown since."""
        if audit.head(self.read()).seq != self._remembered:
            self.remember_progress()

    def accept_as_newest(self) -> None:
        """The office says that this older copy is the one to go on with."""
        with self.transaction() as transaction:
            transaction.audit("vault.accept_older")
        self.findings = tuple(
            finding for finding in self.findings if finding.kind is not FindingKind.OLDER_THAN_LAST_SEEN
        )
        self.remember_progress()

    def trust_clock(self) -> None:
        """The office says that this PC's date is right, also where an earlier session had a later one."""
        with self.transaction() as transaction:
            transaction.audit("clock.confirm")
        clock_findings = (FindingKind.CLOCK_BEHIND, FindingKind.CLOCK_AHEAD)
        self.findings = tuple(finding for finding in self.findings if finding.kind not in clock_findings)
        if self._seen is not None:
            self._seen = replace(self._seen, at=self._now())
        self.remember_progress()

    def slot_maker(self, kdf: KdfParameters = DEFAULT_KDF) -> SlotMaker:
        """Plain data for the job that makes a new way in."""
        return SlotMaker(self.header.vault_id, self._keys.master_key, office_key(self.read()), kdf)

    def doorman(self) -> Doorman:
        """Plain data for the job that recognises a second person."""
        return Doorman(self._keys.state, office_key(self.read()))

    def change_slots(self, slots: tuple[Slot, ...], record: Callable[[Transaction], None]) -> None:
        """Write a header with these ways in; `record` tells the database and the log, in the same breath.

        The header's rename is the commit point. If only the database could not follow, the old header comes back.
        """
        before = self.header
        master_key = self._keys.master_key
        sealed = tuple(seal(slot, before.vault_id, master_key=master_key) for slot in slots)
        after = replace(before, epoch=before.epoch + 1, slots=sealed)
        opened_by = self._slot_after(sealed)
        written = False
        try:
            with self.transaction() as transaction:
                record(transaction)
                note_header(transaction.db, after)
                state = write_header(self.folder, after, master_key=master_key)
                written = True
        except BaseException:
            if written:
                back = replace(before, epoch=after.epoch + 1)
                self._keys = replace(self._keys, state=write_header(self.folder, back, master_key=master_key))
            raise
        self._keys = OpenedKeys(state, opened_by, master_key)
        self.staff = staff_of(self.read(), self._keys)
        self.remember_progress()

    def lend(self) -> Loan:
        """Close the connection so that a job may work on the files; nothing is read or written until `take_back`."""
        self.read()
        self.refuse_replaced_file()
        self._close_connection()
        self._is_lent = True
        return Loan(self._keys, self._author)

    def take_back(self, keys: OpenedKeys | None = None) -> None:
        """`keys`: what the job returned if it changed them; None after other jobs and after failures."""
        # A restore goes back on purpose, under our own lock: what this PC saw before it is no reason for an alarm.
        seen = this_pc.last_seen(self.data_dir, self.vault_id) if keys is None else None
        keys = self._keys if keys is None else keys
        opened = open_database(keys, author=self._author, seen=seen, now=self._now(), migrate=_refuse_migration)
        self._db, self._keys, self.staff, self._is_lent = opened.db, opened.keys, opened.staff, False
        self._audit_key = secret_key(opened.db, AUDIT)
        self._file = _identity(self._database)
        self.findings = tuple({finding.kind: finding for finding in (*self.findings, *opened.findings)}.values())
        self.remember_progress()

    @contextmanager
    def lent(self) -> Iterator[Loan]:
        """For callers without a window, whose job does not change keys."""
        loan = self.lend()
        try:
            yield loan
        finally:
            self.take_back()

    def abandon(self) -> None:
        """Let go without writing: after VaultReplaced, or when closing failed."""
        if self._db is not None:
            self._db.close()
            self._db = None
        self._is_lent = False
        self._lock.release()

    def close(self, *, reason: str = "close") -> None:
        """Log it, leave no `-wal` behind, let the next one in. `reason`: close, lock, idle, suspend …"""
        try:
            if self._is_lent:
                self.take_back()  # the lock came before anybody heard that the job has ended
            if self._db is not None:
                with self.transaction() as transaction:
                    transaction.audit("vault.close", detail={"reason": reason})
                self.remember_progress()
                self._close_connection()
        finally:
            self.abandon()

    @property
    def _database(self) -> Path:
        return self.folder / self.header.database_name

    def _slot_after(self, slots: tuple[Slot, ...]) -> str:
        """The slot that stands for the present opener from now on: the same one, or the one that replaces it."""
        if any(slot.id == self.slot.id for slot in slots):
            return self.slot.id
        return next(slot.id for slot in slots if (slot.kind, slot.staff_id) == (self.slot.kind, self.slot.staff_id))

    def _log_unlock(self) -> None:
        with self.transaction() as transaction:
            for failure in self.failed_attempts:
                told = {"at": failure.at.isoformat(timespec="seconds"), "slot": failure.slot_id}
                transaction.audit("vault.unlock_failed", detail=told)
            detail: dict[str, str | int | list[str]] = {"slot": self.slot.id}
            if self.findings:
                detail["findings"] = [finding.kind.value for finding in self.findings]
            transaction.audit("vault.unlock", detail=detail)
        forget_failures(self.folder)

    def _close_connection(self) -> None:
        db = self.read()
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.close()
        self._db = None


def _identity(path: Path) -> tuple[int, int]:
    """Which file carries this name. (0, 0): none."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return (0, 0)
    except OSError as exc:
        raise files.not_readable() from exc
    return (status.st_dev, status.st_ino)


def _refuse_migration(_keys: OpenedKeys) -> OpenedKeys:
    raise RuntimeError("a vault that was open has this release's schema")
