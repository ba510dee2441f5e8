"""One member at a glance, beside the list."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from nakodo_desktop.domain.declaration import Standing, days_left
from nakodo_desktop.domain.japanese import age_on, format_wareki
from nakodo_desktop.domain.member import Member, MemberId, MemberRow, MemberStatus
from nakodo_desktop.domain.photo import PhotoInfo
from nakodo_desktop.domain.staff import Right
from nakodo_desktop.services.members import Members
from nakodo_desktop.ui.members.member_menu import MemberDeeds, member_menu
from nakodo_desktop.ui.members.portrait import portrait
from nakodo_desktop.ui.members.row_painter import STANDING_TONES, STATUS_TONES
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.tokens import TONES, Tone
from nakodo_desktop.ui.widgets.buttons import button, tool_button
from nakodo_desktop.ui.widgets.frames import Card, FormScroll, column, hline, row
from nakodo_desktop.ui.widgets.labels import ElidedLabel, PlainLabel, WrappedLabel, picture
from nakodo_desktop.ui.widgets.marks import MARK_ICONS, pill
from nakodo_desktop.ui.widgets.notices import Banner
from nakodo_desktop.ui.widgets.progress_bar import ProgressLine

WIDTH_PX = 320
MASK = "●●●●●●"
# (icon, catalogue key, label); a key in _MASKED shows only after it was asked for, and the asking is logged.
_FACTS = (
    ("calendar", "birth_date", "生年月日"),
    ("map-pin", "municipality", "お住まい"),
    ("briefcase", "industry", "業種"),
    ("graduation-cap", "education_level", "最終学歴"),
    ("heart", "marital_history", "婚歴"),
    ("phone", "phone", "電話"),
)
_MASKED = frozenset({"phone"})
_PORTRAIT_PX = 64


class DetailPane(Card):
    """Reads through the service, which logs the look. Signals say what the operator wants to do next."""

    interview_wanted = Signal(int)
    declaration_wanted = Signal(int)
    record_wanted = Signal(int)
    status_wanted = Signal(int, object)  # MemberStatus

    def __init__(self, theme: Theme, members: Members, parent: QWidget | None = None) -> None:
        super().__init__(theme, margin=1, gap=0, parent=parent)
        self._theme, self._members = theme, members
        self._shown: Member | None = None
        self._content = FormScroll(QWidget())
        self.rows.addWidget(self._content)
        self.setMinimumWidth(theme.px(WIDTH_PX))
        self.setAccessibleName("選んだ会員")

    @property
    def member(self) -> Member | None:
        return self._shown

    def clear(self) -> None:
        self._shown = None
        self._content.show_content(QWidget())

    def show_member(self, line: MemberRow) -> None:
        member = self._members.view(line.id, screen="list")
        is_other = self._shown is None or self._shown.id != member.id
        self._shown = member
        body = QWidget()
        rows = column(self._theme, body, margin=19, gap=14)
        rows.addLayout(self._head(member, line))
        deeds = row(self._theme)
        record = button(self._theme, "面談記録", icon="clipboard-list")
        record.clicked.connect(lambda: self.record_wanted.emit(member.id))
        sheet = button(self._theme, "独身誓約書", icon="printer")
        sheet.clicked.connect(lambda: self.declaration_wanted.emit(member.id))
        deeds.addWidget(record, 1)
        deeds.addWidget(sheet, 1)
        rows.addLayout(deeds)
        rows.addWidget(hline())
        warning = self._warning(line)
        if warning is not None:
            rows.addWidget(warning)
        rows.addLayout(self._facts(member))
        rows.addWidget(hline())
        for widget in self._papers(member, line):
            rows.addWidget(widget)
        rows.addStretch()
        self._content.show_content(body)
        if is_other:
            self._content.verticalScrollBar().setValue(0)

    def _head(self, member: Member, line: MemberRow) -> QGridLayout:
        theme = self._theme
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(14))
        grid.setVerticalSpacing(theme.px(5))
        grid.setColumnStretch(1, 1)
        photos = self._members.photos(member.id)
        face = portrait(theme, self._members, photos, name=member.legal_name, sex=line.sex, px=_PORTRAIT_PX)
        grid.addWidget(face, 0, 0, 3, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(ElidedLabel(member.kana, "hint"), 0, 1)
        grid.addWidget(ElidedLabel(member.legal_name, "h2"), 1, 1)
        sex = "女性" if line.sex == "female" else "男性"
        age = age_on(line.birth_date, self._members.today)
        grid.addWidget(PlainLabel(f"{member.number}　・　{sex}　・　{age}歳", "hint"), 2, 1, 1, 2)
        state = row(theme)
        state.addWidget(pill(member.status.label, STATUS_TONES[member.status]))
        state.addStretch(1)
        grid.addLayout(state, 3, 1, 1, 2)
        more = tool_button(theme, "ellipsis", "この会員のその他の操作")
        more.clicked.connect(lambda: self._open_menu(more, member))
        grid.addWidget(more, 0, 2, 2, 1, Qt.AlignmentFlag.AlignTop)
        return grid

    def _warning(self, line: MemberRow) -> Banner | None:
        today = self._members.today
        proof = line.proof(today)
        until, paper = proof.until, "独身証明書" if proof.is_certificate else "独身誓約書"
        if proof.standing is Standing.SUSPECTED:
            return Banner(self._theme, "bad", "独身誓約書に虚偽の疑いがあります", text="協会サイトには出せません。")
        if until is None or proof.standing is Standing.VALID:
            return None
        if proof.standing is Standing.DUE:
            text = f"{format_wareki(until)}まで（あと{days_left(until, today=today)}日）"
            return Banner(self._theme, "warn", f"{paper}の期限が近づいています", text=text, icon="clock")
        text = f"{format_wareki(until)}で切れました。協会サイトには出せません。"
        return Banner(self._theme, "bad", f"{paper}の期限が切れています", text=text)

    def _facts(self, member: Member) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._theme.px(10))
        grid.setVerticalSpacing(self._theme.px(12))
        grid.setColumnStretch(2, 1)
        for line, (icon, key, label) in enumerate(_FACTS):
            grid.addWidget(picture(self._theme, icon, "faint", px=16), line, 0)
            grid.addWidget(PlainLabel(label, "label"), line, 1)
            words = self._members.words(key, member.answers.get(key))
            if key in _MASKED and words:
                ask = self._asking(member.id, key)
                grid.addWidget(MaskedFact(self._theme, label, ask), line, 2)
            else:
                grid.addWidget(ElidedLabel(words or "―"), line, 2)
        return grid

    def _asking(self, member_id: MemberId, key: str) -> Callable[[], str]:
        return lambda: self._members.unmask(member_id, key)

    def _papers(self, member: Member, line: MemberRow) -> list[QWidget]:
        lines = self._paper_states(member, line)
        done = sum(tone == "ok" for _, tone, _ in lines)
        head = QWidget()
        head_line = row(self._theme, head)
        head_line.addWidget(PlainLabel("書類と準備", "field"), 1)
        head_line.addWidget(PlainLabel(f"{done} / {len(lines)}", "hint"))
        made: list[QWidget] = [head, ProgressLine(self._theme, done, len(lines))]
        made += [self._paper_line(*one) for one in lines]
        note = member.answers.get("contact_note")
        if note:
            made += [hline(), PlainLabel("連絡の注意", "field"), WrappedLabel(str(note), "label")]
        return made

    def _paper_states(self, member: Member, line: MemberRow) -> list[tuple[str, Tone, str]]:
        photos = self._members.photos(member.id)
        proof = line.proof(self._members.today)
        consents = {c.scope: c for c in self._members.consents(member.id)}
        provide = consents.get("consent_provide")
        upper = next((photo for photo in photos if photo.kind == "photo_upper"), None)
        return [
            ("本人確認", *_done(bool(member.answers.get("identity_document")), "確認済み", "未確認")),
            ("独身証明書" if proof.is_certificate else "独身誓約書", STANDING_TONES[proof.standing], proof.words),
            ("掲載の同意", *_done(provide is not None and provide.holds, "同意あり", "同意なし")),
            ("写真", *_photo_state(upper)),
        ]

    def _paper_line(self, label: str, tone: Tone, words: str) -> QWidget:
        made = QWidget()
        across = row(self._theme, made, gap=8)
        across.addWidget(picture(self._theme, MARK_ICONS[tone], TONES[tone][0], px=17))
        across.addWidget(PlainLabel(label), 1)
        across.addWidget(PlainLabel(words, "hint", tone=None if tone == "ok" else tone))
        return made

    def _open_menu(self, anchor: QWidget, member: Member) -> None:
        def change(status: MemberStatus) -> None:
            self.status_wanted.emit(member.id, status)

        deeds = MemberDeeds(
            interview=(lambda: self.interview_wanted.emit(member.id)) if self._members.may(Right.INTERVIEW) else None,
            change_status=change if self._members.may(Right.EDIT_MEMBER) else None,
            open_record=lambda: self.record_wanted.emit(member.id),
        )
        member_menu(self, member.status, deeds).popup(anchor.mapToGlobal(anchor.rect().bottomLeft()))


class MaskedFact(QWidget):
    """Dots until the eye is pressed; whoever `ask`s is logged."""

    def __init__(self, theme: Theme, label: str, ask: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ask = ask
        line = row(theme, self, gap=4)
        self.words = PlainLabel(MASK, "mask")
        self.words.setAccessibleName(f"{label}は隠しています")
        self.eye = tool_button(theme, "eye", f"{label}を表示（見たことを記録します）")
        self.eye.setProperty("tight", True)
        self.eye.clicked.connect(self._show)
        line.addWidget(self.words)
        line.addWidget(self.eye)
        line.addStretch(1)

    def _show(self) -> None:
        text = self._ask()
        self.words.setProperty("role", "body")
        self.words.setText(text)
        self.words.setAccessibleName(text)
        self.words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.words.set_tone(None)
        self.words.setFocus()
        self.eye.hide()


def _done(is_done: bool, yes: str, no: str) -> tuple[Tone, str]:
    return ("ok", yes) if is_done else ("bad", no)


def _photo_state(upper: PhotoInfo | None) -> tuple[Tone, str]:
    if upper is None:
        return "bad", "なし"
    return ("ok", "確認済み") if upper.is_checked else ("warn", "写り込みを未確認")
