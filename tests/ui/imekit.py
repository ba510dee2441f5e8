"""Replays what an IME sends, as recorded from a real one: no IME is needed to test Japanese typing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget

Recording = Sequence[tuple[str, str]]  # (pre-edit, committed) of each event


def play(editor: QWidget, recording: Recording) -> None:
    for preedit, committed in recording:
        event = QInputMethodEvent(preedit, [])
        if committed:
            event.setCommitString(committed)
        QApplication.sendEvent(editor, event)


YAMADA: Recording = [
    ("ｙ", ""), ("や", ""), ("やｍ", ""), ("やま", ""), ("やまだ", ""), ("山田", ""), ("", "山田"),
]  # fmt: skip
TWO_CLAUSES: Recording = [
    ("やまだ", ""), ("やまだは", ""), ("やまだはなこ", ""), ("山田花子", ""), ("山田華子", ""), ("", "山田華子"),
]  # fmt: skip
ESCAPED_AND_RETYPED: Recording = [
    ("やまもと", ""), ("山本", ""), ("やまもと", ""), ("やま", ""), ("やまね", ""), ("山根", ""), ("", "山根"),
]  # fmt: skip
F7_KATAKANA: Recording = [("すみす", ""), ("スミス", ""), ("", "スミス")]
F8_HALF_WIDTH: Recording = [("すみす", ""), ("スミス", ""), ("ｽﾐｽ", ""), ("", "ｽﾐｽ")]
PREDICTION: Recording = [("わ", ""), ("わた", ""), ("わたｎ", ""), ("綿貫", ""), ("", "綿貫")]
CLICKED_ELSEWHERE: Recording = [("やまだ", ""), ("", "やまだ")]  # Qt commits the kana as they stand
CANCELLED: Recording = [("やまだ", ""), ("山田", ""), ("やまだ", ""), ("", "")]
WINDOWS_ONE_EVENT: Recording = [  # commit and the next pre-edit arrive together
    ("すずき", ""), ("鈴木", ""), ("い", "鈴木"), ("いちろう", ""), ("一郎", ""), ("", "一郎"),
]  # fmt: skip
LIVE_CONVERSION: Recording = [("た", ""), ("たか", ""), ("高", ""), ("高は", ""), ("高橋", ""), ("", "高橋")]
