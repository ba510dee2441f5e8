"""The only door to SQLCipher: callers may stop knowing keying, settings, what is forbidden and what its errors mean.

Every setting is written, read back and compared; a difference stops the program. Rows are `sqlcipher3.Row`: by
position or by column name. Their values are `Any` and stay inside `vault`; aggregates turn them into domain objects.
"""

from __future__ import annotations

import os
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

from sqlcipher3 import dbapi2

from nakodo_desktop.errors import NotAVault, NotWritable, UserError, VaultDamaged, VaultInUse
from nakodo_desktop.vault import files
from nakodo_desktop.vault.authorizer import authorize_daily_work, authorize_maintenance
from nakodo_desktop.vault.keys import DATABASE_KEY_BYTES

PAGE_BYTES = 8192  # a member with all answers fits few pages; larger than SQLCipher's 4096, identical at every open
APPLICATION_ID = 0x4E414B4F  # "NAKO"
MINIMUM_SQLITE = (3, 51, 3)  # WAL-reset bug: https://sqlite.org/wal.html#walresetbug
IntegrityError = dbapi2.IntegrityError

Parameters = Mapping[str, object] | tuple[object, ...] | list[object]  # str, int, bytes and None are stored

_PLAIN_SQLITE = b"SQLite format 3\x00"
_CACHE_KIB = 64 * 1024
_COPY_CACHE_KIB = 1024  # a copy looks at each page once; what a cache locks in memory is wiped again at the end

_STEPS_BETWEEN_QUESTIONS = 100_000  # of the database machine: some milliseconds; a short statement is never asked

_Settings = tuple[tuple[str, str, str], ...]


def _with(settings: _Settings, **other: str) -> _Settings:
    return tuple((name, other.get(name, value), other.get(name, wanted)) for name, value, wanted in settings)


# (name, value to set, value to read back). The key is set before, nothing else is.
_SETTINGS: _Settings = (
    ("locking_mode", "EXCLUSIVE", "exclusive"),  # before the first access: no second opener, no -shm file
    ("journal_mode", "WAL", "wal"),
    ("synchronous", "FULL", "2"),  # NORMAL loses acknowledged commits at a power cut
    ("secure_delete", "ON", "1"),
    ("temp_store", "MEMORY", "2"),  # FILE writes plaintext
    ("foreign_keys", "ON", "1"),
    ("recursive_triggers", "ON", "1"),  # REPLACE must fire delete triggers
    ("trusted_schema", "OFF", "0"),
    ("cell_size_check", "ON", "1"),
    ("mmap_size", "0", "0"),
    ("auto_vacuum", "0", "0"),
    ("wal_autocheckpoint", "1000", "1000"),
    ("busy_timeout", "5000", "5000"),
    ("cache_size", f"-{_CACHE_KIB}", f"-{_CACHE_KIB}"),
)
_COPYING_SETTINGS = _with(_SETTINGS, cache_size=f"-{_COPY_CACHE_KIB}")
# For a file that nobody refers to yet and that goes if anything fails: a log would only write each page twice.
_FILLING_SETTINGS = _with(_COPYING_SETTINGS, journal_mode="off")
# For the check of a copy. Its rows passed their constraints when they were written and its pages are authentic; on the
# constraints of a wide table the structure check spends four fifths of its time.
_CHECKING_SETTINGS = (*_SETTINGS, ("query_only", "ON", "1"), ("ignore_check_constraints", "ON", "1"))
_NEED_SCHEMA = ("journal_mode", "synchronous", "secure_delete", "auto_vacuum", "cache_size")
_UNREAD_SETTINGS = tuple(setting for setting in _SETTINGS if setting[0] not in _NEED_SCHEMA)
_READ_ERRORS = frozenset({10 | (number << 8) for number in (1, 2, 33)})  # IOERR_READ, _SHORT_READ, _DATA
_CODE_OF_WORDS = {
    "database or disk is full": dbapi2.SQLITE_FULL,
    "disk I/O error": dbapi2.SQLITE_IOERR,
    "database is locked": dbapi2.SQLITE_BUSY,
    "database disk image is malformed": dbapi2.SQLITE_CORRUPT,
    "file is not a database": dbapi2.SQLITE_NOTADB,
    "attempt to write a readonly database": dbapi2.SQLITE_READONLY,
    "unable to open database file": dbapi2.SQLITE_CANTOPEN,
}
_CIPHER_SETTINGS: tuple[tuple[str, str, str], ...] = (
    ("cipher_memory_security", "ON", "1"),
    ("cipher_log_level", "NONE", "NONE"),  # the default prints to stderr
)


