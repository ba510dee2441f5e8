"""Fills a reading from what the IME was given before conversion; the form need not know how an IME works.

The last pre-edit that is pure kana is the reading of what is committed next; kana committed as kana read as
themselves. The reading stays an ordinary field: once the operator changes it by hand it is left alone.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QInputMethodEvent

from nakodo_desktop.domain.japanese import to_hiragana
from nakodo_desktop.ui.widgets.line_inputs import JaLineEdit, KanaLineEdit

PLEASE_CHECK = "自動で入れたよみです。ご確認ください（要確認）"
NAME_CHANGED = "名前が変わりました。よみもご確認ください（要確認）"
_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\u30fc\uff66-\uff9f ・]+")
_UNRESOLVED = re.compile(r"[A-Za-zＡ-Ｚａ-ｚ]+$")  # や + ｍ: a consonant waiting for its vowel
_KANJI = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff々〆]")
_MOST_KANA_PER_KANJI = 4


@dataclass(frozen=True)
class _Chunk:
    """One commit and how it was read."""

    text: str
    reading: str


class FuriganaTracker(QObject):
    """Watches `source` and answers in `target`."""

    def __init__(self, source: JaLineEdit, target: KanaLineEdit) -> None:
        super().__init__(source)
        self._source, self._target = source, target
        self._kana = ""  # reading of the composition in progress
        self._chunks: list[_Chunk] = []
        self._filled = ""  # what we last wrote into the target
        self._filling = False
        source.editor.installEventFilter(self)
        source.editor.textChanged.connect(self._on_source_changed)
        target.changed.connect(self._on_target_changed)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QInputMethodEvent):
            if event.commitString():
                self._on_commit(event.commitString())
            self._on_preedit(event.preeditString())
        return False

    def _on_preedit(self, preedit: str) -> None:
        typed = _UNRESOLVED.sub("", preedit)
        if not preedit:
            self._kana = ""
        elif typed and _KANA.fullmatch(typed):
            self._kana = _as_hiragana(typed)

    def _on_commit(self, text: str) -> None:
        """Called before the editor has the text; `_on_source_changed` follows at once."""
        reads_itself = _KANA.fullmatch(text) is not None
        reading = _as_hiragana(text) if reads_itself else self._kana
        self._kana = ""
        self._chunks.append(_Chunk(text, reading))

    def _on_source_changed(self, text: str) -> None:
        self._chunks, unread = _chunks_of(text, self._chunks)
        is_ours = self._target.text() == self._filled
        if not text:
            self._start_afresh(clear=is_ours)
        elif is_ours and self._chunks:
            self._answer("".join(chunk.reading for chunk in self._chunks), doubtful=bool(unread))
        elif self._target.text():
            self._target.set_notice(PLEASE_CHECK if is_ours else NAME_CHANGED, please_check=True)

    def _start_afresh(self, *, clear: bool) -> None:
        """The name was emptied: the next one is read anew, over a reading made by hand for the old one too."""
        if clear:
            self._answer("")
        self._filled = self._target.text()

    def _answer(self, reading: str, *, doubtful: bool = False) -> None:
        self._filled = reading.strip()
        self._filling = True
        self._target.fill(self._filled or None)
        self._filling = False
        please_check = doubtful or not is_plausible(self._source.editor.text(), self._filled)
        self._target.set_notice(PLEASE_CHECK if please_check else "", please_check=please_check)

    def _on_target_changed(self) -> None:
        """The operator made the reading their own; emptied by hand, the next commit fills it again."""
        if self._filling:
            return
        self._target.set_notice("")
        if not self._target.text():
            self._filled = ""
            self._chunks.clear()


def is_plausible(name: str, reading: str) -> bool:
    """False when a reading is too short or too long for the kanji it stands for (a prediction was picked early)."""
    kanji = len(_KANJI.findall(name))
    spelled = sum(1 for char in name if _KANA.fullmatch(char) and not char.isspace())
    read = len(re.sub(r"\s", "", reading)) - spelled
    return kanji <= read <= kanji * _MOST_KANA_PER_KANJI


def _chunks_of(text: str, chunks: list[_Chunk]) -> tuple[list[_Chunk], str]:
    """The chunks that still stand at the beginning of `text`, and what follows them unread."""
    kept: list[_Chunk] = []
    rest = text
    for chunk in chunks:
        if not rest.startswith(chunk.text):
            break
        kept.append(chunk)
        rest = rest.removeprefix(chunk.text)
    return kept, rest


def _as_hiragana(text: str) -> str:
    return to_hiragana(unicodedata.normalize("NFKC", text))
