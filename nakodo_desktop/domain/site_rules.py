"""The named rules by which one fact becomes one item of the site, each with its reason in Japanese.

A rule reads its own field and the steering answers named beside it; no other answer can change what leaves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from nakodo_desktop.domain import occupation
from nakodo_desktop.domain.answers import describe, family_pairs
from nakodo_desktop.domain.catalog import LIFE, RELATIONS
from nakodo_desktop.domain.fields import Field, SiteRule
from nakodo_desktop.domain.leak_finding import Finding, LeakKind
from nakodo_desktop.domain.municipality import AreaClass, Kind, area_label
from nakodo_desktop.domain.pseudonym import pseudonym_trouble
from nakodo_desktop.domain.rule_result import Outcome, RuleResult
from nakodo_desktop.domain.site_context import Coarsening, Declined, SiteContext
from nakodo_desktop.domain.site_item import Relative, Span
from nakodo_desktop.domain.values import Answers

SiteValue = str | int | Span | tuple[Relative, ...] | tuple[str, ...] | None

_CONSENTS_OF = {
    "new_religion_flag": ("consent_collect_religion", "consent_disclose_religion"),
    "disability_flag": ("consent_collect_disability", "consent_disclose_disability"),
}
_BAND_WIDTH = 5
# 学歴 → what the site may say without asking; the site has three words.
_EDUCATION = {"high_school": "高卒", "vocational": "専門卒", "university": "大卒", "graduate": "大卒"}
# Levels without a word of their own → what the member may choose. Nothing higher, whoever asks.
_CHOOSABLE = {"junior_high": ("high_school",), "junior_college": ("high_school", "vocational")}


@dataclass(frozen=True, kw_only=True)
class Item:
    """One item of the site after its rule. `value` is what the profile takes, None when nothing leaves."""

    key: str  # of SITE_LABELS
    field_key: str  # where to mend it
    before: str = field(repr=False)  # the record in words; for the preview alone, never for a log
    result: RuleResult = field(repr=False)
    value: SiteValue = field(repr=False)
    findings: tuple[Finding, ...] = field(default=(), repr=False)


Rule = Callable[[Field, Answers, SiteContext], Iterator[Item]]


def kept(reason: str, *, shown: str, hint: str = "") -> RuleResult:
    return RuleResult(outcome=Outcome.KEPT, value=shown, reason=reason, hint=hint)


def removed(reason: str) -> RuleResult:
    return RuleResult(outcome=Outcome.REMOVED, value="", reason=reason)


def blocked(reason: str) -> RuleResult:
    return RuleResult(outcome=Outcome.BLOCKED, value="", reason=reason)


def _pseudonym(fact: Field, answers: Answers, context: SiteContext) -> Iterator[Item]:
    chosen = str(answers.get(fact.key) or "")
    trouble = pseudonym_trouble(chosen, context.legal_name, taken=context.pseudonyms_taken) if chosen else None
    if not chosen:
        result = blocked("仮名がまだありません。仮名を決めてください。")
    elif trouble is not None:
        result = blocked(trouble.message)
    else:
        reason = "本名の代わりに仮名を出します。"
        result = RuleResult(outcome=Outcome.REPLACED, value=chosen, reason=reason)
    yield _item("pseudonym", fact, "本名", result, chosen)


def _choice(key: str) -> Rule:
    def rule(fact: Field, answers: Answers, _context: SiteContext) -> Iterator[Item]:
        label = describe(fact, answers.get(fact.key))
        result = kept("そのまま出します。", shown=label) if label else _unanswered(fact)
        yield _item(key, fact, label, result, label)

    return rule


def _measure(fact: Field, answers: Answers, context: SiteContext) -> Iterator[Item]:
    value = answers.get(fact.key)
    before = describe(fact, value)
    if not isinstance(value, int):
        yield _item(fact.key, fact, before, _unanswered(fact), None)
        return
    if context.office.bands_measures or Coarsening.BAND_MEASURES in context.coarser:
        band = Span.band(value, width=_BAND_WIDTH)
        reason = f"見分けられにくいよう、{before}から{band.label}{fact.unit}へまるめました。"
        result = RuleResult(outcome=Outcome.GENERALISED, value=band.label, reason=reason)
        yield _item(fact.key, fact, before, result, band)
        return
    exact = Span.exact(value)
    hint = f"{_BAND_WIDTH}{fact.unit}刻みにもできます。"
    yield _item(fact.key, fact, before, kept("そのまま出します。", shown=exact.label, hint=hint), exact)


def _special_care(key: str) -> Rule:
    def rule(fact: Field, answers: Answers, context: SiteContext) -> Iterator[Item]:
        answer = answers.get(fact.key)
        label = describe(fact, answer)
        # 個情法20条2項・27条: to ask and to show are two consents, and the value does not matter.
        if not context.consents.issuperset(_CONSENTS_OF[fact.key]):
            result = blocked("お聞きする同意とサイトに示す同意の両方がそろっていないので出しません。")
        elif not label:
            result = _unanswered(fact)
        elif answer == "declined" and context.declined is Declined.BLOCK:
            result = blocked("「回答しない」を出すと、設定の「事務所」で決めていないので出しません。")
        else:
            result = kept("ご本人の同意があるので、そのまま出します。", shown=label)
        yield _item(key, fact, label, result, label)

    return rule


def _area(fact: Field, answers: Answers, context: SiteContext) -> Iterator[Item]:
    place = context.municipality
    hides_city = Coarsening.HIDE_CITY in context.coarser
    if place is not None and hides_city and place.kind is not Kind.SPECIAL_WARD:
        is_town = context.area_class is AreaClass.TOWN_VILLAGE
        label = place.prefecture + ("郡部" if is_town else "市部")
        reason = f"ご希望により、「{place.full_name}」を「{label}」にしました。"
        result = RuleResult(outcome=Outcome.GENERALISED, value=label, reason=reason)
    else:
        result = area_label(place, area_class=context.area_class, small_city_area=context.office.small_city_area)
    before = describe(fact, answers.get(fact.key), lambda code: place.full_name if place is not None else code)
    yield _item("area_label", fact, before, result, result.value)


def _industry(fact: Field, answers: Answers, context: SiteContext) -> Iterator[Item]:
    said, chosen = str(answers.get("occupation") or ""), answers.get(fact.key)
    if not isinstance(chosen, str):
        yield _item("industry_label", fact, said, _unanswered(fact), None)
        return
    result = occupation.generalise(
        said, chosen, words=context.words, area_class=context.area_class, precision=context.precision
    )
    hints = [result.hint, occupation.rare_title_hint(said, words=context.words, area_class=context.area_class)]
    if context.precision is not occupation.Precision.GROUP:
        hints.append(occupation.coarser_hint(chosen, municipality=context.municipality, area_class=context.area_class))
    hinted = RuleResult(
        outcome=result.outcome, value=result.value, reason=result.reason, hint="".join(hint for hint in hints if hint)
    )
    where = "occupation" if result.outcome is Outcome.BLOCKED else fact.key
    before = said or describe(fact, chosen)
    yield Item(key="industry_label", field_key=where, before=before, result=hinted, value=result.value)


def _birth(fact: Field, answers: Answers, _context: SiteContext) -> Iterator[Item]:
    born = answers.get(fact.key)
    before = describe(fact, born)
    if not isinstance(born, date):
        yield _item("birth_year", fact, before, _unanswered(fact), None)
        yield _item("birth_month_day", fact, before, removed("生年月日がまだありません。"), None)
        return
    reason = f"生年月日から「{born.year}年」だけを出します。"
    result = RuleResult(outcome=Outcome.GENERALISED, value=str(born.year), reason=reason)
    yield _item("birth_year", fact, before, result, born.year)
    day = f"{born.month}月{born.day}日"
    if answers.get("show_birth_month_day") is True:
        result = kept(
            "ご本人が望んだので出します。", shown=day, hint="月日を出すと、同じ人を探し当てられやすくなります。"
        )
        value = f"{born:%m-%d}"
    else:
        result, value = removed("月日は、ご本人が望まないかぎり出しません。"), None
    yield Item(key="birth_month_day", field_key="show_birth_month_day", before=day, result=result, value=value)


def _education(fact: Field, answers: Answers, context: SiteContext) -> Iterator[Item]:
    level = answers.get(fact.key)
    before = describe(fact, level)
    yield _education_word(fact, str(level or ""), chosen=answers.get("education_on_site"), before=before)
    yield _school(answers, context)


def _education_word(fact: Field, level: str, *, chosen: object, before: str) -> Item:
    if not level:
        return _item("education", fact, before, _unanswered(fact), None)
    if level in _EDUCATION:
        word = _EDUCATION[level]
        if word == before:
            return _item("education", fact, before, kept("そのまま出します。", shown=word), word)
        reason = f"サイトの言葉は三つなので、「{before}」から「{word}」へまるめました。"
        result = RuleResult(outcome=Outcome.GENERALISED, value=word, reason=reason)
        return _item("education", fact, before, result, word)
    allowed = _CHOOSABLE[level]
    if chosen is None:
        result = blocked(f"サイトに「{before}」の言葉がありません。「サイトでの学歴の表記」を選んでください。")
    elif chosen not in allowed:
        words = "・".join(_EDUCATION[choice] for choice in allowed)
        result = blocked(f"「{before}」より高い学歴は出せません。表記は「{words}」から選んでください。")
    else:
        word = _EDUCATION[str(chosen)]
        reason = f"サイトに「{before}」の言葉がないので、ご本人が選んだ「{word}」を出します。"
        result = RuleResult(outcome=Outcome.GENERALISED, value=word, reason=reason)
    return Item(
        key="education", field_key="education_on_site", before=before, result=result, value=result.value or None
    )


def _school(answers: Answers, context: SiteContext) -> Item:
    name = str(answers.get("school_name") or "").strip()
    if answers.get("show_school_name") is not True or not name:
        reason = "学校名は、ご本人が望まないかぎり出しません。" if name else "学校名の記録がないので出しません。"
        return Item(key="school_name", field_key="show_school_name", before=name, result=removed(reason), value=None)
    # The school itself is what the member chose to show; everything else in the name is still looked for.
    findings = tuple(one for one in context.scan(name) if one.kind is not LeakKind.SCHOOL)
    result = _judged("school_name", findings, context, shown=name, reason="ご本人が望んだので出します。")
    if result.outcome is Outcome.KEPT and context.area_class is not AreaClass.LARGE:
        hint = "小さな地域では、学校名からご本人が分かることがあります。"
        result = kept(result.reason, shown=name, hint=hint)
    value = name if result.outcome is Outcome.KEPT else None
    return Item(key="school_name", field_key="school_name", before=name, result=result, value=value, findings=findings)


def _text(fact: Field, answers: Answers, context: SiteContext) -> Iterator[Item]:
    text = str(answers.get(fact.key) or "").strip()
    findings = context.scan(text) if text else ()
    if not text:
        result = removed("記録がないので空欄です。")
    else:
        result = _judged(
            fact.key, findings, context, shown=text, reason="調べて、名前や連絡先がないので、そのまま出します。"
        )
    value = text if result.outcome is not Outcome.BLOCKED else None
    yield Item(key=fact.key, field_key=fact.key, before=text, result=result, value=value, findings=findings)


def _judged(
    field_key: str, findings: tuple[Finding, ...], context: SiteContext, *, shown: str, reason: str
) -> RuleResult:
    """A text with what was found in it: blocked, waiting for a reason, or kept."""
    stopping = [one for one in findings if one.blocks]
    if stopping:
        kinds = "・".join(dict.fromkeys(one.kind.label for one in stopping))
        return blocked(f"{kinds}と読める文字があるので出しません。文を直してください。")
    waiting = [one for one in findings if not context.accepted.get((field_key, one.shown), "").strip()]
    if waiting:
        words = "」「".join(dict.fromkeys(one.shown for one in waiting))
        return blocked(f"「{words}」がそのまま出てよい理由を入力するか、文を直してください。")
    if findings:
        return kept("確かめた理由を記録して、そのまま出します。", shown=shown)
    return kept(reason, shown=shown)


def _family(fact: Field, answers: Answers, _context: SiteContext) -> Iterator[Item]:
    members = answers.get(fact.key)
    before = describe(fact, members)
    if not isinstance(members, tuple) or not members:
        yield _item("family", fact, before, _unanswered(fact), None)
        return
    relations, life = dict(RELATIONS), dict(LIFE)
    family = tuple(Relative(relation=relations[who], state=life[state]) for who, state in family_pairs(members))
    shown = "、".join(relative.label for relative in family)
    yield _item("family", fact, before, kept("続柄と存命・逝去だけを出します。", shown=shown), family)


def _photos(fact: Field, _answers: Answers, context: SiteContext) -> Iterator[Item]:
    count = len(context.photos)
    if not count:
        yield _item("photos", fact, "", blocked("上半身の写真がないので掲載できません。写真を取り込んでください。"), ())
        return
    hint = "顔写真があるので、知り合いにはご本人だと分かります。"
    shown = f"{count}枚"
    result = kept("位置情報などを取り除き、名前のないファイルにして出します。", shown=shown, hint=hint)
    yield _item("photos", fact, shown, result, context.photos)


def _unanswered(fact: Field) -> RuleResult:
    return blocked(f"{fact.label}の記録がないので掲載できません。面談の記録に入力してください。")


def _item(key: str, fact: Field, before: str, result: RuleResult, value: SiteValue) -> Item:
    return Item(key=key, field_key=fact.key, before=before, result=result, value=value)


# By the field where two fields share a rule but fill different items.
RULES: dict[SiteRule, dict[str, Rule]] = {
    SiteRule.PSEUDONYM: {"pseudonym": _pseudonym},
    SiteRule.SEX: {"sex": _choice("sex")},
    SiteRule.MEASURE: {"height_cm": _measure, "weight_kg": _measure},
    SiteRule.SPECIAL_CARE_FLAG: {
        "new_religion_flag": _special_care("new_religion"),
        "disability_flag": _special_care("disability"),
    },
    SiteRule.AREA: {"municipality": _area},
    SiteRule.INDUSTRY: {"industry": _industry},
    SiteRule.CHOICE_LABEL: {"employment_type": _choice("employment_type")},
    SiteRule.BIRTH_YEAR: {"birth_date": _birth},
    SiteRule.EDUCATION: {"education_level": _education},
    SiteRule.SCANNED_TEXT: {"hobbies": _text, "qualifications": _text, "skills": _text},
    SiteRule.FAMILY: {"family_members": _family},
    SiteRule.PHOTO: {"photo_upper": _photos},
}
