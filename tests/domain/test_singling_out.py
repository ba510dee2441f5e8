"""The report on who can be picked out, held against a count by brute force."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from nakodo_desktop.domain.singling_out import (
    ITEMS,
    Report,
    report,
    rows_of,
    sizes_in_words,
    smallest_class,
    summary,
    words_of,
)
from nakodo_desktop.domain.site_context import Coarsening
from nakodo_desktop.domain.site_item import SiteProfile, Span
from nakodo_desktop.domain.site_profile import build
from tests.domain.sitekit import answers, context

ONE = build(answers(), context()).profile
assert ONE is not None


def person(number: int, **changes: object) -> SiteProfile:
    return replace(ONE, site_id=f"{number:026x}", **changes)  # type: ignore[arg-type]  # by name


def test_people_alike_are_not_singled_out():
    found = report([person(i) for i in range(12)])
    assert found.singled_out == ()
    assert found.smallest_class == 12
    assert found.people_below() == 0


def test_one_different_year_singles_out_by_one_item():
    found = report([*(person(i) for i in range(11)), person(11, birth_year=1971)])
    (alone,) = found.singled_out
    assert alone.site_id == f"{11:026x}"
    assert [combo.items for combo in alone.alone_by] == [("birth_year",)]
    assert alone.people_alike == 1
    assert words_of(alone.alone_by[0], person(11, birth_year=1971)) == "生年「1971」の人は、この一覧に1人だけです。"
    assert dict(found.class_sizes) == {11: 11, 1: 1}
    assert found.people_below() == 1
    assert summary(found) == (
        "12人のうち1人は、3つ以内の項目で1人に絞られます。すべての項目が同じ人が10人に満たない方は1人です。"
    )


def test_only_the_shortest_combinations_are_told():
    people = [person(0, birth_year=1980, sex="男性"), person(1, birth_year=1980), person(2, sex="男性"), person(3)]
    found = report(people)
    assert all(set(one.alone_by[0].items) == {"sex", "birth_year"} for one in found.people)
    assert all(len(one.alone_by) == 1 for one in found.people)


def test_what_could_be_coarser_is_offered_where_it_would_help():
    tall = person(9, height_cm=Span.exact(188))
    assert report([*(person(i) for i in range(9)), tall]).singled_out[0].coarsenings == (Coarsening.BAND_MEASURES,)
    banded = person(9, height_cm=Span(low=185, high=189))
    assert report([*(person(i) for i in range(9)), banded]).singled_out[0].coarsenings == ()


def test_an_empty_batch_has_no_class():
    assert report([]).smallest_class == 0
    assert smallest_class([]) == 0


@settings(max_examples=60)
@given(
    st.lists(
        st.builds(
            lambda sex, year, area, height: {
                "sex": sex,
                "birth_year": year,
                "area_label": area,
                "height_cm": Span.exact(height),
            },
            st.sampled_from(["男性", "女性"]),
            st.integers(1985, 1987),
            st.sampled_from(["見本県架空市", "見本県郡部"]),
            st.integers(160, 162),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_the_report_equals_a_count_by_hand(changes: list[dict[str, object]]):
    people = [person(i, **change) for i, change in enumerate(changes)]
    rows = rows_of(people)
    for one, row in zip(report(people).people, rows, strict=True):
        assert one.people_alike == rows.count(row)
        alone = {
            places
            for size in (1, 2, 3)
            for places in combinations(range(len(ITEMS)), size)
            if sum(all(other[p] == row[p] for p in places) for other in rows) == 1
        }
        shortest = min((len(places) for places in alone), default=0)
        expected = {tuple(ITEMS[p] for p in places) for places in alone if len(places) == shortest}
        assert {combo.items for combo in one.alone_by} == expected


def test_sizes_are_told_from_the_loneliest_up():
    sizes = {7: 7, 1: 3, 2: 4, 12: 12, 5: 5}
    assert sizes_in_words(Report((), sizes)) == (
        "すべての項目が同じ人どうしを組にすると、1人だけの方が3人、2人の組の方が4人、5人の組の方が5人、"
        "7人の組の方が7人、それより大きな組の方が12人です。"
    )
    assert sizes_in_words(Report((), {})) == ""
