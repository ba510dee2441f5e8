"""What is settled about a vault before it exists, so that the paper printed then can prove how its log begins."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime

from nakodo_desktop.vault import audit, canonical
from nakodo_desktop.vault.checkpoints import Checkpoint
from nakodo_desktop.vault.header import VAULT_ID_BYTES
from nakodo_desktop.vault.schema import migrations
from nakodo_desktop.vault.secret_keys import new_key
from nakodo_desktop.vault.staff import new_staff_id

_SESSION_BYTES = 8


@dataclass(frozen=True)
class Beginning:
    """`author`: the head to be. `with_sheet`: whether a recovery sheet opens the vault from its first day."""

    vault_id: bytes
    author: audit.Author
    at: datetime
    with_sheet: bool
    audit_key: bytes = field(repr=False)


def new_beginning(*, at: datetime, with_sheet: bool) -> Beginning:
    author = audit.Author(new_staff_id(), secrets.token_hex(_SESSION_BYTES))
    return Beginning(secrets.token_bytes(VAULT_ID_BYTES), author, at, with_sheet, new_key())


def first_entry(beginning: Beginning) -> dict[str, object]:
    """The log's entry 1, word for word: it tells of nothing that is decided later."""
    detail = {"slots": 2 if beginning.with_sheet else 1, "schema": len(migrations())}
    return audit.compose(
        after=audit.EMPTY, author=beginning.author, at=beginning.at, mono_ms=0, act="vault.create", detail=detail
    )


def first_checkpoint(beginning: Beginning) -> Checkpoint:
    """Where the log of this vault will stand once it is made."""
    mac = audit.entry_mac(beginning.audit_key, audit.EMPTY.mac, first_entry(beginning))
    return Checkpoint(canonical.from_bytes(beginning.vault_id), 1, mac, beginning.at)
