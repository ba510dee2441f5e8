"""Builds the demo office through the services the window uses; nothing is written around them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from nakodo_desktop.demo.people import Person, people
from nakodo_desktop.demo.portraits import draw_portrait
from nakodo_desktop.domain.declaration import Signing
from nakodo_desktop.domain.member import MemberId, MemberStatus
from nakodo_desktop.domain.office import Office, Recipient
from nakodo_desktop.domain.values import Value
from nakodo_desktop.services.declarations import draw
from nakodo_desktop.services.intake import Form, Intake
from nakodo_desktop.services.photo_intake import SafePhoto, decode_photo
from nakodo_desktop.services.unlocking import Opened, create_job, finish_set_up
from nakodo_desktop.session import Session, open_session

PASSPHRASE = "おためしの あいことば です"
HEAD = "見本 所長"
NUMBER_OF_MEMBERS = 34
_DECODERS = 2

OFFICE = Office(
    code="OTAMESHI",
    name="お試し結婚相談所",
    representative="見本 所長",
    postal_code="100-0000",
    address="東京都千代田区架空町1-1",
    phone="03-0000-0000",
    lawyer_name="見本 法子",
    is_demo=True,
    recipient=Recipient(
        code="KAKUKYO",
        name="架空結婚相談所協会",
        address="東京都千代田区架空町9-9",
        representative="架空 代表",
    ),
)


class DemoClock:
    """The office's past is written at its own moments; afterwards the clock shows the present."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._days_ago = 0

    def __call__(self) -> datetime:
        return self.now - timedelta(days=self._days_ago)

    def go_back(self, days: int) -> None:
        self._days_ago = days


@dataclass(frozen=True)
class _Story:
    """How one member came along: days since the interview, what was signed, where they stand."""

    days_ago: int
    signs: bool = True
    publishes: bool = True
    status: MemberStatus | None = None


def build_demo_office(folder: Path, *, now: datetime | None = None, number: int = NUMBER_OF_MEMBERS) -> Opened:
    """A vault in `folder` (which is empty or missing). Seconds: photos go through the real decoder."""
    clock = DemoClock(now or datetime.now(UTC))
    clock.go_back(150)
    opened = create_job(folder, passphrase=PASSPHRASE, head_name=HEAD, now=clock)()
    session = open_session(opened, now=clock)
    try:
        finish_set_up(session.vault, OFFICE)
        everybody = tuple(people(number, today=session.members.today))
        for index, (person, photo) in enumerate(zip(everybody, _photos(everybody), strict=True)):
            story = _story(index)
            clock.go_back(story.days_ago)
            _take_in(session, person, photo, story)
        clock.go_back(0)
        _leave_drafts(session, everybody)
    finally:
        session.close(reason="demo")
    return opened


def _photos(everybody: tuple[Person, ...]) -> list[SafePhoto]:
    """Each through a decoder process of its own, two at a time."""
    with ThreadPoolExecutor(_DECODERS) as pool:
        drawn = [draw_portrait(index, female=person.sex == "female") for index, person in enumerate(everybody)]
        return list(pool.map(decode_photo, drawn))


def _story(index: int) -> _Story:
    """Most are on their way; every kind of waiting is there at least once."""
    match index:
        case 3:
            return _Story(80)  # the declaration ends within two weeks
        case 7:
            return _Story(120)  # the declaration is over
        case 11:
            return _Story(12, signs=False)
        case 14:
            return _Story(5, signs=False, publishes=False)
        case 17:
            return _Story(130, status=MemberStatus.PAUSED)
        case 21:
            return _Story(140, status=MemberStatus.WITHDRAWN)
        case 23:
            return _Story(60, status=MemberStatus.PRE_COURTSHIP)
        case 27:
            return _Story(70, status=MemberStatus.SERIOUS)
        case _:
            return _Story(1 + (index * 5) % 70)


def _take_in(session: Session, person: Person, photo: SafePhoto, story: _Story) -> None:
    """Interview, declaration and status, each on its day."""
    today = session.members.today
    answers: dict[str, Value] = dict(person.answers)
    answers |= dict.fromkeys(("purpose_shown_on", "consented_on", "identity_seen_on"), today)
    answers |= {"pseudonym": session.exports.propose_pseudonym(answers), "photo_upper": "photo_upper"}
    intake = Intake(session.vault, session.places, now=session.clock)
    member_id = intake.take_in(Form(answers, {"photo_upper": photo}), photos_checked=True, publish=story.publishes)
    if story.signs:
        sign_declaration(session, member_id)
    if story.status is not None:
        _change_status(session, member_id, story.status)


def sign_declaration(session: Session, member_id: MemberId) -> None:
    """Drawn, printed and signed on the session's day."""
    sheet = session.declarations.prepare(member_id)
    kept = session.declarations.keep(sheet, draw(sheet))
    session.declarations.record_output(kept.id, "printer")
    signing = Signing(session.declarations.today, "当所 面談室", "in_person", "driving_licence", "誓約書ファイル1")
    signed = session.declarations.sign(kept.id, signing)
    if isinstance(signed, tuple):
        raise RuntimeError([problem.field_key for problem in signed])


def _change_status(session: Session, member_id: MemberId, status: MemberStatus) -> None:
    steps = [status]
    if status is MemberStatus.SERIOUS:
        steps = [MemberStatus.PRE_COURTSHIP, status]
    for step in steps:
        member = session.members.view(member_id, screen="demo")
        session.members.change_status(member_id, step, version=member.version)


def _leave_drafts(session: Session, everybody: tuple[Person, ...]) -> None:
    """Two interviews that the telephone interrupted."""
    for index, step, keep in ((0, "career", 30), (1, "consents", 6)):
        draft = session.interviews.start()
        answers = dict(list(everybody[index].answers.items())[:keep])
        answers |= {"family_name": "電話中", "family_kana": "でんわちゅう"} if index == 0 else {}
        session.interviews.save_draft(
            draft.id, version=draft.version, step=step, visited={"purposes", "consents"}, answers=answers
        )
