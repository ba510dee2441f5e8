"""Erasing in three steps: what exactly goes, the count that confirms it, what came of it with the words to pass on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nakodo_desktop.domain.dates import format_wareki
from nakodo_desktop.domain.retention import CONTENTS, RECORD_NAMES, Reason
from nakodo_desktop.errors import UserError
from nakodo_desktop.services.erasing import Erasing
from nakodo_desktop.services.erasure_plan import Line, Plan, Report
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.buttons import button, set_button_text
from nakodo_desktop.ui.widgets.dialog import AppDialog
from nakodo_desktop.ui.widgets.frames import FormScroll, column, hline, row
from nakodo_desktop.ui.widgets.inputs import CheckInput, FieldBox, NumberEdit
from nakodo_desktop.ui.widgets.labels import ElidedLabel, WrappedLabel
from nakodo_desktop.ui.widgets.notices import Banner

_WIDTH_PX = 620
_LIST_PX, _SHORT = 300, 3
_IDENTITY = "請求した方がご本人（または代理人）であることを確かめました"
_FOR_GOOD = "控えから復元しても、自動的に再度消去されます。"
_UNFINISHED = "記録は消えています。仕上げ（跡の上書き）は、ほかの処理が終わりしだい続けます。"


class EraseDialog(AppDialog):
    """Until the last button nothing is erased. `notice_wanted`: the answer on paper for one person."""

    erased = Signal()
    notice_wanted = Signal(object, object)  # Report, Line

    def __init__(
        self, theme: Theme, erasing: Erasing, plan: Plan, *, places: tuple[Path, ...] = (), parent: QWidget
    ) -> None:
        title = "消去の請求" if plan.reason is Reason.REQUEST else "期限が来た記録の消去"
        super().__init__(theme, title, icon="trash-2", tone="bad", width_px=_WIDTH_PX, parent=parent.window())
        self._erasing, self._plan, self._places = erasing, plan, places
        self.people = NumberEdit(theme, unit="名", minimum=0)
        self.people.setObjectName("erase_people")
        self.people.editor.returnPressed.connect(self._go_on)
        self.identity = CheckInput(theme, _IDENTITY)
        self.identity.setObjectName("erase_identity")
        self._step = QWidget()
        self.body.addWidget(self._step)
        self.cancel = self.add_button("やめる")
        self.deed = self.add_button("次へ", self._go_on, kind="primary", closes=False)
        self.deed.setObjectName("deed")
        self._is_counting = False
        self._preview()

    def _preview(self) -> None:
        body, rows = self._page()
        day = format_wareki(self._plan.day)
        rows.addWidget(WrappedLabel(f"{day}現在、{len(self._plan.lines)}名分の記録を消去します。"))
        rows.addWidget(self._list(lambda _line: None))
        rows.addWidget(WrappedLabel(counts_words(self._plan), "hint"))
        self._put(body)
        self.deed.setFocus()

    def _count(self) -> None:
        body, rows = self._page()
        rows.addWidget(Banner(self.theme, "bad", "消去した記録は元に戻せません。", text=_FOR_GOOD))
        rows.addWidget(WrappedLabel(counts_words(self._plan)))
        if self._plan.reason is Reason.REQUEST:
            rows.addWidget(FieldBox(self.theme, "ご本人の確認", self.identity, required=True))
        hint = "まちがいを防ぐため、消去する人数を数字で入力してください。"
        rows.addWidget(FieldBox(self.theme, "消去する人数", self.people, required=True, hint=hint))
        self._put(body)
        self._is_counting = True
        set_button_text(self.deed, "消去する")
        self.deed.setProperty("kind", "danger")
        self.deed.style().polish(self.deed)
        (self.identity if self._plan.reason is Reason.REQUEST else self.people).setFocus()

    def _go_on(self) -> None:
        if not self._is_counting:
            self._count()
            return
        counted = self.people.value()
        try:
            problems = self._erasing.approve(
                self._plan,
                people=counted if isinstance(counted, int) else -1,
                identity_checked=self.identity.value() is True,
            )
            told = {problem.field_key: problem.message for problem in problems}
            self.people.set_error(told.get("people", ""))
            self.identity.set_error(told.get("identity", ""))
            self._fit()
            if not problems:
                self._tell_done(self._erasing.erase(self._plan, places=self._places))
        except UserError as error:
            self.tell(error.message, error.advice)

    def _tell_done(self, report: Report) -> None:
        body, rows = self._page()
        done = f"{len(report.plan.lines)}名分の記録を消去しました。"
        rows.addWidget(Banner(self.theme, "ok", done, text="" if report.is_purged else _UNFINISHED))
        rows.addWidget(WrappedLabel("会員の方には、次のようにお伝えください。", "field"))
        self.sentence = WrappedLabel(report.sentence)
        rows.addWidget(self.sentence)
        if report.media:
            words = f"消去前の控えが{len(report.media)}個あります。「消去と保存期限」の一覧の日までに処分してください。"
            rows.addWidget(WrappedLabel(words, "hint"))
        rows.addWidget(self._list(lambda line: lambda: self.notice_wanted.emit(report, line)))
        self._put(body)
        self.deed.hide()
        set_button_text(self.cancel, "閉じる")
        self.title.setText("消去しました")
        self.cancel.setFocus()
        self.erased.emit()

    def _list(self, notice: Callable[[Line], Callable[[], None] | None]) -> QWidget:
        body = QWidget()
        rows = column(self.theme, body, gap=8)
        for number, line in enumerate(self._plan.lines):
            if number:
                rows.addWidget(hline())
            rows.addWidget(self._line(line, notice(line)))
        if len(self._plan.lines) <= _SHORT:
            return body
        rows.addStretch()
        made = FormScroll(body)
        made.setFixedHeight(self.theme.px(_LIST_PX))
        return made

    def _line(self, line: Line, notice: Callable[[], None] | None) -> QWidget:
        made = QWidget()
        across = row(self.theme, made, gap=8)
        words = column(self.theme, gap=3)
        words.addWidget(ElidedLabel(f"{line.name}　{line.number}".strip(), "strong"))
        contents = "\n".join(f"{RECORD_NAMES[record]}（{CONTENTS[record]}）" for record in line.records)
        words.addWidget(WrappedLabel(contents, "hint"))
        across.addLayout(words, 1)
        if notice is not None:
            paper = button(self.theme, "お知らせを印刷", icon="printer")
            paper.setObjectName(f"notice_{line.uid}")
            paper.setAccessibleName(f"{line.name}：お知らせを印刷")
            paper.clicked.connect(notice)
            across.addWidget(paper)
        return made

    def _page(self) -> tuple[QWidget, QVBoxLayout]:
        body = QWidget()
        return body, column(self.theme, body, gap=12)

    def _put(self, body: QWidget) -> None:
        self.body.replaceWidget(self._step, body)
        self._step.hide()
        self._step.deleteLater()
        self._step = body
        body.show()


def counts_words(plan: Plan) -> str:
    """How many people lose which class."""
    return "　".join(f"{RECORD_NAMES[record]} {count}名分" for record, count in plan.counts.items())
