"""After this, employers, schools and stations are known by the names people use for them, folded."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from nakodo_desktop.domain.leak_fold import fold, folded_words

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
}
_GRADUATE = ("卒", "出身", "を出", "ob", "og", "時代", "在学", "中退")
_NEAR_STATION = ("駅", "えき", "から徒歩", "まで徒歩", "から歩", "在住", "に住", "が最寄", "で降り")
_NEAREST = (
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
    return tuple(dict.fromkeys(part for part in found if len(part) > 1 and part not in _GENERIC_EMPLOYERS))


def school_names(name: str) -> tuple[str, ...]:
    """見本大学工学部 → 見本大学, 見本大卒, 見本卒 …; a founder (県立) may be left out."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", name))
    match = _SCHOOL.match(_FOUNDER.sub("", plain))
    if match is None:
        return (fold(plain),) if len(fold(plain)) > 1 else ()
    stem, suffix = fold(match["stem"]), match["suffix"]
    called = [stem + fold(word) for word in _CALLED.get(suffix, (suffix,))]
    if len(stem) >= 2:
        called += [stem + fold(word) for word in _GRADUATE]
    return tuple(dict.fromkeys(called))


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
