"""The cities that the office itself counts as large, or as small although the law calls them large.

To show more than the law's class allows, the head of the office gives a reason; it goes onto every export.
"""

from __future__ import annotations

from nakodo_desktop.domain.municipality import AreaClass, AreaOverride, Kind, Municipalities, override_trouble
from nakodo_desktop.domain.staff import Right
from nakodo_desktop.domain.text_rules import text_trouble
from nakodo_desktop.domain.values import Problem, Trouble
from nakodo_desktop.services.clock import Clock, office_day, utc_now
from nakodo_desktop.services.form_drafts import FormDrafts
from nakodo_desktop.services.rights import require
from nakodo_desktop.vault import area_overrides
from nakodo_desktop.vault.vault import Vault


class OwnCities:
    def __init__(self, vault: Vault, places: Municipalities, *, now: Clock = utc_now) -> None:
        self._vault, self._places, self._now = vault, places, now
        self.drafts = FormDrafts(vault)

    def marked(self) -> tuple[AreaOverride, ...]:
        """In the order of the codes."""
        return tuple(area_overrides.load(self._vault.read()).values())

    def name_of(self, code: str) -> str:
        return self._places.display_name(code)

    def mark(self, code: str, area_class: AreaClass, *, reason: str) -> tuple[Problem, ...]:
        """Problems mean that nothing was saved; keys are `code` and `reason`."""
        require(self._vault.staff, Right.EDIT_OFFICE)
        place = self._places.get(code)
        wanted = AreaOverride(
            code=code,
            area_class=area_class,
            reason=reason.strip(),
            staff_id=self._vault.staff.id,
            marked_on=office_day(self._now()),
        )
        if place is not None and place.area_class is area_class:
            return (Problem("code", f"「{place.full_name}」は、はじめから「{area_class.value}」です。"),)
        trouble = override_trouble(wanted, place)
        if trouble is not None:
            is_a_city = place is not None and place.kind is Kind.CITY
            return (Problem("reason" if is_a_city else "code", trouble.message),)
        unprintable = text_trouble(wanted.reason, one_line=True, max_chars=120)
        if isinstance(unprintable, Trouble):
            return (Problem("reason", unprintable.message),)
        with self._vault.transaction() as tx:
            area_overrides.put(tx.db, wanted)
            tx.audit("office.mark_city", detail={"code": code, "class": area_class.name.lower()})
        return ()

    def unmark(self, code: str) -> None:
        """Back to the class by law."""
        require(self._vault.staff, Right.EDIT_OFFICE)
        with self._vault.transaction() as tx:
            area_overrides.drop(tx.db, code)
            tx.audit("office.unmark_city", detail={"code": code})
