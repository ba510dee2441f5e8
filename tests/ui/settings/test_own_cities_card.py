"""市の区分: a city is chosen, a reason typed, and it can be taken back."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton

from nakodo_desktop.domain.municipality import AreaClass
from nakodo_desktop.services.own_cities import OwnCities
from nakodo_desktop.ui.settings.own_cities_card import OwnCitiesCard
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.labels import PlainLabel, WrappedLabel
from nakodo_desktop.ui.widgets.municipality_input import Place
from tests.factory import Desk
from tests.ui.conftest import Show

SMALL = "12227"  # 浦安市


@pytest.fixture
def cities(desk: Desk) -> OwnCities:
    return OwnCities(desk.vault, desk.places)


@pytest.fixture
def card(theme: Theme, desk: Desk, cities: OwnCities, show: Show) -> OwnCitiesCard:
    made = OwnCitiesCard(theme, cities, [Place(m.code, m.prefecture, m.name) for m in desk.places.rows])
    show(made)
    return made


def press(card: OwnCitiesCard, name: str) -> None:
    button = card.findChild(QPushButton, name)
    assert button is not None, name
    button.click()


def words(card: OwnCitiesCard) -> str:
    plain = [label.text() for label in card.findChildren(PlainLabel)]
    return "\n".join([*plain, *(label.plain_text() for label in card.findChildren(WrappedLabel))])


def test_without_a_reason_no_city_becomes_large(card: OwnCitiesCard, cities: OwnCities):
    card.fields["code"].set_value(SMALL)
    press(card, "mark_city")
    assert "理由を入力してください" in card.fields["reason"].error()
    assert cities.marked() == ()
    assert "法律による区分のまま" in words(card)


def test_a_marked_city_is_listed_with_its_reason_and_goes_back(card: OwnCitiesCard, cities: OwnCities):
    card.fields["code"].set_value(SMALL)
    card.fields["reason"].set_value("合併で人口が増えたため")
    press(card, "mark_city")
    assert [(one.code, one.area_class) for one in cities.marked()] == [(SMALL, AreaClass.LARGE)]
    assert "合併で人口が増えたため" in words(card)
    assert card.fields["code"].value() is None
    press(card, f"unmark_{SMALL}")
    assert cities.marked() == ()


def test_a_city_that_is_so_by_law_is_told_at_its_field(card: OwnCitiesCard, cities: OwnCities):
    card.fields["code"].set_value(SMALL)
    card.area_class.radios[AreaClass.SMALL_CITY.name].click()
    press(card, "mark_city")
    assert "はじめから" in card.fields["code"].error()
