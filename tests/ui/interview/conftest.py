"""The desk an interview works with, and a way to sit down at one."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import pytest
from pytestqt.qtbot import QtBot

from nakodo_desktop.domain.member import InterviewId
from nakodo_desktop.reference import postal
from nakodo_desktop.reference.notice import load_notice
from nakodo_desktop.services.exports import Exports
from nakodo_desktop.services.papers import Papers
from nakodo_desktop.ui.address_fill import Address
from nakodo_desktop.ui.interview.desk import InterviewDesk
from nakodo_desktop.ui.interview.flow import InterviewFlow
from nakodo_desktop.ui.interview.typist import Typist
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.section_form import FormFacts
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.municipality_input import Place
from tests.factory import Desk
from tests.officekit import Building
from tests.picturekit import encoded, figure


@pytest.fixture
def office(building: Building) -> Desk:
    return building.enter()


@pytest.fixture
def desk(office: Desk, building: Building, jobs: JobRunner) -> InterviewDesk:
    table = postal.load(office.places)

    def find(code: str) -> list[Address]:
        found = table.lookup(code)
        return [Address(p.municipality_code, p.town, f"{p.prefecture}{p.city}{p.town}") for p in found]

    return InterviewDesk(
        interviews=office.interviews,
        declarations=office.declarations,
        exports=Exports(office.vault, office.places, now=building.clock),
        papers=Papers(office.vault, office.places, now=building.clock),
        jobs=jobs,
        facts=FormFacts(
            today=office.members.today,
            staff_name=office.vault.staff.name,
            places=tuple(Place(m.code, m.prefecture, m.name) for m in office.places.rows),
            find_addresses=find,
        ),
        notice=load_notice(),
    )


class SitDown(Protocol):
    def __call__(self, interview_id: InterviewId | None = None, *, open_at: str | None = None) -> InterviewFlow: ...


@pytest.fixture
def sit_down(qtbot: QtBot, theme: Theme, desk: InterviewDesk) -> SitDown:
    """Open an interview (a new one) in a window with the focus."""

    def open_flow(interview_id: InterviewId | None = None, *, open_at: str | None = None) -> InterviewFlow:
        chosen = desk.interviews.start().id if interview_id is None else interview_id
        flow = InterviewFlow(theme, desk, chosen, open_at=open_at)
        qtbot.addWidget(flow)
        flow.resize(1280, 860)
        flow.show()
        flow.activateWindow()
        qtbot.waitUntil(flow.isActiveWindow)
        return flow

    return open_flow


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A drawn figure as a file."""
    path = tmp_path / "figure.jpg"
    path.write_bytes(encoded(figure()))
    return path


class Seat(Protocol):
    def __call__(self, flow: InterviewFlow) -> Typist: ...


@pytest.fixture
def typist(desk: InterviewDesk, picture: Path) -> Seat:
    """Somebody who types, with a photo at hand."""
    return lambda flow: Typist(flow, places=desk.facts.places, photos={"photo_upper": picture, "photo_full": picture})
