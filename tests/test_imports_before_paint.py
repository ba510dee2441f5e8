"""What a fresh process has loaded when the unlock window stands painted: one careless import doubles the start."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nakodo_desktop.vault.beginnings import new_beginning
from nakodo_desktop.vault.creation import create_vault
from nakodo_desktop.vault.kdf import KdfParameters
from tests.source_tree import ROOT

HOME = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "LOCALAPPDATA", "APPDATA")
OF_QT = {"PySide6", "shiboken6", "shibokensupport", "signature_bootstrap", "__feature__"}
NEEDED = OF_QT | {"nakodo_desktop", "platformdirs"}  # ciphers and SQL come after the window: services/unlocking.py
OF_THE_ENVIRONMENT = ("__editable__", "_distutils_hack", "sitecustomize", "usercustomize", "_virtualenv", "benchmarks")
SLOW = (
    "asyncio",
    "calendar",
    "html",
    "http",
    "urllib.request",
    "email",
    "xml",
    "unicodedata",
    "unittest",
    "importlib.metadata",
    "multiprocessing",
)
NOT_YET = (
    "nakodo_desktop.assembly",
    "nakodo_desktop.demo",
    "nakodo_desktop.domain.catalog",
    "nakodo_desktop.domain.dates",
    "nakodo_desktop.export",
    "nakodo_desktop.photo_decoder",
    "nakodo_desktop.printing",
    "nakodo_desktop.session",
    "nakodo_desktop.vault.vault",
)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Modules of the real program at its first paint, with an office to unlock."""
    home = tmp_path_factory.mktemp("home")
    environment = os.environ | {name: str(home) for name in HOME} | {"QT_QPA_PLATFORM": "offscreen"}
    probe = "from nakodo_desktop.paths import default_vault_dir; print(default_vault_dir())"
    folder = run("-c", probe, environment=environment).strip()
    create_vault(
        Path(folder),
        passphrase="見本の合言葉はとても長い",
        head_name="見本 所長",
        kdf=KdfParameters(memory_kib=64 * 1024, iterations=2),
        beginning=new_beginning(at=datetime(2026, 11, 23, tzinfo=UTC), with_sheet=False),
    )
    painted, report = run("-m", "benchmarks.first_paint", "ours", environment=environment).splitlines()
    assert painted == "painted"
    return set(json.loads(report)["modules"])


def run(*arguments: str, environment: dict[str, str]) -> str:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=60,
    ).stdout


def test_only_what_unlocking_needs_is_loaded(loaded: set[str]):
    roots = {name.split(".")[0] for name in loaded} - set(sys.stdlib_module_names)
    others = {name for name in roots if not name.startswith(OF_THE_ENVIRONMENT)}
    assert "PySide6" in others
    assert others - NEEDED - {"__main__", "__mp_main__"} == set()


@pytest.mark.parametrize("name", [*SLOW, *NOT_YET])
def test_what_comes_later_is_not_loaded(loaded: set[str], name: str):
    assert sorted(module for module in loaded if module == name or module.startswith(name + ".")) == []


def test_no_source_of_ours_is_read_while_it_is_imported():
    probe = "import linecache, nakodo_desktop.app; print([name for name in linecache.cache if 'nakodo' in name])"
    lean = "from nakodo_desktop.ui.lean_imports import spare_sources; spare_sources(); "
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    assert run("-c", lean + probe, environment=environment).strip() == "[]"
    assert "unlock.py" in run("-c", "import PySide6.QtCore; " + probe, environment=environment), (
        "or the trick has no use"
    )
