"""A backup is a folder that stands alone: own random keys sealed to the same people, verified, signed, no plaintext."""

from __future__ import annotations

import hashlib
import shutil
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from nakodo_desktop.errors import BackupDamaged, FolderNotEmpty
from nakodo_desktop.vault import canonical, erasure_ledger, files, ledger_mirror
from nakodo_desktop.vault.checkpoints import SignedCheckpoint, checkpoint_from_json, take_checkpoint
from nakodo_desktop.vault.connection import Connection
from nakodo_desktop.vault.generations import changing, write_copy
from nakodo_desktop.vault.header import check_mac, read_header, write_header
from nakodo_desktop.vault.header_files import FILE_NAMES
from nakodo_desktop.vault.keys import database_key, new_master_key
from nakodo_desktop.vault.loan import Loan, append_audit
from nakodo_desktop.vault.schema import schema_version
from nakodo_desktop.vault.secret_keys import SIGNING, secret_key
from nakodo_desktop.vault.slots import seal
from nakodo_desktop.vault.unlock import OpenedKeys

MANIFEST = "manifest.json"
SIGNATURE = "manifest.sig"
BOUNDED_LIFE = timedelta(days=35)  # four weekly generations and the days around them

_PREFIX = "nakodo-"
_PURPOSE = b"nakodo/backup\x00"
_VERSION = 1
_MANIFEST_MAX_BYTES = 64 * 1024
_INSERT = """
INSERT OR REPLACE INTO backup (name, place, made_at, seq, sha256, bytes, expires_on)
VALUES (:name, :place, :made_at, :seq, :sha256, :bytes, :expires_on)
"""
_NEVER_WAS = "DELETE FROM backup WHERE name = :name AND place = :place"


