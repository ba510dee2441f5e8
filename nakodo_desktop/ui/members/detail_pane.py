"""One member at a glance, beside the list or as a page of its own when the window is narrow."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QGridLayout, QMenu, QWidget

from nakodo_desktop.domain.declaration import Standing, days_left, standing
from nakodo_desktop.domain.japanese import age_on, format_wareki
from nakodo_desktop.domain.member import CHANGES, Member, MemberId, MemberRow, MemberStatus
from nakodo_desktop.domain.photo import PhotoInfo
from nakodo_desktop.services.members import Members
from nakodo_desktop.ui.members.row_painter import STANDING_TONES, STATUS_TONES, sex_tone
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.tokens import Tone
from nakodo_desktop.ui.widgets.buttons import button, tool_button
from nakodo_desktop.ui.widgets.frames import Card, FormScroll, column, hline, row
from nakodo_desktop.ui.widgets.labels import ElidedLabel, PlainLabel, WrappedLabel, picture
from nakodo_desktop.ui.widgets.marks import InitialDisc, pill, state_mark
from nakodo_desktop.ui.widgets.notices import Banner

WIDTH_PX = 320
MASK = "●●●●●"
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
_PORTRAIT_PX = 56


class DetailPane(Card):
    """Reads through the service, which logs the look. Signals say what the operator wants to do next."""

    interview_wanted = Signal(int)
    declaration_wanted = Signal(int)
    record_wanted = Signal(int)
    status_wanted = Signal(int, object)  # MemberStatus
    closed = Signal()

    def __init__(self, theme: Theme, members: Members, parent: QWidget | None = None) -> None:
        super().__init__(theme, margin=0, parent=parent)
        self._theme, self._members = theme, members
        self._shown: Member | None = None
        self.close_button = tool_button(theme, "x", "閉じる", parent=self)
        self.close_button.clicked.connect(self.closed)
        self.close_button.hide()
        self._content: FormScroll | None = None
        self.setMinimumWidth(theme.px(WIDTH_PX))

    @property
    def member(self) -> Member | None:
        return self._shown

    def clear(self) -> None:
        self._shown = None
        self._replace(QWidget())

    def show_member(self, line: MemberRow) -> None:
        member = self._members.view(line.id, screen="list")
        self._shown = member
        body = QWidget()
        rows = column(self._theme, body, margin=20, gap=14)
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
        self._replace(body)

    def _replace(self, body: QWidget) -> None:
        if self._content is not None:
            self.rows.removeWidget(self._content)
            self._content.deleteLater()
        self._content = FormScroll(body)
        self.rows.addWidget(self._content)

    def _head(self, member: Member, line: MemberRow) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._theme.px(12))
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._portrait(member, line), 0, 0, 4, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(ElidedLabel(member.kana, "hint"), 0, 1)
        grid.addWidget(ElidedLabel(member.legal_name, "h2"), 1, 1)
        sex = "女性" if line.sex == "female" else "男性"
        age = age_on(line.birth_date, self._members.today)
        grid.addWidget(PlainLabel(f"{member.number}　・　{sex}　・　{age}歳", "hint"), 2, 1)
        state = row(self._theme)
        state.addWidget(pill(member.status.label, STATUS_TONES[member.status]))
        state.addStretch()
        grid.addLayout(state, 3, 1)
        more = tool_button(self._theme, "ellipsis", "その他の操作")
        more.clicked.connect(lambda: self._open_menu(more, member))
        grid.addWidget(more, 0, 2, 2, 1, Qt.AlignmentFlag.AlignTop)
        return grid

    def _portrait(self, member: Member, line: MemberRow) -> QWidget:
        photos = self._members.photos(member.id)
        if not photos:
            return InitialDisc(self._theme, member.legal_name, sex_tone(line.sex), px=_PORTRAIT_PX)
        return self._photo(photos[0])

    def _photo(self, photo: PhotoInfo) -> QWidget:
        pixels = QPixmap()
        pixels.loadFromData(self._members.photo_thumbnail(photo.id), "JPEG")
        side = self._theme.px(_PORTRAIT_PX)
        label = PlainLabel("")
        label.setFixedSize(side, side)
        label.setAccessibleName("写真")
        mode = Qt.AspectRatioMode.KeepAspectRatioByExpanding
        scaled = pixels.scaled(side, side, mode, Qt.TransformationMode.SmoothTransformation)
        label.setPixmap(scaled.copy((scaled.width() - side) // 2, 0, side, side))
        return label

    def _warning(self, line: MemberRow) -> Banner | None:
        until, today = line.declaration_valid_until, self._members.today
        match standing(line.declaration_state, until, today=today):
            case Standing.DUE if until is not None:
                text = f"{format_wareki(until)}まで（あと{days_left(until, today=today)}日）"
                return Banner(self._theme, "warn", "独身誓約書の期限が近づいています", text=text, icon="clock")
            case Standing.OVERDUE if until is not None:
                text = f"{format_wareki(until)}で切れました。協会サイトには出せません。"
                return Banner(self._theme, "bad", "独身誓約書の期限が切れています", text=text)
            case Standing.SUSPECTED:
                return Banner(self._theme, "bad", "独身誓約書に虚偽の疑いがあります", text="協会サイトには出せません。")
            case _:
                return None

    def _facts(self, member: Member) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._theme.px(12))
        grid.setVerticalSpacing(self._theme.px(12))
        grid.setColumnStretch(2, 1)
        for line, (icon, key, label) in enumerate(_FACTS):
            grid.addWidget(picture(self._theme, icon, "faint", px=16), line, 0)
            grid.addWidget(PlainLabel(label, "label"), line, 1)
            words = self._members.words(key, member.answers.get(key))
            if key in _MASKED and words:
                grid.addWidget(self._masked(member.id, key, label), line, 2)
            else:
                grid.addWidget(ElidedLabel(words or "―"), line, 2)
        return grid

    def _masked(self, member_id: MemberId, key: str, label: str) -> QWidget:
        made = button(self._theme, MASK, kind="link")
        made.setToolTip("押すと表示し、見たことを記録します")
        made.setAccessibleName(f"{label}を表示")

        def show() -> None:
            made.setText(self._members.unmask(member_id, key))
            made.setEnabled(False)

        made.clicked.connect(show)
        return made

    def _papers(self, member: Member, line: MemberRow) -> list[QWidget]:
        photos = self._members.photos(member.id)
        kind = standing(line.declaration_state, line.declaration_valid_until, today=self._members.today)
        consents = {c.scope: c for c in self._members.consents(member.id)}
        provide = consents.get("consent_provide")
        upper = next((photo for photo in photos if photo.kind == "photo_upper"), None)
        lines: list[tuple[str, Tone, str]] = [
            ("本人確認", *_done(bool(member.answers.get("identity_document")), "確認済み", "未確認")),
            ("独身誓約書", STANDING_TONES[kind], _STANDING_WORDS[kind]),
            ("掲載の同意", *_done(provide is not None and provide.holds, "同意あり", "同意なし")),
            ("写真", *_photo_state(upper)),
        ]
        made: list[QWidget] = []
        done = sum(tone == "ok" for _, tone, _ in lines)
        head = QWidget()
        head_line = row(self._theme, head)
        head_line.addWidget(PlainLabel("書類と準備", "field"))
        head_line.addStretch()
        head_line.addWidget(PlainLabel(f"{done} / {len(lines)}", "hint"))
        made.append(head)
        for label, tone, words in lines:
            line_widget = QWidget()
            across = row(self._theme, line_widget)
            across.addWidget(PlainLabel(label))
            across.addStretch()
            across.addWidget(state_mark(self._theme, words, tone))
            made.append(line_widget)
        if member.answers.get("contact_note"):
            made += [PlainLabel("連絡の注意", "field"), WrappedLabel(str(member.answers["contact_note"]), "label")]
        return made

    def _open_menu(self, anchor: QWidget, member: Member) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        follow_up = menu.addAction("面談をする（記録に追加）")
        follow_up.triggered.connect(lambda: self.interview_wanted.emit(member.id))
        menu.addSeparator()
        for status in CHANGES[member.status]:
            action = menu.addAction(f"「{status.label}」にする")
            action.triggered.connect(lambda _checked=False, s=status: self._ask_status(member.id, s))
        menu.popup(anchor.mapToGlobal(anchor.rect().bottomLeft()))

    def _ask_status(self, member_id: MemberId, status: MemberStatus) -> None:
        self.status_wanted.emit(member_id, status)


_STANDING_WORDS = {
    Standing.NONE: "未作成",
    Standing.PRINTED: "署名待ち",
    Standing.VALID: "署名済み",
    Standing.DUE: "期限が近い",
    Standing.OVERDUE: "期限切れ",
    Standing.SUSPECTED: "虚偽の疑い",
}


def _done(is_done: bool, yes: str, no: str) -> tuple[Tone, str]:
    return ("ok", yes) if is_done else ("bad", no)


def _photo_state(upper: PhotoInfo | None) -> tuple[Tone, str]:
    if upper is None:
        return "bad", "なし"
    return ("ok", "確認済み") if upper.is_checked else ("warn", "写り込みを未確認")
