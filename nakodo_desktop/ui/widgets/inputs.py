"""Every input a page may use, behind one door; a bare Qt editor is made nowhere else (a test watches it)."""

from __future__ import annotations

from nakodo_desktop.ui.widgets.choice_input import CheckInput, ChoiceInput, ComboInput, RadioInput, choice_input
from nakodo_desktop.ui.widgets.code_inputs import Code, CodeLineEdit, NumberEdit
from nakodo_desktop.ui.widgets.date_input import WarekiDateEdit
from nakodo_desktop.ui.widgets.field_box import FieldBox
from nakodo_desktop.ui.widgets.field_input import Check, FieldInput
from nakodo_desktop.ui.widgets.ime import add_shortcut, commit_ime
from nakodo_desktop.ui.widgets.line_inputs import JaLineEdit, KanaLineEdit, SearchEdit
from nakodo_desktop.ui.widgets.password_input import PasswordEdit
from nakodo_desktop.ui.widgets.text_input import JaTextEdit

__all__ = [
    "Check",
    "CheckInput",
    "ChoiceInput",
    "Code",
    "CodeLineEdit",
    "ComboInput",
    "FieldBox",
    "FieldInput",
    "JaLineEdit",
    "JaTextEdit",
    "KanaLineEdit",
    "NumberEdit",
    "PasswordEdit",
    "RadioInput",
    "SearchEdit",
    "WarekiDateEdit",
    "add_shortcut",
    "choice_input",
    "commit_ime",
]
