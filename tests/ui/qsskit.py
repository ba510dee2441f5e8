"""Reads the program's style sheet as Qt would: which colour stands on which ground, for every look a rule describes."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

_COMPOUND = re.compile(r"(?P<type>\w+)?(?P<attrs>(?:\[[^\]]*\])*)(?:::(?P<sub>[\w-]+))?(?P<states>(?::[\w-]+)*)")
_TOKEN = re.compile(r"\$(\w+)")


@dataclass(frozen=True)
class Compound:
    """QPushButton[kind="chip"]:checked, or a part of a widget: QMenu::item:selected."""

    kind: str
    attrs: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    sub: str = ""

    def describes(self, other: Compound) -> bool:
        """Whether a rule for it holds for `other`, too."""
        return (
            self.kind in (other.kind, "QWidget")
            and self.sub == other.sub
            and self.attrs <= other.attrs
            and self.states <= other.states
        )


@dataclass(frozen=True)
class Selector:
    target: Compound
    inside: tuple[Compound, ...] = ()

    def describes(self, other: Selector) -> bool:
        return self.target.describes(other.target) and all(
            any(mine.describes(theirs) for theirs in other.inside) for mine in self.inside
        )

    @property
    def weight(self) -> tuple[int, int]:
        """As in CSS 2: attributes and states first, then types; a part counts as a type."""
        every = (self.target, *self.inside)
        return (
            sum(len(one.attrs) + len(one.states) for one in every),
            sum(bool(one.kind) + bool(one.sub) for one in every),
        )


@dataclass(frozen=True)
class Look:
    """What text of one look is written in, on what; a token's name, "transparent" or "" when nothing says so."""

    selector: Selector
    ink: str
    ground: str


Rule = tuple[Selector, dict[str, str]]


def rules(sheet: str) -> list[Rule]:
    """In the order in which they stand."""
    found = []
    for heads, body in re.findall(r"([^{}]+)\{([^{}]*)\}", re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)):
        told = dict(part.split(":", 1) for part in body.split(";") if ":" in part)
        for head in heads.split(","):
            found.append((_selector(head), {key.strip(): value.strip() for key, value in told.items()}))
    return found


def looks(sheet: str) -> Iterator[Look]:
    """Every look: what a rule names, in every state in which a rule sees such a widget, but the disabled ones."""
    cascade = sorted(enumerate(rules(sheet)), key=lambda one: (one[1][0].weight, one[0]))
    ordered = [rule for _, rule in cascade]
    for selector in _variants([selector for selector, _ in ordered]):
        whole = replace(selector, target=replace(selector.target, sub="", states=frozenset()))
        told: dict[str, str] = {}
        for described in (whole, selector) if selector.target.sub else (selector,):
            for rule, said in ordered:
                if rule.describes(described):
                    told |= said
        yield Look(selector, _token(told, "color"), _token(told, "background", "background-color"))
        if "selection-color" in told:
            yield Look(selector, _token(told, "selection-color"), _token(told, "selection-background-color"))


def _variants(selectors: list[Selector]) -> list[Selector]:
    groups: dict[tuple[str, str, tuple[Compound, ...]], tuple[set[frozenset[str]], set[frozenset[str]]]] = {}
    for one in selectors:
        attrs, states = groups.setdefault((one.target.kind, one.target.sub, one.inside), ({frozenset()}, {frozenset()}))
        attrs.add(one.target.attrs)
        states.add(one.target.states)
    return [
        Selector(Compound(kind, attrs, states, sub), inside)
        for (kind, sub, inside), (every_attrs, every_states) in groups.items()
        for attrs, states in itertools.product(every_attrs, every_states)
        if "disabled" not in states
    ]


def _selector(text: str) -> Selector:
    *inside, target = [_compound(part) for part in re.sub(r"\s*>\s*", " ", text.strip()).split()]
    return Selector(target, tuple(inside))


def _compound(text: str) -> Compound:
    match = _COMPOUND.fullmatch(text)
    assert match is not None, text
    states = frozenset(filter(None, match["states"].split(":")))
    return Compound(
        match["type"] or "", frozenset(re.findall(r"\[([^\]]*)\]", match["attrs"])), states, match["sub"] or ""
    )


def _token(told: dict[str, str], *names: str) -> str:
    said = next((told[name] for name in names if name in told), "")
    match = _TOKEN.search(said)
    return match[1] if match else said
