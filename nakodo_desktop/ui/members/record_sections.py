"""The record's sections one below the other, with their titles beside them to go there; one is corrected at a time."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from nakodo_desktop.domain import catalog
from nakodo_desktop.domain.fields import Section, Store
from nakodo_desktop.domain.member import Member, MemberId
from nakodo_desktop.domain.photo import PhotoInfo
from nakodo_desktop.services.members import Members
from nakodo_desktop.ui.members.portrait import portrait
from nakodo_desktop.ui.members.section_card import SectionCard
from nakodo_desktop.ui.section_form import FormFacts
from nakodo_desktop.ui.theme import Theme, restyle
from nakodo_desktop.ui.widgets.buttons import PushButton, button
from nakodo_desktop.ui.widgets.frames import Card, FormScroll, column, row
from nakodo_desktop.ui.widgets.labels import PlainLabel, WrappedLabel
from nakodo_desktop.ui.widgets.marks import state_mark
from nakodo_desktop.ui.widgets.picture_dialog import PictureDialog

CORRECTED_ON_RECORD = (Store.PROFILE, Store.SPECIAL_CARE)  # consents and photos are taken in an interview
_CORRECTABLE = tuple(s for s in catalog.SECTIONS if s.store in CORRECTED_ON_RECORD)
_READ_ONLY = (catalog.IDENTITY, catalog.PURPOSES)
_RAIL_PX, _RAIL_FROM_PX = 190, 960
_PHOTO_PX = 132
_ABOVE_PX = 120  # a field is read with what stands around it
_PHOTOS = "photos"


class RecordSections(QWidget):
    """`saved` after a correction; whoever listens shows the member again."""

    saved = Signal()

    def __init__(
        self, theme: Theme, members: Members, *, facts: FormFacts, may_edit: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._members, self._facts, self._may_edit = theme, members, facts, may_edit
        self._cards: dict[str, Card] = {}
        self._entries: dict[str, PushButton] = {}
        self.reading = FormScroll(QWidget())
        self.reading.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the keyboard scrolls it, nothing in it need be typed
        self.reading.setProperty("reading", True)
        self.reading.setAccessibleName("会員の記録。上下の矢印キーで読めます")
        self._titles = FormScroll(QWidget())
        self._rail = QWidget()
        self._rail.setFixedWidth(theme.px(_RAIL_PX))
        column(theme, self._rail).addWidget(self._titles)
        across = row(theme, self, gap=14)
        across.addWidget(self._rail)
        across.addWidget(self.reading, 1)
        self.reading.verticalScrollBar().valueChanged.connect(self._mark_current)

    @property
    def open_card(self) -> SectionCard | None:
        """The section that is being corrected."""
        cards = (card for card in self._cards.values() if isinstance(card, SectionCard))
        return next((card for card in cards if card.form is not None), None)

    def card(self, key: str) -> SectionCard:
        found = self._cards[key]
        assert isinstance(found, SectionCard)
        return found

    def show_member(self, member: Member) -> None:
        """Every section; where one was scrolled to stays."""
        body = QWidget()
        rows = column(self._theme, body, gap=14)
        rows.setContentsMargins(0, self._theme.px(14), self._theme.px(6), self._theme.px(12))
        self._cards = {section.key: self._section_card(member, section) for section in _CORRECTABLE}
        self._add_photos(member)
        for section in _READ_ONLY:
            if any(field.key in member.answers for field in section.fields):
                self._cards[section.key] = self._section_card(member, section)
        for card in self._cards.values():
            rows.addWidget(card)
        rows.addStretch()
        self.reading.show_content(body)
        self._fill_rail()

    def take_up(self) -> None:
        """Go on with the section that was being corrected when somebody was interrupted."""
        waiting = {one.form for one in self._members.drafts.waiting()}
        for card in self._cards.values():
            if isinstance(card, SectionCard) and card.section in _CORRECTABLE and card.draft_name in waiting:
                card.take_up()
                QTimer.singleShot(0, card, partial(self.go_to, card.section.key))
                return

    def follow(self, member: Member) -> None:
        """The record was changed while one section is being corrected: its form keeps what was typed."""
        for card in self._cards.values():
            if isinstance(card, SectionCard):
                card.follow(member)

    def go_to(self, key: str) -> None:
        self.reading.verticalScrollBar().setValue(self._cards[key].y())
        self._mark(key)

    def correct(self, field_key: str) -> None:
        """Open the form of the section that holds this fact, as far as it may be corrected here."""
        key = catalog.SECTION_OF[field_key].key
        if key in self._cards:
            card = self.card(key)
            card.correct(field_key)
            shown = card if card.form is None else card.form.inputs[field_key]
            self.reading.bring(shown, margin=self._theme.px(_ABOVE_PX))
            QTimer.singleShot(0, card, lambda: self._mark(key))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._rail.setVisible(self.width() >= self._theme.px(_RAIL_FROM_PX))

    def _section_card(self, member: Member, section: Section) -> SectionCard:
        card = SectionCard(
            self._theme,
            self._members,
            member,
            section,
            facts=self._facts,
            may_edit=self._may_edit and section in _CORRECTABLE,
        )
        card.opened.connect(lambda: self._let_edit(False))
        card.closed.connect(lambda: self._let_edit(True))
        card.saved.connect(self.saved)
        if section is catalog.IDENTITY and (seen_by := self._members.identity_seen_by(member.id)):
            card.rows.addWidget(WrappedLabel(f"確認した担当者　{seen_by}　・　番号も写しも残していません。", "hint"))
        return card

    def _let_edit(self, may: bool) -> None:
        """Saving one section reads the record anew: a second open form would lose what was typed."""
        for card in self._cards.values():
            if isinstance(card, SectionCard):
                card.edit.setEnabled(may)

    def _add_photos(self, member: Member) -> None:
        photos = self._members.photos(member.id)
        if not photos:
            return
        card = Card(self._theme, margin=18, gap=12)
        card.rows.addWidget(PlainLabel("写真", "h2"))
        line: QHBoxLayout = row(self._theme, gap=20)
        for photo in photos:
            cell = column(self._theme, gap=6)
            face = portrait(self._theme, self._members, (photo,), name=member.legal_name, sex="", px=_PHOTO_PX)
            cell.addWidget(face)
            cell.addWidget(PlainLabel(catalog.FIELDS[photo.kind].label, "hint"))
            checked = photo.is_checked
            words = "写り込みを確認済み" if checked else "写り込みを未確認"
            cell.addWidget(state_mark(self._theme, words, "ok" if checked else "warn"))
            look = button(self._theme, "大きく見る", kind="link")
            look.setObjectName(f"look_{photo.kind}")
            look.setAccessibleName(f"{catalog.FIELDS[photo.kind].label}を大きく見る")
            look.clicked.connect(partial(self._show_photo, member.id, photo))
            cell.addWidget(look, 0, Qt.AlignmentFlag.AlignLeft)
            line.addLayout(cell)
        line.addStretch(1)
        card.rows.addLayout(line)
        self._cards[_PHOTOS] = card

    def _show_photo(self, member_id: MemberId, photo: PhotoInfo) -> None:
        title = catalog.FIELDS[photo.kind].label  # the face says who it is
        jpeg = self._members.photo_in_full(member_id, photo.id)
        PictureDialog(self._theme, title, jpeg, parent=self).open()

    def _fill_rail(self) -> None:
        body = QWidget()
        rows = column(self._theme, body, gap=2)
        rows.setContentsMargins(0, self._theme.px(14), 0, 0)
        self._entries = {}
        for key, card in self._cards.items():
            title = card.section.title if isinstance(card, SectionCard) else "写真"
            rows.addWidget(self._entry(key, title))
        rows.addStretch()
        self._titles.show_content(body)
        self._mark_current(self.reading.verticalScrollBar().value())

    def _entry(self, key: str, title: str) -> PushButton:
        entry = PushButton()
        entry.setProperty("kind", "step")
        entry.setAccessibleName(f"{title}へ")
        entry.setMinimumHeight(self._theme.px(36))
        inside = row(self._theme, entry)
        inside.setContentsMargins(self._theme.px(12), 0, self._theme.px(8), 0)
        inside.addWidget(PlainLabel(title, "label"))
        entry.clicked.connect(lambda: self.go_to(key))
        self._entries[key] = entry
        return entry

    def _mark_current(self, top: int) -> None:
        near = self._theme.px(60)
        passed = [key for key, card in self._cards.items() if card.y() <= top + near]
        if passed:
            self._mark(passed[-1])

    def _mark(self, current: str) -> None:
        for key, entry in self._entries.items():
            if entry.property("current") != (key == current):
                entry.setProperty("current", key == current)
                restyle(entry)
