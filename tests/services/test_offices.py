"""The office's own settings: what may be saved, and that half of it is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nakodo_desktop.domain.office import Office
from nakodo_desktop.services.offices import Offices, office_problems
from nakodo_desktop.vault.vault import Vault
from tests import factory
from tests.factory import Desk
from tests.officekit import everything, log_of


def with_recipient(**changes: str) -> Office:
    office = factory.office()
    return replace(office, recipient=replace(office.recipient, **changes))


def test_a_vault_without_settings_says_so(vault: Vault) -> None:
    offices = Offices(vault)
    assert not offices.is_set_up()
    with pytest.raises(LookupError):
        offices.load()


def test_settings_are_saved_with_a_line_in_the_log(desk: Desk) -> None:
    changed = factory.office(name="<b>髙﨑</b>相談所", lawyer_name="", redeclare_months=12, bands_measures=True)
    assert desk.offices.save(changed) == ()
    assert desk.offices.load() == changed
    assert desk.offices.is_set_up()
    assert log_of(desk)[-1].act == "office.save"


def test_an_association_may_be_entered_later() -> None:
    assert office_problems(with_recipient(code="", name="", address="", representative="")) == ()
    assert office_problems(factory.office(phone="", postal_code="", lawyer_name="")) == ()


@pytest.mark.parametrize(
    ("office", "keys", "words"),
    [
        (factory.office(name=" 　", representative=""), ["name", "representative"], "入力してください"),
        (factory.office(address="", code=" "), ["address", "code"], "入力してください"),
        (factory.office(code="見本"), ["code"], "半角の英数字12文字"),
        (factory.office(code="ABCDEFGHIJKLM"), ["code"], "半角の英数字12文字"),
        (factory.office(code="../x"), ["code"], "半角の英数字12文字"),
        (factory.office(code="AB\n"), ["code"], "半角の英数字12文字"),
        (with_recipient(code="a/b"), ["recipient.code"], "半角の英数字12文字"),
        (factory.office(name="見本\n相談所"), ["name"], "1行で"),
        (factory.office(lawyer_name="見本\u202e"), ["lawyer_name"], "U+202E"),
        (with_recipient(address="あ" * 121), ["recipient.address"], "120文字まで"),
        (with_recipient(representative="\ud83d"), ["recipient.representative"], "壊れた文字"),
        (factory.office(postal_code="154"), ["postal_code"], "足りません"),
        (factory.office(postal_code="\ud83d"), ["postal_code"], "数字とハイフン"),
        (factory.office(redeclare_months=0), ["redeclare_months"], "1〜12か月"),
        (factory.office(redeclare_months=13), ["redeclare_months"], "1〜12か月"),
    ],
)
def test_settings_that_cannot_be_printed_are_not_saved(desk: Desk, office: Office, keys: list[str], words: str) -> None:
    before = everything(desk)
    problems = desk.offices.save(office)
    assert [problem.field_key for problem in problems] == keys
    assert words in problems[0].message
    assert everything(desk) == before
