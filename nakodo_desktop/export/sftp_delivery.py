"""After importing this a bundle goes to the association's SSH server whole or not at all, and to no other server.

The server proves itself with the host key whose fingerprint the office was told; the office proves itself with a key of
its own. There is no password: one that is sent to a wrong server is given away, a key is not.
"""

from __future__ import annotations

import base64
import hashlib
import io
import logging
import socket
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import paramiko

from nakodo_desktop.errors import NotDelivered, WrongServer
from nakodo_desktop.export.sending import (
    CHUNK_BYTES,
    PART_SUFFIX,
    TIMEOUT_S,
    LineBroken,
    OnProgress,
    Parcel,
    Patience,
    ask_twice,
    no_room,
    not_permitted,
    other_file_there,
    send_patiently,
)
from nakodo_desktop.export.ssh_key import private_key_text

# It would write host names and users into the program's log.
logging.getLogger("paramiko").setLevel(logging.CRITICAL + 1)
_COMPARED_BYTES = 1 << 16


@dataclass(frozen=True, kw_only=True)
class SftpPlace:
    """Where and as whom; plain data for a job."""

    host: str
    port: int
    folder: str  # "": where the account starts
    user: str
    fingerprint: str  # "SHA256:…"
    client_key: bytes = field(repr=False)  # 32 raw bytes of an Ed25519 private key
    timeout_s: float = TIMEOUT_S

    def path_of(self, name: str) -> str:
        return f"{self.folder.rstrip('/')}/{name}" if self.folder else name


def send_by_sftp(
    parcel: Parcel, place: SftpPlace, *, on_progress: OnProgress | None = None, patience: Patience | None = None
) -> None:
    """A job. A broken line goes on where it broke; a file of this name and length means it had arrived already.

    `on_progress` is told the bytes sent so far and may raise to cancel; after the last byte it is asked once more, and
    then the file gets its name. Raises: NotDelivered, WrongServer; then nothing is to be seen there.
    """

    def put(progress: OnProgress) -> None:
        with _folder(place) as sftp:
            _put(sftp, parcel, place=place, on_progress=progress)

    send_patiently(put, on_progress=on_progress, patience=patience)


def lies_at_sftp(name: str, place: SftpPlace) -> bool:
    """A job. Whether the association's folder holds a file of that name: it can only be whole."""

    def look() -> bool:
        with _folder(place) as sftp:
            return _size(sftp, place.path_of(name)) is not None

    return ask_twice(look)


def try_sftp(place: SftpPlace) -> None:
    """A job. Go all the way but leave nothing: come in, write an empty part, take it away. Raises as sending does."""
    probe = place.path_of(f".nakodo-probe{PART_SUFFIX}")

    def knock() -> None:
        with _folder(place) as sftp:
            try:
                sftp.open(probe, "wb").close()
                sftp.remove(probe)
            except OSError as refused:
                raise _told(refused, "書き込み") from refused

    ask_twice(knock)


@contextmanager
def _folder(place: SftpPlace) -> Iterator[paramiko.SFTPClient]:
    """Connected, known, admitted, and looking at a folder. What breaks the line inside comes out as LineBroken."""
    transport: paramiko.Transport | None = None
    try:
        line = socket.create_connection((place.host, place.port), timeout=place.timeout_s)
        transport = paramiko.Transport(line)
        transport.banner_timeout = transport.auth_timeout = transport.channel_timeout = place.timeout_s
        transport.start_client(timeout=place.timeout_s)
        _recognise(transport.get_remote_server_key().asbytes(), place)
        transport.auth_publickey(
            place.user, paramiko.Ed25519Key(file_obj=io.StringIO(private_key_text(place.client_key)))
        )
        channel = transport.open_session()
        channel.settimeout(place.timeout_s)
        channel.invoke_subsystem("sftp")
        sftp = paramiko.SFTPClient(channel)
        if not stat.S_ISDIR(sftp.stat(place.folder or ".").st_mode or 0):
            raise NotADirectoryError
        yield sftp
    except (FileNotFoundError, NotADirectoryError) as missing:
        raise NotDelivered(
            "協会のサーバーに、設定したフォルダーがありません。何も渡していません。",
            "設定の「協会への渡し方」のフォルダーを確かめてください。",
        ) from missing
    except PermissionError as refused:
        raise not_permitted("フォルダーを開くこと") from refused
    except (paramiko.AuthenticationException, paramiko.BadAuthenticationType) as refused:
        raise NotDelivered(
            "協会のサーバーが、この事務所の鍵を受け付けませんでした。何も渡していません。",
            "設定の「協会への渡し方」にある事務所の公開鍵が、そのユーザー名に登録されているか、協会に確かめてください。",
        ) from refused
    except (paramiko.SSHException, EOFError, OSError) as broken:
        raise LineBroken(type(broken).__name__) from broken
    finally:
        if transport is not None:
            transport.close()


