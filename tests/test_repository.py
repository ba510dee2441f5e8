"""The repository speaks of the project alone: no machine's paths, no package hosts, nobody's data, every loan named."""

from __future__ import annotations

import re
import subprocess

import pytest

from tests.source_tree import ROOT

BINARY = {".ttf", ".png", ".pdf", ".zip", ".db", ".hdr", ".ico", ".jpg", ".webp"}
# Put together at run time, or this file would find itself.
MACHINE_PATHS = re.compile(
    "|".join(r"(?<![\w.])/" + name + "/" for name in ("work", "root", "farm", "opt")) + r"|/home/\w"
)
PACKAGE_HOSTS = re.compile("py" + r"pi\.org|python" + r"hosted|registry\.npm" + "js|deb" + r"ian\.org|npm" + r"js\.com")
EMAIL = re.compile(r"[\w.+-]+@([a-z0-9-]+(?:\.[a-z0-9-]+)+)", re.IGNORECASE)
# RFC 2606 and JPRS keep these for examples: nobody's mailbox.
EXAMPLE_DOMAIN = re.compile(r"(^|\.)(example(\.(com|org|net|jp|(ac|co|go|ne|or)\.jp))?|invalid|test)$", re.IGNORECASE)
MOBILE = re.compile(r"(?<![\d-])0[5-9]0-?(\d{4})-?(\d{4})(?![\d-])")
MADE_UP_DIGITS = re.compile(r"^(\d)\1(\d)\2$|^(0123|1234|2345|3456|4567|5678|6789|9876|8765|4321|000\d)$")


def tracked() -> list[str]:
    """What git would ship; the working tree's own files when this is no clone."""
    if (ROOT / ".git").exists():
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
        return sorted(name for name in listed if name and (ROOT / name).exists())
    return sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*") if path.is_file())


TEXTS = {
    name: (ROOT / name).read_text(encoding="utf-8", errors="replace")
    for name in tracked()
    if (ROOT / name).suffix not in BINARY
}


def found(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{name}:{number}: {hit[0]}"
        for name, text in TEXTS.items()
        if pattern.search(text)
        for number, line in enumerate(text.splitlines(), start=1)
        for hit in pattern.finditer(line)
    ]


def test_no_path_of_somebodys_machine():
    assert found(MACHINE_PATHS) == []


def test_no_package_index_is_named():
    assert found(PACKAGE_HOSTS) == []


def is_made_up(line: str) -> bool:
    domains = [hit[1] for hit in EMAIL.finditer(line)]
    numbers = [hit.groups() for hit in MOBILE.finditer(line)]
    return all(map(EXAMPLE_DOMAIN.search, domains)) and all(
        any(map(MADE_UP_DIGITS.match, blocks)) for blocks in numbers
    )


def test_every_mailbox_and_mobile_number_is_made_up():
    texts = {name: text for name, text in TEXTS.items() if not name.startswith(("requirements", "resources/licences/"))}
    suspicious = [
        f"{name}:{number}"
        for name, text in texts.items()
        if "@" in text or MOBILE.search(text)
        for number, line in enumerate(text.splitlines(), start=1)
        if not is_made_up(line)
    ]
    assert suspicious == []


@pytest.mark.parametrize("line", ["tel 080-" + "2741-9036", "hanako@" + "mail.ne.jp"])
def test_a_real_looking_one_would_be_seen(line: str):
    assert not is_made_up(line)


@pytest.mark.parametrize("line", ["090-1234-5678", "taro@example.jp", "08000001111", "x@office.example"])
def test_a_made_up_one_passes(line: str):
    assert is_made_up(line)


def named_in_third_party() -> list[re.Pattern[str]]:
    rows = re.findall(r"^\| (.+?) \|", TEXTS["resources/THIRD_PARTY.md"], re.MULTILINE)
    patterns = [name for row in rows for name in re.findall(r"`([^`]+)`", row)]
    return [re.compile(re.escape(pattern).replace(r"\*", "[^/]*") + "$") for pattern in patterns]


@pytest.mark.parametrize("folder", ["fonts", "icons", "tables"])
def test_everything_borrowed_is_named(folder: str):
    patterns = named_in_third_party()
    files = [name.removeprefix("resources/") for name in tracked() if name.startswith(f"resources/{folder}/")]
    notices = ("OFL-", "LICENSE", "README", "SOURCE")
    borrowed = [name for name in files if not name.split("/")[-1].startswith(notices)]
    assert borrowed
    assert [name for name in borrowed if not any(pattern.match(name) for pattern in patterns)] == []


def test_every_licence_text_named_is_there():
    named = re.findall(r"`([^`]+)`", TEXTS["resources/THIRD_PARTY.md"])
    texts = [name for name in named if re.search(r"/(OFL|LICENSE|.*GPL)[^/]*$", name)]
    assert texts
    assert [name for name in texts if not (ROOT / "resources" / name).is_file()] == []


def test_every_package_of_the_program_is_named():
    pins = re.findall(r"^([a-z0-9-]+)==", TEXTS["requirements.txt"], re.MULTILINE)
    third_party = TEXTS["resources/THIRD_PARTY.md"]
    assert [name for name in pins if f"`{name}`" not in third_party] == []
