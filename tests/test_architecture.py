"""The rules of the house as failing tests: layers, sizes, and what nobody may write (CONTRIBUTING.md says why)."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.source_tree import (
    FOLDERS,
    ROOT,
    dotted,
    imports,
    python_files,
    relative,
    strings,
    swallowing_handlers,
    tree_of,
    uses,
)

MAX_LINES = 400
LISTS_BY_NATURE = {"nakodo_desktop/domain/catalog.py"}
PACKAGE = python_files("nakodo_desktop")
TESTS = python_files("tests")
EVERYTHING = python_files(*FOLDERS)

# Where a bug may end: the excepthook shows its code, a job brings it to the window.
BUG_CATCHERS = {"nakodo_desktop/app.py", "nakodo_desktop/ui/jobs.py"}


def test_imports_point_down_only():
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    result = subprocess.run([*command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("path", EVERYTHING, ids=relative)
def test_file_is_small(path: Path):
    if relative(path) not in LISTS_BY_NATURE:
        assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_LINES


@pytest.mark.parametrize("path", PACKAGE, ids=relative)
def test_module_says_what_it_is_for(path: Path):
    assert ast.get_docstring(tree_of(path)), "the first line says what a reader may stop knowing"


@dataclass(frozen=True)
class Ban:
    """Something that must not stand under a folder; `but_in` are the paths (or folders) that exist for it."""

    what: str
    why: str
    but_in: tuple[str, ...] = ()
    under: str = "nakodo_desktop/"


# Programs of their own that a test may run inside its application.
MAY_RUN_INSIDE_ANOTHER = ("nakodo_desktop/demo/", "nakodo_desktop/self_check.py")
# The one way out, to the association's server, when a person sends a bundle there.
DELIVERY = ("nakodo_desktop/export/",)
# Their pause is a dice: the process is killed at any moment.
KILLED_AT_ANY_MOMENT = ("tests/vault/kill_loop.py", "tests/ui/interview/killed_typing.py")
INPUT_WIDGETS = "eats typed characters or obeys the IME badly; use ui/widgets"
CALLS = (
    Ban("processEvents", "re-enters the event loop in the middle of a slot"),
    Ban("QThread", "JobRunner is the one way to do slow work", under=""),
    Ban("QEventLoop", "a nested loop outlives the lock", ("nakodo_desktop/demo/",)),
    Ban("QApplication.instance", "widgets get what they need in the constructor", MAY_RUN_INSIDE_ANOTHER),
    Ban("QCoreApplication.instance", "widgets get what they need in the constructor"),
    Ban("QGuiApplication.instance", "widgets get what they need in the constructor"),
    Ban("QWizard", "its Back discards what was typed: docs/adr/0006"),
    Ban("QSettings", "preferences are one typed file; nothing is written behind our back"),
    Ban("QSpinBox", INPUT_WIDGETS, ("nakodo_desktop/ui/widgets/",)),
    Ban("QDoubleSpinBox", INPUT_WIDGETS, ("nakodo_desktop/ui/widgets/",)),
    Ban("QDateEdit", INPUT_WIDGETS, ("nakodo_desktop/ui/widgets/",)),
    Ban("QDateTimeEdit", INPUT_WIDGETS, ("nakodo_desktop/ui/widgets/",)),
    Ban("QLineEdit", INPUT_WIDGETS, ("nakodo_desktop/ui/widgets/",)),
    Ban("QPlainTextEdit", INPUT_WIDGETS, ("nakodo_desktop/ui/widgets/",)),
    Ban("QTextEdit", "takes rich text from the clipboard", ("nakodo_desktop/ui/widgets/",)),
    Ban("QLabel", "guesses rich text; use PlainLabel", ("nakodo_desktop/ui/widgets/",)),
    Ban("QMessageBox", "ui/alerts is the one place that asks", ("nakodo_desktop/ui/alerts.py",)),
    Ban("setMaxLength", "cuts what the IME commits"),
    Ban("setInputMask", "loses what the IME commits"),
    Ban("setValidator", "loses what the IME commits"),
    Ban("Paragraph", "reads markup: a name could embed a file", ("nakodo_desktop/printing/text.py",)),
    Ban("set_trace_callback", "would log SQL with its values"),
    Ban("eval", "runs data"),
    Ban("os.system", "goes through a shell"),
    Ban("time.sleep", "a test waits for a condition, never for time", KILLED_AT_ANY_MOMENT, under="tests/"),
    Ban("qtbot.wait", "a test waits for a condition, never for time", under="tests/"),
    Ban("pytest.skip", "a test that does not run proves nothing", under="tests/"),
    Ban("mark.skip", "a test that does not run proves nothing", under="tests/"),
    Ban("datetime.now", "the clock is a parameter", under="nakodo_desktop/domain/"),
    Ban("date.today", "the clock is a parameter", under="nakodo_desktop/domain/"),
    Ban("date.today", "the same input gives the same bytes", under="nakodo_desktop/printing/"),
    Ban("datetime.now", "the same input gives the same bytes", under="nakodo_desktop/printing/"),
    Ban("date.today", "the same input gives the same bytes", under="nakodo_desktop/export/"),
    Ban("datetime.now", "the same input gives the same bytes", under="nakodo_desktop/export/"),
)
GUESSABLE = "can be guessed; take `secrets`, or be handed a source"
CALLS += tuple(
    Ban(f"random.{name}", GUESSABLE, ("nakodo_desktop/demo",))
    for name in ("Random", "choice", "choices", "randint", "randrange", "random", "sample", "shuffle")
)
IMPORTS = (
    Ban("sqlite3", "writes plaintext; only SQLCipher may open a file"),
    Ban("socket", "only the delivery of a bundle opens a connection", DELIVERY),
    Ban("ssl", "only the delivery of a bundle opens a connection", DELIVERY),
    Ban("http", "only the delivery of a bundle opens a connection", DELIVERY),
    Ban("urllib.request", "only the delivery of a bundle opens a connection", DELIVERY),
    Ban("PySide6.QtNetwork", "only the delivery of a bundle opens a connection"),
    Ban("PySide6.QtSql", "knows nothing of the key"),
    Ban("pickle", "runs data"),
    Ban("unittest.mock", "real vault, real form; replace only the outside world, by hand", under="tests/"),
)
STRINGS = (
    Ban("PRAGMA rekey", "can destroy the vault on a full disk; rotate by generation"),
    Ban("PRAGMA key", "leaves the key in memory as text; use set_key"),
    Ban("PRAGMA hexkey", "leaves the key in memory as text; use set_key"),
    Ban("匿名加工情報", "the profile is 仮名; docs/threat-model.md"),
    Ban("個人情報ではない", "it is"),
    Ban("完全に消去", "nobody can promise it"),
    Ban("改ざん不可能", "nobody can promise it"),
)


def named(found: str, ban: str) -> bool:
    """`a.b.instance` is named by the ban `b.instance`, a module by the ban on its package."""
    return found == ban or found.endswith("." + ban)


def inside(module: str, ban: str) -> bool:
    return module == ban or module.startswith(ban + ".")


def contains(text: str, ban: str) -> bool:
    return ban.casefold() in " ".join(text.split()).casefold()


Reader = Callable[[ast.Module], Iterator[tuple[str, int]]]
Matcher = Callable[[str, str], bool]
RULES: list[tuple[Ban, Reader, Matcher]] = [
    *((ban, uses, named) for ban in CALLS),
    *((ban, imports, inside) for ban in IMPORTS),
    *((ban, strings, contains) for ban in STRINGS),
]


def breaches(ban: Ban, read: Reader, matches: Matcher) -> list[str]:
    return [
        f"{relative(path)}:{line}"
        for path in EVERYTHING
        if relative(path).startswith(ban.under) and not relative(path).startswith(ban.but_in or ("\0",))
        for found, line in read(tree_of(path))
        if matches(found, ban.what)
    ]


@pytest.mark.parametrize(("ban", "read", "matches"), RULES, ids=lambda part: getattr(part, "what", ""))
def test_nobody_writes(ban: Ban, read: Reader, matches: Matcher):
    assert breaches(ban, read, matches) == [], ban.why


@pytest.mark.parametrize("path", TESTS, ids=relative)
def test_only_another_system_is_a_reason_to_skip(path: Path):
    marks = (node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call))
    conditions = (ast.unparse(node) for node in marks if named(dotted(node.func), "mark.skipif"))
    assert [condition for condition in conditions if "sys.platform" not in condition] == []


@pytest.mark.parametrize("path", EVERYTHING, ids=relative)
def test_bugs_are_not_swallowed(path: Path):
    if relative(path) not in BUG_CATCHERS:
        assert list(swallowing_handlers(tree_of(path))) == []


@pytest.mark.parametrize(
    ("source", "ban", "read", "matches"),
    [
        ("QCoreApplication.processEvents()", "processEvents", uses, named),
        ("class Worker(QtCore.QThread): ...", "QThread", uses, named),
        ("QApplication.instance().quit()", "QApplication.instance", uses, named),
        ("@pytest.mark.skip(reason='x')\ndef test(): ...", "mark.skip", uses, named),
        ("import urllib.request as r", "urllib.request", imports, inside),
        ("from PySide6 import QtNetwork", "PySide6.QtNetwork", imports, inside),
        ("from http.client import HTTPConnection", "http", imports, inside),
        ('db.execute(f"pragma\\n  KEY = {key}")', "PRAGMA key", strings, contains),
    ],
)
def test_a_breach_would_be_seen(source: str, ban: str, read: Reader, matches: Matcher):
    assert [line for found, line in read(ast.parse(source)) if matches(found, ban)]


def test_a_comment_or_docstring_is_no_breach():
    source = '"""Never PRAGMA rekey."""\n# QThread()\ndef f():\n    "PRAGMA rekey"\n'
    assert not any(contains(text, "PRAGMA rekey") for text, _ in strings(ast.parse(source)))


@pytest.mark.parametrize("handler", ["except:", "except Exception:", "except (OSError, BaseException) as e:"])
def test_a_swallowed_bug_would_be_seen(handler: str):
    assert list(swallowing_handlers(ast.parse(f"try:\n    f()\n{handler}\n    pass\n"))) == [3]
    assert list(swallowing_handlers(ast.parse(f"try:\n    f()\n{handler}\n    undo()\n    raise\n"))) == []
