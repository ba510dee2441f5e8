"""What the office may decide about showing people, and that the site follows it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nakodo_desktop.domain.municipality import AreaClass
from nakodo_desktop.domain.staff import Role
from nakodo_desktop.errors import NotPermitted
from nakodo_desktop.services.exports import Exports
from nakodo_desktop.services.own_cities import OwnCities
from nakodo_desktop.vault import area_overrides
from nakodo_desktop.vault.connection import IntegrityError
from tests import factory
from tests.exportkit import Cast, CastTemplate, correct
from tests.factory import Desk
from tests.officekit import Building, log_of

SMALL = "12227"  # 浦安市
LARGE = "11222"  # 越谷市, 中核市
TOWN = "14301"  # 葉山町
WARD = "14103"  # 横浜市西区
REASON = "隣の市との合併で人口が増えたため"


@pytest.fixture
def office_template(cast_template: CastTemplate) -> CastTemplate:
    return cast_template


@pytest.fixture
def cities(desk: Desk, building: Building) -> OwnCities:
    return OwnCities(desk.vault, desk.places, now=building.clock)


def shown(exports: Exports, cast: Cast, key: str) -> tuple[str, str]:
    trace = next(one for one in exports.candidate(cast.taro).draft.items if one.key == key)
    return trace.shown, trace.reason


def test_a_city_the_office_calls_large_shows_the_word_of_the_dictionary(
    cities: OwnCities, exports: Exports, desk: Desk, cast: Cast
):
    correct(desk, cast.taro, municipality=SMALL, occupation="図書館の司書", industry="education")
    assert shown(exports, cast, "industry_label")[0] == "教育系サービス業"
    assert cities.mark(SMALL, AreaClass.LARGE, reason=REASON) == ()
    assert shown(exports, cast, "industry_label")[0].startswith("教育系サービス業（")
    assert "事務所が大都市と定めた市" in shown(exports, cast, "area_label")[1]
    assert [one.detail for one in log_of(desk) if one.act == "office.mark_city"] == [{"code": SMALL, "class": "large"}]
    assert cities.marked()[0].reason == REASON
    assert exports.plan(cast.admitted).batch.rules_version.endswith(f"+{SMALL}")
    cities.unmark(SMALL)
    assert shown(exports, cast, "industry_label")[0] == "教育系サービス業"
    assert cities.marked() == ()


def test_a_city_the_law_calls_large_may_be_shown_as_a_small_one_without_a_reason(
    cities: OwnCities, exports: Exports, desk: Desk, cast: Cast
):
    correct(desk, cast.taro, municipality=LARGE, occupation="図書館の司書", industry="education")
    assert "（" in shown(exports, cast, "industry_label")[0]
    assert cities.mark(LARGE, AreaClass.SMALL_CITY, reason="") == ()
    assert shown(exports, cast, "industry_label")[0] == "教育系サービス業"
    assert not exports.plan(cast.admitted).batch.rules_version.endswith(LARGE)


@pytest.mark.parametrize(
    ("code", "area_class", "reason", "key"),
    [
        (SMALL, AreaClass.LARGE, " 　", "reason"),
        (SMALL, AreaClass.LARGE, "あ" * 121, "reason"),
        (SMALL, AreaClass.SMALL_CITY, REASON, "code"),
        (LARGE, AreaClass.LARGE, REASON, "code"),
        (TOWN, AreaClass.LARGE, REASON, "code"),
        (WARD, AreaClass.SMALL_CITY, REASON, "code"),
        ("99999", AreaClass.LARGE, REASON, "code"),
        ("", AreaClass.LARGE, REASON, "code"),
    ],
)
def test_what_cannot_be_decided_is_told_at_its_field(
    cities: OwnCities, code: str, area_class: AreaClass, reason: str, key: str
):
    (problem,) = cities.mark(code, area_class, reason=reason)
    assert problem.field_key == key
    assert cities.marked() == ()


def test_many_raised_cities_still_fit_the_bundle(cities: OwnCities, exports: Exports, desk: Desk, cast: Cast):
    small = [m.code for m in desk.places.rows if m.kind.value == "市" and m.area_class is AreaClass.SMALL_CITY][:9]
    for code in small:
        assert cities.mark(code, AreaClass.LARGE, reason=REASON) == ()
    version = exports.plan(cast.admitted).batch.rules_version
    assert len(version) <= 60
    cities.unmark(small[0])
    assert exports.plan(cast.admitted).batch.rules_version != version


def test_the_vault_takes_no_large_city_without_a_reason(cities: OwnCities, desk: Desk):
    assert cities.mark(SMALL, AreaClass.LARGE, reason=REASON) == ()
    bare = replace(cities.marked()[0], reason=" ")
    with pytest.raises(IntegrityError, match="CHECK"), desk.vault.transaction() as tx:
        area_overrides.put(tx.db, bare)


def test_declined_answers_stop_a_member_until_the_office_shows_them(exports: Exports, desk: Desk, cast: Cast):
    correct(desk, cast.taro, disability_flag="declined")
    assert not exports.candidate(cast.taro).is_admitted
    assert desk.offices.save(factory.office(declined_on_site="show")) == ()
    assert exports.candidate(cast.taro).is_admitted
    assert shown(exports, cast, "disability")[0] == "回答しない"


def test_only_the_head_decides(cities: OwnCities, building: Building):
    building.leave()
    desk = building.enter(Role.MATCHMAKER)
    others = OwnCities(desk.vault, desk.places)
    with pytest.raises(NotPermitted):
        others.mark(SMALL, AreaClass.LARGE, reason=REASON)
    with pytest.raises(NotPermitted):
        others.unmark(SMALL)
