"""The unlock screen: a passphrase box, one button, and nothing about any member."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from nakodo_desktop import __version__
from nakodo_desktop.errors import OfficeKeyNeeded, UserError, WrongPassphrase
from nakodo_desktop.services.unlocking import Opened, delay_seconds, office_key_trouble, unlock_job
from nakodo_desktop.ui.brand import BrandMark
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.tokens import TextSize
from nakodo_desktop.ui.widgets.buttons import button, set_button_text
from nakodo_desktop.ui.widgets.field_box import FieldBox
from nakodo_desktop.ui.widgets.frames import Card, FormScroll, column, hline, row
from nakodo_desktop.ui.widgets.ime import add_shortcut
from nakodo_desktop.ui.widgets.labels import ElidedLabel, PlainLabel, picture
from nakodo_desktop.ui.widgets.line_input import LineInput
from nakodo_desktop.ui.widgets.password_input import PasswordEdit

_WEEKDAYS = "月火水木金土日"


class Unlocker(Protocol):
    """Makes the job that turns a passphrase into keys."""

    def __call__(
        self, folder: Path, passphrase: str, *, prefer_slot: str = "", office_key: str = ""
    ) -> Callable[[], Opened]: ...


class UnlockScreen(QWidget):
    """Emits `opened` with the keys; whoever listens opens the vault and may call `show_error`."""

    opened = Signal(object)  # Opened
    other_folder_wanted = Signal()
    recovery_wanted = Signal()
    demo_wanted = Signal()
    restore_wanted = Signal()
    help_wanted = Signal(str)  # a place of the guide

    def __init__(
        self,
        theme: Theme,
        jobs: JobRunner,
        folder: Path,
        *,
        office_name: str,
        last_used_at: str = "",
        prefer_slot: str = "",
        make_job: Unlocker = unlock_job,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._jobs, self._folder, self._prefer_slot = theme, jobs, folder, prefer_slot
        self._make_job = make_job
        self._failures = 0
        self.setProperty("ground", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.password = PasswordEdit(theme, enter_moves_on=False, big=True)
        self.password.editor.setObjectName("password")
        self.office_key: LineInput | None = None  # made when a PC sees this vault for the first time
        self._office_key_rows = column(theme, gap=0)
        self.open_button = button(theme, "開く", kind="primary", icon="lock-open", big=True)
        self.open_button.setObjectName("open")
        self.forgotten = button(theme, "パスワードを忘れたとき", kind="link")
        self.other = button(theme, "別のデータを開く", kind="link")
        self.restore = button(theme, "バックアップから戻す", kind="link")
        self.restore.setObjectName("restore")
        self.demo = button(theme, "お試しデータで使ってみる", kind="link")
        self._lay_out(office_name, last_used_at)
        self._left_s = 0
        self._wait = QTimer(self, interval=1000)
        self._wait.timeout.connect(self._count_down)
        self.open_button.clicked.connect(self.submit)
        self.password.editor.returnPressed.connect(self.submit)
        self.other.clicked.connect(self.other_folder_wanted)
        self.forgotten.clicked.connect(self.recovery_wanted)
        self.demo.clicked.connect(self.demo_wanted)
        self.restore.clicked.connect(self.restore_wanted)
        add_shortcut(self, "F1", lambda: self.help_wanted.emit("unlock"))

    def type_code(self) -> None:
        """Make the box ready for the code from the paper: shown, since 28 letters are not typed blindly."""
        self.password.clear()
        self.password.eye.setChecked(True)
        self.password.setFocus()

    def submit(self) -> None:
        """Derive the key off this thread; the window stays alive."""
        passphrase = self.password.value()
        if not isinstance(passphrase, str) or not self.open_button.isEnabled():
            return
        office_key = "" if self.office_key is None else self.office_key.text()
        if self.office_key is not None:
            trouble = office_key_trouble(office_key) if office_key else None
            self.office_key.set_error("" if trouble is None else trouble.message)
            if trouble is not None:
                self.office_key.setFocus()
                return
        self._set_busy(True)
        work = self._make_job(self._folder, passphrase, prefer_slot=self._prefer_slot, office_key=office_key)
        self._jobs.run(self, work, on_done=self._on_keys, on_failed=self._on_failed)

    def show_error(self, error: UserError) -> None:
        """Why it did not open: what happened, what is safe, what to do."""
        self._set_busy(False)
        self.password.set_error(f"{error.message}{error.advice}")
        self.password.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.password.setFocus()

    def _on_keys(self, opened: Opened) -> None:
        self._failures = 0
        self.password.clear()
        if self.office_key is not None:
            self.office_key.fill(None)
        self.opened.emit(opened)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        if isinstance(error, OfficeKeyNeeded):
            self._ask_office_key(error)
            return
        self.password.clear()
        self.show_error(error)
        if isinstance(error, WrongPassphrase):
            self._failures += 1
            self._hold(delay_seconds(self._failures))

    def _hold(self, seconds: int) -> None:
        """Growing with each wrong try; never a lock-out, a colleague could use one. Typing goes on meanwhile."""
        from nakodo_desktop.ui.widgets.notices import announce  # rarely needed, and the window must stand first

        self._left_s = seconds
        if seconds:
            self._wait.start()
            self._say_wait()
            announce(self.open_button, f"{seconds}秒お待ちください。")

    def _count_down(self) -> None:
        self._left_s -= 1
        if self._left_s > 0:
            self._say_wait()
        else:
            self._wait.stop()
            self._set_busy(False)

    def _say_wait(self) -> None:
        self.open_button.setEnabled(False)
        set_button_text(self.open_button, f"あと{self._left_s}秒お待ちください", has_icon=True)

    def _ask_office_key(self, error: OfficeKeyNeeded) -> None:
        """A second box, once on each PC. The passphrase stays in its own: it may well be right."""
        self._set_busy(False)
        again = "この事務所キーでは開けませんでした。復旧シートが最新のものかご確認ください。"
        words = error.message if self.office_key is None else again
        box = self.show_office_key()
        box.set_error(words)
        box.setFocus()

    def show_office_key(self) -> LineInput:
        """The box for the 28 letters, which hardly any start needs."""
        if self.office_key is None:
            made = LineInput(self._theme, japanese=False, placeholder="ABCD-EFGH-…", enter_moves_on=False)
            made.setObjectName("office_key")
            made.editor.returnPressed.connect(self.submit)
            hint = "復旧シートに印刷された28文字です。このパソコンで一度だけ入力します。"
            box = FieldBox(self._theme, "事務所キー", made, hint=hint)
            box.setContentsMargins(0, 0, 0, self._theme.px(16))
            self._office_key_rows.addWidget(box)
            QWidget.setTabOrder(self.password, made)
            QWidget.setTabOrder(made, self.open_button)
            self.office_key = made
        return self.office_key

    def _set_busy(self, busy: bool) -> None:
        self.open_button.setEnabled(not busy)
        set_button_text(self.open_button, "確かめています…" if busy else "開く", has_icon=True)
        if busy:
            self.setCursor(Qt.CursorShape.BusyCursor)
        else:
            self.unsetCursor()

    def _lay_out(self, office_name: str, last_used_at: str) -> None:
        theme = self._theme
        whole = column(theme, self, gap=0)
        content = QWidget()
        outer = column(theme, content, gap=0)
        whole.addWidget(FormScroll(content), 1)  # from the outside in: what moves house is styled once more
        outer.addSpacing(theme.px(10))
        outer.addStretch(3)
        brand = row(theme, gap=12)
        brand.addStretch(1)
        brand.addWidget(BrandMark(theme, 44))
        brand.addWidget(PlainLabel("なこうどデスク", "h1"))
        brand.addStretch(1)
        outer.addLayout(brand)
        is_roomy = theme.text_size is TextSize.STANDARD  # larger letters have to find room on the same small screen
        outer.addSpacing(theme.px(24 if is_roomy else 14))
        card = Card(theme, margin=32 if is_roomy else 22, gap=0)
        card.setFixedWidth(theme.px(440))
        middle = row(theme)
        middle.addStretch()
        middle.addWidget(card)
        middle.addStretch()
        outer.addLayout(middle)
        head = row(theme, gap=8)
        head.addWidget(picture(theme, "database", px=20))
        names = column(theme, gap=6)
        names.addWidget(ElidedLabel(office_name or "会員データ", "h2"))
        names.addWidget(ElidedLabel(_last_used(last_used_at) or self._folder.name, "hint"))
        head.addLayout(names, 1)
        card.rows.addLayout(head)
        around_line = theme.px(20 if is_roomy else 14)
        card.rows.addSpacing(around_line)
        card.rows.addWidget(hline())
        card.rows.addSpacing(around_line)
        card.rows.addWidget(FieldBox(theme, "パスワード", self.password))
        card.rows.addSpacing(theme.px(16))
        card.rows.addLayout(self._office_key_rows)
        card.rows.addWidget(self.open_button)
        card.rows.addSpacing(theme.px(16))
        links = row(theme)
        links.addWidget(self.forgotten)
        links.addStretch()
        links.addWidget(self.other)
        card.rows.addLayout(links)
        outer.addSpacing(theme.px(20 if is_roomy else 8))
        first = row(theme, gap=16)
        first.addStretch()
        first.addWidget(self.demo)
        first.addWidget(self.restore)
        first.addStretch()
        outer.addLayout(first)
        outer.addStretch(4)
        whole.addLayout(promise_line(theme))


def promise_line(theme: Theme) -> QHBoxLayout:
    """The promise at the foot of every screen before the vault is open."""
    foot = row(theme, gap=8)
    foot.setContentsMargins(theme.px(20), 0, theme.px(20), theme.px(14))
    foot.addWidget(picture(theme, "shield-check", "faint", px=16))
    words = "データはこのパソコンの中で暗号化されています。インターネットには送信されません。"
    foot.addWidget(PlainLabel(words, "hint"))
    foot.addStretch()
    foot.addWidget(PlainLabel(f"バージョン {__version__}", "hint"))
    return foot


def _last_used(iso: str) -> str:
    if not iso:
        return ""
    at = datetime.fromisoformat(iso).astimezone()
    return f"最終利用　{at.month}月{at.day}日({_WEEKDAYS[at.weekday()]}) {at:%H:%M}"
