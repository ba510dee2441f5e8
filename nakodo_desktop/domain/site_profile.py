"""From the record to the profile that leaves: by allow-list, item by item, each with the reason in words.

Only the keys of `catalog.SITE_FIELDS` have a rule here, and `SiteProfile` has no place for anything else. The texts
are scanned for what gives the member away; a blocked item means that there is no profile.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from nakodo_desktop.domain import catalog, occupation
from nakodo_desktop.domain.answers import family_pairs
from nakodo_desktop.domain.leak_finding import Finding
from nakodo_desktop.domain.leak_others import NOBODY_ELSE, OthersIndex
from nakodo_desktop.domain.leak_own import OwnIndex
from nakodo_desktop.domain.leak_scan import scan
from nakodo_desktop.domain.municipality import AreaClass, Municipality, area_label
from nakodo_desktop.domain.occupation import OccupationWords, Precision
from nakodo_desktop.domain.pseudonym import pseudonym_trouble
from nakodo_desktop.domain.rule_result import Outcome, RuleResult
from nakodo_desktop.domain.site_item import SITE_LABELS, Relative, SiteProfile, Span
from nakodo_desktop.domain.values import Answers, Problem

RULE_VERSION = "2026-11-01"
BAND_WIDTH = 5  # cm and kg

# catalogue key of the answer → item of the site, in the form's order
ITEM_OF: Mapping[str, str] = {
    "pseudonym": "pseudonym",
    "sex": "sex",
    "height_cm": "height_cm",
    "weight_kg": "weight_kg",
    "new_religion_flag": "new_religion",
    "disability_flag": "disability",
    "municipality": "area_label",
    "industry": "industry_label",
    "employment_type": "employment_type",
    "birth_date": "birth_year",
    "education_level": "education",
    "hobbies": "hobbies",
    "qualifications": "qualifications",
    "skills": "skills",
    "family_members": "family",
    "photo_upper": "photos",
}
_OPT_IN_ITEMS = {"birth_month_day": "birth_date", "school_name": "school_name"}


@dataclass(frozen=True, kw_only=True)
class Release:
    """Why a doubtful finding in one text may leave all the same; another text asks again."""

    field_key: str
    kind: str  # LeakKind value
    text: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class SiteContext:
    """What the rules must know besides the answers."""

    site_id: str
    own: OwnIndex
    municipality: Municipality | None
    area_class: AreaClass
    words: OccupationWords
    consents: frozenset[str]  # scopes that hold today
    photos: tuple[str, ...]  # file names inside the bundle, the upper body first
    others: OthersIndex = NOBODY_ELSE
    taken_pseudonyms: Collection[str] = ()
    releases: tuple[Release, ...] = ()
    bands_measures: bool = False
    small_city_area: Literal["city", "prefecture"] = "city"
    small_city_occupation: Literal["industry", "group"] = "industry"
    is_coarser: bool = False  # the matchmaker asked for less than the rules allow


@dataclass(frozen=True, kw_only=True)
class ItemTrace:
    """One line of the preview. `before` is the record's own value: for the screen only, never for a log."""

    item: str  # key of SITE_LABELS
    label: str
    field_key: str
    result: RuleResult
    findings: tuple[Finding, ...] = ()

    @property
    def blocks(self) -> bool:
        return self.result.outcome is Outcome.BLOCKED


@dataclass(frozen=True)
class SiteDraft:
    """What would leave, and why. `profile` is None while an item blocks."""

    traces: tuple[ItemTrace, ...]
    profile: SiteProfile | None = field(repr=False)

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(Problem(t.field_key, t.result.reason) for t in self.traces if t.blocks)


def build(answers: Answers, context: SiteContext) -> SiteDraft:
    """Apply every rule; nothing outside ITEM_OF and the two opt-ins is looked at."""
    traces = []
    for item, key in (
        *((item, key) for key, item in ITEM_OF.items()),
        *_OPT_IN_ITEMS.items(),
    ):
        result, findings = _RULES[item](key, answers, context)
        traces.append(ItemTrace(item=item, label=SITE_LABELS[item], field_key=key, result=result, findings=findings))
    order = list(SITE_LABELS)
    traces.sort(key=lambda trace: order.index(trace.item))
    if any(trace.blocks for trace in traces):
        return SiteDraft(tuple(traces), None)
    return SiteDraft(tuple(traces), _profile({trace.item: trace.result for trace in traces}, answers, context))


