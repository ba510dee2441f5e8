"""The single checks that together see every fault; none of them is enough alone.

Each takes a file that nobody has open and a fresh connection of its own: after a page failed, a connection tells
nonsense (https://github.com/sqlcipher/sqlcipher/issues/617).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from nakodo_desktop.errors import VaultDamaged
from nakodo_desktop.vault import audit
from nakodo_desktop.vault.connection import Connection, Row, open_for_checking, open_vault_connection
from nakodo_desktop.vault.findings import RESTORE_ADVICE, Finding, FindingKind, Severity

_TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY name"
_SEARCH_TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%fts5%'"
_PAGE = re.compile(r"page (\d+)")
_OK = "ok"


@dataclass(frozen=True)
class CopyFacts:
    """What must be the same in a copy: rows of every table, and how the audit log ends."""

    rows: tuple[tuple[str, int], ...]
    head: audit.Head


def facts_of(db: Connection) -> CopyFacts:
    counts = []
    for table in [row["name"] for row in db.execute(_TABLES)]:
        row = db.execute(f'SELECT count(*) FROM "{table}"').fetchone()
        counts.append((table, 0 if row is None else int(row[0])))
    return CopyFacts(tuple(counts), audit.head(db))


def database_findings(path: Path, key: bytes) -> list[Finding]:
    """Every page, the structure, references and search indexes. Seconds for a large vault: made for a job."""
    found = [_fresh(path, key, _page_finding, unread=True)]
    found += [_fresh(path, key, check) for check in (_structure_finding, _reference_finding, _search_finding)]
    return list(dict.fromkeys(finding for finding in found if finding is not None))


def facts_of_sound_copy(path: Path, key: bytes) -> CopyFacts | None:
    """All checks of `database_findings` for a file that was copied just now, in one go; None: it did not pass.

    Left out are the constraints of single rows: they held when the rows were written, the pages are the same, and
    on a wide table they take four fifths of the time. Which fault it is, the original tells.
    """
    if _fresh(path, key, _page_finding, unread=True) or _fresh(path, key, _search_finding):
        return None
    try:
        with closing(open_for_checking(path, key)) as db:
            return None if _structure_finding(db) or _reference_finding(db) else facts_of(db)
    except VaultDamaged:
        return None


def _fresh(
    path: Path, key: bytes, check: Callable[[Connection], Finding | None], *, unread: bool = False
) -> Finding | None:
    try:
        with closing(open_vault_connection(path, key, unread=unread)) as db:
            return check(db)
    except VaultDamaged:
        return _structure(())


def _page_finding(db: Connection) -> Finding | None:
    rows = db.execute("PRAGMA cipher_integrity_check").fetchall()
    if not rows:
        return None
    pages = sorted({int(number) for row in rows for number in _PAGE.findall(str(row[0]))})
    return Finding(
        FindingKind.PAGE_DAMAGED,
        Severity.DANGER,
        f"データベースの {len(rows)} か所が壊れています。そのほかの部分は読めます。",
        RESTORE_ADVICE,
        tuple(str(page) for page in pages),
    )


def _structure_finding(db: Connection) -> Finding | None:
    rows = db.execute("PRAGMA integrity_check").fetchall()
    if [row[0] for row in rows] == [_OK]:
        return None
    return _structure(rows)


def _structure(rows: list[Row] | tuple[()]) -> Finding:
    pages = sorted({int(number) for row in rows for number in _PAGE.findall(str(row[0]))})
    return Finding(
        FindingKind.STRUCTURE_DAMAGED,
        Severity.DANGER,
        "データベースのつくりが壊れています。読める部分は残っています。",
        RESTORE_ADVICE,
        tuple(str(page) for page in pages),
    )


def _reference_finding(db: Connection) -> Finding | None:
    tables = sorted({str(row[0]) for row in db.execute("PRAGMA foreign_key_check")})
    if not tables:
        return None
    return Finding(
        FindingKind.REFERENCES_BROKEN,
        Severity.DANGER,
        "記録どうしのつながりが切れている箇所があります。",
        RESTORE_ADVICE,
        tuple(tables),
    )


def _search_finding(db: Connection) -> Finding | None:
    broken = []
    for table in [str(row["name"]) for row in db.execute(_SEARCH_TABLES)]:
        try:
            db.execute(f'INSERT INTO "{table}" ("{table}") VALUES (\'integrity-check\')')
        except VaultDamaged:
            broken.append(table)
    if not broken:
        return None
    return Finding(
        FindingKind.SEARCH_INDEX_DAMAGED,
        Severity.WARNING,
        "検索用の索引が壊れています。会員の情報は無事です。",
        "「安全」の画面から索引を作り直してください。",
        tuple(broken),
    )
