"""After importing this a bundle goes to the association's web server whole or not at all, and to no other server.

PUT under a hidden name, then MOVE (RFC 4918): whatever a server does with a PUT that breaks off, half a file is never
seen.
The certificate must be the one whose fingerprint the office was told. That is stricter than any authority's signature
and asked before the first byte of a request, so that a wrong server gets neither a password nor a face.
"""

from __future__ import annotations

import base64
import hashlib
import http.client
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import quote

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

_DONE = (HTTPStatus.OK, HTTPStatus.CREATED, HTTPStatus.ACCEPTED, HTTPStatus.NO_CONTENT)
_NO_ROOM = (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.INSUFFICIENT_STORAGE, HTTPStatus.INTERNAL_SERVER_ERROR)
_BUSY = (
    HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.BAD_GATEWAY,
    HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.GATEWAY_TIMEOUT,
)


@dataclass(frozen=True, kw_only=True)
class HttpsPlace:
    """Where and as whom; plain data for a job."""

    host: str
    port: int
    folder: str
    fingerprint: str  # SHA-256 of the certificate, 64 hex digits
    user: str = ""
    password: str = field(default="", repr=False)
    timeout_s: float = TIMEOUT_S

    def path_of(self, name: str) -> str:
        folder = self.folder.strip("/")
        return quote(f"/{folder}/{name}" if folder else f"/{name}")  # name "": the folder itself


@dataclass(frozen=True)
class _Answer:
    status: int
    length: int | None


def send_by_https(
    parcel: Parcel, place: HttpsPlace, *, on_progress: OnProgress | None = None, patience: Patience | None = None
) -> None:
    """A job. A PUT cannot go on where it broke, so it begins again; a file of this name and length had arrived already.

    `on_progress` is told the bytes sent so far and may raise to cancel; after the last byte it is asked once more, and
    then the file gets its name. Raises: NotDelivered, WrongServer; then nothing is to be seen there.
    """

    def put(progress: OnProgress) -> None:
        with _line(place) as line:
            _put(line, parcel, place=place, on_progress=progress)

    send_patiently(put, on_progress=on_progress, patience=patience)


def lies_at_https(name: str, place: HttpsPlace) -> bool:
    """A job. Whether the association's folder holds a file of that name: it can only be whole."""

    def look() -> bool:
        with _line(place) as line:
            return _look(line, place, name=name) is not None

    return ask_twice(look)


def try_https(place: HttpsPlace) -> None:
    """A job. Go all the way but leave nothing: come in, put an empty part, take it away. Raises as sending does."""
    probe = place.path_of(f".nakodo-probe{PART_SUFFIX}")

    def knock() -> None:
        with _line(place) as line:
            _fill(line, place, path=probe, body=iter(()), length=0)
            _accept(_ask(line, place, "DELETE", path=probe), "DELETE")

    ask_twice(knock)


class _PinnedLine(http.client.HTTPSConnection):
    """Knows the other side before a request is written, each time it connects: a server may hang up between two."""

    def __init__(self, place: HttpsPlace) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        # The pin is the check. An authority's signature and a host name would add nothing to it, and an association
        # may make its certificate itself.
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        super().__init__(place.host, place.port, timeout=place.timeout_s, context=context)
        self._fingerprint = place.fingerprint

    def connect(self) -> None:
        super().connect()
        certificate = self.sock.getpeercert(binary_form=True)
        if certificate is None or hashlib.sha256(certificate).hexdigest() != self._fingerprint:
            raise WrongServer(
                "つないだ先のサーバーの証明書が、電話で確かめた指紋と違います。何も送らずに切りました。",
                "別のサーバーにつながっているおそれがあります。協会に電話で確かめ、証明書が新しくなったと確認できた"
                "ときだけ、設定の「協会への渡し方」の指紋を入力し直してください。",
            )


@contextmanager
def _line(place: HttpsPlace) -> Iterator[_PinnedLine]:
    """What breaks the line inside comes out as LineBroken."""
    line = _PinnedLine(place)
    try:
        yield line
    except (http.client.HTTPException, OSError) as broken:
        raise LineBroken(type(broken).__name__) from broken
    finally:
        line.close()


