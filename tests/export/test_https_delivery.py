"""Against a real nginx: passwords, refusals, sizes, a full disk, lines that are hung up between two requests."""

from __future__ import annotations

import base64
import http.client
import re
import ssl
from pathlib import Path

import pytest

from nakodo_desktop.errors import NotDelivered
from nakodo_desktop.export.https_delivery import send_by_https, try_https
from tests.export.serverkit import CuttingLine, hurried, names_in, nginx
from tests.export.test_remote_delivery import DATA, NAME, PARCEL, SMALL
from tests.source_tree import ROOT


def test_a_wrong_password_is_told_before_a_profile_is_sent(tmp_path: Path):
    with nginx(tmp_path / "nginx") as server:
        line = CuttingLine(server.port, cuts=[])
        try:
            with pytest.raises(NotDelivered, match="ユーザー名とパスワード"):
                send_by_https(PARCEL, server.place(port=line.port, password="違うもの"), patience=hurried())
        finally:
            line.close()
        assert line.carried[0] < 4_000


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("deny all;", "断りました"),
        ("if ($request_method = PUT) { return 507; }", "空き容量"),
        ("if ($request_method = PUT) { return 301 https://elsewhere.example/; }", "思わぬ答え（PUT、応答 301）"),
        ("client_max_body_size 1k;", "空き容量"),
    ],
    ids=["forbidden", "no room", "elsewhere", "too large"],
)
def test_a_refusal_is_told_and_nothing_is_there(tmp_path: Path, answer: str, words: str):
    location = f"location /inbox/ {{ dav_methods PUT DELETE MOVE; {answer} }}"
    with nginx(tmp_path / "nginx", locations=location) as server:
        with pytest.raises(NotDelivered, match=words):
            send_by_https(SMALL, server.place(), patience=hurried())
        assert names_in(server.folder) == []


def test_a_full_disk_is_told_and_nothing_is_there(tmp_path: Path):
    with nginx(tmp_path / "nginx", largest_file_bytes=100_000) as server:
        with pytest.raises(NotDelivered, match="空き容量"):
            send_by_https(SMALL, server.place(), patience=hurried())
        assert names_in(server.folder) == []


def test_a_server_without_move_shows_no_file(tmp_path: Path):
    location = "location /inbox/ { dav_methods PUT DELETE; }"
    with nginx(tmp_path / "nginx", locations=location) as server:
        with pytest.raises(NotDelivered, match="MOVE"):
            send_by_https(SMALL, server.place(), patience=hurried())
        assert names_in(server.folder) == []


def test_a_busy_server_is_asked_again(tmp_path: Path):
    waits: list[None] = []
    location = "location /inbox/ { return 503; }"
    with (
        nginx(tmp_path / "nginx", locations=location) as server,
        pytest.raises(NotDelivered, match="3回つなぎましたが"),
    ):
        send_by_https(SMALL, server.place(), patience=hurried(lambda: waits.append(None), attempts=3))
    assert len(waits) == 2


def test_a_server_that_hangs_up_after_each_answer_is_known_each_time(tmp_path: Path):
    location = "location /inbox/ { dav_methods PUT DELETE MOVE; keepalive_timeout 0; }"
    with nginx(tmp_path / "nginx", locations=location) as server:
        line = CuttingLine(server.port, cuts=[])
        try:
            send_by_https(SMALL, server.place(port=line.port), patience=hurried())
        finally:
            line.close()
        assert len(line.carried) == 3  # HEAD, PUT, MOVE
        assert (server.folder / NAME).read_bytes() == DATA[: SMALL.size]


def test_a_folder_with_spaces_and_japanese_is_written_as_an_address(tmp_path: Path):
    with nginx(tmp_path / "nginx") as server:
        (server.folder / "受け取り 箱").mkdir()
        send_by_https(SMALL, server.place(folder="/inbox/受け取り 箱/"), patience=hurried())
        assert names_in(server.folder / "受け取り 箱") == [NAME]


def test_the_configuration_in_the_docs_is_one_that_works(tmp_path: Path):
    text = (ROOT / "docs/site-profile-format.md").read_text(encoding="utf-8")
    sample = re.search(r"```\n(location /inbox/OFFICE/.+?\n}\n)```", text, re.DOTALL)
    assert sample is not None
    location = (
        sample[1].replace("/inbox/OFFICE/", "/inbox/").replace("/etc/nginx/inbox.users", f"{tmp_path}/nginx/people")
    )
    with nginx(tmp_path / "nginx", locations=location) as server:
        place = server.place()
        try_https(place)
        send_by_https(SMALL, place, patience=hurried())
        assert names_in(server.folder) == [NAME]
        trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        line = http.client.HTTPSConnection(place.host, place.port, context=trusting)
        word = base64.b64encode(f"{place.user}:{place.password}".encode()).decode()
        line.request("GET", place.path_of(NAME), headers={"Authorization": f"Basic {word}"})
        assert line.getresponse().status == 403
        line.close()
