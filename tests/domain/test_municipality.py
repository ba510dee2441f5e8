"""How much of a place the site may show."""

from __future__ import annotations

import zlib
from datetime import date

import pytest

from nakodo_desktop.domain.municipality import (
    AreaClass,
    AreaOverride,
    Designation,
    Kind,
    Municipalities,
    Municipality,
    area_class_by_law,
    area_class_of,
    area_label,
    override_trouble,
)
from nakodo_desktop.domain.rule_result import Outcome
from nakodo_desktop.domain.staff import StaffId


def place(prefecture: str, name: str, kind: Kind, designation: Designation = Designation.NONE) -> Municipality:
    return Municipality(
        code=f"{zlib.crc32((prefecture + name).encode()) % 100_000:05d}",
        prefecture=prefecture,
        name=name,
        kind=kind,
        designation=designation,
        area_class=area_class_by_law(kind, designation),
    )


SETAGAYA = place("東京都", "世田谷区", Kind.SPECIAL_WARD)
NAKA = place("神奈川県", "横浜市中区", Kind.WARD, Designation.DESIGNATED)
KAWAGUCHI = place("埼玉県", "川口市", Kind.CITY, Designation.CORE)
CHIGASAKI = place("神奈川県", "茅ヶ崎市", Kind.CITY, Designation.FORMER_SPECIAL)
HANNO = place("埼玉県", "飯能市", Kind.CITY)
NISEKO = place("北海道", "虻田郡ニセコ町", Kind.TOWN)
OGASAWARA = place("東京都", "小笠原村", Kind.VILLAGE)


@pytest.mark.parametrize(
    ("municipality", "area_class"),
    [
        (SETAGAYA, AreaClass.LARGE),
        (NAKA, AreaClass.LARGE),
        (KAWAGUCHI, AreaClass.LARGE),
        (CHIGASAKI, AreaClass.LARGE),
        (HANNO, AreaClass.SMALL_CITY),
        (NISEKO, AreaClass.TOWN_VILLAGE),
        (None, AreaClass.TOWN_VILLAGE),
    ],
)
def test_the_class_follows_the_law(municipality: Municipality | None, area_class: AreaClass) -> None:
    assert area_class_of(municipality, {}) is area_class


@pytest.mark.parametrize(
    ("municipality", "shown", "outcome", "words"),
    [
        (SETAGAYA, "東京23区", Outcome.GENERALISED, "「東京都世田谷区」を「東京23区」"),
        (NAKA, "神奈川県横浜市", Outcome.GENERALISED, "政令指定都市の区は出さない"),
        (KAWAGUCHI, "埼玉県川口市", Outcome.KEPT, "中核市"),
        (HANNO, "埼玉県飯能市", Outcome.KEPT, "業種まで"),
        (NISEKO, "北海道郡部", Outcome.GENERALISED, "町村"),
        (OGASAWARA, "東京都郡部", Outcome.GENERALISED, "町村"),
    ],
)
def test_a_place_stops_at_the_city(municipality: Municipality, shown: str, outcome: Outcome, words: str) -> None:
    result = area_label(municipality, area_class=municipality.area_class, small_city_area="city")
    assert (result.value, result.outcome) == (shown, outcome)
    assert words in result.reason


def test_an_office_may_hide_small_cities_and_no_others() -> None:
    hidden = area_label(HANNO, area_class=HANNO.area_class, small_city_area="prefecture")
    assert (hidden.value, hidden.outcome) == ("埼玉県市部", Outcome.GENERALISED)
    assert area_label(KAWAGUCHI, area_class=AreaClass.LARGE, small_city_area="prefecture").value == "埼玉県川口市"


def test_an_unknown_place_is_blocked() -> None:
    result = area_label(None, area_class=AreaClass.TOWN_VILLAGE, small_city_area="city")
    assert (result.value, result.outcome) == ("", Outcome.BLOCKED)


def override(municipality: Municipality, area_class: AreaClass, reason: str) -> AreaOverride:
    return AreaOverride(
        code=municipality.code,
        area_class=area_class,
        reason=reason,
        staff_id=StaffId("staff-1"),
        marked_on=date(2026, 11, 23),
    )


def test_raising_a_city_needs_words_and_lowering_does_not() -> None:
    assert override_trouble(override(HANNO, AreaClass.LARGE, " "), HANNO) is not None
    assert override_trouble(override(HANNO, AreaClass.LARGE, "近隣と一体の都市圏のため"), HANNO) is None
    assert override_trouble(override(KAWAGUCHI, AreaClass.SMALL_CITY, ""), KAWAGUCHI) is None


@pytest.mark.parametrize("municipality", [NISEKO, SETAGAYA, NAKA, None])
def test_only_a_city_may_be_reclassed(municipality: Municipality | None) -> None:
    assert override_trouble(override(HANNO, AreaClass.LARGE, "理由"), municipality) is not None


def test_an_override_counts_and_shows_why() -> None:
    overrides = {HANNO.code: override(HANNO, AreaClass.LARGE, "近隣と一体の都市圏のため")}
    assert area_class_of(HANNO, overrides) is AreaClass.LARGE
    result = area_label(HANNO, area_class=AreaClass.LARGE, small_city_area="prefecture")
    assert result.value == "埼玉県飯能市"
    assert "事務所が大都市と定めた市" in result.reason


def test_places_are_found_however_they_are_written() -> None:
    table = Municipalities((NISEKO, CHIGASAKI, HANNO))
    assert table.find("茅ケ崎") == (CHIGASAKI,)
    assert table.find("にせこ") == (NISEKO,)
    assert table.find("埼玉県 飯能") == (HANNO,)
    assert table.find("　") == ()
    assert table.in_prefecture("北海道") == (NISEKO,)
    assert table.knows(HANNO.code)
    assert not table.knows("99999")
