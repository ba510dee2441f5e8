"""What singles a member out of this batch, and the ways to show less, each one click."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from nakodo_desktop.domain.singling_out import PHOTO_SENTENCE, Person, words_of
from nakodo_desktop.domain.site_context import Coarsening
from nakodo_desktop.domain.site_item import SiteProfile
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.flow_layout import FlowLayout
from nakodo_desktop.ui.widgets.frames import Card
from nakodo_desktop.ui.widgets.inputs import CheckInput
from nakodo_desktop.ui.widgets.labels import PlainLabel, WrappedLabel

_MOST_COMBINATIONS = 2


class CoarseningCard(Card):
    """A tick holds for this member in every later batch too."""

    wanted = Signal(object, bool)  # Coarsening, ticked

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, margin=14, gap=6, ground="sunken", parent=parent)
        self.rows.addWidget(PlainLabel("見分けられやすさ", "field"))
        self.sentence = WrappedLabel("", "hint")
        self.rows.addWidget(self.sentence)
        self.boxes: dict[Coarsening, CheckInput] = {}
        choices = QWidget()
        across = FlowLayout(choices, gap=theme.px(12))
        for kind in Coarsening:
            box = CheckInput(theme, kind.value)
            box.setObjectName(f"coarsen_{kind.name.lower()}")
            box.changed.connect(lambda kind=kind, box=box: self.wanted.emit(kind, box.value() is True))
            self.boxes[kind] = box
            across.addWidget(box)
        self.rows.addWidget(choices)
        self.rows.addWidget(WrappedLabel(PHOTO_SENTENCE, "hint"))

    def show_coarser(self, coarser: Collection[Coarsening]) -> None:
        """What is on record for the member."""
        for kind, box in self.boxes.items():
            box.set_value(kind in coarser)

    def show_person(self, person: Person | None, profile: SiteProfile | None) -> None:
        """None: the member is not in the batch, or the counting is not done yet."""
        if person is None or profile is None:
            words = "今回の一覧に入れると、ほかの方に紛れるかどうかを数えます。"
        elif person.is_singled_out:
            words = "\n".join(words_of(one, profile) for one in person.alone_by[:_MOST_COMBINATIONS])
            helpful = "」か「".join(kind.value for kind in person.coarsenings)
            words += f"\n「{helpful}」を選ぶと、見分けられにくくなります。" if helpful else ""
        else:
            words = (
                "3つまでの項目では1人に絞られません。"
                f"すべての項目が同じ人は、ご本人を含めて{person.people_alike}人です。"
            )
        self.sentence.setText(words)
        self.sentence.set_tone("warn" if person is not None and person.is_singled_out else None)
