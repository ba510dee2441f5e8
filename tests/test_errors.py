"""The code of a bug: the same for the same place, whatever was in it."""

from __future__ import annotations

import re

import pytest

from nakodo_desktop import errors
from nakodo_desktop.errors import UserError, error_code


def caught(error: Exception, *, deeper: bool = False) -> Exception:
    def fail() -> None:
        raise error

    try:
        if deeper:
            fail()
        raise error
    except type(error) as found:
        return found


def test_a_code_can_be_read_aloud() -> None:
    assert re.fullmatch(r"[0-9A-F]{4}:[0-9A-F]{4}", error_code(caught(ValueError("見本 太郎"))))


def test_a_code_tells_type_and_place_and_no_words() -> None:
    same = {error_code(caught(ValueError(words))) for words in ("見本 太郎", "別の人")}
    others = {error_code(caught(KeyError("見本 太郎"))), error_code(caught(ValueError("見本 太郎"), deeper=True))}
    assert len(same) == 1
    assert len(same | others) == 3


def test_an_error_that_was_never_raised_has_a_code() -> None:
    assert error_code(ValueError("x")) == error_code(ValueError("y"))


SPEAKING = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, UserError)]
WITH_WORDS = [kind for kind in SPEAKING if "__init__" in vars(kind) and kind is not UserError]


@pytest.mark.parametrize("kind", WITH_WORDS, ids=lambda kind: kind.__name__)
def test_words_of_our_own_say_what_happened_and_what_to_do(kind: type[UserError]) -> None:
    error = kind("部品") if kind is errors.ProgramDamaged else kind()  # type: ignore[call-arg]  # each has its own words
    assert error.message.endswith("。")
    assert error.advice.endswith("。")
    assert str(error) == error.message


def test_every_kind_of_error_says_what_it_is_for() -> None:
    assert [kind.__name__ for kind in SPEAKING if not kind.__doc__] == []
