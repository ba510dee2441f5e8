"""The catalogue is whole, every field has all its classes, and the vault's tables hold it and nothing more."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from nakodo_desktop.domain import catalog, site_item
from nakodo_desktop.domain.catalog import FIELDS, SECTIONS, columns
from nakodo_desktop.domain.declaration import DeclarationState
from nakodo_desktop.domain.fields import Audience, Condition, Field, Kind, Privacy, Retention, Section, SiteRule, Store
from nakodo_desktop.domain.forbidden import FORBIDDEN_FIELDS, ForbiddenField
from nakodo_desktop.domain.interview import STEP_OF_FIELD, STEPS
from nakodo_desktop.domain.interview_record import InterviewKind, InterviewState
from nakodo_desktop.domain.member import MemberStatus
from nakodo_desktop.domain.occupation import INDUSTRY_LABELS
from nakodo_desktop.domain.profile import answer_trouble
from nakodo_desktop.domain.provision import Change
from nakodo_desktop.domain.site_context import Declined
from nakodo_desktop.domain.site_item import SITE_LABELS
from nakodo_desktop.domain.staff import Role
from nakodo_desktop.paths import FORMS, RESOURCES
from nakodo_desktop.reference import retention_rules
from nakodo_desktop.reference.notice import load_notice
from tests.schemakit import Table, read_tables
from tests.vaultkit import VaultTemplate

ALL = [field for section in SECTIONS for field in section.fields]
each_field = pytest.mark.parametrize("field", ALL, ids=lambda field: field.key)

# Domain handbook 4.1: the facts of the interview. Left: its number and name; right: where the catalogue holds it.
HANDBOOK: dict[str, tuple[str, ...]] = {
    "1 legal_name, kana": ("family_name", "given_name", "family_kana", "given_kana"),
    "2 pseudonym": ("pseudonym",),
    "3 sex": ("sex",),
    "4 birth_date": ("birth_date", "show_birth_month_day"),
    "5 address": ("postal_code", "municipality", "address_line"),
    "6 origin_prefecture": ("origin_prefecture",),
    "7 phone, email": ("phone", "email", "contact_note"),
    "8 employer_name": ("employer_name",),
    "9 industry": ("industry", "occupation"),
    "10 job_type": ("job_type",),
    "11 employment_type": ("employment_type",),
    "12 annual_income": ("annual_income_man_yen",),
    "13 income_proof_seen": (
        *("income_proof_seen", "income_proof_kind", "income_proof_seen_on", "income_proof_seen_by"),
    ),
    "14 education_level": ("education_level", "education_on_site"),
    "15 school_name": ("school_name", "show_school_name"),
    "16 license_seen": ("license_seen", "license_kind", "license_seen_on", "license_seen_by"),
    "17 qualifications, skills": ("qualifications", "skills"),
    "18 height_cm, weight_kg": ("height_cm", "weight_kg"),
    "19 health_note": ("health_note",),
    "20 new_religion_flag, religion_note": ("new_religion_flag", "religion_note"),
    "21 disability_flag": ("disability_flag",),
    "22 marital_history": ("marital_history", "marriage_count"),
    "23 children": ("children", "children_count"),
    "24 single_status_proof": ("single_status_proof", "official_certificate_seen_on"),
    "25 family_members": ("family_members",),
    "26 lives_with, birth_order, cohabit_wish": ("lives_with", "birth_order", "cohabit_wish"),
    "27 drinking, smoking": ("drinking", "smoking"),
    "28 relocation": ("relocation",),
    "29 marriage_views": ("view_home", "view_dual_income", "view_children", "view_housework", "view_money"),
    "30 hobbies": ("hobbies",),
    "31 self_pr, agent_pr": ("self_pr", "agent_pr"),
    "32 preferences": (
        *("wish_age", "wish_area", "wish_height", "wish_education", "wish_marital_history", "wish_children"),
        *("wish_smoking", "wish_religion", "wish_cohabitation"),
    ),
    "33 photos": ("photo_upper", "photo_full"),
    "34 interview_note": ("interview_note",),
    "30, 11 what the texts must not hold": ("unwanted_words",),
    "35 intake_background": ("referral_source", "motive", "search_history", "other_agency"),
}


# --- each field


def test_keys_are_unique() -> None:
    keys = [field.key for field in ALL]
    assert sorted(keys) == sorted(set(keys)) == sorted(FIELDS)
    assert len({section.key for section in SECTIONS}) == len(SECTIONS)


def test_the_catalogue_is_the_handbooks_table_and_the_papers_of_the_interview() -> None:
    told = [key for keys in HANDBOOK.values() for key in keys]
    papers = [*columns(Store.NOTICE), *columns(Store.IDENTITY), *columns(Store.CONSENT)]
    assert sorted(told + papers) == sorted(FIELDS)


@each_field
def test_a_field_is_wholly_classified(field: Field) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9_]*", field.key)
    assert field.label.strip() == field.label != ""
    assert field.purpose
    assert isinstance(field.privacy, Privacy)
    assert isinstance(field.retention, Retention)
    assert isinstance(field.site, SiteRule)
    assert isinstance(field.sees, Audience)


def test_the_classes_have_no_defaults() -> None:
    with pytest.raises(TypeError) as refused:
        Field(key="x", label="x", kind=Kind.TEXT)  # type: ignore[call-arg]  # that is the point
    for name in ("privacy", "retention", "purpose", "site", "sees"):
        assert f"'{name}'" in str(refused.value)


@each_field
def test_a_kind_has_what_it_needs_and_nothing_else(field: Field) -> None:
    assert bool(field.choices) == (field.kind is Kind.CHOICE)
    assert len({value for value, _ in field.choices}) == len({label for _, label in field.choices})
    has_bounds = field.minimum is not None and field.maximum is not None and field.minimum < field.maximum
    assert has_bounds == bool(field.unit) == (field.kind is Kind.INT)
    assert field.max_chars > 0
    if field.reading_of:
        assert field.kind is Kind.KANA
        assert FIELDS[field.reading_of].kind is Kind.TEXT


def conditions(field: Field) -> Iterable[Condition]:
    return [condition for condition in (field.asked, field.required) if isinstance(condition, Condition)]


@each_field
def test_a_condition_names_a_choice_that_is_asked_before(field: Field) -> None:
    """Before: so that one pass over the catalogue drops everything that hangs on a dropped answer."""
    for condition in conditions(field):
        other = FIELDS[condition.key]
        assert condition.values
        assert condition.values <= {value for value, _ in other.choices}
        assert list(FIELDS).index(other.key) < list(FIELDS).index(field.key)


def test_what_is_asked_is_asked_for_a_purpose_that_was_told() -> None:
    """個情法17条・18条: the purposes of the fields are the sentences of the notice, all of them and no other."""
    assert {field.purpose for field in ALL} == set(load_notice().purposes)


def test_every_class_of_the_catalogue_has_its_period() -> None:
    """Records of provision are no fields; every other class is somebody's."""
    assert {field.retention for field in ALL} == set(Retention) - {Retention.PROVISION}
    assert set(retention_rules.load().on(date(2026, 11, 23))) == set(Retention)


