"""Which few items pick one person out of a batch; after this nobody need count combinations.

It counts only inside the batch. A face photo makes everybody recognisable to those who know them: `PHOTO_SENTENCE`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from operator import attrgetter, itemgetter

from nakodo_desktop.domain.occupation import GROUPS
from nakodo_desktop.domain.site_context import Coarsening
from nakodo_desktop.domain.site_item import SITE_LABELS, SiteProfile, shown_values

K = 10
MOST_ITEMS = 3
_MOST_SIZES = 4  # more are no longer read
PHOTO_SENTENCE = "顔写真があるので、どれだけ項目をまるめても、知り合いにはご本人だと分かります。"

Row = tuple[Hashable, ...]

# What a stranger may know of somebody. Texts and photos are looked at by eye, not counted.
_READ: dict[str, str] = {
    "sex": "sex",
    "birth_year": "birth_year",
    "area_label": "area_label",
    "industry_label": "industry_label",
    "employment_type": "employment_type",
    "education": "education",
    "height_cm": "height_cm.low",
    "weight_kg": "weight_kg.low",
    "birth_month_day": "birth_month_day",
    "school_name": "school_name",
}
ITEMS = tuple(_READ)
_COARSER = {
    "height_cm": Coarsening.BAND_MEASURES,
    "weight_kg": Coarsening.BAND_MEASURES,
    "area_label": Coarsening.HIDE_CITY,
    "industry_label": Coarsening.GROUP_INDUSTRY,
}
_GROUP_LABELS = frozenset(GROUPS.values())


@dataclass(frozen=True)
class Combination:
    """Some items of one person and how many of the batch share their values."""

    items: tuple[str, ...]  # of ITEMS
    people: int


@dataclass(frozen=True)
class Person:
    """How well one profile hides in the batch."""

    site_id: str
    people_alike: int  # sharing all items, the person included
    alone_by: tuple[Combination, ...]  # the shortest combinations that leave nobody else
    coarsenings: tuple[Coarsening, ...]  # what could be made coarser among those items

    @property
    def is_singled_out(self) -> bool:
        return bool(self.alone_by)


@dataclass(frozen=True)
class Report:
    """The batch as a stranger could sift it."""

    people: tuple[Person, ...]  # in the order of the profiles
    class_sizes: Mapping[int, int]  # people alike → how many people are in such classes

    @property
    def smallest_class(self) -> int:
        return min(self.class_sizes, default=0)

    @property
    def singled_out(self) -> tuple[Person, ...]:
        return tuple(person for person in self.people if person.is_singled_out)

    def people_below(self, k: int = K) -> int:
        """How many share all items with fewer than k people."""
        return sum(people for size, people in self.class_sizes.items() if size < k)


def rows_of(profiles: Sequence[SiteProfile]) -> list[Row]:
    """The countable items of each profile, in the order of ITEMS."""
    read: Callable[[SiteProfile], Row] = attrgetter(*_READ.values())
    return list(map(read, profiles))


def summary(found: Report, *, k: int = K) -> str:
    """The batch in two sentences for the export screen."""
    total, lonely, few = len(found.people), len(found.singled_out), found.people_below(k)
    return (
        f"{total}人のうち{lonely}人は、{MOST_ITEMS}つ以内の項目で1人に絞られます。"
        f"すべての項目が同じ人が{k}人に満たない方は{few}人です。"
    )


def sizes_in_words(found: Report) -> str:
    """How many people share all their items with how many: 「1人だけの方が25人、2人の組の方が2人です。」"""
    sizes = sorted(found.class_sizes.items())
    told = [f"{'1人だけ' if size == 1 else f'{size}人の組'}の方が{people}人" for size, people in sizes[:_MOST_SIZES]]
    more = sum(people for _, people in sizes[_MOST_SIZES:])
    if more:
        told.append(f"それより大きな組の方が{more}人")
    return f"すべての項目が同じ人どうしを組にすると、{'、'.join(told)}です。" if told else ""


def class_sizes(rows: Sequence[Row]) -> Counter[Row]:
    """How many rows are alike in every item; its smallest value is the k of k-anonymity."""
    return Counter(rows)


def smallest_class(rows: Sequence[Row]) -> int:
    """The k of k-anonymity; 0 for no rows."""
    return min(class_sizes(rows).values(), default=0)


def report(profiles: Sequence[SiteProfile]) -> Report:
    """Count every combination of one to three items over the batch."""
    rows = rows_of(profiles)
    alike = class_sizes(rows)
    alone: list[list[tuple[int, ...]]] = [[] for _ in rows]
    for size in range(1, MOST_ITEMS + 1):
        for places in combinations(range(len(ITEMS)), size):
            _mark_the_lonely(rows, places, alone)
    people = tuple(
        _person(profile, alike[row], found) for profile, row, found in zip(profiles, rows, alone, strict=True)
    )
    sizes: Counter[int] = Counter()
    for count in alike.values():
        sizes[count] += count
    return Report(people, sizes)


def _mark_the_lonely(rows: Sequence[Row], places: tuple[int, ...], alone: list[list[tuple[int, ...]]]) -> None:
    """Note the places for every row that is the only one with its values there, unless fewer places did already."""
    keys = list(map(itemgetter(*places), rows))
    counts = Counter(keys)
    for found, key in zip(alone, keys, strict=True):
        if counts[key] == 1 and not any(set(fewer) <= set(places) for fewer in found):
            found.append(places)


def _person(profile: SiteProfile, people_alike: int, found: Sequence[tuple[int, ...]]) -> Person:
    shortest = min((len(places) for places in found), default=0)
    combos = tuple(
        Combination(tuple(ITEMS[place] for place in places), 1) for places in found if len(places) == shortest
    )
    items = dict.fromkeys(item for combo in combos for item in combo.items)
    coarsenings = tuple(
        dict.fromkeys(_COARSER[item] for item in items if item in _COARSER and _can_be_coarser(profile, item))
    )
    return Person(profile.site_id, people_alike, combos, coarsenings)


def _can_be_coarser(profile: SiteProfile, item: str) -> bool:
    match item:
        case "height_cm":
            return profile.height_cm.is_exact
        case "weight_kg":
            return profile.weight_kg.is_exact
        case "area_label":
            return profile.area_label.endswith("市") and not profile.area_label.endswith(("市部", "郡部"))
        case _:
            return profile.industry_label not in _GROUP_LABELS


def words_of(combination: Combination, profile: SiteProfile) -> str:
    """「さいたま市」・「地方公務員」の人は、この一覧に1人だけです。"""
    shown = shown_values(profile)
    values = "・".join(f"{SITE_LABELS[item]}「{shown[item]}」" for item in combination.items)
    return f"{values}の人は、この一覧に{combination.people}人だけです。"
