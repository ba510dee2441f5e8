"""What an unlocked office looks like: side bar, pages, status line. It dies on lock."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from nakodo_desktop.ui.sidebar import Place, Sidebar
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.frames import column, frame, row
from nakodo_desktop.ui.widgets.ime import add_shortcut, commit_ime
from nakodo_desktop.ui.widgets.labels import PlainLabel, picture
from nakodo_desktop.ui.widgets.notices import Banner

NARROW_BELOW_PX = 1100
PLACES = (
    Place("home", "ホーム", "house"),
    Place("members", "会員", "users"),
    Place("interviews", "面談", "messages-square"),
    Place("documents", "書類", "file-check"),
    Place("export", "協会サイト", "send"),
    Place("settings", "設定", "settings", below=True),
    Place("help", "ヘルプ", "circle-question-mark", below=True),
)
_COUNTDOWN_S = 60


@runtime_checkable
class KeepsDrafts(Protocol):
    """A page with something half typed: it can put that into the vault."""

    def save_now(self) -> None: ...


@runtime_checkable
class Reloads(Protocol):
    """A page that shows the vault: it reads again when something was written."""

    def reload(self) -> None: ...


class Workspace(QWidget):
    """Pages are made when they are first opened. `changed` tells everybody to read the vault again."""

    lock_wanted = Signal(str)  # why: "asked" | "idle"
    changed = Signal()

    def __init__(
        self,
        theme: Theme,
        *,
        office_name: str,
        staff_name: str,
        is_demo: bool,
        idle_minutes: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._makers: dict[str, Callable[[], QWidget]] = {}
        self._pages: dict[str, QWidget] = {}
        self._over: QWidget | None = None
        self.sidebar = Sidebar(theme, office_name, PLACES)
        self.stack = QStackedWidget()
        self._lock_label = PlainLabel("", "hint")
        self._saved_label = PlainLabel("すべて保存済み", "hint")
        self.backup_label = PlainLabel("", "hint")
        self._status = self._status_line(staff_name)
        self._lay_out(is_demo)
        self._idle_s, self._left_s = idle_minutes * 60, idle_minutes * 60
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self._count_down)
        self._second.start()
        self._show_left()
        self.sidebar.chosen.connect(self.open)
        self.sidebar.lock_wanted.connect(lambda: self.lock_wanted.emit("asked"))
        self.changed.connect(self._reload_visible)
        add_shortcut(self, "Ctrl+L", lambda: self.lock_wanted.emit("asked"))
        add_shortcut(self, "F5", self._reload_visible)

    def add_page(self, key: str, make: Callable[[], QWidget]) -> None:
        self._makers[key] = make

    def open(self, key: str) -> QWidget:
        """Show a page; anything laid over the workspace is saved and closed first."""
        self.close_over()
        if key not in self._pages:
            page = self._makers[key]()
            self._pages[key] = page
            self.stack.addWidget(page)
        page = self._pages[key]
        self.stack.setCurrentWidget(page)
        self.sidebar.show_place(key)
        if isinstance(page, Reloads):
            page.reload()
        return page

    def open_over(self, page: QWidget) -> None:
        """Give the whole window to one thing, as an interview is; `close_over` brings the pages back."""
        self.close_over()
        self._over = page
        self._root.addWidget(page)
        self._root.setCurrentWidget(page)
        page.setFocus()

    def close_over(self) -> None:
        if self._over is None:
            return
        over, self._over = self._over, None
        if isinstance(over, KeepsDrafts):
            over.save_now()
        self._root.removeWidget(over)
        over.deleteLater()
        self._reload_visible()

    def save_drafts(self) -> None:
        """Commit what the IME holds and put every half-typed thing into the vault; before lock and close."""
        commit_ime()
        for page in (*self._pages.values(), self._over):
            if isinstance(page, KeepsDrafts):
                page.save_now()

    def note_activity(self) -> None:
        """The operator did something: the idle clock starts again."""
        if self._left_s != self._idle_s:
            self._left_s = self._idle_s
            self._show_left()

    def set_idle_minutes(self, minutes: int) -> None:
        self._idle_s = minutes * 60
        self.note_activity()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Installed on the application by the shell: keys, clicks, wheel and touch are activity."""
        if event.type() in _ACTIVITY:
            self.note_activity()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.sidebar.set_narrow(self.width() < self._theme.px(NARROW_BELOW_PX))

    def _count_down(self) -> None:
        self._left_s -= 1
        self._show_left()
        if self._left_s <= 0:
            self._second.stop()
            self.lock_wanted.emit("idle")

    def _show_left(self) -> None:
        left = self._left_s
        words = f"{left}秒" if left <= _COUNTDOWN_S else f"{(left + 59) // 60}分"
        self._lock_label.setText(f"自動ロックまで {words}")
        self._lock_label.set_tone("bad" if left <= _COUNTDOWN_S else None)

    def _reload_visible(self) -> None:
        page = self.stack.currentWidget()
        if isinstance(page, Reloads):
            page.reload()

    def _status_line(self, staff_name: str) -> QFrame:
        strip = frame("foot")
        line = row(self._theme, strip, gap=24)
        line.setContentsMargins(self._theme.px(16), self._theme.px(5), self._theme.px(16), self._theme.px(5))
        saved = row(self._theme, gap=6)
        saved.addWidget(picture(self._theme, "circle-check", "ok", px=15))
        saved.addWidget(self._saved_label)
        line.addLayout(saved)
        line.addStretch()
        line.addWidget(self.backup_label)
        line.addWidget(self._lock_label)
        line.addWidget(PlainLabel(f"担当　{staff_name}", "hint"))
        return strip

    def _lay_out(self, is_demo: bool) -> None:
        self._root = QStackedWidget()
        pages = QWidget()
        across = row(self._theme, pages, gap=0)
        across.addWidget(self.sidebar)
        right = column(self._theme, gap=0)
        if is_demo:
            strip = Banner(
                self._theme, "warn", "お試しデータです。架空の人だけが入っています。実在の方を入力しないでください。"
            )
            strip.setObjectName("demo_banner")
            right.addWidget(strip)
        right.addWidget(self.stack, 1)
        right.addWidget(self._status)
        across.addLayout(right, 1)
        self._root.addWidget(pages)
        column(self._theme, self).addWidget(self._root)


_ACTIVITY = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
    }
)