# --- privacy


@each_field
def test_what_identifies_alone_leaves_by_its_own_rule_or_not_at_all(field: Field) -> None:
    own_rule = {"birth_date": SiteRule.BIRTH_YEAR, "photo_upper": SiteRule.PHOTO, "photo_full": SiteRule.PHOTO}
    if field.privacy is Privacy.DIRECT:
        assert field.site is own_rule.get(field.key, SiteRule.NEVER)


@pytest.mark.parametrize(
    "key",
    [
        *("family_name", "given_name", "family_kana", "given_kana", "postal_code", "address_line", "phone", "email"),
        *("employer_name", "annual_income_man_yen", "income_proof_seen", "income_proof_seen_on", "license_seen"),
        *("income_proof_kind", "income_proof_seen_by", "license_kind", "license_seen_by"),
        *("license_seen_on", "health_note", "religion_note", "interview_note", "single_status_proof"),
        *(
            "official_certificate_seen_on",
            "contact_note",
            "unwanted_words",
            *columns(Store.CONSENT),
            *columns(Store.IDENTITY),
        ),
        *columns(Store.NOTICE),
    ],
)
def test_the_never_export_list_never_leaves(key: str) -> None:
    """Domain handbook 2.2."""
    assert FIELDS[key].site is SiteRule.NEVER


