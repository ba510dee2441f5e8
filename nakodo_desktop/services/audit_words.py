"""The acts of the log in words; a test holds the table against every act the program writes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from nakodo_desktop.domain.fields import Retention
from nakodo_desktop.domain.retention import RECORD_NAMES
from nakodo_desktop.domain.staff import Role

ACTS: Mapping[str, str] = {
    "audit.export": "操作の記録をCSVに保存",
    "audit.verify": "操作の記録を検査",
    "audit.view": "操作の記録を表示",
    "backup.destroyed": "消去前の控えの処分を記録",
    "set_aside.destroy": "脇へ移した古いデータを削除",
    "backup.made": "控えを作成",
    "backup.places": "控えの置き場所を変更",
    "backup.pruned": "古い控えを整理",
    "clock.confirm": "パソコンの日付を確認",
    "office_key.changed": "事務所キーを変更",
    "recovery.printed": "復旧シートを作り直し",
    "slot.added": "担当者を追加",
    "slot.change_completed": "中断した鍵の変更を完了",
    "slot.changed": "自分のパスワードを変更",
    "slot.disabled": "担当者を休止",
    "slot.given": "新しいパスワードを設定",
    "slot.removed": "担当者を削除",
    "slot.renewed": "鍵を更新",
    "staff.changed": "担当者の名前・役割を変更",
    "vault.accept_older": "古いデータでの続行を承認",
    "vault.close": "終了・ロック",
    "vault.create": "データを新規作成",
    "vault.examined": "点検を実行",
    "vault.migrated": "データの形式を更新",
    "vault.restored": "バックアップから復元",
    "vault.rotated": "鍵を取り替え",
    "vault.salvaged": "壊れたデータから救い出し",
    "vault.unlock": "開く",
    "vault.unlock_failed": "パスワードの間違い",
    "consent.withdraw": "同意の取消しを記録",
    "declaration.clear": "虚偽の疑いを解除",
    "declaration.create": "独身誓約書を作成",
    "declaration.hand_over": "弁護士に渡す資料を作成",
    "declaration.scan": "署名済みの紙のスキャンを登録",
    "declaration.scan_remove": "署名済みの紙のスキャンを削除",
    "declaration.scan_view": "署名済みの紙のスキャンを表示",
    "declaration.sign": "独身誓約書の署名を記録",
    "declaration.suspect": "虚偽の疑いを記録",
    "delivery.save": "引き渡し方法を変更",
    "delivery.try": "引き渡しを試行",
    "document.print": "書類を印刷・保存",
    "erasure.again": "消去した記録が戻ったため再度消去",
    "erasure.approve": "消去を承認",
    "erasure.erase": "記録を消去",
    "erasure.hold": "消去を保留",
    "erasure.notice": "消去のお知らせを作成",
    "erasure.purged": "消去を完了",
    "erasure.release": "保留を解除",
    "export.abort": "書き出しを中止",
    "export.approve_failed": "承認者のパスワードの間違い",
    "export.begin": "書き出しを開始",
    "export.coarsen": "サイトでの表示を粗くする",
    "export.coarsen_no_more": "サイトでの表示を元の細かさに戻す",
    "export.complete": "書き出しを完了",
    "export.deliver": "協会へ引き渡し",
    "export.release_text": "文章の掲載を許可",
    "export.settle": "書き出しの結果を確定",
    "field.unmask": "隠れた項目を表示",
    "interview.abandon": "面談を取りやめ",
    "interview.finish": "面談を完了",
    "interview.intake_file": "面談ファイルを取り込み",
    "interview.register": "仮登録",
    "interview.start": "面談を開始",
    "list.view": "会員一覧を表示",
    "member.copy": "会員の記録の写しを本人へ",
    "member.correct": "会員情報を変更",
    "member.create": "会員を登録",
    "member.status": "会員の状況を変更",
    "member.view": "会員の記録を表示",
    "office.mark_city": "市の区分を変更",
    "office.save": "事務所の設定を変更",
    "office.unmark_city": "市の区分を法律どおりに戻す",
    "paper.print": "書類を印刷・保存",
    "photo.remove": "写真を消去",
    "photo.sign_off": "写真を確認",
    "photo.take_in": "写真を登録",
    "photo.view": "写真を表示",
    "provision.disclose": "提供の記録を本人へ開示",
    "provision.view": "提供の記録を探して表示",
}

AREAS: tuple[tuple[str, str], ...] = (
    ("member", "会員の記録"),
    ("list", "会員一覧"),
    ("field", "隠れた項目"),
    ("photo", "写真"),
    ("interview", "面談"),
    ("consent", "同意"),
    ("declaration", "独身誓約書"),
    ("document", "印刷"),
    ("export", "書き出し"),
    ("provision", "提供の記録"),
    ("erasure", "消去"),
    ("delivery", "引き渡し"),
    ("vault", "開く・ロック・復元"),
    ("slot", "担当者と鍵"),
    ("backup", "控え"),
    ("audit", "操作の記録"),
    ("office", "事務所の設定"),
)
SCREENS: Mapping[str, str] = {
    "record": "記録の画面",
    "list": "一覧の画面",
    "pane": "一覧の横の欄",
    "detail": "一覧の横の欄",
    "interview": "面談の画面",
    "documents": "書類の画面",
    "status": "状況の変更",
    "export": "書き出しの画面",
}
_REASONS = {
    "asked": "ロック",
    "idle": "自動ロック",
    "close": "終了",
    "period": "期限",
    "request": "ご本人の請求",
    "session": "パソコンのロック",
    "suspend": "スリープ",
}


def act_words(act: str) -> str:
    """The name itself for acts of another release."""
    return ACTS.get(act, act)


def detail_words(detail: Mapping[str, object]) -> str:
    """What an entry says besides; ids and counts that mean nothing to the office are left to the CSV."""
    told = []
    for key, value in detail.items():
        match key, value:
            case "screen", str():
                told.append(SCREENS.get(value, value))
            case "reason", str():
                told.append(_REASONS.get(value, value))
            case "role", str() if value in {role.value for role in Role}:
                told.append(Role(value).label)
            case "count" | "copies", int():
                told.append(f"{value}件")
            case "at", str():
                moment = datetime.fromisoformat(value).astimezone()
                told.append(f"{moment:%Y/%m/%d %H:%M:%S} の試行")
            case "people", int():
                told.append(f"{value}名")
            case "records", list():
                told.append("・".join(RECORD_NAMES[Retention(record)] for record in value))
            case "erased_again", int() if value:
                told.append(f"{value}名を再度消去")
            case "ledgers_unreadable", int() if value:
                told.append(f"読めない消去の印 {value}個")
            case "ids", list():
                told.append(f"{len(value)}名")
            case _:
                pass
    return "、".join(told)
