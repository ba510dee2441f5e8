"""Development set: facts of PEOPLE, hidden by the disguises, inside ordinary sentences."""

from __future__ import annotations

import random
from collections.abc import Iterator

from tests.domain.leak_cases import disguises as d
from tests.domain.leak_cases.case import Case, words
from tests.domain.leak_cases.people import HALF_KANA, LOOKING_ALIKE, PEOPLE

_BEFORE = (
    "休日は読書と散歩を楽しんでいます。",
    "カフェめぐりが好きです！",
    "料理は和食が中心で、月に2〜3回はパンも焼きます。",
    "学生時代はバスケットボール部でした。",
    "",
)
_AFTER = ("よろしくお願いします。", "週末に一緒に出かけられたら嬉しいです♪", "", "映画（洋画）も観ます。")
_SURNAMES = (
    "{}と申します。",
    "周りからは{}さんと呼ばれています。",
    "名前は{}です。",
    "趣味仲間には、{}、と名乗っています。",
)
_NAMES = (*_SURNAMES, "（{}）", "撮影：{}。", "{}。")
_PHONES = ("連絡は{}まで。", "電話{}へどうぞ。", "TEL {}", "気になる方は{}。")
_MAILS = ("メールは{}です。", "連絡先：{} まで", "{}へどうぞ")
_PLACES = ("{}に住んでいます。", "家は{}のあたりです。", "{}在住です。")
_WORKS = ("{}で働いています。", "{}に勤めて10年です。", "勤務先は{}です。")
_SCHOOLS = ("{}を卒業しました。", "{}出身です。", "{}の頃からテニスをしています。")
_STATIONS = ("最寄りは{}です。", "{}から徒歩5分です。")

_KANA = (d.hiragana, d.katakana, d.half_width_kana, d.mixed_kana, d.marks_everywhere, d.one_mark)
_KANJI = (d.plain, d.one_mark, d.marks_everywhere, d.old_kanji, d.new_kanji)
_LATIN = (d.plain, d.upper, d.swap_case, d.full_width, d.one_mark, d.marks_everywhere)
_DIGITS = (
    d.plain,
    d.full_width,
    d.one_mark,
    d.marks_everywhere,
    d.letter_digits,
    d.kanji_digits,
    d.circled_digits,
    d.other_hyphen,
    d.spoken_digits,
)
_ROMAJI = {
    "yamamoto": (("yamamoto", "mihonta"),),
    "takahashi": (("takahashi", "hanako"), ("takahasi", "hanako")),
    "watanabe": (("watanabe", "shinichiro"), ("watanabe", "sin'itiro"), ("watanabe", "shinichirou")),
    "hayashi": (("hayashi", "hikaru"), ("hayasi", "hikaru")),
    "sasaki": (("sasaki", "yuko"), ("sasaki", "yuuko"), ("sasaki", "yūko")),
    "matsumoto": (("matsumoto", "kanae"), ("matumoto", "kanae")),
    "saito": (("saito", "ken"), ("saitou", "ken"), ("saitoh", "ken"), ("saitō", "ken"), ("sai.tō", "ken")),
    "sato": (("sato", "sakura"), ("satoh", "sakura"), ("satou", "sakura")),
}


def leaks(seed: int = 20261123) -> Iterator[Case]:
    """Some four hundred texts, each with one fact in one disguise."""
    dice = random.Random(seed)
    for person in PEOPLE:
        for leak, how, hidden in _hidden_facts(person, dice):
            yield Case(person, dice.choice(_BEFORE) + hidden + dice.choice(_AFTER), leak, how)


