"""Who may open the office's data: adding, renaming, a new passphrase, a pause, and taking somebody's key away.

The slow halves (deriving a key, rewriting the database) are jobs on plain data; the verbs that end them are fast.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from nakodo_desktop.domain.staff import Right, Role, Staff, StaffId
from nakodo_desktop.domain.text_rules import text_trouble
from nakodo_desktop.domain.values import Problem, Trouble
from nakodo_desktop.errors import NotPermitted
from nakodo_desktop.services import secret_words
from nakodo_desktop.services.clock import Clock, utc_now
from nakodo_desktop.services.lending import Lent, lend_keys
from nakodo_desktop.services.rights import require
from nakodo_desktop.vault import offices, people, rotation
from nakodo_desktop.vault.backup_shelf import media_out_there
from nakodo_desktop.vault.kdf import DEFAULT_KDF, KdfParameters
from nakodo_desktop.vault.slots import Slot
from nakodo_desktop.vault.staff import StaffRecord, list_staff, new_staff_id
from nakodo_desktop.vault.unlock import OpenedKeys, unlock
from nakodo_desktop.vault.vault import Vault

NAME_MAX_CHARS = 60


@dataclass(frozen=True)
class Person:
    """One line of the list."""

    staff: Staff
    is_active: bool  # has a way in
    is_me: bool
    since: datetime


@dataclass(frozen=True)
class ChangedPassphrase:
    """What the job of `change_own` found: the old passphrase opened, and the way in for the new one."""

    proof: OpenedKeys
    slot: Slot


@dataclass(frozen=True)
class Medium:
    """A backup that is out there and that a removed person's passphrase still opens."""

    folder: Path
    made_at: datetime