class Stopped(Exception):  # not an error: somebody asked for it
    """A long step ended early because `stoppable` was told so; everything it had begun is undone as after an error."""


def _never() -> bool:
    return False


_is_asked_to_stop: ContextVar[Callable[[], bool]] = ContextVar("is_asked_to_stop", default=_never)


class Row(Protocol):
    def __getitem__(self, key: str | int, /) -> Any: ...
    def __iter__(self) -> Iterator[Any]: ...
    def __len__(self) -> int: ...
    def keys(self) -> list[str]: ...


class Cursor(Protocol):
    @property
    def rowcount(self) -> int: ...
    @property
    def lastrowid(self) -> int | None: ...
    def fetchone(self) -> Row | None: ...
    def fetchall(self) -> list[Row]: ...
    def __iter__(self) -> Iterator[Row]: ...


class Connection(Protocol):
    @property
    def in_transaction(self) -> bool: ...
    @property
    def total_changes(self) -> int: ...
    def execute(self, sql: str, parameters: Parameters = (), /) -> Cursor: ...
    def executemany(self, sql: str, parameters: Iterable[Parameters], /) -> Cursor: ...
    def executescript(self, sql: str, /) -> Cursor: ...
    def close(self) -> None: ...


class _MappedCursor(dbapi2.Cursor):  # type: ignore[misc]  # sqlcipher3 ships no types
    """Raises our errors at the statement and at each fetch: a damaged page may show only there."""

    def execute(self, *args: Any) -> Any:
        return self._mapped(super().execute, *args)

    def executemany(self, *args: Any) -> Any:
        return self._mapped(super().executemany, *args)

    def executescript(self, *args: Any) -> Any:
        return self._mapped(super().executescript, *args)

    def fetchone(self) -> Any:
        return self._mapped(super().fetchone)

    def fetchmany(self, *args: Any) -> Any:
        return self._mapped(super().fetchmany, *args)

    def fetchall(self) -> Any:
        return self._mapped(super().fetchall)

    def __next__(self) -> Any:
        return self._mapped(super().__next__)

    def _mapped(self, step: Any, *args: Any) -> Any:
        """After one damaged page SQLCipher fails everything on this connection, in misleading ways."""
        try:
            return _mapped(step, *args)
        except VaultDamaged:
            self.connection.met_damage = True
            raise
        except (UserError, dbapi2.OperationalError) as exc:
            if self.connection.met_damage:
                raise damaged() from exc
            raise


class _MappedConnection(dbapi2.Connection):  # type: ignore[misc]  # sqlcipher3 ships no types
    met_damage = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._cursors: weakref.WeakSet[Any] = weakref.WeakSet()
        super().__init__(*args, **kwargs)

    def cursor(self, *_args: Any) -> Any:
        cursor = super().cursor(_MappedCursor)
        self._cursors.add(cursor)
        return cursor

    def close(self) -> None:
        """Really: a cursor that an error's traceback still holds would keep the file open and locked."""
        for cursor in list(self._cursors):
            cursor.close()
        super().close()

    def backup(self, *args: Any, **kwargs: Any) -> Any:
        return _mapped(super().backup, *args, **kwargs)


