"""Papers around an interview, drawn from a real vault; text is read back from the PDF."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from nakodo_desktop.domain import catalog
from nakodo_desktop.domain.staff import Role, Staff
from nakodo_desktop.errors import NotPermitted
from nakodo_desktop.services.papers import Papers
from nakodo_desktop.vault.vault import Vault
from tests import factory

NOTE = "気さくな方。お酒の席は苦手とのこと。"


@pytest.fixture
def desk(vault: Vault) -> factory.Desk:
    made = factory.desk(vault, lambda: factory.NOON)
    assert made.offices.save(factory.office()) == ()
    return made


@pytest.fixture
def papers(desk: factory.Desk, vault: Vault) -> Papers:
    return Papers(vault, desk.places, now=lambda: factory.NOON)


def text_of(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).replace("\n", "").replace(" ", "")


def test_the_blank_sheet_has_room_for_every_section(papers: Papers) -> None:
    text = text_of(papers.blank_interview()())
    for section in (catalog.BASICS, catalog.CAREER, catalog.MARRIAGE, catalog.LIFE_STYLE, catalog.WISHES):
        assert section.title.replace(" ", "") in text, section.key


def test_the_consent_sheet_is_blank_until_a_name_was_said(papers: Papers) -> None:
    named = text_of(papers.consents({"family_name": "髙見本", "given_name": "花子"})())
    assert "髙見本花子" in named
    assert "髙見本" not in text_of(papers.consents()())
    assert factory.office().recipient.name.replace(" ", "") in named


def test_the_members_copy_holds_the_answers_but_not_the_offices_notes(desk: factory.Desk, papers: Papers) -> None:
    member_id = factory.member(desk, interview_note=NOTE)
    text = text_of(papers.member_copy(member_id)())
    assert "見本太郎" in text
    assert "お菓子づくり" in text
    assert NOTE not in text


def test_handing_out_a_copy_is_logged_and_not_for_everybody(
    desk: factory.Desk, papers: Papers, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    member_id = factory.member(desk)
    papers.member_copy(member_id)
    papers.record_output("member_copy", "printer", copies=2)
    acts = [row["act"] for row in vault.read().execute("SELECT act FROM audit ORDER BY seq DESC LIMIT 2")]
    assert acts == ["paper.print", "member.copy"]
    monkeypatch.setattr(vault, "staff", Staff(vault.staff.id, "見本 事務", Role.CLERK))
    with pytest.raises(NotPermitted):
        papers.member_copy(member_id)
