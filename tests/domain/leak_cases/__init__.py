"""Evaluation texts of the leak scan: hidden leaks and innocents, all synthetic."""

from __future__ import annotations

import tomllib
from pathlib import Path

from tests.domain.leak_cases.case import Case


def hand_written(name: str) -> list[Case]:
    """The cases of one TOML file beside this one."""
    with (Path(__file__).parent / name).open("rb") as file:
        return [Case(how="hand", **entry) for entry in tomllib.load(file)["case"]]


def ordinary() -> list[str]:
    """Texts as members write them, one a line, which give away nobody of PEOPLE."""
    return (Path(__file__).parent / "ordinary.txt").read_text(encoding="utf-8").splitlines()
