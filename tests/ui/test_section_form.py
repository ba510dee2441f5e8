"""A section as a form: every kind has an editor, answers go in and out unchanged, unasked ones are not kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QMenu, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from nakodo_desktop.domain import catalog
from nakodo_desktop.domain.answers import has_right_type
from nakodo_desktop.domain.fields import Kind, Section
from nakodo_desktop.domain.values import Problem, Value
from nakodo_desktop.ui.address_fill import Address
from nakodo_desktop.ui.alerts import open_dialog
from nakodo_desktop.ui.section_form import EDITOR_OF, FormFacts, SectionForm
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.tokens import TextSize
from nakodo_desktop.ui.widgets.frames import FormScroll
from nakodo_desktop.ui.widgets.inputs import CodeLineEdit, FieldInput, JaLineEdit, WarekiDateEdit
from nakodo_desktop.ui.widgets.municipality_input import MunicipalityInput, Place
from tests.ui.conftest import Show
from tests.ui.imekit import play

TODAY = date(2026, 11, 23)
PLACES = (
    Place("13112", "東京都", "世田谷区", "せたがやく"),
    Place("13113", "東京都", "渋谷区", "しぶやく"),
    Place("14100", "神奈川県", "横浜市", "よこはまし"),
)
BY_POSTAL_CODE = {
    "154-0017": [Address("13112", "世田谷", "東京都世田谷区世田谷")],
    "150-0000": [Address("13113", "架空町", "東京都渋谷区架空町"), Address("13113", "見本町", "東京都渋谷区見本町")],
}
FACTS = FormFacts(today=TODAY, places=PLACES, find_addresses=lambda code: BY_POSTAL_CODE.get(code, []))
OFFSCREEN_POPUP = pytest.mark.qt_log_ignore("does not support", extend=True)
FORM_SECTIONS = [s for s in catalog.SECTIONS if all(f.kind is not Kind.PHOTO for f in s.fields)]
BASICS: dict[str, Value] = {
    "family_name": "髙橋",
    "given_name": "見本",
    "family_kana": "たかはし",
    "given_kana": "みほん",
    "birth_date": date(1992, 5, 17),
    "sex": "female",
    "postal_code": "154-0017",
    "phone": "090-1234-5678",
    "municipality": "13112",
    "address_line": "世田谷1-2-3",
    "email": "mihon@example.jp",
    "origin_prefecture": "13",
    "contact_note": "一行目\n二行目",
}
SAMPLE: dict[Kind, Value] = {
    Kind.TEXT: "見本の文",
    Kind.KANA: "みほん",
    Kind.NOTE: "一行目\n二行目",
    Kind.INT: 3,
    Kind.DATE: date(2026, 4, 1),
    Kind.FLAG: True,
    Kind.FAMILY: ("father/alive", "elder_sister/deceased"),
    Kind.WISH: ("prefer", "同世代"),
}


def form_of(theme: Theme, key: str = "basics", *, facts: FormFacts = FACTS) -> SectionForm:
    return SectionForm(theme, catalog.SECTION[key], facts)


def type_into(field: FieldInput, text: str) -> None:
    field.setFocus()
    play(field.parts[0], [("", text)])


def test_every_kind_has_an_editor_but_the_photo() -> None:
    assert set(Kind) - set(EDITOR_OF) == {Kind.PHOTO}


@pytest.mark.parametrize("section", FORM_SECTIONS, ids=lambda s: s.key)
def test_answers_go_in_and_out_unchanged(theme: Theme, show: Show, section: Section) -> None:
    form = SectionForm(theme, section, FACTS)
    show(form)
    answers: dict[str, Value] = {}
    for field in section.fields:
        value = field.choices[-1][0] if field.choices else BASICS.get(field.key, SAMPLE.get(field.kind))
        if field.kind is Kind.INT:
            value = field.minimum if field.minimum is not None else 3
        assert has_right_type(field, value), field.key
        answers[field.key] = value
    holds = {f.asked.key: next(iter(f.asked.values)) for f in section.fields if f.asked is not None}
    form.set_values({**answers, **holds})
    got = form.values()
    for key in form.asked:
        assert got[key] == {**answers, **holds}[key], key
    form.set_values({})
    assert set(form.values().values()) == {None}


@pytest.mark.parametrize("section", FORM_SECTIONS, ids=lambda s: s.key)
def test_every_field_can_be_reached_and_has_a_name(theme: Theme, show: Show, section: Section) -> None:
    form = SectionForm(theme, section, FACTS)
    show(form)
    for widget in form.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
            inside_of_qt = isinstance(widget, QScrollArea) or widget.objectName().startswith("qt_")
            assert widget.accessibleName() or inside_of_qt, widget
    for field in section.fields:
        found = form.findChild(FieldInput, field.key)
        assert found is form.inputs[field.key], "tests and links find a field by its catalogue key"


def test_typing_is_told_once_and_filling_is_not(theme: Theme, show: Show) -> None:
    form = form_of(theme)
    show(form)
    changes: list[str] = []
    commits: list[tuple[str, object]] = []
    focused: list[str] = []
    form.changed.connect(lambda: changes.append("changed"))
    form.committed.connect(lambda key, value: commits.append((key, value)))
    form.focused.connect(focused.append)
    form.set_values(BASICS)
    assert (changes, commits) == ([], [])
    type_into(form.inputs["given_name"], "花子")
    form.focus_field("phone")
    assert commits == [("given_name", "見本花子")]
    assert len(changes) == 1
    assert focused == ["given_name", "phone"]


def test_reading_fills_itself(theme: Theme, show: Show) -> None:
    form = form_of(theme)
    show(form)
    form.inputs["family_name"].setFocus()
    play(form.inputs["family_name"].parts[0], [("やまだ", ""), ("山田", ""), ("", "山田")])
    assert form.values()["family_kana"] == "やまだ"


def test_unreadable_answers_are_kept_and_told(theme: Theme, show: Show) -> None:
    form = form_of(theme)
    show(form)
    type_into(form.inputs["birth_date"], "S64.1.8")
    type_into(form.inputs["phone"], "090")
    type_into(form.inputs["municipality"].city, "架空市")  # type: ignore[attr-defined]  # it is a MunicipalityInput
    assert form.values()["birth_date"] == "S64.1.8"
    told = {problem.field_key for problem in form.problems()}
    assert {"birth_date", "phone"} <= told


def test_a_minor_a_number_and_a_future_day_are_told_by_the_domain(theme: Theme, show: Show) -> None:
    form = form_of(theme)
    show(form)
    form.set_values({"birth_date": date(2010, 1, 1), "family_name": "見本1234-5678-9012"})
    told = {problem.field_key: problem.message for problem in form.problems()}
    assert "18歳未満" in told["birth_date"]
    assert "family_name" in told, "what looks like an identity number is refused"


def test_problems_are_shown_at_their_fields_and_go_when_mended(theme: Theme, show: Show) -> None:
    form = form_of(theme)
    show(form)
    form.set_values(BASICS)
    form.set_problems([Problem("family_name", "書類の字と違います。")])
    assert form.inputs["family_name"].error() == "書類の字と違います。"
    assert form.inputs["given_name"].error() == ""
    type_into(form.inputs["family_name"], "田")
    assert form.inputs["family_name"].error() == ""


def test_field_is_asked_and_required_by_its_condition(theme: Theme, show: Show) -> None:
    form = form_of(theme, "marriage")
    show(form)
    form.set_values({"marital_history": "never"})
    assert not form.boxes["marriage_count"].isVisible()
    form.inputs["marital_history"].radios["divorced"].click()  # type: ignore[attr-defined]  # it is a RadioInput
    assert form.boxes["marriage_count"].isVisible()
    form.inputs["marriage_count"].fill(2)
    assert form.values()["marriage_count"] == 2
    form.inputs["marital_history"].radios["never"].click()  # type: ignore[attr-defined]  # as above
    assert form.values()["marriage_count"] is None, "an answer that may not be asked is not kept"


def test_answer_of_another_section_decides(theme: Theme, show: Show) -> None:
    form = form_of(theme, "career")
    show(form)
    form.set_values({"sex": "male"})
    assert form.inputs["annual_income_man_yen"].is_required()
    form.set_values({"sex": "female"})
    assert not form.inputs["annual_income_man_yen"].is_required()
    care = form_of(theme, "special_care")
    show(care)
    care.set_values({})
    assert care.asked == ()
    care.set_values({"consent_collect_disability": "given", "disability_flag": "no"})
    assert care.values()["disability_flag"] == "no"
    care.set_values({"consent_collect_disability": "refused", "disability_flag": "no"})
    assert care.values()["disability_flag"] is None


def test_form_goes_from_two_columns_to_one(qtbot: QtBot, theme: Theme, show: Show) -> None:
    form = form_of(theme)
    ground = show(FormScroll(form))

    def columns() -> int:
        return len({box.x() for box in form.boxes.values()})

    ground.resize(900, 700)
    qtbot.waitUntil(lambda: columns() == 2)
    assert form.boxes["family_name"].y() == form.boxes["given_name"].y()
    ground.resize(500, 700)
    qtbot.waitUntil(lambda: columns() == 1)
    assert form.boxes["family_name"].y() < form.boxes["given_name"].y()


@pytest.mark.parametrize("size", TextSize)
@pytest.mark.parametrize("section", FORM_SECTIONS, ids=lambda s: s.key)
def test_form_is_never_wider_than_the_narrowest_window(
    theme: Theme, show: Show, section: Section, size: TextSize
) -> None:
    """1093 logical pixels less the rail, the margins and the scroll bar (ux handbook 6.4)."""
    sized = Theme(dark=False, text_size=size)
    form = SectionForm(sized, section, FACTS)
    show(form)
    assert form.minimumSizeHint().width() <= 1_080 - sized.px(220) - sized.px(120)


def test_enter_leads_through_the_form_in_order(qtbot: QtBot, theme: Theme, show: Show) -> None:
    form = form_of(theme)
    ground = show(form)
    form.focus_field("family_name")
    visited = []
    for _ in range(8):
        focused = ground.focusWidget()
        assert focused is not None
        visited.append(focused.property("field_key"))
        qtbot.keyClick(focused, Qt.Key.Key_Return)
    expected = "family_name given_name family_kana given_kana birth_date sex postal_code phone"
    assert visited == expected.split()


def test_focus_goes_to_the_first_empty_field(theme: Theme, show: Show) -> None:
    form = form_of(theme)
    ground = show(form)
    form.set_values({key: value for key, value in BASICS.items() if key != "phone"})
    form.focus_first_empty()
    focused = ground.focusWidget()
    assert focused is not None
    assert focused.property("field_key") == "phone"


# The postal code --------------------------------------------------------------------------------------------------


class AddressCase:
    def __init__(self, form: SectionForm) -> None:
        self.form = form
        postal, place, line = (form.inputs[key] for key in ("postal_code", "municipality", "address_line"))
        assert isinstance(postal, CodeLineEdit)
        assert isinstance(place, MunicipalityInput)
        assert isinstance(line, JaLineEdit)
        self.postal, self.place, self.line = postal, place, line
        beside = form.boxes["postal_code"].beside
        assert isinstance(beside, QPushButton)
        self.fill_button = beside

    @property
    def address(self) -> tuple[Value, Value]:
        return self.place.value(), self.line.value()


@pytest.fixture
def case(theme: Theme, show: Show) -> AddressCase:
    form = form_of(theme)
    show(form)
    return AddressCase(form)


def test_seventh_digit_fills_an_empty_address(case: AddressCase) -> None:
    type_into(case.postal, "154001")
    assert case.address == (None, None)
    type_into(case.postal, "7")
    assert case.address == ("13112", "世田谷")
    assert case.line.editor.hasFocus()


def test_typed_address_is_replaced_only_after_asking(qtbot: QtBot, case: AddressCase) -> None:
    case.place.set_value("14100")
    case.line.set_value("手で入れた町 5-6")
    type_into(case.postal, "1540017")
    assert case.address == ("14100", "手で入れた町 5-6"), "not by itself"
    case.fill_button.click()
    dialog = open_dialog(case.form)
    assert dialog is not None
    no, yes = (dialog.findChildren(QPushButton)[i] for i in (1, 0))
    no.click()
    assert case.address == ("14100", "手で入れた町 5-6")
    case.fill_button.click()
    dialog = open_dialog(case.form)
    assert dialog is not None
    yes = dialog.findChildren(QPushButton)[0]
    assert yes.accessibleName() == "置き換える"
    yes.click()
    assert case.address == ("13112", "世田谷")


def test_house_number_after_the_town_is_kept_without_asking(case: AddressCase) -> None:
    case.postal.set_value("154-0017")
    case.line.set_value("世田谷1-2-3 見本荘")
    case.fill_button.click()
    assert case.address == ("13112", "世田谷1-2-3 見本荘")
    assert open_dialog(case.form) is None


@OFFSCREEN_POPUP
def test_ambiguous_code_lets_choose(case: AddressCase) -> None:
    type_into(case.postal, "1500000")
    assert case.address == (None, None)
    assert "お選びください" in case.postal.notice()[0]
    case.fill_button.click()
    menu = case.fill_button.findChild(QMenu)
    assert menu is not None
    assert [action.text() for action in menu.actions()] == ["東京都渋谷区架空町", "東京都渋谷区見本町"]
    menu.actions()[1].trigger()
    menu.close()
    assert case.address == ("13113", "見本町")


def test_unknown_and_half_codes_are_told(case: AddressCase) -> None:
    type_into(case.postal, "9999999")
    case.fill_button.click()
    assert "見つかりません" in case.postal.error()
    case.postal.set_value("154")
    case.fill_button.click()
    assert "桁数が足りません" in case.postal.error()


def test_today_is_one_click_away(theme: Theme, show: Show) -> None:
    form = form_of(theme, "identity")
    show(form)
    today = form.boxes["identity_seen_on"].beside
    assert isinstance(today, QPushButton)
    today.click()
    assert form.values()["identity_seen_on"] == TODAY
    assert isinstance(form.inputs["identity_seen_on"], WarekiDateEdit)


@pytest.mark.parametrize("width", [420, 700, 1_000])
@pytest.mark.parametrize("section", FORM_SECTIONS, ids=lambda s: s.key)
def test_no_field_is_cut_off_by_long_errors(
    qtbot: QtBot, theme: Theme, show: Show, section: Section, width: int
) -> None:
    form = SectionForm(theme, section, FACTS, shows_help=True)
    ground = show(FormScroll(form))
    form.set_values(
        {"consent_collect_religion": "given", "marital_history": "divorced", "family_members": ("mother/",)}
    )
    form.set_problems([Problem(key, "とても長い説明です。" * 12) for key in form.asked])
    ground.resize(width, 500)
    looks: list[list[QRect]] = []

    def is_at_rest() -> bool:
        """A label with another line asks for room, then its box does, then the form: nothing moves any more."""
        looks.append([widget.geometry() for widget in form.findChildren(QWidget)])
        return looks[-2:-1] == looks[-1:]

    qtbot.waitUntil(is_at_rest)
    for widget in form.findChildren(QWidget):
        if not widget.isVisible() or widget.window() is not ground:
            continue
        if widget.hasHeightForWidth():
            assert widget.height() >= widget.heightForWidth(widget.width()), widget
        parent = widget.parentWidget()
        assert parent is None or widget.geometry().bottom() <= parent.height(), widget


def test_a_proof_that_is_ticked_was_seen_today_by_whoever_is_at_the_desk(theme: Theme, show: Show) -> None:
    form = SectionForm(theme, catalog.CAREER, replace(FACTS, staff_name="架空 仲子"))
    show(form)
    form.set_values({"employment_type": "self_employed", "job_type": "licensed", "license_seen_by": "見本 所長"})
    for key in ("income_proof_seen", "license_seen"):
        form.inputs[key].fill(True)
    told = form.values()
    assert (told["income_proof_seen_on"], told["income_proof_seen_by"]) == (TODAY, "架空 仲子")
    assert (told["license_seen_on"], told["license_seen_by"]) == (TODAY, "見本 所長"), "what stands there stays"
    form.inputs["income_proof_seen"].fill(False)
    assert form.values()["income_proof_seen_by"] == "架空 仲子"
