"""G10: the leak scan costs a small part of the obvious way to write it, and little more than folding the text once.

All sides must raise the same flags. Naive: for every fact the text is normalised anew, and every pattern is tried.
Floor: the text is normalised once, then fifteen `in`. The scan folds faster than that, so a second floor is stricter
than the goal: the scan's own folding and fifteen `in`. It leaves the whole search for numbers, mail, accounts,
schools and romaji to the difference; its limit is our own, to notice when the scan grows dearer.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from benchmarks.common import ROUNDS, Row, Skipped, WrongAnswer, ratio, seconds_of
from nakodo_desktop.domain.leak_others import MemberName, index_others
from nakodo_desktop.domain.leak_scan import OwnFacts, OwnIndex, index_own, scan
from nakodo_desktop.domain.leak_shadow import lean, shadow

PROFILES = 1_000
PIECE = 20
CHARACTERS = 450
LEAKS_IN_A_HUNDRED = 1
OTHERS = 300
SEED = 20261123

_FAMILY = (
    ("仮山", "かりやま", "kariyama"),
    ("例川", "れいかわ", "reikawa"),
    ("試田", "ためだ", "tameda"),
    ("架木", "かけぎ", "kakegi"),
    ("空村", "そらむら", "soramura"),
    ("見森", "みもり", "mimori"),
)
_GIVEN = (
    ("例太郎", "れいたろう", "reitaro"),
    ("見本子", "みほこ", "mihoko"),
    ("仮名恵", "かなえ", "kanae"),
    ("試郎", "しろう", "shiro"),
    ("架乃", "かけの", "kakeno"),
)
_SENTENCES = (
    "休日は読書と散歩を楽しんでいます。",
    "最近はキャンプにも挑戦し、友人と山へ出かけることが増えました！",
    "料理は和食が中心で、煮物やだし巻き卵が得意です。",
    "学生のころはバスケットボール部で、今も月に２回ほど体を動かしています。",
    "映画はミステリーが好きで、週末に一緒に観に行けたら嬉しいです。",
    "温泉めぐりと、旅先での食べ歩き（甘いもの）に目がありません。",
    "穏やかで聞き上手と言われます。",
    "猫と暮らしていて、写真を撮るのが日課です♪",
    "朝は30分ほど走り、夜はストレッチをしてから眠ります。",
    "英語の勉強を続けています。TOEICは760点です。",
    "結婚後も、お互いの時間を大切にできる関係が理想です。",
    "美術館やカフェを、ゆっくり巡るのが好きです。",
    "家庭菜園でトマトとナスを育て、採れたてをカレーにします。",
    "年に２度は国内を旅し、次は離島へ行ってみたいです。",
    "甥や姪と遊ぶ時間も、大切な楽しみのひとつです。",
    "お酒は付き合い程度、たばこは吸いません。",
    "読書は時代小説が中心ですが、話題の本も読みます。",
    "毎朝ラジオ体操をして、白湯を飲むのが習慣です！",
    "天然酵母のパン作りに夢中で、週末は台所にこもります。",
    "笑顔が絶えない家庭を、一緒に築いていけたらと思います。",
    "高校野球を観に行くのが、毎年の夏の楽しみです。",
    "着物で出かけたり、季節の花を生けたりしています。",
    "初対面では緊張しますが、打ち解けるとよく話します（笑）。",
    "料理も掃除も、ふたりで分け合えたら嬉しいです。",
    "星を見るのが好きで、望遠鏡を担いで山へ登ります。",
    "絵本を集めていて、子どもに読み聞かせをするのが得意です。",
    "海辺を歩き、貝がらや流木を拾って小物を作ります。",
    "編み物は祖母に習い、毎年マフラーを編んでいます。",
    "落語を聴きに行き、帰りに蕎麦をすするのが至福の時です。",
    "ヨガと瞑想で、心と体を整えています。",
    "ギターを弾きながら、懐かしい歌を歌うのが好きです。",
    "犬の散歩が日課で、雨の日も欠かしません。",
    "植物園めぐりが好きで、温室では時間を忘れます。",
    "手紙を書くのが好きで、便箋と切手を集めています。",
    "穏やかな日常を、何より大切にしたいと思っています。",
    "ボードゲームを持ち寄って、仲間とにぎやかに過ごします。",
)
_NOT_LETTERS = re.compile(r"[\W_]+")
_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_PATTERNS = tuple(
    map(
        re.compile,
        (
            r"0\d{1,4}-?\d{1,4}-?\d{3,4}",
            r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
            r"https?://\S+",
            r"www\.\S+",
            r"〒?\d{3}-\d{4}",
            r"(?:line|instagram|twitter|x)\s*(?:id)?\s*[:：@]\s*[\w.]+",
            r"(?:インスタ|ライン|ツイッター)\s*(?:id)?\s*[:：@]\s*[\w.]+",
            r"(?<!\d)\d{12}(?!\d)",
            r"[a-z]{2}\d{7}",
            r"(?:昭和|平成|令和|\d{4})\s*年?\s*\d{1,2}[年/.\-]\d{1,2}[月/.\-]\d{1,2}",
        ),
    )
)


@dataclass(frozen=True)
class Profile:
    """One member's text, fifteen writings of the facts that may be in it, and the facts made ready."""

    text: str
    needles: tuple[str, ...]  # as `folded` leaves them
    dark: tuple[str, ...]  # the same as shadows
    facts: OwnFacts
    own: OwnIndex