def test_the_site_fields_are_what_the_rules_say() -> None:
    leaving = {field.key for field in ALL if field.site is not SiteRule.NEVER}
    assert leaving == set(catalog.SITE_FIELDS) | catalog.SITE_STEERING
    assert not set(catalog.SITE_FIELDS) & catalog.SITE_STEERING


def test_the_site_fields_are_the_forms_items() -> None:
    """Twelve items in sixteen fields: 身長・体重 and 資格・特技 are two each; sex and photo are beside the twelve."""
    without_unit = {re.sub(r"（(cm|kg)）$", "", label) for label in SITE_LABELS.values()}
    not_answered = {"掲載ID", "誕生日（月日）", "学校名"}  # made by us; by the member's own choice
    assert without_unit - not_answered == set(catalog.SITE_FIELDS.values())


def test_free_text_leaves_only_scanned() -> None:
    written = {field.key: field.site for field in ALL if field.kind in (Kind.TEXT, Kind.NOTE, Kind.WISH)}
    assert {key for key, rule in written.items() if rule is SiteRule.SCANNED_TEXT} == {
        "hobbies",
        "qualifications",
        "skills",
    }
    others = {key for key, rule in written.items() if rule not in (SiteRule.NEVER, SiteRule.SCANNED_TEXT)}
    assert others == {"occupation", "school_name"}, "the one is only generalised, the other only by the member's choice"


@each_field
def test_special_care_is_one_class_with_one_table_one_audience_and_a_consent(field: Field) -> None:
    is_care = field.privacy is Privacy.SPECIAL_CARE
    assert is_care == (field.sees is Audience.SPECIAL_CARE)
    assert is_care == (field.key in columns(Store.SPECIAL_CARE))
    if is_care:
        assert field.asked is not None
        assert field.asked.key.startswith("consent_collect_")
        assert field.asked.values == {"given"}


def test_asking_and_showing_are_separate_consents() -> None:
    """個情法20条2項・27条: one for each thing, and showing is asked only after asking was allowed."""
    for thing in ("religion", "disability"):
        disclose = FIELDS[f"consent_disclose_{thing}"]
        assert disclose.asked == Condition(f"consent_collect_{thing}", frozenset({"given"}))
    assert "consent_disclose_health" not in FIELDS
    assert {FIELDS[scope].choices for scope in catalog.CONSENT_SCOPES} == {catalog.GIVEN_REFUSED}


def test_no_note_is_for_the_clerk() -> None:
    assert FIELDS["interview_note"].sees is Audience.MATCHMAKERS


# --- steps


def test_every_section_but_the_notes_is_a_part_of_one_step() -> None:
    in_steps: list[Section] = [section for step in STEPS for section in step.sections]
    assert in_steps == [section for section in SECTIONS if section is not catalog.NOTES]
    assert set(STEP_OF_FIELD) == set(FIELDS)
    assert set(STEP_OF_FIELD.values()) <= {step.key for step in STEPS}


def test_purposes_and_consents_come_before_anything_is_asked() -> None:
    assert [step.key for step in STEPS[:3]] == ["purposes", "consents", "identity"]


# --- the vault holds it


