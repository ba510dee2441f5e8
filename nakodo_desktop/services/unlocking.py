"""Getting in: make an office, find its vault, turn a passphrase into keys. The slow verbs are pure, made for a job.

The unlock screen imports this module, and it must stand before ciphers and SQL are loaded: they come with the verb
that needs them. `load_ahead` brings them in while the passphrase is being typed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from nakodo_desktop.services.clock import Clock, utc_now
from nakodo_desktop.vault.header_files import FILE_NAMES

if TYPE_CHECKING:
    from nakodo_desktop.domain.office import Office
    from nakodo_desktop.vault.kdf import KdfParameters
    from nakodo_desktop.vault.unlock import OpenedKeys
    from nakodo_desktop.vault.vault import Vault


@dataclass(frozen=True)
class Opened:
    """Keys that fit; `folder` is where."""

    folder: Path
    keys: OpenedKeys


def holds_a_vault(folder: Path) -> bool:
    """Whether a header lies there, whole or not."""
    return any((folder / name).exists() for name in FILE_NAMES)


def load_ahead() -> None:
    """What unlocking will need; for a job as soon as the window stands."""
    import nakodo_desktop.vault.unlock
    import nakodo_desktop.vault.vault  # noqa: F401  # loaded, not used


def unlock_job(folder: Path, passphrase: str, *, prefer_slot: str = "") -> Callable[[], Opened]:
    """Plain data in, keys out; the header is read when the job runs. Raises WrongPassphrase and the vault's errors."""

    def work() -> Opened:
        from nakodo_desktop.vault.codes import parse_code
        from nakodo_desktop.vault.header import read_header
        from nakodo_desktop.vault.unlock import unlock, unlock_with_recovery_code

        state = read_header(folder)
        code = parse_code(passphrase)
        if isinstance(code, bytes):  # its check characters fit: this is the code from the paper
            return Opened(folder, unlock_with_recovery_code(state, code))
        return Opened(folder, unlock(state, passphrase, prefer_slot=prefer_slot or None))

    return work


def create_job(
    folder: Path,
    *,
    passphrase: str,
    head_name: str,
    recovery_code: str | None = None,
    office_key: bytes | None = None,
    kdf: KdfParameters | None = None,
    now: Clock = utc_now,
) -> Callable[[], Opened]:
    """A new vault in an empty folder; see `finish_set_up`. `kdf` None: the default strength.

    Raises FolderNotEmpty, DiskFull, NotWritable.
    """

    def work() -> Opened:
        from nakodo_desktop.vault.creation import create_vault
        from nakodo_desktop.vault.kdf import DEFAULT_KDF

        keys = create_vault(
            folder,
            passphrase=passphrase,
            head_name=head_name,
            recovery_code=recovery_code,
            office_key=office_key,
            kdf=kdf or DEFAULT_KDF,
            now=now,
        )
        return Opened(folder, keys)

    return work


def open_vault(opened: Opened, *, now: Callable[[], datetime] = utc_now) -> Vault:
    """Fast, on the GUI thread."""
    from nakodo_desktop.vault.vault import Vault

    return Vault.open(opened.folder, opened.keys, now=now)


def finish_set_up(vault: Vault, office: Office) -> None:
    """Write the office's settings into a vault that was just made."""
    from nakodo_desktop.vault import offices

    with vault.transaction() as tx:
        offices.save(tx.db, office)
        tx.audit("office.save")
