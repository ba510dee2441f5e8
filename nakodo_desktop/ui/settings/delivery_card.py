"""How bundles reach the association: folder or server, seal, second person."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from nakodo_desktop.domain.delivery import Delivery, DeliveryKind, fingerprint_of, spoken
from nakodo_desktop.domain.values import Answers, Problem, Trouble, Value
from nakodo_desktop.errors import UserError
from nakodo_desktop.services.deliveries import Deliveries
from nakodo_desktop.services.form_drafts import Kind
from nakodo_desktop.ui.alerts import show_error
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import button
from nakodo_desktop.ui.widgets.form_draft import FormDraft
from nakodo_desktop.ui.widgets.frames import Card, FormScroll, column, narrow, row
from nakodo_desktop.ui.widgets.inputs import CheckInput, FieldBox, FieldInput, JaLineEdit, PasswordEdit, RadioInput
from nakodo_desktop.ui.widgets.labels import PlainLabel, WrappedLabel
from nakodo_desktop.ui.widgets.line_input import LineInput
from nakodo_desktop.ui.widgets.notices import announce
from nakodo_desktop.ui.widgets.toast import show_toast

_WIDEST_PX = 860
_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
_PHONE = (
    "協会に電話をかけ、指紋を読み上げてもらって入力してください。メールや画面に出たものを写さないでください。"
    "指紋の違うサーバーには、何も送りません。"
)
_FINGERPRINTS = {
    DeliveryKind.SFTP: "サーバーの鍵の指紋（SHA256: に続く43文字。大文字と小文字を区別します）",
    DeliveryKind.HTTPS: "サーバーの証明書の指紋（SHA-256、64桁）",
}
_PUBLIC_KEY = "この1行を協会に渡し、ユーザー名に登録してもらってください。秘密ではありません。"
_SEAL = "入力すると、協会だけが開けられるように封をします（協会から受け取った、age1 で始まる62文字）。"
_APPROVAL = "操作している方とは別の所長か仲人が、内容を見て、ご自分のパスワードで承認します。"


class DeliveryCard(QWidget):
    """For the head of the office. Nothing is saved until it is asked for."""

    changed = Signal()

    def __init__(self, theme: Theme, jobs: JobRunner, deliveries: Deliveries, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._jobs, self._deliveries = theme, jobs, deliveries
        self._untouched: Delivery | None = None
        self.kind = RadioInput(theme, [(kind.value, kind.label) for kind in DeliveryKind])
        self.fields: dict[str, FieldInput] = {
            "host": LineInput(theme, japanese=False, placeholder="inbox.example.jp"),
            "port": LineInput(theme, japanese=False),
            "path": JaLineEdit(theme),
            "user": LineInput(theme, japanese=False),
            "password": PasswordEdit(theme),
            "fingerprint": LineInput(theme, japanese=False),
            "association_key": LineInput(theme, japanese=False, placeholder="age1…"),
            "needs_second_approval": CheckInput(theme, "書き出すときに、もう一人の承認を必要にする"),
        }
        for key, field in self.fields.items():
            field.setObjectName(f"delivery_{key}")
        self.boxes: dict[str, FieldBox] = {}
        self.draft = FormDraft(theme, deliveries.drafts, values=self._values, put_in=self._put_in, parent=self)
        self.public_key = WrappedLabel("")
        self.try_out = button(theme, "つないで試す", icon="refresh-cw")
        self.save = button(theme, "保存する", kind="primary")
        self._key_at, self._server = QWidget(), QWidget()
        self._lay_out()
        self._connect()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._untouched is None or self._typed() == self._untouched:
            self.reload()

    def reload(self) -> None:
        """What is stored; typed words are gone."""
        delivery = self._deliveries.load()
        self.kind.set_value(delivery.kind.value)
        values: dict[str, Value] = {
            "host": delivery.host,
            "port": str(delivery.port or ""),
            "path": delivery.path,
            "user": delivery.user,
            "fingerprint": delivery.fingerprint,
            "association_key": delivery.association_key,
            "needs_second_approval": delivery.needs_second_approval,
        }
        for key, field in self.fields.items():
            field.set_value(values.get(key) or None)
            field.set_error("")
        self._show_kind()
        self._untouched = self._typed()
        self.draft.begin(Kind.DELIVERY.value)

    def _kind(self) -> DeliveryKind:
        return DeliveryKind(str(self.kind.value() or DeliveryKind.FOLDER.value))

    def _typed(self) -> Delivery:
        texts = {key: str(field.value() or "") for key, field in self.fields.items()}
        port = texts["port"]
        return Delivery(
            kind=self._kind(),
            host=texts["host"],
            port=int(port) if port.isascii() and port.isdecimal() else -1 if port else 0,
            path=texts["path"],
            user=texts["user"],
            password=texts["password"],
            fingerprint=texts["fingerprint"],
            association_key=texts["association_key"],
            needs_second_approval=self.fields["needs_second_approval"].value() is True,
        )

    def _values(self) -> Answers:
        """All but the password: a secret is typed again."""
        kept = {key: field.value() for key, field in self.fields.items() if key != "password"}
        return {**kept, "kind": self.kind.value()}

    def _put_in(self, answers: Answers) -> None:
        for key, value in answers.items():
            (self.kind if key == "kind" else self.fields[key]).set_value(value)
        self._show_kind()

    def _save(self) -> None:
        if self._show_problems(self._deliveries.save(self._typed())):
            return
        self.draft.submitted()
        self.reload()
        self.changed.emit()
        show_toast(self, self._theme, "協会への渡し方を保存しました。")

    def _try(self) -> None:
        work = self._deliveries.trial(self._typed())
        if isinstance(work, tuple):
            self._show_problems(work)
            return
        self._show_problems(())
        self._set_trying(True)

        def tell(_done: None) -> None:
            self._set_trying(False)
            show_toast(self, self._theme, "つながりました。指紋は一致し、書き込みもできます。")

        def fail(error: Exception) -> None:
            self._set_trying(False)
            if not isinstance(error, UserError):
                raise error
            show_error(self, self._theme, error)

        self._jobs.run(self, work, on_done=tell, on_failed=fail)

    def _set_trying(self, trying: bool) -> None:
        self.try_out.setEnabled(not trying)
        self.try_out.setText("つないでいます…" if trying else "つないで試す")
        if trying:
            announce(self, "つないでいます")

    def _show_problems(self, problems: tuple[Problem, ...]) -> bool:
        """Mark the fields and go to the first; True when there is a problem."""
        messages = {problem.field_key: problem.message for problem in problems}
        for key, field in self.fields.items():
            field.set_error(messages.get(key, ""))
        first = next((field for key, field in self.fields.items() if key in messages), None)
        if first is not None:
            first.setFocus()
        return bool(problems)

    def _show_kind(self) -> None:
        kind = self._kind()
        self._server.setVisible(kind.is_remote)
        self._key_at.setVisible(kind is DeliveryKind.SFTP)
        self.boxes["password"].setVisible(kind is DeliveryKind.HTTPS)
        self.try_out.setVisible(kind.is_remote)
        self.boxes["user"].set_required(kind is DeliveryKind.SFTP)
        self.boxes["port"].set_hint(f"空のときは {kind.usual_port} です。" if kind.is_remote else "")
        kept = "保存してあります。変えるときだけ入力してください。" if self._deliveries.has_password() else ""
        self.boxes["password"].set_hint(kept)
        if kind is DeliveryKind.SFTP and not self.public_key.plain_text():
            self.public_key.setText(self._deliveries.public_key_line())
        self._read_back()

    def _read_back(self) -> None:
        """The fingerprint in pieces, to be compared with what is heard."""
        kind = self._kind()
        found = fingerprint_of(kind, str(self.fields["fingerprint"].value() or ""))
        words = _FINGERPRINTS.get(kind, "")
        if not isinstance(found, Trouble):
            words += f"\n{spoken(kind, found)}"
        self.boxes["fingerprint"].set_hint(words)

    def _connect(self) -> None:
        self.kind.changed.connect(self._show_kind)
        for field in (self.kind, *self.fields.values()):
            field.changed.connect(self.draft.note_change)
        self.fields["fingerprint"].changed.connect(self._read_back)
        self.save.clicked.connect(self._save)
        self.try_out.clicked.connect(self._try)

    def _lay_out(self) -> None:
        theme = self._theme
        self.save.setObjectName("delivery_save")
        self.try_out.setObjectName("delivery_try")
        body = QWidget()
        rows = column(theme, body, gap=14)
        rows.setContentsMargins(0, theme.px(12), 0, theme.px(12))
        self.draft.setMaximumWidth(theme.px(_WIDEST_PX))
        rows.addWidget(self.draft)
        rows.addLayout(narrow(theme, self._way_card()))
        rows.addLayout(narrow(theme, self._care_card()))
        deeds = row(theme)
        deeds.addStretch()
        deeds.addWidget(self.save)
        foot = QWidget()
        foot.setMaximumWidth(theme.px(_WIDEST_PX))
        foot.setLayout(deeds)
        rows.addWidget(foot)
        rows.addStretch()
        column(theme, self).addWidget(FormScroll(body))

    def _way_card(self) -> Card:
        theme = self._theme
        card = self._card("協会への渡し方", "書き出したファイルを、協会へどう渡すかを決めます。")
        card.rows.addWidget(FieldBox(theme, "渡し方", self.kind))
        self.kind.set_required(True)  # there is always one: nothing to take back
        grid = QGridLayout(self._server)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(14))
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        grid.addWidget(self._box("host", "サーバーの名前", required=True), 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._box("port", "ポート番号", required=False), 0, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._box("path", "フォルダー", required=False), 1, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._box("user", "ユーザー名", required=False), 1, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._box("password", "パスワード", required=False), 2, 0, Qt.AlignmentFlag.AlignTop)
        fingerprint = self._box("fingerprint", "電話で確かめた指紋", required=True, lead=_PHONE)
        grid.addWidget(fingerprint, 3, 0, 1, 2)
        key = column(theme, self._key_at, gap=6)
        key.addWidget(PlainLabel("事務所の公開鍵", "field"))
        key.addWidget(
            WrappedLabel("この1行を協会に渡し、ユーザー名に登録してもらってください。秘密ではありません。", "label")
        )
        self.public_key.setTextInteractionFlags(_SELECTABLE)
        key.addWidget(self.public_key)
        grid.addWidget(self._key_at, 4, 0, 1, 2)
        card.rows.addWidget(self._server)
        deeds = row(theme)
        deeds.addWidget(self.try_out)
        deeds.addStretch()
        card.rows.addLayout(deeds)
        return card

    def _care_card(self) -> Card:
        card = self._card("封・承認", "渡す前と後の守りです。")
        sealed = (
            "協会だけが開けられるように封をします。協会から受け取った公開鍵（age1 で始まる62文字）を入力してください。"
        )
        card.rows.addWidget(self._box("association_key", "協会の公開鍵", required=False, hint=sealed))
        approval = "操作している方とは別の所長か仲人が、内容を見て、ご自分のパスワードで承認します。"
        card.rows.addWidget(self._box("needs_second_approval", "", hint=approval))
        return card

    def _card(self, title: str, words: str) -> Card:
        card = Card(self._theme, margin=24, gap=16)
        card.setMaximumWidth(self._theme.px(_WIDEST_PX))
        card.rows.addWidget(PlainLabel(title, "h2"))
        card.rows.addWidget(WrappedLabel(words, "label"))
        return card

    def _box(self, key: str, label: str, *, required: bool | None = None, hint: str = "", lead: str = "") -> FieldBox:
        box = FieldBox(self._theme, label, self.fields[key], required=required, hint=hint, lead=lead)
        self.boxes[key] = box
        return box