def _recognise(host_key: bytes, place: SftpPlace) -> None:
    digest = base64.b64encode(hashlib.sha256(host_key).digest()).decode().rstrip("=")
    if f"SHA256:{digest}" != place.fingerprint:
        raise WrongServer(
            "つないだ先のサーバーの鍵が、電話で確かめた指紋と違います。何も送らずに切りました。",
            "別のサーバーにつながっているおそれがあります。協会に電話で確かめ、鍵が変わったと確認できたときだけ、"
            "設定の「協会への渡し方」の指紋を入力し直してください。",
        )


def _put(sftp: paramiko.SFTPClient, parcel: Parcel, *, place: SftpPlace, on_progress: OnProgress) -> None:
    target, part = place.path_of(parcel.name), place.path_of(parcel.part_name)
    there = _size(sftp, target)
    if there is not None:
        if there != parcel.size:
            raise other_file_there(parcel.name)
        on_progress(parcel.size)
        return
    try:
        start = _agreed(sftp, parcel, part=part)
        _write(sftp, parcel, part=part, start=start, on_progress=on_progress)
        if _size(sftp, part) != parcel.size:
            raise no_room()
        on_progress(parcel.size)  # the last chance to cancel
        sftp.rename(part, target)  # the plain one: it never replaces a file
    except (EOFError, paramiko.SSHException, TimeoutError, ConnectionError):
        raise  # the part stays: the next attempt goes on from there
    except BaseException as ended:
        if not _is_open(sftp):
            raise
        _clear(sftp, part)
        if isinstance(ended, OSError):
            raise _told(ended, "書き込み") from ended
        raise


def _write(sftp: paramiko.SFTPClient, parcel: Parcel, *, part: str, start: int, on_progress: OnProgress) -> None:
    view = memoryview(parcel.data)
    with sftp.open(part, "r+b" if start else "wb") as file:
        file.seek(start)
        file.set_pipelined(True)
        for at in range(start, parcel.size, CHUNK_BYTES):
            end = min(at + CHUNK_BYTES, parcel.size)
            if end == parcel.size:
                file.set_pipelined(False)  # waits for the answers to all that was written, so that none is missed
            file.write(view[at:end].tobytes())
            on_progress(end)


def _agreed(sftp: paramiko.SFTPClient, parcel: Parcel, *, part: str) -> int:
    """How many bytes of an earlier attempt stand: a server that crashed may have kept a length without its content."""
    size = _size(sftp, part)
    if not size or size > parcel.size:
        return 0
    start = max(0, size - _COMPARED_BYTES)
    with sftp.open(part, "rb") as file:
        file.seek(start)
        return size if file.read(size - start) == parcel.data[start:size] else 0


def _size(sftp: paramiko.SFTPClient, path: str) -> int | None:
    try:
        return sftp.stat(path).st_size or 0
    except FileNotFoundError:
        return None


def _is_open(sftp: paramiko.SFTPClient) -> bool:
    """A closed line and a refused write are both an OSError without a number."""
    channel = sftp.get_channel()
    return channel is not None and not channel.closed and channel.get_transport().is_active()


def _clear(sftp: paramiko.SFTPClient, part: str) -> None:
    """Best effort: a hidden part that stays is passed by, and this error must not hide the one that led here."""
    try:
        sftp.remove(part)
    except (OSError, EOFError, paramiko.SSHException):
        logging.getLogger(__name__).warning("a part stayed on the server")


def _told(failed: OSError, what: str) -> NotDelivered:
    """SFTP knows no code for a full disk: it comes as a failure without a number."""
    return not_permitted(what) if isinstance(failed, PermissionError) else no_room()
