"""Reads the words of a printed form in one of its dated versions; callers never touch forms/ themselves.

A version that was released is never edited: its checksum is printed on every sheet and pinned by a test.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nakodo_desktop.errors import NotPrintable
from nakodo_desktop.paths import FORMS

DECLARATION = "single_status_declaration"
CONSENT_SHEET = "consent_sheet"

_FORM_NAME = re.compile(r"[a-z][a-z_]{1,60}")
_VERSION = re.compile(r"\d{4}-\d{2}-\d{2}")
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True)
class Clause:
    """One numbered article."""

    key: str
    heading: str
    text: str
    optional: bool = False


@dataclass(frozen=True)
class Template:
    """The words of one form in one version."""

    form: str
    version: str
    sha256: str  # of form.toml with line feeds, so that a checkout on another system agrees
    layout: int  # which drawing function lays it out
    title: str
    lead: str
    clauses: tuple[Clause, ...]
    words: Mapping[str, str]  # labels and short sentences around the clauses

    @property
    def effective_from(self) -> date:
        return date.fromisoformat(self.version)

    @property
    def name(self) -> str:
        """How the version is called on paper and in messages."""
        return f"{self.title} {self.version}版"


def versions(form: str, *, root: Path = FORMS) -> tuple[str, ...]:
    """Every version of `form`, oldest first. Raises: NotPrintable when there is none."""
    folder = root / form
    if not _FORM_NAME.fullmatch(form) or not folder.is_dir():
        raise _unusable(form, "様式のフォルダーがありません")
    found = sorted(entry.name for entry in folder.iterdir() if _VERSION.fullmatch(entry.name) and entry.is_dir())
    if not found:
        raise _unusable(form, "様式の版がありません")
    return tuple(found)


def in_force(form: str, *, on: date, root: Path = FORMS) -> Template:
    """The newest version whose day has come. Before the first day of all, the first version."""
    known = versions(form, root=root)
    due = [version for version in known if version <= on.isoformat()]
    return read_template(form, version=due[-1] if due else known[0], root=root)


def read_template(form: str, *, version: str, root: Path = FORMS) -> Template:
    """The words of exactly this version. Raises: NotPrintable when they are missing or malformed."""
    if not _FORM_NAME.fullmatch(form) or not _VERSION.fullmatch(version):
        raise _unusable(f"{form} {version}", "版の名前が正しくありません")
    path = root / form / version / "form.toml"
    try:
        raw = path.read_bytes().replace(b"\r\n", b"\n")
        read = tomllib.loads(raw.decode("utf-8"))
        template = Template(
            form=form,
            version=version,
            sha256=hashlib.sha256(raw).hexdigest(),
            layout=_whole(read["layout"]),
            title=_words(read["title"]),
            lead=_words(read["lead"]),
            clauses=tuple(_clause(clause) for clause in read["clauses"]),
            words={str(key): _words(text) for key, text in read["words"].items()},
        )
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as cause:
        raise _unusable(f"{form} {version}", "様式ファイルを読み取れません") from cause
    if read.get("version") != version or read.get("form") != form:
        raise _unusable(f"{form} {version}", "様式ファイルの中の版の名前がフォルダーと違います")
    return template


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put `values` in place of {name}, once: braces inside a value stay as they are.

    Raises: NotPrintable for a name that has no value; a sheet never goes out with a hole in a sentence.
    """

    def value(match: re.Match[str]) -> str:
        if match[1] not in values:
            raise _unusable(match[0], "文面にある差し込み項目に値がありません")
        return values[match[1]]

    return _PLACEHOLDER.sub(value, text)


def placeholders(template: Template) -> frozenset[str]:
    """Every {name} the form uses."""
    texts = (template.lead, *(clause.text for clause in template.clauses), *template.words.values())
    return frozenset(name for text in texts for name in _PLACEHOLDER.findall(text))


def _clause(read: object) -> Clause:
    if not isinstance(read, dict):
        raise TypeError("a clause is a table")
    return Clause(
        key=_words(read["key"]),
        heading=_words(read["heading"]),
        text=_words(read["text"]),
        optional=read.get("optional", False) is True,
    )


def _words(value: object) -> str:
    """A non-empty text; line breaks inside a Japanese paragraph are only the author's."""
    if not isinstance(value, str) or not value.strip():
        raise TypeError("a text of the form is missing")
    return "".join(line.strip() for line in value.splitlines())


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError("a number of the form is missing")
    return value


def _unusable(what: str, why: str) -> NotPrintable:
    return NotPrintable(
        f"帳票の様式を使えません（{why}：{what}）。何も印刷していません。",
        "プログラムを入れ直してください。会員の記録はそのまま残っています。",
    )
