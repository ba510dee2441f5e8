"""A newcomer's first minute: a Python too old, missing system libraries, an environment that is already ready."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tools import set_up


def test_an_old_python_is_told_what_to_do():
    with pytest.raises(set_up.NotReady, match=r"Python 3\.11 or newer is needed.*PYTHON="):
        set_up.check_python((3, 10))
    set_up.check_python((3, 11))


def test_only_what_the_loader_does_not_know_is_missing():
    known = set(set_up.QT_LIBRARIES) - {"libEGL.so.1"}
    assert set_up.missing_packages(set_up.QT_LIBRARIES, known) == [("libegl1",)]
    assert set_up.missing_packages(set_up.QT_LIBRARIES, set(set_up.QT_LIBRARIES)) == []


def test_nothing_is_claimed_where_nobody_can_tell():
    assert set_up.missing_packages(set_up.QT_LIBRARIES, None) == []


def test_a_ready_environment_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    python = tmp_path / (r"Scripts\python.exe" if os.name == "nt" else "bin/python")
    python.parent.mkdir()
    python.symlink_to(sys.executable)
    requirements = set_up.ROOT / set_up.REQUIREMENTS["test"]
    stamp = tmp_path / f".ready-{requirements.stem}"
    stamp.write_text(set_up.fingerprint([requirements, set_up.ROOT / "pyproject.toml"]), encoding="utf-8")
    started: list[list[str]] = []
    monkeypatch.setattr(set_up, "environment_version", lambda python: set_up.OLDEST_PYTHON)
    monkeypatch.setattr(set_up.subprocess, "run", lambda command, **options: started.append(command))

    set_up.fill_environment(tmp_path, "test")
    assert started == []

    stamp.write_text("of other requirements", encoding="utf-8")
    set_up.fill_environment(tmp_path, "test")
    assert [str(requirements) in command for command in started] == [True, False]
    assert "--require-hashes" in started[0]
    assert stamp.read_text(encoding="utf-8") != "of other requirements"


if sys.platform == "linux":

    @pytest.fixture
    def debian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """A system whose loader knows every library but EGL, with an apt that only writes down what it is asked."""
        known = [name for name in [*set_up.QT_LIBRARIES, *set_up.WINDOW_LIBRARIES] if name != "libEGL.so.1"]
        listing = "\n".join(f"\t{name} (libc6,x86-64) => /usr/lib/{name}" for name in known)
        for program, script in {
            "ldconfig": f"cat <<'END'\n{listing}\nEND",
            "apt-get": f'echo "$@" >> {tmp_path}/asked',
            "apt-cache": "exit 0",
            **dict.fromkeys(set_up.TEST_SERVERS, "exit 0"),
        }.items():
            path = tmp_path / program
            path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
            path.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
        monkeypatch.setattr(set_up, "can_make_environments", lambda: True)
        return tmp_path / "asked"

    def test_root_gets_the_missing_packages(debian: Path, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(os, "geteuid", lambda: 0)
        set_up.provide_debian_packages("test")
        update, install = debian.read_text(encoding="utf-8").splitlines()
        assert update.startswith("update")
        assert install.startswith("install -y") and install.endswith(" libegl1")

    def test_servers_to_deliver_to_are_for_the_tests_alone(debian: Path, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(os, "geteuid", lambda: 0)
        monkeypatch.setattr(set_up, "found_programs", lambda names: {"sshd"})
        set_up.provide_debian_packages("test")
        set_up.provide_debian_packages("run")
        installed = [line for line in debian.read_text(encoding="utf-8").splitlines() if line.startswith("install")]
        assert [line.endswith(" libegl1 nginx") for line in installed] == [True, False]
        assert "nginx" not in installed[1]

    def test_others_get_the_line_to_run(debian: Path, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(os, "geteuid", lambda: 1000)
        monkeypatch.setattr(set_up, "can_make_environments", lambda: False)
        with pytest.raises(
            set_up.NotReady, match=r"sudo apt-get update && sudo apt-get install -y .* libegl1 python3-venv"
        ):
            set_up.provide_debian_packages("run")
        assert not debian.exists()

    def test_a_system_that_has_all_asks_nothing(debian: Path, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(set_up, "QT_LIBRARIES", {"libGL.so.1": ("libgl1",)})
        set_up.provide_debian_packages("test")
        assert not debian.exists()
