"""T60, T61, T65, T66: texts that deceive, break or never end, the whole way from the form to the paper and the bundle.

What may stand comes out letter for letter wherever it is shown; what may not is refused at its field by name, and
stays in the form.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QTextDocumentFragment
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from nakodo_desktop.domain.member import MemberId, MemberStatus
from nakodo_desktop.domain.member_query import MemberQuery
from nakodo_desktop.errors import NotPrintable
from nakodo_desktop.services.clock import utc_now
from nakodo_desktop.services.declarations import draw
from nakodo_desktop.services.intake import Intake
from nakodo_desktop.ui.interview.typist import click
from nakodo_desktop.ui.members.list_page import MembersPage
from nakodo_desktop.ui.members.record_page import RecordPage
from nakodo_desktop.ui.members.section_card import SectionCard
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.dialog import AppDialog
from nakodo_desktop.ui.widgets.inputs import JaLineEdit, JaTextEdit
from nakodo_desktop.ui.widgets.labels import WrappedLabel
from tests import factory
from tests.officekit import Building, everything
from tests.printingkit import text_by_pdfium, unbroken
from tests.ui.assemblykit import Room, assembled

IVS, SURROGATES, COMBINING, COMPATIBILITY = "葛\U000e0100城", "𠮷𣘺", "か\u3099く", "神\ufa19髙﨑"
LETTERS = (IVS, SURROGATES, COMBINING, COMPATIBILITY)
MARK_UP = (
    "<b>見本</b>",
    "<img src=/etc/passwd>",
    '<img src="../../x.png"/>',
    "<a href=x:y>見本</a>",
    "<!-- 見本 -->",
    "<para fontSize=40>",
    "&amp;&#x41;&lt;",
    "a<b & c>d",
)
FORMULAS = ("=1+1", "+1", "-2+3", "@SUM(A1)", "＝１＋１")
PATHS = ("../../etc", "C:\\見本\\x", "見本/太郎", "%s%(x)d{0}", "'; DROP TABLE member;--", '"見本", "太郎')
MAY_STAND = (*LETTERS, *MARK_UP, *FORMULAS, *PATHS)
EMOJI = "見本🎸"
NEUTRAL = {"family_name": "架空", "given_name": "次郎", "family_kana": "かくう", "given_kana": "じろう"}

REFUSED = {
    "見本\u202e太郎": "U+202E",
    "a\u2066b": "U+2066",
    "見\u200b本": "U+200B",
    "見\u200d本": "U+200D",
    "見\ufeff本": "U+FEFF",
    "見本\x1b[0m": "U+001B",
    "見\x85本": "U+0085",
    "見\x07本": "U+0007",
    "見\ue000本": "外字",
    "見本\ufffd": "文字化け",
    "長" * 300: "60文字まで",
}


@pytest.fixture
def room(
    building: Building, theme: Theme, qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Room]:
    factory.member(building.enter())
    with assembled(building, theme, app=qapp, qtbot=qtbot, monkeypatch=monkeypatch) as made:
        yield made


def open_form(room: Room, member_id: int) -> tuple[RecordPage, SectionCard]:
    page = room.office.open_record(member_id)
    card = page.sections.card("basics")
    card.edit.click()
    return page, card


def put(card: SectionCard, key: str, text: str) -> None:
    """As a paste or an IME commits it, all at once."""
    assert card.form is not None
    field = card.form.inputs[key]
    assert isinstance(field, JaLineEdit | JaTextEdit)
    field.editor.setFocus()
    field.editor.selectAll()
    commit = QInputMethodEvent()
    commit.setCommitString(text)
    QApplication.sendEvent(field.editor, commit)


def to_the_eye(label: QLabel) -> str:
    """What Qt makes of the label's text."""
    if label.textFormat() == Qt.TextFormat.PlainText:
        return label.text()
    assert isinstance(label, WrappedLabel) or not label.text()  # the others are pictures
    return QTextDocumentFragment.fromHtml(label.text()).toPlainText()


def shown(widget: QWidget) -> list[str]:
    return [to_the_eye(label) for label in widget.findChildren(QLabel)]