Side = Callable[[Profile], bool]


def measure() -> Iterator[Row | Skipped]:
    profiles = [profile(number) for number in range(PROFILES)]
    sides: dict[str, Side] = {
        "ours": lambda one: bool(scan(one.text, one.own)),
        "naive": naive,
        "floor": floor,
        "folding": folding,
    }
    check(sides, profiles)
    samples = piecewise({"ours": sides["ours"], "floor": floor, "folding": folding}, profiles)
    yield Row(
        "G10", "leak scan / one normalisation and fifteen `in`", ratio(samples, "ours", "floor"), 1.6, "x", samples
    )
    what = "leak scan / its own folding and fifteen `in`"
    yield Row("G10", what, ratio(samples, "ours", "folding"), 2.0, "x", samples)
    samples = piecewise({"ours": sides["ours"], "naive": naive}, profiles)
    yield Row("G10", "leak scan / naive", ratio(samples, "ours", "naive") * 100, 5.0, "%", samples)

    names = [member(number) for number in range(PROFILES, PROFILES + OTHERS)]
    others = index_others(names)
    listed = [folded(one.family_name + one.given_name) for one in names]
    listed += [folded(one.family_kana + one.given_kana) for one in names]
    in_the_office: dict[str, Side] = {
        "ours": lambda one: bool(scan(one.text, one.own, others=others)),
        "naive": lambda one: naive(one) or named(one, listed),
    }
    check(in_the_office, profiles)
    samples = piecewise(in_the_office, profiles)
    what = f"the same with the names of {OTHERS} other members / naive"
    yield Row("G10", what, ratio(samples, "ours", "naive") * 100, 5.0, "%", samples)

    ready: dict[str, Side] = {"ours": lambda one: bool(index_own(one.facts)), "naive": naive}
    samples = piecewise(ready, profiles)
    what = "making one member's facts ready / one naive scan"
    yield Row("G10", what, ratio(samples, "ours", "naive"), 1.0, "x", samples)


def piecewise(sides: Mapping[str, Side], profiles: list[Profile]) -> dict[str, list[float]]:
    """Seconds of each side over all profiles, a few profiles at a time: a busy moment falls on every side alike."""
    samples: dict[str, list[float]] = {name: [] for name in sides}
    names = list(sides)
    for turn in range(ROUNDS + 1):
        seconds = dict.fromkeys(names, 0.0)
        for place in range(0, len(profiles), PIECE):
            piece = profiles[place : place + PIECE]
            names.append(names.pop(0))  # nobody is always first to touch a text
            for name in names:
                side = sides[name]
                seconds[name] += seconds_of(lambda side=side, piece=piece: [side(one) for one in piece])
        if turn > 0:  # the first is to warm up
            for name in sides:
                samples[name].append(seconds[name])
    return samples


def check(sides: Mapping[str, Side], profiles: list[Profile]) -> None:
    """Every side raises the same flags, and some are raised."""
    flags = {name: [side(one) for one in profiles] for name, side in sides.items()}
    expected = [number % 100 < LEAKS_IN_A_HUNDRED for number in range(PROFILES)]
    wrong = {name: sum(a != b for a, b in zip(raised, expected, strict=True)) for name, raised in flags.items()}
    if any(wrong.values()):
        raise WrongAnswer(f"flags that should not be as they are: {wrong}")


