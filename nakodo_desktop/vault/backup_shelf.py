"""The backups that lie in one folder: which there are, which may go, when the last one was made."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from nakodo_desktop.errors import BackupDamaged
from nakodo_desktop.vault import canonical
from nakodo_desktop.vault.backup import MANIFEST, Backup, read_backup
from nakodo_desktop.vault.clock_trust import MOST
from nakodo_desktop.vault.connection import Connection

DAILY = 5
WEEKLY = 4

_LAST = "SELECT max(made_at) AS made_at FROM backup WHERE made_at <= :latest"
_LATEST = "SELECT max(made_at) AS made_at FROM backup"
_GONE = "UPDATE backup SET gone_at = :at WHERE name = :name AND place = :place AND gone_at IS NULL"
_ALL = "SELECT name, place, made_at, seq, sha256, bytes, expires_on, gone_at FROM backup"
_BEFORE = """SELECT name, place, made_at, expires_on FROM backup WHERE gone_at IS NULL AND made_at < :moment
    ORDER BY expires_on"""
_ADOPT = """
INSERT OR REPLACE INTO backup (name, place, made_at, seq, sha256, bytes, expires_on, gone_at)
VALUES (:name, :place, :made_at, :seq, :sha256, :bytes, :expires_on, :gone_at)
"""
_PLACES = "SELECT DISTINCT place FROM backup WHERE gone_at IS NULL ORDER BY place"
_STILL_THERE = "SELECT name, place, made_at FROM backup WHERE gone_at IS NULL ORDER BY made_at"


def list_backups(place: Path, vault_id: bytes | None = None) -> list[Backup]:
    """Newest first; of one vault, or of any (for a PC that has none). Damaged ones are in `damaged_backups`."""
    found = []
    for folder in _folders(place):
        with suppress(BackupDamaged):
            backup = read_backup(folder)
            if vault_id is None or backup.manifest.vault_id == canonical.from_bytes(vault_id):
                found.append(backup)
    return sorted(found, key=lambda backup: backup.manifest.made_at, reverse=True)


def damaged_backups(place: Path) -> list[Path]:
    """Folders that look like backups of ours and are not whole."""
    broken = []
    for folder in _folders(place):
        try:
            read_backup(folder)
        except BackupDamaged:
            broken.append(folder)
    return broken


def moments_to_keep(moments: Iterable[datetime], *, daily: int = DAILY, weekly: int = WEEKLY) -> set[datetime]:
    """The newest of each of the last days and of each of the last weeks that have a backup at all."""
    newest_first = sorted(moments, reverse=True)
    days: dict[date, datetime] = {}
    weeks: dict[tuple[int, int], datetime] = {}
    for moment in newest_first:
        day = moment.astimezone().date()
        days.setdefault(day, moment)
        weeks.setdefault(day.isocalendar()[:2], moment)
    return {*list(days.values())[:daily], *list(weeks.values())[:weekly]}


def prune(place: Path, vault_id: bytes, *, daily: int = DAILY, weekly: int = WEEKLY) -> list[Path]:
    """Remove this vault's backups that no generation needs; the folders of those that went. Foreign folders stay."""
    backups = list_backups(place, vault_id)
    kept = moments_to_keep((backup.manifest.made_at for backup in backups), daily=daily, weekly=weekly)
    furthest = max((_seq(backup) for backup in backups), default=0)  # by a clock that runs behind it is the oldest
    return _remove([one for one in backups if one.manifest.made_at not in kept and _seq(one) < furthest])


def keep_newest(place: Path, vault_id: bytes, *, count: int) -> list[Path]:
    return _remove(list_backups(place, vault_id)[count:])


def last_backup_at(db: Connection, *, at: datetime) -> datetime | None:
    """By a clock that stands at `at`; one from the days to come tells only that the clock was wrong then."""
    row = db.execute(_LAST, {"latest": (at + MOST).astimezone(UTC).isoformat(timespec="milliseconds")}).fetchone()
    return None if row is None or row["made_at"] is None else datetime.fromisoformat(row["made_at"])


def backup_ahead_at(db: Connection, *, at: datetime) -> datetime | None:
    """The date of the latest backup if every one there is comes from days yet to come: the clock was, or is, wrong."""
    row = db.execute(_LATEST).fetchone()
    if row is None or row["made_at"] is None or last_backup_at(db, at=at) is not None:
        return None
    return datetime.fromisoformat(row["made_at"])


def note_gone(db: Connection, folders: Iterable[Path], *, at: datetime) -> None:
    """Pruned by us, or reported as destroyed by the office; inside the caller's transaction."""
    moment = at.isoformat(timespec="milliseconds")
    db.executemany(_GONE, [{"name": folder.name, "place": str(folder.parent), "at": moment} for folder in folders])


def media_out_there(db: Connection) -> list[tuple[Path, datetime]]:
    """Folder and time of every backup not known to be gone: what to destroy after somebody left."""
    return [
        (Path(row["place"]) / row["name"], datetime.fromisoformat(row["made_at"])) for row in db.execute(_STILL_THERE)
    ]


def places_out_there(db: Connection) -> list[Path]:
    """The folders in which backups lie that are not known to be gone."""
    return [Path(row["place"]) for row in db.execute(_PLACES)]


@dataclass(frozen=True)
class Medium:
    """A backup not known to be gone, and the day by which it should be."""

    folder: Path
    made_at: datetime
    expires_on: date


def media_before(db: Connection, moment: datetime) -> tuple[Medium, ...]:
    """Those that still hold what was erased at that moment; the first to expire first."""
    values = {"moment": moment.astimezone(UTC).isoformat(timespec="milliseconds")}
    return tuple(
        Medium(
            Path(row["place"]) / row["name"],
            datetime.fromisoformat(row["made_at"]),
            date.fromisoformat(row["expires_on"]),
        )
        for row in db.execute(_BEFORE, values)
    )


def listed_rows(db: Connection) -> list[dict[str, object]]:
    """What the vault knows of its backups, as `adopt_rows` takes it."""
    return [dict(zip(row.keys(), row, strict=True)) for row in db.execute(_ALL)]


def adopt_rows(db: Connection, rows: Iterable[dict[str, object]]) -> None:
    """After a restore: backups made since are out there all the same. Inside the caller's transaction."""
    db.executemany(_ADOPT, rows)


def _seq(backup: Backup) -> int:
    return backup.manifest.checkpoint.checkpoint.seq


def _folders(place: Path) -> list[Path]:
    try:
        return [folder for folder in place.iterdir() if (folder / MANIFEST).is_file() and folder.suffix != ".tmp"]
    except OSError:
        return []  # the medium is not there: no backups to show


def _remove(backups: list[Backup]) -> list[Path]:
    """Manifest first: a removal that is cut off leaves nothing that passes for a backup."""
    gone = []
    for backup in backups:
        with suppress(OSError):
            (backup.folder / MANIFEST).unlink()
            shutil.rmtree(backup.folder)
            gone.append(backup.folder)
    return gone
