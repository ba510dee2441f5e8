"""G4: with 5,000 members whatever the window asks on its own thread is answered within 50 ms, 95 times of 100."""

from __future__ import annotations

import random
import statistics
from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QApplication

from benchmarks.common import Row, WrongAnswer, seconds_of
from benchmarks.synth import PASSPHRASE, SEED, answers, office
from nakodo_desktop.domain.member import InterviewId, MemberId
from nakodo_desktop.domain.member_query import Group, MemberQuery, SortBy
from nakodo_desktop.domain.search_keys import search_key
from nakodo_desktop.services.unlocking import unlock_job
from nakodo_desktop.session import Session, open_session
from nakodo_desktop.ui.members.list_page import MembersPage
from nakodo_desktop.ui.theme import install
from nakodo_desktop.ui.tokens import TextSize

MEMBERS = 5_000
PAGE = 200
LIMIT_MS = 50.0
TRIES = 100


def measure() -> Iterator[Row]:
    with office(MEMBERS) as folder:
        session = open_session(unlock_job(folder, PASSPHRASE)())
        rng = random.Random(SEED)
        yield row("list: counts, order, first page", lambda: shown(session, MemberQuery(), MEMBERS))
        for sort_by in SortBy:
            query = MemberQuery(group=Group.ALL, sort_by=sort_by)
            yield row(f"list sorted by {sort_by.value}", lambda query=query: shown(session, query, MEMBERS), tries=40)
        yield row("search: a fresh name or kana of 1–4 letters", lambda: searched(session, rng))
        ids = session.members.select(MemberQuery())
        yield row("record: one member whole, the look logged", lambda: viewed(session, rng.choice(ids)))
        yield row("record, one changed fact, history, audit, synced", lambda: saved(session, rng.choice(ids)))
        interview = session.interviews.start()
        yield row("draft: half an interview, synced", Draft(session, interview.id, interview.version).save)
        yield from painted(session, rng)
        session.close()


def row(what: str, work: Callable[[], None], *, tries: int = TRIES) -> Row:
    work()
    seconds = [seconds_of(work) for _ in range(tries)]
    p95 = statistics.quantiles(seconds, n=20)[-1]
    return Row("G4", f"{MEMBERS:,} members · {what}", p95 * 1000, LIMIT_MS, "ms", {"": seconds})


def shown(session: Session, query: MemberQuery, expected: int) -> None:
    session.members.counts()
    ids = session.members.select(query)
    page = session.members.rows(ids[:PAGE])
    if len(ids) != expected or len(page) != PAGE:
        raise WrongAnswer(f"{len(ids)} members, {len(page)} on the page")


def searched(session: Session, rng: random.Random) -> None:
    facts = answers(rng.randrange(1, MEMBERS + 1))
    whole = str(facts[rng.choice(("family_name", "family_kana", "given_name", "given_kana"))])
    start = rng.randrange(len(whole))
    term = whole[start : start + rng.randrange(1, 5)]
    session.members.counts()
    page = session.members.rows(session.members.select(MemberQuery(text=term))[:PAGE])
    key = search_key(term)
    if not page or any(key not in search_key(m.legal_name) and key not in search_key(m.kana) for m in page):
        raise WrongAnswer(f"searching {term!r}")


def viewed(session: Session, wanted: MemberId) -> None:
    if session.members.view(wanted, screen="benchmark").id != wanted:
        raise WrongAnswer("another member")


def saved(session: Session, wanted: MemberId) -> None:
    member = session.members.view(wanted, screen="benchmark")
    changed = {"height_cm": 150 + (int(str(member.answers["height_cm"])) - 149) % 40}
    if session.members.correct(wanted, changed, version=member.version):
        raise WrongAnswer("the change was refused")


def painted(session: Session, rng: random.Random) -> Iterator[Row]:
    """The same through the member page of the window, until its pixels are there."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    page = MembersPage(install(app, dark=False, text_size=TextSize.STANDARD), session.members)
    page.resize(1100, 700)
    page.show()

    def reload() -> None:
        page.reload()
        page.grab()
        if page.model.rowCount() != MEMBERS:
            raise WrongAnswer(f"{page.model.rowCount()} rows")

    def search() -> None:
        term = str(answers(rng.randrange(1, MEMBERS + 1))["family_kana"])[:3]
        page.search.searched.emit(term)
        page.grab()
        if not 0 < page.model.rowCount() < MEMBERS:
            raise WrongAnswer(f"{page.model.rowCount()} rows for {term!r}")

    yield row("window: the list read again and painted", reload)
    yield row("window: a search found and painted", search)
    page.close()


class Draft:
    """An interview that is saved again and again, as the two-second timer does."""

    def __init__(self, session: Session, interview_id: InterviewId, version: int) -> None:
        self._session, self._id, self._version = session, interview_id, version

    def save(self) -> None:
        self._version, _ = self._session.interviews.save_draft(
            self._id,
            version=self._version,
            step="life",
            visited=("purposes", "basics"),
            answers=answers(self._version),
        )
