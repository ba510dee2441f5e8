"""Asks where a PDF shall go; nothing else decides on a place for a plain file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

PLAIN_HINT = "PDFのファイルは暗号化されません。用が済んだら消してください。"


def ask_pdf_path(parent: QWidget, *, suggested: str, on_chosen: Callable[[Path], None]) -> QFileDialog:
    """Open the system's dialog; `suggested` is a file name without anybody's name in it."""
    dialog = QFileDialog(parent.window(), "PDFに保存（ファイルは暗号化されません）", suggested, "PDF (*.pdf)")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("pdf")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda name: on_chosen(Path(name)))
    dialog.open()
    return dialog