@dataclass(frozen=True)
class FileFacts:
    length: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a backup tells before anybody gave a passphrase: no member count, no names."""

    vault_id: str
    made_at: datetime
    generation: int
    schema: int
    checkpoint: SignedCheckpoint
    files: dict[str, FileFacts]

    @property
    def database(self) -> FileFacts:
        return self.files[self.database_name]

    @property
    def database_name(self) -> str:
        return next(name for name in self.files if name.endswith(".db"))


@dataclass(frozen=True)
class Backup:
    folder: Path
    manifest: Manifest


def make_backup(loan: Loan, place: Path, *, at: datetime) -> Backup:
    """Into a new folder of `place`. Slow: a job. Raises DiskFull, NotWritable, VaultDamaged; then nothing is left.

    Consistent by the backup API, opened again through its own header and checked before it gets its name.
    """
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        target = _free_name(place, at)
        aside = _working_folder(loan, place)
    except OSError as exc:
        raise files.write_error(exc) from exc
    try:
        with closing(loan.connect_to_copy()) as source:
            manifest = _fill(loan.keys, source, aside, at=at)
            if not erasure_ledger.is_empty(source):
                ledger_mirror.write_mirror(source, manifest.vault_id, place)
            _record(loan, source, target, manifest=manifest, at=at)  # before it exists: no medium out there is unlisted
            try:
                _put_in_place(aside, target)
            except BaseException:
                with changing(source):
                    source.execute(_NEVER_WAS, {"name": target.name, "place": str(place)})
                raise
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    return Backup(target, manifest)


def rescue(keys: OpenedKeys, source: Connection, folder: Path, *, at: datetime) -> Backup:
    """From a live connection whose file was taken away under it. `folder` must not exist yet.

    Raises FolderNotEmpty, DiskFull, NotWritable, VaultDamaged; then nothing is left there.
    """
    if folder.exists():
        raise FolderNotEmpty("そのフォルダーは、すでにあります。", "新しい名前を付けてください。")
    aside = folder.with_name(folder.name + ".tmp")
    try:
        aside.mkdir(mode=0o700, parents=True)
        manifest = _fill(keys, source, aside, at=at)
        _put_in_place(aside, folder)
    except OSError as exc:
        raise files.write_error(exc) from exc
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return Backup(folder, manifest)


def read_backup(folder: Path) -> Backup:
    """The manifest, its signature and the sizes; not yet the content. Raises BackupDamaged."""
    try:
        with (folder / MANIFEST).open("rb") as file:
            raw = file.read(_MANIFEST_MAX_BYTES)
        signature = (folder / SIGNATURE).read_bytes()
        manifest = _manifest_from_json(raw)
        Ed25519PublicKey.from_public_bytes(manifest.checkpoint.public_key).verify(signature, _PURPOSE + raw)
        for name, facts in manifest.files.items():
            if (folder / name).stat().st_size != facts.length:
                raise ValueError("length")
    except (OSError, ValueError, InvalidSignature) as exc:
        raise damaged_backup() from exc
    return Backup(folder, manifest)


def verify_content(backup: Backup) -> None:
    """Every byte against the signed manifest. Slow for a large backup. Raises BackupDamaged."""
    try:
        if any(_facts(backup.folder / name) != facts for name, facts in backup.manifest.files.items()):
            raise damaged_backup()
    except OSError as exc:
        raise damaged_backup() from exc


def expires_on(made_at: datetime) -> date:
    """From then on the medium should be gone: backups have a bounded life, so that erasure has one."""
    return made_at.astimezone().date() + BOUNDED_LIFE


def damaged_backup() -> BackupDamaged:
    return BackupDamaged(
        "このバックアップは壊れているか、書き換えられています。いまのデータには触れていません。",
        "ひとつ前のバックアップか、別の媒体のバックアップをお使いください。",
    )


def _fill(keys: OpenedKeys, source: Connection, aside: Path, *, at: datetime) -> Manifest:
    header = keys.state.header
    master_key = new_master_key()
    sealed = tuple(seal(slot, header.vault_id, master_key=master_key) for slot in header.slots)
    write_copy(source, aside / header.database_name, key=database_key(master_key, header.vault_id))
    write_header(aside, replace(header, slots=sealed), master_key=master_key)
    state = read_header(aside)
    check_mac(state, master_key)
    if state.broken_copies:
        raise files.disk_full()
    seed = secret_key(source, SIGNING)
    manifest = Manifest(
        vault_id=canonical.from_bytes(header.vault_id),
        made_at=at,
        generation=header.generation,
        schema=schema_version(source),
        checkpoint=take_checkpoint(source, canonical.from_bytes(header.vault_id), seed=seed, at=at),
        files={name: _facts(aside / name) for name in (*FILE_NAMES, header.database_name)},
    )
    raw = canonical.encode(_manifest_to_json(manifest))
    files.write_atomically(aside / MANIFEST, raw)
    files.write_atomically(aside / SIGNATURE, Ed25519PrivateKey.from_private_bytes(seed).sign(_PURPOSE + raw))
    return manifest


def _put_in_place(aside: Path, target: Path) -> None:
    try:
        files.replace(aside, target)
    except OSError as exc:
        raise files.write_error(exc) from exc
    read_backup(target)


def _record(loan: Loan, source: Connection, target: Path, *, manifest: Manifest, at: datetime) -> None:
    with changing(source):
        source.execute(
            _INSERT,
            {
                "name": target.name,
                "place": str(target.parent),
                "made_at": at.isoformat(timespec="milliseconds"),
                "seq": manifest.checkpoint.checkpoint.seq,
                "sha256": manifest.database.sha256,
                "bytes": manifest.database.length,
                "expires_on": expires_on(at).isoformat(),
            },
        )
        append_audit(
            source,
            loan.author,
            at=at,
            act="backup.made",
            subject=target.name,
            detail={"sha256": manifest.database.sha256, "seq": manifest.checkpoint.checkpoint.seq},
        )


def _free_name(place: Path, at: datetime) -> Path:
    """By local time, since people read it; a second one within the second gets a number."""
    name = f"{_PREFIX}{at.astimezone():%Y%m%d-%H%M%S}"
    candidates = [place / name, *(place / f"{name}-{number}" for number in range(2, 100))]
    return next(path for path in candidates if not path.exists())


def _working_folder(loan: Loan, place: Path) -> Path:
    """Named after the vault, so that what an interrupted backup of this vault left behind can be cleared away."""
    folder = place / f"{canonical.from_bytes(loan.keys.state.header.vault_id)}.tmp"
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(mode=0o700)
    return folder


def _facts(path: Path) -> FileFacts:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
        return FileFacts(file.tell(), digest.hexdigest())


def _manifest_to_json(manifest: Manifest) -> dict[str, object]:
    return {
        "v": _VERSION,
        "kind": "backup",
        "vault_id": manifest.vault_id,
        "made_at": manifest.made_at.isoformat(timespec="milliseconds"),
        "gen": manifest.generation,
        "schema": manifest.schema,
        "checkpoint": manifest.checkpoint.to_json(),
        "files": {name: [facts.length, facts.sha256] for name, facts in manifest.files.items()},
    }


def _manifest_from_json(raw: bytes) -> Manifest:
    value = canonical.fields(canonical.decode(raw), "v", "kind", "vault_id", "made_at", "gen", "schema", "files")
    if value["v"] != _VERSION or value["kind"] != "backup":
        raise ValueError("not a backup of this kind")
    manifest = Manifest(
        vault_id=canonical.short_text(value["vault_id"]),
        made_at=datetime.fromisoformat(canonical.short_text(value["made_at"])),
        generation=canonical.integer(value["gen"], at_least=1),
        schema=canonical.integer(value["schema"], at_least=1),
        checkpoint=checkpoint_from_json(value.get("checkpoint")),
        files={name: _file_facts(facts) for name, facts in canonical.fields(value["files"]).items()},
    )
    databases = [name for name in manifest.files if name.endswith(".db")]
    if set(manifest.files) != {*FILE_NAMES, *databases} or len(databases) != 1 or "/" in databases[0]:
        raise ValueError("files")
    return manifest


def _file_facts(raw: object) -> FileFacts:
    if not isinstance(raw, list) or len(raw) != 2:
        raise ValueError("file facts")
    return FileFacts(canonical.integer(raw[0], at_least=1), canonical.short_text(raw[1]))
