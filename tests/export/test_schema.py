"""The JSON Schemas in docs/ are those of the program, and the models take nothing but the form."""

from __future__ import annotations

import json
import re
from typing import get_args

import pytest

from nakodo_desktop.domain import site_item
from nakodo_desktop.export.canonical_json import canonical_json, is_canonical
from nakodo_desktop.export.findings import Finding, Reason
from nakodo_desktop.export.schema import (
    Manifest,
    ProfileRow,
    ProfilesFile,
    RelativeRow,
    parse,
    profiles_json,
    site_profile_of,
)
from tests.bundlekit import site_profiles
from tests.source_tree import ROOT
from tools.build_schemas import SCHEMAS, schema_text


@pytest.mark.parametrize("name", SCHEMAS)
def test_schema_in_docs_is_current(name: str):
    assert (ROOT / name).read_text(encoding="utf-8") == schema_text(SCHEMAS[name])


def test_words_of_the_form_are_the_same_in_domain_and_schema():
    assert get_args(ProfileRow.model_fields["sex"].annotation) == site_item.SEXES
    assert get_args(ProfileRow.model_fields["education"].annotation) == site_item.EDUCATIONS
    assert get_args(ProfileRow.model_fields["new_religion"].annotation) == site_item.DECLARED_FLAGS
    assert get_args(ProfileRow.model_fields["disability"].annotation) == site_item.DECLARED_FLAGS
    assert get_args(RelativeRow.model_fields["relation"].annotation) == site_item.RELATIONS
    assert get_args(RelativeRow.model_fields["state"].annotation) == site_item.LIVING_STATES


def test_profiles_come_back_as_they_were():
    rows = site_profiles(4)
    parsed = parse(ProfilesFile, profiles_json(rows, batch="0" * 26), reason=Reason.PROFILE_MALFORMED)
    assert isinstance(parsed, ProfilesFile)
    assert [site_profile_of(row) for row in parsed.profiles] == rows


def told(change: dict[str, object], *, without: str = "") -> list[Finding]:
    document = json.loads(profiles_json(site_profiles(2), batch="0" * 26))
    document["profiles"][1] |= change
    document["profiles"][1].pop(without, None)
    parsed = parse(ProfilesFile, canonical_json(document), reason=Reason.PROFILE_MALFORMED)
    assert isinstance(parsed, list)
    return parsed


def test_every_problem_is_listed_with_its_place_and_no_value():
    findings = told({"sex": "ひみつの値", "blood_type": "A", "birth_year": "1988", "photos": []}, without="skills")
    where = [finding.where for finding in findings]
    assert len(where) == 5
    assert "profiles・2件目・sex: 決められた言葉ではありません" in where
    assert "profiles・2件目・blood_type: 書式にない項目です" in where
    assert "profiles・2件目・skills: ありません" in where
    assert "ひみつ" not in "".join(where)


@pytest.mark.parametrize(
    "change",
    [
        {"legal_name": "見本 太郎"},
        {"height_cm": 172},
        {"height_cm": {"low": 170, "high": 174, "exact": 172}},
        {"family": [{"relation": "父", "state": "存命", "age": 60}]},
        {"family": [{"relation": "妻", "state": "存命"}]},
        {"photos": ["photos/../x.jpg"]},
        {"photos": ["photos/" + "a" * 26 + ".jpg"] * 2},
        {"site_id": "F" * 26},
        {"birth_month_day": "13-01"},
        {"hobbies": "a\tb"},
    ],
)
def test_anything_but_the_form_is_refused(change: dict[str, object]):
    assert {finding.reason for finding in told(change)} == {Reason.PROFILE_MALFORMED}


def test_lines_may_break_in_free_text_and_nowhere_else():
    document = json.loads(profiles_json(site_profiles(1), batch="0" * 26))
    document["profiles"][0]["hobbies"] = "山歩き\n写真"
    assert isinstance(parse(ProfilesFile, canonical_json(document), reason=Reason.PROFILE_MALFORMED), ProfilesFile)
    assert told({"pseudonym": "あお\nぞら"})


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"\xff",
        b'{"a":1,"a":2}',
        b'{"b":1,"a":2}',
        b'{"a": 1}',
        b'{"a":1}\n',
        b'{"a":NaN}',
        b'{"a":1e2}',
        b'{"a":"\\u3042"}',
        b'{"a":"\\ud800"}',
        b"[" * 100_000,
    ],
)
def test_json_has_one_writing_only(data: bytes):
    assert not is_canonical(data)


def test_the_one_writing_is_taken():
    assert is_canonical(canonical_json({"葛󠄀": ["𠮷", None, True, 1], "a": {}}))


def test_the_page_for_associations_names_every_key_and_every_code():
    page = (ROOT / "docs/site-profile-format.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([a-z0-9_]+)`", page))
    assert set(ProfileRow.model_fields) <= named
    assert set(Manifest.model_fields) <= named
    assert {reason.value for reason in Reason} <= named
