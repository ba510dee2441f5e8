"""What an interview works with, in one value; each page is given only the part it uses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from nakodo_desktop.domain.member import InterviewId, MemberId
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

    def member_of(self, interview_id: InterviewId) -> MemberId | None:
        """The record of whoever is interviewed, once there is one."""
        return self.interviews.load(interview_id).member_id
