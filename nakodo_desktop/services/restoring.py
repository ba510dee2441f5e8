"""Bringing a backup back, and the rehearsal that proves it would come back; for a vault that opens and for one that
does not. A backup is only ever read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from nakodo_desktop import paths
from nakodo_desktop.domain.staff import Right
from nakodo_desktop.errors import (
    NotAVault,
    OfficeKeyNeeded,
    UserError,
    VaultDamaged,
    VaultTampered,
    VaultTooNew,
    WrongPassphrase,
)
from nakodo_desktop.services.clock import Clock, utc_now
from nakodo_desktop.services.lending import Lent, lend_keys
from nakodo_desktop.services.rights import require
from nakodo_desktop.services.unlocking import Opened, keys_for
from nakodo_desktop.vault import backup_shelf
from nakodo_desktop.vault.backup import Backup
from nakodo_desktop.vault.header import read_header
from nakodo_desktop.vault.rehearsal import BackupContents, look_into
from nakodo_desktop.vault.restore import BEFORE_RESTORE, restore_into, restore_over
from nakodo_desktop.vault.salvage import Salvage, salvage
from nakodo_desktop.vault.unlock import OpenedKeys
from nakodo_desktop.vault.vault import Vault


@dataclass(frozen=True)
class Shelf:
    """What lies in the places that were looked at, newest first. `broken`: folders that should be backups."""

    backups: tuple[Backup, ...]
    broken: tuple[Path, ...]


@dataclass(frozen=True)
class Looked:
    """A backup that was opened by its own keys, on a copy, and found whole or not."""

    backup: Backup
    contents: BackupContents
    keys: OpenedKeys = field(repr=False)
    secret: str = field(repr=False)  # the present vault may open by it, too; then its people stay
    office_key: str = field(repr=False)

    @property
    def is_good(self) -> bool:
        return not self.contents.findings

    @property
    def members(self) -> int:
        return self.contents.rows.get("member", 0)


@dataclass(frozen=True)
class Loss:
    """What a restore takes away: everything done after the backup."""

    entries: int
    since: datetime


def look_around(places: Sequence[Path], *, vault_id: bytes | None = None) -> Callable[[], Shelf]:
    """A job: every backup in these folders; a folder that is itself a backup counts, too."""
    wanted = tuple(places)

    def work() -> Shelf:
        found: dict[Path, Backup] = {}
        broken: list[Path] = []
        for place in wanted:
            for folder in (place, place.parent, place / BEFORE_RESTORE):
                listed = backup_shelf.list_backups(folder, vault_id)
                found |= {b.folder: b for b in listed if folder != place.parent or b.folder == place}
            broken += backup_shelf.damaged_backups(place)
        newest_first = sorted(found.values(), key=lambda backup: backup.manifest.made_at, reverse=True)
        return Shelf(tuple(newest_first), tuple(broken))

    return work


def rehearse(
    backup: Backup, secret: str, *, office_key: str = "", data_dir: Path | None = None, scratch: Path | None = None
) -> Callable[[], Looked]:
    """A job: `secret` is a passphrase that was right on the day of the backup, or that day's recovery code.

    `scratch`: where the (encrypted) copy lies meanwhile.
    Raises WrongPassphrase, OfficeKeyNeeded, BackupDamaged, DiskFull.
    """

    def work() -> Looked:
        keys = keys_for(read_header(backup.folder), secret, office_key=office_key, data_dir=data_dir)
        contents = look_into(backup, keys, scratch=scratch or paths.cache_dir() / "rehearsal")
        return Looked(backup, contents, keys, secret, office_key)

    return work


class Restoring:
    """For a vault that opens: its people keep their present passphrases."""

    def __init__(self, vault: Vault, *, now: Clock = utc_now) -> None:
        self._vault, self._now = vault, now

    @property
    def may_restore(self) -> bool:
        return self._vault.staff.may(Right.RESTORE)

    def look_around(self, places: Sequence[Path]) -> Callable[[], Shelf]:
        """A job: this vault's backups, those from before a restore included."""
        require(self._vault.staff, Right.RESTORE)
        return look_around((*places, self._vault.folder), vault_id=self._vault.header.vault_id)

    def loss(self, looked: Looked) -> Loss:
        """What was done since; those entries of the log, and what they tell of, would be gone."""
        head = self._vault.checkpoint().checkpoint.seq
        return Loss(max(head - looked.contents.head.seq, 0), looked.contents.made_at)

    def restore(self, looked: Looked) -> Lent[OpenedKeys, None]:
        """The present is backed up first. Raises NotPermitted, BackupDamaged, NotAVault; then nothing has changed."""
        require(self._vault.staff, Right.RESTORE)
        _refuse_broken(looked)
        at, data_dir = self._now(), self._vault.data_dir
        return lend_keys(
            self._vault, lambda loan: restore_into(loan, looked.backup, looked.keys, at=at, data_dir=data_dir)
        )


def restore_over_job(
    folder: Path, looked: Looked, *, data_dir: Path | None = None, now: Clock = utc_now
) -> Callable[[], Opened]:
    """Where no vault opens; what lies there is set aside. Raises NotPermitted unless a head or paper opened it."""
    _refuse_broken(looked)

    def work() -> Opened:
        present = _present_keys(folder, looked, data_dir=data_dir)
        keys = restore_over(
            folder, looked.backup, looked.keys, present=present, data_dir=data_dir or paths.data_dir(), now=now
        )
        return Opened(folder, keys)

    return work


def salvage_job(opened: Opened, target: Path, *, now: Clock = utc_now) -> Callable[[], Salvage]:
    """Where the keys fit but the database does not open: every readable record into a new vault. The same people open
    it by the same secrets, so nobody gains anything by it. Raises FolderNotEmpty, VaultDamaged, DiskFull.
    """
    return lambda: salvage(opened.keys, target, at=now())


def _present_keys(folder: Path, looked: Looked, *, data_dir: Path | None) -> OpenedKeys | None:
    """Those of the folder's own header if the same secret opens it: then nobody removed since the backup comes back."""
    try:
        return keys_for(read_header(folder), looked.secret, office_key=looked.office_key, data_dir=data_dir)
    except (NotAVault, OfficeKeyNeeded, VaultDamaged, VaultTampered, VaultTooNew, WrongPassphrase):
        return None


def _refuse_broken(looked: Looked) -> None:
    if not looked.is_good:
        raise UserError(
            "このバックアップは検査に合格していないため、復元には使えません。いまのデータには触れていません。",
            "ひとつ前のバックアップをお選びください。",
        )
