"""An office with a head, a matchmaker and a clerk, each with a way in of their own; one at the desk at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from nakodo_desktop.domain.staff import Role, Staff
from nakodo_desktop.services.offices import Offices
from nakodo_desktop.vault.audit_reading import AuditEntry, AuditFilter, find_entries
from nakodo_desktop.vault.header import read_header
from nakodo_desktop.vault.people import add_person
from nakodo_desktop.vault.staff import new_staff_id
from nakodo_desktop.vault.unlock import OpenedKeys
from nakodo_desktop.vault.vault import Vault
from tests import factory
from tests.factory import Desk
from tests.vaultkit import CHEAPEST_KDF, Clock, VaultTemplate, pc_of

_NAMES = {Role.MATCHMAKER: "架空 仲子", Role.CLERK: "架空 事男"}


class Building:
    """`enter` lets the former person go and opens the vault for the next."""

    def __init__(self, folder: Path, slots: Mapping[Role, str], master_key: bytes) -> None:
        self.folder = folder
        self.clock = Clock(factory.NOON)
        self._slots, self._master_key = slots, master_key
        self._vault: Vault | None = None

    def keys(self, role: Role = Role.HEAD) -> OpenedKeys:
        """What a passphrase would have opened, without deriving it."""
        return OpenedKeys(read_header(self.folder), self._slots[role], self._master_key)

    def enter(self, role: Role = Role.HEAD) -> Desk:
        self.leave()
        self._vault = Vault.open(self.folder, self.keys(role), now=self.clock, data_dir=pc_of(self.folder))
        return factory.desk(self._vault, self.clock)

    def leave(self) -> None:
        if self._vault is not None:
            self._vault.close()
            self._vault = None

    def wait(self, **time: int) -> None:
        """Let days pass on the wall and in the vault."""
        self.clock.at += timedelta(**time)


@dataclass(frozen=True)
class BuildingTemplate:
    """A closed office nobody writes to; `copy` gives a test its own."""

    vault: VaultTemplate
    slots: Mapping[Role, str]

    def copy(self, target: Path) -> Building:
        folder, keys = self.vault.copy(target)
        return Building(folder, self.slots, keys.master_key)


def make_building(template: VaultTemplate, folder: Path) -> BuildingTemplate:
    """Add the people and the office's settings to a copy of the vault; two key derivations, once a run."""
    _, keys = template.copy(folder)
    vault = Vault.open(folder, keys, now=Clock(factory.NOON), data_dir=pc_of(folder))
    slots = {Role.HEAD: keys.slot_id}
    for role, name in _NAMES.items():
        person = Staff(new_staff_id(), name, role)
        slot = vault.slot_maker(CHEAPEST_KDF).for_person(person.id, f"おためし 合言葉 {role.value} 14")
        add_person(vault, person, slot=slot)
        slots[role] = slot.id
    problems = Offices(vault).save(factory.office())
    assert problems == ()
    vault.close()
    return BuildingTemplate(replace(template, folder=folder), slots)


def log_of(desk: Desk) -> list[AuditEntry]:
    """Everything in the audit log, oldest first."""
    return find_entries(desk.vault.read(), AuditFilter(), limit=10_000)[::-1]


def acts_of(desk: Desk) -> list[str]:
    """The deeds since somebody came in."""
    acts = [entry.act for entry in log_of(desk)]
    return acts[len(acts) - acts[::-1].index("vault.unlock") :]


def table(desk: Desk, name: str) -> list[dict[str, object]]:
    """Every row of a table as it lies there."""
    return [dict(zip(row.keys(), row, strict=True)) for row in desk.vault.read().execute(f"SELECT * FROM {name}")]


def everything(desk: Desk) -> dict[str, list[dict[str, object]]]:
    """Every row of every table, to tell whether anything at all was written."""
    names = desk.vault.read().execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    return {row["name"]: table(desk, row["name"]) for row in names.fetchall()}
