"""Everything written can be read, in both themes. The pairs come from the style sheet itself: a new rule is tested."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from nakodo_desktop.ui.theme import STYLE_SHEET
from nakodo_desktop.ui.tokens import DARK, LIGHT, TONES, Token, contrast
from tests.ui.qsskit import Look, looks, rules

SHEET = STYLE_SHEET.read_text(encoding="utf-8")
READABLE = 4.5  # WCAG 2.2, 1.4.3
BOTH = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
# Dots in place of a masked number, and nothing else: whoever wants to read it presses the eye. Disabled text is exempt.
NOT_READ = frozenset({"faint"})
# Transparent widgets that stand on one ground only, and no rule says so.
STANDS_ON = {'kind="nav"': "side", 'kind="toast"': "text", 'role="toast"': "text"}
# Parts and widgets that show no words: marks, handles, and the round button of a toast with its picture.
WORDLESS = re.compile(r"indicator|handle|chunk|separator|drop-down|pane|.*-arrow|.*-line|.*-page|corner")
NEUTRAL = frozenset({"bg", "surface", "sunken"})
PAINTED = frozenset({"sel"})  # the chosen row of a list, which paints its own words
PLAIN_INKS = frozenset({"text", "muted"})


def grounds() -> dict[str, str]:
    """What a transparent widget may lie on: ground property → token."""
    found = {}
    for selector, told in rules(SHEET):
        for attr in selector.target.attrs:
            if attr.startswith("ground=") and not selector.inside and "$" in told.get("background", ""):
                found[attr.removeprefix("ground=").strip('"')] = told["background"].removeprefix("$")
    return found


def lies_on(look: Look) -> set[str]:
    """The grounds on which this look is read."""
    if look.ground not in ("", "transparent"):
        return {look.ground}
    known = grounds()
    for compound in (look.selector.target, *look.selector.inside):
        for attr in compound.attrs:
            if attr in STANDS_ON:
                return {STANDS_ON[attr]}
            if compound is not look.selector.target and attr.startswith("ground="):
                return {known[attr.removeprefix("ground=").strip('"')]}
    pages = set(known.values()) - {"side", "text"}
    if look.ink in PLAIN_INKS:
        return pages | PAINTED
    own = {ground for ink, ground in TONES.values() if ink == look.ink}
    return {*NEUTRAL, *(own & pages)} | (PAINTED if look.ink in {"ok", "warn", "bad"} else set())


def pairs() -> dict[tuple[str, str], str]:
    """(ink, ground) → one of the looks that have it."""
    found: dict[tuple[str, str], str] = {}
    for look in looks(SHEET):
        if WORDLESS.fullmatch(look.selector.target.sub) or _is_picture(look):
            continue
        if look.ink and look.ink != "transparent" and look.ink not in NOT_READ:
            for ground in lies_on(look):
                found.setdefault((look.ink, ground), str(look.selector))
    return found | dict.fromkeys(TONES.values(), "TONES")


def _is_picture(look: Look) -> bool:
    in_toast = any('ground="toast"' in one.attrs for one in look.selector.inside)
    return in_toast and look.selector.target.kind == "QToolButton"


@BOTH
def test_every_pair_that_a_rule_makes_is_readable(tokens: Mapping[Token, str]) -> None:
    weak = {
        f"{ink} on {ground}": (round(contrast(tokens[ink], tokens[ground]), 2), where)  # type: ignore[index]  # a token
        for (ink, ground), where in pairs().items()
        if contrast(tokens[ink], tokens[ground]) < READABLE  # type: ignore[index]  # of the sheet
    }
    assert weak == {}


def test_the_pairs_are_those_of_the_sheet() -> None:
    """The reader is not blind: pairs that are known to be there, from every way a rule can make one."""
    found = pairs()
    for pair in (
        ("on_accent", "accent"),  # a primary button
        ("on_accent", "accent_h"),  # under the mouse
        ("on_accent", "bad"),  # a dangerous one
        ("surface", "text"),  # pressed; a toast; a tool tip
        ("text", "bad_soft"),  # a field with an error
        ("accent", "accent_soft"),  # a chosen chip
        ("side_t", "side_h"),  # the side bar under the mouse
        ("on_side", "side_h"),
        ("side_m", "side"),
        ("text", "line"),  # a pressed button
        ("text", "sel"),  # a menu's line
        ("muted", "warn_soft"),  # a hint in a banner
        ("rose", "rose_soft"),
        ("muted", "surface"),
    ):
        assert pair in found, pair


@pytest.mark.parametrize(
    ("rule", "pair"),
    [
        ('QPushButton[kind="new"] { background: $warn; color: $faint; }', ("faint", "warn")),
        ('QPushButton[kind="new"]:hover { background: $line2; }', ("text", "line2")),
        ('QLabel[role="new"] { color: $line2; }', ("line2", "bg")),
        ('QFrame[ground="new"] { background: $line2; }', ("muted", "line2")),
        ("QMenu::item:checked { background: $line2; }", ("text", "line2")),
    ],
)
def test_a_new_rule_is_tested_by_itself(rule: str, pair: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.ui.test_contrast.SHEET", SHEET + rule)
    monkeypatch.setattr("tests.ui.test_contrast.NOT_READ", frozenset())
    assert pair in pairs()
