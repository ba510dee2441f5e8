"""What SQLite itself says of a fresh vault's tables, read once; tests compare it with what the program believes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from nakodo_desktop.vault.connection import open_vault_connection
from tests.vaultkit import VaultTemplate


@dataclass(frozen=True)
class Table:
    name: str
    sql: str
    columns: dict[str, str]  # name → declared type, in order

    @property
    def is_strict(self) -> bool:
        return re.search(r"\)\s*STRICT(,\s*WITHOUT ROWID)?$", self.sql) is not None

    @property
    def allowed(self) -> dict[str, set[str]]:
        """Column → the values its CHECK lists."""
        found = re.findall(r"CHECK \((\w+) IN\s+\(([^)]*)\)", self.sql)
        return {column: {value.strip().strip("'") for value in values.split(",")} for column, values in found}


def read_tables(template: VaultTemplate, folder: Path) -> dict[str, Table]:
    """By name. The daily connection may not ask for this; a maintenance one may."""
    copy, keys = template.copy(folder)
    db = open_vault_connection(copy / keys.state.header.database_name, keys.database_key())
    try:
        tables = db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table' ORDER BY name").fetchall()
        columns = {
            row["name"]: db.execute("SELECT name, type FROM pragma_table_info(?)", (row["name"],)).fetchall()
            for row in tables
        }
    finally:
        db.close()
    return {row["name"]: Table(row["name"], row["sql"], dict(map(tuple, columns[row["name"]]))) for row in tables}
