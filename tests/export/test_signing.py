"""Keys and signatures of the office."""

from __future__ import annotations

import re

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from nakodo_desktop.export.signing import (
    fingerprint,
    names_key,
    new_signing_key,
    public_key_of,
    sign_manifest,
    signs_manifest,
)
from tests.bundlekit import OTHER_KEY, SIGNING_KEY

PUBLIC = public_key_of(SIGNING_KEY)


def test_every_new_key_is_another():
    keys = {new_signing_key() for _ in range(4)}
    assert len(keys) == 4
    assert {len(key) for key in keys} == {32}


def test_signature_holds_for_its_text_and_key_only():
    signature = sign_manifest(b"text", signing_key=SIGNING_KEY)
    assert signs_manifest(signature, b"text", public_key=PUBLIC)
    assert not signs_manifest(signature, b"text ", public_key=PUBLIC)
    assert not signs_manifest(signature, b"text", public_key=public_key_of(OTHER_KEY))
    assert not signs_manifest(signature[:-1], b"text", public_key=PUBLIC)


def test_signature_over_the_bare_text_is_not_taken():
    bare = Ed25519PrivateKey.from_private_bytes(SIGNING_KEY).sign(b"text")
    assert not signs_manifest(bare, b"text", public_key=PUBLIC)


def test_bytes_that_are_no_key_sign_nothing():
    assert not signs_manifest(bytes(64), b"text", public_key=b"\xff" * 32)


def test_fingerprint_is_eight_groups_that_can_be_read_aloud():
    assert re.fullmatch(r"(\d{4} ){7}\d{4}", fingerprint(PUBLIC))
    assert fingerprint(PUBLIC) != fingerprint(public_key_of(OTHER_KEY))


def test_key_is_named_by_what_a_person_types():
    spoken = fingerprint(PUBLIC)
    full_width = spoken.translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)})
    for typed in (spoken, spoken.replace(" ", ""), spoken.replace(" ", "-"), full_width, PUBLIC.hex().upper()):
        assert names_key(typed, PUBLIC)
    for typed in ("", "1234", spoken[:-1], fingerprint(public_key_of(OTHER_KEY))):
        assert not names_key(typed, PUBLIC)