def _profile(results: Mapping[str, RuleResult], answers: Answers, context: SiteContext) -> SiteProfile:
    birth_date = answers["birth_date"]
    assert isinstance(birth_date, date)
    return SiteProfile(
        site_id=context.site_id,
        pseudonym=results["pseudonym"].value,
        sex=results["sex"].value,
        height_cm=_span(answers, "height_cm", context),
        weight_kg=_span(answers, "weight_kg", context),
        new_religion=results["new_religion"].value,
        disability=results["disability"].value,
        area_label=results["area_label"].value,
        industry_label=results["industry_label"].value,
        employment_type=results["employment_type"].value,
        birth_year=birth_date.year,
        birth_month_day=f"{birth_date:%m-%d}" if results["birth_month_day"].value else None,
        education=results["education"].value,
        school_name=results["school_name"].value or None,
        hobbies=results["hobbies"].value,
        qualifications=results["qualifications"].value,
        skills=results["skills"].value,
        family=_relatives(answers),
        photos=context.photos,
    )


_Found = tuple[RuleResult, tuple[Finding, ...]]
_Rule = Callable[[str, Answers, SiteContext], _Found]


def _kept(value: str, reason: str) -> _Found:
    return RuleResult(outcome=Outcome.KEPT, value=value, reason=reason), ()


def _generalised(value: str, reason: str) -> _Found:
    return RuleResult(outcome=Outcome.GENERALISED, value=value, reason=reason), ()


def _removed(reason: str) -> _Found:
    return RuleResult(outcome=Outcome.REMOVED, value="", reason=reason), ()


def _blocked(reason: str, findings: tuple[Finding, ...] = ()) -> _Found:
    return RuleResult(outcome=Outcome.BLOCKED, value="", reason=reason), findings


def _lacking(key: str) -> _Found:
    return _blocked(f"「{catalog.FIELDS[key].label}」が記録されていません。")


def _pseudonym(key: str, answers: Answers, context: SiteContext) -> _Found:
    name = str(answers.get(key) or "")
    if not name:
        return _lacking(key)
    trouble = pseudonym_trouble(name, answers, taken=context.taken_pseudonyms)
    return _blocked(trouble.message) if trouble else _kept(name, "本名・よみ・頭文字と関係のない仮名です。")


def _choice(key: str, answers: Answers, _context: SiteContext) -> _Found:
    if answers.get(key) is None:
        return _lacking(key)
    return _kept(catalog.FIELDS[key].choice_label(answers[key]), "掲載項目です。そのまま出します。")


def _sex(key: str, answers: Answers, context: SiteContext) -> _Found:
    return _choice(key, answers, context)


def _measure(key: str, answers: Answers, context: SiteContext) -> _Found:
    value = answers.get(key)
    if not isinstance(value, int):
        return _lacking(key)
    span, unit = _span(answers, key, context), catalog.FIELDS[key].unit
    if span.is_exact:
        return _kept(f"{span.label}{unit}", "掲載項目です。そのまま出します。")
    return _generalised(f"{span.label}{unit}", f"{value}{unit}を{BAND_WIDTH}{unit}の幅にまるめました。")


def _special_care(key: str, answers: Answers, context: SiteContext) -> _Found:
    """個情法27条: shown only with the consent to show it, whatever the value."""
    subject = "religion" if key == "new_religion_flag" else "disability"
    if f"consent_collect_{subject}" not in context.consents:
        return _blocked("お聞きする同意がありません。サイトの必須項目のため、同意がなければ掲載できません。")
    if f"consent_disclose_{subject}" not in context.consents:
        return _blocked("サイトに示す同意がありません。同意がなければ掲載できません。")
    value = answers.get(key)
    if value is None:
        return _lacking(key)
    if value == "declined":
        return _blocked("「回答しない」のため、掲載の可否を協会に確かめるまで出せません。")
    return _kept(catalog.FIELDS[key].choice_label(value), "示すことに同意をいただいています。")


def _area(_key: str, _answers: Answers, context: SiteContext) -> _Found:
    coarse: Literal["city", "prefecture"] = "prefecture" if context.is_coarser else context.small_city_area
    return area_label(context.municipality, area_class=context.area_class, small_city_area=coarse), ()


def _industry(key: str, answers: Answers, context: SiteContext) -> _Found:
    industry = answers.get(key)
    if not isinstance(industry, str):
        return _lacking(key)
    limit = Precision.GROUP if context.small_city_occupation == "group" else Precision.INDUSTRY
    finest = occupation.finest_allowed(context.area_class, office_limit=limit)
    result = occupation.generalise(
        str(answers.get("occupation") or ""),
        industry,
        words=context.words,
        area_class=context.area_class,
        precision=Precision.GROUP if context.is_coarser else finest,
    )
    hint = result.hint or occupation.coarser_hint(
        industry, municipality=context.municipality, area_class=context.area_class
    )
    return RuleResult(outcome=result.outcome, value=result.value, reason=result.reason, hint=hint), ()


def _birth_year(key: str, answers: Answers, _context: SiteContext) -> _Found:
    value = answers.get(key)
    if not isinstance(value, date):
        return _lacking(key)
    return _generalised(f"{value.year}年", "生年月日のうち、年だけを出します。")


