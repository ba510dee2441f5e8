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

# Where only codes go the IME is told to stay off; some leave it on all the same, and these are their events.
KANA_TWO_CLAUSES: Recording = [("やまだ", ""), ("やまだは", ""), ("やまだはなこ", ""), ("", "やまだはなこ")]
KANA_ESCAPED_AND_RETYPED: Recording = [
    ("やまもと", ""),
    ("やま", ""),
    ("", ""),
    ("やま", ""),
    ("やまね", ""),
    ("", "やまね"),
]
KANA_PREDICTED: Recording = [("わ", ""), ("わた", ""), ("わたぬき", ""), ("", "わたぬき")]
WIDE_170: Recording = [("１", ""), ("１７", ""), ("１７０", ""), ("", "１７０")]
WIDE_170_IN_TWO: Recording = [("１", ""), ("１７", ""), ("０", "１７"), ("", "０")]
WIDE_170_ESCAPED: Recording = [("１８", ""), ("１８０", ""), ("", ""), ("１７", ""), ("１７０", ""), ("", "１７０")]
WIDE_170_F8: Recording = [("１７０", ""), ("170", ""), ("", "170")]
WIDE_170_PREDICTED: Recording = [("１", ""), ("１７０", ""), ("", "１７０")]
WIDE_PHONE: Recording = [
    ("０９０", ""),
    ("０９０ー００００", ""),
    ("０９０ー００００ー００００", ""),
    ("", "０９０ー００００ー００００"),
]
WIDE_POSTAL: Recording = [("１５４", ""), ("１５４ー００１７", ""), ("", "１５４ー００１７")]
POSTAL_ESCAPED: Recording = [("１５５", ""), ("", ""), ("１５４", ""), ("１５４００１７", ""), ("", "１５４００１７")]
ERA_IN_CLAUSES: Recording = [
    ("しょうわ", ""), ("昭和", ""), ("６２", "昭和"), ("６２ねん", ""), ("６２年", ""), ("３がつ", "６２年"),
    ("３月", ""),
    ("１４にち", "３月"), ("１４日", ""), ("", "１４日"),
]  # fmt: skip
ERA_ESCAPED: Recording = [
    ("へいせい", ""), ("平成", ""), ("へいせい", ""), ("", ""), ("昭和６２年３月１４日", ""),
    ("", "昭和６２年３月１４日"),
]  # fmt: skip
ERA_PREDICTED: Recording = [("し", ""), ("昭和62年3月14日", ""), ("", "昭和62年3月14日")]
WIDE_ERA_LETTER: Recording = [("Ｓ", ""), ("Ｓ６２．３．１４", ""), ("", "Ｓ６２．３．１４")]
WIDE_DAY: Recording = [("１９８７", ""), ("１９８７０３１４", ""), ("", "１９８７０３１４")]
