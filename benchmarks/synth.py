"""Offices full of made-up members, the same ones for the same seed; every name is two random kanji beside two more."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from tempfile import mkdtemp

from nakodo_desktop.domain.member import PhotoId
from nakodo_desktop.domain.member_query import MemberQuery
from nakodo_desktop.domain.values import Answers
from nakodo_desktop.services.member_writing import insert_member
from nakodo_desktop.services.unlocking import create_job
from nakodo_desktop.session import Session, open_session
from nakodo_desktop.vault import members, photos
from nakodo_desktop.vault.photos import NewPhoto

PASSPHRASE = "見本の合言葉はとても長い"
SEED = 20261123
_FAMILY = [("山", "やま"), ("川", "かわ"), ("田", "た"), ("村", "むら"), ("木", "き"), ("林", "はやし"), ("石", "いし"),
           ("髙", "たか"), ("﨑", "さき"), ("松", "まつ"), ("島", "しま"), ("原", "はら")]  # fmt: skip
_GIVEN = [("太", "た"), ("美", "み"), ("一", "かず"), ("子", "こ"), ("郎", "ろう"), ("花", "はな"), ("咲", "さき"),
          ("介", "すけ"), ("恵", "え"), ("人", "と")]  # fmt: skip
_PLACES = ("13112", "13101", "14100", "27100", "28100", "40130")
_PHOTO_BYTES, _THUMBNAIL_BYTES = 210_000, 12_000  # 1200 pixels at quality 85
_TEXT = "休みの日は山を歩き、写真を撮り、帰りに温泉へ寄ります。料理は煮物が得意です。"


def answers(number: int) -> Answers:
    """What a finished interview would hold of the facts that weigh: name, contact, work, texts."""
    rng = random.Random(SEED + number)
    family, given = (rng.choices(parts, k=2) for parts in (_FAMILY, _GIVEN))
    return {
        "family_name": "".join(kanji for kanji, _ in family),
        "given_name": "".join(kanji for kanji, _ in given),
        "family_kana": "".join(kana for _, kana in family),
        "given_kana": "".join(kana for _, kana in given),
        "birth_date": date(1970, 1, 1) + timedelta(days=rng.randrange(12_000)),
        "sex": rng.choice(("female", "male")),
        "phone": f"090-0000-{number % 10_000:04d}",
        "municipality": rng.choice(_PLACES),
        "address_line": f"架空町{rng.randrange(1, 9)}-{rng.randrange(1, 99)}",
        "email": f"member{number}@example.jp",
        "employment_type": "regular",
        "employer_name": f"見本製作所第{rng.randrange(1, 90)}工場",
        "occupation": "機械の設計",
        "industry": "manufacturing",
        "annual_income_man_yen": rng.randrange(250, 1200),
        "education_level": "university",
        "marital_history": "never",
        "children": "none",
        "height_cm": rng.randrange(150, 190),
        "weight_kg": rng.randrange(45, 90),
        "hobbies": _TEXT * rng.randrange(1, 4),
        "self_pr": _TEXT * rng.randrange(1, 6),
        "drinking": "sometimes",
        "smoking": "never",
        "wish_age": ("prefer", "同世代"),
    }


@contextmanager
def office(members: int) -> Iterator[Path]:
    """The folder of a vault with so many members, gone afterwards. It opens with PASSPHRASE."""
    parent = Path(mkdtemp(prefix="nakodo-bench-"))
    try:
        folder = parent / "vault"
        session = open_session(create_job(folder, passphrase=PASSPHRASE, head_name="見本 所長")())
        with session.vault.transaction() as tx:
            for number in range(1, members + 1):
                insert_member(tx, number, answers(number), places=session.places)
        session.close()
        yield folder
    finally:
        shutil.rmtree(parent)


def fill_with_photos(session: Session) -> None:
    """Both photos of every member, as heavy as real ones; no pixels, since nobody looks at them."""
    rng = random.Random(SEED)
    with session.vault.transaction() as tx:
        for member_id in session.members.select(MemberQuery()):
            for kind in ("photo_upper", "photo_full"):
                photo = NewPhoto(
                    id=PhotoId(f"{member_id}-{kind}"),
                    kind=kind,
                    jpeg=rng.randbytes(_PHOTO_BYTES),
                    thumbnail=rng.randbytes(_THUMBNAIL_BYTES),
                    width_px=900,
                    height_px=1200,
                    sha256=rng.randbytes(32).hex(),
                )
                photos.put(
                    tx.db, photo, interview_id=None, member_id=member_id, staff_id=session.vault.staff.id, now=tx.now
                )


def fill_the_log(session: Session, *, entries: int) -> None:
    """Looks at members, as a busy office has them."""
    uids = members.uids(session.vault.read(), session.members.select(MemberQuery()))
    with session.vault.transaction() as tx:
        for number in range(entries):
            tx.audit("member.view", subject=uids[number % len(uids)], detail={"screen": "record"})
