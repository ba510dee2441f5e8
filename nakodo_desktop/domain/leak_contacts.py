"""After this, ways to reach or look up a member are known by their shape: mail, web addresses, SNS accounts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nakodo_desktop.domain.leak_finding import Finding, LeakKind, finding
from nakodo_desktop.domain.leak_fold import Folded

_AT = r"\s*(?:@|\(at\)|\[at\]|<at>|\sat\s|[(\[<]?(?:あつとまーく|あつと)[)\]>]?|☆|★|◎)\s*"
_DOT = r"\s*(?:\.|。|・|どつと|\(dot\)|\[dot\]|\sdot\s)\s*"
_TOP = (
    r"(?:com|net|org|info|biz|jp|co|ne|or|ac|go|gr|me|tv|io|app|dev|cc|us|uk|tokyo|page|site|online|shop|xyz|link|blog"
    r"|live|club|work|ly|gl|to)"
)
_MAIL = re.compile(
    rf"[a-z0-9][a-z0-9._%+\-]*{_AT}[a-z0-9\-]+(?:{_DOT}[a-z0-9\-]+)*{_DOT}{_TOP}(?![a-z])"
    r"|[a-z0-9][a-z0-9._%+\-]*\s*@\s*[a-z0-9\-]+(?:\.[a-z0-9\-]+)*\.[a-z]{2,8}(?![a-z])"
)
_CARRIER = re.compile(
    r"[a-z0-9._+\-]{3,}[\W_]{0,3}(?:docomo|ezweb|softbank|gmail|yahoo|icloud|outlook|hotmail)" + _DOT + "(?:ne|com|co)"
)
_URL = re.compile(
    r"h(?:tt|xx)ps?\s*[:：]\s*//\s*[!-~]+"
    rf"|www\s*{_DOT}\s*[a-z0-9\-]+"
    rf"|(?<![a-z0-9@.\-])[a-z0-9][a-z0-9\-]*(?:\s?\.\s?[a-z0-9\-]+)*\s?(?:\.|どつと)\s?{_TOP}(?![a-z0-9\-])(?:/[!-~]*)?"
)
_PRODUCT_NAMES = frozenset({"asp.net", "vb.net", "ado.net", "node.js", "next.js"})
_SERVICES = (
    r"(?:line|らいん|instagram|insta|ig|いんすた(?:ぐらむ)?|x|twitter|ついつたー|tiktok|ていつくとつく"
    r"|facebook|fb|ふえいすぶつく|kakao(?:talk)?|かかお(?:とーく)?|skype|すかいぷ|discord|でいすこーど"
    r"|telegram|threads|すれつず|mixi|みくしい|youtube|ゆーちゆーぶ|bluesky|wechat|snapchat|すなつぷちやつと)"
)
_ACCOUNT_WORD = (
    r"(?:id(?![a-z])|あいでいー|あかうんと(?:名)?|account(?![a-z])|垢|ゆーざー名|ゆーざーねーむ|はんどる(?:ねーむ)?)"
)
_HANDLE = r"@?[a-z0-9](?:[\s._\-]?[a-z0-9_.\-]){2,}"
_SNS = (
    # LINE ID: hanako_88 · インスタのアカウントは hanako.photo
    re.compile(
        rf"(?<![a-z])(?:{_SERVICES}[\W_]*の?)?{_ACCOUNT_WORD}[\W_]*(?:は|が|:|;|=|→)?[\W_]*(?P<handle>{_HANDLE})"
    ),
    # インスタ→hanako_88 · X: @hanako · LINE / hanako88
    re.compile(rf"(?<![a-z]){_SERVICES}\s*[:;=→⇒>/｜|＠@(]+\s*(?P<handle>{_HANDLE})"),
    # インスタはhanako_88です: a handle that is no plain word
    re.compile(
        rf"(?<![a-z]){_SERVICES}(?:は|で|が|\s)\s*(?P<handle>@[a-z0-9_.\-]{{3,}}|(?=[a-z0-9.\-]*[0-9_])[a-z][a-z0-9_.\-]{{3,}}"
        r"|[a-z][a-z0-9_.\-]{3,}(?=\s*(?:です|だよ|$|。|!|で検索|と検索|まで|にdm)))"
    ),
    re.compile(r"(?<![a-z0-9.])@(?P<handle>[a-z0-9][a-z0-9_.]{2,})(?![a-z0-9\-]*\.[a-z])"),
    re.compile(r"(?P<handle>[a-z0-9][a-z0-9_.\-]{3,})\s*で(?:検索|ふおろ|登録|友達追加|追加して)"),
)
_PLAIN_AFTER_AT = frozenset({"cosme", "home", "nifty"})  # ＠cosme, ＠home, ＠nifty are shops


def find_contacts(plain: Folded) -> Iterator[Finding]:
    """Find mail and web addresses and SNS accounts of anybody."""
    for pattern in (_MAIL, _CARRIER):
        for match in pattern.finditer(plain.text):
            yield finding(LeakKind.EMAIL, plain.span(*match.span()), plain.original)
    for match in _URL.finditer(plain.text):
        if re.sub(r"\s", "", match.group()) not in _PRODUCT_NAMES:
            yield finding(LeakKind.URL, plain.span(*match.span()), plain.original)
    for pattern in _SNS:
        for match in pattern.finditer(plain.text):
            if match["handle"].lstrip("@") not in _PLAIN_AFTER_AT and re.search("[a-z]", match["handle"]):
                yield finding(LeakKind.SNS, plain.span(*match.span()), plain.original)
