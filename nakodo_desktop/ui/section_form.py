"""A catalogue Section as a form, for the interview and for the member's page; callers see answers by catalogue key.

Two columns when there is room, one when there is not. A field whose `asked` condition does not hold is hidden, and
its answer is None: what was not to be asked is not kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from nakodo_desktop.domain import catalog
from nakodo_desktop.domain.fields import Field, Kind, Section
from nakodo_desktop.domain.profile import answer_trouble
from nakodo_desktop.domain.values import Answers, Problem, Trouble, Value
from nakodo_desktop.ui.address_fill import AddressFill, FindAddresses
from nakodo_desktop.ui.furigana import FuriganaTracker
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import button
from nakodo_desktop.ui.widgets.choice_input import CheckInput, choice_input
from nakodo_desktop.ui.widgets.code_inputs import Code, CodeLineEdit, NumberEdit
from nakodo_desktop.ui.widgets.date_input import WarekiDateEdit
from nakodo_desktop.ui.widgets.family_input import FamilyInput
from nakodo_desktop.ui.widgets.field_box import FieldBox
from nakodo_desktop.ui.widgets.field_input import FieldInput
from nakodo_desktop.ui.widgets.line_inputs import JaLineEdit, KanaLineEdit
from nakodo_desktop.ui.widgets.municipality_input import MunicipalityInput, Place
from nakodo_desktop.ui.widgets.text_input import JaTextEdit
from nakodo_desktop.ui.widgets.wish_input import WishInput

ADDRESS_LINE = "address_line"
TWO_COLUMNS_FROM_PX = 560
_WIDE_TEXT_CHARS = 150


@dataclass(frozen=True)
class FormFacts:
    """What a form must know from outside: the day, the municipalities, and where a postal code leads."""

    today: date
    staff_name: str = ""  # who is at the desk
    places: Sequence[Place] = ()
    find_addresses: FindAddresses | None = None


class SectionForm(QWidget):
    """`shows_help` puts the spoken question under each label; otherwise a page shows it on `focused`."""

    changed = Signal()  # the operator typed or chose
    committed = Signal(str, object)  # catalogue key, value: a field was left with another answer
    focused = Signal(str)  # catalogue key of the field that got the focus

    def __init__(
        self,
        theme: Theme,
        section: Section,
        facts: FormFacts,
        *,
        shows_help: bool = False,
        columns: int = 2,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.section = section
        self._theme, self._facts, self._most_columns = theme, facts, columns
        self._elsewhere: dict[str, Value] = {}  # answers of other sections, for conditions
        self._fields: dict[str, Field] = {field.key: field for field in section.fields}
        self.inputs: dict[str, FieldInput] = {}
        self.boxes: dict[str, FieldBox] = {}
        self._columns = self._last_row = 0
        self._asked: tuple[str, ...] = ()
        codes = frozenset(place.code for place in facts.places)
        self._knows_municipality: Callable[[str], bool] = codes.__contains__
        for field in section.fields:
            self._add(field, shows_help=shows_help)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(16))
        self._grid.setVerticalSpacing(theme.px(18))
        self._connect_readings()
        self._connect_address()
        self._connect_seen()
        self._refresh()

    def values(self) -> dict[str, Value]:
        """Every answer of this section; None when not answered or not asked."""
        return {key: self.inputs[key].value() if key in self._asked else None for key in self.inputs}

    def set_values(self, answers: Answers) -> None:
        """Fill the form. Answers of other sections decide which fields are asked."""
        self._elsewhere = {key: value for key, value in answers.items() if key not in self.inputs}
        for key, field in self.inputs.items():
            field.set_value(answers.get(key))
        self._refresh()

    def put_in(self, answers: Answers) -> None:
        """Change single answers and leave the others, in which somebody may be typing."""
        self._elsewhere |= {key: value for key, value in answers.items() if key not in self.inputs}
        for key in self.inputs.keys() & answers.keys():
            self.inputs[key].set_value(answers[key])
        self._refresh()

    def problems(self) -> list[Problem]:
        """What is wrong with the answers that stand there; missing ones are no problem here."""
        found = ((key, self.inputs[key].trouble()) for key in self._asked)
        return [Problem(key, trouble.message) for key, trouble in found if trouble is not None]

    def set_problems(self, problems: Iterable[Problem]) -> None:
        """Show these problems at their fields, and each field's own trouble at the others."""
        told = {problem.field_key: problem.message for problem in problems}
        for key, field in self.inputs.items():
            if key in told:
                field.set_error(told[key])
            else:
                field.validate()

    def focus_field(self, key: str) -> None:
        self.inputs[key].setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_first_empty(self) -> None:
        """The first asked field without an answer, or the first field."""
        empty = (key for key in self._asked if self.inputs[key].value() is None)
        target = next(empty, self._asked[0] if self._asked else None)
        if target is not None:
            self.focus_field(target)

    @property
    def asked(self) -> tuple[str, ...]:
        """Keys of the fields that are shown now, in order."""
        return self._asked

    def minimumSizeHint(self) -> QSize:
        """One column must fit; more are taken when there is room for them."""
        return QSize(self._needed_px(1), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            key = watched.property("field_key")
            if isinstance(key, str):
                self.focused.emit(key)
        return False

    def _add(self, field: Field, *, shows_help: bool) -> None:
        made = EDITOR_OF[field.kind](self._theme, field, self._facts)
        made.setObjectName(field.key)
        made.set_check(partial(self._check, field))
        made.changed.connect(self._on_changed)
        made.committed.connect(lambda value, key=field.key: self.committed.emit(key, value))
        for part in made.parts:
            part.setProperty("field_key", field.key)
            part.installEventFilter(self)
        box = FieldBox(
            self._theme,
            "" if field.kind is Kind.FLAG else field.label,
            made,
            required=False,
            lead=field.help if shows_help and field.kind is not Kind.FLAG else "",
            hint=field.help if shows_help and field.kind is Kind.FLAG else "",
            beside=self._helper(field, made),
            parent=self,
        )
        self.inputs[field.key], self.boxes[field.key] = made, box

    def _check(self, field: Field, value: Value) -> Trouble | None:
        return answer_trouble(field, value, today=self._facts.today, knows_municipality=self._knows_municipality)

    def _helper(self, field: Field, made: FieldInput) -> QPushButton | None:
        if field.kind is Kind.DATE and field.key != "birth_date":
            today = button(self._theme, "今日", kind="link")
            today.setAccessibleName(f"{field.label}を今日にする")
            today.setProperty("enter_skips", True)
            today.clicked.connect(lambda: made.fill(self._facts.today))
            return today
        if field.kind is Kind.POSTAL_CODE and self._facts.find_addresses is not None:
            fill = button(self._theme, "住所を入れる", icon="map-pin")
            fill.setProperty("enter_skips", True)
            return fill
        return None

    def _connect_readings(self) -> None:
        for key, field in self._fields.items():
            source, reading = self.inputs.get(field.reading_of), self.inputs[key]
            if isinstance(source, JaLineEdit) and isinstance(reading, KanaLineEdit):
                FuriganaTracker(source, reading)

    def _connect_address(self) -> None:
        postal = next(
            (i for i in self.inputs.values() if isinstance(i, CodeLineEdit) and i.code is Code.POSTAL_CODE), None
        )
        place = next((i for i in self.inputs.values() if isinstance(i, MunicipalityInput)), None)
        line = self.inputs.get(ADDRESS_LINE)
        find = self._facts.find_addresses
        if postal is None or place is None or not isinstance(line, JaLineEdit) or find is None:
            return
        fill_button = self.boxes[postal.objectName()].beside
        if isinstance(fill_button, QPushButton):
            AddressFill(self._theme, find, postal=postal, place=place, line=line, fill_button=fill_button)

    def _connect_seen(self) -> None:
        """A proof that is ticked as seen was seen today by whoever is at the desk, unless somebody says otherwise."""
        for key, (day, person) in catalog.SEEN_ON_AND_BY.items():
            if key in self.inputs:
                known: dict[str, Value] = {day: self._facts.today, person: self._facts.staff_name or None}
                self.inputs[key].changed.connect(partial(self._fill_seen, key, known))

    def _fill_seen(self, key: str, known: Answers) -> None:
        for other, value in known.items():
            if self.inputs[key].value() is True and self.inputs[other].value() is None and value is not None:
                self.inputs[other].fill(value)

    def _on_changed(self) -> None:
        self._refresh()
        self.changed.emit()

    def _refresh(self) -> None:
        """Show the fields that are asked and mark the required ones."""
        answers = self._answers()
        asked = tuple(key for key, field in self._fields.items() if field.is_asked(answers))
        for key, field in self._fields.items():
            required: bool | None = field.is_required(answers)
            self.boxes[key].set_required(None if field.kind is Kind.FLAG and not required else required)
        if asked != self._asked:
            self._asked = asked
            self._columns = 0
        self._lay_out()

    def _answers(self) -> dict[str, Value]:
        """All answers, without those of fields that are not asked because of an earlier one."""
        answers: dict[str, Value] = dict(self._elsewhere)
        for key, field in self._fields.items():
            answers[key] = self.inputs[key].value() if field.is_asked(answers) else None
        return answers

    def _lay_out(self) -> None:
        most = self._most_columns
        enough = max(self._theme.px(TWO_COLUMNS_FROM_PX), self._needed_px(most))
        columns = most if self.width() >= enough else 1
        if columns == self._columns:
            return
        self._columns = columns
        self._grid.setRowStretch(self._last_row, 0)
        for key, box in self.boxes.items():
            self._grid.removeWidget(box)  # takeAt would leave an item behind that eats the calls to measure anew
            box.setVisible(key in self._asked)
        self._last_row = 0
        for key, row, column, span in self._cells(columns):
            self._grid.addWidget(self.boxes[key], row, column, 1, span, Qt.AlignmentFlag.AlignTop)
            self._last_row = row + 1
        self._grid.setRowStretch(self._last_row, 1)  # spare height goes below the fields, not between them
        for index in range(self._most_columns):
            self._grid.setColumnStretch(index, 1 if index < columns else 0)
            self._grid.setColumnMinimumWidth(index, 0)

    def _cells(self, columns: int) -> Iterator[tuple[str, int, int, int]]:
        """(key, row, column, columns it spans) of each field that is asked."""
        row, column = 0, 0
        for key in self._asked:
            span = columns if _is_wide(self._fields[key]) else 1
            if column + span > columns:
                row, column = row + 1, 0
            yield key, row, column, span
            column += span

    def _needed_px(self, columns: int) -> int:
        """The width below which fields would overlap."""
        alone, widths = 0, [0] * columns
        for key, _row, column, span in self._cells(columns):
            needed = self.boxes[key].minimumSizeHint().width()
            if span > 1:
                alone = max(alone, needed)
            else:
                widths[column] = max(widths[column], needed)
        return max(alone, sum(widths) + (columns - 1) * self._grid.horizontalSpacing())


def _is_wide(field: Field) -> bool:
    if field.kind is Kind.TEXT:
        return field.max_chars >= _WIDE_TEXT_CHARS
    return field.kind in (Kind.NOTE, Kind.FAMILY, Kind.WISH, Kind.FLAG)


def _text(theme: Theme, field: Field, _facts: FormFacts) -> FieldInput:
    return JaLineEdit(theme, max_chars=field.max_chars)


def _kana(theme: Theme, _field: Field, _facts: FormFacts) -> FieldInput:
    return KanaLineEdit(theme)


def _note(theme: Theme, field: Field, _facts: FormFacts) -> FieldInput:
    return JaTextEdit(theme, max_chars=field.max_chars)


def _int(theme: Theme, field: Field, _facts: FormFacts) -> FieldInput:
    return NumberEdit(theme, unit=field.unit, minimum=field.minimum, maximum=field.maximum)


def _date(theme: Theme, field: Field, facts: FormFacts) -> FieldInput:
    return WarekiDateEdit(theme, today=facts.today, shows_age=field.key == "birth_date")


def _choice(theme: Theme, field: Field, _facts: FormFacts) -> FieldInput:
    return choice_input(theme, field.choices)


def _flag(theme: Theme, field: Field, _facts: FormFacts) -> FieldInput:
    return CheckInput(theme, field.label)


def _code(code: Code) -> Callable[[Theme, Field, FormFacts], FieldInput]:
    return lambda theme, _field, _facts: CodeLineEdit(theme, code)


def _municipality(theme: Theme, _field: Field, facts: FormFacts) -> FieldInput:
    return MunicipalityInput(theme, facts.places)


def _family(theme: Theme, _field: Field, _facts: FormFacts) -> FieldInput:
    return FamilyInput(theme, relations=catalog.RELATIONS, life=catalog.LIFE, only_one_of=("father", "mother"))


def _wish(theme: Theme, field: Field, _facts: FormFacts) -> FieldInput:
    return WishInput(theme, catalog.WISH_WEIGHTS, no_matter="any", if_only_words="prefer", max_chars=field.max_chars)


# Every kind but PHOTO, which has a page of its own (tests/ui/test_section_form.py).
EDITOR_OF: Mapping[Kind, Callable[[Theme, Field, FormFacts], FieldInput]] = {
    Kind.TEXT: _text,
    Kind.KANA: _kana,
    Kind.NOTE: _note,
    Kind.INT: _int,
    Kind.DATE: _date,
    Kind.CHOICE: _choice,
    Kind.FLAG: _flag,
    Kind.POSTAL_CODE: _code(Code.POSTAL_CODE),
    Kind.PHONE: _code(Code.PHONE),
    Kind.EMAIL: _code(Code.EMAIL),
    Kind.MUNICIPALITY: _municipality,
    Kind.FAMILY: _family,
    Kind.WISH: _wish,
}
