"""G13: what safety costs at 100,000 members: the unlock over its key derivation, the audited save over one fsync, the
backup over a plain copy. Ratios within one run, on the disk that holds the temporary folder.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from benchmarks.common import Row, WrongAnswer, alternate, ratio, seconds_of
from benchmarks.synth import PASSPHRASE, SEED, office
from nakodo_desktop.domain.member_query import MemberQuery
from nakodo_desktop.services.clock import utc_now
from nakodo_desktop.services.unlocking import unlock_job
from nakodo_desktop.session import Session, open_session
from nakodo_desktop.vault.backup import make_backup, read_backup, verify_content
from nakodo_desktop.vault.kdf import DEFAULT_KDF, KEY_BYTES, normalise
from nakodo_desktop.vault.loan import Loan

MANY, FEW = 100_000, 1_000
SAVES = 40
PAGE = 8192


def measure() -> Iterator[Row]:
    with office(MANY) as large, office(FEW) as small:
        sides = {"unlock": lambda: unlocked(large), "few": lambda: unlocked(small), "kdf": derive}
        samples = alternate(sides, rounds=11)
        yield Row(
            "G13", f"unlock with {MANY:,} members / Argon2id alone", ratio(samples, "unlock", "kdf"), 1.1, "x", samples
        )
        yield Row(
            "G13", f"unlock with {MANY:,} / with {FEW:,} members", ratio(samples, "unlock", "few"), 1.2, "x", samples
        )
        session = open_session(unlock_job(large, PASSPHRASE)())
        try:
            yield from _saves(session, large)
            yield from _backups(session, large)
        finally:
            session.close()


def unlocked(folder: Path) -> float:
    opened: list[Session] = []
    seconds = seconds_of(lambda: opened.append(open_session(unlock_job(folder, PASSPHRASE)())))
    opened[0].close()
    return seconds


def derive() -> float:
    kdf = Argon2id(salt=bytes(16), length=KEY_BYTES, iterations=DEFAULT_KDF.iterations, lanes=DEFAULT_KDF.lanes,
                   memory_cost=DEFAULT_KDF.memory_kib)  # fmt: skip
    return seconds_of(lambda: kdf.derive(normalise(PASSPHRASE)))


def _saves(session: Session, folder: Path) -> Iterator[Row]:
    """One fact of a member corrected: history, audit entry, commit."""
    rng = random.Random(SEED)
    ids = session.members.select(MemberQuery())
    probe = folder.parent / "fsync.probe"

    def save() -> float:
        member = session.members.view(rng.choice(ids), screen="benchmark")
        changed = {"height_cm": 150 + (int(str(member.answers["height_cm"])) - 149) % 40}
        problems: list[object] = []
        seconds = seconds_of(
            lambda: problems.extend(session.members.correct(member.id, changed, version=member.version))
        )
        if problems:
            raise WrongAnswer("the change was refused")
        return seconds

    with probe.open("ab") as file:

        def synced() -> float:
            def write() -> None:
                file.write(bytes(PAGE))
                file.flush()
                os.fsync(file.fileno())

            return seconds_of(write)

        samples = alternate({"save": save, "fsync": synced}, rounds=SAVES)
    probe.unlink()
    yield Row(
        "G13", f"audited save with {MANY:,} members / one fsync", ratio(samples, "save", "fsync"), 12.0, "x", samples
    )


def _backups(session: Session, folder: Path) -> Iterator[Row]:
    """The whole verified backup over copying and syncing the same bytes; 1 / 0.7 is the goal's 0.7 of the speed."""
    loan = session.vault.lend()
    try:
        sides = {"backup": lambda: _backed_up(loan, folder), "copy": lambda: _copied(loan, folder)}
        samples = alternate(sides, rounds=5)
    finally:
        session.vault.take_back()
    slower = ratio(samples, "backup", "copy")
    yield Row("G13", "verified backup / copy and fsync of the same bytes", slower, 1 / 0.7, "x", samples)


def _backed_up(loan: Loan, folder: Path) -> float:
    with TemporaryDirectory(dir=folder.parent) as place:
        seconds = seconds_of(lambda: make_backup(loan, Path(place), at=utc_now()))
        (made,) = Path(place).iterdir()
        verify_content(read_backup(made))
    return seconds


def _copied(loan: Loan, folder: Path) -> float:
    with TemporaryDirectory(dir=folder.parent) as place:
        target = Path(place) / "copy.db"

        def copy() -> None:
            shutil.copyfile(loan.database, target)
            with target.open("rb+") as file:
                os.fsync(file.fileno())

        return seconds_of(copy)
