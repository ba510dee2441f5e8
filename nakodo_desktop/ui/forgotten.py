"""What can be done when a passphrase is forgotten, told before somebody gives up or asks for a back door."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.dialog import AppDialog
from nakodo_desktop.ui.widgets.frames import column
from nakodo_desktop.ui.widgets.labels import PlainLabel, WrappedLabel

_WAYS = (
    (
        "復旧シート（紙）があるとき",
        "紙の「復旧コード」を、パスワードの欄にそのまま入力して「開く」を押します。"
        "大文字と小文字、ハイフンのあるなしは、どちらでもかまいません。",
    ),
    (
        "ほかの担当者がいるとき",
        "その方のパスワードで開けます。あなたのパスワードは、開いたあとに所長が新しくできます。",
    ),
    (
        "どちらもないとき",
        "パスワードはこのパソコンのどこにも保存されていないため、作者を含めて、だれにも開けません。"
        "金庫や書類の中に復旧シートがないか、もう一度お探しください。",
    ),
)


def explain_forgotten(parent: QWidget, theme: Theme, *, type_code: Callable[[], None]) -> AppDialog:
    """`type_code` makes the passphrase box ready for the code from the paper."""
    dialog = AppDialog(theme, "パスワードを忘れたとき", icon="key-round", width_px=520, parent=parent.window())
    for title, words in _WAYS:
        way = column(theme, gap=4)
        way.addWidget(PlainLabel(title, "field"))
        way.addWidget(WrappedLabel(words, "label"))
        dialog.body.addLayout(way)
    dialog.add_button("閉じる")
    dialog.add_button("復旧コードを入力する", type_code, kind="primary", icon="pencil").setFocus()
    dialog.open()
    return dialog