def profile(number: int) -> Profile:
    """Some 450 characters in ordinary sentences; one text in a hundred gives its writer away."""
    dice = random.Random(SEED + number)
    facts = facts_of(number)
    text = ""
    while len(text) < CHARACTERS:
        text += dice.choice(_SENTENCES)
    if number % 100 < LEAKS_IN_A_HUNDRED:
        told = (
            f"{facts.family_name}{facts.given_name}と申します。",
            f"{facts.family_kana} {facts.given_kana}です。",
            f"連絡は{facts.phones[0]}まで。",
            "職場はＭＩＨＯＮ電機です。",
        )
        text = text[:200] + told[number // 100 % len(told)] + text[200:]
    romaji = (_FAMILY[number % len(_FAMILY)][2], _GIVEN[number % len(_GIVEN)][2])
    written = (
        facts.family_name + facts.given_name,
        facts.given_name + facts.family_name,
        facts.family_kana + facts.given_kana,
        facts.given_kana + facts.family_kana,
        "".join(romaji),
        "".join(reversed(romaji)),
        facts.phones[0],
        facts.phones[0][4:],
        facts.emails[0],
        facts.postal_code,
        "仮想町",
        "ＭＩＨＯＮ電機",
        "架空学院大学",
        facts.stations[0],
        facts.nicknames[0],
    )
    needles = tuple(map(folded, written))
    return Profile(text, needles, tuple(map(shadow, needles)), facts, index_own(facts))


def facts_of(number: int) -> OwnFacts:
    """A visibly synthetic member."""
    family, given = _FAMILY[number % len(_FAMILY)], _GIVEN[number % len(_GIVEN)]
    return OwnFacts(
        family_name=family[0],
        given_name=given[0],
        family_kana=family[1],
        given_kana=given[1],
        nicknames=(given[1][:2] + "ぴょん",),
        phones=(f"090-0000-{number:04d}",),
        emails=(f"member{number}@example.jp",),
        postal_code=f"999-{number:04d}",
        address_line=f"仮想町{number % 9 + 1}-{number % 20 + 1}-{number % 30 + 1}",
        employer="ＭＩＨＯＮ電機株式会社",
        school="架空学院大学",
        stations=("仮想中央駅",),
        birth_date=date(1975, 1, 1) + timedelta(days=number * 11),
    )


def member(number: int) -> MemberName:
    """Another member of the office; 300 different names of two kanji beside two."""
    dice = random.Random(SEED + number)
    kanji, kana = "仮例試架空見影夢想幻", "あいうえおかきくけこさしすせそたちつてとなにぬねの"
    return MemberName(
        family_name="".join(dice.choices(kanji, k=2)),
        given_name="".join(dice.choices(kanji, k=2)),
        family_kana="".join(dice.choices(kana, k=4)),
        given_kana="".join(dice.choices(kana, k=3)),
    )


def naive(one: Profile) -> bool:
    """Every fact and every pattern against the text, each time normalised as the fact needs it."""
    for needle in one.needles:
        if needle in folded(one.text):
            return True
    return any(pattern.search(unicodedata.normalize("NFKC", one.text).lower()) for pattern in _PATTERNS)


def floor(one: Profile) -> bool:
    """The least a scan can do that sees through width, script and marks."""
    plain = folded(one.text)
    for needle in one.needles:  # noqa: SIM110  # any() takes twice as long, and this is a floor
        if needle in plain:
            return True
    return False


def folding(one: Profile) -> bool:
    """The same over the scan's own folding."""
    plain = lean(one.text)
    dark = shadow(plain) if plain is not None else ""
    for needle in one.dark:  # noqa: SIM110
        if needle in dark:
            return True
    return False


def named(one: Profile, listed: list[str]) -> bool:
    plain = folded(one.text)
    return any(name in plain for name in listed)


def folded(text: str) -> str:
    """Width, case, script and marks, as one would write it first."""
    return _NOT_LETTERS.sub("", unicodedata.normalize("NFKC", text).lower().translate(_HIRAGANA))
