"""G11: a bundle costs little more than its bytes do, and a photo little more than decoding and encoding it once."""

from __future__ import annotations

import hashlib
import io
import os
import random
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from time import process_time

from PIL import Image

from benchmarks.common import Row, WrongAnswer, alternate, ratio, seconds_of
from nakodo_desktop.domain.site_item import Relative, SiteProfile, Span, site_id_of
from nakodo_desktop.export.bundle import Batch, Party, build_bundle, photo_name
from nakodo_desktop.export.delivery import write_bundle
from nakodo_desktop.export.signing import new_signing_key
from nakodo_desktop.export.verify import Expected, verify_bundle
from nakodo_desktop.export.writing import write_atomically
from nakodo_desktop.photo_decoder import sanitized

PROFILES, PHOTOS_EACH = 1_000, 3
TODAY = date(2026, 11, 23)
ROUNDS = 5
BATCH = Batch(
    batch_id="0123456789abcdef0123456789",
    seq=1,
    day=TODAY,
    issuer=Party(code="OTAMESHI-01", name="お試し相談所"),
    recipient=Party(code="mihon-kyokai", name="見本協会"),
    previous=None,
    removals=(),
    rules_version="2026-11-20",
)


def measure() -> Iterator[Row]:
    yield from bundles()
    yield intake()


def bundles() -> Iterator[Row]:
    rows = [profile(number) for number in range(PROFILES)]
    photos = prepared_photos(rows)
    key = new_signing_key()
    megabytes = sum(map(len, photos.values())) / 1e6
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as name:
        folder = Path(name)

        def export() -> None:
            bundle = build_bundle(BATCH, rows, photos=photos, signing_key=key)
            write_atomically(folder, name=bundle.file_name, chunks=bundle.chunks())

        def export_and_read_back() -> None:
            write_bundle(folder, build_bundle(BATCH, rows, photos=photos, signing_key=key), today=TODAY)

        check_answer(folder, export)
        sides = {
            "export": lambda: seconds_of(export),
            "with read-back": lambda: seconds_of(export_and_read_back),
            "copy+hash+sync": lambda: seconds_of(lambda: copy_hash_sync(photos, folder / "floor")),
        }
        samples = alternate(sides, rounds=ROUNDS)
    what = f"{PROFILES:,} profiles × {PHOTOS_EACH} photos ({megabytes:.0f} MB) / copy, hash, sync"
    yield Row("G11", what, ratio(samples, "export", "copy+hash+sync"), 2.0, "x", without(samples, "with read-back"))
    # What the operator waits for, because a bundle gets its name only after it was read back.
    what = "the same and every byte read back and verified"
    yield Row("G11", what, ratio(samples, "with read-back", "copy+hash+sync"), 2.0, "x", without(samples, "export"))


def intake() -> Row:
    data = camera_picture()
    if Image.open(io.BytesIO(sanitized(data)[0])).size != (1200, 900):
        raise WrongAnswer("the picture has another size")
    sides = {"intake": lambda: cpu_of(lambda: sanitized(data)), "decode+encode": lambda: cpu_of(lambda: floor(data))}
    samples = alternate(sides, rounds=15)
    return Row("G11", "photo of 12 Mpx, CPU / draft decode + encode", ratio(samples, *sides), 2.5, "x", samples)


def profile(number: int) -> SiteProfile:
    site_id = site_id_of(f"member-{number}", association_key=bytes(32))
    return SiteProfile(
        site_id=site_id,
        pseudonym="こもれび",
        sex=("女性", "男性")[number % 2],
        height_cm=Span.exact(150 + number % 40),
        weight_kg=Span.band(45 + number % 40, width=5),
        new_religion="なし",
        disability="なし",
        area_label="埼玉県川口市",
        industry_label="医療・福祉",
        employment_type="正社員",
        birth_year=1970 + number % 30,
        birth_month_day=None,
        education="大卒",
        school_name=None,
        hobbies="休みの日は山を歩き、写真を撮り、帰りに温泉へ寄ります。" * 6,
        qualifications="普通自動車免許",
        skills="煮物と魚の三枚おろし",
        family=(Relative(relation="父", state="存命"), Relative(relation="母", state="存命")),
        photos=tuple(photo_name(site_id, place=place, batch_key=bytes(32)) for place in range(PHOTOS_EACH)),
    )


def prepared_photos(rows: list[SiteProfile]) -> dict[str, bytes]:
    """Photos as intake leaves them, about 207 kB each, every one at its own place in memory."""
    rng = random.Random(11)
    noisy = [noise(900, 1200, seed) for seed in range(8)]
    photos = {}
    for row in rows:
        for name in row.photos:
            data = bytearray(rng.choice(noisy))
            at = rng.randrange(len(data) // 2, len(data) - 100)
            if data[at] not in (0xFE, 0xFF) and data[at - 1] != 0xFF:
                data[at] ^= 1  # FF is never made or broken: it stays a plain JPEG
            photos[name] = bytes(data)
    return photos


def noise(width_px: int, height_px: int, seed: int) -> bytes:
    """A coloured picture with the grain of a real one, as a plain JPEG."""
    grain = random.Random(seed).randbytes(width_px * height_px // 4)
    image = Image.frombytes("L", (width_px // 2, height_px // 2), grain).resize((width_px, height_px))
    out = io.BytesIO()
    Image.merge("RGB", [image.point(lambda value, k=k: 90 + value // k) for k in (5, 6, 7)]).save(
        out, "JPEG", quality=72
    )
    return out.getvalue()


def camera_picture() -> bytes:
    small = Image.open(io.BytesIO(noise(2000, 1500, 1)))
    out = io.BytesIO()
    small.resize((4000, 3000)).save(out, "JPEG", quality=90)
    return out.getvalue()


def copy_hash_sync(photos: dict[str, bytes], target: Path) -> None:
    digests = []
    with target.open("wb") as file:
        for name in sorted(photos):
            digests.append(hashlib.sha256(photos[name]).digest())
            file.write(photos[name])
        file.flush()
        os.fsync(file.fileno())


def floor(data: bytes) -> None:
    image = Image.open(io.BytesIO(data), formats=["JPEG"])
    image.draft(None, (1200, 1200))
    image.load()
    image.crop((0, 0, 1200, 900)).save(io.BytesIO(), "JPEG", quality=85)


def cpu_of(work: object) -> float:
    assert callable(work)
    start = process_time()
    work()
    return process_time() - start


def check_answer(folder: Path, export: object) -> None:
    """What was timed is a bundle that an association would take."""
    assert callable(export)
    export()
    (path,) = folder.glob("*.zip")
    report = verify_bundle(path, expected=Expected(today=TODAY))
    if not report.is_ok or len(report.shown) != PROFILES:
        raise WrongAnswer(f"the bundle is refused: {[finding.code for finding in report.findings][:3]}")


def without(samples: dict[str, list[float]], side: str) -> dict[str, list[float]]:
    return {name: values for name, values in samples.items() if name != side}