def _hidden_facts(person: str, dice: random.Random) -> Iterator[tuple[str, str, str]]:
    own = PEOPLE[person]
    for hide in _KANJI:
        for name in (own.family_name + own.given_name, own.given_name + own.family_name):
            yield "name", hide.__name__, dice.choice(_NAMES).format(hide(name, dice))
    yield "name", "spaced", dice.choice(_NAMES).format(f"{own.family_name}　{own.given_name}")
    yield "name", "surname", dice.choice(_SURNAMES).format(own.family_name)
    for hide in _KANA:
        yield "name", hide.__name__, dice.choice(_NAMES).format(hide(own.family_kana + own.given_kana, dice))
        yield "name", hide.__name__ + " surname", dice.choice(_SURNAMES[:3]).format(hide(own.family_kana, dice))
    for family, given in _ROMAJI[person]:
        for hide in _LATIN:
            name = dice.choice((f"{family} {given}", f"{given} {family}", f"{given}.{family}", family + given))
            yield "name", "romaji " + hide.__name__, dice.choice(_NAMES).format(hide(name, dice))
    for name in HALF_KANA.get(person, ()):
        yield "name", "half kana", dice.choice(_SURNAMES).format(name)
        yield "name", "half kana, whole", dice.choice(_NAMES).format(name + own.given_name)
    for name in LOOKING_ALIKE.get(person, ()):
        yield "name", "looking alike", dice.choice(_SURNAMES).format(name)
    for word in own.unwanted:
        for hide in (d.plain, d.one_mark):
            yield "unwanted", hide.__name__, f"{hide(word, dice)}に通っています。"
    for nickname in own.nicknames:
        yield "nickname", "plain", f"友人には{nickname}と呼ばれます。"
    for relative in own.relatives:
        yield "relative", "plain", dice.choice(("妹の{}と旅行します。", "{}とは仲良しです。")).format(relative)
    for phone in own.phones:
        for hide in _DIGITS:
            yield "phone", hide.__name__, dice.choice(_PHONES).format(hide(phone, dice))
    for mail in own.emails:
        for hide in (d.plain, d.full_width, d.upper):
            yield "email", hide.__name__, dice.choice(_MAILS).format(hide(mail, dice))
        spoken = mail.replace("@", dice.choice(("アットマーク", " at ", "(at)", "☆"))).replace(".", "ドット")
        yield "email", "at in words", dice.choice(_MAILS).format(spoken)
    if own.postal_code:
        for hide in (d.plain, d.full_width, d.kanji_digits, d.marks_everywhere, d.circled_digits):
            yield "postal_code", hide.__name__, f"住まいは〒{hide(own.postal_code, dice)}です。"
        yield "postal_code", "bare", f"{own.postal_code.replace('-', '')}のあたり。"
    yield from _places(person, dice)
    assert own.birth_date is not None
    for how, writing in d.dates(own.birth_date).items():
        yield "birth_date", how, dice.choice(("{}。", "生年月日　{}", "{}の人")).format(writing)


def _places(person: str, dice: random.Random) -> Iterator[tuple[str, str, str]]:
    own = PEOPLE[person]
    for hide in (d.plain, d.full_width, d.one_mark):
        yield "address", hide.__name__, dice.choice(_PLACES).format(hide(own.address_line, dice))
    yield "employer", "plain", dice.choice(_WORKS).format(own.employer)
    yield "school", "plain", dice.choice(_SCHOOLS).format(own.school)
    for station in own.stations:
        yield "station", "plain", dice.choice(_STATIONS).format(station)


_DEEDS = words(
    "山登り カフェめぐり 読書 映画鑑賞 ランニング フットサル 料理 ピアノ 写真 御朱印集め キャンプ ヨガ "
    "ガーデニング 釣り 温泉めぐり 美術館めぐり 将棋 ボードゲーム ドライブ サイクリング お菓子作り 書道 編み物"
)
_WHERE = words("近所の公園 箱根 京都 北海道 海の近く 商店街 図書館 長野の山 沖縄 自宅 スーパー銭湯 金沢")
_HOW_OFTEN = (
    "月に2〜3回",
    "週に1度",
    "年に3、4回",
    "週末ごとに",
    "2015年から",
    "10年ほど前から",
    "朝6時から",
    "１日３０分",
)
_WITH = ("友人と", "一人で", "父と", "職場の仲間と", "妹や甥と", "犬を連れて", "地元のサークルで", "ゆっくり")
_ENDINGS = (
    "楽しんでいます。",
    "続けています！",
    "するのが好きです。",
    "に夢中です♪",
    "を一緒にできたら嬉しいです。",
    "が息抜きです（笑）。",
)
_LICENCES = [
    "普通自動車第一種運転免許",
    "日商簿記2級",
    "実用英語技能検定準1級",
    "TOEIC 850点",
    "FP2級",
    "ITパスポート",
    "秘書検定2級",
    "漢検準2級",
    "フォークリフト",
    "宅地建物取引士",
    "保育士",
    "調理師免許",
    "MOS Excel 2019",
    "第二種電気工事士",
    "危険物乙4",
    "着付け講師",
]


def innocents(seed: int = 20261123) -> Iterator[Case]:
    """Two hundred texts that give nothing away."""
    dice = random.Random(seed)
    for i in range(200):
        person = dice.choice(tuple(PEOPLE))
        deeds = dice.sample(_DEEDS, 2)
        text = f"{dice.choice(_WHERE)}で{dice.choice(_HOW_OFTEN)}、{dice.choice(_WITH)}{deeds[0]}や{deeds[1]}"
        text += dice.choice(_ENDINGS)
        if i % 3 == 0:
            text += f"資格は{'、'.join(dice.sample(_LICENCES, 2))}です。"
        yield Case(person, text)
