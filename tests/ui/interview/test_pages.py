"""What single steps do beyond asking: consents in pairs, photos refused, a preview that leads to what blocks."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from nakodo_desktop.domain.rule_result import Outcome
from nakodo_desktop.ui.alerts import open_dialog
from nakodo_desktop.ui.exports.finding_card import FindingCard
from nakodo_desktop.ui.interview.consents_page import ConsentsPage
from nakodo_desktop.ui.interview.desk import InterviewDesk
from nakodo_desktop.ui.interview.flow import InterviewFlow
from nakodo_desktop.ui.interview.photo_input import PhotoInput
from nakodo_desktop.ui.interview.photo_page import PhotoPage
from nakodo_desktop.ui.interview.preview_page import PreviewPage
from nakodo_desktop.ui.interview.section_page import SectionPage
from nakodo_desktop.ui.interview.typist import click
from nakodo_desktop.ui.widgets.inputs import RadioInput
from nakodo_desktop.ui.widgets.labels import PlainLabel, WrappedLabel
from tests import factory
from tests.factory import Desk
from tests.officekit import table
from tests.ui.interview.conftest import Seat, SitDown


def _texts(owner: QWidget) -> list[str]:
    """What can be read on it."""
    plain = [one.text() for one in owner.findChildren(PlainLabel) if one.isVisible()]
    return plain + [one.plain_text() for one in owner.findChildren(WrappedLabel) if one.isVisible()]


def _consent(flow: InterviewFlow, key: str) -> RadioInput:
    found = flow.page.inputs[key]
    assert isinstance(flow.page, ConsentsPage) and isinstance(found, RadioInput)
    return found


def _photo_page(flow: InterviewFlow) -> PhotoPage:
    assert isinstance(flow.page, PhotoPage)
    return flow.page


def _photo(flow: InterviewFlow, key: str = "photo_upper") -> PhotoInput:
    found = flow.page.inputs[key]
    assert isinstance(found, PhotoInput)
    return found


def test_the_head_says_whose_interview_it_is_once_the_name_is_typed(sit_down: SitDown) -> None:
    flow = sit_down(open_at="basics")
    whose = flow.findChild(PlainLabel, "whose")
    assert whose is not None and whose.text() == ""
    flow.page.inputs["family_name"].fill("髙﨑")
    assert whose.text() == "髙﨑"
    flow.page.inputs["given_name"].fill("<b>𠮷乃")
    assert whose.text() == "髙﨑 <b>𠮷乃"


def test_what_is_read_aloud_stands_on_the_first_page(desk: InterviewDesk, sit_down: SitDown) -> None:
    read = _texts(sit_down().page)
    for sentence in (*desk.notice.purposes, *desk.notice.promises):
        assert sentence in read
    assert any(desk.notice.disclaimer in text for text in read)


def test_to_show_is_asked_only_after_the_yes_to_collect(sit_down: SitDown) -> None:
    flow = sit_down(open_at="consents")
    show = _consent(flow, "consent_disclose_religion")
    assert not show.isVisible()
    click(_consent(flow, "consent_collect_religion").radios["given"])
    assert show.isVisible()
    click(show.radios["given"])
    click(_consent(flow, "consent_collect_religion").radios["refused"])
    assert not show.isVisible()
    assert flow.answers["consent_disclose_religion"] is None


def test_a_no_says_what_follows_from_it(sit_down: SitDown) -> None:
    flow = sit_down(open_at="consents")
    sentence = "協会サイトには掲載しません。相談所の中でのご紹介は続けられます。"
    assert sentence not in _texts(flow.page)
    click(_consent(flow, "consent_provide").radios["refused"])
    assert sentence in _texts(flow.page)


def test_without_a_consent_nothing_special_is_asked(office: Desk, sit_down: SitDown) -> None:
    refused = {f"consent_collect_{subject}": "refused" for subject in ("religion", "disability", "health")}
    flow = sit_down(factory.draft(office, **refused).id, open_at="life")
    assert isinstance(flow.page, SectionPage)
    assert not any(flow.page.inputs[key].isVisible() for key in ("new_religion_flag", "disability_flag", "health_note"))
    assert "お聞きする同意をいただいていないため、この欄の項目は伺いません。" in _texts(flow.page)


def test_the_identity_page_says_that_nothing_of_the_document_stays(sit_down: SitDown) -> None:
    flow = sit_down(open_at="identity")
    assert any("番号も画像も" in text and "残りません" in text for text in _texts(flow.page))


def test_a_dropped_photo_is_taken_in_and_shown(
    qtbot: QtBot, desk: InterviewDesk, sit_down: SitDown, picture: Path
) -> None:
    flow = sit_down(open_at="photo")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(picture))])
    copy, left, no_key = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(_photo(flow), QDragEnterEvent(QPoint(5, 5), copy, data, left, no_key))
    QApplication.sendEvent(_photo(flow), QDropEvent(QPointF(5, 5), copy, data, left, no_key))
    qtbot.waitUntil(lambda: _photo(flow).value() is not None, timeout=20_000)
    assert not _photo(flow).view.is_empty()
    assert [photo.id for photo in desk.interviews.photos_of(flow.interview_id)] == [_photo(flow).value()]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xe3\x81\x93\xe3\x82\x8c\xe3\x81\xaf\xe5\x86\x99\xe7\x9c\x9f\xe3\x81\xa7\xe3\x81\xaf", "文字のファイル"),
        (b"", "空です"),
    ],
)
def test_a_refused_file_is_told_at_the_field_and_leaves_the_former_photo(
    qtbot: QtBot, desk: InterviewDesk, office: Desk, sit_down: SitDown, tmp_path: Path, content: bytes, words: str
) -> None:
    flow = sit_down(factory.draft(office).id, open_at="photo")
    former = _photo(flow).value()
    no_photo = tmp_path / "photo.jpg"
    no_photo.write_bytes(content)
    _photo_page(flow).take_in("photo_upper", no_photo)
    qtbot.waitUntil(lambda: bool(_photo(flow).error()), timeout=20_000)
    assert words in _photo(flow).error()
    assert _photo(flow).value() == former
    assert _photo(flow).button.isEnabled()


def test_a_photo_is_taken_away_only_after_the_question(
    desk: InterviewDesk, office: Desk, sit_down: SitDown, typist: Seat
) -> None:
    flow = sit_down(factory.draft(office).id, open_at="photo")
    typist(flow).press("remove_photo_upper")
    asked = open_dialog(flow)
    assert asked is not None
    assert "消します" in " ".join(_texts(asked))
    buttons = {one.accessibleName(): one for one in asked.findChildren(QPushButton)}
    assert asked.focusWidget() is buttons["やめる"]
    click(buttons["写真を外す"])
    assert _photo(flow).value() is None and _photo(flow).view.is_empty()
    assert not _photo(flow).remove.isVisible()
    assert not _photo_page(flow).checks["photo_upper"].isVisible()
    assert [photo.kind for photo in desk.interviews.photos_of(flow.interview_id)] == ["photo_full"]
    flow.save_now()
    assert "photo_upper" not in desk.interviews.load(flow.interview_id).answers


def test_a_photo_is_signed_off_only_when_everything_was_looked_for(desk: InterviewDesk, sit_down: SitDown) -> None:
    started = desk.interviews.start()
    desk.interviews.put_photo(started.id, "photo_upper", factory.photo())
    flow = sit_down(started.id, open_at="photo")
    checks = _photo_page(flow).checks["photo_upper"]
    for box in checks.boxes:
        assert not checks.button.isEnabled()
        click(box.box)
    click(checks.button)
    assert [photo.is_checked for photo in desk.interviews.photos_of(started.id)] == [True]
    assert "写り込みを確認しました" in _texts(checks)


def test_a_new_photo_has_to_be_looked_at_anew(desk: InterviewDesk, office: Desk, sit_down: SitDown) -> None:
    flow = sit_down(factory.draft(office).id, open_at="photo")
    checks = _photo_page(flow).checks["photo_upper"]
    assert not checks.button.isVisible()
    desk.interviews.put_photo(flow.interview_id, "photo_upper", factory.photo(red=9))
    flow.page.show_answers(flow.answers)
    assert checks.button.isVisible() and not checks.button.isEnabled()


def test_the_preview_shows_every_item_with_its_reason(desk: InterviewDesk, office: Desk, sit_down: SitDown) -> None:
    flow = sit_down(factory.draft(office).id, open_at="preview")
    assert isinstance(flow.page, PreviewPage)
    read = _texts(flow.page)
    for item in desk.exports.preview(flow.answers).items:
        assert item.reason in read
        assert (item.shown or "―") in read


def test_what_blocks_leads_to_its_field(desk: InterviewDesk, office: Desk, sit_down: SitDown) -> None:
    flow = sit_down(factory.draft(office, hobbies="見本太郎と申します").id, open_at="preview")
    blocked = [item.key for item in desk.exports.preview(flow.answers).items if item.outcome is Outcome.BLOCKED]
    assert "hobbies" in blocked
    mend = flow.findChild(QPushButton, "mend_hobbies")
    assert mend is not None and mend.isVisible()
    click(mend)
    assert flow.step == "life" and flow.focusWidget() in flow.page.inputs["hobbies"].parts


def test_a_doubtful_word_waits_for_a_reason_which_is_kept_with_the_record(
    desk: InterviewDesk, office: Desk, sit_down: SitDown, typist: Seat
) -> None:
    factory.member(office, family_name="想定", family_kana="そうてい", pseudonym="ひなた")
    draft = factory.draft(office, family_name="架空", family_kana="かくう", hobbies="想定さんと釣りをします。")
    flow = sit_down(draft.id, open_at="preview")
    assert isinstance(flow.page, PreviewPage)
    reason = flow.page.findings["hobbies"].reasons["想定"]
    typist(flow).press("release_hobbies")
    assert reason.error() == "そのまま出してよい理由を書いてください。"
    reason.fill("別の")
    flow.page.inputs["show_school_name"].fill(True)  # the preview is built anew
    flow.page.focus_field("pseudonym")
    assert flow.page.findings["hobbies"].reasons["想定"] is reason, "what is half typed stays"
    reason.fill("学生時代からの別の方")
    typist(flow).press("release_hobbies")
    card = flow.page.findings["hobbies"]
    assert card.reasons == {}
    assert any("学生時代からの別の方" in text for text in _texts(card))
    assert not flow.findChild(QPushButton, "mend_hobbies").isVisible()  # type: ignore[union-attr]  # it is there
    member_id = desk.member_of(draft.id)
    assert member_id is not None
    assert desk.exports.reasons(flow.answers, member_id=member_id) == {("hobbies", "想定"): "学生時代からの別の方"}


def test_a_reason_that_is_half_typed_goes_on_with_the_interview_and_ends_with_it(
    desk: InterviewDesk, office: Desk, sit_down: SitDown
) -> None:
    """There is no record of the person yet for it to be kept with, and none may be left when they do not join."""
    factory.member(office, family_name="想定", family_kana="そうてい", pseudonym="ひなた")
    draft = factory.draft(office, hobbies="想定さんと釣りをします。")

    def card() -> FindingCard:
        page = sit_down(draft.id, open_at="preview").page
        assert isinstance(page, PreviewPage)
        return page.findings["hobbies"]

    first = card()
    first.reasons["想定"].fill("学生時代からの")
    first.window().close()
    again = card()
    assert again.reasons["想定"].text() == "学生時代からの" and again.draft.is_brought_back
    assert desk.exports.drafts.waiting() == (), "the interview itself is waiting"
    again.reasons["想定"].fill("学生時代からの別の")
    again.draft.save_now()
    desk.interviews.abandon(draft.id)
    assert table(office, "form_draft") == []
    again.reasons["想定"].fill("学生時代からの別の方")
    again.draft.save_now()
    assert table(office, "form_draft") == [], "not even from a window that is still there"


def test_a_reason_needs_a_record_and_the_record_its_basics(
    desk: InterviewDesk, office: Desk, sit_down: SitDown, typist: Seat
) -> None:
    factory.member(office, family_name="想定", family_kana="そうてい", pseudonym="ひなた")
    draft = factory.draft(office, phone=None, hobbies="想定さんと釣りをします。")
    flow = sit_down(draft.id, open_at="preview")
    assert isinstance(flow.page, PreviewPage)
    reason = flow.page.findings["hobbies"].reasons["想定"]
    reason.fill("学生時代からの別の方")
    typist(flow).press("release_hobbies")
    assert "お名前・ご連絡先" in reason.error() and reason.text() == "学生時代からの別の方"
    assert desk.member_of(draft.id) is None


def test_a_flag_that_was_not_asked_leads_to_its_consent(office: Desk, sit_down: SitDown) -> None:
    refused = {"consent_collect_religion": "refused", "new_religion_flag": None, "religion_note": None}
    flow = sit_down(factory.draft(office, **refused, consent_disclose_religion=None).id, open_at="preview")
    mend = flow.findChild(QPushButton, "mend_new_religion")
    assert mend is not None
    click(mend)
    assert flow.step == "consents" and flow.focusWidget() in flow.page.inputs["consent_collect_religion"].parts


def test_names_and_address_are_shown_as_staying_in_the_office(office: Desk, sit_down: SitDown) -> None:
    flow = sit_down(factory.draft(office).id, open_at="preview")
    kept_in = flow.findChild(QWidget, "kept_in")
    assert kept_in is not None
    read = _texts(kept_in)
    for key in ("family_name", "phone", "address_line", "employer_name"):
        assert str(factory.answers()[key]) in read


def test_a_proposed_pseudonym_counts_as_answered(office: Desk, sit_down: SitDown) -> None:
    flow = sit_down(factory.draft(office, pseudonym=None).id, open_at="preview")
    assert flow.answers["pseudonym"]
    flaw_count = flow.findChild(QAbstractButton, "flaws")
    assert flaw_count is not None
    assert not flaw_count.isVisibleTo(flow), flaw_count.text()


def test_a_pseudonym_is_proposed_and_another_when_asked(office: Desk, sit_down: SitDown, typist: Seat) -> None:
    flow = sit_down(factory.draft(office, pseudonym=None).id, open_at="preview")
    first = flow.page.inputs["pseudonym"].value()
    assert first
    typist(flow).press("another_pseudonym")
    assert flow.page.inputs["pseudonym"].value() not in (None, first)
    assert flow.answers["pseudonym"] == flow.page.inputs["pseudonym"].value()


def test_a_pseudonym_like_the_name_is_told_at_the_field(qtbot: QtBot, office: Desk, sit_down: SitDown) -> None:
    flow = sit_down(factory.draft(office).id, open_at="preview")
    name = flow.page.inputs["pseudonym"]
    name.fill("みほん")
    qtbot.waitUntil(lambda: bool(name.error()))
