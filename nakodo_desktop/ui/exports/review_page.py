"""The second screen of an export: what this batch is, what it gives away, where it goes, and the approval."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QProgressBar, QWidget

from nakodo_desktop.domain.delivery import Delivery
from nakodo_desktop.domain.provision import Listing
from nakodo_desktop.domain.singling_out import Report
from nakodo_desktop.errors import UserError
from nakodo_desktop.services.export_plan import Plan
from nakodo_desktop.ui.exports.batch_cards import counts_card, recipient_card, singling_out_card
from nakodo_desktop.ui.exports.clearing import clear
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import button, set_button_text
from nakodo_desktop.ui.widgets.frames import Card, FormScroll, column, row
from nakodo_desktop.ui.widgets.inputs import CheckInput
from nakodo_desktop.ui.widgets.labels import ElidedLabel, PlainLabel, WrappedLabel, picture
from nakodo_desktop.ui.widgets.notices import Banner

_ASIDE_PX = 300
_NO_FOLDER = "まだ選んでいません"
_SEALED = "ファイルには協会の鍵で封をします。協会だけが開けられます。"
_BEHIND_A_PIN = "電話で確かめた指紋のサーバーにだけ、暗号化された通信で送ります。"
_NOT_ENCRYPTED = "暗号化されていないファイルができます。協会へ送ったら、フォルダーからも消してください。"
_UNDERSTOOD = "注意を読み、確かめました"


class ReviewPage(QWidget):
    """Approving is possible only with a folder, and when every caution was ticked off."""

    back_wanted = Signal()
    member_wanted = Signal(int)
    folder_chosen = Signal(str)
    approved = Signal()
    stop_wanted = Signal()

    def __init__(self, theme: Theme, *, folder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._plan: Plan | None = None
        self._folder: Path | None = Path(folder) if folder and Path(folder).is_dir() else None
        self._delivery = Delivery()
        self._is_running = False
        self.title = PlainLabel("", "h1")
        self.back = button(theme, "一覧へ戻る", icon="chevron-left")
        self.back.setObjectName("export_back")
        self.folder = ElidedLabel("", "strong")
        self.choose = button(theme, "フォルダーを選ぶ", icon="folder-open")
        self.choose.setObjectName("export_folder")
        self._where, self._safety = PlainLabel("", "hint"), WrappedLabel("", "hint")
        self.understood = CheckInput(theme, _UNDERSTOOD)
        self.understood.setObjectName("export_understood")
        self.approve = button(theme, "承認して書き出す", kind="primary", icon="send")
        self.approve.setObjectName("export_approve")
        self.waiting = ElidedLabel("", "hint", tone="warn")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("書き出しの進み具合")
        self.progress = PlainLabel("", "hint")
        self.stop = button(theme, "中止する", icon="x")
        self.stop.setObjectName("export_stop")
        self.trouble = Banner(theme, "bad", "")
        self.trouble.hide()
        self._running = QWidget()
        self._cautions = column(theme, gap=8)
        self._main = column(theme, gap=14)
        self._recipient_at = column(theme)
        self._found: Report | None = None
        self._lay_out()
        self._connect()
        self._show_folder()
        self.set_running(False)

    @property
    def plan(self) -> Plan | None:
        return self._plan

    @property
    def chosen_folder(self) -> Path | None:
        return self._folder

    @property
    def is_reported(self) -> bool:
        """Whether it is known who stands out in this batch."""
        return self._found is not None

    def show_plan(self, plan: Plan, removals: Mapping[str, str], *, delivery: Delivery) -> None:
        """`removals`: who is taken off and why, by uid, as far as there is a record."""
        self._plan, self._found, self._delivery = plan, None, delivery
        self.title.setText(f"第{plan.batch.seq}回の確認")
        self.trouble.hide()
        self.understood.set_value(None)
        clear(self._main)
        clear(self._recipient_at)
        clear(self._cautions)
        for words in plan.cautions:
            first, stop, rest = words.partition("。")
            self._cautions.addWidget(Banner(self._theme, "warn", first + stop, text=rest))
        self._main.addWidget(counts_card(self._theme, plan, [_removed(gone, removals) for gone in plan.removed]))
        self._recipient_at.addWidget(recipient_card(self._theme, plan))
        self.understood.setVisible(bool(plan.cautions))
        self._scroll.verticalScrollBar().setValue(0)
        self._show_folder()

    def show_report(self, found: Report) -> None:
        """Counted in the background; people who stand out are a caution of their own."""
        if self._plan is None:
            return
        self._found = found
        self._main.addWidget(singling_out_card(self._theme, self._plan, found, self.member_wanted.emit))
        self.understood.setVisible(bool(self._plan.cautions or found.singled_out))
        self._show_approve()

    def choose_folder(self, folder: Path) -> None:
        self._folder = folder
        self.trouble.hide()
        self._show_folder()
        self.folder_chosen.emit(str(folder))

    def set_running(self, running: bool) -> None:
        self._is_running = running
        parts = {
            self._running: running,
            self.approve: not running,
            self.choose: not running and not self._delivery.kind.is_remote,
        }
        for part in sorted(parts, key=parts.__getitem__):  # what goes first: both at once would push the window
            part.setVisible(parts[part])
        self.back.setEnabled(not running)
        self.understood.box.setEnabled(not running)
        self.stop.setEnabled(True)
        if running:
            self.trouble.hide()
            self.bar.setRange(0, 0)
            self._say("ファイルをまとめて署名しています…")
            self.stop.setFocus()
        self._show_approve()

    def show_progress(self, done_kib: int, total_kib: int) -> None:
        self.bar.setRange(0, total_kib)
        self.bar.setValue(done_kib)
        if done_kib >= total_kib - 1:
            is_remote = self._delivery.kind.is_remote
            self._say("届いたことを確かめています…" if is_remote else "書いたファイルを読み返して確かめています…")
        else:
            deed = "送っています" if self._delivery.kind.is_remote else "書き込んでいます"
            self._say(f"{deed}…　{done_kib / 1024:,.1f} / {total_kib / 1024:,.1f} MB")

    def tell(self, error: UserError) -> None:
        """In place; the choice and the folder stay as they are."""
        self.trouble.show()
        self.trouble.set_words(error.message, error.advice)
        self.approve.setFocus()

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_wanted)
        self.choose.clicked.connect(self._ask_folder)
        self.understood.changed.connect(self._show_approve)
        self.approve.clicked.connect(self.approved)
        self.stop.clicked.connect(self._ask_to_stop)

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self, "書き出すフォルダーを選ぶ", str(self._folder or ""))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda path: self.choose_folder(Path(path)))
        dialog.open()

    def _ask_to_stop(self) -> None:
        self.stop.setEnabled(False)
        self._say("中止しています…")
        self.stop_wanted.emit()

    def _say(self, words: str) -> None:
        if self.progress.text() != words:
            self.progress.setText(words)

    def _show_folder(self) -> None:
        delivery = self._delivery
        is_remote = delivery.kind.is_remote
        self._where.setText("送り先" if is_remote else "保存するフォルダー")
        self.folder.setText(delivery.address or (_NO_FOLDER if self._folder is None else str(self._folder)))
        self.choose.setVisible(not is_remote)
        self._safety.setText(_SEALED if delivery.association_key else _BEHIND_A_PIN if is_remote else _NOT_ENCRYPTED)
        set_button_text(self.approve, "承認して送る" if is_remote else "承認して書き出す", has_icon=True)
        self._show_approve()

    def _show_approve(self) -> None:
        needs_tick = not self.understood.isHidden() and self.understood.value() is not True
        missing = []
        if self._folder is None and not self._delivery.kind.is_remote:
            missing.append("フォルダーを選んでください")
        if self._found is None:
            missing.append("見分けられやすさを数えています")
        if needs_tick:
            missing.append("「承認の前に」を確かめてください")
        self.approve.setEnabled(not missing)
        self.waiting.setText(f"書き出す前に：{'、'.join(missing)}")
        self.waiting.setVisible(bool(missing) and not self._is_running)

    def _lay_out(self) -> None:
        theme = self._theme
        rows = column(theme, self, gap=14)
        rows.setContentsMargins(theme.px(24), theme.px(18), theme.px(24), theme.px(14))
        head = row(theme, gap=12)
        head.addWidget(self.back)
        head.addWidget(self.title)
        head.addStretch()
        rows.addLayout(head)
        body = QWidget()
        across = row(theme, body, gap=16)
        left = column(theme, gap=14)
        left.addLayout(self._main)
        left.addStretch()
        across.addLayout(left, 1)
        aside = QWidget()
        aside.setFixedWidth(theme.px(_ASIDE_PX))
        right = column(theme, aside, gap=14)
        right.addLayout(self._recipient_at)
        right.addWidget(self._before())
        right.addStretch()
        across.addWidget(aside)
        self._scroll = FormScroll(body)
        rows.addWidget(self._scroll, 1)
        rows.addWidget(self.trouble)
        rows.addWidget(self._foot())

    def _before(self) -> Card:
        card = Card(self._theme, margin=18, gap=10)
        card.rows.addWidget(PlainLabel("承認の前に", "h2"))
        card.rows.addLayout(self._cautions)
        card.rows.addWidget(self._safety)
        card.rows.addWidget(self.understood)
        return card

    def _foot(self) -> Card:
        """Always in sight: where the file goes, and the deed or its progress."""
        theme = self._theme
        card = Card(theme, margin=14, gap=0)
        across = row(theme, gap=12)
        across.addWidget(picture(theme, "folder", "muted", px=20))
        names = column(theme, gap=3)
        names.addWidget(self._where)
        names.addWidget(self.folder)
        names.addWidget(self.waiting)
        across.addLayout(names, 1)
        across.addWidget(self.choose)
        across.addWidget(self.approve)
        across.addWidget(self._running, 1)
        inside = row(theme, self._running, gap=12)
        told = column(theme, gap=6)
        told.addWidget(self.progress)
        told.addWidget(self.bar)
        inside.addLayout(told, 1)
        inside.addWidget(self.stop)
        card.rows.addLayout(across)
        return card


def _removed(gone: Listing, removals: Mapping[str, str]) -> str:
    return removals.get(gone.member_uid, f"記録を消去した方（掲載ID {gone.site_id[:8]}…）")
