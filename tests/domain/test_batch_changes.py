"""New, changed, unchanged, removed: everybody once, and what the change gives away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from nakodo_desktop.domain.batch_changes import Prepared, cautions, compare, content_sha256
from nakodo_desktop.domain.provision import Change, Listing
from nakodo_desktop.domain.site_item import Span
from nakodo_desktop.domain.site_profile import build
from tests.domain.sitekit import answers, context

DAY = date(2026, 11, 23)


def listing(uid: str, content: str = "1") -> Listing:
    return Listing(member_uid=uid, site_id=f"s{uid}", content_sha256=content, seq=1, day=DAY, since=DAY)


def prepared(uid: str, content: str = "1") -> Prepared:
    return Prepared(uid, f"s{uid}", content)


def test_each_member_has_one_change():
    found = compare([listing("a"), listing("b"), listing("c")], [prepared("a"), prepared("b", "2"), prepared("d")])
    assert [member.member_uid for member in found.new] == ["d"]
    assert [member.member_uid for member in found.changed] == ["b"]
    assert [member.member_uid for member in found.unchanged] == ["a"]
    assert [member.member_uid for member in found.removed] == ["c"]
    assert [found.change_of(uid) for uid in "abcde"] == [
        Change.UNCHANGED,
        Change.CHANGED,
        Change.REMOVED,
        Change.NEW,
        None,
    ]


def test_a_new_site_id_is_a_change():
    assert compare([listing("a")], [Prepared("a", "other", "1")]).changed


def test_the_first_batch_is_all_new():
    found = compare([], [prepared("b"), prepared("a")])
    assert [member.site_id for member in found.new] == ["sa", "sb"]


UIDS = st.dictionaries(st.sampled_from("abcdefghij"), st.sampled_from("123"))


@given(before=UIDS, after=UIDS)
def test_nobody_is_lost_or_counted_twice(before: dict[str, str], after: dict[str, str]):
    found = compare(
        [listing(uid, content) for uid, content in before.items()],
        [prepared(uid, content) for uid, content in after.items()],
    )
    everybody = [m.member_uid for m in (*found.new, *found.changed, *found.unchanged, *found.removed)]
    assert sorted(everybody) == sorted(before.keys() | after.keys())
    assert found.count == len(after)
    assert found.is_nothing_new == (before == after)


def test_names_of_photo_files_are_no_change_but_their_pixels_are():
    one = build(answers(), context()).profile
    other = build(answers(), context(photos=("photos/z.jpg",))).profile
    assert one is not None
    assert other is not None
    assert content_sha256(one, ["aa"]) == content_sha256(other, ["aa"])
    assert content_sha256(one, ["aa"]) != content_sha256(one, ["bb"])
    assert content_sha256(one, ["aa"]) != content_sha256(replace(one, height_cm=Span.exact(159)), ["aa"])


def test_a_small_batch_and_few_comings_and_goings_are_pointed_out():
    many = [prepared(str(i)) for i in range(30)]
    before = [listing(str(i)) for i in range(28)]
    assert cautions(compare(before, many), is_first=False)[0].startswith("前回からの出入りは、新規2人です。")
    assert cautions(compare([], many), is_first=True) == ()
    assert "20人未満" in cautions(compare([], many[:19]), is_first=True)[0]
    assert cautions(compare(before, many[:28]), is_first=False) == ()
