"""How much of a member's work the site may show."""

from __future__ import annotations

import pytest

from nakodo_desktop.domain.municipality import AreaClass, Designation, Kind, Municipality
from nakodo_desktop.domain.occupation import (
    GROUPS,
    INDUSTRY_LABELS,
    OccupationWords,
    Precision,
    coarser_hint,
    finest_allowed,
    generalise,
    rare_title_hint,
)
from nakodo_desktop.domain.rule_result import Outcome, RuleResult

WORDS = OccupationWords(
    version="test",
    industry_of={
        "図書館": "education",
        "司書": "education",
        "大学": "education",
        "消防署": "local_government",
        "市長": "local_government",
        "病院": "care",
        "大学病院": "care",
        "医師": "care",
    },
    in_any_industry=frozenset({"営業", "事務"}),
    rare_titles=frozenset({"医師"}),
    public_titles=frozenset({"市長"}),
)


def shown(
    occupation: str,
    industry: str,
    *,
    area_class: AreaClass = AreaClass.SMALL_CITY,
    precision: Precision = Precision.WORD,
) -> RuleResult:
    return generalise(occupation, industry, words=WORDS, area_class=area_class, precision=precision)


def test_a_library_in_a_small_city_is_educational_service() -> None:
    result = shown("図書館司書", "education")
    assert (result.value, result.outcome) == ("教育系サービス業", Outcome.GENERALISED)
    assert "「図書館司書」を「教育系サービス業」" in result.reason
    assert result.hint == ""


def test_a_fire_station_in_a_village_is_local_government() -> None:
    result = shown("見本町の消防署", "local_government", area_class=AreaClass.TOWN_VILLAGE)
    assert result.value == "地方公務員"


@pytest.mark.parametrize("area_class", [AreaClass.SMALL_CITY, AreaClass.TOWN_VILLAGE])
def test_an_unknown_word_in_a_small_place_blocks_and_asks(area_class: AreaClass) -> None:
    result = shown("見本製作所のロボット調教", "manufacturing", area_class=area_class)
    assert (result.value, result.outcome) == ("", Outcome.BLOCKED)
    assert "一般的な言葉に直すか、空欄に" in result.reason


def test_an_unknown_word_in_a_large_city_leaves_the_industry() -> None:
    result = shown("見本製作所のロボット調教", "manufacturing", area_class=AreaClass.LARGE)
    assert (result.value, result.outcome) == ("製造", Outcome.GENERALISED)


def test_only_words_of_the_dictionary_come_out() -> None:
    result = shown("架空区立中央図書館に勤務", "education", area_class=AreaClass.LARGE)
    assert result.value == "教育系サービス業（図書館）"
    assert "架空" not in result.value


def test_a_title_the_public_knows_never_comes_out() -> None:
    assert shown("見本市の市長", "local_government", area_class=AreaClass.LARGE).value == "地方公務員"
    assert shown("医師", "care", area_class=AreaClass.LARGE).value == "医療・福祉（医師）"


def test_no_work_told_leaves_the_chosen_industry() -> None:
    result = shown("　", "trade")
    assert (result.value, result.outcome) == ("卸売・小売", Outcome.KEPT)


def test_work_of_every_industry_is_known_but_says_nothing() -> None:
    assert shown("営業", "trade").value == "卸売・小売"
    assert shown("営業", "trade", area_class=AreaClass.LARGE).value == "卸売・小売"


def test_the_person_who_chose_the_industry_is_believed_and_asked() -> None:
    result = shown("図書館", "information", area_class=AreaClass.LARGE)
    assert result.value == "情報通信"
    assert "辞書では「図書館」は「教育系サービス業」です" in result.hint


def test_a_small_place_is_never_more_exact_than_the_industry() -> None:
    assert shown("図書館", "education", precision=Precision.WORD).value == "教育系サービス業"
    assert finest_allowed(AreaClass.TOWN_VILLAGE, office_limit=Precision.INDUSTRY) is Precision.INDUSTRY


def test_the_office_or_the_member_may_be_coarser() -> None:
    assert finest_allowed(AreaClass.SMALL_CITY, office_limit=Precision.GROUP) is Precision.GROUP
    assert finest_allowed(AreaClass.LARGE, office_limit=Precision.GROUP) is Precision.WORD
    result = shown("図書館", "education", area_class=AreaClass.LARGE, precision=Precision.GROUP)
    assert result.value == "公務・教育・福祉"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("大学病院に勤務", "大学病院"),  # the longest
        ("病院の司書", "司書"),  # of equal ones the last
        ("図書館", "図書館"),
        ("トショカン", None),
        ("", None),
    ],
)
def test_the_word_that_tells_most_counts(text: str, word: str | None) -> None:
    assert WORDS.find(text) == word


def test_every_industry_belongs_to_a_group() -> None:
    assert set(GROUPS) == set(INDUSTRY_LABELS)
    assert len(set(GROUPS.values())) == 8


def city(designation: Designation) -> Municipality:
    return Municipality(
        code="11111",
        prefecture="埼玉県",
        name="見本市",
        kind=Kind.CITY,
        designation=designation,
        area_class=AreaClass.LARGE if designation is not Designation.NONE else AreaClass.SMALL_CITY,
    )


def test_scarce_work_is_pointed_out() -> None:
    small, core, largest = city(Designation.NONE), city(Designation.CORE), city(Designation.DESIGNATED)
    assert "より粗い区分にできます" in coarser_hint("education", municipality=small, area_class=AreaClass.SMALL_CITY)
    assert coarser_hint("education", municipality=core, area_class=AreaClass.LARGE) == ""
    assert coarser_hint("manufacturing", municipality=small, area_class=AreaClass.SMALL_CITY) == ""
    assert "サービス・その他" in coarser_hint("compound", municipality=core, area_class=AreaClass.LARGE)
    assert coarser_hint("compound", municipality=largest, area_class=AreaClass.LARGE) == ""


def test_a_rare_title_is_pointed_out_in_small_places() -> None:
    assert "「医師」" in rare_title_hint("内科の医師", words=WORDS, area_class=AreaClass.SMALL_CITY)
    assert "「市長」" in rare_title_hint("市長", words=WORDS, area_class=AreaClass.TOWN_VILLAGE)
    assert rare_title_hint("内科の医師", words=WORDS, area_class=AreaClass.LARGE) == ""
    assert rare_title_hint("事務", words=WORDS, area_class=AreaClass.SMALL_CITY) == ""
