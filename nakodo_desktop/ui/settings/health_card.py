"""The check on demand: what was found, in words, each with its way out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from nakodo_desktop.services.safekeeping import Safekeeping, Shelves
from nakodo_desktop.ui import alerts
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.settings.backup_words import TONES
from nakodo_desktop.ui.settings.busy import run_lent
from nakodo_desktop.ui.settings.restore_over import tell_salvage
from nakodo_desktop.ui.settings.safety_card import SafetyCard
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.frames import column
from nakodo_desktop.ui.widgets.notices import Banner
from nakodo_desktop.vault.findings import Finding, FindingKind, Severity

_PROTECTS = "ディスクの故障や書き換えに気づかないまま使い続けないように、データ・鍵・操作の記録・控えを調べます。"


class HealthCard(SafetyCard):
    restore_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        jobs: JobRunner,
        keeping: Safekeeping,
        shelves: Callable[[], Shelves],
        *,
        may_mend: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, "shield-check", "点検", _PROTECTS, parent=parent)
        self._jobs, self._keeping, self._shelves, self._may_mend = jobs, keeping, shelves, may_mend
        self._found = QWidget()
        self._found.hide()
        self.rows.addWidget(self._found)
        self.add_deed("点検する", "examine", icon="shield-check").clicked.connect(self.examine)
        if may_mend:
            salvage = self.add_deed("読める部分を救い出す…", "salvage")
            salvage.clicked.connect(self._choose_target)
        if keeping.findings:
            self.show_findings(keeping.findings)

    def examine(self) -> None:
        run_lent(
            self,
            self._theme,
            self._jobs,
            self._keeping.examine(self._shelves()),
            title="点検しています",
            on_done=self.show_findings,
        )

    def show_findings(self, findings: Sequence[Finding]) -> None:
        body = QWidget()
        rows = column(self._theme, body, gap=8)
        if not findings:
            rows.addWidget(Banner(self._theme, "ok", "異常は見つかりませんでした。"))
        for finding in findings:
            rows.addWidget(self._banner(finding))
        self.rows.replaceWidget(self._found, body)
        self._found.deleteLater()
        self._found = body

    def salvage_into(self, target: Path) -> None:
        run_lent(
            self,
            self._theme,
            self._jobs,
            self._keeping.salvage(target),
            title="読める部分を救い出しています",
            on_done=lambda made: tell_salvage(self, self._theme, made, damaged=self._keeping.vault_folder),
        )

    def _banner(self, finding: Finding) -> Banner:
        places = f"（{'、'.join(finding.places)}）" if finding.places else ""
        verb, act = "", None
        if self._may_mend and finding.kind is FindingKind.OLDER_THAN_LAST_SEEN:
            verb, act = "このデータで続ける", self._ask_accept
        elif self._may_mend and finding.severity is Severity.DANGER:
            verb, act = "バックアップから戻す", self.restore_wanted.emit
        return Banner(
            self._theme,
            TONES[finding.severity],
            f"{finding.message}{places}",
            text=finding.advice,
            verb=verb,
            act=act,
        )

    def _ask_accept(self) -> None:
        def accept() -> None:
            self._keeping.accept_as_newest()
            self.show_findings(self._keeping.findings)

        alerts.confirm(
            self,
            self._theme,
            title="この古いデータで続けますか",
            text="このあと入力した内容が、新しいほうのデータに戻ることはありません。続けたことは操作の記録に残ります。",
            yes_verb="このデータで続ける",
            on_yes=accept,
            destructive=True,
        )

    def _choose_target(self) -> None:
        dialog = QFileDialog(self.window(), "救い出した記録の置き場所（空のフォルダー）")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, True)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.salvage_into(Path(name)))
        dialog.open()
