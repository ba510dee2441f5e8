"""Passphrases and paper codes, as the set-up and the settings ask for them."""

from __future__ import annotations

from nakodo_desktop.domain.values import Trouble
from nakodo_desktop.vault.codes import new_code, parse_code, show_code
from nakodo_desktop.vault.passphrases import check, generate, word_lists


def passphrase_trouble(passphrase: str, *, person: str, office: str) -> Trouble | None:
    """None when it is good enough for everybody's lives. Raises ProgramDamaged without the lists."""
    return check(passphrase, word_lists(), names=(person, office))


def suggest_passphrase() -> str:
    """Five words to remember."""
    return generate(word_lists())


def new_recovery_code() -> str:
    """28 letters in groups, to be printed and typed back."""
    return show_code(new_code())


def new_office_key() -> str:
    """Of the same make as the recovery code; it opens nothing without a passphrase."""
    return show_code(new_code())


def typed_code_trouble(typed: str, *, right: str) -> Trouble | None:
    """Whether the paper was read back correctly: case, width and hyphens do not matter."""
    found = parse_code(typed)
    if isinstance(found, Trouble):
        return found
    return None if show_code(found) == right else Trouble("表示されている復旧コードと違います。紙と見比べてください。")
