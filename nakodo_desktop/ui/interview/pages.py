"""Which page shows which step; the flow need not know any of them."""

from __future__ import annotations

from collections.abc import Callable

from nakodo_desktop.domain import catalog, interview
from nakodo_desktop.domain.interview_record import Interview, InterviewKind
from nakodo_desktop.ui.interview.consents_page import ConsentsPage
from nakodo_desktop.ui.interview.declaration_page import DeclarationPage
from nakodo_desktop.ui.interview.desk import InterviewDesk
from nakodo_desktop.ui.interview.finish_page import FinishPage
from nakodo_desktop.ui.interview.identity_page import IdentityPage
from nakodo_desktop.ui.interview.page import Page
from nakodo_desktop.ui.interview.photo_page import PhotoPage
from nakodo_desktop.ui.interview.preview_page import PreviewPage
from nakodo_desktop.ui.interview.purposes_page import PurposesPage
from nakodo_desktop.ui.interview.section_page import SectionPage
from nakodo_desktop.ui.interview.site_preview import SitePreview
from nakodo_desktop.ui.printing.sheet_dialog import SheetDialog
from nakodo_desktop.ui.theme import Theme

_NOT_ASKED = {catalog.SPECIAL_CARE.key: "お聞きする同意をいただいていないため、この欄の項目は伺いません。"}


def make_page(step: str, theme: Theme, desk: InterviewDesk, record: Interview, *, save: Callable[[], bool]) -> Page:
    """The page of `step`, empty. `save` puts the draft into the vault."""
    match step:
        case "purposes":
            return PurposesPage(theme, desk.notice, today=desk.today)
        case "consents":
            page = ConsentsPage(theme, today=desk.today)
            page.sheet_wanted.connect(lambda: _open_consent_sheet(page, theme, desk, record))
            return page
        case "identity":
            return IdentityPage(theme, desk.facts)
        case "photo":
            return PhotoPage(theme, desk.interviews, record.id, jobs=desk.jobs)
        case "preview":
            preview = PreviewPage(theme, SitePreview(desk.interviews, desk.exports, record.id, save), words=desk.words)
            _prepare_scan(preview, desk)
            return preview
        case "declaration":
            return DeclarationPage(theme, desk.interviews, desk.declarations, record.id, jobs=desk.jobs, save=save)
        case "finish":
            return FinishPage(theme, is_intake=record.kind is InterviewKind.INTAKE, publish=record.publish)
        case _:
            return SectionPage(theme, interview.STEP[step], desk.facts, not_asked=_NOT_ASKED)


def _prepare_scan(page: PreviewPage, desk: InterviewDesk) -> None:
    """In the background: the names of a large office take longer than a step may."""
    job = desk.exports.index_job()
    if job is not None:
        desk.jobs.run(page, job, on_done=desk.exports.keep_index, on_failed=_fly)


def _fly(error: Exception) -> None:
    raise error  # nothing can fail there but the program itself


def _open_consent_sheet(page: ConsentsPage, theme: Theme, desk: InterviewDesk, record: Interview) -> None:
    """With the name when it was already said, blank otherwise."""
    dialog = SheetDialog(
        theme,
        desk.jobs,
        "同意書",
        draw=desk.papers.consents(desk.interviews.load(record.id).answers),
        file_name="consents.pdf",
        record=lambda output, copies: desk.papers.record_output("consents", output, copies=copies),
        parent=page.window(),
    )
    dialog.open()
