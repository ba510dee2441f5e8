"""The words of a form are read whole and unchanged, or the print stops."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from nakodo_desktop.errors import NotPrintable
from nakodo_desktop.paths import FORMS
from nakodo_desktop.printing.template import DECLARATION, fill, in_force, read_template, versions
from tests.printingkit import VERSION


@pytest.fixture
def forms(tmp_path: Path) -> Path:
    shutil.copytree(FORMS, tmp_path / "forms")
    return tmp_path / "forms"


def add_version(forms: Path, version: str) -> Path:
    folder = forms / DECLARATION / version
    shutil.copytree(forms / DECLARATION / VERSION, folder)
    form = folder / "form.toml"
    form.write_text(form.read_text(encoding="utf-8").replace(f'"{VERSION}"', f'"{version}"'), encoding="utf-8")
    return form


def test_shipped_versions_are_listed_oldest_first(forms: Path):
    add_version(forms, "2027-04-01")
    (forms / DECLARATION / "draft").mkdir()
    assert versions(DECLARATION, root=forms) == (VERSION, "2027-04-01")


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 10, 31), VERSION),  # an office that starts before the first day uses the first words
        (date(2026, 11, 1), VERSION),
        (date(2027, 3, 31), VERSION),
        (date(2027, 4, 1), "2027-04-01"),
    ],
)
def test_newest_version_whose_day_has_come_is_in_force(forms: Path, day: date, expected: str):
    add_version(forms, "2027-04-01")
    assert in_force(DECLARATION, on=day, root=forms).version == expected


def test_an_old_version_can_still_be_read_when_a_newer_is_in_force(forms: Path):
    before = read_template(DECLARATION, version=VERSION, root=forms)
    add_version(forms, "2027-04-01")
    assert read_template(DECLARATION, version=VERSION, root=forms) == before


def test_checksum_does_not_depend_on_line_ends(forms: Path):
    form = forms / DECLARATION / VERSION / "form.toml"
    before = read_template(DECLARATION, version=VERSION, root=forms)
    form.write_bytes(form.read_bytes().replace(b"\n", b"\r\n"))
    assert read_template(DECLARATION, version=VERSION, root=forms) == before


def test_checksum_changes_with_a_single_letter(forms: Path):
    form = forms / DECLARATION / VERSION / "form.toml"
    before = read_template(DECLARATION, version=VERSION, root=forms).sha256
    form.write_text(form.read_text(encoding="utf-8").replace("誓約", "制約", 1), encoding="utf-8")
    assert read_template(DECLARATION, version=VERSION, root=forms).sha256 != before


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: "",
        lambda text: text[: len(text) // 2],
        lambda text: text.replace("title =", "titel ="),
        lambda text: text.replace("layout = 1", 'layout = "1"'),
        lambda text: text.replace("[[clauses]]", "[clauses]", 1),
        lambda text: text.replace('heading = "独身であること"', 'heading = ""'),
        lambda text: text.replace("[words]", "words = 1"),
        lambda text: text.replace(f'version = "{VERSION}"', 'version = "2020-01-01"'),
        lambda text: text.replace(f'form = "{DECLARATION}"', 'form = "other"'),
    ],
)
def test_malformed_form_stops(forms: Path, damage):
    form = forms / DECLARATION / VERSION / "form.toml"
    form.write_text(damage(form.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(NotPrintable):
        read_template(DECLARATION, version=VERSION, root=forms)


def test_form_that_is_not_utf8_stops(forms: Path):
    form = forms / DECLARATION / VERSION / "form.toml"
    form.write_bytes(form.read_text(encoding="utf-8").encode("cp932"))
    with pytest.raises(NotPrintable):
        read_template(DECLARATION, version=VERSION, root=forms)


@pytest.mark.parametrize("form", ["", "..", "../forms", "/etc", "Single", "absent_form"])
def test_unknown_form_stops(form: str):
    with pytest.raises(NotPrintable):
        versions(form)


@pytest.mark.parametrize("version", ["", "..", "2026-11-1", "2026-11-01/..", "2099-01-01"])
def test_unknown_version_stops(version: str):
    with pytest.raises(NotPrintable):
        read_template(DECLARATION, version=version)


def test_form_without_versions_stops(tmp_path: Path):
    (tmp_path / DECLARATION).mkdir()
    with pytest.raises(NotPrintable, match="版がありません"):
        versions(DECLARATION, root=tmp_path)


def test_values_are_put_in_once():
    assert (
        fill("{name}は{valid_months}か月", {"name": "{valid_months}", "valid_months": "3"}) == "{valid_months}は3か月"
    )


def test_a_hole_in_a_sentence_stops():
    with pytest.raises(NotPrintable, match="lawyer"):
        fill("貴相談所が{lawyer}に", {"valid_months": "3"})


def test_each_shipped_form_says_where_it_comes_from():
    folders = [folder for folder in FORMS.glob("*/*") if folder.is_dir()]
    assert folders
    assert [folder for folder in folders if not (folder / "SOURCE.md").is_file()] == []
