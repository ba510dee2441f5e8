"""Half-typed forms: kept until they are submitted or given up. Interviews have drafts of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from nakodo_desktop.domain.member import InterviewId, MemberId
from nakodo_desktop.domain.values import Answers
from nakodo_desktop.vault import form_drafts
from nakodo_desktop.vault.form_drafts import FormDraft as FormDraft  # the window shows them and knows no vault
from nakodo_desktop.vault.vault import Vault


class Kind(Enum):
    """Of what form there is; the name of one form begins with it."""

    OFFICE = "office"
    OWN_CITY = "own_city"
    DELIVERY = "delivery"
    SECTION = "section"
    SIGNING = "signing"
    SUSPICION = "suspicion"
    LIFTING = "lifting"
    HOLD = "hold"
    RELEASE = "release"

    def of(self, *about: object) -> str:
        """The name of the one form: section:12:basics."""
        return ":".join((self.value, *map(str, about)))


@dataclass(frozen=True)
class Waiting:
    """A form that was left half typed, without what stands in it."""

    form: str
    member_id: MemberId | None
    saved_at: datetime

    @property
    def kind(self) -> Kind:
        return Kind(self.form.partition(":")[0])


class FormDrafts:
    """Of the person at the desk alone. Nothing is checked: half a word is still what was typed."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def load(self, form: str) -> FormDraft | None:
        return form_drafts.load(self._vault.read(), form, staff_id=self._vault.staff.id)

    def waiting(self) -> tuple[Waiting, ...]:
        """Forms that were left half typed, the last one first."""
        found = form_drafts.waiting(self._vault.read(), staff_id=self._vault.staff.id)
        return tuple(Waiting(*one) for one in found)

    def keep(
        self,
        form: str,
        answers: Answers,
        *,
        member_id: MemberId | None = None,
        interview_id: InterviewId | None = None,
    ) -> None:
        """`answers`: the touched fields. The draft goes when the member's record is erased, or the interview is over.

        Nothing is kept for the paper, which is nobody: a draft belongs to a person.
        """
        if self._vault.staff.is_paper:
            return
        with self._vault.transaction() as tx:
            form_drafts.keep(
                tx.db,
                form,
                answers,
                staff_id=self._vault.staff.id,
                member_id=member_id,
                interview_id=interview_id,
                now=tx.now,
            )

    def forget(self, form: str) -> None:
        if self.load(form) is not None:
            with self._vault.transaction() as tx:
                form_drafts.forget(tx.db, form, staff_id=self._vault.staff.id)
