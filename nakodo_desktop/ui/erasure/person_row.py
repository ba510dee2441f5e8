"""One person on the page of erasure: who, which records, until when and why, and whether it is on hold."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from nakodo_desktop.domain.dates import format_wareki
from nakodo_desktop.domain.retention import CONTENTS, RECORD_NAMES, Fate
from nakodo_desktop.services.erasure_plan import Person
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import button
from nakodo_desktop.ui.widgets.frames import column, row
from nakodo_desktop.ui.widgets.labels import ElidedLabel, WrappedLabel, plain_tool_tip
from nakodo_desktop.ui.widgets.marks import pill

_RECORD_PX, _DAY_PX = 130, 180


class PersonRow(QWidget):
    """Only wishes; the page carries them out."""

    record_wanted = Signal()
    hold_wanted = Signal()  # set it, or end it

    def __init__(self, theme: Theme, person: Person, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        rows = column(theme, self, gap=8)
        head = row(theme, gap=8)
        names = column(theme, gap=3)
        names.addWidget(ElidedLabel(person.name, "strong"))
        names.addWidget(ElidedLabel(_about(person), "hint"))
        head.addLayout(names, 1)
        if person.is_listed:
            head.addWidget(pill("サイトに掲載中", "warn"))
        if person.hold is not None:
            head.addWidget(pill("保留中", "info"))
        if person.id is not None:
            for text, name, wanted in (
                ("記録を見る", "look", self.record_wanted),
                ("保留を解く…" if person.hold else "保留にする…", "hold", self.hold_wanted),
            ):
                made = button(theme, text)
                made.setObjectName(f"{name}_{person.uid}")
                made.setAccessibleName(f"{person.name}：{text}")
                made.clicked.connect(wanted)
                head.addWidget(made)
        rows.addLayout(head)
        if person.hold is not None:
            since = format_wareki(person.hold.held_at.astimezone().date())
            rows.addWidget(WrappedLabel(f"{since}から保留：{person.hold.reason}", "hint"))
        for fate in person.fates:
            rows.addWidget(fate_line(theme, fate))


def fate_line(theme: Theme, fate: Fate) -> QWidget:
    """A class of records, what happens when, and the reason."""
    line = QWidget()
    across = row(theme, line, gap=12)
    top = Qt.AlignmentFlag.AlignTop
    name = WrappedLabel(RECORD_NAMES[fate.retention], "hint")
    name.setToolTip(plain_tool_tip(CONTENTS[fate.retention]))
    name.setFixedWidth(theme.px(_RECORD_PX))
    across.addWidget(name, 0, top)
    day = WrappedLabel(fate.when, "hint", tone="bad" if fate.is_due else None)
    day.setFixedWidth(theme.px(_DAY_PX))
    across.addWidget(day, 0, top)
    across.addWidget(WrappedLabel(fate.why, "hint"), 1)
    return line


def _about(person: Person) -> str:
    if person.id is None:
        return "会員の記録は消去済み（提供の記録だけが残っています）"
    left = "" if person.left_on is None else f"　・　退会 {format_wareki(person.left_on)}"
    return f"{person.number}{left}"
