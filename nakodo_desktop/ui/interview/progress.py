"""How far the interview is, for the rail and the review."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from nakodo_desktop.domain import catalog, interview
from nakodo_desktop.domain.declaration import Declaration, DeclarationState
from nakodo_desktop.domain.interview_record import InterviewKind
from nakodo_desktop.domain.member import InterviewId, MemberStatus
from nakodo_desktop.domain.values import Answers
from nakodo_desktop.services.certificates import certificate_until
from nakodo_desktop.ui.interview.desk import InterviewDesk
from nakodo_desktop.ui.interview.finish_page import Reminder, ToldChange
from nakodo_desktop.ui.interview.flaws import Flaw, of_step
from nakodo_desktop.ui.widgets.step_rail import RailStep

# The export gate asks for all of them; without one the person is a member all the same.
_FOR_THE_SITE = (
    "consent_provide",
    "consent_declaration_use",
    "consent_collect_religion",
    "consent_disclose_religion",
    "consent_collect_disability",
    "consent_disclose_disability",
)
# What an interview of about fifty minutes takes, step by step.
_MINUTES = {
    "purposes": 4,
    "consents": 5,
    "identity": 2,
    "basics": 5,
    "career": 5,
    "marriage": 4,
    "life": 6,
    "wishes": 6,
    "photo": 3,
    "preview": 5,
    "declaration": 5,
    "finish": 0,
}
_NOTHING = "（なし）"
_DONE_ON = {"purposes": ("purpose_shown_on", "説明済み"), "consents": ("consented_on", "確認済み")}


def rail_steps(
    every: Iterable[Flaw], answers: Answers, *, visited: Collection[str], current: str, declaration: Declaration | None
) -> list[RailStep]:
    """What the rail shows. How much a step lacks is told once the operator has left it."""
    listed = tuple(every)
    made = []
    for step in interview.STEPS:
        count = len(of_step(step.key, listed))
        is_done, note = step.key in visited and count == 0, ""
        if step.key == "declaration":
            is_done = declaration is not None and declaration.state is DeclarationState.SIGNED
            note = declaration.state.label if declaration is not None else "あとでもかまいません"
        elif step.key == interview.STEPS[-1].key:
            is_done = False
        elif is_done:
            note = _done_on(step.key, answers)
        told = count if step.key in visited and step.key != current else 0
        made.append(RailStep(step.key, step.title, is_done=is_done, missing=told, note=note))
    return made


def minutes_left(steps: Iterable[RailStep]) -> int:
    """About how long the rest takes, to the next five minutes; 0 when nothing is left."""
    left = sum(_MINUTES[step.key] for step in steps if not step.is_done)
    return -(-left // 5) * 5


def declaration_of(desk: InterviewDesk, interview_id: InterviewId) -> Declaration | None:
    """The newest sheet of whoever is interviewed."""
    member_id = desk.member_of(interview_id)
    sheets = desk.declarations.of_member(member_id) if member_id is not None else ()
    return sheets[0] if sheets else None


def reminders(desk: InterviewDesk, interview_id: InterviewId, answers: Answers) -> list[Reminder]:
    """What may wait until after the interview, but should not be forgotten."""
    found = []
    if any(answers.get(scope) == "refused" for scope in _FOR_THE_SITE):
        found.append(Reminder("consents", "同意のない項目があるため、協会サイトへの書き出しからは外れます。"))
    if any(not photo.is_checked for photo in desk.interviews.photos_of(interview_id)):
        found.append(Reminder("photo", "写真の写り込みの確認がまだです。"))
    declaration = declaration_of(desk, interview_id)
    is_signed = declaration is not None and declaration.state is DeclarationState.SIGNED
    certificate = certificate_until(answers, today=desk.today)
    if not is_signed and (certificate is None or certificate < desk.today):
        found.append(Reminder("declaration", "独身誓約書の署名がまだです。後日でも記録できます。"))
    return found


def told_changes(desk: InterviewDesk, interview_id: InterviewId, answers: Answers) -> list[ToldChange] | None:
    """What the end of a later visit makes of the record, in words; None for a first one."""
    if desk.interviews.load(interview_id).kind is not InterviewKind.FOLLOW_UP:
        return None
    return [
        ToldChange(
            catalog.FIELDS[change.field_key].label,
            desk.words(change.field_key, change.old) or _NOTHING,
            desk.words(change.field_key, change.new) or _NOTHING,
        )
        for change in desk.interviews.changes(interview_id, answers)
    ]


def next_deeds(desk: InterviewDesk, interview_id: InterviewId, answers: Answers, *, published: bool) -> tuple[str, ...]:
    """What the office does after a finished interview, in order."""
    found = [reminder.words for reminder in reminders(desk, interview_id, answers)]
    member_id = desk.member_of(interview_id)
    assert member_id is not None  # a finished interview has a member
    is_first = desk.interviews.load(interview_id).kind is InterviewKind.INTAKE
    status = desk.declarations.row_of(member_id).status
    if not is_first and status is not MemberStatus.PRE_PUBLISH:
        if status.may_be_listed:
            found.append("協会サイトに出る内容が変わったときは、次の書き出しで反映されます。")
    elif published:
        found.append("「協会サイト」で、次の書き出しに含めるかどうかを選びます。")
    else:
        found.append("ご紹介を始めるときに、会員のページでステータスを「お見合い」にします。")
    found.append("入会契約の書面をお渡しし、次のご連絡の日を決めます。" if is_first else "次のご連絡の日を決めます。")
    return tuple(found)


def _done_on(step: str, answers: Answers) -> str:
    key, words = _DONE_ON.get(step, ("", ""))
    day = answers.get(key) if key in catalog.FIELDS else None
    return f"{day.month}月{day.day}日 {words}" if isinstance(day, date) else ""
