"""docs/test-matrix.md and the tests name the same cases."""

from __future__ import annotations

import re

from tests.source_tree import ROOT

_ROW = re.compile(r"^\| (T\d\d) \| [^|]+ \| ([^|]+) \|", re.MULTILINE)
_FILE = re.compile(r"`(tests/[\w/]+\.py)`")
_CASE = re.compile(r"(?<![A-Za-z0-9])T\d\d(?![0-9A-Za-z])")


def _cases_in(path: str) -> set[str]:
    return set(_CASE.findall((ROOT / path).read_text(encoding="utf-8")))


def test_every_case_is_in_the_matrix_once() -> None:
    rows = _ROW.findall((ROOT / "docs" / "test-matrix.md").read_text(encoding="utf-8"))
    cases = [case for case, _ in rows]
    assert len(cases) == len(set(cases)) == 59


def test_the_matrix_names_the_files_that_have_the_cases() -> None:
    claimed: dict[str, set[str]] = {}
    for case, where in _ROW.findall((ROOT / "docs" / "test-matrix.md").read_text(encoding="utf-8")):
        for path in _FILE.findall(where):
            claimed.setdefault(path, set()).add(case)
    for path, cases in claimed.items():
        assert cases <= _cases_in(path), f"{path} has no {sorted(cases - _cases_in(path))}"


def test_every_case_of_the_vault_tests_is_credited() -> None:
    credited = {
        (case, path)
        for case, where in _ROW.findall((ROOT / "docs" / "test-matrix.md").read_text(encoding="utf-8"))
        for path in _FILE.findall(where)
    }
    found = {
        (case, path.relative_to(ROOT).as_posix())
        for path in (ROOT / "tests" / "vault").rglob("test_*.py")
        for case in _cases_in(path.relative_to(ROOT).as_posix())
    }
    assert found - credited == set()


def test_every_file_the_matrix_names_is_there() -> None:
    named = _FILE.findall((ROOT / "docs" / "test-matrix.md").read_text(encoding="utf-8"))
    assert [path for path in named if not (ROOT / path).is_file()] == []
