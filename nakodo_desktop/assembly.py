"""Puts the pages of an unlocked office together; each page is handed the one service it uses."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from nakodo_desktop import paths
from nakodo_desktop.domain import eligibility
from nakodo_desktop.domain.catalog import SECTION_OF
from nakodo_desktop.domain.interview import STEP_OF_FIELD
from nakodo_desktop.domain.member import InterviewId, MemberId
from nakodo_desktop.domain.member_query import Group
from nakodo_desktop.domain.staff import Right
from nakodo_desktop.reference import postal
from nakodo_desktop.reference.notice import load_notice
from nakodo_desktop.services.provisions import GivenPerson
from nakodo_desktop.services.site_waiting import site_counter
from nakodo_desktop.session import Session
from nakodo_desktop.settings import Settings
from nakodo_desktop.ui.address_fill import Address, addresses_of
from nakodo_desktop.ui.declarations.documents_page import DocumentsPage
from nakodo_desktop.ui.declarations.panel import DeclarationPanel
from nakodo_desktop.ui.erasure.desk import ErasureDesk
from nakodo_desktop.ui.erasure.erasure_page import ErasurePage
from nakodo_desktop.ui.exports.export_page import ExportPage
from nakodo_desktop.ui.garbage import collect_at_rest
from nakodo_desktop.ui.help_dialog import explain
from nakodo_desktop.ui.help_page import HelpPage
from nakodo_desktop.ui.home_page import HomePage, Notice
from nakodo_desktop.ui.interview.desk import InterviewDesk
from nakodo_desktop.ui.interview.flow import InterviewFlow
from nakodo_desktop.ui.interview.list_page import InterviewsPage
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.members import columns
from nakodo_desktop.ui.members.list_page import MembersPage
from nakodo_desktop.ui.members.record_page import DECLARATION, RecordPage
from nakodo_desktop.ui.members.record_sections import CORRECTED_ON_RECORD
from nakodo_desktop.ui.printing.sheet_dialog import SheetDialog
from nakodo_desktop.ui.section_form import FormFacts
from nakodo_desktop.ui.settings.audit_page import AuditPage
from nakodo_desktop.ui.settings.delivery_card import DeliveryCard
from nakodo_desktop.ui.settings.own_cities_card import own_cities_tab
from nakodo_desktop.ui.settings.safety_desk import SafetyDesk
from nakodo_desktop.ui.settings.settings_page import SettingsPage
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.municipality_input import Place
from nakodo_desktop.ui.workspace import Workspace


class Office(QObject):
    """An open session with its workspace; it goes when the workspace goes."""

    def __init__(
        self,
        theme: Theme,
        jobs: JobRunner,
        session: Session,
        settings: Settings,
        *,
        prefer: Callable[[dict[str, object]], None],
        remember_export_dir: Callable[[str], None],
    ) -> None:
        office = session.offices.load()
        self.workspace = Workspace(
            theme,
            office_name=office.name,
            staff_name=session.vault.staff.name,
            is_demo=office.is_demo,
            idle_minutes=settings.idle_minutes,
            now=session.clock,
        )
        super().__init__(self.workspace)
        self._theme, self._jobs, self._session = theme, jobs, session
        self._settings, self._prefer, self._remember_export_dir = settings, prefer, remember_export_dir
        self._facts = FormFacts(
            today=session.members.today,
            staff_name=session.vault.staff.name,
            places=tuple(Place(m.code, m.prefecture, m.name) for m in session.places.rows),
            find_addresses=self._addresses_of,
        )
        self._postal = postal.load(session.places)
        self.safety = SafetyDesk(
            theme, jobs, session.safety, self.workspace, settings, today=session.members.today, prefer=prefer
        )
        self.erasure = ErasureDesk(
            theme,
            jobs,
            session.safety.erasing,
            session.safety.erasure_notices,
            self.workspace,
            places=lambda: self.safety.shelves.places,
        )
        self.erasure.record_wanted.connect(self.open_record)
        self.safety.erasure_wanted.connect(self.erasure.open_page)
        for key, make in {
            "home": self._home,
            "members": self._members,
            "interviews": self._interviews,
            "documents": self._documents,
            "export": self._export,
            "settings": self._settings_page,
            "help": self._help,
        }.items():
            self.workspace.add_page(key, make)
        self.workspace.new_interview_wanted.connect(self.start_interview)
        self.workspace.help_wanted.connect(self.explain)
        self.workspace.changed.connect(self._count)
        self.workspace.rested.connect(self._tidy)
        self._count()

    def start_interview(self) -> InterviewFlow:
        """A new person sits down."""
        flow = self.continue_interview(self._session.interviews.start().id)
        self._count()
        return flow

    def follow_up(self, member_id: int) -> InterviewFlow:
        return self.continue_interview(self._session.interviews.start_follow_up(MemberId(member_id)).id)

    def continue_interview(self, interview_id: int) -> InterviewFlow:
        desk = InterviewDesk(
            interviews=self._session.interviews,
            declarations=self._session.declarations,
            exports=self._session.exports,
            papers=self._session.papers,
            jobs=self._jobs,
            facts=self._facts,
            notice=load_notice(),
        )
        flow = InterviewFlow(self._theme, desk, InterviewId(interview_id))
        flow.closed.connect(self._leave_interview)
        flow.abandoned.connect(self._leave_interview)
        flow.finished.connect(self.workspace.changed)
        flow.member_wanted.connect(self.open_record)
        self.workspace.open_over(flow)
        return flow

    def open_record(self, member_id: int) -> RecordPage:
        panel = DeclarationPanel(self._theme, self._jobs, self._session.declarations)
        page = RecordPage(
            self._theme,
            self._session.members,
            panel,
            MemberId(member_id),
            facts=self._facts,
        )
        page.interview_wanted.connect(self.follow_up)
        page.copy_wanted.connect(self._open_member_copy)
        page.who_saw_wanted.connect(self.safety.show_who_saw)
        page.provisions_wanted.connect(self._open_provisions)
        page.erasure_wanted.connect(self.erasure.open_request)
        page.closed.connect(self.workspace.close_over)
        page.changed.connect(self.workspace.changed)
        self.workspace.open_over(page)
        return page

    def mend(self, member_id: int, place: eligibility.Place, field_key: str) -> None:
        """Where a reason that keeps a member off the site is mended, with the cursor in the field."""
        if place is eligibility.Place.STEP and SECTION_OF[field_key].store not in CORRECTED_ON_RECORD:
            self.follow_up(member_id).go_to(STEP_OF_FIELD[field_key], field_key=field_key)
            return
        record = self.open_record(member_id)
        if place is eligibility.Place.DECLARATION:
            record.tabs.setCurrentIndex(DECLARATION)
        elif place is eligibility.Place.STEP:
            record.correct(field_key)

    def open_declaration(self, member_id: int) -> None:
        page = self.workspace.open("documents")
        assert isinstance(page, DocumentsPage)
        page.show_member(MemberId(member_id))

    def open_candidate(self, member_id: int) -> None:
        page = self.workspace.open("export")
        assert isinstance(page, ExportPage)
        page.show_candidate(MemberId(member_id))

    def explain(self, place: str) -> None:
        """F1: the chapter about where the operator is."""
        chapters = {InterviewFlow: "interview", ErasurePage: "erasure", AuditPage: "audit"}
        about = chapters.get(type(self.workspace.over), "record") if place == "over" else place
        explain(self.workspace, self._theme, guide=paths.GUIDE, about=about)

    def _open_member_copy(self, member_id: int) -> None:
        draw = self._session.papers.member_copy(MemberId(member_id))
        self._open_sheet("ご本人にお渡しする控え", draw, kind="member_copy", file_name="record.pdf")

    def _open_provisions(self, member_id: int) -> None:
        self._open_provisions_sheet(self._session.provisions.answer(MemberId(member_id)))

    def _open_provisions_of(self, found: GivenPerson) -> None:
        self._open_provisions_sheet(self._session.provisions.answer_to(found))

    def _open_provisions_sheet(self, draw: Callable[[], bytes]) -> None:
        self._open_sheet("ご本人にお渡しする提供の記録", draw, kind="provisions", file_name="provisions.pdf")

    def _open_blank_interview(self) -> None:
        draw = self._session.papers.blank_interview()
        self._open_sheet("白紙の面談シート", draw, kind="blank_interview", file_name="interview.pdf")

    def _open_sheet(self, title: str, draw: Callable[[], bytes], *, kind: str, file_name: str) -> None:
        dialog = SheetDialog(
            self._theme,
            self._jobs,
            title,
            draw=draw,
            file_name=file_name,
            record=lambda output, copies: self._session.papers.record_output(kind, output, copies=copies),
            parent=self.workspace.window(),
        )
        dialog.open()

    def show_look_settings(self) -> None:
        """Where a change of the look was asked for; the pages were made anew since."""
        page = self.workspace.open("settings")
        assert isinstance(page, SettingsPage)
        page.show_look()

    def _go(self, place: str) -> None:
        self.workspace.open(place)

    def open_group(self, group: Group) -> None:
        page = self.workspace.open("members")
        assert isinstance(page, MembersPage)
        page.show_group(group)

    def _leave_interview(self) -> None:
        self.workspace.drop_over()
        self.workspace.changed.emit()

    def _count(self) -> None:
        """How much waits, beside the names of the pages."""
        drafts = len(self._session.interviews.in_progress())
        due = len(self._session.declarations.due())
        self.workspace.sidebar.set_counts({"interviews": drafts, "documents": due})

    def _tidy(self) -> None:
        if self._jobs.is_idle:  # else a progress bar would stand still
            collect_at_rest()

    def _home(self) -> QWidget:
        session = self._session
        page = HomePage(
            self._theme,
            session.interviews,
            session.declarations,
            session.members,
            notices=self._notices,
            count_erasures=self.erasure.count_due,
            count_site=site_counter(session.vault, session.clock),
        )
        page.erasures_wanted.connect(self.erasure.open_page)
        page.new_interview_wanted.connect(self.start_interview)
        page.interview_wanted.connect(self.continue_interview)
        page.declaration_wanted.connect(self.open_declaration)
        page.candidate_wanted.connect(self.open_candidate)
        page.record_wanted.connect(self.open_record)
        page.group_wanted.connect(self.open_group)
        page.page_wanted.connect(self.workspace.open)
        return page

    def _notices(self) -> list[Notice]:
        """What was left half done and concerns everybody."""
        safety = [*self.safety.notices(), *self._overdue_notices()]
        if not self._session.exports.unsettled():
            return safety
        text = "途中で止まった書き出しがあります。協会に届いたかどうかを記録してください。"
        return [
            *safety,
            Notice(
                "warn",
                "書き出しの確認が残っています",
                text,
                "協会サイトを開く",
                lambda: self._go("export"),
            ),
        ]

    def _overdue_notices(self) -> list[Notice]:
        """To those who can do something about it."""
        may_end = self._session.vault.staff.may(Right.INTERVIEW)
        overdue = len(self._session.interviews.overdue()) if may_end else 0
        if not overdue:
            return []
        text = "入会されない方の記録は「取りやめる」で消してください。続ける方は、開いて入力すると期限が延びます。"
        title = f"{overdue}件の面談が、途中のまま保存の期限を過ぎています"
        return [Notice("warn", title, text, "面談を開く", lambda: self._go("interviews"))]

    def _members(self) -> QWidget:
        widths = columns.from_text(self._settings.member_columns)
        page = MembersPage(self._theme, self._session.members, widths=widths)
        page.widths_changed.connect(lambda wished: self._prefer({"member_columns": columns.to_text(wished)}))
        page.new_interview_wanted.connect(self.start_interview)
        page.interview_wanted.connect(self.follow_up)
        page.declaration_wanted.connect(self.open_declaration)
        page.record_wanted.connect(self.open_record)
        page.changed.connect(self.workspace.changed)
        return page

    def _interviews(self) -> QWidget:
        page = InterviewsPage(self._theme, self._session.interviews)
        page.blank_sheet_wanted.connect(self._open_blank_interview)
        page.new_interview_wanted.connect(self.start_interview)
        page.interview_wanted.connect(self.continue_interview)
        page.changed.connect(self.workspace.changed)
        return page

    def _documents(self) -> QWidget:
        page = DocumentsPage(self._theme, self._jobs, self._session.declarations)
        page.changed.connect(self._count)
        return page

    def _export(self) -> QWidget:
        session = self._session
        page = ExportPage(
            self._theme, self._jobs, session.exports, session.provisions, folder=self._settings.export_dir
        )
        page.record_wanted.connect(self.open_record)
        page.mend_wanted.connect(self.mend)
        page.folder_chosen.connect(self._remember_export_dir)
        page.paper_wanted.connect(self._open_provisions_of)
        page.changed.connect(self.workspace.changed)
        return page

    def _settings_page(self) -> QWidget:
        session = self._session
        page = SettingsPage(
            self._theme,
            session.offices,
            self._settings,
            staff=session.vault.staff,
            find_addresses=self._addresses_of,
        )
        if session.vault.staff.may(Right.EDIT_OFFICE):
            page.add_tab("協会への渡し方", DeliveryCard(self._theme, self._jobs, session.deliveries))
            page.add_tab("市の区分", own_cities_tab(self._theme, session.own_cities, self._facts.places))
        page.preferences_wanted.connect(self._prefer)
        page.add_tab("安全", self.safety.tab())
        page.changed.connect(self.workspace.changed)
        return page

    def _help(self) -> QWidget:
        return HelpPage(self._theme, paths.GUIDE)

    def _addresses_of(self, postal_code: str) -> Sequence[Address]:
        return addresses_of(self._postal, postal_code)
