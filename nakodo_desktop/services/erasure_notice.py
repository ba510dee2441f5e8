"""The answer on paper for the member: what was erased, what stays until when and why, and the backups."""

from __future__ import annotations

from collections.abc import Callable

from nakodo_desktop.domain.dates import format_wareki
from nakodo_desktop.domain.retention import CONTENTS, RECORD_NAMES, Fate, Reason, fates
from nakodo_desktop.domain.staff import Right
from nakodo_desktop.printing.record_sheet import RecordGroup, RecordSheet, render_record_sheet
from nakodo_desktop.printing.table import Pair
from nakodo_desktop.reference import retention_rules
from nakodo_desktop.services.erasure_plan import Line, Report
from nakodo_desktop.services.rights import require
from nakodo_desktop.vault import erasing, offices
from nakodo_desktop.vault.vault import Vault

TITLE = "個人情報の消去のお知らせ"
_LEADS = {
    Reason.PERIOD: "保存の期限が来たため、お預かりしていた個人情報を下のとおり消去しました。",
    Reason.REQUEST: "ご請求により、お預かりしていた個人情報を下のとおり消去しました（個人情報保護法 第35条）。",
}
_PAPER = "紙の書類と、協会サイトの掲載は、この消去には含まれません。担当者にお尋ねください。"


class ErasureNotices:
    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def notice(self, report: Report, line: Line) -> Callable[[], bytes]:
        """The job that draws it, as PDF; that it was made is logged. The job raises NotPrintable."""
        require(self._vault.staff, Right.ERASE)
        db = self._vault.read()
        held, office, today = erasing.held_by_uid(db, line.uid), offices.load(db), report.plan.day
        periods = retention_rules.load().on(today)
        kept = () if held is None else fates(held.holding, periods, today)
        with self._vault.transaction() as tx:
            tx.audit("erasure.notice", subject=line.uid)
        office_line = "" if office is None else f"{office.name}　{office.phone}".strip()
        asides = (f"{line.name} 様", f"作成日　{format_wareki(today)}", office_line)
        return lambda: render_record_sheet(notice_sheet(report, line, kept=kept, asides=asides))

    def record_output(self, output: str, *, copies: int = 1) -> None:
        """`output`: "printer" | "pdf"."""
        with self._vault.transaction() as tx:
            tx.audit("paper.print", detail={"kind": "erasure_notice", "output": output, "copies": copies})


def notice_sheet(report: Report, line: Line, *, kept: tuple[Fate, ...], asides: tuple[str, ...]) -> RecordSheet:
    """What went first, then what stays."""
    gone = tuple(Pair(RECORD_NAMES[record], CONTENTS[record]) for record in line.records)
    stays = tuple(
        Pair(RECORD_NAMES[fate.retention], f"{CONTENTS[fate.retention]}\n{fate.when}：{fate.why}") for fate in kept
    )
    return RecordSheet(
        title=TITLE,
        asides=asides,
        lead=_LEADS[report.plan.reason],
        groups=(
            RecordGroup("消去したもの", gone, note=format_wareki(report.plan.day)),
            RecordGroup("保存を続けるもの", stays),
            RecordGroup("そのほか", (Pair("バックアップ", report.sentence), Pair("紙とサイト", _PAPER))),
        ),
    )
