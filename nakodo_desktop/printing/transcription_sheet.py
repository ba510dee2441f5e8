"""The 転記シート: a batch of 仮名プロフィール on paper, for typing into the association's site one after the other.

It takes `SiteProfile`s, so nothing can stand on it that may not leave the office.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from nakodo_desktop.domain.japanese import format_seireki
from nakodo_desktop.domain.site_item import SITE_LABELS, SiteProfile, shown_values
from nakodo_desktop.printing.flow import Sheet, Strip, compose, heading, paragraph, space
from nakodo_desktop.printing.fonts import FaceName
from nakodo_desktop.printing.page import LEFT, MM, RIGHT, TINT, WIDTH, Page
from nakodo_desktop.printing.table import Pair, rows, together
from nakodo_desktop.printing.text import P, Style

_NAME = Style(size=13, min_size=9, max_lines=1)
_ID = Style(size=8.5, face=FaceName.SANS, min_size=7, max_lines=1)
_TICK = Style(size=8, face=FaceName.SANS)
_IN_HEAD = ("site_id", "pseudonym")


@dataclass(frozen=True, kw_only=True)
class TranscriptionSheet:
    """One batch as it stands in its bundle."""

    office_name: str
    recipient_name: str
    seq: int  # 1, 2, 3 … per recipient
    batch_id: str
    day: date
    profiles: tuple[SiteProfile, ...]
    removals: tuple[str, ...]  # site ids to take off the site


def render_transcription_sheet(batch: TranscriptionSheet) -> bytes:
    """As many A4 pages as it takes; a profile is never parted. Raises: NotPrintable."""
    strips = [
        paragraph(
            "協会の会員検索サイトに入力するための一覧です。仮名でも、写真とあわせるとご本人が分かることがあります。"
            "入力が終わったら、事務所の決めた方法で処分してください。",
            field="転記シート",
        )
    ]
    if batch.removals:
        strips += [
            heading("先に取り下げるもの", note=f"{len(batch.removals)}件"),
            *_removals(batch.removals),
            space(2),
        ]
    total = len(batch.profiles)
    for number, profile in enumerate(batch.profiles, start=1):
        strips += together([_profile_head(profile, place=f"{number} / {total}"), *_items(profile), space(4)])
    sheet = Sheet(
        title="転記シート",
        asides=(
            f"{batch.office_name} から {batch.recipient_name} へ",
            f"第{batch.seq}回　{format_seireki(batch.day)}　{total}件",
            f"提出番号 {batch.batch_id}",
        ),
        foot="仮名プロフィール　取扱注意　本ソフトは準備支援であり、適法性を保証しません",
    )
    return compose(sheet, strips)


def _profile_head(profile: SiteProfile, *, place: str) -> Strip:
    name = P(profile.pseudonym, _NAME, width=70 * MM, field=SITE_LABELS["pseudonym"])
    number = P(place, _ID, width=18 * MM, field="番号")
    site_id = P(f"{SITE_LABELS['site_id']} {profile.site_id}", _ID, width=62 * MM, field=SITE_LABELS["site_id"])
    height = 8.4

    def draw(page: Page, y: float) -> None:
        page.box(LEFT, y, width=WIDTH, height=height, tint=TINT)
        page.block_centred(number, x=LEFT + 2, y=y, height=height)
        page.block_centred(name, x=LEFT + 20, y=y, height=height)
        page.block_centred(site_id, x=LEFT + 92, y=y, height=height)
        page.tick("転記済", _TICK, x=RIGHT - 17, y=y, height=height)

    return Strip(height, draw)


def _items(profile: SiteProfile) -> list[Strip]:
    shown = shown_values(profile)
    return rows([Pair(SITE_LABELS[key], value) for key, value in shown.items() if key not in _IN_HEAD])


def _removals(site_ids: Sequence[str]) -> list[Strip]:
    """Two to a line, each with its tick box."""
    return [_removal_line(site_ids[start : start + 2]) for start in range(0, len(site_ids), 2)]


def _removal_line(site_ids: Sequence[str]) -> Strip:
    blocks = [P(site_id, _TICK, width=WIDTH / 2 * MM, field=SITE_LABELS["site_id"]) for site_id in site_ids]

    def draw(page: Page, y: float) -> None:
        for place, block in enumerate(blocks):
            page.tick_block(block, x=LEFT + 4 + place * WIDTH / 2, y=y, height=6)

    return Strip(6.0, draw)
