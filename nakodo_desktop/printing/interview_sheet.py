"""The interview on paper, out of the catalogue: a blank sheet to write on, and the record as the member's copy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from nakodo_desktop.domain.answers import describe
from nakodo_desktop.domain.catalog import FIELDS, SECTIONS
from nakodo_desktop.domain.fields import Audience, Field, Kind
from nakodo_desktop.domain.japanese import format_seireki
from nakodo_desktop.domain.values import Answers
from nakodo_desktop.printing.answer_space import Space, answer_space, condition_hint, draw_hint, hint_height, marked
from nakodo_desktop.printing.flow import Sheet, Strip, compose, heading, paragraph
from nakodo_desktop.printing.page import HAIRLINE, LEFT, LINE, RIGHT, WIDTH, Page
from nakodo_desktop.printing.record_sheet import RecordGroup, RecordSheet, render_record_sheet
from nakodo_desktop.printing.table import LABEL_WIDTH, Pair, to_fill_in

_HALF = WIDTH / 2
_FORBIDDEN = (
    "本籍、病名、家族の勤務先・学歴・病歴・宗教、借入、支持政党、個人番号や免許証などの番号は、伺わず、書きません。"
    "身分証明書の写しは取りません。"
)
_UNANSWERED = "（未回答）"


@dataclass(frozen=True, kw_only=True)
class InterviewCopy:
    """A member's record as it is handed to the member."""

    office_name: str
    phone: str
    legal_name: str
    interviewed_on: date
    staff_name: str
    answers: Answers
    place_name: Callable[[str], str]  # municipality code → name


def render_blank_interview_sheet(*, office_name: str) -> bytes:
    """A sheet for offices that write by hand first. Every field of the catalogue has its room on it."""
    strips = [
        to_fill_in(("会員番号", "面談日", "担当"), height=8.4, label_width=18.0),
        paragraph(_FORBIDDEN, field="面談シート", before=2, after=1),
    ]
    for number, section in enumerate(SECTIONS, start=1):
        strips += [heading(f"{number}　{section.title}"), _lead(section.lead), *_blank_rows(section.fields)]
    sheet = Sheet(
        title="面談シート",
        asides=(office_name,),
        foot="※の項目は掲載までに必要です。記入した紙は個人情報です。鍵のかかる場所に保管し、入力後は事務所の定めに従ってください。\n"
        "本ソフトは準備支援であり、適法性を保証しません",
    )
    return compose(sheet, strips)


def render_interview_copy(copy: InterviewCopy) -> bytes:
    """What the office recorded, for the member to keep, without the matchmakers' notes. Raises: NotPrintable."""
    groups = []
    for section in SECTIONS:
        pairs = tuple(
            Pair(field.paper_label, _in_words(field, copy))
            for field in section.fields
            if field.sees is not Audience.MATCHMAKERS and field.is_asked(copy.answers)
        )
        groups.append(RecordGroup(section.title, pairs))
    record = RecordSheet(
        title="面談記録（ご本人控え）",
        asides=(
            f"{copy.legal_name} 様",
            f"面談日 {format_seireki(copy.interviewed_on)}　担当 {copy.staff_name}",
            f"{copy.office_name}　電話 {copy.phone}",
        ),
        lead="面談で伺い、相談所が記録した内容の控えです。誤りがあれば、いつでもお申し出ください"
        "（個人情報の保護に関する法律第34条）。",
        groups=tuple(groups),
    )
    return render_record_sheet(record)


def _in_words(field: Field, copy: InterviewCopy) -> str:
    value = copy.answers.get(field.key)
    if field.kind is Kind.PHOTO:
        return "お預かりしています" if value else "なし"
    return describe(field, value, copy.place_name) or _UNANSWERED


def _lead(text: str) -> Strip:
    height = hint_height(text, width=WIDTH - 4) + 1.4

    def draw(page: Page, y: float) -> None:
        draw_hint(page, text, x=LEFT + 3, y=y + 0.9, width=WIDTH - 4)

    return Strip(height, draw, stays_with_next=True)


@dataclass(frozen=True)
class _Blank:
    """One field on the blank sheet, or flags that stand side by side."""

    label: str
    space: Space
    hint: str  # when it is asked, and how


def _blank_rows(fields: Sequence[Field]) -> list[Strip]:
    groups = _flags_together(fields)
    found: list[Strip] = []
    at = 0
    while at < len(groups):
        narrow = [_blank(group, width=_HALF - LABEL_WIDTH) for group in groups[at : at + 2]]
        beside = len(narrow) == 2 and all(blank.space.is_short for blank in narrow)
        beside = beside and groups[at][0].asked == groups[at + 1][0].asked  # one may be asked and the other not
        found.append(_blank_row(narrow if beside else [_blank(groups[at], width=WIDTH - LABEL_WIDTH)]))
        at += 2 if beside else 1
    return found


def _flags_together(fields: Sequence[Field]) -> list[list[Field]]:
    """Flags that follow one another are one row of tick boxes, unless each has something of its own to say."""
    found: list[list[Field]] = []
    for field in fields:
        plain = field.kind is Kind.FLAG and not field.help and field.asked is None
        if plain and found and found[-1][0].kind is Kind.FLAG and not found[-1][0].help and not found[-1][0].asked:
            found[-1].append(field)
        else:
            found.append([field])
    return found


def _blank(fields: Sequence[Field], *, width: float) -> _Blank:
    first = fields[0]
    asked = condition_hint(first, _label_of, _choice_of)
    hint = "　".join(part for part in (f"（{asked}）" if asked else "", first.help) if part)
    label = "確認" if first.kind is Kind.FLAG else marked(first)
    return _Blank(label, answer_space(fields, width=width), hint)


def _label_of(key: str) -> str:
    return FIELDS[key].label


def _choice_of(key: str, value: str) -> str:
    return FIELDS[key].choice_label(value)


def _blank_row(blanks: Sequence[_Blank]) -> Strip:
    """Label, hint in small grey on top, room below it."""
    room = (WIDTH if len(blanks) == 1 else _HALF) - LABEL_WIDTH - 4
    hints = [hint_height(blank.hint, width=room) for blank in blanks]
    height = max(blank.space.height + hint for blank, hint in zip(blanks, hints, strict=True))

    def draw(page: Page, y: float) -> None:
        for number, (blank, hint) in enumerate(zip(blanks, hints, strict=True)):
            x = LEFT + number * _HALF
            page.label_cell(blank.label, x=x, y=y, width=LABEL_WIDTH, height=height)
            if blank.hint:
                draw_hint(page, blank.hint, x=x + LABEL_WIDTH + 2, y=y + 0.9, width=room)
            blank.space.draw(page, x + LABEL_WIDTH, y + hint, height - hint)
        page.box(LEFT, y, width=WIDTH, height=height, weight=HAIRLINE)
        page.rule(LEFT, y, to_x=LEFT, to_y=y + height, weight=LINE)
        page.rule(RIGHT, y, to_x=RIGHT, to_y=y + height, weight=LINE)

    return Strip(height, draw)
