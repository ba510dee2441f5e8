"""Settings: the office and the look; safety is a page of its own (`add_tab`)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QWidget

from nakodo_desktop.domain.office import Office
from nakodo_desktop.domain.staff import Right, Staff
from nakodo_desktop.services.form_drafts import Kind
from nakodo_desktop.services.offices import Offices
from nakodo_desktop.settings import Settings
from nakodo_desktop.ui.address_fill import FindAddresses
from nakodo_desktop.ui.settings.office_form import OfficeForm
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.tokens import TextSize
from nakodo_desktop.ui.widgets.buttons import button
from nakodo_desktop.ui.widgets.form_draft import FormDraft
from nakodo_desktop.ui.widgets.frames import Card, FormScroll, column, narrow, row
from nakodo_desktop.ui.widgets.inputs import FieldBox, RadioInput
from nakodo_desktop.ui.widgets.labels import PlainLabel, WrappedLabel
from nakodo_desktop.ui.widgets.toast import show_toast

_SIZES = (
    (TextSize.STANDARD.value, "標準"),
    (TextSize.LARGE.value, "大"),
    (TextSize.EXTRA.value, "特大"),
)
_WIDEST_PX = 860  # a form is read in columns; wider lines are only farther apart
_LOOKS = (("light", "明るい"), ("dark", "暗い"))


class SettingsPage(QWidget):
    """The look belongs to this PC; the office belongs to the vault."""

    preferences_wanted = Signal(dict)  # attribute names of Settings → new values
    changed = Signal()

    def __init__(
        self,
        theme: Theme,
        offices: Offices,
        settings: Settings,
        *,
        staff: Staff,
        find_addresses: FindAddresses,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._offices, self._settings = theme, offices, settings
        self.office_form = OfficeForm(theme, find_addresses, with_rules=True)
        self._may_edit = staff.may(Right.EDIT_OFFICE)
        form = self.office_form
        self.draft = FormDraft(theme, offices.drafts, values=form.values, put_in=form.put_in, parent=form)
        form.changed.connect(self.draft.note_change)
        self._untouched: Office | None = None  # what the form said before anybody typed
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("設定")
        self.tabs.addTab(self._office_tab(may_edit=self._may_edit), "事務所")
        self._look = self._look_tab()
        self.tabs.addTab(self._look, "見た目")
        self.setFocusProxy(self.tabs.tabBar())
        rows = column(theme, self, gap=14)
        rows.setContentsMargins(theme.px(24), theme.px(18), theme.px(24), theme.px(14))
        rows.addWidget(PlainLabel("設定", "h1"))
        rows.addWidget(self.tabs, 1)

    def add_tab(self, title: str, page: QWidget) -> None:
        """A further page of settings, as the safety page is."""
        self.tabs.addTab(page, title)

    def show_tab(self, page: QWidget) -> None:
        """One that was added."""
        self.tabs.setCurrentWidget(page)

    def show_look(self) -> None:
        """The tab of the look, where a change of it was asked for."""
        self.tabs.setCurrentWidget(self._look)

    def reload(self) -> None:
        """The office's data again, unless somebody is typing into them."""
        before = self._offices.load()
        if self._untouched is None or self.office_form.office(before) == self._untouched:
            self.office_form.show_office(before, is_recipient_fixed=not self._offices.may_change_recipient())
            self._untouched = self.office_form.office(before)
            if self._may_edit:
                self.draft.begin(Kind.OFFICE.value)

    def _office_tab(self, *, may_edit: bool) -> QWidget:
        body = QWidget()
        rows = column(self._theme, body)
        rows.setContentsMargins(0, self._theme.px(12), 0, self._theme.px(12))
        card = Card(self._theme, margin=24, gap=16)
        card.setMaximumWidth(self._theme.px(_WIDEST_PX))
        card.rows.addWidget(WrappedLabel("誓約書に印刷され、書き出しの記録に残る内容です。", "label"))
        card.rows.addWidget(self.draft)
        card.rows.addWidget(self.office_form)
        save = button(self._theme, "保存する", kind="primary")
        save.setObjectName("save_office")
        save.clicked.connect(self._save_office)
        if not may_edit:
            save.hide()
        self.office_form.setEnabled(may_edit)
        deeds = row(self._theme)
        if not may_edit:
            deeds.addWidget(PlainLabel("事務所の設定を変えられるのは所長だけです。", "hint"))
        deeds.addStretch()
        deeds.addWidget(save)
        card.rows.addLayout(deeds)
        rows.addLayout(narrow(self._theme, card))
        rows.addStretch()
        return FormScroll(body)

    def _save_office(self) -> None:
        before = self._offices.load()
        wanted, reason = self.office_form.office(before), self.office_form.rename_reason
        if not self.office_form.show_problems(self._offices.save(wanted, rename_reason=reason)):
            self.draft.submitted()
            self._untouched = None
            self.reload()
            self.changed.emit()
            show_toast(self, self._theme, "事務所の設定を保存しました。")

    def _look_tab(self) -> QWidget:
        size = RadioInput(self._theme, _SIZES, always=True)
        look = RadioInput(self._theme, _LOOKS, always=True)
        size.set_value(self._settings.text_size)
        look.set_value("dark" if self._settings.dark else "light")
        size.changed.connect(lambda: self._prefer(text_size=size.value() or TextSize.STANDARD.value))
        look.changed.connect(lambda: self._prefer(dark=look.value() == "dark"))
        return self._tab(
            "この画面の見やすさです。このパソコンだけの設定です。",
            FieldBox(self._theme, "文字の大きさ", size),
            FieldBox(self._theme, "明るさ", look),
        )

    def _tab(self, words: str, *boxes: QWidget) -> QWidget:
        body = QWidget()
        rows = column(self._theme, body)
        rows.setContentsMargins(0, self._theme.px(12), 0, 0)
        card = Card(self._theme, margin=24, gap=16)
        card.setMaximumWidth(self._theme.px(_WIDEST_PX))
        card.rows.addWidget(WrappedLabel(words, "label"))
        for box in boxes:
            card.rows.addWidget(box)
        rows.addLayout(narrow(self._theme, card))
        rows.addStretch()
        return FormScroll(body)

    def _prefer(self, **changes: object) -> None:
        self.preferences_wanted.emit(changes)
