"""A folder that is broken, foreign, too new or write-protected: told in the window, and nothing of it is touched."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from nakodo_desktop.ui.set_up import SetUpScreen
from nakodo_desktop.ui.unlock import UnlockScreen
from nakodo_desktop.vault.failures import FAILURES_NAME
from nakodo_desktop.vault.header_files import FILE_NAMES
from nakodo_desktop.vault.lock import LOCK_NAME
from tests.app.conftest import Started, open_office, words_of
from tests.vaultkit import TEST_PASSPHRASE


def cut_headers(office: Path) -> None:
    """As a power cut leaves a header that somebody wrote without care."""
    for name in FILE_NAMES:
        raw = (office / name).read_bytes()
        (office / name).write_bytes(raw[: len(raw) // 2])


def empty_headers(office: Path) -> None:
    for name in FILE_NAMES:
        (office / name).write_bytes(b"")


def plain_database(office: Path) -> None:
    """Somebody else's database under our name."""
    path = next(office.glob("vault-*.db"))
    path.unlink()
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE t (x)")
        other.commit()


def noise_for_a_database(office: Path) -> None:
    path = next(office.glob("vault-*.db"))
    path.write_bytes(bytes(range(256)) * 64)


def empty_database(office: Path) -> None:
    next(office.glob("vault-*.db")).write_bytes(b"")


def no_database(office: Path) -> None:
    next(office.glob("vault-*.db")).unlink()


def contents(office: Path) -> dict[str, bytes]:
    """The lock's text names who holds the folder, and the failures who tried: neither is the office's."""
    return {p.name: p.read_bytes() for p in office.iterdir() if p.name not in (LOCK_NAME, FAILURES_NAME)}


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (cut_headers, "両方とも読めません"),
        (empty_headers, "両方とも読めません"),
        (plain_database, "暗号化されていないデータベース"),
        (noise_for_a_database, "壊れ"),
        (empty_database, "壊れ"),
        (no_database, "見つかりません"),
    ],
)
def test_T21_T25_T28_a_bad_folder_is_told_and_left_as_it_is(
    started: Started, office: Path, qtbot: QtBot, spoil: Callable[[Path], None], words: str
) -> None:
    spoil(office)
    before = contents(office)
    started.app.start(office)
    assert started.shell.findChild(SetUpScreen) is None, "a broken office is never taken for a place for a new one"
    started.type_passphrase(TEST_PASSPHRASE)
    qtbot.waitUntil(lambda: words in words_of(started), timeout=10_000)
    assert started.app.office is None
    assert contents(office) == before


def test_T08_a_write_protected_folder_is_told_with_what_to_do(
    started: Started, office: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = contents(office)
    real = os.open

    def protected(path: str | Path, flags: int, *rest: int, **more: int) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR) and Path(path).is_relative_to(office):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        return real(path, flags, *rest, **more)

    with monkeypatch.context() as medium:
        medium.setattr(os, "open", protected)
        started.app.start(office)
        started.type_passphrase(TEST_PASSPHRASE)
        qtbot.waitUntil(lambda: "読み取り専用" in words_of(started), timeout=10_000)
        assert "コピー" in words_of(started)
        assert started.app.office is None
    assert contents(office) == before
    copy = Path(shutil.copytree(office, tmp_path / "copy"))  # as it was advised
    started.unlock.deleteLater()  # as the next screen does it
    qtbot.waitUntil(lambda: started.shell.findChild(UnlockScreen) is None)
    open_office(started, copy, qtbot)
    assert contents(office) == before
