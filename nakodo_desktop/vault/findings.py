"""What a check can find, each with its name, what it means for the office and the way out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Severity(Enum):
    NOTE = "note"  # mended, or merely worth knowing
    WARNING = "warning"  # look at it soon
    DANGER = "danger"  # stop and act


class FindingKind(Enum):
    HEADER_COPY_BROKEN = "header_copy_broken"
    HEADER_BROKEN = "header_broken"
    HEADER_TAMPERED = "header_tampered"
    HEADER_ROLLED_BACK = "header_rolled_back"
    DATABASE_MISSING = "database_missing"
    DATABASE_FOREIGN = "database_foreign"
    DATABASE_CUT = "database_cut"
    PAGE_DAMAGED = "page_damaged"
    STRUCTURE_DAMAGED = "structure_damaged"
    REFERENCES_BROKEN = "references_broken"
    SEARCH_INDEX_DAMAGED = "search_index_damaged"
    AUDIT_BROKEN = "audit_broken"
    AUDIT_INCOMPLETE = "audit_incomplete"
    OLDER_THAN_LAST_SEEN = "older_than_last_seen"
    CHANGE_COMPLETED = "change_completed"
    CLOCK_BEHIND = "clock_behind"
    CLOCK_AHEAD = "clock_ahead"
    SYNCED_FOLDER = "synced_folder"
    BACKUP_OLD = "backup_old"
    BACKUP_DAMAGED = "backup_damaged"
    LEDGER_COPY_BROKEN = "ledger_copy_broken"


@dataclass(frozen=True)
class Finding:
    kind: FindingKind
    severity: Severity
    message: str  # Japanese: what is the matter and what is safe
    advice: str  # Japanese: what to do now
    places: tuple[str, ...] = ()  # page numbers, file names, entry numbers; never values


RESTORE_ADVICE = "入力を続けず、「安全」の画面からバックアップを復元するか、読める部分を救い出してください。"


def header_copy_broken(*names: str) -> Finding:
    return Finding(
        FindingKind.HEADER_COPY_BROKEN,
        Severity.NOTE,
        "鍵のファイルの片方が壊れていたので、もう片方から作り直しました。データは無事です。",
        "たびたび起こる場合は、ディスクの故障が疑われます。バックアップを別の媒体にも取ってください。",
        names,
    )


def older_than_last_seen(*, seen: str, found: str) -> Finding:
    return Finding(
        FindingKind.OLDER_THAN_LAST_SEEN,
        Severity.DANGER,
        "このデータは、このパソコンで最後に開いたときより古いか、別のものに置き換えられています。",
        "バックアップから戻した覚えがなければ、入力を始める前に、最新のデータが別の場所にないかご確認ください。",
        (f"{found} < {seen}",),
    )


def change_completed() -> Finding:
    return Finding(
        FindingKind.CHANGE_COMPLETED,
        Severity.NOTE,
        "前回、鍵の変更の途中で終了していたため、続きを完了しました。データは無事です。",
        "担当者の一覧が正しいかご確認ください。",
    )


def clock_behind(*, hours: int) -> Finding:
    return Finding(
        FindingKind.CLOCK_BEHIND,
        Severity.WARNING,
        f"パソコンの時計が、前回開いたときより {hours} 時間ほど遅れています。",
        "日付と時刻をご確認ください。期限の計算には、進んでいるほうの時刻を使います。",
    )


def clock_ahead(*, days: int) -> Finding:
    return Finding(
        FindingKind.CLOCK_AHEAD,
        Severity.WARNING,
        f"前回開いたときから {days} 日たっています。",
        "パソコンの日付が正しいかご確認ください。確認が済むまで、期限切れの記録の消去は行いません。",
    )


def audit_broken(*, seq: int) -> Finding:
    return Finding(
        FindingKind.AUDIT_BROKEN,
        Severity.DANGER,
        "操作の記録が、このソフト以外で書き換えられた跡があります。会員の情報は読めます。",
        "いつのバックアップまで記録がつながっているかを確かめ、書き換えた人に心当たりがないかご確認ください。",
        (f"{seq:,}件目",),
    )


def audit_incomplete(*, seq: int) -> Finding:
    return Finding(
        FindingKind.AUDIT_INCOMPLETE,
        Severity.WARNING,
        "壊れたデータから救い出す前の操作の記録に、失われた箇所があります。そのあとの記録はつながっています。",
        "失われた箇所は、救い出す前に取った控えで確かめられます。その控えを残しておいてください。",
        (f"{seq:,}件目",),
    )


def ledger_copy_broken(*names: str) -> Finding:
    return Finding(
        FindingKind.LEDGER_COPY_BROKEN,
        Severity.WARNING,
        "消去した方の印の控えが読めません。いまのデータの中の印は無事です。",
        "いまバックアップを取ると作り直されます。たびたび起こる場合は、その媒体の使用をやめてください。",
        names,
    )


def synced_folder(*, service: str) -> Finding:
    return Finding(
        FindingKind.SYNCED_FOLDER,
        Severity.WARNING,
        f"データのフォルダーが {service} の同期フォルダーの中にあります。同期ソフトがデータを壊すことがあります。",
        "データはこのパソコンの中の同期しないフォルダーに移し、同期フォルダーにはバックアップだけを置いてください。",
    )
