"""After this, employers, schools and stations are known by the names people use for them, folded."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from nakodo_desktop.domain.leak_fold import fold, folded_words, is_kanji

_LEGAL_FORM = re.compile(
    r"株式会社|有限会社|合同会社|合資会社|合名会社|\(株\)|\(有\)|\(同\)|\((?:医|社福|学|財|社|独|宗)\)"
    r"|(?:特定)?(?:社会)?医療法人(?:社団|財団)?|社会福祉法人|学校法人|宗教法人|独立行政法人|国立研究開発法人|国立大学法人"
    r"|(?:特定非営利活動|NPO|npo)法人|(?:一般|公益)(?:社団|財団)法人|税理士法人|弁護士法人|監査法人|協同組合連合会"
)
_BRANCH = re.compile(r"(?:本社|本店|支店|支社|営業所|事業所|工場|出張所|店|課|部|室)$")
_GENERIC_EMPLOYERS = frozenset(
    folded_words(
        "市役所 町役場 村役場 区役所 県庁 役場 役所 病院 医院 自営業 自営 農業 漁業 会社員 会社 学校 小学校 "
        "中学校 高校 高等学校 大学 警察署 消防署 図書館 郵便局 銀行 保育園 幼稚園 美容院 美容室 工務店 農家 "
        "フリーランス なし 無職 無し 派遣 パート アルバイト 公務員 在宅 自宅 家業 実家 個人 個人事業主 秘密 "
        "非公開"
    )
)
_FOUNDER = re.compile(
    r"^(?:国立|公立|私立|都立|道立|府立|県立|市立|町立|村立|区立|.{2,3}[都道府県]立|.{1,5}[市区町村]立)"
)
_SCHOOL = re.compile(
    r"^(?P<stem>.+?)(?P<suffix>大学院|大学校|短期大学|短大|大学|高等専門学校|高専|専門学校|高等学校|高校|中学校|学園|学院|スクール)"
)
_CALLED: dict[str, tuple[str, ...]] = {
    "大学": ("大学", "大学院", "大卒", "大出身", "大の", "大時代"),
    "大学院": ("大学", "大学院", "院卒"),
    "短期大学": ("短期大学", "短大"),
    "短大": ("短期大学", "短大"),
    "高等専門学校": ("高等専門学校", "高専"),
    "高専": ("高等専門学校", "高専"),
    "高等学校": ("高等学校", "高校", "高卒", "高出身", "高の", "高時代", "高生"),
    "高校": ("高等学校", "高校", "高卒", "高出身", "高の", "高時代", "高生"),
    "専門学校": ("専門学校", "専門卒"),
    "中学校": ("中学校", "中学", "中卒", "中の卒", "中の同", "中出身", "中時代"),
}
# What is left out when a school is named in short: 例示外国語大学 → 例示外大, 見本農業高校 → 見本農高.
_IN_SHORT = (
    ("外国語", "外"),
    ("工業", "工"),
    ("教育", "教"),
    ("女子", "女"),
    ("農業", "農"),
    ("商業", "商"),
    ("水産", "水"),
    ("芸術", "芸"),
    ("美術", "美"),
    ("医科", "医"),
    ("薬科", "薬"),
    ("経済", "経"),
    ("体育", "体"),
)
_TAIL_IN_SHORT = {
    "大学": "大",
    "大学院": "大",
    "短期大学": "短",
    "高等学校": "高",
    "高校": "高",
    "中学校": "中",
    "専門学校": "専門",
    "高等専門学校": "高専",
}
_AFTER_SHORT = tuple("でにをへはがと")  # 見本大で is a university; 見本大きい need not be
_SHORT_STEM = 3  # a stem this long in short is a school wherever it is a word of its own
_ALSO_WRITTEN = {
    "保育園": "ほいくえん",
    "幼稚園": "ようちえん",
    "病院": "びょういん",
    "医院": "いいん",
    "銀行": "ぎんこう",
    "工務店": "こうむてん",
    "製作所": "せいさくしょ",
    "美容室": "びようしつ",
    "大学": "だいがく",
    "高校": "こうこう",
    "信用金庫": "信金",
    "信用組合": "信組",
    "農業協同組合": "農協",
    "漁業協同組合": "漁協",
    "生活協同組合": "生協",
}
_LEFT_OUT = re.compile(r"(?:サービス|スクール|教室|放送|農協|商会|グループ|ホールディングス|事務所|協会|センター)$")
# Trades, which name nobody: 訪問看護サービス is no firm called 訪問看護.
_TRADES = re.compile(
    "(?:訪問|看護|介護|福祉|医療|人材|派遣|総合|管理|警備|保障|ビル|情報|処理|技術|英会話|英語|音楽|料理|書道|茶道|華道|着付け?"
    "|ピアノ|ダンス|水泳|体操|自動車|運転|会計|税理士|法律|司法書士|行政書士|社労士|建築|設計|不動産|地域|支援|相談|子育て|研修"
    "|文化|国際|交流|観光|商工|学習|塾|個別|指導|デイ|ケア|リハビリ|コール|配送|物流|清掃|の)+"
)
_GRADUATE = ("卒", "出身", "を出", "ob", "og", "時代", "在学", "中退")
_NEAR_STATION = (
    *("駅", "えき", "から徒歩", "まで徒歩", "から歩", "まで歩", "在住", "に住", "が最寄", "で降り", "で乗", "から乗"),
    *(
        "下車",
        "乗換",
        "乗り換",
        "沿線",
        "の駅か",
        "の駅ま",
        "の駅前",
        "の駅近",
        "の駅の",
        "の駅で",
        "の駅に",
        "の駅ビル",
    ),
)
_NEAREST = (
    "最寄の",
    "最寄りの",
    "もよりの",
    "最寄は",
    "最寄りは",
    "最寄駅は",
    "最寄り駅は",
    "最寄り駅",
    "最寄駅",
    "もよりは",
    "もより駅は",
    "もよりえきは",
)


def employer_names(name: str) -> tuple[str, ...]:
    """The name without its legal form and branch: 見本商事株式会社 東京支店 → 見本商事. Common nouns give nothing."""
    plain = _LEGAL_FORM.sub(" ", unicodedata.normalize("NFKC", name))
    parts = [part for part in re.split(r"[\s・/、,]+", plain) if part]
    firm = [part for part in parts if not _BRANCH.search(part)] or parts[:1]
    found = [fold(part) for part in firm]
    if len(firm) > 1:
        found.append(fold("".join(firm)))
    found += [fold(short) for part in firm if (short := _firm_in_short(part))]
    found += [fold(said) for part in firm for said in _also_written(part)]
    return tuple(dict.fromkeys(part for part in found if len(part) > 1 and part not in _GENERIC_EMPLOYERS))


def school_names(name: str) -> tuple[str, ...]:
    """見本大学工学部 → 見本大学, 見本大卒, 見本卒 …; a founder (県立) may be left out."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", name))
    match = _SCHOOL.match(_FOUNDER.sub("", plain))
    if match is None:
        return (fold(plain),) if len(fold(plain)) > 1 else ()
    stem, suffix = fold(match["stem"]), match["suffix"]
    called = [stem + fold(word) for word in _CALLED.get(suffix, (suffix,))]
    called += [fold(said) for said in _also_written(match.group())]
    if len(stem) >= 2:
        called += [stem + fold(word) for word in _GRADUATE]
        tail = fold(_TAIL_IN_SHORT.get(suffix, ""))
        called += [stem + tail + fold(faculty) for faculty in (plain.partition(match.group())[2],) if tail and faculty]
        called += [stem + "大" + after for after in _AFTER_SHORT if tail == "大"]
    return tuple(dict.fromkeys(called))


