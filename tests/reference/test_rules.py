"""The shipped dictionary and the dated numbers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from nakodo_desktop.domain.occupation import INDUSTRY_LABELS
from nakodo_desktop.errors import ProgramDamaged
from nakodo_desktop.reference import occupations, rules

WORDS = occupations.load()
Damage = Callable[[str], str]


@pytest.mark.parametrize(
    ("text", "industry"),
    [
        ("図書館司書", "教育系サービス業"),
        ("消防署", "地方公務員"),
        ("警察署", "地方公務員"),
        ("市役所勤務", "地方公務員"),
        ("町役場", "地方公務員"),
        ("小学校", "教育系サービス業"),
        ("病院の看護師", "医療・福祉"),
        ("診療所", "医療・福祉"),
        ("保育園", "医療・福祉"),
        ("介護職", "医療・福祉"),
        ("農協", "複合サービス業"),
        ("郵便局", "複合サービス業"),
        ("神社", "サービス業(他)"),
        ("お寺の住職", "サービス業(他)"),
        ("市議会議員", "地方公務員"),
        ("国会議員", "国家公務員"),
        ("自衛官", "国家公務員"),
        ("大学病院", "医療・福祉"),
        ("自動車部品の工場", "製造"),
        ("ﾌﾟﾛｸﾞﾗﾏｰ", "情報通信"),
        ("デパート", "卸売・小売"),
        ("アパート経営", "不動産"),
    ],
)
def test_words_lead_to_their_industry(text: str, industry: str) -> None:
    word = WORDS.find(text)
    assert word is not None
    assert INDUSTRY_LABELS[WORDS.industry_of[word]] == industry


def test_the_dictionary_is_large_and_covers_every_industry() -> None:
    assert len(WORDS.industry_of) >= 600
    assert set(WORDS.industry_of.values()) == set(INDUSTRY_LABELS)


def test_every_title_is_a_word_of_the_dictionary() -> None:
    assert [title for title in WORDS.rare_titles | WORDS.public_titles if WORDS.find(title) is None] == []
    assert WORDS.rare_titles.isdisjoint(WORDS.public_titles)


@pytest.mark.parametrize("text", ["営業", "会社員", "経理事務"])
def test_work_of_any_industry_is_known(text: str) -> None:
    assert WORDS.find(text) in WORDS.in_any_industry


@pytest.mark.parametrize("text", ["見本製作所", "ロボット調教", "寺田", "Java"])
def test_names_are_not_taken_for_work(text: str) -> None:
    assert WORDS.find(text) is None


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: "",
        lambda text: text[: len(text) // 3],
        lambda text: text.replace("[any]", "[anything]"),
        lambda text: text.replace("utilities =", "utility ="),
        lambda text: text.replace('"図書館"', '"図書館", "図書館"'),
        lambda text: text.replace('"図書館"', '"図書館", "塾"'),
        lambda text: text.replace('"図書館"', "7"),
        lambda text: text.replace("version", "edition", 1),
    ],
)
def test_a_damaged_dictionary_stops_with_a_sentence(tmp_path: Path, damage: Damage) -> None:
    path = tmp_path / "occupations.toml"
    path.write_text(damage(occupations.DICTIONARY.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(ProgramDamaged, match=r"occupations\.toml"):
        occupations.load(path)


def test_the_numbers_in_force_are_those_of_the_handbook() -> None:
    numbers = rules.load().on(date(2026, 11, 23))
    assert numbers.redeclare_interval_months == 3
    assert numbers.redeclare_remind_days == (14, 7, 0)
    assert numbers.rights_request_days == 14
    assert "個人情報保護法32条〜39条" in numbers.basis["rights_request_days"]


def test_a_later_entry_takes_over_on_its_day(tmp_path: Path) -> None:
    path = tmp_path / "legal.toml"
    later = """
[[number]]
key = "rights_request_days"
value = 10
effective_from = 2027-04-01
kind = "decision"
basis = "見直し"
"""
    path.write_text(rules.RULES.read_text(encoding="utf-8") + later, encoding="utf-8")
    legal = rules.load(path)
    assert legal.on(date(2027, 3, 31)).rights_request_days == 14
    assert legal.on(date(2027, 4, 1)).rights_request_days == 10


def test_a_day_before_every_entry_has_no_numbers() -> None:
    with pytest.raises(ProgramDamaged):
        rules.load().on(date(2020, 1, 1))


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: "",
        lambda text: text[: len(text) // 2],
        lambda text: text.replace("value = 14", 'value = "14"'),
        lambda text: text.replace("value = 14", "value = -14"),
        lambda text: text.replace("value = 14", "value = true"),
        lambda text: text.replace("value = [14, 7, 0]", "value = 14"),
        lambda text: text.replace('kind = "law"', 'kind = "rumour"'),
        lambda text: text.replace('key = "crowd_at_least"', 'key = "crowd"'),
        lambda text: text.replace('key = "crowd_at_least"', 'key = "small_batch_below"'),
        lambda text: text.replace("effective_from = 2022-04-01", 'effective_from = "2022-04-01"'),
    ],
)
def test_damaged_numbers_stop_with_a_sentence(tmp_path: Path, damage: Damage) -> None:
    path = tmp_path / "legal.toml"
    path.write_text(damage(rules.RULES.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(ProgramDamaged, match=r"legal\.toml"):
        rules.load(path).on(date(2026, 11, 23))


def test_missing_rules_stop_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ProgramDamaged):
        rules.load(tmp_path / "legal.toml")
    with pytest.raises(ProgramDamaged):
        occupations.load(tmp_path / "occupations.toml")