def test_T60_T65_what_may_stand_is_kept_and_shown_letter_for_letter(room: Room) -> None:
    for family, given, address, first, last in by_five(MAY_STAND):
        page, card = open_form(room, 1)
        name, note = f"{family} {given}", f"{first}\n{last}"
        for key, text in (
            ("family_name", family),
            ("given_name", given),
            ("address_line", address),
            ("contact_note", note),
        ):
            put(card, key, text)
        assert card.save(), (name, address, note)
        _is_stored(room, name=name, address=address, note=note)
        assert name in shown(page.head)
        assert {family, given, address, note} <= set(shown(page.sections))
        _is_in_a_dialog(room, page, name)
        _is_in_the_list(room, name)
        _is_on_paper(room, name, address)


def by_five(texts: Sequence[str]) -> list[tuple[str, ...]]:
    """Each in one place of a record or another; the last record is filled up from the first texts."""
    padded = [*texts, *texts[: -len(texts) % 5]]
    return [tuple(padded[start : start + 5]) for start in range(0, len(padded), 5)]


def _is_stored(room: Room, *, name: str, address: str, note: str) -> None:
    """Byte by byte, past every reader of ours."""
    columns = "m.legal_name, p.family_name || ' ' || p.given_name, p.address_line, p.contact_note"
    read = ", ".join(f"hex({column})" for column in columns.split(", "))
    rows = room.session.vault.read().execute(f"SELECT {read} FROM member m JOIN profile p ON p.member_id = m.id")
    assert [bytes.fromhex(cell).decode() for cell in rows.fetchall()[0]] == [name, name, address, note]


def _is_in_the_list(room: Room, name: str) -> None:
    members = room.workspace.open("members")
    assert isinstance(members, MembersPage)
    model = members.model
    cells = [model.index(0, column) for column in range(model.columnCount())]
    index = next(cell for cell in cells if name in str(model.data(cell)))
    hint = model.data(index, Qt.ItemDataRole.ToolTipRole)
    assert hint is None or name in QTextDocumentFragment.fromHtml(str(hint)).toPlainText()
    assert any(name in words for words in shown(members)), "the pane beside the list"


def _is_in_a_dialog(room: Room, page: RecordPage, name: str) -> None:
    page._change_status(MemberStatus.WITHDRAWN)
    (dialog,) = (one for one in room.shell.findChildren(AppDialog) if one.isVisible())
    assert any(f"{name} 様" in words for words in shown(dialog))
    dialog.reject()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _is_on_paper(room: Room, name: str, address: str) -> None:
    pdf = draw(room.session.declarations.prepare(MemberId(1))).office
    words = unbroken(text_by_pdfium(pdf))
    assert unbroken(name) in words and unbroken(address) in words
    for trick in (b"/URI", b"/JavaScript", b"/Launch", b"/Subtype /Image"):
        assert trick not in pdf


def test_T60_an_emoji_stands_everywhere_but_on_paper_which_names_it(room: Room) -> None:
    page, card = open_form(room, 1)
    put(card, "family_name", EMOJI)
    assert card.save()
    assert f"{EMOJI} 太郎" in shown(page.head) and EMOJI in shown(page.sections)
    _is_in_a_dialog(room, page, f"{EMOJI} 太郎")
    _is_in_the_list(room, f"{EMOJI} 太郎")
    with pytest.raises(NotPrintable, match="🎸"):
        draw(room.session.declarations.prepare(MemberId(1)))


def test_T60_T66_what_may_not_stand_is_refused_by_name_and_stays_in_the_form(room: Room) -> None:
    before = everything_but_views(room)
    _, card = open_form(room, 1)
    assert card.form is not None
    for text, named in REFUSED.items():
        put(card, "family_name", text)
        save = card.findChild(QPushButton, "save_basics")
        assert save is not None
        click(save)
        assert card.form is not None, f"{text!r} was saved"
        field = card.form.inputs["family_name"]
        assert named in field.error(), (text, field.error())
        assert field.value() == text
    card.cancel()
    assert everything_but_views(room) == before


