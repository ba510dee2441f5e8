"""After importing this nobody words a refusal twice: each reason has its code and its Japanese words here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Reason(Enum):
    """Why a bundle is not to be used. The value is the code that other programs read."""

    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    SEALED = "sealed"
    WRONG_RECIPIENT_KEY = "wrong_recipient_key"
    BROKEN_SEAL = "broken_seal"
    NOT_A_BUNDLE = "not_a_bundle"
    TRUNCATED = "truncated"
    TRAILING_BYTES = "trailing_bytes"
    LEADING_BYTES = "leading_bytes"
    COMPRESSED = "compressed_entry"
    DUPLICATE_NAME = "duplicate_name"
    PARENT_PATH = "parent_path"
    DRIVE_PATH = "drive_path"
    BACKSLASH_PATH = "backslash_path"
    ABSOLUTE_PATH = "absolute_path"
    FOREIGN_NAME = "foreign_name"
    NOT_CANONICAL = "not_canonical"
    DAMAGED = "damaged"
    MANIFEST_MISSING = "manifest_missing"
    MANIFEST_MALFORMED = "manifest_malformed"
    SIGNATURE_MISSING = "signature_missing"
    BAD_SIGNATURE = "bad_signature"
    WRONG_SIGNER = "wrong_signer"
    OTHER_RECIPIENT = "other_recipient"
    EXTRA_FILE = "extra_file"
    MISSING_FILE = "missing_file"
    MISSING_PHOTO = "missing_photo"
    SWAPPED_PHOTOS = "swapped_photos"
    EDITED_PHOTO = "edited_photo"
    EDITED_PROFILES = "edited_profiles"
    EDITED_FILE = "edited_file"
    PROFILE_MALFORMED = "profile_malformed"
    PROFILES_UNSORTED = "profiles_unsorted"
    PROFILES_DOUBLED = "profiles_doubled"
    COUNT_DIFFERS = "count_differs"
    CSV_DIFFERS = "csv_differs"
    PHOTO_UNUSED = "photo_unused"
    PHOTO_SHARED = "photo_shared"
    PHOTO_NOT_PLAIN = "photo_not_plain"
    REMOVAL_PRESENT = "removal_present"
    FIRST_HAS_PREVIOUS = "first_has_previous"
    REPLAYED = "replayed_seq"
    SEQ_GAP = "seq_gap"
    FUTURE_DAY = "future_day"
    OTHER_ISSUER = "other_issuer"
    NOT_NEWER = "not_newer"
    CHAIN_BROKEN = "chain_broken"
    REMOVALS_DIFFER = "removals_differ"


_WORDS: dict[Reason, str] = {
    Reason.UNREADABLE: "ファイルを読めません。場所と、読む権限をご確認ください。",
    Reason.TOO_LARGE: "大きすぎます。この相談所のプログラムが作るファイルではありません。",
    Reason.SEALED: "封がされています。協会の秘密鍵のファイルを指定してください。",
    Reason.WRONG_RECIPIENT_KEY: "この秘密鍵では開きません。別の鍵に宛てて封がされています。",
    Reason.BROKEN_SEAL: "封が壊れているか、途中で切れています。もう一度受け取ってください。",
    Reason.NOT_A_BUNDLE: "書き出しファイル（ZIP）ではありません。",
    Reason.TRUNCATED: "ファイルが途中で切れています。もう一度受け取ってください。",
    Reason.TRAILING_BYTES: "ファイルの終わりの後ろに、余分なデータが付いています。",
    Reason.LEADING_BYTES: "ファイルの始まりの前に、余分なデータが付いています。",
    Reason.COMPRESSED: "圧縮された項目があります。開くと膨らむおそれがあるため、中を読みません。",
    Reason.DUPLICATE_NAME: "同じ名前の項目が二つあります。",
    Reason.PARENT_PATH: "上のフォルダーへ抜け出す名前（..）の項目があります。展開しないでください。",
    Reason.DRIVE_PATH: "ドライブ名（C: など）で始まる項目があります。展開しないでください。",
    Reason.BACKSLASH_PATH: "名前に「\\」を含む項目があります。展開しないでください。",
    Reason.ABSOLUTE_PATH: "「/」で始まる名前の項目があります。展開しないでください。",
    Reason.FOREIGN_NAME: "使われない文字を名前に含む項目があります。",
    Reason.NOT_CANONICAL: "決められた並びと書き方で作り直すと、同じファイルになりません。",
    Reason.DAMAGED: "中身が壊れています。もう一度受け取ってください。",
    Reason.MANIFEST_MISSING: "目録（manifest.json）がありません。",
    Reason.MANIFEST_MALFORMED: "目録（manifest.json）が書式に合いません。",
    Reason.SIGNATURE_MISSING: "署名（manifest.sig）がありません。",
    Reason.BAD_SIGNATURE: "署名が合いません。署名の後に目録が書き換えられています。",
    Reason.WRONG_SIGNER: "登録された相談所の鍵ではない、別の鍵で署名されています。",
    Reason.OTHER_RECIPIENT: "別の協会に宛てたファイルです。",
    Reason.EXTRA_FILE: "目録にないファイルが入っています。",
    Reason.MISSING_FILE: "目録にあるファイルが入っていません。",
    Reason.MISSING_PHOTO: "目録かプロフィールにある写真が入っていません。",
    Reason.SWAPPED_PHOTOS: "写真が別の人のものと入れ替わっています。",
    Reason.EDITED_PHOTO: "写真が署名の後に書き換えられています。",
    Reason.EDITED_PROFILES: "プロフィールが署名の後に書き換えられています。",
    Reason.EDITED_FILE: "署名の後に書き換えられたファイルがあります。",
    Reason.PROFILE_MALFORMED: "プロフィールが書式に合いません。",
    Reason.PROFILES_UNSORTED: "プロフィールの並びが掲載IDの順ではありません。",
    Reason.PROFILES_DOUBLED: "同じ掲載IDのプロフィールが二つあります。",
    Reason.COUNT_DIFFERS: "目録の人数とプロフィールの件数が違います。",
    Reason.CSV_DIFFERS: "profiles.csv の内容が profiles.json と違います。",
    Reason.PHOTO_UNUSED: "どのプロフィールのものでもない写真が入っています。",
    Reason.PHOTO_SHARED: "一枚の写真を二つのプロフィールが使っています。",
    Reason.PHOTO_NOT_PLAIN: "写真に、画像のほかのデータ（撮影場所など）が残っています。",
    Reason.REMOVAL_PRESENT: "取り下げた人のプロフィールが入っています。",
    Reason.FIRST_HAS_PREVIOUS: "前回の記録と通し番号が合いません。",
    Reason.REPLAYED: "前に受け取った回か、それより古い回のファイルです。",
    Reason.SEQ_GAP: "間の回が届いていません。相談所にご確認ください。",
    Reason.FUTURE_DAY: "日付が未来になっています。相談所とこのパソコンの日付をご確認ください。",
    Reason.OTHER_ISSUER: "二つのファイルの相談所が違います。",
    Reason.NOT_NEWER: "新しい方として選んだファイルが、古い方より後の回ではありません。",
    Reason.CHAIN_BROKEN: "新しいファイルが前回として記すものが、この古いファイルではありません。",
    Reason.REMOVALS_DIFFER: "目録の取り下げと、実際にいなくなった人が一致しません。",
}


@dataclass(frozen=True)
class Finding:
    """One reason to refuse, and where: a file name, a row, an item. Never a member's value."""

    reason: Reason
    where: str = ""

    @property
    def code(self) -> str:
        return self.reason.value

    @property
    def message(self) -> str:
        words = _WORDS[self.reason]
        return f"{words}（{self.where}）" if self.where else words
