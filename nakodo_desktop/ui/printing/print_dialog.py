"""Asks where to print, what and how often; says so when there is no printer. The look is the program's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from nakodo_desktop.ui.alerts import open_dialog
from nakodo_desktop.ui.printing.printers import Printers
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.dialog import AppDialog
from nakodo_desktop.ui.widgets.inputs import CheckInput, ComboInput, FieldBox, NumberEdit
from nakodo_desktop.ui.widgets.labels import WrappedLabel

COPIES = (1, 20)
SPOOL_HINT = "印刷が終わったら、プリンターの印刷待ちの一覧に書類が残っていないかご確認ください。"


@dataclass(frozen=True)
class Part:
    """A sheet that may be left out, as the member's copy may."""

    key: str
    label: str


@dataclass(frozen=True)
class PrintOrder:
    """What the operator decided; `parts` are keys, in the order they were offered."""

    printer: str
    copies: int
    parts: tuple[str, ...]


class PrintDialog(AppDialog):
    """The button prints only when a printer, a number and at least one part are chosen."""

    def __init__(
        self,
        theme: Theme,
        *,
        what: str,
        printers: Sequence[str],
        parts: Sequence[Part],
        on_print: Callable[[PrintOrder], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, f"{what}を印刷します", icon="printer", parent=parent)
        self._on_print = on_print
        self.printer = ComboInput(theme, [(name, name) for name in printers])
        self.printer.set_value(printers[0])
        self.copies = NumberEdit(theme, unit="部", minimum=COPIES[0], maximum=COPIES[1])
        self.copies.set_value(1)
        self.parts = {part.key: CheckInput(theme, part.label) for part in parts}
        self.body.addWidget(FieldBox(theme, "プリンター", self.printer))
        for box in self.parts.values():
            box.set_value(True)
            self.body.addWidget(box)
            box.setVisible(len(parts) > 1)
        self.body.addWidget(FieldBox(theme, "部数", self.copies, hint="用紙はA4です。"))
        self.body.addWidget(WrappedLabel(SPOOL_HINT, "hint"))
        self.add_button("やめる")
        self.print_button = self.add_button("印刷する", self._print, kind="primary", icon="printer", closes=False)
        self.print_button.setObjectName("print_now")
        self.print_button.setFocus()

    def _print(self) -> None:
        printer, copies = self.printer.value(), self.copies.value()
        chosen = tuple(key for key, box in self.parts.items() if box.value() is True)
        if not isinstance(printer, str):
            self.printer.set_error("プリンターを選んでください。")
        elif not self.copies.validate() or not isinstance(copies, int):
            self.copies.set_error(self.copies.error() or "部数を入力してください。")
        elif not chosen:
            self.tell("印刷する用紙が選ばれていません。")
        else:
            self.accept()
            self._on_print(PrintOrder(printer, copies, chosen))


def ask_print(
    parent: QWidget,
    theme: Theme,
    printers: Printers,
    *,
    what: str,
    on_print: Callable[[PrintOrder], None],
    parts: Sequence[Part] = (Part("all", "すべて"),),
    on_save: Callable[[], None] | None = None,
) -> AppDialog:
    """Open the dialog over the window of `parent`. `on_save` offers a PDF file when there is no printer."""
    already = open_dialog(parent)
    if already is not None:
        already.activateWindow()
        return already
    names = printers.names()
    dialog: AppDialog
    if names:
        dialog = PrintDialog(theme, what=what, printers=names, parts=parts, on_print=on_print, parent=parent.window())
    else:
        dialog = AppDialog(theme, "使えるプリンターがありません", icon="printer", tone="warn", parent=parent.window())
        dialog.add_text("プリンターの電源と接続を確かめて、もう一度「印刷する」を押してください。")
        close = dialog.add_button("閉じる", kind="normal" if on_save else "primary")
        if on_save is not None:
            dialog.add_text("PDFのファイルに保存して、別のパソコンから印刷することもできます。")
            dialog.add_button("PDFに保存", on_save, kind="primary", icon="download")
        close.setFocus()
    dialog.open()
    return dialog