def schools_in_short(name: str) -> tuple[str, ...]:
    """見本農業高校 → 見本農業高, 見本農高; they count as words of their own."""
    match = _SCHOOL.match(_FOUNDER.sub("", re.sub(r"\s", "", unicodedata.normalize("NFKC", name))))
    if match is None or match["suffix"] not in _TAIL_IN_SHORT:
        return ()
    stem, tail = match["stem"], _TAIL_IN_SHORT[match["suffix"]]
    found = [stem + tail] if len(stem) >= _SHORT_STEM else []
    for long, short in _IN_SHORT:
        if len(stem) > len(long) + 1 and stem.endswith(long):
            found.append(stem.removesuffix(long) + ("" if tail == "高専" else short) + tail)
    return tuple(fold(form) for form in found)


def _firm_in_short(name: str) -> str:
    """例示航空サービス → 例示航空; "" where too little, or only a trade, would be left."""
    short = _LEFT_OUT.sub("", name)
    is_name = len(short) > _SHORT_STEM and any(map(is_kanji, short)) and not _TRADES.fullmatch(short)
    return short if is_name and short != name else ""


def _also_written(name: str) -> tuple[str, ...]:
    """見本保育園 → 見本ほいくえん, 見本信用金庫 → 見本信金."""
    return tuple(
        name.removesuffix(word) + said
        for word, said in _ALSO_WRITTEN.items()
        if name.endswith(word) and len(name) > len(word) + 1
    )


def station_names(name: str) -> tuple[str, ...]:
    """見本駅 → 見本駅, 見本から徒歩, 最寄りは見本 …; the bare name may be any place."""
    stem = _station_stem(name)
    if not stem:
        return ()
    return (*(stem + fold(word) for word in _NEAR_STATION), *(fold(word) + stem for word in _NEAREST))


def stems(school: str, stations: Iterable[str]) -> tuple[str, ...]:
    """What all names of a school, and all of a station, have in common; none for a single character."""
    bare_school = _FOUNDER.sub("", re.sub(r"\s", "", unicodedata.normalize("NFKC", school)))
    match = _SCHOOL.match(bare_school)
    found = (fold(match["stem"]) if match else "", *map(_station_stem, stations))
    return tuple(stem for stem in found if len(stem) > 1)


def _station_stem(name: str) -> str:
    return fold(re.sub("駅$", "", unicodedata.normalize("NFKC", name).strip()))