def open_vault_connection(path: Path, key: bytes, *, create: bool = False, unread: bool = False) -> Connection:
    """A maintenance connection: it may change the schema; `restrict` makes it the daily one.

    `unread`: not a page is looked at yet, so that the page check can name even a damaged first one.
    Never open a file that this process has open already: POSIX drops all its locks with the first `close`.
    Raises VaultInUse, VaultDamaged, NotAVault, NotWritable. `create` refuses a file that exists.
    """
    return _open(path, key, _UNREAD_SETTINGS if unread else _SETTINGS, create=create, unread=unread)


@contextmanager
def stoppable(is_asked: Callable[[], bool]) -> Iterator[None]:
    """Long steps of connections that are opened inside, in this thread, end with Stopped once `is_asked` says so."""
    token = _is_asked_to_stop.set(is_asked)
    try:
        yield
    finally:
        _is_asked_to_stop.reset(token)


def open_for_copying(path: Path, key: bytes) -> Connection:
    """A maintenance connection whose pages are read once, in order. Raises as `open_vault_connection`."""
    return _open(path, key, _COPYING_SETTINGS)


def open_for_checking(path: Path, key: bytes) -> Connection:
    """A finished copy, to be read through once. Raises as `open_vault_connection`."""
    return _open(path, key, _CHECKING_SETTINGS)


def _open(
    path: Path, key: bytes, settings: _Settings, *, create: bool = False, unread: bool = False
) -> _MappedConnection:
    if len(key) != DATABASE_KEY_BYTES:  # any other length would silently be taken as a passphrase
        raise ValueError("a raw key is 32 bytes")
    if dbapi2.sqlite_version_info < MINIMUM_SQLITE:
        raise RuntimeError(f"SQLite {dbapi2.sqlite_version} is too old")
    if create:
        _claim(path)
    else:
        refuse_foreign_file(path)
    uri = f"file:{quote(path.absolute().as_posix())}?mode=rw"
    connection: _MappedConnection = _mapped(
        dbapi2.connect, uri, uri=True, isolation_level=None, factory=_MappedConnection
    )
    try:
        connection.row_factory = dbapi2.Row
        _configure(connection, key, settings)
        if create:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        if not unread:
            _compare_with_file(connection)
        connection.set_authorizer(authorize_maintenance)
        connection.set_progress_handler(_is_asked_to_stop.get(), _STEPS_BETWEEN_QUESTIONS)
    except BaseException:
        connection.close()
        raise
    return connection


def restrict(connection: Connection) -> None:
    """From now on daily work only. There is no way back but a new connection."""
    _own(connection).set_authorizer(authorize_daily_work)


def refuse_foreign_file(path: Path) -> None:
    """A zero-byte file would open as an empty, "ok" vault; a plaintext one must never be written to."""
    try:
        with path.open("rb") as file:
            head = file.read(len(_PLAIN_SQLITE))
            size = os.fstat(file.fileno()).st_size
    except FileNotFoundError as exc:
        raise VaultDamaged(
            "データベースのファイルが見つかりません。鍵のファイルは無事です。",
            "ファイルを移動した場合は元に戻してください。見つからないときは、バックアップから復元してください。",
        ) from exc
    except PermissionError as exc:
        raise files.not_readable() from exc
    if head == _PLAIN_SQLITE:
        raise NotAVault(
            "このファイルは暗号化されていないデータベースで、なこうどデスクのものではありません。何も書き込んでいません。",
            "バックアップから復元してください。",
        )
    if size < PAGE_BYTES:
        raise damaged()


def copy_pages(source: Connection, target: Path, *, key: bytes) -> None:
    """The whole database page by page into a new file under another key. Inside a transaction it would not return.

    On failure what lies there is no database; the caller removes it. Raises VaultDamaged, DiskFull, NotWritable.
    """
    if source.in_transaction:
        raise RuntimeError("no copy inside a transaction")
    with closing(_open(target, key, _FILLING_SETTINGS, create=True)) as copy:
        _own(source).backup(copy, pages=100, progress=_stop_if_asked)
        _set(copy, "journal_mode", "WAL", "wal")


def _stop_if_asked(*_progress: int) -> None:
    if _is_asked_to_stop.get()():
        raise Stopped


