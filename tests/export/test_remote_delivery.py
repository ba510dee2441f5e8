"""What both ways over the network promise: whole or not at all, to the right server, with a clear end."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pytest

from nakodo_desktop.errors import NotDelivered, UserError, WrongServer
from nakodo_desktop.export.https_delivery import lies_at_https, send_by_https, try_https
from nakodo_desktop.export.sending import Parcel, Patience
from nakodo_desktop.export.sftp_delivery import lies_at_sftp, send_by_sftp, try_sftp
from tests.export.serverkit import CuttingLine, Nginx, Sshd, free_port, hurried, names_in, nginx, sshd

NAME = "OTAMESHI-01-0001-01234567.zip"
# More than what a system keeps in its buffers for a connection: a cut in it finds the server with a part.
DATA = random.Random(20261124).randbytes(7_000_000)
PARCEL = Parcel(NAME, DATA)
SMALL = Parcel(NAME, DATA[:300_000])


class Send(Protocol):
    def __call__(
        self, parcel: Parcel, place: Any, *, on_progress: Callable[[int], None] | None, patience: Patience | None
    ) -> None: ...


@dataclass(frozen=True)
class Way:
    server: Sshd | Nginx
    post: Send
    lies_there: Callable[[str, Any], bool]
    knock: Callable[[Any], None]

    def send(
        self,
        parcel: Parcel = SMALL,
        *,
        on_progress: Callable[[int], None] | None = None,
        patience: Patience | None = None,
        **changes: object,
    ) -> None:
        place = self.server.place(**changes)
        self.post(parcel, place, on_progress=on_progress, patience=patience or hurried())

    @property
    def names(self) -> list[str]:
        return names_in(self.server.folder)


@pytest.fixture(params=["sftp", "https"])
def way(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Way]:
    if request.param == "sftp":
        with sshd(tmp_path / "sshd") as server:
            yield Way(server, send_by_sftp, lies_at_sftp, try_sftp)
    else:
        with nginx(tmp_path / "nginx") as server:
            yield Way(server, send_by_https, lies_at_https, try_https)


def test_it_arrives_whole_and_alone(way: Way):
    told: list[int] = []
    way.send(on_progress=told.append)
    assert way.names == [NAME]
    assert (way.server.folder / NAME).read_bytes() == SMALL.data
    assert told == sorted(told)
    assert told[-1] == SMALL.size


def test_a_cut_line_is_taken_up_again_and_nobody_sees_half_a_file(way: Way):
    line = CuttingLine(way.server.port, cuts=[5_000_000])
    seen: list[list[str]] = []
    try:
        way.send(PARCEL, port=line.port, patience=hurried(lambda: seen.append(way.names)))
    finally:
        line.close()
    assert len(line.carried) == 2
    assert len(seen) == 1
    assert all(name.startswith(".") for name in seen[0])
    assert (way.server.folder / NAME).read_bytes() == DATA
    assert way.names == [NAME]


def test_another_server_gets_nothing(way: Way):
    line = CuttingLine(way.server.port, cuts=[])
    try:
        other = ("SHA256:" + "A" * 43) if isinstance(way.server, Sshd) else "0" * 64
        with pytest.raises(WrongServer, match="指紋と違います。何も送らずに切りました") as refused:
            way.send(port=line.port, fingerprint=other)
    finally:
        line.close()
    assert "電話で確かめ" in refused.value.advice
    assert len(line.carried) == 1  # nobody tries again
    assert line.carried[0] < 4_000  # a greeting and no more
    assert way.names == []


def test_a_line_that_never_comes_up_ends_in_words(way: Way):
    waits: list[None] = []
    with pytest.raises(NotDelivered, match="3回つなぎましたが") as given_up:
        way.send(port=free_port(), patience=hurried(lambda: waits.append(None), attempts=3))
    assert "フォルダーに変えて" in given_up.value.advice
    assert len(waits) == 2


def test_a_server_that_says_nothing_is_left(way: Way):
    line = CuttingLine(way.server.port, cuts=[], is_silent=True)
    try:
        with pytest.raises(NotDelivered, match="2回つなぎましたが"):
            way.send(port=line.port, timeout_s=0.2, patience=hurried(attempts=2))
    finally:
        line.close()


class Cancelled(Exception):
    pass


@pytest.mark.parametrize("at", [0.3, 1.0], ids=["on the way", "before it gets its name"])
def test_a_cancelled_delivery_leaves_nothing(way: Way, at: float):
    def cancel(sent: int) -> None:
        if sent >= at * SMALL.size:
            raise Cancelled

    with pytest.raises(Cancelled):
        way.send(on_progress=cancel)
    assert way.names == []


def test_a_wait_can_be_cancelled(way: Way):
    def cancel(_sent: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        way.send(port=free_port(), on_progress=cancel)


def test_what_arrived_while_the_answer_was_lost_is_not_sent_again(way: Way):
    way.send()
    line = CuttingLine(way.server.port, cuts=[])
    told: list[int] = []
    try:
        way.send(port=line.port, on_progress=told.append)
    finally:
        line.close()
    assert line.carried[0] < 10_000
    assert told == [SMALL.size]
    assert way.names == [NAME]


def test_a_file_of_that_name_is_never_replaced(way: Way):
    there = way.server.folder / NAME
    there.write_bytes(b"another one")
    with pytest.raises(NotDelivered, match="同じ名前の別のファイル"):
        way.send()
    assert there.read_bytes() == b"another one"
    assert way.names == [NAME]


def test_a_missing_folder_is_told(way: Way):
    folder = "nowhere" if isinstance(way.server, Nginx) else str(way.server.folder / "nowhere")
    with pytest.raises(NotDelivered, match="フォルダーがありません"):
        way.send(folder=folder)


def test_whether_it_lies_there(way: Way):
    assert not way.lies_there(NAME, way.server.place())
    way.send()
    assert way.lies_there(NAME, way.server.place())


def test_a_trial_goes_all_the_way_and_leaves_nothing(way: Way):
    way.knock(way.server.place())
    assert way.names == []
    with pytest.raises(UserError):
        way.knock(way.server.place(folder="nowhere"))


def test_no_secret_shows_in_what_a_log_might_print(way: Way):
    place = repr(way.server.place())
    assert "password" not in place
    assert "client_key" not in place
