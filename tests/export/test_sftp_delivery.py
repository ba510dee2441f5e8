"""Against a real OpenSSH: resuming, keys, a full disk, a folder that may only be read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from nakodo_desktop.errors import NotDelivered
from nakodo_desktop.export.sftp_delivery import send_by_sftp
from nakodo_desktop.export.ssh_key import public_key_line
from tests.export.serverkit import CLIENT_KEY, CuttingLine, Sshd, hurried, names_in, sshd
from tests.export.test_remote_delivery import DATA, NAME, PARCEL, SMALL


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Sshd]:
    with sshd(tmp_path / "sshd") as running:
        yield running


def test_a_broken_delivery_goes_on_where_it_broke(server: Sshd):
    line = CuttingLine(server.port, cuts=[6_000_000])
    try:
        send_by_sftp(PARCEL, server.place(port=line.port), patience=hurried())
    finally:
        line.close()
    assert line.carried[1] < PARCEL.size - 1_000_000
    assert (server.folder / NAME).read_bytes() == DATA


def test_a_part_whose_content_was_lost_is_not_built_upon(server: Sshd):
    (server.folder / SMALL.part_name).write_bytes(bytes(200_000))
    send_by_sftp(SMALL, server.place(), patience=hurried())
    assert (server.folder / NAME).read_bytes() == SMALL.data


def test_a_part_that_is_all_there_only_gets_its_name(server: Sshd):
    (server.folder / SMALL.part_name).write_bytes(SMALL.data)
    line = CuttingLine(server.port, cuts=[])
    try:
        send_by_sftp(SMALL, server.place(port=line.port), patience=hurried())
    finally:
        line.close()
    assert line.carried[0] < 10_000
    assert names_in(server.folder) == [NAME]


def test_a_full_disk_is_told_and_nothing_stays(server: Sshd):
    (server.folder / SMALL.part_name).symlink_to("/dev/full")
    with pytest.raises(NotDelivered, match="空き容量"):
        send_by_sftp(SMALL, server.place(), patience=hurried())
    assert names_in(server.folder) == []


def test_a_folder_one_may_only_read_is_told(tmp_path: Path):
    with sshd(tmp_path / "sshd", sftp="internal-sftp -R") as server:
        with pytest.raises(NotDelivered, match="断りました"):
            send_by_sftp(SMALL, server.place(), patience=hurried())
        assert names_in(server.folder) == []


def test_a_key_that_is_not_registered_is_told(server: Sshd):
    other = hashlib.sha256(b"another client key for tests only").digest()
    with pytest.raises(NotDelivered, match="鍵を受け付けませんでした") as refused:
        send_by_sftp(SMALL, server.place(client_key=other), patience=hurried())
    assert "公開鍵" in refused.value.advice


def test_the_public_line_is_one_openssh_reads():
    kind, key, comment = public_key_line(CLIENT_KEY, comment="nakodo-OTAMESHI").split()
    assert kind == "ssh-ed25519"
    assert len(key) == 68
    assert comment == "nakodo-OTAMESHI"
