"""One day in one text field: any way of writing it is read, the other calendar and the age stand below."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QDate, QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QHBoxLayout, QWidget

from nakodo_desktop.domain.japanese import age_on, format_seireki, format_wareki, parse_date
from nakodo_desktop.domain.values import Trouble, Value
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import tool_button
from nakodo_desktop.ui.widgets.frames import column, row
from nakodo_desktop.ui.widgets.labels import PlainLabel
from nakodo_desktop.ui.widgets.line_input import LineInput

_FIRST_DAY, _LAST_DAY = date(1873, 1, 1), date(2150, 12, 31)  # what parse_date reads


class WarekiDateEdit(LineInput):
    """Reads S62.3.14, 昭和62年3月14日, 1987/3/14, 19870314 and writes 昭和62年3月14日. Up and Down move by a day.

    `value()` is a date, or the typed text when it cannot be read. `shows_age` counts full years on `today`.
    """

    _WIDTH_PX = 224

    def __init__(self, theme: Theme, *, today: date, shows_age: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(theme, japanese=False, placeholder="例 S62.3.14", parent=parent)
        self._today, self._shows_age = today, shows_age
        self.popup: CalendarPopup | None = None  # while it is open
        self.editor.setFixedWidth(theme.px(self._WIDTH_PX))
        self.is_compact = True
        self.calendar_button = tool_button(theme, "calendar", "カレンダーから選ぶ（Alt+↓）")
        self.calendar_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Alt+Down does it from the keyboard
        self.calendar_button.clicked.connect(self.open_calendar)
        self.editor.set_trailing(self.calendar_button)
        self.editor.textChanged.connect(self._tell_the_other_calendar)

    def value(self) -> Value:
        typed = self.editor.text().strip()
        if not typed:
            return None
        read = parse_date(typed)
        return typed if isinstance(read, Trouble) else read

    def own_trouble(self) -> Trouble | None:
        read = parse_date(self.editor.text())
        return read if isinstance(read, Trouble) else None

    def set_label(self, label: str) -> None:
        super().set_label(label)
        self.calendar_button.setAccessibleName(f"{label}をカレンダーから選ぶ")

    def open_calendar(self) -> None:
        popup = CalendarPopup(self.theme, self, self._day() or self._today)
        popup.picked.connect(self._on_picked)
        popup.move(self.editor.mapToGlobal(QPoint(0, self.editor.height() + 2)))
        popup.show()
        popup.calendar.setFocus()
        popup.destroyed.connect(self._forget_popup)
        self.popup = popup

    def _forget_popup(self) -> None:
        self.popup = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched is self.editor:
            step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
            if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self.open_calendar()
                return True
            if step is not None:
                self._move_by(step)
                return True
        return super().eventFilter(watched, event)

    def _show(self, value: Value) -> None:
        self.editor.setText(format_wareki(value) if isinstance(value, date) else self._as_text(value))

    def _tidy(self) -> None:
        value = self.value()
        self.editor.replace_all(format_wareki(value) if isinstance(value, date) else self._as_text(value))

    @staticmethod
    def _as_text(value: Value) -> str:
        return "" if value is None else str(value)

    def _day(self) -> date | None:
        value = self.value()
        return value if isinstance(value, date) else None

    def _move_by(self, days: int) -> None:
        day = self._day()
        if day is not None and _FIRST_DAY < day < _LAST_DAY:
            self.fill(day + timedelta(days=days))
        elif not self.editor.text().strip():
            self.fill(self._today)

    def _on_picked(self, day: date) -> None:
        self.fill(day)
        self.editor.setFocus()
        self._leave()

    def _tell_the_other_calendar(self) -> None:
        day = self._day()
        if day is None:
            self.set_notice("")
            return
        typed_wareki = self.editor.text().strip() == format_wareki(day)
        words = f"西暦 {format_seireki(day)}" if typed_wareki else format_wareki(day)
        age = age_on(day, self._today)
        self.set_notice(f"{words}　・　{age}歳" if self._shows_age and age >= 0 else words)


class CalendarPopup(QFrame):
    """A month to click in, headed 令和8年11月, with steps of a month and a year.

    Qt's own Japanese calendar paints Saturdays red, shows week numbers and puts the month before the year.
    """

    picked = Signal(object)
    _WIDTH_PX, _HEIGHT_PX = 308, 236

    def __init__(self, theme: Theme, field: QWidget, day: date) -> None:
        super().__init__(field, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("ground", "popup")
        self.calendar = QCalendarWidget(self)
        self.calendar.setAccessibleName("カレンダー")
        self.calendar.setNavigationBarVisible(False)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Sunday)
        self._colour_days(theme)
        self.calendar.setDateRange(_to_qt(_FIRST_DAY), _to_qt(_LAST_DAY))
        self.calendar.setSelectedDate(_to_qt(day))
        self.calendar.setFixedSize(theme.px(self._WIDTH_PX), theme.px(self._HEIGHT_PX))
        self._month = PlainLabel("", "strong")
        self._month.setAlignment(Qt.AlignmentFlag.AlignCenter)
        rows = column(theme, self, margin=8, gap=4)
        rows.addLayout(self._head(theme))
        rows.addWidget(self.calendar)
        self._name_month()
        self.calendar.currentPageChanged.connect(self._name_month)
        self.calendar.clicked.connect(self._pick)
        self.calendar.activated.connect(self._pick)

    def _head(self, theme: Theme) -> QHBoxLayout:
        head = row(theme, gap=0)
        steps = (
            ("chevrons-left", "前の年", self.calendar.showPreviousYear),
            ("chevron-left", "前の月", self.calendar.showPreviousMonth),
            ("chevron-right", "次の月", self.calendar.showNextMonth),
            ("chevrons-right", "次の年", self.calendar.showNextYear),
        )
        for index, (icon, name, step) in enumerate(steps):
            made = tool_button(theme, icon, name)
            made.clicked.connect(step)
            head.addWidget(made)
            if index == 1:
                head.addWidget(self._month, 1)
        return head

    def _colour_days(self, theme: Theme) -> None:
        weekday = QTextCharFormat()
        weekday.setForeground(theme.color("text"))
        sunday = QTextCharFormat()
        sunday.setForeground(theme.color("bad"))
        for day in Qt.DayOfWeek:
            self.calendar.setWeekdayTextFormat(day, sunday if day == Qt.DayOfWeek.Sunday else weekday)
        head = QTextCharFormat()
        head.setForeground(theme.color("muted"))
        head.setBackground(theme.color("surface"))
        self.calendar.setHeaderTextFormat(head)

    def _name_month(self) -> None:
        last = QDate(self.calendar.yearShown(), self.calendar.monthShown(), 1).addMonths(1).addDays(-1)
        wareki = format_wareki(date(last.year(), last.month(), last.day()))
        self._month.setText(f"{wareki[: wareki.index('月') + 1]}（{last.year()}年）")

    def _pick(self, day: QDate) -> None:
        if self.isVisible():  # a double click and Enter send both signals
            self.close()
            self.picked.emit(date(day.year(), day.month(), day.day()))


def _to_qt(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
