"""What the leak scan reports: which characters, why, and what to write instead."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum


class LeakKind(Enum):
    """What a piece of text gives away."""

    NAME = "name"
    NICKNAME = "nickname"
    RELATIVE = "relative"
    UNWANTED = "unwanted"
    OTHER_MEMBER = "other_member"
    OTHER_SURNAME = "other_surname"
    OTHER_EMPLOYER = "other_employer"
    PHONE = "phone"
    EMAIL = "email"
    URL = "url"
    SNS = "sns"
    POSTAL_CODE = "postal_code"
    ADDRESS = "address"
    EMPLOYER = "employer"
    SCHOOL = "school"
    STATION = "station"
    PLACE_OF_WORSHIP = "place_of_worship"
    BIRTH_DATE = "birth_date"
    IDENTITY_NUMBER = "identity_number"
    RARE_TITLE = "rare_title"

    @property
    def label(self) -> str:
        return _WORDS[self][0]


@dataclass(frozen=True)
class Finding:
    """One leak. `blocks`: the text must change; otherwise a typed reason, which is kept, lets it pass."""

    kind: LeakKind
    start: int  # in the original text
    end: int
    shown: str  # the characters found, as they were written
    message: str
    suggestion: str  # what to write instead
    blocks: bool


_K = LeakKind
# kind → label, what is wrong, what to write instead
_WORDS: dict[LeakKind, tuple[str, str, str]] = {
    _K.NAME: ("本名", "ご本人の名前と読める文字です。", "名前を消すか、「私」と書き換えてください。"),
    _K.NICKNAME: ("あだ名", "ご本人のあだ名と読める文字です。", "あだ名を消してください。仮名だけを使います。"),
    _K.RELATIVE: ("ご家族の名前", "ご家族の名前と読める文字です。", "「父」「妹」のように続柄だけを書いてください。"),
    _K.UNWANTED: (
        "書かない言葉",
        "サイトの文に書かないと伺った言葉です。",
        "この言葉を消すか、別の言葉に書き換えてください。",
    ),
    _K.OTHER_MEMBER: (
        "ほかの会員の名前",
        "ほかの会員の本名と読める文字です。",
        "名前を消すか、「友人」と書き換えてください。",
    ),
    _K.OTHER_SURNAME: (
        "ほかの会員と同じ姓",
        "ほかの会員と同じ姓の呼び方があります。",
        "「友人」「先輩」と書き換えるか、別の人であることを理由に書いてください。",
    ),
    _K.OTHER_EMPLOYER: (
        "ほかの会員の勤務先",
        "ほかの会員の勤務先と同じ名前です。",
        "業種の言葉（「製造業の会社」など）に書き換えてください。",
    ),
    _K.PHONE: (
        "電話番号",
        "電話番号と読める数字です。",
        "番号を消してください。連絡先は交際に進んでからお伝えします。",
    ),
    _K.EMAIL: ("メールアドレス", "メールアドレスと読める文字です。", "アドレスを消してください。"),
    _K.URL: (
        "ウェブサイトのアドレス",
        "ウェブサイトのアドレスと読める文字です。",
        "アドレスを消し、内容を言葉で書いてください。",
    ),
    _K.SNS: (
        "SNSのアカウント",
        "SNSのアカウント名と読める文字です。",
        "アカウント名を消し、「写真の投稿」のように書いてください。",
    ),
    _K.POSTAL_CODE: ("郵便番号", "郵便番号と読める数字です。", "番号を消してください。"),
    _K.ADDRESS: ("住所", "市より細かい住所と読める文字です。", "町名や番地を消し、「市内」と書いてください。"),
    _K.EMPLOYER: (
        "勤務先",
        "勤務先の名前と読める文字です。",
        "業種の言葉（「製造業の会社」など）に書き換えてください。",
    ),
    _K.SCHOOL: ("学校名", "学校の名前と読める文字です。", "「大学」「専門学校」のように書いてください。"),
    _K.STATION: ("駅名", "最寄りの駅と読める文字です。", "駅の名前を消し、「駅の近く」と書いてください。"),
    _K.PLACE_OF_WORSHIP: ("寺社の名前", "ご実家と分かる寺社の名前です。", "寺社の名前を消してください。"),
    _K.BIRTH_DATE: (
        "生年月日",
        "ご本人の生年月日と読める文字です。",
        "月日を消してください。生年はサイトの項目に出ます。",
    ),
    _K.IDENTITY_NUMBER: (
        "本人確認書類の番号",
        "本人確認書類の番号と読める数字です。",
        "番号を消してください。記録することも法律で禁じられている番号があります。",
    ),
    _K.RARE_TITLE: (
        "珍しい肩書",
        "この地域では、ご本人が分かってしまうおそれのある肩書です。",
        "「医療関係」「士業」のように広く書いてください。",
    ),
}


# The same where the words may be innocent: what to do when they are.
_ASKED: dict[LeakKind, tuple[str, str]] = {
    _K.NAME: (
        "ご本人の名前と同じ言葉です。",
        "名前のことなら消してください。地名など別のものなら、それを理由に書いてください。",
    ),
    _K.BIRTH_DATE: (
        "ご本人の誕生日と同じ月日です。",
        "「春」「年末」のように書き換えるか、そのまま出してよい理由を書いてください。",
    ),
    _K.OTHER_EMPLOYER: (
        "ほかの会員の勤務先と同じ名前です。",
        "業種の言葉（「製造業の会社」など）に書き換えるか、別のものであることを理由に書いてください。",
    ),
}
_OF_OTHERS = frozenset({LeakKind.OTHER_MEMBER, LeakKind.OTHER_SURNAME, LeakKind.OTHER_EMPLOYER})
_ORDER = {kind: place for place, kind in enumerate(LeakKind)}


def finding(kind: LeakKind, span: tuple[int, int], original: str, *, blocks: bool = True) -> Finding:
    """A finding with the words of its kind."""
    _, message, suggestion = _WORDS[kind]
    if not blocks:
        message, suggestion = _ASKED.get(kind, (message, suggestion))
    start, end = span
    return Finding(kind, start, end, original[start:end], message, suggestion, blocks)


def without_overlaps(findings: list[Finding]) -> tuple[Finding, ...]:
    """In reading order. Where two share characters the blocking one stays, then the member's own, then the longer."""
    kept: list[Finding] = []
    for one in sorted(
        findings, key=lambda f: (not f.blocks, f.kind in _OF_OTHERS, f.start - f.end, f.start, _ORDER[f.kind])
    ):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda f: f.start))


def joined(findings: tuple[Finding, ...], original: str) -> tuple[Finding, ...]:
    """Findings of one kind with nothing but marks between them as one: 見本 花子 is one name."""
    rows: list[Finding] = []
    for one in findings:
        last = rows[-1] if rows else None
        if (
            last is not None
            and (last.kind, last.blocks) == (one.kind, one.blocks)
            and not any(char.isalnum() for char in original[last.end : one.start])
        ):
            rows[-1] = replace(last, end=one.end, shown=original[last.start : one.end])
        else:
            rows.append(one)
    return tuple(rows)
