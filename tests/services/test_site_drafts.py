"""What the leak scan is told of a member."""

from __future__ import annotations

from nakodo_desktop.domain.leak_scan import index_own, scan
from nakodo_desktop.reference import municipalities
from nakodo_desktop.services.site_drafts import own_facts

NISHI_WARD_OF_YOKOHAMA = "14103"


def test_ward_the_site_hides_is_found_in_the_members_own_words():
    place = municipalities.load().get(NISHI_WARD_OF_YOKOHAMA)
    found = scan("西区の静かな街が好きです。", index_own(own_facts({}, place)))
    assert [one.shown for one in found] == ["西区"]
    assert found[0].blocks


def test_without_a_home_nothing_is_hidden():
    assert scan("西区の静かな街が好きです。", index_own(own_facts({}, None))) == ()
