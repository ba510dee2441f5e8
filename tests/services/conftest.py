"""The services at work: a real office, whoever is at the desk, and a clock the test moves."""

from __future__ import annotations

from pathlib import Path

import pytest

from nakodo_desktop.domain.member import MemberId
from tests import factory
from tests.erasurekit import leave, somebody
from tests.factory import Desk


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the operator saves to."""
    made = tmp_path / "stick"
    made.mkdir()
    return made


@pytest.fixture
def gone(desk: Desk) -> MemberId:
    """Everything there is of a member, who left today; with somebody else who stays."""
    member_id = somebody(desk)
    factory.member(
        desk, family_name="架空", given_name="次郎", family_kana="かくう", given_kana="じろう", phone="080-1111-1111"
    )
    leave(desk, member_id)
    return member_id
