"""The dated periods: those of the handbook, each with its law; a damaged file stops instead of guessing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from nakodo_desktop.domain.fields import Retention
from nakodo_desktop.errors import ProgramDamaged
from nakodo_desktop.reference import retention_rules

DAY = date(2026, 11, 23)
TEXT = retention_rules.RULES.read_text(encoding="utf-8")


def test_the_periods_in_force_are_those_of_the_handbook() -> None:
    rules = retention_rules.load().on(DAY)
    assert {retention: (period.days, period.years) for retention, period in rules.items()} == {
        Retention.PHOTO: (30, 0),
        Retention.PROFILE: (90, 0),
        Retention.CONTRACT: (0, 5),
        Retention.PROVISION: (0, 3),
    }
    for retention, article in (
        (Retention.PHOTO, "個人情報保護法22条"),
        (Retention.PROFILE, "個人情報保護法22条"),
        (Retention.CONTRACT, "消費者契約法7条"),
        (Retention.PROVISION, "個人情報保護法施行規則21条"),
    ):
        assert article in rules[retention].basis


def test_a_later_entry_takes_over_on_its_day(tmp_path: Path) -> None:
    later = """
[[period]]
record = "photo"
days = 10
since = "退会"
effective_from = 2027-04-01
kind = "decision"
basis = "見直し"
"""
    path = tmp_path / "retention.toml"
    path.write_text(TEXT + later, encoding="utf-8")
    rules = retention_rules.load(path)
    assert rules.on(date(2027, 3, 31))[Retention.PHOTO].days == 30
    assert rules.on(date(2027, 4, 1))[Retention.PHOTO].days == 10


def test_a_day_before_every_entry_has_no_periods() -> None:
    with pytest.raises(ProgramDamaged):
        retention_rules.load().on(date(2020, 1, 1))


@pytest.mark.parametrize(
    "damage",
    [
        lambda _text: "",
        lambda text: text[: len(text) // 2],
        lambda text: text.replace("days = 90", 'days = "90"'),
        lambda text: text.replace("days = 90", "days = -90"),
        lambda text: text.replace("days = 90", "days = true"),
        lambda text: text.replace("days = 90", "days = 0"),
        lambda text: text.replace("days = 90", "days = 90\nyears = 1"),
        lambda text: text.replace('kind = "law"', 'kind = "rumour"'),
        lambda text: text.replace('record = "photo"', 'record = "portrait"'),
        lambda text: text.replace('record = "photo"', 'record = "profile"'),
        lambda text: text.replace('since = "契約の終了"', 'since = ""'),
        lambda text: text.replace("effective_from = 2017-05-30", 'effective_from = "2017-05-30"'),
    ],
)
def test_damaged_periods_stop_with_a_sentence(tmp_path: Path, damage: Callable[[str], str]) -> None:
    path = tmp_path / "retention.toml"
    path.write_text(damage(TEXT), encoding="utf-8")
    with pytest.raises(ProgramDamaged, match=r"retention\.toml"):
        retention_rules.load(path).on(DAY)


def test_a_missing_file_stops_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ProgramDamaged):
        retention_rules.load(tmp_path / "retention.toml")
