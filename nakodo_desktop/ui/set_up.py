"""Making an office in three steps: the office; the head with a passphrase and the recovery sheet; the backups."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from nakodo_desktop.domain.office import Office
from nakodo_desktop.domain.values import Problem
from nakodo_desktop.errors import UserError
from nakodo_desktop.services.offices import office_problems
from nakodo_desktop.services.unlocking import Opened, create_job
from nakodo_desktop.ui import alerts
from nakodo_desktop.ui.brand import BrandMark
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.printing.secret_sheet import print_once
from nakodo_desktop.ui.set_up_backup import BackupPage
from nakodo_desktop.ui.set_up_pages import HeadPage, RecoveryPage, StepMarks
from nakodo_desktop.ui.set_up_rules import NewSheet, SetUpRules
from nakodo_desktop.ui.settings.office_form import OfficeForm
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.unlock import promise_line
from nakodo_desktop.ui.widgets.buttons import button, set_button_text
from nakodo_desktop.ui.widgets.frames import Card, FormScroll, column, hline, row
from nakodo_desktop.ui.widgets.inputs import add_shortcut
from nakodo_desktop.ui.widgets.labels import PlainLabel, WrappedLabel

if TYPE_CHECKING:
    from nakodo_desktop.vault.beginnings import Beginning

_TITLES = ("事務所について", "所長と復旧シート", "控えの置き場所")
_STEP_OF_PAGE = (0, 1, 1, 2)
_LEADS = (
    "書類に印刷される内容です。あとから「設定」で変えられます。",
    "このパスワードでデータを開きます。どこにも保存されないので、忘れると復旧コードだけが頼りです。",
    "パスワードを忘れたときに、この紙だけがデータを開けます。印刷し、紙を見ながら復旧コードを入力してください。",
    "パソコンが壊れても会員の記録を失わないように、閉じるたびに、暗号化した控え（バックアップ）をここに取ります。",
)
WIDTH_PX = 640
_BRAND_FROM_PX = 600
_OFFICE, _HEAD, _SHEET, _BACKUP = range(4)


@dataclass(frozen=True)
class FirstSettings:
    """What a new office begins with."""

    office: Office
    backup_places: tuple[Path, ...]


class SetUpScreen(QWidget):
    """Emits `created` once the vault exists. Nothing is written before the last step."""

    created = Signal(object, object)  # Opened, FirstSettings
    demo_wanted = Signal()
    other_folder_wanted = Signal()
    restore_wanted = Signal()
    help_wanted = Signal(str)  # a place of the guide

    def __init__(
        self, theme: Theme, jobs: JobRunner, folder: Path, rules: SetUpRules, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._jobs, self._folder, self._rules = theme, jobs, folder, rules
        self._page = _OFFICE
        self._recovery_code, self._office_key = rules.new_recovery_code(), rules.new_office_key()
        self.setProperty("ground", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._passphrase = ""  # the boxes forget it when their page is left
        self.office_form = OfficeForm(theme, rules.find_addresses, with_rules=False)
        self._head = HeadPage(theme, rules.suggest_passphrase)
        self._codes = RecoveryPage(theme, recovery_code=self._recovery_code, office_key=self._office_key)
        self.backup = BackupPage(theme, refuse_place=rules.refuse_place, synced_by=rules.synced_by)
        self._head.proposed.connect(self._show_proposal)
        self._codes.print_wanted.connect(self._print_sheet)
        self.fields = self._head.fields | self._codes.fields
        self.marks, self.lead = StepMarks(theme, _TITLES), WrappedLabel("", "label")
        self.steps = QStackedWidget()
        for page in (self._office_page(), self._head, self._codes, self.backup):
            self.steps.addWidget(FormScroll(page))
        self.back = button(theme, "戻る", icon="chevron-left")
        self.next = button(theme, "次へ進む", kind="primary", big=True)
        self.back.setObjectName("back")
        self.next.setObjectName("next")
        self.demo = button(theme, "お試しデータで使ってみる", kind="link")
        self.other = button(theme, "すでにあるデータを開く", kind="link")
        self.restore = button(theme, "バックアップから戻す", kind="link")
        self._brand, self._links = QWidget(), QWidget()
        self._lay_out()
        self.back.clicked.connect(self._go_back)
        self.next.clicked.connect(self._go_on)
        self.demo.clicked.connect(self.demo_wanted)
        self.other.clicked.connect(self.other_folder_wanted)
        self.restore.clicked.connect(self.restore_wanted)
        add_shortcut(self, "F1", lambda: self.help_wanted.emit("set_up"))
        self.show_page(_OFFICE)

    def office(self) -> Office:
        """What was typed in the first step."""
        return self.office_form.office()

    @cached_property
    def _beginning(self) -> Beginning:
        """Settled when the first sheet is printed: every later print, and the vault, tell of the same."""
        return self._rules.begin()

    def _go_back(self) -> None:
        self.show_page(self._page - 1)

    def _go_on(self) -> None:
        checks = {_OFFICE: self._office_problems, _HEAD: self._head_problems, _SHEET: self._code_problems}
        if self._page in checks and self._shows(checks[self._page]()):
            return
        if self._page == _HEAD:
            self._passphrase = self._text("passphrase")
        if self._page == _BACKUP:
            self._create()
        else:
            self.show_page(self._page + 1)

    def _create(self) -> None:
        self._set_busy(True)
        work = create_job(
            self._folder,
            passphrase=self._passphrase,
            head_name=self._text("head_name"),
            recovery_code=self._recovery_code,
            office_key=self._office_key,
            beginning=self._beginning,
        )
        self._jobs.run(self, work, on_done=self._on_created, on_failed=self._on_failed)

    def _on_created(self, opened: Opened) -> None:
        self._passphrase = ""
        self._set_busy(False)
        places = () if self.backup.place is None else (self.backup.place,)
        self.created.emit(opened, FirstSettings(self.office(), places))

    def _on_failed(self, error: Exception) -> None:
        self._set_busy(False)
        if not isinstance(error, UserError):
            raise error
        alerts.show_error(self, self._theme, error)

    def _office_problems(self) -> tuple[Problem, ...]:
        return office_problems(self.office())

    def _head_problems(self) -> tuple[Problem, ...]:
        name, first = self._text("head_name"), self._text("passphrase")
        if not name:
            return (Problem("head_name", "お名前を入力してください。"),)
        trouble = self._rules.passphrase_trouble(first, name, self.office().name)
        if trouble is not None:
            return (Problem("passphrase", trouble.message),)
        if self._text("again") != first:
            return (Problem("again", "二つのパスワードが違います。もう一度入力してください。"),)
        return ()

    def _code_problems(self) -> tuple[Problem, ...]:
        trouble = self._rules.same_code(self._text("typed_code"), self._recovery_code)
        return () if trouble is None else (Problem("typed_code", trouble.message),)

    def _shows(self, problems: tuple[Problem, ...]) -> bool:
        if self._page == _OFFICE:
            return self.office_form.show_problems(problems)
        messages = {problem.field_key: problem.message for problem in problems}
        for key, field in self.fields.items():
            field.set_error(messages.get(key, ""))
        if problems:
            wrong, scroll = self.fields[problems[0].field_key], self.steps.currentWidget()
            wrong.setFocus()
            whole = wrong.parentWidget() or wrong  # its label, and what is wrong below it
            assert isinstance(scroll, FormScroll)
            scroll.bring(whole, margin=self._theme.px(8))
        return bool(problems)

    def show_page(self, page: int) -> None:
        self._page = page
        self.steps.setCurrentIndex(page)
        self.marks.show_step(_STEP_OF_PAGE[page])
        self.lead.setText(_LEADS[page])
        self.back.setVisible(page > _OFFICE)
        self._links.setVisible(page == _OFFICE)  # later they would throw away what was typed
        set_button_text(self.next, "事務所を作る" if page == _BACKUP else "次へ進む")
        self._focus_first()

    def showEvent(self, event: QShowEvent) -> None:
        """The focus given before there was a window is nobody's."""
        super().showEvent(event)
        if not event.spontaneous():
            self._focus_first()

    def _focus_first(self) -> None:
        firsts: dict[int, QWidget] = {
            _OFFICE: self.office_form.fields["name"],
            _HEAD: self.fields["head_name"],
            _SHEET: self.fields["typed_code"],
            _BACKUP: self.backup.choose_button,
        }
        firsts[self._page].setFocus()

    def _show_proposal(self) -> None:
        scroll = self.steps.currentWidget()
        assert isinstance(scroll, FormScroll)
        scroll.fit()
        scroll.ensureWidgetVisible(self._head.proposal)

    def _set_busy(self, busy: bool) -> None:
        self.next.setEnabled(not busy)
        self.back.setEnabled(not busy)
        if busy:
            set_button_text(self.next, "暗号化しています…")
        else:
            set_button_text(self.next, "事務所を作る")

    def _text(self, key: str) -> str:
        return str(self.fields[key].value() or "")

    def _office_page(self) -> QWidget:
        page = QWidget()
        rows = column(self._theme, page, gap=14)
        rows.setContentsMargins(0, 0, self._theme.px(8), 0)
        rows.addWidget(self.office_form)
        rows.addStretch()
        return page

    def _print_sheet(self) -> None:
        office, head = self.office().name, self._text("head_name")
        facts = NewSheet(self._beginning, office, head, self._recovery_code, self._office_key)
        draw, pressed = self._rules.draw_sheet, self._codes.print_button

        def show(pdf: bytes) -> None:
            pressed.setEnabled(True)
            print_once(self, self._theme, pdf, what="復旧シート")

        def refuse(error: Exception) -> None:
            pressed.setEnabled(True)
            self._on_failed(error)

        pressed.setEnabled(False)
        self._jobs.run(self, lambda: draw(facts), on_done=show, on_failed=refuse)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low window keeps its room for what is asked."""
        super().resizeEvent(event)
        self._brand.setVisible(self.height() >= self._theme.px(_BRAND_FROM_PX))

    def _lay_out(self) -> None:
        theme = self._theme
        outer = column(theme, self, gap=0)
        outer.addSpacing(theme.px(14))
        brand = row(theme, self._brand, gap=12)
        brand.setContentsMargins(0, theme.px(6), 0, theme.px(14))
        brand.addStretch(1)
        brand.addWidget(BrandMark(theme, 36))
        brand.addWidget(PlainLabel("なこうどデスクをはじめる", "h1"))
        brand.addStretch(1)
        outer.addWidget(self._brand)
        card = Card(theme, margin=24, gap=12)
        card.setFixedWidth(theme.px(WIDTH_PX))
        card.rows.addWidget(self.marks)
        card.rows.addWidget(self.lead)
        card.rows.addWidget(hline())
        card.rows.addWidget(self.steps, 1)
        card.rows.addWidget(hline())
        foot = row(theme)
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(self.next)
        card.rows.addLayout(foot)
        middle = row(theme)
        middle.addStretch(1)
        middle.addWidget(card)
        middle.addStretch(1)
        outer.addLayout(middle, 1)
        links = row(theme, self._links, gap=16)
        links.setContentsMargins(0, theme.px(8), 0, theme.px(4))
        links.addStretch(1)
        links.addWidget(self.demo)
        links.addWidget(self.other)
        links.addWidget(self.restore)
        links.addStretch(1)
        outer.addWidget(self._links)
        outer.addSpacing(theme.px(10))
        outer.addLayout(promise_line(theme))