class People:
    def __init__(self, vault: Vault, *, now: Clock = utc_now, kdf: KdfParameters = DEFAULT_KDF) -> None:
        self._vault, self._now, self._kdf = vault, now, kdf

    @property
    def may_manage(self) -> bool:
        return self._vault.staff.may(Right.MANAGE_PEOPLE)

    @property
    def me(self) -> Staff:
        return self._vault.staff

    @property
    def by_paper(self) -> bool:
        """Opened by the recovery code: nobody's own passphrase is known to anybody."""
        return self._vault.staff.is_paper

    def listed(self) -> tuple[Person, ...]:
        """Everybody who works here, oldest first; who was removed is not among them."""
        require(self._vault.staff, Right.MANAGE_PEOPLE)
        return tuple(self._person(record) for record in self._records())

    def new_person(self, name: str, role: Role) -> Staff | tuple[Problem, ...]:
        """Somebody to be added once their way in is made. Nothing is written yet."""
        require(self._vault.staff, Right.MANAGE_PEOPLE)
        problems = self._name_problems(name, other_than=None)
        return problems or Staff(new_staff_id(), name.strip(), role)

    def passphrase_trouble(self, passphrase: str, person: Staff) -> Trouble | None:
        """The same rule for everybody: the weakest decides."""
        office = offices.load(self._vault.read())
        return secret_words.passphrase_trouble(
            passphrase, person=person.name, office="" if office is None else office.name
        )

    def make_way_in(self, person: Staff, passphrase: str) -> Callable[[], Slot]:
        """A job: slow, on plain data. Raises NotPermitted, ValueError (`passphrase_trouble` was not asked)."""
        require(self._vault.staff, Right.MANAGE_PEOPLE)
        self._refuse_weak(passphrase, person)
        maker = self._vault.slot_maker(self._kdf)
        return lambda: maker.for_person(person.id, passphrase)

    def add(self, person: Staff, slot: Slot) -> None:
        require(self._vault.staff, Right.MANAGE_PEOPLE)
        people.add_person(self._vault, person, slot=slot)

    def give(self, person: StaffId, slot: Slot) -> None:
        """A new passphrase for somebody who forgot theirs or was paused; they are active again."""
        require(self._vault.staff, Right.MANAGE_PEOPLE)
        people.give_new_passphrase(self._vault, person, slot=slot)

    def change(self, person: Staff) -> tuple[Problem, ...]:
        """Name and role. Raises NotPermitted when nobody would be head."""
        require(self._vault.staff, Right.MANAGE_PEOPLE)
        problems = self._name_problems(person.name, other_than=person.id)
        if not problems:
            people.change_person(self._vault, Staff(person.id, person.name.strip(), person.role))
        return problems

    def pause(self, person: StaffId) -> None:
        """Raises NotPermitted for oneself and for the last head."""
        require(self._vault.staff, Right.MANAGE_PEOPLE)
        people.disable_person(self._vault, person)

    def remove(self, person: StaffId) -> Lent[OpenedKeys, None]:
        """New keys for everybody who stays. Raises NotPermitted for oneself and for the last head."""
        require(self._vault.staff, Right.MANAGE_PEOPLE)
        people.refuse_removal(self._vault, person)
        at = self._now()
        return lend_keys(self._vault, lambda loan: rotation.remove_person(loan, person, at=at))

    def media(self) -> tuple[Medium, ...]:
        """Every backup not known to be gone, oldest first."""
        require(self._vault.staff, Right.MANAGE_PEOPLE)
        return tuple(Medium(folder, made_at) for folder, made_at in media_out_there(self._vault.read()))

    def change_own(self, old: str, new: str) -> Callable[[], ChangedPassphrase]:
        """A job: asks the old passphrase first. Raises WrongPassphrase, OfficeKeyNeeded, NotEnoughMemory.

        Raises NotPermitted here and now when paper opened the vault: then nobody's passphrase is one's own.
        """
        if self.by_paper:
            raise NotPermitted(
                "復旧コードで開いている間は、自分のパスワードを変えられません。",
                "担当者の一覧から、新しいパスワードを渡してください。",
            )
        me, doorman = self._vault.staff, self._vault.doorman()
        self._refuse_weak(new, me)
        maker, slot_id = self._vault.slot_maker(self._kdf), self._vault.slot.id

        def work() -> ChangedPassphrase:
            proof = unlock(doorman.state, old, office_key=doorman.office_key, prefer_slot=slot_id)
            return ChangedPassphrase(proof, maker.for_person(me.id, new))

        return work

    def keep_own(self, changed: ChangedPassphrase) -> None:
        """Raises WrongPassphrase when the old passphrase was somebody else's."""
        people.change_own_passphrase(self._vault, changed.slot, proof=changed.proof)

    def renewal(self, passphrase: str | None) -> Callable[[], Slot] | None:
        """A job, right after the unlock; None while the way in is as it should be."""
        if passphrase is None or not people.needs_renewal(self._vault):
            return None
        maker, me = self._vault.slot_maker(self._kdf), self._vault.staff.id
        return lambda: maker.for_person(me, passphrase)

    def renew(self, slot: Slot) -> None:
        people.renew_slot(self._vault, slot)

    def _records(self) -> list[StaffRecord]:
        return [record for record in list_staff(self._vault.read()) if record.removed_at is None]

    def _person(self, record: StaffRecord) -> Person:
        is_me = record.staff.id == self._vault.staff.id and not self.by_paper
        return Person(record.staff, record.is_active, is_me, record.created_at)

    def _name_problems(self, name: str, *, other_than: StaffId | None) -> tuple[Problem, ...]:
        bare = name.strip()
        if not bare:
            return (Problem("name", "お名前を入力してください。"),)
        trouble = text_trouble(bare, one_line=True, max_chars=NAME_MAX_CHARS)
        if isinstance(trouble, Trouble):
            return (Problem("name", trouble.message),)
        if any(record.staff.name == bare and record.staff.id != other_than for record in self._records()):
            return (Problem("name", "同じお名前の担当者がいます。区別できるお名前にしてください。"),)
        return ()

    def _refuse_weak(self, passphrase: str, person: Staff) -> None:
        if self.passphrase_trouble(passphrase, person) is not None:
            raise ValueError("the passphrase must be checked where it is typed")
