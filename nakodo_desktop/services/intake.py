"""A whole interview from a file: every problem is listed with its key, and nothing is half saved."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nakodo_desktop.domain import catalog, interview
from nakodo_desktop.domain.answers import read_answer
from nakodo_desktop.domain.fields import Kind
from nakodo_desktop.domain.interview_record import InterviewKind, InterviewState
from nakodo_desktop.domain.member import MemberId, MemberStatus, PhotoId
from nakodo_desktop.domain.municipality import Municipalities
from nakodo_desktop.domain.profile import check
from nakodo_desktop.domain.staff import Right
from nakodo_desktop.domain.values import Problem, Trouble, Value
from nakodo_desktop.errors import PhotoRefused, UserError
from nakodo_desktop.services.clock import Clock, office_day, utc_now
from nakodo_desktop.services.member_writing import insert_member, record_papers
from nakodo_desktop.services.photo_intake import SafePhoto, decode_photo
from nakodo_desktop.services.rights import require
from nakodo_desktop.vault import interviews, members, photos
from nakodo_desktop.vault.vault import Transaction, Vault

MOST_BYTES = 1_000_000  # an interview is some ten kilobytes of text
_PHOTO_KEYS = tuple(field.key for field in catalog.FIELDS.values() if field.kind is Kind.PHOTO)


@dataclass(frozen=True)
class Form:
    """An interview that may be taken in: complete and without a problem."""

    answers: Mapping[str, Value]
    photos: Mapping[str, SafePhoto]


def read_form(path: Path, *, places: Municipalities, today: date) -> Form | tuple[Problem, ...]:
    """Read answers by catalogue key and photos by path (relative to the file). Raises UserError when it is no JSON."""
    raw = _read_json(path)
    problems: list[Problem] = []
    answers: dict[str, Value] = {}
    pictures: dict[str, SafePhoto] = {}
    for key, value in raw.items():
        if key not in catalog.FIELDS:
            problems.append(Problem(key, "この項目はありません。`nakodo-desktop fields` で項目の一覧を見られます。"))
        elif key in _PHOTO_KEYS:
            found = _read_photo(path.parent, value)
            if isinstance(found, Trouble):
                problems.append(Problem(key, found.message))
            else:
                pictures[key] = found
                answers[key] = key  # stands for the photo until it has an id
        else:
            answer = _read(key, value, places)
            if isinstance(answer, Trouble):
                problems.append(Problem(key, answer.message))
            else:
                answers[key] = answer
    told = {problem.field_key for problem in problems}
    problems += [p for p in check(answers, today=today, knows_municipality=places.knows) if p.field_key not in told]
    kept = interview.without_unasked(answers)
    problems += [
        Problem(lack.field_key, f"「{lack.label}」が書かれていません。")
        for lack in interview.all_missing(kept)
        if lack.field_key not in told
    ]
    return tuple(problems) if problems else Form(kept, pictures)


class Intake:
    """Takes a checked form in: member, papers and photos in one transaction."""

    def __init__(self, vault: Vault, places: Municipalities, *, now: Clock = utc_now) -> None:
        self._vault = vault
        self._places = places
        self._now = now

    def read(self, path: Path) -> Form | tuple[Problem, ...]:
        return read_form(path, places=self._places, today=office_day(self._now()))

    def take_in(self, form: Form, *, photos_checked: bool, publish: bool) -> MemberId:
        """`photos_checked`: the operator looked for what gives a person away; `publish`: straight to お見合い."""
        require(self._vault.staff, Right.INTERVIEW)
        staff = self._vault.staff
        with self._vault.transaction() as tx:
            interview_id = interviews.start(
                tx.db, InterviewKind.INTAKE, step="finish", answers={}, staff_id=staff.id, now=tx.now
            )
            running = interviews.number_of(tx.db, interview_id)
            member_id = insert_member(tx, running, form.answers, places=self._places)
            record_papers(tx, member_id, form.answers, staff=staff)
            for kind, picture in form.photos.items():
                self._put(tx, member_id, kind, picture, checked=photos_checked)
            interviews.close(tx.db, interview_id, InterviewState.FINISHED, member_id=member_id, now=tx.now)
            kernel = members.kernel(tx.db, member_id)
            assert kernel is not None
            if publish:
                members.update_status(tx.db, member_id, MemberStatus.OMIAI, version=kernel.version, now=tx.now)
            tx.audit("interview.intake_file", subject=kernel.uid, detail={"interview": interview_id})
        return member_id

    def number_of(self, member_id: MemberId) -> str:
        kernel = members.kernel(self._vault.read(), member_id)
        if kernel is None:
            raise LookupError("no such member")
        return kernel.row.number

    def _put(self, tx: Transaction, member_id: MemberId, kind: str, picture: SafePhoto, *, checked: bool) -> None:
        photo = photos.NewPhoto(
            id=PhotoId(secrets.token_hex(16)),
            kind=kind,
            jpeg=picture.jpeg,
            thumbnail=picture.thumbnail,
            width_px=picture.width_px,
            height_px=picture.height_px,
            sha256=picture.sha256,
        )
        staff_id = self._vault.staff.id
        photos.put(tx.db, photo, interview_id=None, member_id=member_id, staff_id=staff_id, now=tx.now)
        if checked:
            photos.sign_off(tx.db, photo.id, staff_id=staff_id, now=tx.now)


def _read(key: str, raw: object, places: Municipalities) -> Value | Trouble:
    field = catalog.FIELDS[key]
    if field.kind is not Kind.MUNICIPALITY or not isinstance(raw, str) or places.knows(raw):
        return read_answer(field, raw)
    exact = [place for place in places.find(raw) if place.full_name == raw]
    if len(exact) == 1:
        return exact[0].code
    return Trouble("市区町村は「神奈川県横浜市西区」のように都道府県から書くか、5桁の番号で書いてください。")


def _read_json(path: Path) -> dict[str, object]:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _unreadable("ファイルが大きすぎます。")
        raw = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise _unreadable("ファイルを開けません。") from error
    except UnicodeDecodeError as error:
        raise _unreadable("UTF-8 の文字ではありません。") from error
    except json.JSONDecodeError as error:
        raise _unreadable(f"{error.lineno}行{error.colno}字目が JSON の形になっていません。") from error
    if not isinstance(raw, dict):
        raise _unreadable("一人分の { … } の形になっていません。")
    return raw


def _unreadable(why: str) -> UserError:
    return UserError(
        f"面談のファイルを読めません。{why}何も保存していません。", "書き方は docs/intake.md をご覧ください。"
    )


def _read_photo(folder: Path, raw: object) -> SafePhoto | Trouble:
    if not isinstance(raw, str):
        return Trouble("写真のファイル名を文字で書いてください。")
    try:
        return decode_photo((folder / raw).read_bytes())
    except OSError:
        return Trouble("写真のファイルを開けません。面談のファイルと同じフォルダーに置いてください。")
    except PhotoRefused as refused:
        return Trouble(f"{refused.message}{refused.advice}")
