"""G3: from the passphrase to the first fifty members it costs the key derivation and next to nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from benchmarks.common import Row, WrongAnswer, alternate, ratio, seconds_of
from benchmarks.synth import PASSPHRASE, office
from nakodo_desktop.domain.member_query import MemberQuery
from nakodo_desktop.services.unlocking import unlock_job
from nakodo_desktop.session import open_session
from nakodo_desktop.vault.kdf import DEFAULT_KDF, KEY_BYTES, normalise

FIRST = 50
MANY, FEW = 5_000, 100


def measure() -> Iterator[Row]:
    with office(MANY) as large, office(FEW) as small:
        sides = {"unlock": lambda: first_page(large), "few": lambda: first_page(small), "kdf": derive}
        samples = alternate(sides, rounds=11)
    what = f"passphrase → first {FIRST} of {MANY:,} members / Argon2id alone"
    yield Row("G3", what, ratio(samples, "unlock", "kdf"), 1.1, "x", samples)
    yield Row("G3", f"the same / with {FEW} members", ratio(samples, "unlock", "few"), 1.2, "x", samples)


def first_page(folder: Path) -> float:
    start = perf_counter()
    session = open_session(unlock_job(folder, PASSPHRASE)())
    found = session.members.rows(session.members.select(MemberQuery())[:FIRST])
    seconds = perf_counter() - start
    session.close()
    if len(found) != FIRST:
        raise WrongAnswer(f"{len(found)} members instead of {FIRST}")
    return seconds


def derive() -> float:
    kdf = Argon2id(salt=bytes(16), length=KEY_BYTES, iterations=DEFAULT_KDF.iterations, lanes=DEFAULT_KDF.lanes,
                   memory_cost=DEFAULT_KDF.memory_kib)  # fmt: skip
    return seconds_of(lambda: kdf.derive(normalise(PASSPHRASE)))
