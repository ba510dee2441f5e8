"""The order of the interview: which steps there are, what is still missing, where a resumed one opens."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum

from nakodo_desktop.domain import catalog
from nakodo_desktop.domain.fields import Field, Kind, Section
from nakodo_desktop.domain.values import Answers, Value


@dataclass(frozen=True)
class Step:
    """One entry of the rail. `sections` are the catalogue sections asked there, in order."""

    key: str
    title: str
    sections: tuple[Section, ...] = ()


STEPS = (
    Step("purposes", "利用目的の説明", (catalog.PURPOSES,)),
    Step("consents", "同意の確認", (catalog.CONSENTS,)),
    Step("identity", "本人確認", (catalog.IDENTITY,)),
    Step("basics", "お名前・ご連絡先", (catalog.BASICS,)),
    Step("career", "ご経歴・お仕事", (catalog.CAREER,)),
    Step("marriage", "婚歴・ご家族", (catalog.MARRIAGE,)),
    Step("life", "お人柄・生活", (catalog.LIFE_STYLE, catalog.SPECIAL_CARE)),
    Step("wishes", "お相手への希望", (catalog.WISHES,)),
    Step("photo", "写真", (catalog.PHOTOS,)),
    Step("preview", "掲載内容の確認", (catalog.SITE,)),
    Step("declaration", "独身誓約書"),
    Step("finish", "確認して完了"),
)
STEP: dict[str, Step] = {step.key: step for step in STEPS}
STEP_OF_FIELD: dict[str, str] = {
    field.key: step.key for step in STEPS for section in step.sections for field in section.fields
} | {field.key: "finish" for field in catalog.NOTES.fields}


class StepState(Enum):
    """What the rail shows. A step is done only when it was visited and misses nothing."""

    OPEN = "open"
    MISSING = "missing"
    DONE = "done"


@dataclass(frozen=True)
class Missing:
    """One required fact not answered yet; the review links to it."""

    step: str
    field_key: str
    label: str


# A confirmation counts only when it is ticked: "not confirmed" is not an answer that completes an interview.
_MUST_BE_TRUE = frozenset(
    {
        "purpose_shown",
        "identity_name_matches",
        "identity_birth_matches",
        "identity_photo_matches",
        "identity_returned",
    }
)


def next_step(step: str) -> str | None:
    """The step after `step`, or None at the end."""
    keys = [s.key for s in STEPS]
    i = keys.index(step) + 1
    return keys[i] if i < len(keys) else None


def previous_step(step: str) -> str | None:
    """The step before `step`, or None at the start."""
    keys = [s.key for s in STEPS]
    i = keys.index(step)
    return keys[i - 1] if i else None


def fields_of(step: str) -> tuple[Field, ...]:
    return tuple(field for section in STEP[step].sections for field in section.fields)


def is_answered(field: Field, answers: Answers) -> bool:
    value = answers.get(field.key)
    if field.key in _MUST_BE_TRUE:
        return value is True
    if isinstance(value, str):
        return bool(value.strip())
    if field.kind is Kind.FLAG:
        return True  # an unticked box is a "no"
    return value is not None and value != ()


def missing(step: str, answers: Answers) -> tuple[Missing, ...]:
    """The required facts of `step` that are not answered yet."""
    return tuple(
        Missing(step, field.key, field.label)
        for field in fields_of(step)
        if field.is_required(answers) and not is_answered(field, answers)
    )


def all_missing(answers: Answers) -> tuple[Missing, ...]:
    """Everything that still keeps the interview from being completed, in order."""
    return tuple(lack for step in STEPS for lack in missing(step.key, answers))


def first_incomplete(answers: Answers) -> str:
    """Where a resumed interview opens; the review when nothing is missing."""
    return next((step.key for step in STEPS if missing(step.key, answers)), STEPS[-1].key)


def state_of(step: str, answers: Answers, *, visited: Collection[str]) -> StepState:
    if step not in visited:
        return StepState.OPEN
    return StepState.MISSING if missing(step, answers) else StepState.DONE


def without_unasked(answers: Answers) -> dict[str, Value]:
    """The answers whose condition holds. A special-care answer given before the consent was refused must not stay."""
    kept = dict(answers)
    for field in catalog.FIELDS.values():
        if not field.is_asked(kept):
            kept.pop(field.key, None)
    return kept
