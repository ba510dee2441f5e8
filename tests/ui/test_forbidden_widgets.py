"""No form has a place for a fact the office must never hold (domain handbook 2.3)."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from nakodo_desktop.domain import catalog
from nakodo_desktop.domain.fields import Kind, Section
from nakodo_desktop.domain.forbidden import FORBIDDEN_FIELDS
from nakodo_desktop.ui.section_form import FormFacts, SectionForm
from nakodo_desktop.ui.theme import Theme
from tests.factory import TODAY

FORMS = [section for section in catalog.SECTIONS if all(field.kind is not Kind.PHOTO for field in section.fields)]


@pytest.mark.parametrize("section", FORMS, ids=lambda section: section.key)
def test_no_widget_is_named_or_labelled_for_a_forbidden_fact(qtbot: QtBot, theme: Theme, section: Section) -> None:
    form = SectionForm(theme, section, FormFacts(today=TODAY))
    qtbot.addWidget(form)
    names = {widget.objectName() for widget in form.findChildren(QWidget)}
    labels = {label.text() for label in form.findChildren(QLabel)}
    assert {field.key for field in section.fields} <= names
    for forbidden in FORBIDDEN_FIELDS:
        assert [name for name in names if forbidden.key_part in name] == []
        assert [label for label in labels if any(word in label for word in forbidden.words)] == []
