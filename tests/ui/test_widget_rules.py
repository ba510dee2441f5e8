"""Each bare Qt widget is made in one module only, so that what was learnt about it there holds everywhere."""

from __future__ import annotations

import re

import pytest

from tests.source_tree import python_files, relative, strings, tree_of, uses

WIDGETS = "nakodo_desktop/ui/widgets/"
HOME_OF = {
    "QLabel": "labels.py",
    "QLineEdit": "line_editor.py",
    "QPlainTextEdit": "text_input.py",
    "QComboBox": "choice_input.py",
    "QRadioButton": "choice_input.py",
    "QCheckBox": "choice_input.py",
    "QCalendarWidget": "date_input.py",
    "QPushButton": "buttons.py",
    "QToolButton": "buttons.py",
    "QDialog": "dialog.py",
    "QSpinBox": None,
    "QDoubleSpinBox": None,
    "QDateEdit": None,
    "QTextEdit": None,
    "QMessageBox": None,
    "QInputDialog": None,
    "QDialogButtonBox": None,
    "QRegularExpressionValidator": None,
    "QIntValidator": None,
    "setMaxLength": None,
    "setInputMask": None,
    "setValidator": None,
}
PACKAGE = python_files("nakodo_desktop")


@pytest.mark.parametrize("what", HOME_OF)
def test_bare_widget_is_made_in_its_home_only(what: str) -> None:
    home = HOME_OF[what]
    allowed = {f"{WIDGETS}{home}"} if home else set()
    makers = {
        relative(path)
        for path in PACKAGE
        for found, _line in uses(tree_of(path))
        if found == what or found.endswith(f".{what}")
    }
    assert makers == allowed


def test_only_the_theme_sets_a_style_sheet() -> None:
    setters = {relative(p) for p in PACKAGE for found, _ in uses(tree_of(p)) if found.endswith(".setStyleSheet")}
    assert setters == {"nakodo_desktop/ui/theme.py"}


def test_no_shortcut_takes_a_key_of_the_ime() -> None:
    """F6 to F10 convert a composition: a shortcut on them would fire for everybody who types Japanese."""
    taken = [
        (relative(path), line)
        for path in PACKAGE
        for text, line in strings(tree_of(path))
        if re.fullmatch(r"(?:(?:Ctrl|Shift|Alt)\+)*F(?:6|7|8|9|10)", text)
    ]
    assert taken == []
