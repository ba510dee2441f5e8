"""What an unlocked office looks like: side bar, pages, status line. It dies on lock."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from nakodo_desktop.services.clock import Clock, utc_now
from nakodo_desktop.ui.sidebar import Place, Sidebar
from nakodo_desktop.ui.strip import Strip
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.form_draft import FormDraft
from nakodo_desktop.ui.widgets.frames import column, frame, row
from nakodo_desktop.ui.widgets.ime import add_shortcut, commit_ime
from nakodo_desktop.ui.widgets.labels import PlainLabel, picture
from nakodo_desktop.ui.widgets.notices import announce
from nakodo_desktop.ui.widgets.toast import show_toast

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
_REST_S = 3
_DEMO = "お試しデータです。架空の人だけが入っています。実在の方を入力しないでください。"


@runtime_checkable
class KeepsDrafts(Protocol):
    """A page with something half typed: it can put that into the vault."""

    @property
    def has_unsaved(self) -> bool: ...
    def save_now(self) -> None: ...


@runtime_checkable
class Reloads(Protocol):
    """A page that shows the vault: it reads again when something was written."""

    def reload(self) -> None: ...


@runtime_checkable
class Searches(Protocol):
    """A page with a search box."""

    def focus_search(self) -> None: ...


class Workspace(QWidget):
    """Pages are made when they are first opened. `changed` tells everybody to read the vault again.

    A page names what takes the focus when it is opened by its focus proxy.
    """

    lock_wanted = Signal(str)  # why: "asked" | "idle"
    new_interview_wanted = Signal()
    help_wanted = Signal(str)  # about which place; "over" is what lies over the pages
    changed = Signal()
    rested = Signal()  # nobody has touched anything for some seconds: what would hold the window up may be done now

    def __init__(
        self,
        theme: Theme,
        *,
        office_name: str,
        staff_name: str,
        is_demo: bool,
        idle_minutes: int,
        now: Clock = utc_now,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._now = theme, now
        self._makers: dict[str, Callable[[], QWidget]] = {}
        self._pages: dict[str, QWidget] = {}
        self._over: QWidget | None = None
        self._place = ""
        self.sidebar = Sidebar(theme, office_name, PLACES)
        self.stack = QStackedWidget()
        self._grounds = QWidget()  # side bar, pages and status line; what lies over them covers all three
        self._lock_label = PlainLabel("", "hint")
        self._saved_label = PlainLabel("すべて保存済み", "hint")
        self.backup_label = PlainLabel("", "hint")
        self.lock_strip = Strip(theme, "bad", "", icon="lock")
        self._lay_out(is_demo, staff_name)
        self._idle_s, self._left_s = idle_minutes * 60, idle_minutes * 60
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self._count_down)
        self._second.start()
        self._show_left()
        self.sidebar.chosen.connect(self.open)
        self.sidebar.lock_wanted.connect(lambda: self.lock_wanted.emit("asked"))
        self.changed.connect(self._on_changed)
        self._add_shortcuts()

    @property
    def place(self) -> str:
        """Where the operator is; "over" while something lies over the pages."""
        return self._place if self._over is None else "over"

    @property
    def over(self) -> QWidget | None:
        """What lies over the pages: an interview, a record."""
        return self._over

    @property
    def theme(self) -> Theme:
        return self._theme

    def add_page(self, key: str, make: Callable[[], QWidget]) -> None:
        self._makers[key] = make

    def open(self, key: str) -> QWidget:
        """Show a page; what lies over the workspace is saved and closed first, or stays in front when it cannot be."""
        is_free = self.close_over()
        if key not in self._pages:
            page = self._makers[key]()
            self._pages[key] = page
            self.stack.addWidget(page)
        page = self._pages[key]
        self._place = key
        self.stack.setCurrentWidget(page)
        self.sidebar.show_place(key)
        if isinstance(page, Reloads):
            page.reload()
        if is_free:
            page.setFocus(Qt.FocusReason.OtherFocusReason)
        return page

    def open_over(self, page: QWidget) -> None:
        """Give the whole window to one thing, as an interview is; `close_over` brings the pages back.

        What lies there and cannot be saved stays; the new one goes again.
        """
        if not self.close_over():
            page.deleteLater()
            return
        self._over = page
        self._root.addWidget(page)
        self._root.setCurrentWidget(page)
        page.setFocus()

    def close_over(self) -> bool:
        """Save and close what lies over the pages. False: it could not be saved and stays open, with its own words."""
        keepers = self._keepers_over()
        for keeper in keepers:
            keeper.save_now()
        if any(keeper.has_unsaved for keeper in keepers):
            return False
        self.drop_over()
        return True

    def drop_over(self) -> None:
        """Close it as it is: the operator has decided."""
        if self._over is None:
            return
        over, self._over = self._over, None
        self._root.removeWidget(over)
        over.deleteLater()
        self._reload_visible()
        below = self.stack.currentWidget()
        if below is not None:
            below.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def has_unsaved(self) -> bool:
        """After `save_drafts`: something could not be put into the vault."""
        return any(page.has_unsaved for page in self._keepers())

    def save_drafts(self) -> None:
        """Commit what the IME holds and put every half-typed thing into the vault; before lock and close."""
        commit_ime()
        for page in self._keepers():
            page.save_now()

    def _keepers(self) -> list[KeepsDrafts]:
        """Pages, and the forms on them and in dialogs, which lie on the window."""
        everything: list[object] = [*self._pages.values(), self._over]
        return [page for page in everything if isinstance(page, KeepsDrafts)] + _drafts_in(self.window())

    def _keepers_over(self) -> list[KeepsDrafts]:
        if self._over is None:
            return []
        page: list[KeepsDrafts] = [self._over] if isinstance(self._over, KeepsDrafts) else []
        return page + _drafts_in(self._over)

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
        if self._idle_s - self._left_s == _REST_S:
            self.rested.emit()
        if self._left_s <= 0:
            self._second.stop()
            self.lock_wanted.emit("idle")

    def _show_left(self) -> None:
        left, is_last_minute = self._left_s, self._left_s <= _COUNTDOWN_S
        words = f"{left}秒" if is_last_minute else f"{(left + 59) // 60}分"
        self._lock_label.setText(f"自動ロックまで {words}")
        self._lock_label.set_tone("bad" if is_last_minute else None)
        self.lock_strip.set_words(f"あと{left}秒でロックします。続けるときは、何かキーを押してください。")
        if is_last_minute and self.lock_strip.isHidden():
            announce(self.lock_strip, self.lock_strip.words())
        self.lock_strip.setVisible(is_last_minute)

    def _on_changed(self) -> None:
        at = self._now().astimezone()
        self._saved_label.setText(f"{at:%H:%M} に保存しました")
        self._reload_visible()

    def _reload_visible(self) -> None:
        page = self.stack.currentWidget()
        if isinstance(page, Reloads):
            page.reload()

    def _refresh(self) -> None:
        self._reload_visible()
        show_toast(self, self._theme, "最新の内容を表示しています。", icon="refresh-cw")

    def _search(self) -> None:
        page = self.open("members")
        if isinstance(page, Searches):
            page.focus_search()

    def _add_shortcuts(self) -> None:
        """Those of the pages do not work in an interview: there they would leave it by accident."""
        add_shortcut(self, "Ctrl+L", lambda: self.lock_wanted.emit("asked"))
        add_shortcut(self, "F1", lambda: self.help_wanted.emit(self.place))
        add_shortcut(self._grounds, "F5", self._refresh)
        add_shortcut(self._grounds, "Ctrl+N", self.new_interview_wanted.emit)
        add_shortcut(self._grounds, "Ctrl+F", self._search)
        for number, place in enumerate(PLACES, start=1):
            add_shortcut(self._grounds, f"Ctrl+{number}", partial(self.open, place.key))

    def _status_line(self, staff_name: str) -> QFrame:
        strip = frame("status")
        line = row(self._theme, strip, gap=24)
        line.setContentsMargins(self._theme.px(16), self._theme.px(5), self._theme.px(16), self._theme.px(5))
        saved = row(self._theme, gap=6)
        saved.addWidget(picture(self._theme, "circle-check", "ok", px=15))
        saved.addWidget(self._saved_label)
        line.addLayout(saved)
        line.addStretch(1)
        line.addWidget(self.backup_label)
        line.addWidget(self._lock_label)
        line.addWidget(PlainLabel(f"担当　{staff_name}", "hint"))
        return strip

    def _lay_out(self, is_demo: bool, staff_name: str) -> None:
        whole = column(self._theme, self, gap=0)
        if is_demo:
            strip = Strip(self._theme, "warn", _DEMO, icon="triangle-alert")
            strip.setObjectName("demo_strip")
            whole.addWidget(strip)
        whole.addWidget(self.lock_strip)
        self.lock_strip.hide()
        self._root = QStackedWidget()
        rows = column(self._theme, self._grounds, gap=0)
        across = row(self._theme, gap=0)
        across.addWidget(self.sidebar)
        across.addWidget(self.stack, 1)
        rows.addLayout(across, 1)
        rows.addWidget(self._status_line(staff_name))
        self._root.addWidget(self._grounds)
        whole.addWidget(self._root, 1)


def _drafts_in(widget: QWidget) -> list[KeepsDrafts]:
    return list(widget.findChildren(FormDraft))


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
