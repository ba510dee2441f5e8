"""The office's one row."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nakodo_desktop.vault import offices
from nakodo_desktop.vault.connection import IntegrityError
from nakodo_desktop.vault.vault import Vault
from tests import factory
from tests.vault.recordkit import written


def test_the_settings_come_back_as_they_went_and_the_last_ones_count(vault: Vault) -> None:
    assert offices.load(vault.read()) is None
    first = factory.office()
    second = replace(
        factory.office(name="髙﨑<b>相談所</b>", redeclare_months=1, is_demo=True, bands_measures=True),
        small_city_area="prefecture",
        small_city_occupation="group",
        recipient=replace(first.recipient, code="OTHER", address="別の住所"),
    )
    for office in (first, second):
        written(vault, lambda db: offices.save(db, office))  # noqa: B023
        assert offices.load(vault.read()) == office


@pytest.mark.parametrize(("name", "value"), [("redeclare_months", 13), ("small_city_area", "village"), ("name", None)])
def test_settings_the_program_does_not_know_do_not_get_in(vault: Vault, name: str, value: object) -> None:
    with pytest.raises(IntegrityError):
        written(vault, lambda db: offices.save(db, factory.office(**{name: value})))
    assert offices.load(vault.read()) is None
