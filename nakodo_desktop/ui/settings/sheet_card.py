"""The recovery sheet and the office key: whether there are any, and new ones, printed and typed back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from nakodo_desktop.errors import UserError
from nakodo_desktop.services.recovery_sheets import RecoverySheets, SheetCodes
from nakodo_desktop.services.secret_words import typed_code_trouble
from nakodo_desktop.ui import alerts
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.printing.secret_sheet import print_once
from nakodo_desktop.ui.settings.busy import run_lent
from nakodo_desktop.ui.settings.safety_card import SafetyCard, fact_line
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import button
from nakodo_desktop.ui.widgets.dialog import AppDialog
from nakodo_desktop.ui.widgets.frames import column, hline, row
from nakodo_desktop.ui.widgets.inputs import CheckInput, FieldBox, JaLineEdit
from nakodo_desktop.ui.widgets.labels import PlainLabel, WrappedLabel

_PROTECTS = (
    "復旧シートは、全員がパスワードを忘れて開けなくなることを、"
    "事務所キーは、盗まれたデータや控えでパスワードを片端から試されることを防ぎます。"
)
_OFF = (
    "データのフォルダーや控えを盗まれたとき、いちばん弱いパスワードだけが頼りになります。"
    "担当者それぞれの鍵は、次に開いたときに切り替わります。"
)


class SheetCard(SafetyCard):
    def __init__(self, theme: Theme, jobs: JobRunner, sheets: RecoverySheets, *, parent: QWidget | None = None) -> None:
        super().__init__(theme, "key-round", "復旧シートと事務所キー", _PROTECTS, parent=parent)
        self._jobs, self._sheets = jobs, sheets
        self.sheet, self.key = WrappedLabel(""), WrappedLabel("")
        self.rows.addLayout(fact_line(theme, "復旧シート", self.sheet))
        self.rows.addLayout(fact_line(theme, "事務所キー", self.key))
        self.form: NewSheetForm | None = None
        self.new = self.add_deed("復旧シートを作り直す", "new_sheet", icon="printer")
        self.new.clicked.connect(self._open)
        self.off = self.add_deed("事務所キーをやめる…", "office_key_off")
        self.off.clicked.connect(self._ask_off)
        self.reload()

    def reload(self) -> None:
        has_key = self._sheets.has_office_key
        self.sheet.setText(
            "あります。" if self._sheets.has_sheet else "ありません。パスワードを忘れると開けなくなります。"
        )
        self.key.setText("使っています。新しいパソコンでは一度だけ入力します。" if has_key else "使っていません。")
        self.off.setVisible(has_key)

    def _open(self) -> None:
        """In the card, not in a dialog: printing asks in one, and there is never a second."""
        self._close()
        self.form = NewSheetForm(self._theme, self._jobs, self._sheets)
        self.form.typed_back.connect(self._put_in_force)
        self.form.given_up.connect(self._close)
        self.rows.insertWidget(self.rows.count() - 1, self.form)
        self.new.setEnabled(False)
        self.form.typed.setFocus()

    def _close(self) -> None:
        self.new.setEnabled(True)
        if self.form is not None:
            self.rows.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
            self.form = None

    def _put_in_force(self, codes: SheetCodes) -> None:
        self._close()
        run_lent(
            self,
            self._theme,
            self._jobs,
            self._sheets.put_in_force(codes),
            title="古い復旧シートを使えなくしています",
            text="鍵をすべて新しくしています。終わるまで、しばらくお待ちください。",
            on_done=self._tell,
        )

    def _tell(self, _keys: None) -> None:
        self.reload()
        dialog = AppDialog(
            self._theme, "新しい復旧シートが有効になりました", icon="circle-check", tone="ok", parent=self.window()
        )
        dialog.add_text(
            "新しい紙に封をして金庫へしまい、古い紙は細断してください。古い控えは、古い紙で開けるままです。"
        )
        dialog.add_button("閉じる", kind="primary").setFocus()
        dialog.open()

    def _ask_off(self) -> None:
        def switch_off() -> None:
            self._sheets.do_without_office_key()
            self.reload()

        alerts.confirm(
            self,
            self._theme,
            title="事務所キーをやめますか",
            text=_OFF,
            yes_verb="事務所キーをやめる",
            on_yes=switch_off,
            destructive=True,
        )


class NewSheetForm(QWidget):
    """Print, then type the recovery code back from the paper. Until then the old sheet stays in force."""

    typed_back = Signal(object)  # SheetCodes
    given_up = Signal()

    def __init__(self, theme: Theme, jobs: JobRunner, sheets: RecoverySheets, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._jobs, self._sheets = theme, jobs, sheets
        rows = column(theme, self, gap=12)
        words = "印刷し、紙を見ながら復旧コードを入力してください。そこまで終わると、古い紙では開けなくなります。"
        rows.addWidget(hline())
        rows.addWidget(WrappedLabel(words))
        has_key = sheets.has_office_key
        self.renew = CheckInput(theme, "事務所キーも新しくする" if has_key else "事務所キーを使いはじめる")
        self.renew.setObjectName("renew_office_key")
        self.renew.set_value(not has_key)
        self.renew.changed.connect(self._make_codes)
        rows.addWidget(self.renew)
        self.code, self.key = PlainLabel("", "strong"), PlainLabel("", "strong")
        rows.addLayout(fact_line(theme, "復旧コード", self.code))
        rows.addLayout(fact_line(theme, "事務所キー", self.key))
        self.print_button = button(theme, "この復旧シートを印刷する", icon="printer")
        self.print_button.setObjectName("print_sheet")
        rows.addWidget(self.print_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.typed = JaLineEdit(theme)
        self.typed.setObjectName("typed_code")
        hint = "印刷できないときは、上のコードを紙に書き写してください。"
        rows.addWidget(FieldBox(theme, "紙の復旧コード", self.typed, required=True, hint=hint))
        deeds = row(theme)
        give_up = button(theme, "やめる")
        self.deed = button(theme, "この紙を有効にする", kind="primary")
        self.deed.setObjectName("sheet_in_force")
        deeds.addStretch()
        deeds.addWidget(give_up)
        deeds.addWidget(self.deed)
        rows.addLayout(deeds)
        rows.addWidget(hline())
        self._codes: SheetCodes
        self._make_codes()
        give_up.clicked.connect(self.given_up)
        self.print_button.clicked.connect(self._print)
        self.deed.clicked.connect(self._finish)

    def _make_codes(self) -> None:
        self._codes = self._sheets.new_codes(renew_office_key=self.renew.value() is True)
        self.code.setText(self._codes.recovery_code)
        self.key.setText(self._codes.office_key or "使いません")

    def _print(self) -> None:
        def show(pdf: bytes) -> None:
            self.print_button.setEnabled(True)
            print_once(self, self._theme, pdf, what="復旧シート")

        def refuse(error: Exception) -> None:
            self.print_button.setEnabled(True)
            if not isinstance(error, UserError):
                raise error
            alerts.show_error(self, self._theme, error)

        self.print_button.setEnabled(False)
        self._jobs.run(self, self._sheets.draw(self._codes), on_done=show, on_failed=refuse)

    def _finish(self) -> None:
        trouble = typed_code_trouble(self.typed.text(), right=self._codes.recovery_code)
        self.typed.set_error("" if trouble is None else trouble.message)
        if trouble is not None:
            self.typed.setFocus()
            return
        self.typed_back.emit(self._codes)
