"""The last screen of an export: where the file lies, how to check it, and what to do next."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QWidget

from nakodo_desktop.services.export_plan import Written
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import button
from nakodo_desktop.ui.widgets.frames import Card, FormScroll, column, hline, row
from nakodo_desktop.ui.widgets.labels import PlainLabel, WrappedLabel
from nakodo_desktop.ui.widgets.marks import IconDisc
from nakodo_desktop.ui.widgets.notices import Banner, announce

_WIDTH_PX, _LABEL_PX = 720, 104
_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
_NEXT = (
    "協会と決めた方法で、このファイルを送ります。メールに添付するときは、協会の指示に従ってください。",
    "はじめて送るときや鍵が変わったときは、「署名の指紋」を電話で読み上げ、協会の画面と同じか確かめてもらいます。",
    "協会が受け取ったら、フォルダーとごみ箱からファイルを消します。控えは、この記録だけで足ります。",
)
_NEXT_REMOTE = (
    "協会に、送ったことを知らせます。協会は受け取ったファイルを確かめてから、サイトに載せます。",
    _NEXT[1],
)


class ResultPage(QWidget):
    back_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._done = ""
        self.facts: dict[str, str] = {}
        self.back = button(theme, "一覧へ戻る", kind="primary")
        self.back.setObjectName("export_done")
        self.back.clicked.connect(self.back_wanted)
        self._body: FormScroll | None = None
        self._rows = column(theme, self, gap=14)
        self._rows.setContentsMargins(theme.px(24), theme.px(18), theme.px(24), theme.px(14))

    def show_written(self, written: Written, *, fingerprint: str) -> None:
        record = written.record
        is_remote = written.there.delivery.kind.is_remote
        self.facts = {
            "ファイル名": record.name,
            ("送り先" if is_remote else "フォルダー"): written.there.words,
            "書き出し先": record.recipient.name,
            "内容": f"掲載 {record.profile_count:,}名、取下げ {record.removal_count:,}名",
            "署名の指紋": fingerprint,
            "目録のSHA-256": in_groups(record.manifest_sha256),
        }
        theme = self._theme
        body = QWidget()
        rows = column(theme, body, gap=14)
        card = Card(theme, margin=20, gap=12)
        card.setMaximumWidth(theme.px(_WIDTH_PX))
        head = row(theme, gap=14)
        head.addWidget(IconDisc(theme, "circle-check", "ok", px=44))
        names = column(theme, gap=4)
        done = f"第{record.seq}回を{'送りました' if is_remote else '書き出しました'}"
        names.addWidget(PlainLabel(done, "h1"))
        words = "ファイルを読み返して、署名と中身が正しいことを確かめました。提供の記録も残しました。"
        if is_remote:
            words = "署名と中身を確かめてから送り、すべて届きました。提供の記録も残しました。"
        names.addWidget(WrappedLabel(words, "label"))
        head.addLayout(names, 1)
        card.rows.addLayout(head)
        card.rows.addWidget(hline())
        facts = column(theme, gap=4)
        for label, value in self.facts.items():
            facts.addLayout(self._fact(label, value))
        card.rows.addLayout(facts)
        if written.missing_sheet:
            card.rows.addWidget(Banner(theme, "warn", "転記シートは入っていません", text=written.missing_sheet))
        card.rows.addWidget(hline())
        card.rows.addWidget(PlainLabel("次にすること", "h2"))
        steps = column(theme, gap=6)
        for number, sentence in enumerate(_NEXT_REMOTE if is_remote else _NEXT, start=1):
            line = row(theme, gap=10)
            mark = WrappedLabel(str(number), "strong")
            mark.setFixedWidth(theme.px(12))
            line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(WrappedLabel(sentence, "body"), 1)
            steps.addLayout(line)
        card.rows.addLayout(steps)
        foot = row(theme)
        folder = written.there.folder
        if folder is not None:
            show = button(theme, "フォルダーを開く", icon="folder-open")
            show.setObjectName("export_open_folder")
            show.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))))
            foot.addWidget(show)
        foot.addStretch()
        foot.addWidget(self.back)
        card.rows.addLayout(foot)
        across = row(theme)
        across.addWidget(card, 1)
        across.addStretch()
        rows.addLayout(across)
        rows.addStretch()
        self._done = done
        self._replace(body)

    def take_focus(self) -> None:
        """Once it is in sight."""
        self.back.setFocus()
        announce(self, self._done)

    def _fact(self, label: str, value: str) -> QHBoxLayout:
        line = row(self._theme, gap=16)
        name = WrappedLabel(label, "label")
        name.setFixedWidth(self._theme.px(_LABEL_PX))
        shown = WrappedLabel(value, "strong" if label == "署名の指紋" else "body")
        shown.setTextInteractionFlags(_SELECTABLE)
        shown.setAccessibleName(f"{label}：{value}")
        line.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(shown, 1)
        return line

    def _replace(self, body: QWidget) -> None:
        old, self._body = self._body, FormScroll(body)
        self._rows.addWidget(self._body)
        if old is not None:
            self._rows.removeWidget(old)
            old.deleteLater()


def in_groups(digest: str) -> str:
    """Eight digits at a time: long enough to be quick, short enough to be read aloud."""
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))
