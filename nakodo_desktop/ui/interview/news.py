"""Tells that the record was set right while the interview was open: what follows it here, and what stays as typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from nakodo_desktop.domain.answer_merge import AnswerMerge
from nakodo_desktop.domain.catalog import FIELDS
from nakodo_desktop.domain.values import Value
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import button
from nakodo_desktop.ui.widgets.frames import Card, column, row
from nakodo_desktop.ui.widgets.labels import WrappedLabel, picture
from nakodo_desktop.ui.widgets.notices import announce

Words = Callable[[str, Value], str]
_TITLE = "この面談の間に、会員の記録が直されました"
_NOTHING = "（なし）"
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class NewsBar(QWidget):
    """Stays until it is read. What it tells is settled already: nothing is lost when nobody looks at it."""

    put_back_asked = Signal(object)  # dict: the former answers of what was taken over
    take_asked = Signal(object)  # dict: the record's answers in place of what was typed here

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("news")
        self._theme = theme
        self._news = AnswerMerge({}, {}, {})
        holder = column(theme, self)
        holder.setContentsMargins(24, 12, 24, 0)  # as the strip of a failed save
        card = Card(theme, margin=12, gap=2, ground="info")
        holder.addWidget(card)
        self._rows = card.rows
        head = row(theme, gap=10)
        head.addWidget(picture(theme, "info", "info", px=20))
        head.addWidget(WrappedLabel(_TITLE, "field", tone="info"), 1, _MIDDLE)
        read = button(theme, "確認しました")
        read.setObjectName("news_read")
        read.clicked.connect(self.hide)
        head.addWidget(read)
        self._rows.addLayout(head)
        self._taken, self._taken_line = self._line("元の内容に戻す", self._put_back, name="news_put_back")
        self._kept, self._kept_line = self._line("記録の内容にする", self._take, name="news_take")
        self.hide()

    def tell(self, news: AnswerMerge, here: Mapping[str, Value], words: Words) -> None:
        """`here`: the answers as they stand now."""
        self._news = news
        taken = [_change(key, news.former.get(key), new, words) for key, new in news.taken.items()]
        kept = [_change(key, here.get(key), there, words, mark="／記録は") for key, there in news.kept.items()]
        self._taken.setText(f"新しい内容にしました：{'、'.join(taken)}")
        self._kept.setText(f"ここで入力した内容を残しました：{'、'.join(kept)}")
        self._taken_line.setVisible(bool(taken))
        self._kept_line.setVisible(bool(kept))
        self.setVisible(bool(taken or kept))
        announce(self, _TITLE)

    def _put_back(self) -> None:
        self._taken_line.hide()
        self._close_when_empty()
        self.put_back_asked.emit(self._news.former)

    def _take(self) -> None:
        self._kept_line.hide()
        self._close_when_empty()
        self.take_asked.emit(self._news.kept)

    def _close_when_empty(self) -> None:
        if self._taken_line.isHidden() and self._kept_line.isHidden():
            self.hide()

    def _line(self, verb: str, act: Callable[[], None], *, name: str) -> tuple[WrappedLabel, QWidget]:
        line = QWidget()
        across = row(self._theme, line, gap=10)
        words, deed = WrappedLabel("", "hint"), button(self._theme, verb, kind="link")
        deed.setObjectName(name)
        deed.clicked.connect(act)
        across.addWidget(words, 1, _MIDDLE)
        across.addWidget(deed)
        self._rows.addWidget(line)
        return words, line


def _change(key: str, old: Value, new: Value, words: Words, *, mark: str = " → ") -> str:
    return f"{FIELDS[key].label} {words(key, old) or _NOTHING}{mark}{words(key, new) or _NOTHING}"
