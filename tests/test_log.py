"""The log holds ids, keys, types and places: whatever else somebody logs is not written down."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from nakodo_desktop import log
from nakodo_desktop.errors import UserError, error_code
from tests import factory
from tests.officekit import Building

MARKER = "漏洩検査太郎"


@pytest.fixture
def lines(tmp_path: Path) -> Iterator[Path]:
    """A log file of this test's own; the root logger is given back as it was."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    log.start_logging(tmp_path / "logs")
    yield tmp_path / "logs" / "nakodo.log"
    for handler in root.handlers[:]:
        if handler not in before:
            root.removeHandler(handler)
            handler.close()
    root.setLevel(level)


def said(lines: Path) -> str:
    return lines.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "argument",
    [
        MARKER,
        "Taro Mihon",
        f"F-0001 {MARKER}",
        "090 1234 5678",
        "taro@example.jp",
        "a" * 65,
        "",
        "two\nlines",
        ["F-0001"],
        UserError(MARKER),
        MARKER.encode(),
        None,
    ],
    ids=lambda argument: repr(argument)[:30],
)
def test_an_argument_that_is_no_plain_id_is_redacted(lines: Path, argument: object) -> None:
    logging.getLogger("test").warning("saved %s here", argument)
    assert "saved <redacted> here" in said(lines)
    assert MARKER not in said(lines)


@pytest.mark.parametrize("argument", ["F-0001", "member.view", "a1b2c3", "declaration_state", "ui/flow.py:12", 7, 2.5])
def test_ids_keys_and_counts_stay(lines: Path, argument: object) -> None:
    logging.getLogger("test").warning("saved %s here", argument)
    assert f"saved {argument} here" in said(lines)


def test_named_arguments_are_looked_at_one_by_one(lines: Path) -> None:
    logging.getLogger("test").warning("saved %(key)s for %(name)s", {"key": "hobbies", "name": MARKER})
    assert "saved hobbies for <redacted>" in said(lines)


@pytest.mark.parametrize("message", [f"saved {MARKER}", UserError(MARKER), ValueError("Taro"), {"name": "Taro"}, 7])
def test_a_message_that_was_put_together_is_redacted(lines: Path, message: object) -> None:
    logging.getLogger("test").warning(message)
    assert "<redacted>" in said(lines)
    assert MARKER not in said(lines)
    assert "Taro" not in said(lines)


def stumble(over: str) -> None:
    raise ValueError(f"cannot save {over}")


def test_an_error_leaves_type_code_and_places_not_its_words(lines: Path) -> None:
    try:
        stumble(MARKER)
    except ValueError as error:
        code = error_code(error)
        logging.getLogger("test").exception("uncaught", stack_info=True)
    assert re.search(
        rf"uncaught \[ValueError {code} at test_log\.py:\d+ < test_log\.py:\d+\]$", said(lines), re.MULTILINE
    )
    assert "cannot save" not in said(lines)
    assert MARKER not in said(lines)
    assert len(said(lines).splitlines()) == 1, "no stack with its source lines"


def test_a_folder_that_cannot_be_written_leaves_the_program_without_a_log(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file is in the way", encoding="utf-8")
    root = logging.getLogger()
    before = root.handlers[:]
    log.start_logging(tmp_path / "logs")
    (added,) = [handler for handler in root.handlers if handler not in before]
    root.removeHandler(added)
    assert isinstance(added, logging.NullHandler)


def test_a_large_file_is_put_aside_at_the_next_start(lines: Path) -> None:
    logging.getLogger("test").warning("before")
    lines.write_bytes(b"x" * (512 * 1024 + 1))
    log.start_logging(lines.parent)
    logging.getLogger("test").warning("after")
    assert lines.with_name("nakodo.old.log").stat().st_size > 512 * 1024
    assert "after" in said(lines)


def test_T39_a_day_at_the_office_leaves_no_name_in_the_log(lines: Path, building: Building) -> None:
    """Design handbook 10: an interview with marker values, then grep."""
    logging.getLogger().setLevel(logging.DEBUG)
    desk = building.enter()
    marked = dict.fromkeys(("family_name", "employer_name", "hobbies", "interview_note", "address_line"), MARKER)
    member_id = factory.member(desk, **marked)
    factory.signed(desk, member_id)
    desk.members.view(member_id, screen="test")
    building.leave()
    logging.getLogger("test").warning("the day is over")
    assert "the day is over" in said(lines)
    assert MARKER not in said(lines)
