"""協会への渡し方: what the head types is what is stored, and a fingerprint is read back."""

from __future__ import annotations

import socket

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from nakodo_desktop.domain.delivery import Delivery, DeliveryKind
from nakodo_desktop.services.deliveries import Deliveries
from nakodo_desktop.ui.jobs import JobRunner
from nakodo_desktop.ui.settings.delivery_card import DeliveryCard
from nakodo_desktop.ui.theme import Theme
from nakodo_desktop.ui.widgets.dialog import AppDialog
from nakodo_desktop.ui.widgets.labels import WrappedLabel
from nakodo_desktop.vault import deliveries
from tests.factory import Desk
from tests.ui.conftest import Show

FINGERPRINT = "0123456789abcdef" * 4


@pytest.fixture
def card(theme: Theme, jobs: JobRunner, desk: Desk, show: Show) -> DeliveryCard:
    made = DeliveryCard(theme, jobs, Deliveries(desk.vault))
    show(made)
    return made


def stored(desk: Desk) -> Delivery:
    return deliveries.load(desk.vault.read())


def choose(card: DeliveryCard, kind: DeliveryKind) -> None:
    card.kind.radios[kind.value].click()


def fill(card: DeliveryCard, **texts: str) -> None:
    for key, text in texts.items():
        card.fields[key].fill(text)


def test_a_new_office_gives_folders_and_is_asked_for_no_server(card: DeliveryCard):
    assert card.kind.value() == "folder"
    assert not card.fields["host"].isVisible()
    assert not card.try_out.isVisible()


def test_what_is_typed_is_what_is_stored(card: DeliveryCard, desk: Desk):
    choose(card, DeliveryKind.HTTPS)
    fill(
        card,
        host="inbox.example.jp",
        port="8443",
        path="inbox",
        user="mihon",
        password="himitsu 14",
        fingerprint=":".join(FINGERPRINT.upper()[at : at + 2] for at in range(0, 64, 2)),
    )
    card.save.click()
    assert stored(desk) == Delivery(
        kind=DeliveryKind.HTTPS,
        host="inbox.example.jp",
        port=8443,
        path="inbox",
        user="mihon",
        password="himitsu 14",
        fingerprint=FINGERPRINT,
    )
    assert card.fields["password"].value() is None
    card.fields["path"].fill("inbox/mihon")
    card.save.click()
    assert stored(desk).password == "himitsu 14"


def test_a_fingerprint_is_read_back_in_fours(card: DeliveryCard):
    choose(card, DeliveryKind.HTTPS)
    fill(card, fingerprint=FINGERPRINT)
    assert any("0123 4567 89ab cdef" in label.plain_text() for label in card.findChildren(WrappedLabel))


def test_for_sftp_the_office_shows_its_public_key_and_asks_no_password(card: DeliveryCard, desk: Desk):
    choose(card, DeliveryKind.SFTP)
    assert card.public_key.plain_text() == Deliveries(desk.vault).public_key_line()
    assert not card.fields["password"].isVisible()
    assert card.fields["user"].is_required()


def test_what_cannot_work_is_marked_and_not_stored(card: DeliveryCard, desk: Desk):
    choose(card, DeliveryKind.SFTP)
    fill(card, host="inbox.example.jp", port="22x")
    card.save.click()
    assert card.fields["port"].error()
    assert card.fields["user"].error()
    assert card.fields["fingerprint"].error()
    assert stored(desk) == Delivery()
    card.try_out.click()
    assert card.fields["user"].error()


def test_a_trial_that_fails_is_told_in_words(qtbot: QtBot, card: DeliveryCard, desk: Desk):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    choose(card, DeliveryKind.HTTPS)
    fill(card, host="127.0.0.1", port=port, fingerprint=FINGERPRINT)
    card.try_out.click()
    assert not card.try_out.isEnabled()
    qtbot.waitUntil(card.try_out.isEnabled)
    dialog = card.window().findChild(AppDialog)
    assert isinstance(dialog, AppDialog)
    assert "つながらないか、途中で切れました" in "".join(
        label.plain_text() for label in dialog.findChildren(WrappedLabel)
    )
    assert stored(desk) == Delivery()
    dialog.reject()


def test_typed_words_survive_another_tab(card: DeliveryCard):
    fill(card, association_key="age1abc")
    card.hide()
    card.show()
    assert card.fields["association_key"].value() == "age1abc"


def test_every_field_has_a_name_for_a_screen_reader(card: DeliveryCard):
    choose(card, DeliveryKind.SFTP)
    nameless = [key for key, field in card.fields.items() if not any(map(_is_named, (field, *field.parts)))]
    assert nameless == []


def _is_named(part: QObject) -> bool:
    return bool(getattr(part, "accessibleName", str)() or getattr(part, "text", str)())
