"""What a backup under another key costs at the very least: SQLCipher's own page copy, one fsync, every page's MAC once.

Nothing of ours: no settings read back, no counts, no structure, no manifest. Each page is read, its MAC
compared, and it is decrypted, encrypted and signed again; that cannot be had for less.
"""

from __future__ import annotations

import os
import secrets
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from benchmarks.common import WrongAnswer
from nakodo_desktop.vault.connection import PAGE_BYTES


def copy_under_another_key(source: Path, key: bytes, target: Path) -> None:
    other = secrets.token_bytes(len(key))
    with closing(_connect(source, key)) as db, closing(_connect(target, other)) as copy:
        copy.execute("PRAGMA journal_mode = OFF")
        db.backup(copy)
    with target.open("rb+") as file:
        os.fsync(file.fileno())
    with closing(_connect(target, other)) as copy:
        if copy.execute("PRAGMA cipher_integrity_check").fetchall():
            raise WrongAnswer("a page of the raw copy does not fit its MAC")
        if copy.execute("PRAGMA page_count").fetchone()[0] * PAGE_BYTES != source.stat().st_size:
            raise WrongAnswer("the raw copy has other pages")


def _connect(path: Path, key: bytes) -> Any:
    connection = dbapi2.connect(str(path), isolation_level=None)
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.set_key(bytearray(b"x'" + key.hex().encode("ascii") + b"'"))
    connection.execute(f"PRAGMA cipher_page_size = {PAGE_BYTES}")
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute("PRAGMA cache_size = -1024")
    return connection
