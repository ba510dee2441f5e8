"""Who had this member before their eyes: the answer when the member asks."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from nakodo_desktop.services.audit_log import Seen
from nakodo_desktop.ui.settings.backup_words import when
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.dialog import AppDialog
from nakodo_desktop.ui.widgets.frames import column
from nakodo_desktop.ui.widgets.labels import PlainLabel, WrappedLabel


class WhoSawDialog(AppDialog):
    """`to_log` opens the log with this member in its filter."""

    def __init__(self, theme: Theme, seen: tuple[Seen, ...], *, to_log: Callable[[], None], parent: QWidget) -> None:
        super().__init__(theme, "この会員を見た人", icon="eye", width_px=560, parent=parent.window())
        self.setObjectName("who_saw")
        for one in seen:
            lines = column(theme, gap=3)
            lines.addWidget(PlainLabel(f"{one.person}　{one.times:,}回", "strong"))
            lines.addWidget(WrappedLabel(f"最後は {when(one.last_at)}　（{'、'.join(one.ways)}）", "hint"))
            self.body.addLayout(lines)
        if not seen:
            self.add_text("見た人の記録はありません。")
        self.body.addWidget(
            WrappedLabel("画面・一覧・印刷で表示された記録です。口頭や写真で伝わったことは残りません。", "hint")
        )
        self.add_button("操作の記録で見る", to_log)
        self.add_button("閉じる", kind="primary").setFocus()
