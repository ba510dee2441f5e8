"""Every other sheet: it holds what it must, nothing it must not, and stays inside its paper."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache

import pypdf
import pytest

from nakodo_desktop.domain.catalog import CONSENT_SCOPES, FIELDS, SECTIONS, SITE_FIELDS
from nakodo_desktop.domain.fields import Field, Kind
from nakodo_desktop.domain.site_item import SITE_LABELS
from nakodo_desktop.errors import NotPrintable
from nakodo_desktop.printing import text
from nakodo_desktop.printing.consent_sheet import render_consent_sheet
from nakodo_desktop.printing.interview_sheet import InterviewCopy, render_blank_interview_sheet, render_interview_copy
from nakodo_desktop.printing.page import JOB_NAME, LABEL
from nakodo_desktop.printing.record_sheet import RecordGroup, RecordSheet, render_record_sheet
from nakodo_desktop.printing.recovery_sheet import RecoverySheet, render_recovery_sheet
from nakodo_desktop.printing.table import LABEL_WIDTH, Pair
from nakodo_desktop.printing.template import CONSENT_SHEET, read_template
from nakodo_desktop.printing.transcription_sheet import TranscriptionSheet, render_transcription_sheet
from nakodo_desktop.services.recovery_sheets import begin_with_sheet, first_sheet
from nakodo_desktop.vault.beginnings import first_checkpoint
from nakodo_desktop.vault.checkpoints import short_code
from tests.bundlekit import site_profile
from tests.printingkit import (
    VERSION,
    consent_sheet,
    lines_on,
    marks,
    overlaps,
    page_count,
    text_by_pdfium,
    unbroken,
)

MM = 72 / 25.4
CONSENTS = read_template(CONSENT_SHEET, version=VERSION)
ANSWERS = {
    "family_name": "𠮷見本",
    "given_name": "太郎",
    "birth_date": date(1987, 3, 14),
    "sex": "male",
    "municipality": "99999",
    "height_cm": 172,
    "family_members": ("father/alive", "mother/deceased"),
    "wish_age": ("prefer", "同世代"),
    "marital_history": "never",
    "consent_collect_religion": "refused",
    "photo_upper": "photo-0001",
    "interview_note": "仲人だけの覚え書き",
    "self_pr": "山を歩きます。" * 60,
}
COPY = InterviewCopy(
    office_name="見本結婚相談所",
    phone="000-0000-0000",
    legal_name="𠮷見本 太郎",
    interviewed_on=date(2026, 11, 23),
    staff_name="架空 仲子",
    answers=ANSWERS,
    place_name=lambda _code: "見本県架空市",
)
RECOVERY = RecoverySheet(
    office_name="見本結婚相談所",
    recovery_code="ABCD-EFGH-IJKL-MNOP-QRST-UVWX-YZ23",
    office_key="B2CD-EFGH-IJKL-MNOP-QRST-UVWX-YZ77",
    checkpoint="1234-ABCD-EFGH-IJKL",
    printed_on=date(2026, 11, 23),
    printed_by="見本 所長",
)


def batch(count: int = 7, **changes: object) -> TranscriptionSheet:
    sheet = TranscriptionSheet(
        office_name="見本結婚相談所",
        recipient_name="見本協会",
        seq=12,
        batch_id="0123456789abcdef0123456789",
        day=date(2026, 11, 23),
        profiles=tuple(site_profile(number) for number in range(count)),
        removals=(),
    )
    return replace(sheet, **changes)  # type: ignore[arg-type]  # a test names the fields it changes


SHEETS: dict[str, Callable[[], bytes]] = {
    "consents": lambda: render_consent_sheet(CONSENTS, consent_sheet()),
    "blank consents": lambda: render_consent_sheet(CONSENTS, consent_sheet(legal_name="", staff_name="")),
    "blank interview": lambda: render_blank_interview_sheet(office_name="見本結婚相談所"),
    "interview copy": lambda: render_interview_copy(COPY),
    "recovery": lambda: render_recovery_sheet(RECOVERY),
    "transcription": lambda: render_transcription_sheet(batch()),
}


@cache
def sheet(name: str) -> bytes:
    """Drawn once for all tests that only look."""
    return SHEETS[name]()


def words_of(pdf: bytes) -> str:
    return unbroken(text_by_pdfium(pdf))


def test_the_first_recovery_sheet_carries_how_the_log_will_begin() -> None:
    beginning = begin_with_sheet()
    pdf = first_sheet(
        beginning,
        office_name=RECOVERY.office_name,
        head_name=RECOVERY.printed_by,
        recovery_code=RECOVERY.recovery_code,
        office_key=RECOVERY.office_key or "",
        today=RECOVERY.printed_on,
    )
    assert f"照合コード {short_code(first_checkpoint(beginning))}" in words_of(pdf).replace("　", " ")


@pytest.mark.parametrize("name", SHEETS)
def test_nothing_overlaps_or_leaves_the_paper(name: str):
    for page in range(page_count(sheet(name))):
        found = marks(sheet(name), page=page)
        assert overlaps(found) == []
        assert min(mark.left for mark in found) >= 23.5 * MM
        assert max(mark.right for mark in found) <= (210 - 13) * MM
        assert min(mark.bottom for mark in found) >= 6 * MM
        assert max(mark.top for mark in found) <= (297 - 9) * MM


@pytest.mark.parametrize("name", SHEETS)
def test_every_page_is_numbered_and_names_its_sheet(name: str):
    reader = pypdf.PdfReader(io.BytesIO(sheet(name)))
    total = len(reader.pages)
    for number, page in enumerate(reader.pages, start=1):
        assert f"{number} / {total}" in page.extract_text()


@pytest.mark.parametrize("name", SHEETS)
def test_file_tells_nothing_about_people(name: str):
    assert dict(pypdf.PdfReader(io.BytesIO(sheet(name))).metadata) == {"/Title": JOB_NAME}


@pytest.mark.parametrize("name", sorted(set(SHEETS) - {"recovery"}))
def test_the_program_promises_nothing(name: str):
    assert "適法性を保証しません" in words_of(sheet(name))


def test_same_input_gives_the_same_bytes():
    assert render_blank_interview_sheet(office_name="見本結婚相談所") == sheet("blank interview")
    assert render_transcription_sheet(batch()) == sheet("transcription")
    assert render_recovery_sheet(RECOVERY) == sheet("recovery")


# consents


def test_every_consent_of_the_interview_has_its_box_and_no_other():
    assert tuple(clause.key for clause in CONSENTS.clauses) == CONSENT_SCOPES
    assert [clause.heading for clause in CONSENTS.clauses] == [FIELDS[key].label for key in CONSENT_SCOPES]


def test_each_consent_is_answered_and_signed_on_its_own():
    runs = [text for _, _, text in lines_on(sheet("consents"))]
    assert runs.count("同意する") == len(CONSENT_SCOPES)
    assert runs.count("同意しない") == len(CONSENT_SCOPES)
    assert runs.count("署名") == len(CONSENT_SCOPES) + 3  # the explanation, the member, the explainer


def test_collecting_and_showing_are_never_one_consent():
    keys = {clause.key for clause in CONSENTS.clauses}
    for subject in ("religion", "disability"):
        assert {f"consent_collect_{subject}", f"consent_disclose_{subject}"} <= keys


def test_consents_fit_one_page_with_the_office_and_the_purposes():
    assert page_count(sheet("consents")) == 1
    words = words_of(sheet("consents"))
    for expected in (
        "見本結婚相談所",
        "見本 所長",
        "見本協会",
        "1．お相手をご紹介するため",
        "見本 太郎",
        "架空 仲子",
        CONSENTS.sha256,
    ):
        assert expected in words


def test_consents_go_on_over_the_page_when_the_office_has_many_purposes():
    purposes = tuple(f"見本の利用目的その{number}" * 3 for number in range(12))
    pdf = render_consent_sheet(CONSENTS, consent_sheet(purposes=purposes))
    assert page_count(pdf) == 2
    assert all(purpose in words_of(pdf) for purpose in purposes)


def test_consent_sheet_of_an_unknown_layout_is_refused():
    with pytest.raises(NotPrintable, match="割り付け"):
        render_consent_sheet(replace(CONSENTS, layout=99), consent_sheet())


# interview


def test_every_field_of_the_catalogue_has_room_on_the_blank_sheet():
    words = words_of(sheet("blank interview")).replace(" ", "")
    assert [field.label for field in FIELDS.values() if field.label.replace(" ", "") not in words] == []


def test_every_section_is_on_the_blank_sheet_in_order():
    words = words_of(sheet("blank interview"))
    places = [words.index(f"{number}　{section.title}") for number, section in enumerate(SECTIONS, start=1)]
    assert places == sorted(places)


def test_choices_are_offered_to_be_ticked():
    words = words_of(sheet("blank interview"))
    for field in FIELDS.values():
        if field.kind is Kind.CHOICE and len(field.choices) < 25:
            assert [label for _, label in field.choices if label not in words] == [], field.key


def test_blank_sheet_says_what_must_not_be_written():
    words = words_of(sheet("blank interview"))
    assert "本籍、病名" in words
    assert "個人番号" in words


def test_copy_says_what_was_recorded():
    words = words_of(sheet("interview copy"))
    for expected in (
        "𠮷見本",
        "昭和62年3月14日",
        "男性",
        "見本県架空市",
        "172cm",
        "父（存命）、母（逝去）",
        "希望：同世代",
    ):
        assert expected in words
    assert ANSWERS["self_pr"] in words


def test_copy_leaves_out_the_matchmakers_notes_and_what_was_not_asked():
    words = words_of(sheet("interview copy"))
    assert "仲人だけの覚え書き" not in words
    assert FIELDS["new_religion_flag"].label not in words  # consent to ask was refused
    assert "photo-0001" not in words


def test_copy_of_a_member_who_answered_nothing_is_a_sheet_all_the_same():
    words = words_of(render_interview_copy(replace(COPY, answers={})))
    assert "（未回答）" in words


# recovery


def test_recovery_sheet_is_one_page_with_both_codes():
    words = words_of(sheet("recovery")).replace(" ", "")
    letters = "".join(mark.character for mark in marks(sheet("recovery")) if mark.top - mark.bottom > 9)
    assert page_count(sheet("recovery")) == 1
    assert RECOVERY.recovery_code.replace("-", "") in letters + words
    assert "1234-ABCD-EFGH-IJKL" in words


def test_recovery_sheet_of_a_vault_without_office_key_has_one_code():
    words = words_of(render_recovery_sheet(replace(RECOVERY, office_key=None)))
    assert "事務所の鍵" not in words


def test_recovery_codes_are_not_remembered_by_the_program():
    render_recovery_sheet(RECOVERY)  # the words of every sheet may be remembered
    before = text.words.cache_info().currsize
    render_recovery_sheet(
        replace(RECOVERY, recovery_code="QQQQ-WWWW-EEEE-RRRR-TTTT-YYYY-UUUU", printed_by="お試し 別人")
    )
    assert text.words.cache_info().currsize == before


# transcription


def test_every_item_of_every_profile_is_on_the_sheet():
    words = words_of(sheet("transcription"))
    for profile in batch().profiles:
        for expected in (profile.site_id, profile.pseudonym, profile.area_label, profile.hobbies, *profile.photos):
            assert expected in words
    assert words.count(SITE_LABELS["height_cm"]) == 7
    assert words.count("転記済") == 7


def test_transcription_sheet_can_hold_every_site_field():
    assert len(SITE_LABELS) >= len(SITE_FIELDS)


def test_a_profile_is_not_parted_by_the_end_of_a_page():
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(sheet("transcription"))).pages]
    assert len(pages) > 1
    for profile in batch().profiles:
        (home,) = [page for page in pages if profile.site_id in page]
        assert profile.photos[0] in home


def test_removals_come_first():
    pdf = render_transcription_sheet(batch(2, removals=("feedfacefeedfacefeedface01",)))
    words = words_of(pdf)
    assert words.index("feedfacefeedfacefeedface01") < words.index(batch().profiles[0].pseudonym)
    assert "先に取り下げるもの" not in words_of(render_transcription_sheet(batch(2)))


def test_an_empty_batch_is_a_sheet_all_the_same():
    assert page_count(render_transcription_sheet(batch(0, removals=("feedfacefeedfacefeedface01",)))) == 1


def test_a_profile_higher_than_a_page_stops_and_says_so():
    endless = replace(
        site_profile(1), hobbies="山歩き。" * 400, qualifications="見本検定。" * 390, skills="けん玉。" * 450
    )
    with pytest.raises(NotPrintable, match="1ページに入らない"):
        render_transcription_sheet(batch(profiles=(endless,)))


# records


def test_record_goes_over_pages_and_drops_empty_groups():
    groups = tuple(
        RecordGroup(f"見本の組{number}", tuple(Pair(f"項目{at}", f"値{number}-{at}" * 9) for at in range(number * 3)))
        for number in range(8)
    )
    record = RecordSheet(
        title="引き継ぎ資料", asides=("見本 太郎 様",), lead="弁護士への引き継ぎのための資料です。", groups=groups
    )
    pdf = render_record_sheet(record)
    words = words_of(pdf)
    assert page_count(pdf) > 1
    assert "見本の組0" not in words
    assert all(f"値{number}-{at}" in words for number in range(8) for at in range(number * 3))


@pytest.mark.parametrize("value", ["<b>太郎</b><img src='/etc/passwd'>", "{lawyer}%s\\", "a\nb"])
def test_hostile_values_are_printed_as_their_letters(value: str):
    record = RecordSheet(title="記録", asides=(), lead="見本", groups=(RecordGroup("組", (Pair("項目", value),)),))
    assert unbroken(value) in words_of(render_record_sheet(record))


@pytest.mark.parametrize("field", [f for f in FIELDS.values() if f.kind is not Kind.NOTE], ids=lambda field: field.key)
def test_no_label_of_a_printed_record_is_broken_in_two(field: Field) -> None:
    """2 mm of air in its cell, as the page leaves it."""
    assert len(text.words(field.paper_label, LABEL, width=(LABEL_WIDTH - 2) * MM).lines) == 1
