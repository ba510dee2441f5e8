"""消去と保存期限, the head's page: who left, what is due, what stays until when and why; holds; backups from before."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from nakodo_desktop.domain.dates import format_wareki
from nakodo_desktop.errors import UserError
from nakodo_desktop.services.erasing import Erasing
from nakodo_desktop.services.erasure_plan import Person, leap_words
from nakodo_desktop.ui import alerts
from nakodo_desktop.ui.erasure.erase_dialog import EraseDialog
from nakodo_desktop.ui.erasure.holding import hold_or_release
from nakodo_desktop.ui.erasure.media_card import MediaCard
from nakodo_desktop.ui.erasure.person_row import PersonRow
from nakodo_desktop.ui.erasure.set_aside_card import SetAsideCard
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import button
from nakodo_desktop.ui.widgets.frames import Card, FormScroll, column, hline, row
from nakodo_desktop.ui.widgets.inputs import add_shortcut
from nakodo_desktop.ui.widgets.labels import PlainLabel, WrappedLabel, picture
from nakodo_desktop.ui.widgets.notices import Banner
from nakodo_desktop.ui.widgets.toast import show_toast
from nakodo_desktop.vault.set_aside import SetAside

_MOST = 30  # rows of a card; the rest comes up as these go
_AGAIN_MS = 5_000
_WEEKDAYS = "月火水木金土日"


class ErasurePage(QWidget):
    """Laid over the workspace. Reads anew after each deed; nothing is erased but by its dialog."""

    closed = Signal()
    changed = Signal()
    record_wanted = Signal(int)
    notice_wanted = Signal(object, object)  # Report, Line

    def __init__(
        self, theme: Theme, erasing: Erasing, *, places: tuple[Path, ...] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._erasing, self._places = theme, erasing, places
        self.setProperty("ground", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._body = FormScroll(QWidget())
        self.day = PlainLabel("", "label")
        self._again = QTimer(self, interval=_AGAIN_MS)
        self._again.timeout.connect(self._finish)
        rows = column(theme, self, gap=12)
        rows.setContentsMargins(theme.px(24), theme.px(16), theme.px(18), theme.px(14))
        head = row(theme, gap=12)
        back = button(theme, "戻る", icon="chevron-left")
        back.setObjectName("erasure_back")
        back.clicked.connect(self.closed)
        head.addWidget(back)
        head.addWidget(PlainLabel("消去と保存期限", "h1"))
        head.addWidget(self.day)
        head.addStretch(1)
        rows.addLayout(head)
        rows.addWidget(self._body, 1)
        self.setFocusProxy(back)
        add_shortcut(self, "Esc", self.closed.emit)
        self._finish()
        erasing.note_shown()
        self.reload()

    def reload(self) -> None:
        today = self._erasing.today
        self.day.setText(f"{format_wareki(today)}（{_WEEKDAYS[today.weekday()]}）現在")
        people = self._erasing.persons()
        due = [person for person in people if person.due]
        later = [person for person in people if not person.due]
        body = QWidget()
        rows = column(self._theme, body, gap=14)
        rows.setContentsMargins(0, 0, self._theme.px(6), self._theme.px(12))
        for banner in self._banners():
            rows.addWidget(banner)
        rows.addWidget(self._due_card(due))
        rows.addWidget(self._later_card(later))
        media = self._erasing.media()
        if media:
            card = MediaCard(self._theme, media, today=today)
            card.destroyed_told.connect(self._note_destroyed)
            rows.addWidget(card)
        aside = self._erasing.set_aside()
        if aside:
            old = SetAsideCard(self._theme, aside)
            old.destroy_wanted.connect(self._ask_to_destroy)
            rows.addWidget(old)
        rows.addStretch()
        self._body.show_content(body)

    def _banners(self) -> list[Banner]:
        found = []
        leap = self._erasing.leap()
        if leap is not None:
            today = self._erasing.clock_day
            asked = (
                f"{leap_words(leap)}時計の狂いで早く消してしまわないように、消去を止めています。"
                f"今日は{format_wareki(today)}（{_WEEKDAYS[today.weekday()]}）ですか。"
                "違うときは、先にパソコンの日付を直してください。"
            )
            found.append(
                Banner(
                    self._theme,
                    "warn",
                    "パソコンの日付を確かめてください。",
                    text=asked,
                    verb="今日の日付で正しい",
                    act=self._confirm_clock,
                )
            )
        back = {entry.uid for entry in self._erasing.came_back(places=self._places)}
        if back:
            words = "古いデータが置き直されたためです。前に承認された消去を、もう一度行ってください。"
            title = f"消去した{len(back)}名の記録が戻っています。"
            found.append(Banner(self._theme, "bad", title, text=words, verb="もう一度消去する", act=self._erase_again))
        if self._erasing.is_unfinished:
            words = "記録は消えています。跡の上書きがまだのため、しばらくしてもう一度試します。"
            found.append(Banner(self._theme, "warn", "消去の仕上げが残っています。", text=words))
        return found

    def _due_card(self, people: list[Person]) -> Card:
        card = self._card("期限が来た記録", people, nothing="いまはありません。")
        if people:
            line = row(self._theme)
            deed = button(self._theme, "消去する内容を確かめる…", kind="primary", icon="trash-2")
            deed.setObjectName("erase_due")
            deed.setEnabled(self._erasing.leap() is None)
            deed.clicked.connect(self._erase_due)
            line.addStretch(1)
            line.addWidget(deed)
            card.rows.addLayout(line)
        return card

    def _later_card(self, people: list[Person]) -> Card:
        return self._card("これから期限が来る記録", people, nothing="退会した方の記録は、ほかにありません。")

    def _card(self, title: str, people: list[Person], *, nothing: str) -> Card:
        card = Card(self._theme, margin=20, gap=14)
        head = row(self._theme)
        head.addWidget(PlainLabel(title, "h2"))
        head.addWidget(PlainLabel(f"{len(people)}名" if people else "", "label"))
        head.addStretch(1)
        card.rows.addLayout(head)
        if not people:
            line = row(self._theme, gap=8)
            line.addWidget(picture(self._theme, "circle-check", "ok", px=18))
            line.addWidget(PlainLabel(nothing, "label"), 1)
            card.rows.addLayout(line)
        for number, person in enumerate(people[:_MOST]):
            if number:
                card.rows.addWidget(hline())
            made = PersonRow(self._theme, person)
            made.record_wanted.connect(lambda person=person: self.record_wanted.emit(person.id))
            made.hold_wanted.connect(lambda person=person: self._hold(person))
            card.rows.addWidget(made)
        if len(people) > _MOST:
            card.rows.addWidget(WrappedLabel(f"ほかに{len(people) - _MOST}名います。", "hint"))
        return card

    def _erase_due(self) -> None:
        dialog = EraseDialog(self._theme, self._erasing, self._erasing.plan(), places=self._places, parent=self)
        dialog.erased.connect(self._on_erased)
        dialog.notice_wanted.connect(self.notice_wanted)
        dialog.open()

    def _on_erased(self) -> None:
        self._finish()
        self.reload()
        self.changed.emit()

    def _finish(self) -> None:
        """Only overwrites what was deleted already."""
        try:
            is_done = self._erasing.finish(places=self._places)
        except UserError:
            is_done = False  # a full disk, a folder that is away: the banner tells, and it is tried again
        if not is_done:
            self._again.start()
        elif self._again.isActive():
            self._again.stop()
            self.reload()

    def _confirm_clock(self) -> None:
        self._erasing.confirm_clock()
        self.reload()

    def _erase_again(self) -> None:
        self._erasing.erase_again(places=self._places)
        self._on_erased()

    def _hold(self, person: Person) -> None:
        hold_or_release(self, self._theme, self._erasing, person, on_changed=self.reload)

    def _note_destroyed(self, medium: object) -> None:
        try:
            self._erasing.note_destroyed(medium)  # type: ignore[arg-type]  # a Qt signal carries an object
        except UserError as error:
            alerts.show_error(self, self._theme, error)
            return
        self.reload()
        show_toast(self, self._theme, "処分を記録しました。")

    def _ask_to_destroy(self, one: object) -> None:
        assert isinstance(one, SetAside)
        alerts.confirm(
            self,
            self._theme,
            title="脇へ移したデータを削除しますか",
            text=f"{one.folder.name} を削除します。元に戻せません。いまの記録とバックアップは、そのままです。",
            yes_verb="削除する",
            on_yes=lambda: self._destroy(one),
            destructive=True,
        )

    def _destroy(self, one: SetAside) -> None:
        try:
            self._erasing.destroy_set_aside(one)
        except UserError as error:
            alerts.show_error(self, self._theme, error)
        else:
            show_toast(self, self._theme, "削除しました。")
        self.reload()
