"""After this, sentences that tie a person to a named school, firm, station, town or temple are known by their shape.

An outing to 明治神宮 ties nobody; 実家は見本寺です does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nakodo_desktop.domain.leak_finding import Finding, LeakKind, finding
from nakodo_desktop.domain.leak_fold import Folded, is_hiragana

_PROPER = r"[\u4e00-\u9fff々ー\u3041-\u3096a-z0-9]"
_KANJI = r"[\u4e00-\u9fff々]"
# The plain view is folded: katakana stand as hiragana, so a proper name is looked for in kanji first.
_SCHOOL = re.compile(
    rf"(?P<name>{_KANJI}{{1,10}})(?P<suffix>大学院|大学|短大|高専|高等学校|高校|専門学校)"
    r"(?:の?[\u4e00-\u9fff]{1,8}(?:学部|学科|科|部))?(?:を|の|に|で|は)?(?:卒|出身|在学|中退|出ま|出て|ob|og"
    r"|に通って|へ通って|学びま)"
)
_GENERIC_SCHOOL = re.compile(
    "(?:通信制?|通信|夜間|放送|短期|国立|国公立|公立|私立|県立|市立|都立|府立|地元|地方|海外|女子|男子|定時制"
    "|全日制|理系|文系|有名|難関|四年制|四大|"
    "二年制|三年制|専門|調理師?|看護|美容|理容|語学|音楽|料理|製菓|福祉|保育|医療|歯科|介護|工業|商業|農業|水産"
    "|普通|進学|外国語|芸術|美術|体育|"
    "教育|教員|系|系列|米国|英国|中国|韓国|県内|県外|都内|市内|府内|隣県|近県|関東|関西|東北|九州|四国|北陸|東海"
    "|地域|最終学歴|学歴|現役|一浪|"
    "社会人|自動車|情報|建築|獣医|薬科|医科|工科|理工|経済|総合|附属|付属|中高一貫|一貫|母校|同じ|共学|大手|某"
    "|卒業後|後|時代)+"
)
_EMPLOYER = re.compile(
    rf"(?P<name>(?:{_PROPER}{{2,14}})(?:株式会社|有限会社|合同会社|\(株\))|(?:株式会社|有限会社|合同会社|\(株\))\s?{_PROPER}{{2,14}})"
    rf"|(?P<name2>{_KANJI}{{2,10}})(?P<suffix2>病院|医院|銀行|信用金庫|信金|市役所|町役場|村役場|区役所|商事|工業|製作所|電機|電気|建設|食品|"
    r"製薬|運輸|保険|小学校|中学校|幼稚園|保育園)(?:の[\u4e00-\u9fff]{1,8})?(?:に|で|へ)(?:勤務|勤め|勤続|働|就職"
    r"|入社|在籍|通勤)"
)
_LEGAL_FORM = re.compile(r"株式会社|有限会社|合同会社|\(株\)")
_GENERIC_EMPLOYER = re.compile(
    "(?:総合|大学|地方|都市|地元|大手|中堅|公立|私立|市立|県立|市民|民間|個人|動物|歯科|小児科|精神|外資系?|国内"
    "|海外|市内|県内|都内|近所|近く|自宅|"
    "実家|某|系|生命|損害|自動車|医療|総合商社|老舗|上場|東証|精密|化学|重|食品|製造|機械|電子|冷凍|水産|認可"
    "|公営|私営|金属|鉄鋼|産業|先|今|現在|"
    "新卒|転職|卒業後|後|内科|外科|整形|眼科|中小|小さ|医薬|一般|特別支援|公務員|職|製薬|電気|建設|工業)+"
)
_STATION = re.compile(
    r"(?P<name>[\u4e00-\u9fffー々]{1,8}|[\u3041-\u3096]{2,6})(?P<suffix>駅)(?:から|まで|より)?(?:の?(?:徒歩|歩いて"
    r"|近く(?:に|で)(?:住|暮)|そば(?:に|で)(?:住|暮)|が最寄|近辺に住|周辺に住))"
    r"|(?:最寄り?駅?|もより駅?)(?:は|が|:|\s)\s*(?P<name2>[\u4e00-\u9fffー々]{1,8})(?P<suffix2>駅?)(?:です|で、|。"
    r"|$|、)"
    r"|(?P<name3>[\u4e00-\u9fffー々]{1,6})(?P<suffix3>線沿線)(?:に住|在住|で暮)"
)
_GENERIC_STATION = re.compile("(?:最寄り?|地元|隣|主要|新幹線|無人|ターミナル|大き|同じ|各|私鉄|地下鉄|電車|駅)+")
_TOWN = re.compile(
    r"(?P<name>[\u4e00-\u9fffー々]{1,6}"
    r"|[\u4e00-\u9fff々]{1,4}[けが][\u4e00-\u9fff々]{1,3})(?P<suffix>[町村区])(?:内)?(?:に住|在住|で暮ら|に実家"
    r"|で生まれ|で育|生まれ|育ち|に引っ越|に越し|の実家|に家)"
)
_GENERIC_TOWN = re.compile(
    "(?:下|港|城下|田舎|門前|宿場|温泉|漁|農|山|小さな|隣|同じ|この|その|海辺の|地方の|地元の|古い|静かな|学生"
    "|工業地|寒|離島の|過疎の|雪国の|海沿いの|市|特別|"
    "島の|小|片田舎)+"
)
_TEMPLE = re.compile(
    rf"(?:実家|家業|生家|父|母|祖父|兄|家)(?:は|が|の)?[^。\n]{{0,6}}?(?P<name>{_KANJI}{{1,6}})(?P<suffix>寺|神社|神宮|八幡宮|天満宮|稲荷|大社|教会)"
    rf"|(?P<name2>{_KANJI}{{1,6}})(?P<suffix2>寺|神社|神宮|八幡宮|天満宮|稲荷|大社|教会)の(?:住職|副住職|跡取|息子|娘|長男|長女|宮司|神主|禰宜|巫女|檀家|氏子)"
)
_GENERIC_TEMPLE = re.compile("(?:お|御|禅|山|古|小さな|近所の|地元の|代々|実家|菩提|近く|氏|大|家|続|歴史)+")

_SHAPES = (
    (_SCHOOL, _GENERIC_SCHOOL, LeakKind.SCHOOL),
    (_EMPLOYER, _GENERIC_EMPLOYER, LeakKind.EMPLOYER),
    (_STATION, _GENERIC_STATION, LeakKind.STATION),
    (_TOWN, _GENERIC_TOWN, LeakKind.ADDRESS),
    (_TEMPLE, _GENERIC_TEMPLE, LeakKind.PLACE_OF_WORSHIP),
)


def find_affiliations(plain: Folded) -> Iterator[Finding]:
    """Find named organisations and places that somebody belongs to; a common noun (地元の高校) is none."""
    for shape, generic, kind in _SHAPES:
        for match in shape.finditer(plain.text):
            group, proper = next(
                (name, text) for name, text in match.groupdict().items() if text and name[:4] == "name"
            )
            if generic.fullmatch(proper):
                continue
            suffix = match.groupdict().get("suffix" + group[4:]) or ""
            begin, end = match.start(group), match.end(group) + len(suffix)
            if group == "name" and kind is LeakKind.EMPLOYER:
                begin, end = _without_prose(plain, begin, end)
            yield finding(kind, plain.span(begin, end), plain.original)


def _without_prose(plain: Folded, begin: int, end: int) -> tuple[int, int]:
    """株式会社見本で営業を → 株式会社見本; a name all in hiragana keeps what stands with it."""
    form = _LEGAL_FORM.search(plain.text, begin, end)
    if form is None:
        return begin, end
    is_prose = [is_hiragana(plain.original[plain.starts[at]]) for at in range(begin, end)]
    if form.start() == begin:
        name = form.end()
        cut = next((at for at in range(name + 2, end) if is_prose[at - begin] and not is_prose[at - 1 - begin]), end)
        return begin, cut
    cut = next((at for at in range(form.start() - 1, begin, -1) if is_prose[at - begin]), begin - 1)
    return (cut + 1 if form.start() - cut > 1 else begin), end
