"""What counts as a good passphrase: length or random words, and nothing everybody would try."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nakodo_desktop import paths
from nakodo_desktop.errors import ProgramDamaged
from nakodo_desktop.vault import passphrases
from nakodo_desktop.vault.kdf import normalise
from nakodo_desktop.vault.passphrases import check, generate, word_lists

_LISTS = word_lists()


def test_generated_passphrases_are_five_words_and_good() -> None:
    made = [generate(_LISTS) for _ in range(300)]
    assert len(set(made)) == 300
    assert all(len(passphrase.split(" ")) == 5 for passphrase in made)
    # Five different words count as words, a repeated one by its length: practically all are good at once.
    assert [passphrase for passphrase in made if check(passphrase, _LISTS) is not None] == []


def test_the_word_list_is_large_clean_and_easy_to_type() -> None:
    assert len(_LISTS.words) == len(set(_LISTS.words)) >= 2000
    assert all(4 <= len(word) <= 10 and word.isascii() and word.isalpha() and word.islower() for word in _LISTS.words)
    assert list(_LISTS.words) == sorted(_LISTS.words)


@pytest.mark.parametrize(
    "passphrase",
    [
        "correct horse battery",
        "うみべ　さんぽ　あさひ　かもめ　なみおと",
        "毎朝七時に犬と川べりを二人で歩く",
        "Tr0ub4dor&3-staple",
    ],
)
def test_fourteen_characters_that_nobody_expects_are_good(passphrase: str) -> None:
    assert check(passphrase, _LISTS) is None


def test_five_words_are_good_however_short() -> None:
    shortest = sorted(_LISTS.words, key=len)[:5]
    assert check(" ".join(shortest), _LISTS) is None
    assert check(" ".join(word.upper() for word in shortest), _LISTS) is None


@pytest.mark.parametrize(
    ("passphrase", "says"),
    [
        ("", "14 文字以上"),
        ("短い", "14 文字以上"),
        ("12345678901234", "並び"),
        ("98765432109876", "並び"),
        ("qwertyuiopasdf", "並び"),
        ("poiuytrewqlkjh", "並び"),
        ("あいうえおかきくけこさしすせ", "並び"),
        ("password20261123", "よく使われる"),
        ("Passw0rdPassw0rd", "よく使われる"),
        ("kekkonsoudanjo2026!!", "よく使われる"),
        ("ｋｅｋｋｏｎｓｏｕｄａｎｊｏ２０２６", "よく使われる"),
        ("さくらさくらさくらさくらさくら", "よく使われる"),
        ("aaaaaaaaaaaaaaaa", "くり返し"),
        ("abababababababab", "くり返し"),
        ("見本結婚相談室2026年11月23日", "名前や事務所名"),
        ("みほん はなこ 123456789", "名前や事務所名"),
        ("tab\tinside the passphrase", "打ち直せない"),
        ("lone \ud800 surrogate in here", "打ち直せない"),
        ("x" * 1025, "1,024 文字まで"),
    ],
)
def test_what_everybody_would_try_is_refused_with_a_reason(passphrase: str, says: str) -> None:
    names = ["見本結婚相談室年月日", "みほん はなこ"]
    trouble = check(passphrase, _LISTS, names=names)
    assert trouble is not None and says in trouble.message


def test_an_empty_name_forbids_nothing() -> None:
    assert check("correct horse battery", _LISTS, names=["", " ", "・"]) is None


@given(st.text(max_size=60))
def test_judging_never_fails_and_width_does_not_matter(passphrase: str) -> None:
    first = check(passphrase, _LISTS)
    again = check(normalise(passphrase).decode("utf-8", "surrogatepass"), _LISTS)
    assert (first is None) == (again is None)


def test_a_missing_list_stops_the_program_instead_of_weakening_the_rule(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "RESOURCES", tmp_path)
    with pytest.raises(ProgramDamaged):
        passphrases.word_lists.__wrapped__()
