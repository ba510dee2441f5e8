"""Backups and checks of an open vault: when the last one was, making them, keeping the right ones, finding damage.

Everybody may back up to the folders the head chose; where backups go and what is done about damage is the head's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from nakodo_desktop import paths
from nakodo_desktop.domain.staff import Right
from nakodo_desktop.errors import DiskFull, NotWritable, UserError
from nakodo_desktop.services.clock import Clock, utc_now
from nakodo_desktop.services.lending import Lent, lend
from nakodo_desktop.services.rights import require
from nakodo_desktop.vault import backup_shelf, erasure_ledger, ledger_mirror, places, salvage, this_pc
from nakodo_desktop.vault.audit_reading import went_back_at
from nakodo_desktop.vault.backup import Backup, make_backup
from nakodo_desktop.vault.checkpoints import Checkpoint
from nakodo_desktop.vault.connection import Stopped, stoppable
from nakodo_desktop.vault.findings import Finding, FindingKind, Severity
from nakodo_desktop.vault.generations import changing
from nakodo_desktop.vault.health import examine
from nakodo_desktop.vault.loan import Loan, append_audit
from nakodo_desktop.vault.salvage import Salvage
from nakodo_desktop.vault.vault import Vault

WARN_AFTER_DAYS = 7
_AFTER_THIS_BACKUP = frozenset({FindingKind.BACKUP_OLD, FindingKind.BACKUP_DAMAGED, FindingKind.LEDGER_COPY_BROKEN})


@dataclass(frozen=True)
class Shelves:
    """Where this PC puts backups and how many stay in each place."""

    places: tuple[Path, ...] = ()
    daily: int = backup_shelf.DAILY
    weekly: int = backup_shelf.WEEKLY
    warn_after_days: int = WARN_AFTER_DAYS


@dataclass(frozen=True)
class Missed:
    """A place that took no backup, and why."""

    place: Path
    error: UserError


@dataclass(frozen=True)
class BackupReport:
    """What came of it. `findings` that are a danger: no backup was made, so that good ones are not pushed out."""

    made: tuple[Backup, ...] = ()
    missed: tuple[Missed, ...] = ()
    pruned: tuple[Path, ...] = ()
    findings: tuple[Finding, ...] = ()
    is_left: bool = False  # somebody could not wait

    @property
    def is_whole(self) -> bool:
        return bool(self.made) and not self.missed and not self.is_refused and not self.is_left

    @property
    def is_refused(self) -> bool:
        return any(finding.severity is Severity.DANGER for finding in self.findings)


def refuse_place(place: Path, *, vault: Path) -> None:
    """Whether backups of this vault may go there, which need not exist yet. Raises UserError."""
    if place.resolve().is_relative_to(vault.resolve()):
        raise UserError(
            "データのフォルダーの中には、控えを置けません。",
            "USB メモリーや別のディスクのフォルダーを選んでください。",
        )
    if not place.is_dir():
        raise UserError("このフォルダーが見つかりません。", "USB メモリーが差してあるかご確認ください。")


def synced_by(place: Path) -> str | None:
    """The service that copies this folder elsewhere; allowed for finished backups, worth knowing all the same."""
    return places.sync_service(place)


class Safekeeping:
    """`data_dir`: what this PC remembers; None is this person's own folder."""

    def __init__(self, vault: Vault, *, now: Clock = utc_now, data_dir: Path | None = None) -> None:
        self._vault, self._now = vault, now
        self._data_dir = data_dir or paths.data_dir()

    @property
    def vault_folder(self) -> Path:
        return self._vault.folder

    @property
    def may_choose_places(self) -> bool:
        return self._vault.staff.may(Right.MANAGE_KEYS)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Of the cheap checks at the unlock, and of later ones on the way."""
        return self._vault.findings

    @property
    def failures(self) -> tuple[datetime, ...]:
        """When somebody tried a wrong passphrase since the unlock before this one."""
        return tuple(attempt.at for attempt in self._vault.failed_attempts)

    def last_backup_at(self) -> datetime | None:
        return backup_shelf.last_backup_at(self._vault.read(), at=self._now())

    def days_since_backup(self) -> int | None:
        """None: there was none at all. A clock that ran back a little counts as today."""
        last = self.last_backup_at()
        return None if last is None else max((self._now() - last).days, 0)

    def backup_ahead_at(self) -> datetime | None:
        """Where `last_backup_at` knows of none: the date of one from days yet to come, by a clock that was wrong."""
        return backup_shelf.backup_ahead_at(self._vault.read(), at=self._now())

    def choose_places(self, chosen: Sequence[Path]) -> None:
        """For the log: from now on this PC puts its backups into so many places. Raises NotPermitted, UserError."""
        require(self._vault.staff, Right.MANAGE_KEYS)
        for place in chosen:
            refuse_place(place, vault=self._vault.folder)
        with self._vault.transaction() as tx:
            tx.audit("backup.places", detail={"count": len(chosen)})

    def synced_by(self, place: Path) -> str | None:
        """The service that copies this folder elsewhere; allowed for finished backups, worth knowing all the same."""
        return synced_by(place)

    def back_up(
        self, shelves: Shelves, *, is_left: Callable[[], bool] = lambda: False
    ) -> Lent[BackupReport, BackupReport]:
        """After every check there is, one verified backup in each place; what no generation needs goes.

        `is_left` is asked from the job's thread, often: True ends the work soon, with nothing half done.
        """
        at, check = self._now(), self._checks(shelves)

        def work(loan: Loan) -> BackupReport:
            with stoppable(is_left):
                try:
                    found = check(loan)
                except Stopped:
                    return BackupReport(is_left=True)
                report = BackupReport(findings=tuple(f for f in found if f.kind not in _AFTER_THIS_BACKUP))
                return report if report.is_refused else _into_all(loan, shelves, at=at, findings=report.findings)

        return lend(self._vault, work, self._renew_ledger_copy)

    def examine(self, shelves: Shelves) -> Lent[tuple[Finding, ...], tuple[Finding, ...]]:
        """Every check there is. Empty: nothing was found. Also what the unlock found and nobody has settled."""
        known, check = self._vault.findings, self._checks(shelves)

        def work(loan: Loan) -> tuple[Finding, ...]:
            found = check(loan)
            kinds = {finding.kind for finding in found}
            return (*found, *(finding for finding in known if finding.kind not in kinds))

        return lend(self._vault, work, self._note_examined)

    def _checks(self, shelves: Shelves) -> Callable[[Loan], list[Finding]]:
        """A job's part: the vault against itself, against what this PC saw last, and against the backups at hand."""
        at, seen, here = self._now(), self._last_seen(), self._vault.pc_folder
        limit = timedelta(days=shelves.warn_after_days)

        def work(loan: Loan) -> list[Finding]:
            proofs = [*seen, *_proofs_of(loan, shelves.places)]
            return examine(
                loan.keys,
                checkpoints=proofs,
                backup_places=shelves.places,
                ledger_folders=(here, *shelves.places),
                at=at,
                backup_age_limit=limit,
            )

        return work

    def accept_as_newest(self) -> None:
        """The head says that this older copy is the one to go on with."""
        require(self._vault.staff, Right.RESTORE)
        self._vault.accept_as_newest()

    def salvage(self, target: Path) -> Lent[Salvage, Salvage]:
        """Every readable record into a new vault in an empty folder; the damaged one is only read."""
        require(self._vault.staff, Right.RESTORE)
        at = self._now()
        return lend(self._vault, lambda loan: salvage.salvage(loan.keys, target, at=at), lambda made: made)

    def watch(self) -> None:
        """For a timer: is the file still the one we write to, and how far has it come? Raises VaultReplaced."""
        if self._vault.is_open:
            self._vault.refuse_replaced_file()
            with suppress(DiskFull, NotWritable):  # the folder of this PC; closing will try again and say so
                self._vault.remember_growth()

    def rescue(self, folder: Path) -> Backup:
        """After VaultReplaced: what is still open, as a backup in a new folder. Anybody may; nothing else is left."""
        return self._vault.rescue_copy(folder)

    def _last_seen(self) -> list[Checkpoint]:
        seen = this_pc.last_seen(self._data_dir, self._vault.vault_id)
        return [] if seen is None else [seen.proof.checkpoint]

    def _renew_ledger_copy(self, report: BackupReport) -> BackupReport:
        """This PC's own; the ones beside the backups were written with them."""
        if report.made and not erasure_ledger.is_empty(self._vault.read()):
            ledger_mirror.write_where_possible(self._vault.read(), self._vault.vault_id, (self._vault.pc_folder,))
        return report

    def _note_examined(self, found: tuple[Finding, ...]) -> tuple[Finding, ...]:
        with self._vault.transaction() as tx:
            tx.audit("vault.examined", detail={"findings": [finding.kind.value for finding in found]})
        return found


