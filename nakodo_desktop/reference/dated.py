"""The entries of a file of dated rules, each in force from its day on; a caller need not know how one is damaged."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Generic, TypeVar

from nakodo_desktop.errors import ProgramDamaged

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

_KINDS = frozenset({"law", "practice", "decision"})


@dataclass(frozen=True)
class Entry(Generic[Key, Value]):
    """A value from a day on, until a later entry of the same key."""

    key: Key
    value: Value
    effective_from: date
    basis: str


@dataclass(frozen=True)
class DatedRules(Generic[Key, Value]):
    """All entries of a file, past and coming."""

    entries: tuple[Entry[Key, Value], ...]
    keys: frozenset[Key]
    file_name: str

    def on(self, day: date) -> dict[Key, Entry[Key, Value]]:
        """Raises ProgramDamaged when a key has no entry yet on that day: nothing may be guessed."""
        known = sorted(self.entries, key=lambda entry: entry.effective_from)
        in_force = {entry.key: entry for entry in known if entry.effective_from <= day}
        if set(in_force) != self.keys:
            raise ProgramDamaged(self.file_name)
        return in_force


def load(
    path: Path, table: str, *, keys: frozenset[Key], read: Callable[[dict[str, object]], tuple[Key, Value]]
) -> DatedRules[Key, Value]:
    """`read` finds key and value of an entry, or raises ValueError or KeyError.

    Raises ProgramDamaged when the file is missing, an entry lacks its key, value, day, kind or basis, or two entries
    of a key begin on one day.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        entries = tuple(_entry(one, *read(one)) for one in raw[table])
    except (OSError, ValueError, KeyError) as error:
        raise ProgramDamaged(path.name) from error
    if len({(entry.key, entry.effective_from) for entry in entries}) < len(entries):
        raise ProgramDamaged(path.name)
    return DatedRules(entries, keys, path.name)


def _entry(raw: dict[str, object], key: Key, value: Value) -> Entry[Key, Value]:
    day, basis = raw["effective_from"], raw["basis"]
    if raw["kind"] not in _KINDS or type(day) is not date or not isinstance(basis, str) or not basis:
        raise ValueError(key)
    return Entry(key, value, day, basis)
