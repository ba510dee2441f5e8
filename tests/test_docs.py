"""Documents that would be wrong without anybody noticing: links, the example of an answers file, forbidden promises."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from nakodo_desktop.domain import catalog
from nakodo_desktop.domain.answers import read_answer
from nakodo_desktop.domain.profile import check
from nakodo_desktop.domain.values import Trouble
from tests.source_tree import ROOT, relative

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "resources/THIRD_PARTY.md"])
TODAY = date(2026, 11, 23)


@pytest.mark.parametrize("document", DOCUMENTS, ids=relative)
def test_links_lead_somewhere(document: Path):
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8"))
    local = [link for link in links if "://" not in link]
    assert [link for link in local if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", [path for path in DOCUMENTS if path.is_relative_to(ROOT / "docs")], ids=relative)
def test_files_named_in_docs_exist(document: Path):
    named = re.findall(r"`((?:docs|benchmarks|resources|tools)/[\w./-]+\.\w+)`", document.read_text(encoding="utf-8"))
    assert [name for name in named if not (ROOT / name).exists()] == []


def example() -> dict[str, object]:
    block = re.search(r"```json\n(.+?)```", (ROOT / "docs/intake.md").read_text(encoding="utf-8"), re.DOTALL)
    assert block is not None
    answers: dict[str, object] = json.loads(block[1])
    return answers


def test_the_example_of_an_answers_file_is_taken_in():
    read = {key: read_answer(catalog.FIELDS[key], raw) for key, raw in example().items()}
    assert {key: answer.message for key, answer in read.items() if isinstance(answer, Trouble)} == {}
    answers = {key: answer for key, answer in read.items() if not isinstance(answer, Trouble)}
    assert check(answers, today=TODAY, knows_municipality=lambda code: code == answers["municipality"]) == ()


PROMISES = ("完全に消去", "改ざん不可能", "匿名", "個人情報ではない", "メモリから消える", "漏洩の心配はございません")


@pytest.mark.parametrize("document", [ROOT / "README.md", *sorted((ROOT / "docs/guide").glob("*.md"))], ids=relative)
def test_the_guide_promises_nothing_it_cannot_keep(document: Path):
    text = document.read_text(encoding="utf-8")
    assert [promise for promise in PROMISES if promise in text] == []
