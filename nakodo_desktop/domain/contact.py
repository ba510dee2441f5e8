"""Read telephone numbers, postal codes and mail addresses into the one form that is stored and printed."""

from __future__ import annotations

import re
import unicodedata

from nakodo_desktop.domain.values import Trouble

_BETWEEN = re.compile(r"[\s\-‐‑‒–—―−ーｰ()（）.・/]")

# How a ten-digit number is parted, by its longest known beginning; elsewhere 4-2-4.
# Source: 総務省 電気通信番号計画, 市外局番の一覧; reduced to the shortest beginnings that tell the areas apart.
_AREA_2 = "03 0420 0429 04700 04701 04709 0471 06"
_AREA_3 = """
011 01540 01541 01548 01550 01551 01557 0177 0188 0196 0199 0222 0223 0227 0232 0236 0239 0245 0249 0252 0253 02540
02541 0255 02560 02561 0257 02580 02581 02591 0262 0264 0272 0273 0275 02780 02781 02788 02789 02830 02831 02833 02834
0286 0289 0292 0293 0298 04 04220 04221 04291 04297 04298 0462 0464 0468 04750 04751 04759 04790 04791 04799 052 0534
0535 0539 0542 0543 0546 0549 0552 0559 0582 0583 0588 0589 0592 0593 05980 05981 05989 05990 05991 05999 072 0734 075
0762 0764 0769 0775 0777 078 0792 0793 0794 07950 07951 07955 07956 07959 07960 07961 07966 07967 0822 08240 08241
08242 08243 08249 0825 0828 08290 08291 08292 08296 08299 0832 08360 08370 08371 08377 08378 08379 08380 08381 0839
0849 0862 08636 0864 0865 08660 08661 08680 08681 08689 08690 08691 08694 08695 08699 087 0886 0888 0899 092 093 0945
0953 0958 0962 0963 0975 0976 0988 0989 0992 09940 09941 09947 09948 0998 0999
"""
_AREA_4 = """
02232 02233 02557 02558 02572 02573 02574 02642 02643 02644 02645 02896 02897 02898 02899 02932 02933 02934 0422 04282
04283 04287 04288 04289 0436 0438 0439 046 0470 0475 0476 0478 0479 0480 0493 0494 0495 05399 0721 0725 07946 07947
07948 08654 08655 08656 08657 0875 0877 0879 0920 0930
"""
_AREA_5 = """
01267 01372 01374 01377 01392 01397 01398 01456 01457 01466 01547 01558 01564 01586 01587 01632 01634 01635 01648
01654 01655 01656 01658 04992 04994 04996 04998 05769 05979 07468 08387 08388 08389 08396 08477 0851 09802 0991 09969
"""
_SERVICE_4_3_3 = "0120 0570 0990"
_PARTS_BY_BEGINNING: dict[str, tuple[int, int]] = {
    beginning: parts
    for listing, parts in (
        (_AREA_2, (2, 4)),
        (_AREA_3, (3, 3)),
        (_AREA_4, (4, 2)),
        (_AREA_5, (5, 1)),
        (_SERVICE_4_3_3, (4, 3)),
    )
    for beginning in listing.split()
}
_LONGEST_BEGINNING = 5
_MOBILE = ("050", "060", "070", "080", "090")  # 060: 総務省 電気通信番号計画, mobile numbers from 2026

_MAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,63}")
_LONGEST_MAIL = 254  # RFC 5321 4.5.3.1.3, less the angle brackets


def parse_phone(text: str) -> str | Trouble:
    """Read a Japanese number in any width and with any hyphens: 090-1234-5678, 03-1234-5678, 0422-12-3456."""
    typed = _BETWEEN.sub("", unicodedata.normalize("NFKC", text))
    if not typed:
        return Trouble("電話番号を入力してください。")
    if typed.startswith("+81"):
        typed = "0" + typed.removeprefix("+81").removeprefix("0")
    if not re.fullmatch("[0-9]+", typed):
        return Trouble("電話番号は数字とハイフンで入力してください（例 090-1234-5678）。")
    if not typed.startswith("0") or typed.startswith("00"):
        return Trouble("電話番号は市外局番の 0 から入力してください（例 03-1234-5678）。")
    if typed.startswith("0800") and len(typed) == 11:
        return f"{typed[:4]}-{typed[4:7]}-{typed[7:]}"
    if typed.startswith(_MOBILE):
        return _counted(typed, digits=11) or f"{typed[:3]}-{typed[3:7]}-{typed[7:]}"
    return _counted(typed, digits=10) or _hyphenated(typed)


def parse_postal_code(text: str) -> str | Trouble:
    """Read 〒１５４００１７ and the like into 154-0017."""
    typed = _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).removeprefix("〒")
    if not typed:
        return Trouble("郵便番号を入力してください。")
    if not re.fullmatch("[0-9]+", typed):
        return Trouble("郵便番号は数字とハイフンで入力してください（例 154-0017）。")
    if len(typed) != 7:
        return Trouble(f"郵便番号の桁数が{'足りません' if len(typed) < 7 else '多すぎます'}（7桁）。")
    return f"{typed[:3]}-{typed[3:]}"


def parse_email(text: str) -> str | Trouble:
    """Read a mail address; width is mended, letters stay as typed.

    Dots in a row or before ＠ are let through: Japanese mobile carriers gave out such addresses.
    """
    typed = unicodedata.normalize("NFKC", text).strip()
    if not typed:
        return Trouble("メールアドレスを入力してください。")
    if typed.count("@") != 1:
        return Trouble("メールアドレスには「@」が1つ必要です（例 taro@example.jp）。")
    if len(typed) > _LONGEST_MAIL:
        return Trouble(f"メールアドレスが長すぎます（{_LONGEST_MAIL}文字まで）。")
    if not _MAIL.fullmatch(typed):
        return Trouble("メールアドレスに使えない文字があるか、「@」の後が途中です（例 taro@example.jp）。")
    return typed


def _counted(typed: str, *, digits: int) -> Trouble | None:
    if len(typed) == digits:
        return None
    return Trouble(f"電話番号の桁数が{'足りません' if len(typed) < digits else '多すぎます'}（{digits}桁）。")


def _hyphenated(typed: str) -> str:
    area, exchange = next(
        (_PARTS_BY_BEGINNING[typed[:n]] for n in range(_LONGEST_BEGINNING, 0, -1) if typed[:n] in _PARTS_BY_BEGINNING),
        (4, 2),
    )
    return f"{typed[:area]}-{typed[area : area + exchange]}-{typed[area + exchange :]}"
