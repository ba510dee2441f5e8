"""A slow deed on the vault's files: the connection is closed while a job works, and opened again whatever happens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from nakodo_desktop.vault.loan import Loan
from nakodo_desktop.vault.unlock import OpenedKeys
from nakodo_desktop.vault.vault import Vault

Found = TypeVar("Found")
Told = TypeVar("Told")


@dataclass(frozen=True)
class Lent(Generic[Found, Told]):
    """`work` for a job; then `finish` with what it found, or `give_up` when it raised, on the vault's own thread.

    Between the making of this and either of the two the vault answers nobody.
    """

    work: Callable[[], Found]
    finish: Callable[[Found], Told]
    give_up: Callable[[], None]

    def run(self) -> Told:
        """All of it at once, for callers without a window."""
        try:
            found = self.work()
        except BaseException:
            self.give_up()
            raise
        return self.finish(found)


def lend(vault: Vault, work: Callable[[Loan], Found], finish: Callable[[Found], Told]) -> Lent[Found, Told]:
    """For work that leaves the keys as they are. Raises VaultInUse, VaultReplaced."""
    loan = vault.lend()

    def done(found: Found) -> Told:
        vault.take_back()
        return finish(found)

    return Lent(lambda: work(loan), done, vault.take_back)


def lend_keys(vault: Vault, work: Callable[[Loan], OpenedKeys]) -> Lent[OpenedKeys, None]:
    """For work that ends with other keys: a rotation, a restore."""
    loan = vault.lend()
    return Lent(lambda: work(loan), vault.take_back, vault.take_back)