def _into_all(loan: Loan, shelves: Shelves, *, at: datetime, findings: tuple[Finding, ...]) -> BackupReport:
    made: list[Backup] = []
    missed: list[Missed] = []
    pruned: list[Path] = []
    is_left = False
    for place in shelves.places:
        try:
            _refuse_missing(place)
            made.append(make_backup(loan, place, at=at))
            pruned += _prune(loan, place, shelves, at=at)
        except UserError as error:  # a stick that is not plugged in must not keep the other place from its backup
            missed.append(Missed(place, error))
        except Stopped:
            is_left = True
            break
    return BackupReport(tuple(made), tuple(missed), tuple(pruned), findings, is_left)


def _prune(loan: Loan, place: Path, shelves: Shelves, *, at: datetime) -> list[Path]:
    """Told to the vault at once: a lock that comes meanwhile must not leave media on its list that are gone."""
    gone = backup_shelf.prune(place, loan.keys.state.header.vault_id, daily=shelves.daily, weekly=shelves.weekly)
    if gone:
        with closing(loan.connect()) as db, changing(db):
            backup_shelf.note_gone(db, gone, at=at)
            append_audit(db, loan.author, at=at, act="backup.pruned", detail={"count": len(gone)})
    return gone


def _refuse_missing(place: Path) -> None:
    """A folder that was chosen and is gone is a stick that is not plugged in; a new folder would hide that."""
    if not place.is_dir():
        raise UserError(
            f"控えを置くフォルダー「{place.name or place}」が見つかりません。",
            "USB メモリーなどが差してあるかご確認ください。",
        )


def _proofs_of(loan: Loan, places: Iterable[Path]) -> list[Checkpoint]:
    """Of the backups at hand, whose log ours must contain; not those from before a restore: it went back on purpose."""
    with closing(loan.connect()) as db:
        since = went_back_at(db)
    return [
        backup.manifest.checkpoint.checkpoint
        for place in places
        for backup in backup_shelf.list_backups(place, loan.keys.state.header.vault_id)
        if since is None or backup.manifest.made_at > since
    ]