def _birth_month_day(key: str, answers: Answers, _context: SiteContext) -> _Found:
    value = answers.get(key)
    if answers.get("show_birth_month_day") is not True or not isinstance(value, date):
        return _removed("月日は、ご本人が望むときだけ出します。")
    return _kept(f"{value.month}月{value.day}日", "ご本人の希望により月日も出します。")


_EDUCATION_ON_SITE = {"high_school": "高卒", "vocational": "専門卒", "university": "大卒", "graduate": "大卒"}


def _education(key: str, answers: Answers, _context: SiteContext) -> _Found:
    """Never upward silently: 中卒 and 短大・高専 have no word of their own, the member chooses one."""
    level = answers.get(key)
    if level is None:
        return _lacking(key)
    label = catalog.FIELDS[key].choice_label(level)
    if level in _EDUCATION_ON_SITE:
        shown = _EDUCATION_ON_SITE[str(level)]
        if shown == label:
            return _kept(shown, "掲載項目です。そのまま出します。")
        return _generalised(shown, f"「{label}」を、サイトの三つの言葉のうち「{shown}」にしました。")
    chosen = answers.get("education_on_site")
    if chosen is None:
        return _blocked(f"「{label}」に当たる言葉がサイトにありません。ご本人と表記を選んでください。")
    shown = catalog.FIELDS["education_on_site"].choice_label(chosen)
    return _generalised(shown, f"「{label}」を、ご本人の選んだ「{shown}」にしました。")


def _school(key: str, answers: Answers, context: SiteContext) -> _Found:
    name = str(answers.get(key) or "")
    if answers.get("show_school_name") is not True or not name:
        return _removed("学校名は、ご本人が望むときだけ出します。")
    result, findings = _scanned(key, name, context)
    own_school = tuple(f for f in findings if f.kind.value != "school")
    if any(f.blocks for f in own_school):
        return result, own_school
    hint = "" if context.area_class is AreaClass.LARGE else "小さな市では、学校名から探し当てられやすくなります。"
    kept = RuleResult(outcome=Outcome.KEPT, value=name, reason="ご本人の希望により学校名も出します。", hint=hint)
    return kept, own_school


def _text(key: str, answers: Answers, context: SiteContext) -> _Found:
    text = str(answers.get(key) or "").strip()
    if not text:
        return _kept("", "記入がありません。")
    return _scanned(key, text, context)


def _scanned(key: str, text: str, context: SiteContext) -> _Found:
    is_small = context.area_class is not AreaClass.LARGE
    findings = scan(text, context.own, others=context.others, titles_stand_out=is_small)
    blocking = [finding for finding in findings if finding.blocks]
    if blocking:
        first = blocking[0]
        return _blocked(f"「{first.shown}」：{first.message}{first.suggestion}", findings)
    released = {(r.field_key, r.kind, r.text) for r in context.releases}
    for finding in findings:
        if (key, finding.kind.value, text) not in released:
            reason = (
                f"「{finding.shown}」：{finding.message}{finding.suggestion}そのまま出すときは理由を書いてください。"
            )
            return _blocked(reason, findings)
    words = "確かめた理由の記録があります。" if findings else "ご本人に結びつく言葉は見つかりませんでした。"
    return RuleResult(outcome=Outcome.KEPT, value=text, reason=words), findings


def _family(key: str, answers: Answers, _context: SiteContext) -> _Found:
    if not answers.get(key):
        return _lacking(key)
    words = "、".join(relative.label for relative in _relatives(answers))
    return _kept(words, "続柄と、存命・逝去だけを出します。")


def _photos(key: str, _answers: Answers, context: SiteContext) -> _Found:
    if not context.photos:
        return _lacking(key)
    words = f"{len(context.photos)}枚"
    return _kept(words, "位置情報などを取り除いた写真です。顔写真なので、知り合いにはご本人だと分かります。")


def _span(answers: Answers, key: str, context: SiteContext) -> Span:
    value = answers[key]
    assert isinstance(value, int)
    if context.bands_measures or context.is_coarser:
        return Span.band(value, width=BAND_WIDTH)
    return Span.exact(value)


def _relatives(answers: Answers) -> tuple[Relative, ...]:
    value = answers.get("family_members")
    assert isinstance(value, tuple)
    relations, states = dict(catalog.RELATIONS), dict(catalog.LIFE)
    return tuple(Relative(relation=relations[who], state=states[state]) for who, state in family_pairs(value))


_RULES: Mapping[str, _Rule] = {
    "pseudonym": _pseudonym,
    "sex": _sex,
    "height_cm": _measure,
    "weight_kg": _measure,
    "new_religion": _special_care,
    "disability": _special_care,
    "area_label": _area,
    "industry_label": _industry,
    "employment_type": _choice,
    "birth_year": _birth_year,
    "birth_month_day": _birth_month_day,
    "education": _education,
    "school_name": _school,
    "hobbies": _text,
    "qualifications": _text,
    "skills": _text,
    "family": _family,
    "photos": _photos,
}
