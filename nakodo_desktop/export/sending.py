"""After importing this a sender need not think of broken lines: it tries again, waits longer each time, and ends.

A sender puts a parcel under a hidden name that only its own bytes have, and gives it its name when all of them are
there. So a part that lies on the server is always a beginning of these very bytes, and nobody sees half a file.
"""

from __future__ import annotations

import hashlib
import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from nakodo_desktop.errors import NotDelivered, UserError

T = TypeVar("T")
OnProgress = Callable[[int], None]

CHUNK_BYTES = 1 << 18
PART_SUFFIX = ".part"
TIMEOUT_S = 30.0  # of a server that says nothing
_GLANCE_S = 0.2  # how long a cancelled job may still wait between two attempts


@dataclass(frozen=True)
class Parcel:
    """One file to be delivered, whole in memory: it never lies open on a disk of ours on its way."""

    name: str
    data: bytes = field(repr=False)

    @property
    def size(self) -> int:
        return len(self.data)

    @cached_property
    def part_name(self) -> str:
        """Where it grows: hidden, and named by its bytes. docs/site-profile-format.md tells receivers to pass it by."""
        return f".{self.name}.{hashlib.sha256(self.data).hexdigest()[:16]}{PART_SUFFIX}"


@dataclass(frozen=True)
class Patience:
    """How often, and how long in between: by default six attempts over half a minute."""

    attempts: int = 6
    first_wait_s: float = 1.0
    longest_wait_s: float = 30.0
    wait: Callable[[float], None] = time.sleep


class LineBroken(Exception):
    """The connection ended or the server is busy: worth another attempt. Anything else ends the delivery at once."""


def _patiently(attempt: Callable[[], T], *, still_wanted: Callable[[], None], patience: Patience) -> T:
    """What `attempt` gives, repeated while it raises LineBroken. `still_wanted` raises to cancel a wait.

    Raises: NotDelivered after the last attempt.
    """
    wait_s = patience.first_wait_s
    for left in reversed(range(patience.attempts)):
        try:
            return attempt()
        except LineBroken as broken:
            if not left:
                raise _given_up(patience.attempts) from broken
        for _ in range(math.ceil(wait_s / _GLANCE_S)):
            still_wanted()
            patience.wait(_GLANCE_S)
        wait_s = min(2 * wait_s, patience.longest_wait_s)
    raise AssertionError("at least one attempt")


def send_patiently(
    put: Callable[[OnProgress], None], *, on_progress: OnProgress | None, patience: Patience | None
) -> None:
    """`put` until it came through. Between two attempts the last number of bytes is told again: telling may cancel."""
    told = 0

    def progress(sent: int) -> None:
        nonlocal told
        told = sent
        if on_progress is not None:
            on_progress(sent)

    _patiently(lambda: put(progress), still_wanted=lambda: progress(told), patience=patience or Patience())


def ask_twice(question: Callable[[], T]) -> T:
    """A short question: somebody is waiting for the answer, and can ask again."""
    return _patiently(question, still_wanted=lambda: None, patience=Patience(attempts=2))


def not_permitted(what: str) -> NotDelivered:
    """`what` the server would not do, in words."""
    return NotDelivered(
        f"協会のサーバーが、{what}を断りました。何も渡していません。",
        "設定の「協会への渡し方」のフォルダーとユーザー名を確かめ、協会に問い合わせてください。",
    )


def no_room() -> NotDelivered:
    return NotDelivered(
        "協会のサーバーが、書き込みの途中で断りました（空き容量が足りないときに起きます）。何も渡していません。",
        "協会に連絡し、空きができてからもう一度送ってください。",
    )


def other_file_there(name: str) -> NotDelivered:
    return NotDelivered(
        f"協会のサーバーに、同じ名前の別のファイル（{name}）があります。上書きせず、何も渡していません。",
        "協会に連絡し、そのファイルの由来を確かめてください。",
    )


def _given_up(attempts: int) -> UserError:
    return NotDelivered(
        f"協会のサーバーに{attempts}回つなぎましたが、つながらないか、途中で切れました。何も渡していません。",
        "サーバーの名前とインターネットの接続を確かめ、しばらくしてからもう一度送ってください。急ぐときは、「協会への渡し方」をフォルダーに変えて渡せます。",
    )
