"""Backups, findings and failed tries as sentences: for the status line, the home page and the safety page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from nakodo_desktop.services.safekeeping import BackupReport, Safekeeping, Shelves
from nakodo_desktop.ui.home_page import Notice
from nakodo_desktop.ui.widgets.notices import BannerTone
from nakodo_desktop.vault.findings import Finding, FindingKind, Severity

TONES: dict[Severity, BannerTone] = {Severity.NOTE: "info", Severity.WARNING: "warn", Severity.DANGER: "bad"}
_ON_THE_HOME_PAGE_ANYWAY = frozenset({FindingKind.BACKUP_OLD})


def when(at: datetime) -> str:
    local = at.astimezone()
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"


def last_words(keeping: Safekeeping) -> str:
    """In full, for the card."""
    at, days = keeping.last_backup_at(), keeping.days_since_backup()
    if at is None or days is None:
        ahead = keeping.backup_ahead_at()
        return "まだ一度も取っていません。" if ahead is None else f"{when(ahead)}（パソコンの時計より先の日付です）"
    return f"{when(at)}（{_ago(days)}）"


def status_words(keeping: Safekeeping) -> str:
    """Short, for the status line."""
    at, days = keeping.last_backup_at(), keeping.days_since_backup()
    if at is None or days is None:
        return "控えはまだありません" if keeping.backup_ahead_at() is None else "前回の控え　先の日付"
    local = at.astimezone()
    return f"前回の控え　今日 {local:%H:%M}" if days == 0 else f"前回の控え　{_ago(days)}"


def report_words(report: BackupReport) -> tuple[BannerTone, str, str]:
    """Tone, title, text."""
    if report.is_refused:
        danger = next(finding for finding in report.findings if finding.severity is Severity.DANGER)
        return "bad", "点検で異常が見つかったため、控えを取っていません。", f"{danger.message}{danger.advice}"
    missed = "\n".join(f"{one.place}：{one.error.message}{one.error.advice}" for one in report.missed)
    if not report.made:
        return "bad", "控えを取れませんでした。", missed
    made = f"{len(report.made)}か所に控えを取り、開けることを確かめました。"
    if missed:
        return "warn", f"{made}取れなかった置き場所があります。", missed
    return "ok", made, f"古い控えを{len(report.pruned)}個整理しました。" if report.pruned else ""


def notices(
    keeping: Safekeeping,
    shelves: Shelves,
    *,
    to_safety: Callable[[], None],
    failures_seen: bool,
    on_failures_seen: Callable[[], None],
) -> tuple[Notice, ...]:
    """What the home page puts above everything else."""
    told = [_finding_notice(f, to_safety) for f in keeping.findings if f.kind not in _ON_THE_HOME_PAGE_ANYWAY]
    if keeping.failures and not failures_seen:
        times = "、".join(when(at) for at in keeping.failures[-3:])
        title = f"前回までに {len(keeping.failures)} 回、パスワードの間違いがありました。"
        text = f"{times}。心当たりがなければ、操作の記録をご確認のうえ、パスワードを変えてください。"
        told.append(Notice("warn", title, text, "確認しました", on_failures_seen))
    backup = _backup_notice(keeping, shelves, to_safety)
    return (*told, *([] if backup is None else [backup]))


def _backup_notice(keeping: Safekeeping, shelves: Shelves, to_safety: Callable[[], None]) -> Notice | None:
    days = keeping.days_since_backup()
    checked = ""
    if days is None and keeping.backup_ahead_at() is not None:
        title = "控え（バックアップ）の日付が、このパソコンの時計より先になっています。"
        checked = "パソコンの日付と時刻を確かめてください。合っていれば、"
    elif days is None:
        title = "控え（バックアップ）が、まだ一度も取られていません。"
    elif days > shelves.warn_after_days:
        title = f"最後の控えから {days} 日たっています。"
    else:
        return None
    text = (
        "USB メモリーなどを差して、今すぐ控えを取ってください。"
        if shelves.places
        else "パソコンが壊れると会員の記録を失います。控えの置き場所を決めてください。"
    )
    return Notice("warn", title, checked + text, "「安全」を開く", to_safety)


def _finding_notice(finding: Finding, to_safety: Callable[[], None]) -> Notice:
    return Notice(TONES[finding.severity], finding.message, finding.advice, "「安全」を開く", to_safety)


def _ago(days: int) -> str:
    return "今日" if days == 0 else f"{days}日前"
