"""What every test stands on: offscreen Qt, a private home folder, and copies of a vault, an office, a full office."""

from __future__ import annotations

import os
import tempfile

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
_HOME = tempfile.mkdtemp(prefix="nakodo-test-home-")
for _name in (
    "HOME",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "XDG_CACHE_HOME",
    "XDG_STATE_HOME",
    "LOCALAPPDATA",
    "APPDATA",
):
    os.environ[_name] = _HOME

from collections.abc import Generator, Iterator  # noqa: E402
from pathlib import Path  # noqa: E402

import hypothesis  # noqa: E402
import pytest  # noqa: E402
from PySide6.QtCore import QCoreApplication, QEvent  # noqa: E402

from nakodo_desktop.services.exports import Exports  # noqa: E402
from nakodo_desktop.vault.vault import Vault  # noqa: E402
from tests import exportkit  # noqa: E402
from tests.exportkit import Cast, CastTemplate, make_cast  # noqa: E402
from tests.factory import Desk  # noqa: E402
from tests.officekit import Building, BuildingTemplate, make_building  # noqa: E402
from tests.vaultkit import Clock, VaultTemplate, make_template, pc_of  # noqa: E402

# How long an example takes depends on what else the machine does; speed has its own place, benchmarks/.
hypothesis.settings.register_profile("everywhere", deadline=None)
hypothesis.settings.load_profile("everywhere")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if {"qtbot", "qapp"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.gui)


@pytest.hookimpl(tryfirst=True, wrapper=True)
def pytest_runtest_teardown() -> Generator[None, object, object]:
    """Windows a test has left go with it: thousands that wait for an event loop would make each later test slower."""
    done = yield
    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return done


@pytest.fixture(scope="session")
def vault_template(tmp_path_factory: pytest.TempPathFactory) -> VaultTemplate:
    """The one vault that is really created; see vaultkit."""
    return make_template(tmp_path_factory.mktemp("template") / "vault")


@pytest.fixture
def vault_folder(vault_template: VaultTemplate, tmp_path: Path) -> Path:
    """A test's own closed vault. Open it with `vaultkit.reopen(folder)` or the keys of `vault_template.copy`."""
    return vault_template.copy(tmp_path / "closed-vault")[0]


@pytest.fixture
def vault(vault_template: VaultTemplate, tmp_path: Path) -> Iterator[Vault]:
    """An open vault of the office head, a copy of this test's own. Fast: no key derivation."""
    folder, keys = vault_template.copy(tmp_path / "vault")
    opened = Vault.open(folder, keys, now=Clock(), data_dir=pc_of(folder))
    yield opened
    if opened.is_open:
        opened.close()


@pytest.fixture(scope="session")
def building_template(vault_template: VaultTemplate, tmp_path_factory: pytest.TempPathFactory) -> BuildingTemplate:
    """The one office with people to work in it; no members."""
    return make_building(vault_template, tmp_path_factory.mktemp("building") / "vault")


@pytest.fixture(scope="session")
def cast_template(building_template: BuildingTemplate, tmp_path_factory: pytest.TempPathFactory) -> CastTemplate:
    """The same office with members of every kind an export meets."""
    return make_cast(building_template, tmp_path_factory.mktemp("cast") / "vault")


@pytest.fixture
def office_template(building_template: BuildingTemplate) -> BuildingTemplate | CastTemplate:
    """What `building` is a copy of. Where the members of the cast are wanted, a module returns `cast_template`."""
    return building_template


@pytest.fixture
def building(office_template: BuildingTemplate | CastTemplate, tmp_path: Path) -> Iterator[Building]:
    """A test's own office, nobody in it yet."""
    made = office_template.copy(tmp_path / "office")
    yield made
    made.leave()


@pytest.fixture
def desk(building: Building) -> Desk:
    """The head of the office at the desk."""
    return building.enter()


@pytest.fixture
def cast(cast_template: CastTemplate) -> Cast:
    """Who is in the office when `office_template` is the cast's."""
    return cast_template.cast


@pytest.fixture
def exports(building: Building, desk: Desk) -> Exports:
    return exportkit.exports(building, desk)
