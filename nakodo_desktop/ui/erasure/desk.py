"""What reaches from the page of erasure into the rest of the window: the home page, a record, the papers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from nakodo_desktop.domain.member import MemberId
from nakodo_desktop.errors import UserError
from nakodo_desktop.services.erasing import Erasing
from nakodo_desktop.services.erasure_notice import TITLE, ErasureNotices
from nakodo_desktop.services.erasure_plan import Line, Report
from nakodo_desktop.ui import alerts
from nakodo_desktop.ui.erasure.erase_dialog import EraseDialog
from nakodo_desktop.ui.erasure.erasure_page import ErasurePage
from nakodo_desktop.ui.erasure.holding import hold_or_release
from nakodo_desktop.ui.erasure.request_dialog import RequestDialog
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.members.record_page import RecordPage
from nakodo_desktop.ui.printing.sheet_dialog import SheetDialog
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.workspace import Workspace


class ErasureDesk(QObject):
    record_wanted = Signal(int)

    def __init__(
        self,
        theme: Theme,
        jobs: JobRunner,
        erasing: Erasing,
        notices: ErasureNotices,
        workspace: Workspace,
        *,
        places: Callable[[], tuple[Path, ...]],
    ) -> None:
        super().__init__(workspace)
        self._theme, self._jobs, self._workspace, self._places = theme, jobs, workspace, places
        self._erasing, self._notices = erasing, notices

    @property
    def may_erase(self) -> bool:
        return self._erasing.may_erase

    def count_due(self) -> int:
        return self._erasing.count_due()

    def open_page(self) -> ErasurePage:
        page = ErasurePage(self._theme, self._erasing, places=self._places())
        page.closed.connect(self._workspace.close_over)
        page.changed.connect(self._workspace.changed)
        page.record_wanted.connect(self.record_wanted)
        page.notice_wanted.connect(self.open_notice)
        self._workspace.open_over(page)
        return page

    def open_request(self, member_id: int) -> None:
        """From a record: what may go now, what stays until when and why; then the same steps as ever."""
        person = self._erasing.person(MemberId(member_id), requested=True)
        dialog = RequestDialog(self._theme, person, parent=self._workspace)
        dialog.goes_on.connect(lambda: self._erase_requested(MemberId(member_id)))
        dialog.hold_wanted.connect(lambda: self._hold(MemberId(member_id)))
        dialog.open()

    def open_notice(self, report: Report, line: Line) -> None:
        """Over the dialog that told what was erased, which it replaces."""
        draw = self._notices.notice(report, line)
        over = alerts.open_dialog(self._workspace)
        if over is not None:
            over.accept()
        SheetDialog(
            self._theme,
            self._jobs,
            TITLE,
            draw=draw,
            file_name="erasure.pdf",
            record=lambda output, copies: self._notices.record_output(output, copies=copies),
            parent=self._workspace.window(),
        ).open()

    def _erase_requested(self, member_id: MemberId) -> None:
        try:
            plan = self._erasing.plan_request(member_id)
        except UserError as error:
            alerts.show_error(self._workspace, self._theme, error)
            return
        dialog = EraseDialog(self._theme, self._erasing, plan, places=self._places(), parent=self._workspace)
        dialog.erased.connect(self._show_anew)
        dialog.notice_wanted.connect(self.open_notice)
        dialog.open()

    def _show_anew(self) -> None:
        """The record that lies over the pages does not hear of changes by itself."""
        if isinstance(self._workspace.over, RecordPage):
            self._workspace.over.reload()
        self._workspace.changed.emit()

    def _hold(self, member_id: MemberId) -> None:
        person = self._erasing.person(member_id)
        hold_or_release(self._workspace, self._theme, self._erasing, person, on_changed=self._show_anew)
