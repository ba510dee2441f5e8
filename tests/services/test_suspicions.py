"""A suspicion from its reason to its end, and the file the office's lawyer gets."""

from __future__ import annotations

import io
import json
from datetime import timedelta

import pypdf
import pytest

from nakodo_desktop.domain.declaration import DeclarationState, Standing
from nakodo_desktop.domain.staff import Role
from nakodo_desktop.domain.values import Problem
from nakodo_desktop.errors import NotPermitted, SavedElsewhere
from tests import factory
from tests.factory import TODAY, Desk
from tests.officekit import Building, acts_of, everything, log_of, table

STATE = DeclarationState


def state_in_list(desk: Desk, member_id: int) -> DeclarationState | None:
    return desk.members.rows([member_id])[0].declaration_state  # type: ignore[list-item]  # a plain number in tests


def text_of(pdf: bytes) -> str:
    return "".join("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())


def test_a_suspicion_needs_a_reason_and_outlives_a_new_signature(desk: Desk) -> None:
    member_id = factory.member(desk)
    signed = factory.signed(desk, member_id)
    suspect = desk.declarations.suspicions.suspect
    assert suspect(signed.id, " \n") == (Problem("reason", "疑う理由を書いてください。"),)
    assert [p.field_key for p in suspect(signed.id, "旅券 TK1234567 を見た")] == ["reason"]
    assert desk.declarations.load(signed.id).state is STATE.SIGNED
    assert suspect(signed.id, "ご家族からのお電話\n（見本）") == ()
    assert desk.declarations.load(signed.id).state is STATE.FALSE_SUSPECTED
    assert table(desk, "declaration")[0]["false_reason"] == "ご家族からのお電話\n（見本）"
    factory.signed(desk, member_id)
    assert state_in_list(desk, member_id) is STATE.FALSE_SUSPECTED
    assert "お電話" not in json.dumps([dict(entry.detail) for entry in log_of(desk)], ensure_ascii=False)


def test_a_sheet_is_suspected_once_at_a_time(desk: Desk) -> None:
    sheet = factory.signed(desk, factory.member(desk))
    assert desk.declarations.suspicions.suspect(sheet.id, "見本の理由") == ()
    before = everything(desk)
    with pytest.raises(SavedElsewhere):
        desk.declarations.suspicions.suspect(sheet.id, "もう一つの理由")
    assert everything(desk) == before


def test_a_lifted_suspicion_leaves_the_signature_as_it_was(desk: Desk) -> None:
    member_id = factory.member(desk)
    signed = factory.signed(desk, member_id)
    desk.declarations.suspicions.suspect(signed.id, "ご家族からのお電話")
    assert desk.declarations.suspicions.lift(signed.id, " ") == (Problem("reason", "疑いを解く理由を書いてください。"),)
    assert desk.declarations.load(signed.id).state is STATE.FALSE_SUSPECTED
    assert desk.declarations.suspicions.lift(signed.id, "独身証明書を見て確かめました") == ()
    assert desk.declarations.load(signed.id) == signed
    assert state_in_list(desk, member_id) is STATE.SIGNED
    (found,) = desk.declarations.suspicions.of(signed.id)
    assert (found.reason, found.lifted_because) == ("ご家族からのお電話", "独身証明書を見て確かめました")
    assert (found.staff_name, found.lifted_by, found.holds) == ("見本 所長", "見本 所長", False)
    assert acts_of(desk)[-2:] == ["declaration.suspect", "declaration.clear"]
    assert "独身証明書" not in json.dumps([dict(entry.detail) for entry in log_of(desk)], ensure_ascii=False)


def test_a_suspicion_is_lifted_once_and_may_come_again(desk: Desk) -> None:
    sheet = factory.signed(desk, factory.member(desk))
    with pytest.raises(SavedElsewhere):
        desk.declarations.suspicions.lift(sheet.id, "見本の理由")
    for reason in ("一度目", "二度目"):
        desk.declarations.suspicions.suspect(sheet.id, reason)
        desk.declarations.suspicions.lift(sheet.id, f"{reason}は誤りでした")
    assert [found.reason for found in desk.declarations.suspicions.of(sheet.id)] == ["二度目", "一度目"]


@pytest.mark.parametrize(("is_printed", "was"), [(False, STATE.DRAFT), (True, STATE.PRINTED)])
def test_an_unsigned_sheet_is_unsigned_again(desk: Desk, was: DeclarationState, *, is_printed: bool) -> None:
    sheet = factory.sheet(desk, factory.member(desk))
    if is_printed:
        desk.declarations.record_output(sheet.id, "printer")
    desk.declarations.suspicions.suspect(sheet.id, "見本の理由")
    desk.declarations.suspicions.lift(sheet.id, "誤りでした")
    assert desk.declarations.load(sheet.id).state is was


def test_what_was_signed_meanwhile_supersedes_the_cleared_sheet(desk: Desk) -> None:
    member_id = factory.member(desk)
    first = factory.signed(desk, member_id)
    desk.declarations.suspicions.suspect(first.id, "見本の理由")
    second = factory.signed(desk, member_id)
    desk.declarations.suspicions.lift(first.id, "誤りでした")
    states = {sheet.id: sheet.state for sheet in desk.declarations.of_member(member_id)}
    assert states == {first.id: STATE.SUPERSEDED, second.id: STATE.SIGNED}
    assert {row["id"]: row["superseded_by"] for row in table(desk, "declaration")}[first.id] == second.id


def test_a_signature_whose_days_ran_out_under_suspicion_is_expired(building: Building) -> None:
    desk = building.enter()
    sheet = factory.signed(desk, factory.member(desk))
    desk.declarations.suspicions.suspect(sheet.id, "見本の理由")
    building.wait(days=100)
    desk.declarations.suspicions.lift(sheet.id, "誤りでした")
    assert desk.declarations.load(sheet.id).state is STATE.EXPIRED
    assert [due.standing for due in desk.declarations.due()] == [Standing.OVERDUE]


def test_suspicions_go_with_the_member(desk: Desk) -> None:
    draft = factory.draft(desk)
    member_id = desk.interviews.register(draft.id)
    assert isinstance(member_id, int)
    desk.declarations.suspicions.suspect(factory.sheet(desk, member_id).id, "見本の理由")
    desk.interviews.abandon(draft.id)
    assert table(desk, "suspicion") == []


# --- the file for the lawyer


def test_the_lawyer_gets_record_sheets_and_reasons_and_nothing_else(building: Building) -> None:
    desk = building.enter()
    member_id = factory.member(desk, religion_note="見本の宗教メモ")
    first = factory.signed(desk, member_id, filed_at="青いバインダー3")
    building.wait(days=5)
    second = factory.signed(desk, member_id, signed_on=TODAY + timedelta(days=5))
    desk.declarations.suspicions.suspect(second.id, "ご家族からのお電話")
    text = text_of(desk.declarations.suspicions.hand_over(second.id)())
    for told in (
        "見本太郎",
        "架空町1丁目2番3号お試しハイツ405号室",
        first.number,
        second.number,
        first.pdf_sha256,
        first.form_sha256,
        "青いバインダー3",
        "1部印刷（見本所長）",
        "ご家族からのお電話",
        "顧問弁護士見本法子",
        "虚偽と決まったものではありません",
        "見本架空商店",
    ):
        assert told in text, told
    for kept in ("見本の宗教メモ", "落ち着いて話される", "子どもと仲よくできる方", "新興宗教の有無をお聞き"):
        assert kept not in text, kept
    assert acts_of(desk)[-1] == "declaration.hand_over"


def test_a_clerk_reads_no_suspicion_file(building: Building) -> None:
    desk = building.enter()
    sheet = factory.signed(desk, factory.member(desk))
    clerk = building.enter(Role.CLERK)
    for deed in (
        lambda: clerk.declarations.suspicions.of(sheet.id),
        lambda: clerk.declarations.suspicions.hand_over(sheet.id),
        lambda: clerk.declarations.suspicions.lift(sheet.id, "見本"),
    ):
        with pytest.raises(NotPermitted):
            deed()
