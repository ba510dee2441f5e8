"""The safety page over a real office: whoever is at the desk, a worker, and a page to show cards on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from nakodo_desktop.ui.jobs import JobRunner
from tests.factory import Desk
from tests.officekit import Building, BuildingTemplate, make_building
from tests.vaultkit import VaultTemplate


@pytest.fixture(scope="session")
def building_template(vault_template: VaultTemplate, tmp_path_factory: pytest.TempPathFactory) -> BuildingTemplate:
    return make_building(vault_template, tmp_path_factory.mktemp("building") / "vault")


@pytest.fixture
def building(building_template: BuildingTemplate, tmp_path: Path) -> Iterator[Building]:
    made = building_template.copy(tmp_path / "office")
    yield made
    made.leave()


@pytest.fixture
def desk(building: Building) -> Desk:
    return building.enter()


@pytest.fixture
def jobs() -> Iterator[JobRunner]:
    runner = JobRunner()
    yield runner
    runner.wait()
