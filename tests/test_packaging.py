"""What is installed is what was declared and pinned: requirement files, dependencies, commands, shipped files."""

from __future__ import annotations

import importlib
import re
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

from nakodo_desktop import paths
from tests.source_tree import FOLDERS, ROOT, imports, python_files, tree_of
from tools import set_up

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUNTIME = [Requirement(text) for text in PROJECT["project"]["dependencies"]]
EXTRAS = {
    extra: [Requirement(text) for text in texts] for extra, texts in PROJECT["project"]["optional-dependencies"].items()
}
FILES = ("requirements.txt", "requirements-dev.txt", "requirements-build.txt")
IMPORT_NAME = {"pyside6-essentials": "PySide6", "pillow": "PIL"}  # else the package's own


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def pins(name: str) -> dict[str, Version]:
    return {
        pin: Version(version) for pin, version in re.findall(r"^([a-z0-9-]+)==([^\s;]+)", text_of(name), re.MULTILINE)
    }


@pytest.mark.parametrize("name", FILES)
def test_requirements_name_no_index(name: str):
    lines = [line for line in text_of(name).splitlines() if not line.startswith(("#", "    --hash="))]
    assert [line for line in lines if line.startswith("-") or "://" in line or "@" in line] == []


@pytest.mark.parametrize("name", FILES)
def test_every_pin_has_its_hashes(name: str):
    blocks = re.split(r"\n(?=[a-z])", text_of(name))[1:]
    assert len(blocks) == len(pins(name))
    assert [block.split()[0] for block in blocks if not re.search(r"--hash=sha256:[0-9a-f]{64}", block)] == []


@pytest.mark.parametrize(("smaller", "larger"), [FILES[:2], FILES[1:]])
def test_what_is_tested_and_frozen_is_what_is_shipped(smaller: str, larger: str):
    assert pins(smaller).items() <= pins(larger).items()


@pytest.mark.parametrize(
    ("name", "declared"),
    [(FILES[0], RUNTIME), (FILES[1], EXTRAS["dev"]), (FILES[2], EXTRAS["build"])],
    ids=FILES,
)
def test_every_declared_dependency_is_pinned_within_its_bounds(name: str, declared: list[Requirement]):
    pinned = pins(name)
    backend = [Requirement(text) for text in PROJECT["build-system"]["requires"]]
    missing = [
        str(need) for need in declared + backend if pinned.get(canonicalize_name(need.name)) not in need.specifier
    ]
    assert missing == []


def test_pyside_that_loses_references_is_shut_out():
    bounds = next(need.specifier for need in RUNTIME if need.name == "PySide6_Essentials")
    assert Version("6.12.0") not in bounds
    assert Version("6.11.3") in bounds


def import_names(needs: list[Requirement]) -> set[str]:
    names = (canonicalize_name(need.name) for need in needs)
    return {IMPORT_NAME.get(name, name.replace("-", "_")) for name in names}


def third_party(*folders: str) -> set[str]:
    files = python_files(*folders)
    roots = {module.split(".")[0] for path in files for module, _ in imports(tree_of(path))}
    ours = {"nakodo_desktop", *FOLDERS, *(part.removesuffix(".py") for path in files for part in path.parts)}
    return roots - set(sys.stdlib_module_names) - ours


def test_the_program_imports_what_it_declares_and_no_more():
    assert third_party("nakodo_desktop") - {"shiboken6"} == import_names(RUNTIME)  # shiboken6 is half of PySide6


def test_tests_and_tools_import_only_what_is_declared():
    brought_along = {"_pytest", "importlinter", "packaging", "pytestqt", "shiboken6"}
    assert third_party("tests", "tools") <= import_names(RUNTIME + EXTRAS["dev"]) | brought_along


def test_one_oldest_python_everywhere():
    oldest = ".".join(map(str, set_up.OLDEST_PYTHON))
    assert PROJECT["project"]["requires-python"] == f">={oldest}"
    assert PROJECT["tool"]["ruff"]["target-version"] == "py" + oldest.replace(".", "")
    assert PROJECT["tool"]["mypy"]["python_version"] == oldest
    assert Version(oldest) in SpecifierSet(PROJECT["project"]["requires-python"])


@pytest.mark.parametrize("target", PROJECT["project"]["scripts"].values())
def test_the_command_exists(target: str):
    module, function = target.split(":")
    assert callable(getattr(importlib.import_module(module), function))


def test_migrations_travel_with_the_package():
    patterns = PROJECT["tool"]["setuptools"]["package-data"]["nakodo_desktop.vault"]
    shipped = {path for pattern in patterns for path in (ROOT / "nakodo_desktop/vault").glob(pattern)}
    assert shipped == set((ROOT / "nakodo_desktop").rglob("*.sql")) != set()


def test_the_frozen_program_carries_every_folder_that_paths_names():
    values = (value for name, value in vars(paths).items() if name.isupper() and isinstance(value, Path))
    named = sorted(value.relative_to(ROOT).as_posix() for value in values if value != ROOT)
    assert "resources" in named
    assert [name for name in named if f'(str(ROOT / "{name}"), "{name}")' not in text_of("build.spec")] == []


def test_the_frozen_program_keeps_every_qt_module_it_imports():
    imported = {
        found
        for path in (ROOT / "nakodo_desktop").rglob("*.py")
        for found in re.findall(r"from (PySide6\.\w+) import", path.read_text(encoding="utf-8"))
    }
    assert "PySide6.QtDBus" in imported  # only on Linux, inside a branch
    assert [name for name in sorted(imported) if f'"{name}"' in text_of("build.spec")] == []


def recipe(lines: list[str]) -> list[str]:
    """The tools a target runs, without the words that differ between make and cmd."""
    words = (
        re.sub(r"^(\$\(OFFSCREEN\) )?(\$\(PY\)|%PY%) |\.venv[/\\](bin|Scripts)[/\\]| \|\| exit /b 1$", "", line)
        for line in lines
    )
    return [line.replace("\\", "/") for line in words if not line.startswith(("@", "%PYTHON%", "set ", "exit"))]


@pytest.mark.parametrize("target", ["lint", "unit", "try-demo"])
def test_windows_runs_the_same_checks(target: str):
    unix = re.search(rf"^{target}:\n((?:\t.+\n)+)", text_of("Makefile"), re.MULTILINE)
    windows = re.search(rf"^:{target}\n((?:.+\n)+)", text_of("make.bat"), re.MULTILINE)
    assert unix is not None
    assert windows is not None
    assert recipe([line.strip() for line in unix[1].splitlines()]) == recipe(windows[1].splitlines()) != []


def test_ci_is_make_test():
    assert text_of(".ci/run").rstrip().endswith("\nmake test")