@pytest.fixture(scope="module")
def tables(vault_template: VaultTemplate, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Table]:
    return read_tables(vault_template, tmp_path_factory.mktemp("schema") / "vault")


# What a table holds beside its facts: whose, who recorded it, when, in which version of the words.
BESIDE: dict[Store, set[str]] = {
    Store.PROFILE: {"member_id"},
    Store.SPECIAL_CARE: {"member_id"},
    Store.NOTICE: {"member_id", "text_version", "staff_id"},
    Store.IDENTITY: {"id", "member_id", "staff_id", "recorded_at"},
}


@pytest.mark.parametrize("store", BESIDE, ids=lambda store: store.value)
def test_a_table_has_a_column_for_each_field_and_no_other(tables: dict[str, Table], store: Store) -> None:
    assert set(tables[store.value].columns) == set(columns(store)) | BESIDE[store]


@pytest.mark.parametrize("store", BESIDE, ids=lambda store: store.value)
def test_a_column_has_the_type_and_the_check_of_its_kind(tables: dict[str, Table], store: Store) -> None:
    table = tables[store.value]
    for key in columns(store):
        field = FIELDS[key]
        assert table.columns[key] == ("INTEGER" if field.kind in (Kind.INT, Kind.FLAG) else "TEXT")
        choices = {"0", "1"} if field.kind is Kind.FLAG else {value for value, _ in field.choices}
        assert table.allowed.get(key, set()) == choices
        if field.kind is Kind.DATE:
            assert f"CHECK ({key} GLOB '????-??-??')" in table.sql
        if field.kind in (Kind.FAMILY, Kind.WISH):
            assert f"CHECK (json_valid({key}))" in table.sql


def test_consents_and_photos_are_rows_by_catalogue_key(tables: dict[str, Table]) -> None:
    consent = tables["consent"].allowed
    assert consent["scope"] == set(catalog.CONSENT_SCOPES)
    assert consent["answer"] == {value for value, _ in catalog.GIVEN_REFUSED}
    assert consent["consent_method"] == {value for value, _ in FIELDS["consent_method"].choices}
    assert set(columns(Store.CONSENT)) == {*catalog.CONSENT_SCOPES, "consent_method", "consented_on"}
    assert tables["photo"].allowed["kind"] == set(columns(Store.PHOTO))


@pytest.mark.parametrize(
    ("table", "column", "values"),
    [
        ("member", "status", {status.value for status in MemberStatus}),
        ("member", "sex", {value for value, _ in FIELDS["sex"].choices}),
        ("member", "declaration_state", {state.value for state in DeclarationState}),
        ("declaration", "state", {state.value for state in DeclarationState}),
        ("declaration", "method", {value for value, _ in FIELDS["identity_mode"].choices}),
        ("interview", "kind", {kind.value for kind in InterviewKind}),
        ("interview", "state", {state.value for state in InterviewState}),
        ("staff", "role", {role.value for role in Role}),
        ("batch_entry", "change", {change.value for change in Change}),
        ("office", "declined_on_site", {declined.value for declined in Declined}),
        ("area_override", "area_class", {"large", "small_city"}),
    ],
)
def test_an_enum_is_the_check_of_its_column(
    tables: dict[str, Table], table: str, column: str, values: set[str]
) -> None:
    assert tables[table].allowed[column] == values


# --- what must never be held (domain handbook 2.3)


@pytest.mark.parametrize("forbidden", FORBIDDEN_FIELDS, ids=lambda forbidden: forbidden.key_part)
def test_a_forbidden_fact_has_no_field_no_column_and_no_kind_of_photo(
    tables: dict[str, Table], forbidden: ForbiddenField
) -> None:
    names = [*FIELDS, *(value for field in ALL for value, _ in field.choices), *tables]
    names += [column for table in tables.values() for column in table.columns]
    names += tables["photo"].allowed["kind"]
    assert [name for name in names if forbidden.key_part in name] == []
    labels = [field.label for field in ALL] + [label for field in ALL for _, label in field.choices]
    assert [label for label in labels if any(word in label for word in forbidden.words)] == []


