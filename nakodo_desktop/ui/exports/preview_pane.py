"""Exactly what leaves of one member, item by item, with what stops it and what would hide more."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nakodo_desktop.domain.catalog import FIELDS
from nakodo_desktop.domain.eligibility import Place
from nakodo_desktop.domain.photo import PhotoInfo
from nakodo_desktop.domain.singling_out import Person
from nakodo_desktop.domain.site_item import SITE_LABELS
from nakodo_desktop.domain.site_profile import ITEM_NUMBERS, ItemTrace
from nakodo_desktop.services.form_drafts import FormDrafts, Kind
from nakodo_desktop.ui.exports.clearing import clear
from nakodo_desktop.ui.exports.coarsening_card import CoarseningCard
from nakodo_desktop.ui.exports.entries import Entry, since_words
from nakodo_desktop.ui.exports.finding_card import FindingCard
from nakodo_desktop.ui.exports.reasons_card import ReasonsCard
from nakodo_desktop.ui.exports.slices import BREATHE, polishing
from nakodo_desktop.ui.interview.trace_row import TraceHead, TraceRow
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import button
from nakodo_desktop.ui.widgets.frames import Card, FormScroll, column, row
from nakodo_desktop.ui.widgets.labels import ElidedLabel, PlainLabel
from nakodo_desktop.ui.widgets.marks import pill

_THUMBNAIL_PX = (76, 96)
_NO_PSEUDONYM = "仮名はまだありません"
Thumbnail = Callable[[PhotoInfo], bytes]


class PreviewPane(Card):
    """The words are the rules' own. Built once; another member only fills it anew."""

    record_wanted = Signal(int)
    mend_wanted = Signal(int, object, str)  # member, Place, catalogue key or ""
    coarsening_wanted = Signal(object, bool)  # Coarsening, ticked
    released = Signal(str, object, str)  # field key, Finding, the reason

    def __init__(self, theme: Theme, thumbnail: Thumbnail, drafts: FormDrafts, parent: QWidget | None = None) -> None:
        super().__init__(theme, margin=0, gap=0, parent=parent)
        self._theme, self._thumbnail, self._drafts = theme, thumbnail, drafts
        self._told: dict[str, object] = {}  # what a card of findings was made from
        self._entry: Entry | None = None
        self._box: QWidget | None = None  # holds the items
        self._traces: dict[str, TraceRow] = {}
        self._finds: dict[str, QVBoxLayout] = {}
        self.findings: dict[str, FindingCard] = {}  # by item
        self.reasons: ReasonsCard | None = None
        self.name, self.who = ElidedLabel("", "h2"), ElidedLabel("", "hint")
        self.since = ElidedLabel("", "hint")
        self._state = pill("", "mute")
        self.record = button(theme, "会員の記録を開く", kind="link", icon="clipboard-list")
        self.record.setObjectName("export_open_record")
        self.record.clicked.connect(self._open_record)
        self.coarsening = CoarseningCard(theme)
        self.coarsening.wanted.connect(self.coarsening_wanted)
        self._photos = row(theme, gap=8)
        self._reasons_at = column(theme)
        self._items = column(theme, gap=0)
        self._lay_out()

    @property
    def entry(self) -> Entry | None:
        return self._entry

    def preparing(self) -> Generator[None, None, None]:
        """The rows one by one, before the first member is shown: together they are more than a frame's work."""
        if not self._traces:
            yield from self._making({key: label for key, label in SITE_LABELS.items() if key in ITEM_NUMBERS})

    def filling(self, entry: Entry) -> Generator[object, None, None]:
        """The items one by one, before the first `show_entry`."""
        if self._entry is None:
            for trace in entry.candidate.draft.items:
                if trace.key in self._traces:
                    self._traces[trace.key].show_trace(trace)
                    self._traces[trace.key].show()  # one by one: the room of all of them is a frame's work and more
                    yield BREATHE

    def show_entry(self, entry: Entry) -> None:
        """Fill everything but the singling-out, which is counted in the background."""
        candidate = entry.candidate
        is_other = self._entry is None or self._entry.candidate.row.id != candidate.row.id
        self._entry = entry
        traces = candidate.draft.items
        pseudonym = next((trace.shown for trace in traces if trace.key == "pseudonym"), "")
        self.name.setText(pseudonym or _NO_PSEUDONYM)
        self.who.setText(f"{candidate.row.legal_name} 様（{candidate.row.number}）の仮名プロフィール")
        words, tone = entry.state
        self._state.setText(words)
        self._state.set_tone(tone)
        self.since.setText(since_words(candidate.listing))
        self._show_photos(candidate.photos)
        self._show_reasons(entry)
        self.coarsening.show_coarser(candidate.grounds.coarser)
        self.coarsening.setVisible(candidate.is_admitted)
        self._show_items(traces)
        self._scroll.fit()
        if is_other:
            self._scroll.verticalScrollBar().setValue(0)

    def show_person(self, person: Person | None) -> None:
        profile = None if self._entry is None else self._entry.candidate.draft.profile
        self.coarsening.show_person(person, profile)

    def _open_record(self) -> None:
        if self._entry is not None:
            self.record_wanted.emit(self._entry.candidate.row.id)

    def _mend(self, place: Place, field_key: str) -> None:
        if self._entry is not None:
            self.mend_wanted.emit(self._entry.candidate.row.id, place, field_key)

    def _mend_item(self, key: str) -> None:
        if self._entry is not None:
            trace = next(trace for trace in self._entry.candidate.draft.items if trace.key == key)
            self._mend(Place.STEP, trace.field_key)

    def _look_at(self, field_key: str) -> None:
        """Scroll to the item that a fact goes into."""
        if self._entry is None:
            return
        key = next((trace.key for trace in self._entry.candidate.draft.items if trace.field_key == field_key), None)
        if key is not None:
            shown = self.findings.get(key) or self._traces[key]
            self._scroll.ensureWidgetVisible(shown, 0, self._theme.px(80))

    def _show_photos(self, photos: tuple[PhotoInfo, ...]) -> None:
        clear(self._photos)
        for photo in photos:
            self._photos.addWidget(self._picture(photo))

    def _picture(self, photo: PhotoInfo) -> PlainLabel:
        pixels = QPixmap()
        pixels.loadFromData(self._thumbnail(photo), "JPEG")
        width, height = (self._theme.px(side) for side in _THUMBNAIL_PX)
        dpr = self._theme.dpr
        mode = Qt.AspectRatioMode.KeepAspectRatio
        scaled = pixels.scaled(
            round(width * dpr), round(height * dpr), mode, Qt.TransformationMode.SmoothTransformation
        )
        scaled.setDevicePixelRatio(dpr)
        label = PlainLabel()
        label.setPixmap(scaled)
        label.setFixedSize(scaled.deviceIndependentSize().toSize())
        words = (
            f"{FIELDS[photo.kind].label}。{'写り込みは確認済みです' if photo.is_checked else '写り込みは未確認です'}"
        )
        label.setAccessibleName(words)
        label.setToolTip(words)
        return label

    def _show_reasons(self, entry: Entry) -> None:
        if self.reasons is not None:
            self._reasons_at.removeWidget(self.reasons)
            self.reasons.deleteLater()
            self.reasons = None
        if entry.candidate.reasons:
            self.reasons = ReasonsCard(self._theme, entry.candidate.reasons, entry.candidate.listing)
            self.reasons.mend_wanted.connect(lambda reason: self._mend(reason.place, reason.field_key))
            self.reasons.look_wanted.connect(self._look_at)
            self._reasons_at.addWidget(self.reasons)

    def _show_items(self, traces: tuple[ItemTrace, ...]) -> None:
        if [trace.key for trace in traces] != list(self._traces):
            for _ in self._making({trace.key: trace.label for trace in traces}):
                pass
        for trace in traces:
            self._traces[trace.key].show_trace(trace)
            self._traces[trace.key].show()
            self._show_findings(trace)
        self._forget_moot()

    def _making(self, labels: Mapping[str, str]) -> Generator[None, None, None]:
        """Everybody has the same items, so this happens once as a rule."""
        if self._box is not None:
            self._items.removeWidget(self._box)
            self._box.deleteLater()
        self._box, self._traces, self._finds, self.findings, self._told = QWidget(), {}, {}, {}, {}
        self._items.addWidget(self._box)  # now: in its place in the window each row can get its looks at once
        self._box.show()  # a layout shows what it is given only later, and counts no room for it until then
        rows = column(self._theme, self._box, gap=0)
        for key, label in labels.items():
            made = TraceRow(self._theme, label)
            made.hide()  # until it has something to say
            made.mend.setObjectName(f"mend_{key}")
            made.mend.clicked.connect(partial(self._mend_item, key))
            self._traces[key] = made
            self._finds[key] = column(self._theme)
            rows.addWidget(made)
            rows.addLayout(self._finds[key])
            yield
            yield from polishing(made)

    def _show_findings(self, trace: ItemTrace) -> None:
        """A card is made anew only when it says something else: a reason may be half typed in it."""
        assert self._entry is not None
        member_id, accepted = self._entry.candidate.row.id, self._entry.candidate.accepted
        told = (member_id, trace.before, trace.findings, accepted) if trace.findings else None
        if told == self._told.get(trace.key):
            return
        self._told[trace.key] = told
        old = self.findings.pop(trace.key, None)
        if old is not None:
            if old.draft.has_unsaved:
                old.draft.save_now()
            self._finds[trace.key].removeWidget(old)
            old.hide()
            old.deleteLater()
        if trace.findings:
            card = FindingCard(self._theme, trace, accepted, drafts=self._drafts)
            card.keep_for(member_id)
            card.released.connect(partial(self.released.emit, trace.field_key))
            self.findings[trace.key] = card
            self._finds[trace.key].addWidget(card)
            card.show()
            self._finds[trace.key].setContentsMargins(0, 0, 0, self._theme.px(12))
        else:
            self._finds[trace.key].setContentsMargins(0, 0, 0, 0)

    def _forget_moot(self) -> None:
        """Half-typed reasons for words that are not in the texts any more."""
        assert self._entry is not None
        forms = {card.form for card in self.findings.values()}
        for one in self._drafts.waiting():
            if one.kind is Kind.RELEASE and one.member_id == self._entry.candidate.row.id and one.form not in forms:
                self._drafts.forget(one.form)

    def _lay_out(self) -> None:
        theme = self._theme
        body = QWidget()
        rows = column(theme, body, margin=20, gap=14)
        head = row(theme, gap=14)
        self._photos.setAlignment(Qt.AlignmentFlag.AlignTop)
        head.addLayout(self._photos)
        names = column(theme, gap=6)
        names.addWidget(self.name)
        names.addWidget(self.who)
        state = row(theme, gap=8)
        state.addWidget(self._state)
        state.addWidget(self.since, 1)
        names.addLayout(state)
        deeds = row(theme)
        deeds.addWidget(self.record)
        deeds.addStretch()
        names.addLayout(deeds)
        head.addLayout(names, 1)
        head.setAlignment(names, Qt.AlignmentFlag.AlignTop)
        rows.addLayout(head)
        rows.addLayout(self._reasons_at)
        rows.addWidget(self.coarsening)
        rows.addWidget(PlainLabel("協会サイトに出る内容", "h2"))
        rows.addWidget(TraceHead(theme))
        rows.addLayout(self._items)
        rows.addStretch()
        self._scroll = FormScroll(body)
        self.rows.addWidget(self._scroll)
