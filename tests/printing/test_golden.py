"""Released words and layouts, kept for ever: a sheet signed years ago comes out again byte for byte.

A new version or a new layout: `python -m tests.printing.test_golden` adds it, and the commit says why.
A checksum of an already released version that changes means that signed sheets can no longer be reprinted.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from nakodo_desktop.paths import FORMS
from nakodo_desktop.printing.consent_sheet import render_consent_sheet
from nakodo_desktop.printing.declaration import render_declaration
from nakodo_desktop.printing.template import CONSENT_SHEET, DECLARATION, read_template, versions
from tests.printingkit import consent_sheet, declaration_facts, lines_on

GOLDEN = Path(__file__).resolve().parent.parent / "golden" / "printing"
RELEASED = GOLDEN / "released.json"  # {"form/version": {"words": sha256, "sample": sha256}}
FORMS_RELEASED = sorted(f"{folder.parent.name}/{folder.name}" for folder in FORMS.glob("*/*") if folder.is_dir())


def sample_declaration(version: str) -> bytes:
    template = read_template(DECLARATION, version=version)
    return render_declaration(
        template, declaration_facts(text_version=version, text_sha256=template.sha256, legal_name="𠮷髙 﨑𣘺")
    )


def sample_consent_sheet(version: str) -> bytes:
    return render_consent_sheet(read_template(CONSENT_SHEET, version=version), consent_sheet())


SAMPLES = {DECLARATION: sample_declaration, CONSENT_SHEET: sample_consent_sheet}


def pinned() -> dict[str, dict[str, str]]:
    read: dict[str, dict[str, str]] = json.loads(RELEASED.read_text(encoding="utf-8"))
    return read


def checksums(name: str) -> dict[str, str]:
    form, version = name.split("/")
    sample = SAMPLES[form](version)
    return {
        "words": read_template(form, version=version).sha256,
        "sample": hashlib.sha256(sample).hexdigest(),
    }


@pytest.mark.parametrize("name", FORMS_RELEASED)
def test_released_form_is_printed_byte_for_byte_as_ever(name: str):
    assert checksums(name) == pinned()[name]


def test_no_released_form_has_gone():
    assert set(pinned()) == set(FORMS_RELEASED)


@pytest.mark.parametrize("version", versions(DECLARATION))
def test_every_text_of_the_declaration_stands_where_it_stood(version: str):
    kept = json.loads((GOLDEN / f"declaration-{version}.json").read_text(encoding="utf-8"))
    assert [list(line) for line in lines_on(sample_declaration(version))] == kept


def regenerate() -> None:
    GOLDEN.mkdir(parents=True, exist_ok=True)
    write(RELEASED, {name: checksums(name) for name in FORMS_RELEASED})
    for version in versions(DECLARATION):
        write(GOLDEN / f"declaration-{version}.json", lines_on(sample_declaration(version)))


def write(path: Path, content: object) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=1)
    path.write_text(text.replace("[\n  ", "[").replace(",\n  ", ", ").replace("\n ]", "]") + "\n", encoding="utf-8")


if __name__ == "__main__":
    regenerate()
