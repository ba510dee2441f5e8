"""What an interview works with, in one value; each page is given only the part it uses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from nakodo_desktop.domain.answers import describe
from nakodo_desktop.domain.catalog import FIELDS
from nakodo_desktop.domain.member import InterviewId, MemberId
from nakodo_desktop.domain.values import Value
from nakodo_desktop.reference.notice import Notice
from nakodo_desktop.services.clock import office_day
from nakodo_desktop.services.declarations import Declarations
from nakodo_desktop.services.exports import Exports
from nakodo_desktop.services.interviews import Interviews
from nakodo_desktop.services.papers import Papers
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.section_form import FormFacts


@dataclass(frozen=True, kw_only=True)
class InterviewDesk:
    """Made once for each unlocked office."""

    interviews: Interviews
    declarations: Declarations
    exports: Exports
    papers: Papers
    jobs: JobRunner
    facts: FormFacts
    notice: Notice

    @property
    def today(self) -> date:
        return self.facts.today

    def is_today(self, moment: datetime) -> bool:
        return office_day(moment) == self.today

    def words(self, field_key: str, value: Value) -> str:
        """An answer as a person reads it; "" when not answered."""
        return describe(FIELDS[field_key], value, lambda code: self._places.get(code, code))

    @cached_property
    def _places(self) -> dict[str, str]:
        return {place.code: place.prefecture + place.name for place in self.facts.places}

    def member_of(self, interview_id: InterviewId) -> MemberId | None:
        """The record of whoever is interviewed, once there is one."""
        return self.interviews.load(interview_id).member_id
