"""The cities that the office counts as large or small by its own judgement; only the head sees it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from nakodo_desktop.domain.japanese import format_wareki
from nakodo_desktop.domain.municipality import AreaClass, AreaOverride
from nakodo_desktop.domain.values import Answers
from nakodo_desktop.services.form_drafts import Kind
from nakodo_desktop.services.own_cities import OwnCities
from nakodo_desktop.ui.settings.safety_card import SafetyCard
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import button
from nakodo_desktop.ui.widgets.form_draft import FormDraft
from nakodo_desktop.ui.widgets.frames import FormScroll, column, hline, narrow, row
from nakodo_desktop.ui.widgets.inputs import FieldBox, FieldInput, JaLineEdit, RadioInput
from nakodo_desktop.ui.widgets.labels import ElidedLabel, PlainLabel, WrappedLabel
from nakodo_desktop.ui.widgets.marks import pill
from nakodo_desktop.ui.widgets.municipality_input import MunicipalityInput, Place
from nakodo_desktop.ui.widgets.toast import show_toast

_WORDS = (
    "大都市（政令指定都市・中核市・施行時特例市・東京23区）では、お仕事を言葉で出せます。"
    "ほかの市を大都市として扱うと、その市の方が見分けられやすくなるので、理由が要ります。"
)
_NONE = "法律による区分のまま使っています。"
_CLASSES = (
    (AreaClass.LARGE.name, "大都市として扱う"),
    (AreaClass.SMALL_CITY.name, "小さな市として扱う"),
)


class OwnCitiesCard(SafetyCard):
    def __init__(
        self, theme: Theme, cities: OwnCities, places: Sequence[Place], *, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "map-pin", "市の区分", _WORDS, parent=parent)
        self._cities = cities
        self.area_class = RadioInput(theme, _CLASSES, always=True)
        self.fields: dict[str, FieldInput] = {
            "code": MunicipalityInput(theme, places),
            "reason": JaLineEdit(theme, placeholder="例：合併して人口が20万人を超えたため"),
        }
        self._list = QWidget()
        self.rows.addWidget(self._list)
        self.rows.addWidget(hline())
        self.draft = FormDraft(theme, cities.drafts, values=self._values, put_in=self._put_in, parent=self)
        self.rows.addWidget(self.draft)
        self.rows.addWidget(FieldBox(theme, "市", self.fields["code"], required=True))
        self.area_class.set_value(AreaClass.LARGE.name)
        self.rows.addWidget(FieldBox(theme, "扱い", self.area_class))
        hint = "大都市として扱うときは必ず書きます。区分を変えた市は、書き出しの記録に残ります。"
        self.rows.addWidget(FieldBox(theme, "理由", self.fields["reason"], hint=hint))
        self.add_deed("区分を変える", "mark_city", kind="primary").clicked.connect(self._mark)
        for field in (*self.fields.values(), self.area_class):
            field.changed.connect(self.draft.note_change)
        self.draft.begin(Kind.OWN_CITY.value)
        self.reload()

    def reload(self) -> None:
        body = QWidget()
        rows = column(self._theme, body, gap=8)
        marked = self._cities.marked()
        for number, one in enumerate(marked):
            if number:
                rows.addWidget(hline())
            rows.addWidget(self._line(one))
        if not marked:
            rows.addWidget(PlainLabel(_NONE, "hint"))
        self.rows.replaceWidget(self._list, body)
        self._list.hide()
        self._list.deleteLater()
        self._list = body

    def _values(self) -> Answers:
        typed = {key: field.value() for key, field in self.fields.items()}
        return {**typed, "area_class": self.area_class.value()}

    def _put_in(self, answers: Answers) -> None:
        for key, value in answers.items():
            (self.area_class if key == "area_class" else self.fields[key]).set_value(value)

    def _line(self, one: AreaOverride) -> QWidget:
        line = QWidget()
        across = row(self._theme, line, gap=8)
        names = column(self._theme, gap=3)
        name = self._cities.name_of(one.code)
        names.addWidget(ElidedLabel(name, "strong"))
        names.addWidget(WrappedLabel(f"{format_wareki(one.marked_on)}から　{one.reason}".strip(), "hint"))
        across.addLayout(names, 1)
        across.addWidget(pill(one.area_class.value, "warn" if one.area_class is AreaClass.LARGE else "mute"))
        back = button(self._theme, "法律どおりに戻す")
        back.setObjectName(f"unmark_{one.code}")
        back.setAccessibleName(f"{name}：法律どおりに戻す")
        back.clicked.connect(lambda: self._unmark(one.code))
        across.addWidget(back)
        return line

    def _mark(self) -> None:
        texts = {key: str(field.value() or "") for key, field in self.fields.items()}
        wanted = AreaClass[str(self.area_class.value())]
        problems = self._cities.mark(texts["code"], wanted, reason=texts["reason"])
        messages = {problem.field_key: problem.message for problem in problems}
        for key, field in self.fields.items():
            field.set_error(messages.get(key, ""))
        if problems:
            self.fields[problems[0].field_key].setFocus()
            return
        self.draft.submitted()
        for field in self.fields.values():
            field.set_value(None)
        self.draft.begin(Kind.OWN_CITY.value)
        self.reload()
        show_toast(self, self._theme, "市の区分を変えました。次の書き出しから使われます。")

    def _unmark(self, code: str) -> None:
        self._cities.unmark(code)
        self.reload()


def own_cities_tab(theme: Theme, cities: OwnCities, places: Sequence[Place]) -> QWidget:
    """The card on a page of the settings."""
    body = QWidget()
    rows = column(theme, body)
    rows.setContentsMargins(0, theme.px(12), 0, theme.px(12))
    rows.addLayout(narrow(theme, OwnCitiesCard(theme, cities, places)))
    rows.addStretch()
    return FormScroll(body)
