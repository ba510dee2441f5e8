"""Getting in: make an office, find its vault, turn a passphrase into keys. The slow verbs are pure, made for a job.

The unlock screen imports this module, and it must stand before ciphers and SQL are loaded: they come with the verb
that needs them. `load_ahead` brings them in while the passphrase is being typed.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from nakodo_desktop import paths
from nakodo_desktop.errors import DiskFull, NotWritable, WrongPassphrase
from nakodo_desktop.services.clock import Clock, utc_now
from nakodo_desktop.vault.header_files import FILE_NAMES

if TYPE_CHECKING:
    from nakodo_desktop.domain.office import Office
    from nakodo_desktop.domain.values import Trouble
    from nakodo_desktop.vault.beginnings import Beginning
    from nakodo_desktop.vault.header import HeaderState
    from nakodo_desktop.vault.kdf import KdfParameters
    from nakodo_desktop.vault.unlock import OpenedKeys
    from nakodo_desktop.vault.vault import Vault


@dataclass(frozen=True)
class Opened:
    """Keys that fit; `folder` is where.

    `passphrase` is what opened it: a way in that needs renewal is renewed by it at once. None: paper, or a new vault.
    """

    folder: Path
    keys: OpenedKeys
    passphrase: str | None = field(default=None, repr=False)


def holds_a_vault(folder: Path) -> bool:
    """Whether a header lies there, whole or not."""
    return any((folder / name).exists() for name in FILE_NAMES)


def load_ahead() -> None:
    """What unlocking will need; for a job as soon as the window stands. Raises ProgramDamaged."""
    import nakodo_desktop.vault.unlock
    import nakodo_desktop.vault.vault  # noqa: F401  # loaded, not used
    from nakodo_desktop.reference import municipalities, occupations

    municipalities.load()
    occupations.load()


def delay_seconds(failures: int) -> int:
    """How long the next try has to wait after so many wrong ones in a row."""
    from nakodo_desktop.vault.failures import delay_seconds

    return delay_seconds(failures)


def office_key_trouble(typed: str) -> Trouble | None:
    """What is wrong with a typed office key; None when its check characters fit."""
    from nakodo_desktop.vault.codes import parse_code

    found = parse_code(typed)
    return None if isinstance(found, bytes) else found


def unlock_job(
    folder: Path,
    passphrase: str,
    *,
    prefer_slot: str = "",
    office_key: str = "",
    data_dir: Path | None = None,
    now: Clock = utc_now,
) -> Callable[[], Opened]:
    """Plain data in, keys out; the header is read when the job runs. A wrong passphrase is written down.

    `office_key`: as typed from paper (`office_key_trouble` has passed it); a PC that was here before has its own.
    Raises WrongPassphrase, OfficeKeyNeeded and the vault's errors.
    """

    def work() -> Opened:
        from nakodo_desktop.vault.header import read_header

        state = read_header(folder)
        try:
            keys = keys_for(state, passphrase, office_key=office_key, prefer_slot=prefer_slot, data_dir=data_dir)
        except WrongPassphrase:
            _note_failure(folder, prefer_slot, at=now())
            raise
        return Opened(folder, keys, passphrase if keys.staff_id else None)

    return work


def keys_for(
    state: HeaderState, secret: str, *, office_key: str = "", prefer_slot: str = "", data_dir: Path | None = None
) -> OpenedKeys:
    """Slow. A passphrase, or the code from the paper: its check characters tell. Raises as `unlock_job`."""
    from nakodo_desktop.vault import canonical, this_pc
    from nakodo_desktop.vault.codes import parse_code
    from nakodo_desktop.vault.unlock import unlock, unlock_with_recovery_code

    code = parse_code(secret)
    if isinstance(code, bytes):
        return unlock_with_recovery_code(state, code)
    held = this_pc.office_keys(data_dir or paths.data_dir(), canonical.from_bytes(state.header.vault_id))
    typed = parse_code(office_key)
    keys = (typed, *held) if isinstance(typed, bytes) else held
    return unlock(state, secret, office_key=keys, prefer_slot=prefer_slot or None)


def _note_failure(folder: Path, slot_id: str, *, at: datetime) -> None:
    """For the log and the home page of whoever gets in next. A folder that takes no note is told at the unlock."""
    from nakodo_desktop.vault.failures import FailedAttempt, record_failure

    with suppress(NotWritable, DiskFull):
        record_failure(folder, FailedAttempt(at, slot_id))


def create_job(
    folder: Path,
    *,
    passphrase: str,
    head_name: str,
    recovery_code: str | None = None,
    office_key: str | None = None,
    kdf: KdfParameters | None = None,
    beginning: Beginning | None = None,
    now: Clock = utc_now,
) -> Callable[[], Opened]:
    """A new vault in an empty folder; see `finish_set_up`. `kdf` None: the default strength.

    `office_key`: as it stands on the recovery sheet; None for an office that does without. `beginning`: what that sheet
    was printed from; None where none was.
    Raises FolderNotEmpty, DiskFull, NotWritable.
    """

    def work() -> Opened:
        from nakodo_desktop.vault.beginnings import new_beginning
        from nakodo_desktop.vault.codes import parse_code
        from nakodo_desktop.vault.creation import create_vault
        from nakodo_desktop.vault.kdf import DEFAULT_KDF

        key = None if office_key is None else parse_code(office_key)
        if not (key is None or isinstance(key, bytes)):
            raise ValueError("the office key is ours and well-formed")
        keys = create_vault(
            folder,
            passphrase=passphrase,
            head_name=head_name,
            recovery_code=recovery_code,
            office_key=key,
            kdf=kdf or DEFAULT_KDF,
            beginning=beginning or new_beginning(at=now(), with_sheet=recovery_code is not None),
        )
        return Opened(folder, keys)

    return work


def open_vault(opened: Opened, *, now: Callable[[], datetime] = utc_now, data_dir: Path | None = None) -> Vault:
    """Fast, on the GUI thread. From now on this PC holds the office key: it is asked for once, or again after a change.

    `data_dir`: what this PC remembers; None is this person's own folder.
    """
    from nakodo_desktop.vault import this_pc
    from nakodo_desktop.vault.secret_keys import office_key
    from nakodo_desktop.vault.vault import Vault

    here = data_dir or paths.data_dir()
    vault = Vault.open(opened.folder, opened.keys, now=now, data_dir=here)
    try:
        key = office_key(vault.read())
        if key is not None and this_pc.office_keys(here, vault.vault_id)[:1] != (key,):
            this_pc.keep_office_key(here, vault.vault_id, key=key)
    except BaseException:
        vault.close()
        raise
    return vault


def finish_set_up(vault: Vault, office: Office) -> None:
    """Write the office's settings into a vault that was just made."""
    from nakodo_desktop.vault import offices

    with vault.transaction() as tx:
        offices.save(tx.db, office)
        tx.audit("office.save")
