"""All checks in one go: on demand and before every backup; each fault gets its name.

For a vault that is lent to the job, or that does not open at all (then only its keys are known).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from nakodo_desktop.errors import HeaderRolledBack, NotAVault, VaultDamaged, VaultTampered, VaultTooNew
from nakodo_desktop.vault import canonical, ledger_mirror
from nakodo_desktop.vault.audit_reading import verify_chain
from nakodo_desktop.vault.backup_shelf import backup_ahead_at, damaged_backups, last_backup_at
from nakodo_desktop.vault.checkpoints import Checkpoint, agrees
from nakodo_desktop.vault.checks import database_findings
from nakodo_desktop.vault.connection import PAGE_BYTES, Connection, open_vault_connection, refuse_foreign_file
from nakodo_desktop.vault.findings import (
    RESTORE_ADVICE,
    Finding,
    FindingKind,
    Severity,
    audit_broken,
    audit_incomplete,
    header_copy_broken,
    ledger_copy_broken,
    older_than_last_seen,
    synced_folder,
)
from nakodo_desktop.vault.header import check_mac, read_header
from nakodo_desktop.vault.header_notes import needs_note
from nakodo_desktop.vault.places import sync_service
from nakodo_desktop.vault.secret_keys import AUDIT, secret_key
from nakodo_desktop.vault.unlock import OpenedKeys

BACKUP_AGE_LIMIT = timedelta(days=7)


def examine(
    keys: OpenedKeys,
    *,
    checkpoints: Iterable[Checkpoint] = (),
    backup_places: Sequence[Path] = (),
    ledger_folders: Sequence[Path] = (),
    at: datetime,
    backup_age_limit: timedelta = BACKUP_AGE_LIMIT,
) -> list[Finding]:
    """Nothing found: an empty list. Slow; changes nothing but what a checkpoint of the `-wal` does.

    `checkpoints`: proofs from outside (last-seen file, backups, paper) that the log must still contain.
    `ledger_folders`: where copies of the erasure ledger may lie.
    """
    found = _header_findings(keys)
    path = keys.state.folder / keys.state.header.database_name
    refused = _file_finding(path)
    if refused is not None:
        return [*found, refused]
    found += database_findings(path, keys.database_key())
    if not any(finding.severity is Severity.DANGER for finding in found):
        with closing(open_vault_connection(path, keys.database_key())) as db:
            found += _content_findings(db, keys, checkpoints=checkpoints)
            found += _ledger_findings(db, keys, ledger_folders)
            found += _backup_age(db, at=at, limit=backup_age_limit)
    service = sync_service(keys.state.folder)
    if service is not None:
        found.append(synced_folder(service=service))
    return found + [_backup_damaged(folder) for place in backup_places for folder in damaged_backups(place)]


def _header_findings(keys: OpenedKeys) -> list[Finding]:
    try:
        state = read_header(keys.state.folder)
        check_mac(state, keys.master_key)
    except VaultTampered as exc:
        return [Finding(FindingKind.HEADER_TAMPERED, Severity.DANGER, exc.message, exc.advice)]
    except (VaultDamaged, NotAVault, VaultTooNew) as exc:
        return [Finding(FindingKind.HEADER_BROKEN, Severity.DANGER, exc.message, exc.advice)]
    return [header_copy_broken(*state.broken_copies)] if state.broken_copies else []


def _file_finding(path: Path) -> Finding | None:
    """What can be told of the file without opening it as a database."""
    if not path.exists():
        kind, message = FindingKind.DATABASE_MISSING, "データベースのファイルが見つかりません。"
    elif path.stat().st_size < PAGE_BYTES or path.stat().st_size % PAGE_BYTES:
        kind, message = (
            FindingKind.DATABASE_CUT,
            "データベースのファイルが途中で切れているか、余分なものが付いています。",
        )
    else:
        try:
            refuse_foreign_file(path)
        except NotAVault as exc:
            return Finding(FindingKind.DATABASE_FOREIGN, Severity.DANGER, exc.message, exc.advice)
        return None
    return Finding(kind, Severity.DANGER, message, RESTORE_ADVICE, (path.name,))


def _content_findings(db: Connection, keys: OpenedKeys, *, checkpoints: Iterable[Checkpoint]) -> list[Finding]:
    try:
        needs_note(db, keys.state.header)
    except HeaderRolledBack as exc:
        return [Finding(FindingKind.HEADER_ROLLED_BACK, Severity.DANGER, exc.message, exc.advice)]
    found = []
    chain = verify_chain(db, secret_key(db, AUDIT))
    if chain.broken_at is not None:
        found.append(audit_broken(seq=chain.broken_at))
    if chain.hole_at is not None:
        found.append(audit_incomplete(seq=chain.hole_at))
    missed = [checkpoint.seq for checkpoint in checkpoints if not agrees(db, checkpoint)]
    if missed:
        found.append(older_than_last_seen(seen=str(max(missed)), found=str(chain.entries)))
    return found


def _ledger_findings(db: Connection, keys: OpenedKeys, folders: Sequence[Path]) -> list[Finding]:
    """A copy nobody can read would not keep the erased erased when only an old backup is left."""
    vault_id = canonical.from_bytes(keys.state.header.vault_id)
    unreadable = ledger_mirror.read_mirrors(db, vault_id, folders).unreadable
    return [ledger_copy_broken(*(str(path.parent) for path in unreadable))] if unreadable else []


def _backup_age(db: Connection, *, at: datetime, limit: timedelta) -> list[Finding]:
    last = last_backup_at(db, at=at)
    if last is not None and at - last <= limit:
        return []
    advice = "「安全」の画面から、いますぐバックアップを取ってください。"
    if last is not None:
        message = f"最後のバックアップから {(at - last).days} 日たっています。"
    elif backup_ahead_at(db, at=at) is not None:
        message = "バックアップの日付が、このパソコンの時計より先になっています。"
        advice = f"パソコンの日付と時刻を確かめてから、{advice}"
    else:
        message = "バックアップが、まだ一度もありません。"
    return [Finding(FindingKind.BACKUP_OLD, Severity.WARNING, message, advice)]


def _backup_damaged(folder: Path) -> Finding:
    return Finding(
        FindingKind.BACKUP_DAMAGED,
        Severity.WARNING,
        "壊れているバックアップがあります。いまのデータは無事です。",
        "新しいバックアップを取り、その媒体の使用をやめてください。",
        (folder.name,),
    )
