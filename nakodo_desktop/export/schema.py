"""After importing this nobody guesses what a bundle's JSON may hold: the shapes, and every way a text misses them.

The same models judge what this office writes and what an association receives; docs/*.schema.json are made from them.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from nakodo_desktop.domain.site_item import Relative, SiteProfile, Span
from nakodo_desktop.export.canonical_json import Json, canonical_json, is_canonical
from nakodo_desktop.export.findings import Finding, Reason

FORMAT_VERSION = 1
KIND = "nakodo-site-profiles"
MAX_PHOTOS = 3

# No control, formatting (bidi, zero-width) or private-use character: what is read is what is there.
_LINE = r"^[^\p{Cc}\p{Cf}\p{Co}\u2028\u2029]*$"
_LINES = r"^(?:[^\p{Cc}\p{Cf}\p{Co}\u2028\u2029]|\n)*$"


def _real_day(text: str) -> str:
    date.fromisoformat(f"2000-{text}")  # a leap year: 02-29 is somebody's birthday
    return text


def _all_different(items: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(items)) != len(items):
        raise ValueError("doubled")
    return items


SiteId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{26}$")]
BatchId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{26}$")]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{0,19}$")]
Hex32 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
PhotoName = Annotated[str, StringConstraints(pattern=r"^photos/[0-9a-f]{26}\.jpg$")]
FileName = Annotated[
    str,
    StringConstraints(pattern=r"^(profiles\.json|profiles\.csv|transcription_sheet\.pdf|photos/[0-9a-f]{26}\.jpg)$"),
]
Label = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=_LINE)]
Text = Annotated[str, StringConstraints(max_length=2000, pattern=_LINES)]
MonthDay = Annotated[str, StringConstraints(pattern=r"^\d\d-\d\d$"), AfterValidator(_real_day)]


class _Shape(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class SpanRow(_Shape):
    """A measure: exact when low equals high, else a band with both ends included."""

    low: Annotated[int, Field(ge=1, le=300)]
    high: Annotated[int, Field(ge=1, le=300)]


class RelativeRow(_Shape):
    """One person of the family."""

    relation: Literal["父", "母", "兄", "姉", "弟", "妹"]
    state: Literal["存命", "逝去"]


class ProfileRow(_Shape):
    """One 仮名プロフィール: twelve items, sex and photos."""

    site_id: SiteId
    pseudonym: Label
    sex: Literal["男性", "女性"]
    height_cm: SpanRow
    weight_kg: SpanRow
    new_religion: Literal["なし", "あり", "回答しない"]
    disability: Literal["なし", "あり", "回答しない"]
    area_label: Label
    industry_label: Label
    employment_type: Label
    birth_year: Annotated[int, Field(ge=1900, le=2100)]
    birth_month_day: MonthDay | None
    education: Literal["高卒", "専門卒", "大卒"]
    school_name: Label | None
    hobbies: Text
    qualifications: Text
    skills: Text
    family: Annotated[tuple[RelativeRow, ...], Field(max_length=20)]
    photos: Annotated[tuple[PhotoName, ...], Field(min_length=1, max_length=MAX_PHOTOS), AfterValidator(_all_different)]


class ProfilesFile(_Shape):
    """profiles.json: everybody to be shown, sorted by site_id."""

    v: Literal[1]
    batch: BatchId
    profiles: tuple[ProfileRow, ...]


class PartyRow(_Shape):
    """The association a bundle is addressed to."""

    code: Code
    name: Label


class IssuerRow(PartyRow):
    """The office that signed, with the Ed25519 key it signed with."""

    public_key: Hex32


class PreviousRow(_Shape):
    """The batch this one replaces, named by the SHA-256 of its manifest.json."""

    seq: Annotated[int, Field(ge=1)]
    manifest_sha256: Hex32


class Manifest(_Shape):
    """manifest.json: who gives what to whom, and the length and SHA-256 of every file."""

    v: Literal[1]
    kind: Literal["nakodo-site-profiles"]
    issuer: IssuerRow
    to: PartyRow
    batch: BatchId
    seq: Annotated[int, Field(ge=1, le=999_999)]
    day: date
    count: Annotated[int, Field(ge=0)]
    previous: PreviousRow | None
    removals: Annotated[tuple[SiteId, ...], AfterValidator(_all_different)]
    rules: Label
    files: dict[FileName, tuple[Annotated[int, Field(ge=0)], Hex32]]


_Model = TypeVar("_Model", bound=BaseModel)


def parse(model: type[_Model], data: bytes, *, reason: Reason) -> _Model | list[Finding]:
    """The model these bytes say, or everything that is wrong with them, by place and never by value."""
    if not is_canonical(data):
        return [Finding(reason, "JSONが一通りの書き方になっていません")]
    try:
        return model.model_validate_json(data)
    except ValidationError as failed:
        errors = failed.errors(include_url=False, include_context=False, include_input=False)
        return [Finding(reason, _where(error["loc"], error["type"])) for error in errors]


def profiles_json(profiles: list[SiteProfile], *, batch: str) -> bytes:
    rows: list[Json] = [asdict(profile) for profile in profiles]
    return canonical_json({"v": FORMAT_VERSION, "batch": batch, "profiles": rows})


def site_profile_of(row: ProfileRow) -> SiteProfile:
    plain = {key: getattr(row, key) for key in ProfileRow.model_fields}
    measures = {key: Span(low=plain[key].low, high=plain[key].high) for key in ("height_cm", "weight_kg")}
    family = tuple(Relative(relation=one.relation, state=one.state) for one in row.family)
    return SiteProfile(**plain | measures | {"family": family})


_WHAT = {
    "missing": "ありません",
    "extra_forbidden": "書式にない項目です",
    "string_pattern_mismatch": "使えない文字か形です",
    "string_too_short": "空です",
    "string_too_long": "長すぎます",
    "literal_error": "決められた言葉ではありません",
    "json_invalid": "JSONではありません",
    "value_error": "あり得ない値です",
}


def _where(place: tuple[int | str, ...], kind: str) -> str:
    steps = "・".join(f"{step + 1}件目" if isinstance(step, int) else step for step in place)
    return f"{steps}: {_WHAT.get(kind, '型か大きさが違います')}" if steps else _WHAT.get(kind, "型が違います")
