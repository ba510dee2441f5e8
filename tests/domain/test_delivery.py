"""The office's one way to the association: fingerprints as people type them, settings that cannot work."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nakodo_desktop.domain.delivery import Delivery, DeliveryKind, delivery_problems, fingerprint_of, spoken
from nakodo_desktop.domain.values import Trouble

HOST_KEY = "SHA256:abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNO/+"[:50]
CERTIFICATE = "0123456789abcdef" * 4
SFTP = Delivery(kind=DeliveryKind.SFTP, host="inbox.example.jp", user="mihon", fingerprint=HOST_KEY)
HTTPS = Delivery(kind=DeliveryKind.HTTPS, host="inbox.example.jp", fingerprint=CERTIFICATE)


@pytest.mark.parametrize(
    "typed",
    [
        HOST_KEY,
        HOST_KEY.removeprefix("SHA256:"),
        HOST_KEY + "=",
        "sha256: " + " ".join(HOST_KEY.removeprefix("SHA256:")),
        HOST_KEY.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)}),  # full width
        "\n" + spoken(DeliveryKind.SFTP, HOST_KEY) + "　",
    ],
)
def test_host_key_fingerprint_has_one_writing(typed: str):
    assert fingerprint_of(DeliveryKind.SFTP, typed) == HOST_KEY


@pytest.mark.parametrize(
    "typed",
    [
        CERTIFICATE,
        CERTIFICATE.upper(),
        "sha256 Fingerprint=" + ":".join(CERTIFICATE[at : at + 2].upper() for at in range(0, 64, 2)),
        CERTIFICATE.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)}),
        spoken(DeliveryKind.HTTPS, CERTIFICATE),
    ],
)
def test_certificate_fingerprint_has_one_writing(typed: str):
    assert fingerprint_of(DeliveryKind.HTTPS, typed) == CERTIFICATE


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (DeliveryKind.SFTP, ""),
        (DeliveryKind.SFTP, HOST_KEY[:-1]),
        (DeliveryKind.SFTP, HOST_KEY + "a"),
        (DeliveryKind.SFTP, CERTIFICATE),
        (DeliveryKind.SFTP, "MD5:00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd:ee:ff"),
        (DeliveryKind.HTTPS, ""),
        (DeliveryKind.HTTPS, CERTIFICATE[:-1]),
        (DeliveryKind.HTTPS, CERTIFICATE[:-1] + "g"),
        (DeliveryKind.HTTPS, HOST_KEY),
    ],
)
def test_what_is_no_fingerprint_is_told(kind: DeliveryKind, typed: str):
    assert isinstance(fingerprint_of(kind, typed), Trouble)


def test_settings_that_can_work_have_no_problems():
    assert delivery_problems(Delivery()) == ()
    assert delivery_problems(SFTP) == ()
    assert delivery_problems(HTTPS) == ()
    assert delivery_problems(replace(HTTPS, user="mihon", password="合言葉")) == ()
    assert delivery_problems(replace(SFTP, host="192.0.2.7")) == ()
    assert delivery_problems(replace(SFTP, host="2001:db8::7", port=2222, path="/srv/受け取り")) == ()


@pytest.mark.parametrize(
    ("delivery", "key"),
    [
        (replace(SFTP, host=""), "host"),
        (replace(SFTP, host="https://inbox.example.jp"), "host"),
        (replace(SFTP, host="inbox.example.jp/x"), "host"),
        (replace(SFTP, host="協会.example.jp"), "host"),
        (replace(SFTP, host="a b"), "host"),
        (replace(SFTP, port=65_536), "port"),
        (replace(SFTP, port=-1), "port"),
        (replace(SFTP, path="inbox/../other"), "path"),
        (replace(SFTP, path="inbox\nother"), "path"),
        (replace(SFTP, user=""), "user"),
        (replace(SFTP, user="mihon\u202e"), "user"),
        (replace(SFTP, fingerprint=""), "fingerprint"),
        (replace(HTTPS, fingerprint=HOST_KEY), "fingerprint"),
        (replace(HTTPS, user="mihon"), "password"),
        (replace(HTTPS, password="合言葉"), "password"),
        (replace(HTTPS, user="mi:hon", password="合言葉"), "user"),
        (replace(HTTPS, user="mihon", password="x\r\nHost: elsewhere"), "password"),
    ],
)
def test_each_setting_that_cannot_work_is_named(delivery: Delivery, key: str):
    assert [problem.field_key for problem in delivery_problems(delivery)] == [key]


def test_address_tells_people_where_bundles_go():
    assert Delivery().address == ""
    assert SFTP.address == "sftp://inbox.example.jp:22/"
    assert replace(HTTPS, port=8443, path="/a/b/").address == "https://inbox.example.jp:8443/a/b"
    assert replace(SFTP, host="2001:db8::7").address == "sftp://[2001:db8::7]:22/"


def test_password_is_not_in_what_a_log_might_print():
    assert "合言葉" not in repr(replace(HTTPS, user="mihon", password="合言葉"))


def test_fingerprint_is_read_out_in_fours():
    assert spoken(DeliveryKind.HTTPS, CERTIFICATE).split() == ["0123", "4567", "89ab", "cdef"] * 4
    assert spoken(DeliveryKind.SFTP, HOST_KEY).startswith("SHA256: abcd efgh ")
    assert spoken(DeliveryKind.SFTP, "") == ""
