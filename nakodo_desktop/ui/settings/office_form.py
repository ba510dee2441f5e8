"""The office's own data as a form; the set-up and the settings page show the same one."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from nakodo_desktop.domain.office import Office, Recipient
from nakodo_desktop.domain.values import Answers, Problem
from nakodo_desktop.ui.address_fill import FindAddresses
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.frames import column, scroll_around
from nakodo_desktop.ui.widgets.inputs import (
    CheckInput,
    Code,
    CodeLineEdit,
    FieldBox,
    FieldInput,
    JaLineEdit,
    NumberEdit,
    choice_input,
)
from nakodo_desktop.ui.widgets.labels import PlainLabel, WrappedLabel
from nakodo_desktop.ui.widgets.line_editor import narrow
from nakodo_desktop.ui.widgets.line_input import LineInput

_AREAS = (("city", "市まで出す"), ("prefecture", "「○○県市部」までにする"))
_WORK = (("industry", "業種まで出す"), ("group", "さらに大きな括りにする"))
_DECLINED = (("block", "出さない（その方は掲載できません）"), ("show", "「回答しない」と出す"))
_CODE = "協会が決めた半角英数字。この協会だけが受け取れるようにします。"
_FIXED = "書き出しをしたので、もう変えられません。"
_RENAME = "同じ協会の名前が変わったときだけ、変えられます。前の名前とともに、ずっと残ります。"
_REASON = "recipient.rename_reason"


class OfficeForm(QWidget):
    """`office(before)` gives what stands there; what the form does not ask stays as it was."""

    changed = Signal()  # the operator typed or chose

    def __init__(
        self, theme: Theme, find_addresses: FindAddresses, *, with_rules: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._find_addresses = theme, find_addresses
        self.fields: dict[str, FieldInput] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(16))
        self._grid.setVerticalSpacing(theme.px(14))
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._next = 0
        self._fixed_name = ""
        line = JaLineEdit
        self._add("name", "事務所名", line(theme), required=True)
        self._add("representative", "代表者の氏名", line(theme), required=True)
        postal_code = CodeLineEdit(theme, Code.POSTAL_CODE)
        postal_code.changed.connect(self._fill_address)
        self._add("postal_code", "郵便番号", postal_code, required=False)
        self._add("phone", "電話番号", CodeLineEdit(theme, Code.PHONE), required=False)
        self._add("address", "所在地", line(theme), required=True, wide=True)
        hint = "書き出しファイルの名前に付きます（半角英数字、例：SAKURA）。"
        self._add("code", "事務所の略号", LineInput(theme, japanese=False), required=True, hint=hint)
        self._add("lawyer_name", "顧問弁護士", line(theme), required=False, hint="誓約書に印刷されます。")
        self._say("会員プロフィールの提供先", "ここに書いた協会のほかには、このデータから書き出せません。")
        self._add("recipient.name", "協会の名前", line(theme), required=False)
        code = LineInput(theme, japanese=False)
        self._code_box = self._add("recipient.code", "協会の略号", code, required=False, hint=_CODE)
        reason = line(theme, placeholder="例：一般社団法人になり、改称したため")
        self._reason_box = self._add(
            _REASON, "協会の名前が変わった理由", reason, required=True, hint=_RENAME, wide=True
        )
        self._reason_box.hide()
        self.fields["recipient.name"].changed.connect(self._ask_for_reason)
        self._add("recipient.representative", "協会の代表者", line(theme), required=False)
        self._add("recipient.address", "協会の所在地", line(theme), required=False, wide=True)
        if with_rules:
            self._say("誓約書と掲載のきまり", "会員を守るための初期値です。変えると次の書類・書き出しから使われます。")
            months = NumberEdit(theme, unit="か月", minimum=1, maximum=12)
            self._add("redeclare_months", "誓約書の再署名の間隔", months, required=True)
            self._add("bands_measures", "", CheckInput(theme, "身長・体重を5cm・5kgの幅で出す"), required=None)
            self._add("small_city_area", "小さな市の住所", choice_input(theme, _AREAS), required=True)
            self._add("small_city_occupation", "小さな市の職業", choice_input(theme, _WORK), required=True)
            declined = choice_input(theme, _DECLINED)
            self._add("declined_on_site", "信条・障害に「回答しない」とき", declined, required=True)

    @property
    def rename_reason(self) -> str:
        """Why the association is called otherwise now; asked once it is fixed."""
        return str(self.fields[_REASON].value() or "")

    def show_office(self, office: Office, *, is_recipient_fixed: bool = False) -> None:
        """`is_recipient_fixed`: something was given to it; it keeps its code, and its name but for a reason."""
        for key, field in self.fields.items():
            owner, _, name = key.rpartition(".")
            known = "" if key == _REASON else getattr(office.recipient if owner else office, name)
            field.set_value(known or None)
        self._fixed_name = office.recipient.name if is_recipient_fixed else ""
        self.fields["recipient.code"].setEnabled(not is_recipient_fixed)
        self._code_box.set_hint(_FIXED if is_recipient_fixed else _CODE)
        self._ask_for_reason()

    def office(self, before: Office | None = None) -> Office:
        """The texts as typed, outer spaces off; see `services.offices.office_problems` for what is wrong with them."""
        typed = {key: str(field.value() or "") for key, field in self.fields.items()}
        office = Office(
            code=narrow(typed["code"]).upper(),
            name=typed["name"],
            representative=typed["representative"],
            postal_code=typed["postal_code"],
            address=typed["address"],
            phone=typed["phone"],
            lawyer_name=typed["lawyer_name"],
            is_demo=before is not None and before.is_demo,
            recipient=Recipient(
                code=narrow(typed["recipient.code"]).upper(),
                name=typed["recipient.name"],
                address=typed["recipient.address"],
                representative=typed["recipient.representative"],
            ),
        )
        return self._with_rules(office) if "redeclare_months" in self.fields else office

    def values(self) -> Answers:
        """What stands in the fields, readable or not."""
        return {key: field.value() for key, field in self.fields.items()}

    def put_in(self, answers: Answers) -> None:
        """What was typed before an interruption; what cannot be changed any more stays."""
        for key, value in answers.items():
            if self.fields[key].isEnabledTo(self):
                self.fields[key].set_value(value)
        self._ask_for_reason()

    def show_problems(self, problems: tuple[Problem, ...]) -> bool:
        """Mark the fields and go to the first; True when there is a problem."""
        messages = {problem.field_key: problem.message for problem in problems}
        for key, field in self.fields.items():
            field.set_error(messages.get(key, ""))
        for key, field in self.fields.items():
            if key in messages:
                field.setFocus()
                whole, scroll = field.parentWidget() or field, scroll_around(self)  # what is wrong stands below it
                if scroll is not None:
                    scroll.bring(whole, margin=self._theme.px(8))
                return True
        return bool(problems)

    def _with_rules(self, office: Office) -> Office:
        months = self.fields["redeclare_months"].value()
        area: Literal["city", "prefecture"] = (
            "prefecture" if self.fields["small_city_area"].value() == "prefecture" else "city"
        )
        work: Literal["industry", "group"] = (
            "group" if self.fields["small_city_occupation"].value() == "group" else "industry"
        )
        return replace(
            office,
            redeclare_months=months if isinstance(months, int) else 0,
            bands_measures=self.fields["bands_measures"].value() is True,
            small_city_area=area,
            small_city_occupation=work,
            declined_on_site="show" if self.fields["declined_on_site"].value() == "show" else "block",
        )

    def _fill_address(self) -> None:
        """Only into an empty box. Of several towns what they share: 東京都千代田区."""
        postal_code, address = self.fields["postal_code"], self.fields["address"]
        assert isinstance(postal_code, CodeLineEdit) and isinstance(address, JaLineEdit)
        if not postal_code.is_complete() or address.text():
            return
        labels = [found.label for found in self._find_addresses(postal_code.text())]
        address.fill(os.path.commonprefix(labels) or None)  # noqa: RUF071  # of texts, not of paths

    def _ask_for_reason(self) -> None:
        is_renamed = self._fixed_name and str(self.fields["recipient.name"].value() or "") != self._fixed_name
        self._reason_box.setVisible(bool(is_renamed))

    def _add(
        self, key: str, label: str, field: FieldInput, *, required: bool | None, hint: str = "", wide: bool = False
    ) -> FieldBox:
        field.setObjectName(key)
        self.fields[key] = field
        field.changed.connect(self.changed)
        box = FieldBox(self._theme, label, field, required=required, hint=hint)
        if wide and self._next % 2:
            self._next += 1
        top = Qt.AlignmentFlag.AlignTop  # a box with a hint beside one without
        self._grid.addWidget(box, self._next // 2, self._next % 2, 1, 2 if wide else 1, top)
        self._next += 2 if wide else 1
        return box

    def _say(self, title: str, words: str) -> None:
        self._next += self._next % 2
        head = column(self._theme, gap=4)
        head.setContentsMargins(0, self._theme.px(12), 0, 0)
        head.addWidget(PlainLabel(title, "h2"))
        head.addWidget(WrappedLabel(words, "label"))
        self._grid.addLayout(head, self._next // 2, 0, 1, 2)
        self._next += 2
