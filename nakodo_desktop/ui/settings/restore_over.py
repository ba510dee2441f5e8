"""Restoring where no vault opens: a new PC, a damaged database, a lost header; from the screens before the unlock."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from nakodo_desktop.errors import UserError, VaultDamaged
from nakodo_desktop.services.restoring import Looked, look_around, restore_over_job, salvage_job
from nakodo_desktop.services.unlocking import Opened
from nakodo_desktop.ui import alerts
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.settings.busy import BusyDialog
from nakodo_desktop.ui.settings.restore_dialog import RestoreDialog, RestoreDoor
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.dialog import AppDialog
from nakodo_desktop.vault.restore import BEFORE_RESTORE
from nakodo_desktop.vault.salvage import Salvage

Made = TypeVar("Made")


def open_restore_over(
    parent: QWidget,
    theme: Theme,
    jobs: JobRunner,
    folder: Path,
    *,
    places: tuple[Path, ...],
    on_restored: Callable[[Opened], None],
) -> RestoreDialog:
    """Into `folder`, whatever lies there. `on_restored` gets keys that fit."""

    def restore(looked: Looked) -> None:
        _run(parent, theme, jobs, restore_over_job(folder, looked), title="控えから戻しています", on_done=on_restored)

    door = RestoreDoor(look_around, lambda _looked: None, restore)
    before = folder / BEFORE_RESTORE
    dialog = RestoreDialog(theme, jobs, door, (*places, *([before] if before.is_dir() else [])), parent=parent)
    dialog.open()
    return dialog


def offer_way_out(
    parent: QWidget,
    theme: Theme,
    jobs: JobRunner,
    error: VaultDamaged,
    *,
    opened: Opened,
    on_restore: Callable[[], None],
) -> AppDialog:
    """The passphrase was right and the database is broken: the last good backup, or what can still be read."""

    def salvage_into(name: str) -> None:
        work = salvage_job(opened, Path(name))
        _run(
            parent,
            theme,
            jobs,
            work,
            title="読める部分を救い出しています",
            on_done=lambda made: tell_salvage(parent, theme, made, damaged=opened.folder),
        )

    def choose() -> None:
        chooser = QFileDialog(parent.window(), "救い出した記録の置き場所（空のフォルダー）")
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.setOption(QFileDialog.Option.ShowDirsOnly, True)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.fileSelected.connect(salvage_into)
        chooser.open()

    dialog = AppDialog(
        theme, "データが壊れています", icon="circle-alert", tone="bad", width_px=600, parent=parent.window()
    )
    dialog.add_text(error.message)
    dialog.add_text(
        "いまあるファイルには何も書いていません。控えから戻すか、読める記録だけを別のフォルダーに救い出せます。"
    )
    dialog.add_button("閉じる")
    dialog.add_button("読める部分を救い出す…", choose)
    dialog.add_button("バックアップから戻す", on_restore, kind="primary").setFocus()
    dialog.open()
    return dialog


def tell_salvage(parent: QWidget, theme: Theme, made: Salvage, *, damaged: Path) -> None:
    """`damaged`: the folder it was read from, which nothing in the new one knows of."""
    dialog = AppDialog(
        theme, "読める部分を別のフォルダーに書き出しました", icon="database", tone="ok", parent=parent.window()
    )
    dialog.add_text(f"{sum(made.rows.values()):,}行を暗号化したまま {made.folder} に書き出しました。")
    if made.gaps:
        gaps = "、".join(f"{table}：{count}か所" for table, count in sorted(made.gaps.items()))
        dialog.add_text(f"読めなかった所があります（{gaps}）。バックアップと見比べてください。")
    else:
        dialog.add_text("読めなかった所はありませんでした。")
    dialog.add_text("最初の画面の「別のデータを開く」で、そのフォルダーを選ぶと、同じパスワードで開けます。")
    dialog.add_text(
        f"元のフォルダー {damaged} には、全員の記録が残っています。新しいほうで足りないものがないことを確かめたら、"
        "フォルダーごと削除してください。"
    )
    dialog.add_button("閉じる", kind="primary").setFocus()
    dialog.open()


def _run(
    parent: QWidget,
    theme: Theme,
    jobs: JobRunner,
    work: Callable[[], Made],
    *,
    title: str,
    on_done: Callable[[Made], None],
) -> None:
    busy = BusyDialog(theme, title, "終わるまで、しばらくお待ちください。", parent=parent)

    def done(made: Made) -> None:
        busy.end()
        on_done(made)

    def failed(error: Exception) -> None:
        busy.end()
        if not isinstance(error, UserError):
            raise error
        alerts.show_error(parent, theme, error)

    busy.open()
    jobs.run(parent.window(), work, on_done=done, on_failed=failed)