def _put(line: _PinnedLine, parcel: Parcel, *, place: HttpsPlace, on_progress: OnProgress) -> None:
    there = _look(line, place, name=parcel.name)
    if there is not None:
        if there.length != parcel.size:
            raise other_file_there(parcel.name)
        on_progress(parcel.size)
        return
    part = place.path_of(parcel.part_name)
    _fill(line, place, path=part, body=_told_chunks(parcel, on_progress), length=parcel.size)
    try:
        on_progress(parcel.size)  # the last chance to cancel
        moved = _ask(line, place, "MOVE", path=part, destination=_url(place, parcel.name))
        if moved.status == HTTPStatus.PRECONDITION_FAILED:
            raise other_file_there(parcel.name)
        _accept(moved, "MOVE")
    except (http.client.HTTPException, OSError):
        raise  # nobody is there to be asked
    except BaseException:
        _ask(line, place, "DELETE", path=part)  # best effort: whatever it answers, this error is the one to tell
        raise


def _fill(line: _PinnedLine, place: HttpsPlace, *, path: str, body: Iterator[bytes], length: int) -> None:
    answer = _ask(line, place, "PUT", path=path, body=body, length=length)
    if answer.status == HTTPStatus.INTERNAL_SERVER_ERROR:  # nginx: the disk is full, or there is no such folder
        folder = _ask(line, place, "HEAD", path=place.path_of(""))
        answer = folder if folder.status == HTTPStatus.NOT_FOUND else answer
    _accept(answer, "PUT")


def _told_chunks(parcel: Parcel, on_progress: OnProgress) -> Iterator[bytes]:
    for at in range(0, parcel.size, CHUNK_BYTES):
        if at:
            on_progress(at)  # not after the last one: who cancels then must first hear that the server has it all
        yield parcel.data[at : at + CHUNK_BYTES]


def _look(line: _PinnedLine, place: HttpsPlace, *, name: str) -> _Answer | None:
    """What a file of that name is there; None when there is none. Also shows whether one may look at all."""
    answer = _ask(line, place, "HEAD", path=place.path_of(name))
    if answer.status == HTTPStatus.NOT_FOUND:
        return None
    _accept(answer, "HEAD")
    return answer


def _ask(
    line: _PinnedLine,
    place: HttpsPlace,
    method: str,
    *,
    path: str,
    body: Iterator[bytes] | None = None,
    length: int = 0,
    destination: str = "",
) -> _Answer:
    headers = {"User-Agent": "nakodo-desktop"}
    if place.user:
        word = base64.b64encode(f"{place.user}:{place.password}".encode()).decode()
        headers["Authorization"] = f"Basic {word}"
    if body is not None:
        headers |= {"Content-Length": str(length), "Content-Type": "application/octet-stream"}
    if destination:
        headers |= {"Destination": destination, "Overwrite": "F"}
    try:
        line.request(method, path, body=body, headers=headers)
    except (BrokenPipeError, ConnectionResetError):
        if body is None:
            raise
        # A server that refuses a large file may say so and hang up before it has read it all: hear what it says.
    response = line.getresponse()
    length_there = response.getheader("Content-Length")
    response.read()
    return _Answer(response.status, int(length_there) if length_there and length_there.isdecimal() else None)


def _url(place: HttpsPlace, name: str) -> str:
    host = f"[{place.host}]" if ":" in place.host else place.host
    return f"https://{host}:{place.port}{place.path_of(name)}"


def _accept(answer: _Answer, method: str) -> None:
    """Raises LineBroken for what may pass, NotDelivered for what will not."""
    status = answer.status
    if status in _DONE:
        return
    if status in _BUSY:
        raise LineBroken(f"{method}: {status}")
    if status == HTTPStatus.UNAUTHORIZED:
        raise NotDelivered(
            "協会のサーバーが、ユーザー名とパスワードを受け付けませんでした。何も渡していません。",
            "設定の「協会への渡し方」を確かめ、協会から受け取ったとおりに入力し直してください。",
        )
    if status in (HTTPStatus.FORBIDDEN, HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.NOT_IMPLEMENTED):
        raise not_permitted(f"操作（{method}、応答 {status}）")
    if status in _NO_ROOM:
        raise no_room()
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT):
        raise NotDelivered(
            "協会のサーバーに、設定したフォルダーがありません。何も渡していません。",
            "設定の「協会への渡し方」のフォルダーを確かめてください。",
        )
    raise NotDelivered(
        f"協会のサーバーが、思わぬ答え（{method}、応答 {status}）を返しました。何も渡していません。",
        "協会に応答の番号を伝えて問い合わせてください。",
    )