def test_T66_half_a_character_is_refused_where_it_can_come_from(room: Room, tmp_path: Path) -> None:
    """Qt hands over no lone surrogate: a broken paste arrives as U+FFFD, refused above. A file can hold one."""
    version = room.session.members.view(MemberId(1), screen="test").version
    for half in ("\ud83d", "\udc00"):
        (problem,) = room.session.members.correct(MemberId(1), {"family_name": f"見{half}本"}, version=version)
        assert f"U+{ord(half):04X}" in problem.message
    file = tmp_path / "answers.json"
    file.write_text(json.dumps({"family_name": "見\ud83d本", "interview_note": "\udc00"}), encoding="ascii")
    before = everything_but_views(room)
    found = Intake(room.session.vault, room.session.places, now=utc_now).read(file)
    assert isinstance(found, tuple)
    told = {problem.field_key: problem.message for problem in found}
    assert "U+D83D" in told["family_name"] and "U+DC00" in told["interview_note"]
    assert everything_but_views(room) == before


def everything_but_views(room: Room) -> dict[str, list[dict[str, object]]]:
    desk = factory.desk(room.session.vault, utc_now)
    return {name: rows for name, rows in everything(desk).items() if name != "audit"}


def test_T61_an_endless_text_is_told_at_once_and_nothing_is_saved(room: Room) -> None:
    before = everything_but_views(room)
    _, card = open_form(room, 1)
    assert card.form is not None
    for key, text, limit in (
        ("family_name", "長" * 200_000, "60"),
        ("contact_note", "長" * 1_000_000, "400"),
        ("address_line", "&amp;" * 50_000, "120"),
    ):
        put(card, key, text)
        assert not card.save()
        assert f"{limit}文字まで" in card.form.inputs[key].error()
    card.cancel()
    assert everything_but_views(room) == before


def test_T65_names_are_found_however_they_are_typed(room: Room) -> None:
    names = ((IVS, "葛城"), (SURROGATES, "吉橋"), (COMPATIBILITY, "神神高崎"), (COMBINING, "がく"))
    for family, given in (names[:2], names[2:]):
        _, card = open_form(room, 1)
        put(card, "family_name", family[0])
        put(card, "given_name", given[0])
        assert card.save()
        for asked in (*family, *given):
            assert room.session.members.select(MemberQuery(text=asked)) == [MemberId(1)], asked
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_T60_T65_a_text_for_the_site_leaves_as_it_is_or_not_at_all(room: Room, tmp_path: Path) -> None:
    desk = factory.desk(room.session.vault, utc_now)
    texts = [text for text in MAY_STAND if text not in ("見本/太郎", '"見本", "太郎')]
    for number, text in enumerate(texts):
        said = {"hobbies": f"{text}、散歩", "pseudonym": f"つば{chr(ord('か') + number)}"}
        member_id = factory.member(desk, disability_flag="no", municipality="14103", **NEUTRAL, **said)
        factory.signed(desk, member_id)
    exports = room.session.exports
    candidates = {one.row.id: one for one in exports.candidates()}
    admitted = {i: str(one.answers["hobbies"]) for i, one in candidates.items() if one.is_admitted}
    refused = [reason.words for one in candidates.values() for reason in one.reasons]
    assert len(admitted) >= len(texts) - 4, refused
    written = exports.export(exports.plan(list(admitted)), tmp_path)
    with zipfile.ZipFile(written.path) as bundle:
        profiles = json.loads(bundle.read("profiles.json"))
        table = bundle.read("profiles.csv").decode("utf-8-sig")
    assert sorted(_hobbies(profiles)) == sorted(admitted.values())
    for row in csv.reader(io.StringIO(table, newline="")):
        assert not [cell for cell in row if cell.lstrip()[:1] in "=+-@＝＋－＠" and cell]


def _hobbies(profiles: object) -> list[str]:
    """Wherever the format keeps them."""
    if isinstance(profiles, dict):
        own = [str(profiles["hobbies"])] if isinstance(profiles.get("hobbies"), str) else []
        return own + [found for value in profiles.values() for found in _hobbies(value)]
    if isinstance(profiles, list):
        return [found for value in profiles for found in _hobbies(value)]
    return []
