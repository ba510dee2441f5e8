"""The first screen of an export: everybody who may come into question, ticked or not, and one preview beside them."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from functools import partial

from PySide6.QtCore import QItemSelection, QTimer, Signal
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from nakodo_desktop.domain.leak_finding import Finding
from nakodo_desktop.domain.member import MemberId
from nakodo_desktop.domain.provision import Change
from nakodo_desktop.domain.singling_out import Person, Report, report
from nakodo_desktop.domain.site_context import Coarsening
from nakodo_desktop.services.export_candidates import Candidate
from nakodo_desktop.services.exports import Exports
from nakodo_desktop.ui.exports.candidate_model import CandidateModel
from nakodo_desktop.ui.exports.candidate_painter import CandidatePainter
from nakodo_desktop.ui.exports.entries import Group, change_counts, group_counts
from nakodo_desktop.ui.exports.preview_pane import PreviewPane
from nakodo_desktop.ui.jobs import JobHandle, JobRunner
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import button
from nakodo_desktop.ui.widgets.chips import Chip, ChipRow
from nakodo_desktop.ui.widgets.frames import column, frame, list_card, row
from nakodo_desktop.ui.widgets.inputs import CheckInput
from nakodo_desktop.ui.widgets.labels import PlainLabel

_LIST_PX, _LIST_LEAST_PX = 410, 300
_REST_MS = 250  # counting begins when the operator stops ticking


class ChoosePage(QWidget):
    """Choosing writes nothing; coarsening and typed reasons go to the vault at once."""

    record_wanted = Signal(int)
    mend_wanted = Signal(int, object, str)  # member, Place, catalogue key or ""
    review_wanted = Signal()
    history_wanted = Signal()

    def __init__(self, theme: Theme, jobs: JobRunner, exports: Exports, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._jobs, self._exports = theme, jobs, exports
        self._kept: MemberId | None = None
        self._seen: set[MemberId] = set()
        self._named: set[str] = set()  # uids whose names were in the list
        self._without_record = 0
        self._is_something_to_do = False
        self._people: Mapping[str, Person] = {}
        self._counting: JobHandle | None = None
        self.model = CandidateModel(self)
        self.count = PlainLabel("", "label")
        self.chips = ChipRow(theme, [Chip(group.name, group.value, 0) for group in Group])
        self.list = QListView(self)
        self.list.setObjectName("export_candidates")
        self.list.setAccessibleName("掲載の候補の一覧")
        self.tick_all = CheckInput(theme, "掲載できる方をすべて選ぶ")
        self.totals = PlainLabel("", "hint")
        self.nobody = PlainLabel("あてはまる会員はいません。", "label")
        self.nobody.hide()  # not known before everybody was read
        self.preview = PreviewPane(theme, exports.thumbnail_of, exports.drafts)
        self.history = button(theme, "これまでの書き出し", icon="history")
        self.history.setObjectName("export_history")
        self.review = button(theme, "確認へ進む", kind="primary", icon="chevron-right", icon_after=True)
        self.review.setObjectName("export_review")
        self._rest = QTimer(self, interval=_REST_MS, singleShot=True)
        self._lay_out()
        self._dress_list()
        self._connect()

    @property
    def chosen_ids(self) -> tuple[MemberId, ...]:
        return tuple(candidate.row.id for candidate in self.model.chosen)

    def show_candidates(self, candidates: tuple[Candidate, ...], *, without_record: int) -> None:
        """Keeps ticks and group; `show_kept` follows. `without_record`: on the site, record gone."""
        self._without_record = without_record
        self._exports.note_listed([one.uid for one in candidates if one.uid not in self._named])
        self._named |= {one.uid for one in candidates}
        self.model.show_candidates(candidates)
        admitted = sum(candidate.is_admitted for candidate in candidates)
        self.count.setText(f"掲載できる方 {admitted:,}名　できない方 {len(candidates) - admitted:,}名")
        self._after_change()

    def filling(self) -> Generator[object, None, None]:
        """The first preview item by item, before `show_kept`."""
        at = self._place_of(self._kept)
        if at is not None:
            yield from self.preview.filling(self.model.entry(at))

    def show_kept(self) -> None:
        """The member who was shown before, or the first one."""
        self._select(self._kept)

    def select(self, member_id: MemberId) -> None:
        """Show one member, whatever the chips say; one who is not there yet is shown by `show_kept`."""
        self._kept = member_id
        if self.model.row_of(member_id) is None:
            self.chips.choose(Group.ALL.name)
            self.model.show_group(Group.ALL)
        self._select(member_id)

    def _connect(self) -> None:
        self.chips.chosen.connect(self._choose_group)
        self.list.selectionModel().selectionChanged.connect(self._on_selected)
        self.list.activated.connect(
            lambda index: self.record_wanted.emit(self.model.entry(index.row()).candidate.row.id)
        )
        self.model.ticked.connect(self._on_ticked)
        self.tick_all.changed.connect(lambda: self.model.tick_all(self.tick_all.value() is True))
        self.review.clicked.connect(self.review_wanted)
        self.history.clicked.connect(self.history_wanted)
        self.preview.record_wanted.connect(self.record_wanted)
        self.preview.mend_wanted.connect(self.mend_wanted)
        self.preview.coarsening_wanted.connect(self._coarsen)
        self.preview.released.connect(self._release)
        self._rest.timeout.connect(self._count_people)

    def _choose_group(self, name: str) -> None:
        self.model.show_group(Group[name])
        self._select(self._kept)

    def _select(self, member_id: MemberId | None) -> None:
        at = self._place_of(member_id)
        self.nobody.setVisible(at is None)
        self.list.setVisible(at is not None)
        self.preview.setVisible(at is not None)
        if at is not None:
            index = self.model.index(at)
            is_selected = self.list.selectionModel().isSelected(index)
            self.list.setCurrentIndex(index)
            if is_selected:  # else the selection has just shown it
                self._show_preview(at)

    def _place_of(self, member_id: MemberId | None) -> int | None:
        """The line of a member, or the first one; None in an empty list."""
        at = None if member_id is None else self.model.row_of(member_id)
        return 0 if at is None and self.model.rowCount() else at

    def _on_selected(self, selected: QItemSelection) -> None:
        rows = selected.indexes()
        if rows:
            self._show_preview(rows[0].row())

    def _show_preview(self, at: int) -> None:
        entry = self.model.entry(at)
        member_id = entry.candidate.row.id
        self._kept = member_id
        self.preview.show_entry(entry)
        self._show_person()
        if member_id not in self._seen:
            self._seen.add(member_id)
            self._exports.note_shown(entry.candidate)

    def _on_ticked(self) -> None:
        self._after_change()
        at = None if self._kept is None else self.model.row_of(self._kept)
        if at is not None:
            self.preview.show_entry(self.model.entry(at))
            self._show_person()

    def _coarsen(self, kind: Coarsening, wanted: bool) -> None:
        if self._kept is not None:
            self._exports.coarsen(self._kept, kind, wanted=wanted)
            self._judge_anew(self._kept)

    def _release(self, field_key: str, finding: Finding, reason: str) -> None:
        entry = self.preview.entry
        if entry is None:
            return
        text = str(entry.candidate.answers.get(field_key) or "")
        member_id = entry.candidate.row.id
        problems = self._exports.release_text(member_id, field_key, finding=finding, text=text, reason=reason)
        if problems:
            for card in self.preview.findings.values():
                if finding.shown in card.reasons:
                    card.reasons[finding.shown].set_error(problems[0].message)
            return
        for card in self.preview.findings.values():
            card.settle(finding)
        self._judge_anew(member_id)

    def _judge_anew(self, member_id: MemberId) -> None:
        self.model.replace(self._exports.candidate(member_id))
        self._on_ticked()

    def _after_change(self) -> None:
        """Counts and totals now, the singling-out when the operator rests."""
        entries = self.model.entries
        self.chips.set_counts(group_counts(entries))
        changes = change_counts(entries, without_record=self._without_record)
        leaving = len(self.model.chosen)
        words = [f"{change.label} {number:,}" for change, number in changes.items() if number]
        self.totals.setText(f"書き出す方 {leaving:,}名" + (f"（{'・'.join(words)}）" if words else ""))
        admitted = [entry for entry in entries if entry.candidate.is_admitted]
        self.tick_all.set_value(bool(admitted) and all(entry.is_chosen for entry in admitted))
        self.tick_all.box.setEnabled(bool(admitted))
        self._is_something_to_do = bool(leaving or changes[Change.REMOVED])
        self.refresh_deeds()
        self._rest.start()

    def refresh_deeds(self) -> None:
        """The way on is open again, if there is anything to go on with."""
        self.review.setEnabled(self._is_something_to_do)

    def _count_people(self) -> None:
        """Over plain profiles, away from the window; an older count that comes late is not wanted."""
        if self._counting is not None:
            self._counting.cancel()
        profiles = [draft.profile for candidate in self.model.chosen if (draft := candidate.draft).profile is not None]
        self._counting = self._jobs.run(self, partial(report, profiles), on_done=self._show_people, on_failed=_fly)

    def _show_people(self, found: Report) -> None:
        self._counting = None
        self._people = {person.site_id: person for person in found.people}
        self._show_person()

    def _show_person(self) -> None:
        entry = self.preview.entry
        profile = None if entry is None else entry.candidate.draft.profile
        is_in = entry is not None and entry.is_chosen and profile is not None
        self.preview.show_person(self._people.get(profile.site_id) if is_in and profile is not None else None)

    def _lay_out(self) -> None:
        theme = self._theme
        rows = column(theme, self, gap=14)
        rows.setContentsMargins(theme.px(24), theme.px(18), theme.px(24), theme.px(14))
        head = row(theme, gap=10)
        head.addWidget(PlainLabel("協会サイト", "h1"))
        head.addWidget(self.count)
        head.addStretch()
        head.addWidget(self.history)
        head.addWidget(self.review)
        rows.addLayout(head)
        rows.addWidget(self.chips)
        body = row(theme, gap=16)
        card = list_card(theme)
        top = row(theme)
        top.setContentsMargins(theme.px(13), theme.px(6), theme.px(13), theme.px(6))
        top.addWidget(self.tick_all)
        card.rows.addLayout(top)
        card.rows.addWidget(self.list, 1)
        self.nobody.setMinimumHeight(theme.px(80))
        nobody = row(theme)
        nobody.addStretch()
        nobody.addWidget(self.nobody)
        nobody.addStretch()
        card.rows.addLayout(nobody)
        foot = frame("foot")
        foot.setProperty("closes_card", True)
        card.rows.setContentsMargins(1, theme.px(5), 1, 1)
        foot_line = row(theme, foot)
        foot_line.setContentsMargins(theme.px(14), theme.px(9), theme.px(14), theme.px(9))
        foot_line.addWidget(self.totals)
        card.rows.addWidget(foot)
        card.setMinimumWidth(theme.px(_LIST_LEAST_PX))
        card.setMaximumWidth(theme.px(_LIST_PX))
        body.addWidget(card, 2)
        body.addWidget(self.preview, 3)
        rows.addLayout(body, 1)

    def _dress_list(self) -> None:
        self.list.setModel(self.model)
        self.list.setItemDelegate(CandidatePainter(self._theme, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)


def _fly(error: Exception) -> None:
    """Counting plain data cannot fail for a reason the operator could mend."""
    raise error
