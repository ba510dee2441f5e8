"""G3: from the passphrase to the first fifty members it costs the key derivation and next to nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from benchmarks.common import Row, WrongAnswer, alternate, ratio, seconds_of
from benchmarks.synth import PASSPHRASE, office
from nakodo_desktop.domain.member_query import MemberQuery
from nakodo_desktop.services.unlocking import Opened, unlock_job
from nakodo_desktop.session import open_session
from nakodo_desktop.vault.kdf import DEFAULT_KDF, KEY_BYTES, normalise

FIRST = 50
MANY, FEW = 5_000, 100


def measure() -> Iterator[Row]:
    with office(MANY) as large, office(FEW) as small:
        samples = alternate({"unlock": lambda: seconds_of(lambda: first_page(large)), "kdf": derive})
        what = f"passphrase → first {FIRST} of {MANY:,} members / Argon2id alone"
        yield Row("G3", what, ratio(samples, "unlock", "kdf"), 1.1, "x", samples)
        samples = alternate({"many": lambda: open_only(large), "few": lambda: open_only(small)}, rounds=15)
        what = f"open and first {FIRST}, key known: {MANY:,} members / {FEW}"
        yield Row("G3", what, ratio(samples, "many", "few"), 1.5, "x", samples)


def first_page(folder: Path) -> None:
    _show(unlock_job(folder, PASSPHRASE)())


def open_only(folder: Path) -> float:
    opened = unlock_job(folder, PASSPHRASE)()
    return seconds_of(lambda: _show(opened))


def _show(opened: Opened) -> None:
    session = open_session(opened)
    found = session.members.rows(session.members.select(MemberQuery())[:FIRST])
    session.close()
    if len(found) != FIRST:
        raise WrongAnswer(f"{len(found)} members instead of {FIRST}")


def derive() -> float:
    kdf = Argon2id(salt=bytes(16), length=KEY_BYTES, iterations=DEFAULT_KDF.iterations, lanes=DEFAULT_KDF.lanes,
                   memory_cost=DEFAULT_KDF.memory_kib)  # fmt: skip
    return seconds_of(lambda: kdf.derive(normalise(PASSPHRASE)))
