"""What the preview of an interview asks of the export: the profile as it would leave, a pseudonym, a typed reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nakodo_desktop.domain.leak_finding import Finding
from nakodo_desktop.domain.member import InterviewId, MemberId
from nakodo_desktop.domain.site_profile import SiteDraft
from nakodo_desktop.domain.values import Answers
from nakodo_desktop.services.exports import Exports
from nakodo_desktop.services.interviews import Interviews, NotFinished

_REGISTER_FIRST = "理由は会員の記録に残します。先に「お名前・ご連絡先」の手順をそろえてください。"


@dataclass(frozen=True)
class SitePreview:
    """Of one interview. `save` puts the draft into the vault."""

    interviews: Interviews
    exports: Exports
    interview_id: InterviewId
    save: Callable[[], bool]

    @property
    def is_at_hand(self) -> bool:
        """The vault is neither closed nor lent."""
        return self.exports.is_at_hand

    def draft(self, answers: Answers) -> SiteDraft:
        return self.exports.preview(answers, member_id=self._member_id())

    def pseudonym(self, answers: Answers) -> str:
        return self.exports.propose_pseudonym(answers, member_id=self._member_id())

    def reasons(self, answers: Answers) -> dict[tuple[str, str], str]:
        """(catalogue key, characters found) → why they may stay, for the texts as they stand."""
        member_id = self._member_id()
        return {} if member_id is None else self.exports.reasons(answers, member_id=member_id)

    def release(self, field_key: str, finding: Finding, *, text: str, reason: str) -> str:
        """Keep the typed reason with the person's record, which it makes when there is none. → what is wrong, or ""."""
        if not reason.strip():
            return "そのまま出してよい理由を書いてください。"
        if not self.save():
            return "まだ保存できていません。保存できてから、もう一度押してください。"
        member_id = self.interviews.register(self.interview_id)
        if isinstance(member_id, NotFinished):
            return _REGISTER_FIRST
        problems = self.exports.release_text(member_id, field_key, finding=finding, text=text, reason=reason)
        return problems[0].message if problems else ""

    def _member_id(self) -> MemberId | None:
        return self.interviews.load(self.interview_id).member_id
