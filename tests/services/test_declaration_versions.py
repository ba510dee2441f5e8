"""New words of the declaration come as a new folder; what was signed keeps its own for ever."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

import pytest

from nakodo_desktop.paths import FORMS
from nakodo_desktop.printing.template import in_force, read_template
from nakodo_desktop.services import declarations as declaring
from nakodo_desktop.services.declarations import FORM, draw
from tests import factory
from tests.officekit import Building
from tests.printingkit import text_by_pdfium, unbroken


def test_old_and_new_words_live_side_by_side(
    building: Building, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A text is changed by a new folder: the signed sheet keeps its words, the next one has the new."""
    # GIVEN a sheet signed with the words of its day
    desk = building.enter()
    member_id = factory.member(desk, family_name="髙﨑𠮷")
    old = factory.signed(desk, member_id)
    old_pdf = draw(desk.declarations.sheet_of(old.id))
    # WHEN a new version comes into force
    forms = tmp_path / "forms"
    shutil.copytree(FORMS, forms)
    add_version(forms, "2027-01-15", says=("隠していません。", "一切隠していません。"))
    monkeypatch.setattr(declaring, "in_force", partial(in_force, root=forms))
    monkeypatch.setattr(declaring, "read_template", partial(read_template, root=forms))
    building.wait(days=80)  # 2027-02-11
    later = building.enter()
    new_sheet = later.declarations.prepare(member_id)
    new_pdf = draw(new_sheet)
    new = later.declarations.keep(new_sheet, new_pdf)
    # THEN each is drawn with its own words, byte for byte, as often as one likes
    assert (old.form_version, new.form_version) == ("2026-11-01", "2027-01-15")
    assert old.form_sha256 != new.form_sha256
    for kept, pdf in ((old, old_pdf), (new, new_pdf), (old, old_pdf)):
        again = draw(later.declarations.sheet_of(kept.id))
        assert again == pdf
        later.declarations.check_redrawn(kept.id, again)
    texts = [unbroken(text_by_pdfium(pdf.office)) for pdf in (old_pdf, new_pdf)]
    assert ["一切隠していません" in text for text in texts] == [False, True]
    assert ["2027-01-15版" in text for text in texts] == [False, True]
    # AND a text that comes into force only tomorrow is not used today
    add_version(forms, "2027-02-12", says=("隠していません。", "決して隠していません。"))
    assert later.declarations.prepare(member_id).facts.text_version == "2027-01-15"


def add_version(forms: Path, version: str, *, says: tuple[str, str]) -> None:
    """A copy of the first words, dated anew, with one sentence changed."""
    first = (forms / FORM / "2026-11-01" / "form.toml").read_text(encoding="utf-8")
    assert says[0] in first
    folder = forms / FORM / version
    folder.mkdir()
    (folder / "form.toml").write_text(first.replace("2026-11-01", version).replace(*says), encoding="utf-8")
