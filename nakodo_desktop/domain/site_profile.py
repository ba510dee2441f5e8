"""After this, nobody decides what leaves: answers become a 仮名プロフィール by rules, or a list of what stops it.

Allow-list: the answers are read only through the fields named in SITE_FIELDS and their steering answers.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from nakodo_desktop.domain.catalog import FIELDS, SITE_FIELDS
from nakodo_desktop.domain.leak_finding import Finding
from nakodo_desktop.domain.rule_result import Outcome
from nakodo_desktop.domain.site_context import SiteContext
from nakodo_desktop.domain.site_item import SITE_LABELS, SiteProfile
from nakodo_desktop.domain.site_rules import RULES, Item, SiteValue
from nakodo_desktop.domain.values import Answers, Problem

# The association's form counts twelve items; sex and photo stand beside them.
ITEM_NUMBERS: dict[str, str] = {
    "pseudonym": "1",
    "sex": "–",
    "height_cm": "2",
    "weight_kg": "2",
    "new_religion": "3",
    "disability": "4",
    "area_label": "5",
    "industry_label": "6",
    "employment_type": "7",
    "birth_year": "8",
    "birth_month_day": "8",
    "education": "9",
    "school_name": "9",
    "hobbies": "10",
    "qualifications": "11",
    "skills": "11",
    "family": "12",
    "photos": "–",
}


@dataclass(frozen=True, kw_only=True)
class ItemTrace:
    """One line of the preview: the record on the left, what leaves on the right, and why."""

    key: str  # of SITE_LABELS
    item_no: str
    label: str
    field_key: str  # the catalogue field to mend
    before: str = field(repr=False)
    shown: str = field(repr=False)
    outcome: Outcome
    reason: str = field(repr=False)
    hint: str = field(repr=False)
    findings: tuple[Finding, ...] = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class SiteDraft:
    """What would leave and what stops it. `profile` exists only when nothing stops it."""

    items: tuple[ItemTrace, ...]
    blockers: tuple[Problem, ...] = field(repr=False)
    profile: SiteProfile | None = field(repr=False)
    rule_version: str

    @property
    def is_ready(self) -> bool:
        return self.profile is not None


def build(answers: Answers, context: SiteContext) -> SiteDraft:
    """Apply every rule, in the order of the association's form."""
    items = {item.key: item for key in SITE_FIELDS for item in _applied(key, answers, context)}
    traces = tuple(_trace(items[key]) for key in SITE_LABELS if key in items)
    blockers = tuple(Problem(trace.field_key, trace.reason) for trace in traces if trace.outcome is Outcome.BLOCKED)
    return SiteDraft(
        items=traces,
        blockers=blockers,
        profile=None if blockers else _profile({key: item.value for key, item in items.items()}, context),
        rule_version=context.rule_version,
    )


def _applied(key: str, answers: Answers, context: SiteContext) -> tuple[Item, ...]:
    fact = FIELDS[key]
    return tuple(RULES[fact.site][key](fact, answers, context))


def _trace(item: Item) -> ItemTrace:
    return ItemTrace(
        key=item.key,
        item_no=ITEM_NUMBERS[item.key],
        label=SITE_LABELS[item.key],
        field_key=item.field_key,
        before=item.before,
        shown=item.result.value,
        outcome=item.result.outcome,
        reason=item.result.reason,
        hint=item.result.hint,
        findings=item.findings,
    )


def _profile(values: dict[str, SiteValue], context: SiteContext) -> SiteProfile:
    texts = {key: values[key] or "" for key in ("hobbies", "qualifications", "skills")}
    return SiteProfile(site_id=context.site_id, **(values | texts))  # type: ignore[arg-type]  # keyed by attribute
