"""The step of the identity check: what kind of document was seen, and that nothing of it stays here."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from nakodo_desktop.domain.interview import STEP
from nakodo_desktop.ui.interview.section_page import SectionPage
from nakodo_desktop.ui.section_form import FormFacts
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.notices import Banner


class IdentityPage(SectionPage):
    """The form of the catalogue under its one sentence, said loudly: the operator shall not look for a place to copy.

    番号法19条・20条: there is no field for a number or a picture, and none may be added.
    """

    def __init__(self, theme: Theme, facts: FormFacts, *, parent: QWidget | None = None) -> None:
        step = STEP["identity"]
        super().__init__(theme, step, facts, lead="", parent=parent)
        self.rows.insertWidget(1, Banner(theme, "info", step.sections[0].lead, icon="shield-check"))