def test_only_photos_and_signed_sheets_are_kept_as_pictures(tables: dict[str, Table]) -> None:
    blobs = {
        f"{table.name}.{name}" for table in tables.values() for name, kind in table.columns.items() if kind == "BLOB"
    }
    assert {blob for blob in blobs if blob.split(".")[0] not in ("audit", "secret")} == {
        "photo.jpeg",
        "photo.thumbnail",
        "signed_scan.jpeg",
    }


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("番号は１２３４－５６７８－９０１８です", ("マイナンバー", "番号法19条・20条", "消して")),
        ("免許証 301234567890", ("運転免許証の番号", "個人情報保護法施行令1条", "消し")),
        ("TK1234567", ("旅券の番号", "個人情報保護法施行令1条", "消し")),
        ("AB12345678CD", ("在留カードの番号", "個人情報保護法施行令1条", "消し")),
        ("1234-567890", ("基礎年金番号", "個人情報保護法施行令1条", "消し")),
    ],
)
@pytest.mark.parametrize(
    "field", [field for field in ALL if field.kind in (Kind.TEXT, Kind.NOTE, Kind.WISH)], ids=lambda field: field.key
)
def test_no_free_text_takes_an_identity_number_and_it_says_why(field: Field, text: str, words: tuple[str, ...]) -> None:
    value = ("prefer", text) if field.kind is Kind.WISH else text
    trouble = answer_trouble(field, value, today=date(2026, 11, 23), knows_municipality=lambda _: True)
    assert trouble is not None
    assert [word for word in words if word not in trouble.message] == []


@pytest.mark.parametrize("kind", [Kind.KANA, Kind.PHONE, Kind.POSTAL_CODE, Kind.CHOICE, Kind.MUNICIPALITY])
@pytest.mark.parametrize("text", ["123456789018", "301234567890", "TK1234567"])
def test_no_other_written_kind_has_room_for_one(kind: Kind, text: str) -> None:
    for field in (field for field in ALL if field.kind is kind):
        assert answer_trouble(field, text, today=date(2026, 11, 23), knows_municipality={"13112"}.__contains__)


# --- other files speak of its fields and choices


def labels_of(choices: Iterable[tuple[str, str]]) -> list[str]:
    return [label for _, label in choices]


def test_the_dictionary_of_work_knows_the_industries() -> None:
    words = tomllib.loads((RESOURCES / "rules" / "occupations.toml").read_text(encoding="utf-8"))
    assert set(words["industry"]) <= {value for value, _ in catalog.INDUSTRIES}
    assert dict(catalog.INDUSTRIES) == INDUSTRY_LABELS


def test_the_sites_words_are_the_catalogues() -> None:
    assert sorted(site_item.SEXES) == sorted(labels_of(FIELDS["sex"].choices))
    assert list(site_item.DECLARED_FLAGS) == labels_of(catalog.YES_NO_DECLINED)
    assert list(site_item.EDUCATIONS) == labels_of(FIELDS["education_on_site"].choices)
    assert list(site_item.RELATIONS) == labels_of(catalog.RELATIONS)
    assert list(site_item.LIVING_STATES) == labels_of(catalog.LIFE)


@pytest.mark.parametrize(
    "form", sorted((FORMS / "consent_sheet").glob("*/form.toml")), ids=lambda path: path.parent.name
)
def test_the_consent_sheet_asks_what_the_interview_asks(form: Path) -> None:
    clauses = tomllib.loads(form.read_text(encoding="utf-8"))["clauses"]
    asked = {scope: FIELDS[scope].label for scope in catalog.CONSENT_SCOPES}
    assert {clause["key"]: clause["heading"] for clause in clauses} == asked
