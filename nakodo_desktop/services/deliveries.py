"""How bundles reach the association: the office's setting, and where the next batch goes by it.

To whom is no choice made here: `Office.recipient` is the one association of a vault, inside every bundle's signature.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

from nakodo_desktop.domain.delivery import Delivery, DeliveryKind, delivery_problems, fingerprint_of
from nakodo_desktop.domain.staff import Right
from nakodo_desktop.domain.values import Problem, Trouble
from nakodo_desktop.export.sealing import key_trouble
from nakodo_desktop.export.ssh_key import public_key_line
from nakodo_desktop.services.delivery_jobs import Destination, try_delivery
from nakodo_desktop.services.form_drafts import FormDrafts
from nakodo_desktop.services.rights import require
from nakodo_desktop.vault import deliveries, offices, staff
from nakodo_desktop.vault.connection import Connection
from nakodo_desktop.vault.vault import Vault


class Deliveries:
    """The setting. Only the head of the office changes it."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self.drafts = FormDrafts(vault)

    def load(self) -> Delivery:
        """Without the password: whoever types none keeps the one that is stored."""
        return replace(deliveries.load(self._vault.read()), password="")

    def has_password(self) -> bool:
        return bool(deliveries.load(self._vault.read()).password)

    def save(self, delivery: Delivery) -> tuple[Problem, ...]:
        """Problems mean that nothing was saved."""
        require(self._vault.staff, Right.EDIT_OFFICE)
        db = self._vault.read()
        before = deliveries.load(db)
        wanted = _tidied(delivery, before)
        problems = delivery_problems(wanted) + _key_problems(wanted) + _approval_problems(db, wanted)
        if not problems:
            with self._vault.transaction() as tx:
                deliveries.save(tx.db, wanted)
                names = [f.name for f in fields(Delivery) if getattr(wanted, f.name) != getattr(before, f.name)]
                tx.audit("delivery.save", detail={"changed": names})
        return problems

    def public_key_line(self) -> str:
        """What the association registers for this office's SFTP account; the same one for ever."""
        require(self._vault.staff, Right.EDIT_OFFICE)
        office = offices.load(self._vault.read())
        with self._vault.transaction() as tx:
            return public_key_line(deliveries.client_key(tx.db), comment=f"nakodo-{office.code if office else ''}")

    def trial(self, delivery: Delivery) -> Callable[[], None] | tuple[Problem, ...]:
        """A job that goes all the way with this setting and leaves nothing there; raises the sender's words.

        The problems, when the setting is not one that can be tried.
        """
        require(self._vault.staff, Right.EDIT_OFFICE)
        db = self._vault.read()
        wanted = _tidied(delivery, deliveries.load(db))
        problems = delivery_problems(wanted)
        if problems:
            return problems
        with self._vault.transaction() as tx:
            tx.audit("delivery.try")
            there = Destination(delivery=wanted, client_key=deliveries.client_key(tx.db))
        return lambda: try_delivery(there)


def destination(vault: Vault, folder: Path | None = None) -> Destination:
    """Where bundles go now. `folder`: the one chosen this time, for an office that gives its bundles in folders."""
    require(vault.staff, Right.EXPORT)
    delivery = deliveries.load(vault.read())
    if not delivery.kind.is_remote:
        return Destination(delivery=delivery, folder=folder)
    with vault.transaction() as tx:
        return Destination(delivery=delivery, client_key=deliveries.client_key(tx.db))


def _tidied(delivery: Delivery, before: Delivery) -> Delivery:
    """Outer spaces off, the fingerprint in its one writing; no password typed means the stored one."""
    texts = {key: getattr(delivery, key).strip() for key in ("host", "path", "user", "fingerprint", "association_key")}
    fingerprint = fingerprint_of(delivery.kind, texts["fingerprint"])
    if not isinstance(fingerprint, Trouble):
        texts["fingerprint"] = fingerprint
    is_same_account = (texts["host"], texts["user"]) == (before.host, before.user) and texts["user"]
    password = delivery.password or (before.password if is_same_account else "")
    return replace(delivery, **texts, password=password if delivery.kind is DeliveryKind.HTTPS else "")


def _key_problems(delivery: Delivery) -> tuple[Problem, ...]:
    trouble = key_trouble(delivery.association_key) if delivery.association_key else None
    return () if trouble is None else (Problem("association_key", trouble.message),)


def _approval_problems(db: Connection, delivery: Delivery) -> tuple[Problem, ...]:
    """Nobody locks the office out of its own exports."""
    able = [one for one in staff.list_staff(db) if one.slot_id is not None and one.staff.may(Right.EXPORT)]
    if not delivery.needs_second_approval or len(able) > 1:
        return ()
    return (Problem("needs_second_approval", "書き出しのできる所長か仲人が、ほかにもう一人いるときだけ使えます。"),)
