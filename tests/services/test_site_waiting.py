"""What the home page says of the site follows the register and the batches."""

from __future__ import annotations

from pathlib import Path

import pytest

from nakodo_desktop.domain.member import MemberStatus
from nakodo_desktop.domain.staff import Role
from nakodo_desktop.services.exports import Exports
from nakodo_desktop.services.site_waiting import NOTHING, SiteWaiting, site_counter
from tests.exportkit import Cast, CastTemplate, correct
from tests.factory import Desk
from tests.officekit import Building


@pytest.fixture
def office_template(cast_template: CastTemplate) -> CastTemplate:
    return cast_template


def test_the_numbers_follow_the_register(
    exports: Exports, building: Building, desk: Desk, cast: Cast, tmp_path: Path
) -> None:
    waiting = site_counter(desk.vault, building.clock)
    before = waiting()
    assert before.fresh >= len(cast.admitted) and (before.changed, before.gone) == (0, 0)

    exports.export(exports.plan(cast.admitted), tmp_path)
    assert waiting() == SiteWaiting(before.fresh - len(cast.admitted), 0, 0)

    building.wait(hours=1)
    one, other, *_ = cast.admitted
    correct(desk, one, hobbies="散歩と読書")
    assert waiting().changed == 1
    record = desk.members.view(other, screen="test")
    desk.members.change_status(other, MemberStatus.PAUSED, version=record.version)
    assert (waiting().changed, waiting().gone) == (1, 1)


def test_an_expired_declaration_is_a_reason_to_take_down(
    exports: Exports, building: Building, desk: Desk, cast: Cast, tmp_path: Path
) -> None:
    exports.export(exports.plan(cast.admitted), tmp_path)
    building.wait(days=200)
    assert site_counter(desk.vault, building.clock)() == SiteWaiting(0, 0, len(cast.admitted))


def test_a_clerk_is_told_nothing(building: Building) -> None:
    assert site_counter(building.enter(Role.CLERK).vault, building.clock)() == NOTHING
