"""What leaves, by which rule, and what stops it."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nakodo_desktop.domain import catalog
from nakodo_desktop.domain.fields import Kind, SiteRule
from nakodo_desktop.domain.leak_finding import Finding, LeakKind
from nakodo_desktop.domain.leak_scan import OwnFacts, index_own, scan
from nakodo_desktop.domain.municipality import AreaClass
from nakodo_desktop.domain.rule_result import Outcome
from nakodo_desktop.domain.site_context import Coarsening, Declined, SiteContext
from nakodo_desktop.domain.site_item import SITE_LABELS, Relative, SiteProfile, Span
from nakodo_desktop.domain.site_profile import ITEM_NUMBERS, ItemTrace, SiteDraft, build
from nakodo_desktop.domain.site_rules import RULES
from nakodo_desktop.domain.values import Value
from tests.domain.sitekit import ALL_CONSENTS, OFFICE, SITE_ID, SMALL_CITY, TOWN, answers, context

READ_BY_RULES = frozenset(catalog.SITE_FIELDS) | catalog.SITE_STEERING
NEVER_EXPORTED = tuple(fact for fact in catalog.FIELDS.values() if fact.key not in READ_BY_RULES)


def draft(with_context: SiteContext | None = None, **changes: Value) -> SiteDraft:
    return build(answers(**changes), with_context or context())


def profile(with_context: SiteContext | None = None, **changes: Value) -> SiteProfile:
    made = draft(with_context, **changes).profile
    assert made is not None
    return made


def item(made: SiteDraft, key: str) -> ItemTrace:
    return next(one for one in made.items if one.key == key)


# What is allowed out


def test_the_rules_are_exactly_the_catalogues_and_the_twelve_items():
    ruled = {key for rules in RULES.values() for key in rules}
    assert ruled == set(catalog.SITE_FIELDS)
    assert set(RULES) == set(SiteRule) - {SiteRule.NEVER, SiteRule.SCHOOL}
    assert all(catalog.FIELDS[key].site is rule for rule, rules in RULES.items() for key in rules)
    leaving = {fact.key for fact in catalog.FIELDS.values() if fact.site is not SiteRule.NEVER}
    assert leaving == READ_BY_RULES


def test_the_twelve_items_sex_and_photo_are_all_there_is():
    assert set(ITEM_NUMBERS) == set(SITE_LABELS) - {"site_id"} == {f.name for f in fields(SiteProfile)} - {"site_id"}
    assert {int(number) for number in ITEM_NUMBERS.values() if number != "–"} == set(range(1, 13))
    assert [key for key, number in ITEM_NUMBERS.items() if number == "–"] == ["sex", "photos"]


def test_a_member_who_agreed_to_everything_leaves_like_this():
    assert profile() == SiteProfile(
        site_id=SITE_ID,
        pseudonym="そらの",
        sex="女性",
        height_cm=Span.exact(158),
        weight_kg=Span.exact(51),
        new_religion="なし",
        disability="なし",
        area_label="大阪府大阪市",
        industry_label="教育系サービス業（図書館）",
        employment_type="正社員",
        birth_year=1990,
        birth_month_day=None,
        education="大卒",
        school_name=None,
        hobbies="散歩と読書",
        qualifications="普通自動車免許",
        skills="編み物",
        family=(
            Relative(relation="父", state="存命"),
            Relative(relation="母", state="逝去"),
            Relative(relation="弟", state="存命"),
        ),
        photos=("photos/a.jpg",),
    )


def test_every_item_says_why_in_japanese():
    made = draft()
    assert [one.key for one in made.items] == [key for key in SITE_LABELS if key != "site_id"]
    assert all(one.reason.endswith("。") for one in made.items)


def test_nothing_of_the_member_stands_in_a_log_line():
    line = repr(draft())
    for told in ("花子", "158", "1990", "架空女子大学", "散歩", "大阪", "そらの"):
        assert told not in line


VALUES: dict[Kind, st.SearchStrategy[Value]] = {
    Kind.TEXT: st.text(min_size=1, max_size=20),
    Kind.NOTE: st.text(min_size=1, max_size=40),
    Kind.KANA: st.text("あかさたなはまやらわ", min_size=1, max_size=8),
    Kind.INT: st.integers(0, 99_999),
    Kind.DATE: st.dates(date(1940, 1, 1), date(2026, 1, 1)),
    Kind.FLAG: st.booleans(),
    Kind.PHONE: st.just("090-0000-9999"),
    Kind.EMAIL: st.just("someone@example.jp"),
    Kind.POSTAL_CODE: st.just("100-9999"),
    Kind.WISH: st.tuples(st.sampled_from(["any", "must"]), st.text(max_size=10)),
}


@st.composite
def one_never_exported_answer(draw: st.DrawFn) -> dict[str, Value]:
    fact = draw(st.sampled_from(NEVER_EXPORTED))
    if fact.choices:
        return {fact.key: draw(st.sampled_from([value for value, _ in fact.choices]))}
    return {fact.key: draw(VALUES[fact.kind])}


@settings(max_examples=400)
@given(one_never_exported_answer())
def test_an_answer_that_never_leaves_never_changes_what_leaves(change: dict[str, Value]):
    assert draft(**change) == draft()


# Measures, places, work


def test_measures_are_banded_when_the_office_says_so():
    made = draft(context(office=replace(OFFICE, bands_measures=True)))
    assert made.profile is not None
    assert (made.profile.height_cm.label, made.profile.weight_kg.label) == ("155～159", "50～54")
    assert item(made, "height_cm").outcome is Outcome.GENERALISED
    assert "158cmから155～159cmへまるめました" in item(made, "height_cm").reason


def test_an_exact_measure_comes_with_the_offer_to_band_it():
    assert "刻み" in item(draft(), "height_cm").hint


def test_one_member_may_be_shown_coarser_than_the_rules():
    made = profile(context(coarser=frozenset(Coarsening)))
    assert made.height_cm == Span(low=155, high=159)
    assert made.area_label == "大阪府市部"
    assert made.industry_label == "公務・教育・福祉"


def test_outside_large_cities_work_is_an_industry():
    made = profile(context(municipality=SMALL_CITY, area_class=AreaClass.SMALL_CITY))
    assert (made.area_label, made.industry_label) == ("見本県架空市", "教育系サービス業")


def test_a_town_is_not_named():
    made = draft(context(municipality=TOWN, area_class=AreaClass.TOWN_VILLAGE))
    assert item(made, "area_label").shown == "見本県郡部"


def test_unknown_work_in_a_small_city_blocks_at_the_field_to_mend():
    made = draft(context(municipality=SMALL_CITY, area_class=AreaClass.SMALL_CITY), occupation="架空焼の窯元")
    assert made.profile is None
    assert [problem.field_key for problem in made.blockers] == ["occupation"]


def test_an_unknown_municipality_blocks():
    made = draft(context(municipality=None, area_class=AreaClass.TOWN_VILLAGE))
    assert "municipality" in {problem.field_key for problem in made.blockers}


# Special care: two consents each, whatever the value


@pytest.mark.parametrize("missing", sorted(ALL_CONSENTS - {"consent_provide"}))
def test_one_missing_consent_blocks_the_item_even_when_the_answer_is_no(missing: str):
    made = draft(context(consents=ALL_CONSENTS - {missing}))
    key = "new_religion_flag" if missing.endswith("religion") else "disability_flag"
    assert made.profile is None
    assert [problem.field_key for problem in made.blockers] == [key]


def test_declined_blocks_until_the_office_has_decided_how_to_show_it():
    assert draft(disability_flag="declined").profile is None
    shown = profile(context(declined=Declined.SHOW), disability_flag="declined")
    assert shown.disability == "回答しない"


# Birth, education, school


def test_month_and_day_leave_only_when_the_member_wants_it():
    assert profile().birth_month_day is None
    assert profile(show_birth_month_day=False).birth_month_day is None
    assert profile(show_birth_month_day=True).birth_month_day == "12-24"


@pytest.mark.parametrize(
    ("level", "word"),
    [("high_school", "高卒"), ("vocational", "専門卒"), ("university", "大卒"), ("graduate", "大卒")],
)
def test_education_has_three_words(level: str, word: str):
    assert profile(education_level=level).education == word


def test_the_reason_says_from_what_to_what():
    assert "「大学院」から「大卒」へまるめました" in item(draft(education_level="graduate"), "education").reason


@pytest.mark.parametrize("level", ["junior_high", "junior_college"])
def test_a_level_without_a_word_waits_for_the_member_to_choose(level: str):
    made = draft(education_level=level)
    assert [problem.field_key for problem in made.blockers] == ["education_on_site"]


@pytest.mark.parametrize(
    ("level", "chosen", "word"),
    [
        ("junior_high", "high_school", "高卒"),
        ("junior_college", "vocational", "専門卒"),
        ("junior_college", "high_school", "高卒"),
    ],
)
def test_the_member_chooses_among_the_words_that_do_not_flatter(level: str, chosen: str, word: str):
    assert profile(education_level=level, education_on_site=chosen).education == word


@pytest.mark.parametrize(
    ("level", "chosen"),
    [("junior_high", "vocational"), ("junior_high", "university"), ("junior_college", "university")],
)
def test_education_never_maps_upward(level: str, chosen: str):
    assert draft(education_level=level, education_on_site=chosen).profile is None


def test_a_left_over_choice_does_not_raise_a_level_that_has_a_word():
    assert profile(education_level="high_school", education_on_site="university").education == "高卒"


def test_the_school_leaves_only_by_opt_in_and_is_scanned():
    assert profile().school_name is None
    assert profile(show_school_name=True).school_name == "架空女子大学"
    own = index_own(OwnFacts(given_name="花子", school="架空女子大学"))
    scanning = context(scan=lambda text: scan(text, own))
    assert profile(scanning, show_school_name=True).school_name == "架空女子大学"
    assert draft(scanning, show_school_name=True, school_name="架空学園（花子）").profile is None


def test_the_school_in_a_small_place_comes_with_a_warning():
    small = context(municipality=SMALL_CITY, area_class=AreaClass.SMALL_CITY)
    assert "学校名から" in item(draft(small, show_school_name=True), "school_name").hint


# Texts


def found(text: str, *, blocks: bool) -> tuple[Finding, ...]:
    return (Finding(LeakKind.OTHER_SURNAME, 0, 2, text[:2], "", "", blocks),) if text.startswith("散歩") else ()


def test_a_text_with_a_leak_does_not_leave_and_shows_where_it_is():
    made = draft(context(scan=lambda text: found(text, blocks=True)))
    assert made.profile is None
    assert [problem.field_key for problem in made.blockers] == ["hobbies"]
    assert item(made, "hobbies").findings[0].shown == "散歩"
    assert item(made, "hobbies").shown == ""


def test_a_doubtful_word_leaves_with_a_typed_reason_only():
    doubtful = context(scan=lambda text: found(text, blocks=False))
    assert draft(doubtful).profile is None
    assert draft(replace(doubtful, accepted={("hobbies", "散歩"): "  "})).profile is None
    assert profile(replace(doubtful, accepted={("hobbies", "散歩"): "人の名前ではない"})).hobbies == "散歩と読書"


def test_a_reason_does_not_lift_a_leak_that_blocks():
    stopping = context(scan=lambda text: found(text, blocks=True), accepted={("hobbies", "散歩"): "よい"})
    assert draft(stopping).profile is None


def test_empty_texts_leave_empty():
    made = profile(hobbies=None, qualifications="", skills="  ")
    assert (made.hobbies, made.qualifications, made.skills) == ("", "", "")


# Required things


@pytest.mark.parametrize(
    "key",
    [
        "pseudonym",
        "sex",
        "height_cm",
        "weight_kg",
        "new_religion_flag",
        "disability_flag",
        "industry",
        "employment_type",
        "birth_date",
        "education_level",
        "family_members",
    ],
)
def test_a_missing_item_is_named_at_its_field(key: str):
    made = draft(**{key: None})
    assert made.profile is None
    assert [problem.field_key for problem in made.blockers] == [key]


def test_no_photo_no_listing():
    assert [problem.field_key for problem in draft(context(photos=())).blockers] == ["photo_upper"]


def test_a_pseudonym_is_told_as_a_replacement_not_as_the_fact_itself():
    told = next(trace for trace in draft(pseudonym="そらの").items if trace.key == "pseudonym")
    assert (told.outcome, told.before) == (Outcome.REPLACED, "本名")


def test_a_pseudonym_that_hints_at_the_name_blocks():
    assert [problem.field_key for problem in draft(pseudonym="はなの").blockers] == ["pseudonym"]


def test_the_rule_version_names_rules_dictionary_and_class():
    assert draft().rule_version.endswith("/test/LARGE")