def size_bytes(connection: Connection) -> int:
    """As the database counts it, whatever still lies in the `-wal`."""
    row = connection.execute("PRAGMA page_count").fetchone()
    return 0 if row is None else int(row[0]) * PAGE_BYTES


def damaged() -> VaultDamaged:
    return VaultDamaged(
        "パスワードは正しいのですが、データベースが壊れています。",
        "これ以上書き込まずに、設定の「安全」にある点検を行うか、バックアップから復元してください。",
    )


def map_error(exc: BaseException) -> UserError | None:
    """What SQLite's complaint means to the operator; None when it is a bug of ours."""
    code = _extended_code(exc) & 0xFF
    if code in (dbapi2.SQLITE_CORRUPT, dbapi2.SQLITE_NOTADB) or _extended_code(exc) in _READ_ERRORS:
        return damaged()
    if code in (dbapi2.SQLITE_FULL, dbapi2.SQLITE_IOERR):  # a full disk shows as either
        return files.disk_full()
    if code in (dbapi2.SQLITE_BUSY, dbapi2.SQLITE_LOCKED):
        return VaultInUse("このデータは、ほかの画面で開かれています。", "先に開いているほうを閉じてください。")
    if code in (dbapi2.SQLITE_READONLY, dbapi2.SQLITE_CANTOPEN, dbapi2.SQLITE_PERM):
        return NotWritable(
            "データベースに書き込めません。",
            "フォルダーやディスクが読み取り専用になっていないかをご確認ください。",
        )
    return None


def _own(connection: Connection) -> _MappedConnection:
    if not isinstance(connection, _MappedConnection):
        raise TypeError("not a connection of this module")
    return connection


def _mapped(step: Any, *args: Any, **kwargs: Any) -> Any:
    try:
        return step(*args, **kwargs)
    except dbapi2.Error as exc:
        if _extended_code(exc) == dbapi2.SQLITE_INTERRUPT:
            raise Stopped from exc
        known = map_error(exc)
        if known is None:
            raise
        raise known from exc


def _extended_code(exc: BaseException) -> int:
    """The page copy raises without a code; then SQLite's own fixed words tell."""
    return int(getattr(exc, "sqlite_errorcode", None) or _CODE_OF_WORDS.get(str(exc), 0))


def _claim(path: Path) -> None:
    """Creation is a path of its own: an existing file is never taken over."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError as exc:
        raise files.write_error(exc) from exc


def _configure(connection: _MappedConnection, key: bytes, settings: _Settings) -> None:
    for name, value, wanted in _CIPHER_SETTINGS:
        _set(connection, name, value, wanted)
    quoted = bytearray(b"x'" + key.hex().encode("ascii") + b"'")
    connection.set_key(quoted)  # as PRAGMA text the key would stay in three more places of the heap
    quoted[:] = bytes(len(quoted))
    _set(connection, "cipher_page_size", str(PAGE_BYTES), str(PAGE_BYTES))
    for name, value, wanted in settings:
        _set(connection, name, value, wanted)


def _compare_with_file(connection: _MappedConnection) -> None:
    """The first read: here a wrong key shows."""
    connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    for name, wanted in (("cipher_status", "1"), ("page_size", str(PAGE_BYTES))):
        _compare(connection, name, wanted)
    _refuse_foreign_database(connection)


def _set(connection: _MappedConnection, name: str, value: str, wanted: str) -> None:
    connection.execute(f"PRAGMA {name} = {value}")
    _compare(connection, name, wanted)


def _compare(connection: Connection, name: str, wanted: str) -> None:
    found = _read_setting(connection, name)
    if found != wanted:
        raise RuntimeError(f"{name} is {found}, not {wanted}")


def _read_setting(connection: Connection, name: str) -> str:
    row = connection.execute(f"PRAGMA {name}").fetchone()
    return "" if row is None else str(row[0])


def _refuse_foreign_database(connection: Connection) -> None:
    if _read_setting(connection, "application_id") != str(APPLICATION_ID):
        raise NotAVault("このデータベースは、なこうどデスクのものではありません。", "フォルダーをご確認ください。")
