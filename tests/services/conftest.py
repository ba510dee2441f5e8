"""The services at work: a real office, whoever is at the desk, and a clock the test moves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.factory import Desk
from tests.officekit import Building, BuildingTemplate, make_building
from tests.vaultkit import VaultTemplate


@pytest.fixture(scope="session")
def building_template(vault_template: VaultTemplate, tmp_path_factory: pytest.TempPathFactory) -> BuildingTemplate:
    return make_building(vault_template, tmp_path_factory.mktemp("building") / "vault")


@pytest.fixture
def building(building_template: BuildingTemplate, tmp_path: Path) -> Iterator[Building]:
    """A test's own office, nobody in it yet."""
    made = building_template.copy(tmp_path / "office")
    yield made
    made.leave()


@pytest.fixture
def desk(building: Building) -> Desk:
    """The head of the office at the desk."""
    return building.enter()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the operator saves to."""
    made = tmp_path / "stick"
    made.mkdir()
    return made
