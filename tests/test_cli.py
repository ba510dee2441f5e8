"""The command line as an office types it: the same services, words and exit codes, without a window."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from nakodo_desktop import cli
from nakodo_desktop.demo.office import sign_declaration
from nakodo_desktop.domain.catalog import FIELDS
from nakodo_desktop.domain.member_query import MemberQuery
from nakodo_desktop.services.unlocking import create_job, finish_set_up, open_vault, unlock_job
from nakodo_desktop.session import Session, open_session
from tests import factory
from tests.picturekit import encoded, figure
from tests.source_tree import ROOT
from tests.vaultkit import CHEAPEST_KDF, TEST_PASSPHRASE

GUIDE = ROOT / "docs" / "intake.md"


@pytest.fixture(scope="session")
def portrait() -> bytes:
    return encoded(figure(1400, 1800))


@pytest.fixture
def example(tmp_path: Path, portrait: bytes) -> Path:
    """The example of docs/intake.md with its photo beside it: the manual cannot go stale."""
    found = re.search(r"```json\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    path = tmp_path / "interview.json"
    path.write_text(found[1], encoding="utf-8")
    (tmp_path / "portrait.jpg").write_bytes(portrait)
    return path


def change(path: Path, **answers: object) -> None:
    raw = json.loads(path.read_text(encoding="utf-8")) | answers
    path.write_text(json.dumps(raw, ensure_ascii=False), encoding="utf-8")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


class Office:
    """A set-up office in a folder, with its passphrase in a file as a script would have it."""

    def __init__(self, tmp_path: Path) -> None:
        self.folder = tmp_path / "office"
        opened = create_job(self.folder, passphrase=TEST_PASSPHRASE, head_name="見本 所長", kdf=CHEAPEST_KDF)()
        vault = open_vault(opened)
        finish_set_up(vault, factory.office())
        vault.close()
        self.passphrase = tmp_path / "passphrase.txt"
        self.passphrase.write_text(TEST_PASSPHRASE + "\n", encoding="utf-8")

    def run(self, verb: str, *words: str) -> int:
        return cli.main([verb, "--vault", str(self.folder), "--passphrase-file", str(self.passphrase), *words])

    def session(self) -> Session:
        return open_session(unlock_job(self.folder, TEST_PASSPHRASE)())


def test_fields_prints_the_whole_catalogue(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["fields", "--json"]) == 0
    rows = {row["key"]: row for row in json.loads(capsys.readouterr().out)}
    assert set(rows) == set(FIELDS)
    assert rows["sex"]["choices"] == {"female": "女性", "male": "男性"}
    assert rows["annual_income_man_yen"]["required"] == "sex in male"
    assert rows["phone"] | {"privacy": "direct", "site": "never", "kind": "phone"} == rows["phone"]


def test_the_example_of_the_manual_is_taken_in(
    office: Office, example: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert office.run("intake", "--answers", str(example), "--publish") == 0
    assert "M-0001" in capsys.readouterr().out
    session = office.session()
    try:
        (member_id,) = [row.id for row in session.members.rows(session.members.select(MemberQuery()))]
        member = session.members.view(member_id, screen="test")
        assert member.answers["birth_date"].isoformat() == "1987-03-14"  # type: ignore[union-attr]
        assert member.answers["municipality"] == "13112"
        assert [photo.is_checked for photo in session.members.photos(member_id)] == [False]
    finally:
        session.close()


def test_every_problem_is_listed_with_its_key_and_nothing_is_saved(
    office: Office, example: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(
        example,
        birth_date="S64.1.8",
        phone="090-1",
        height_cm=20,
        hobbies="番号は1234 5678 9018です",
        family_name="見本" * 150,
        unheard_of="?",
        photo_upper="nothing.jpg",
        municipality="どこか",
        wish_age=["maybe", ""],
        drinking=None,
    )
    assert office.run("intake", "--answers", str(example)) == 1
    told = capsys.readouterr().err
    for key in (
        "birth_date",
        "phone",
        "height_cm",
        "hobbies",
        "family_name",
        "unheard_of",
        "photo_upper",
        "municipality",
        "wish_age",
        "drinking",
    ):
        assert re.search(rf"^{key}: .+", told, re.MULTILINE), key
    session = office.session()
    try:
        assert session.members.select(MemberQuery()) == []
        assert session.interviews.in_progress() == ()
    finally:
        session.close()


@pytest.mark.parametrize(
    ("content", "word"),
    [(b"[1, 2]", "一人分"), (b'{"a": ', "JSON"), (b"\xff\xfe\x00", "UTF-8"), (b" " * 1_100_000, "大きすぎ")],
)
def test_a_file_that_is_no_interview_is_refused_in_words(
    office: Office, example: Path, content: bytes, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    example.write_bytes(content)
    assert office.run("intake", "--answers", str(example)) == 1
    assert word in capsys.readouterr().err


def test_a_wrong_passphrase_says_so_and_does_nothing(
    office: Office, example: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office.passphrase.write_text("ちがう あいことば です よ", encoding="utf-8")
    assert office.run("intake", "--answers", str(example)) == 1
    assert "パスワードが違います" in capsys.readouterr().err


def test_export_writes_a_bundle_that_verify_accepts(
    office: Office, example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert office.run("intake", "--answers", str(example), "--publish", "--photos-checked") == 0
    out = tmp_path / "out"
    out.mkdir()
    assert office.run("export", "--out", str(out)) == 1  # nobody has signed yet
    assert "独身誓約書" in capsys.readouterr().out
    session = office.session()
    (row,) = session.members.rows(session.members.select(MemberQuery()))
    sign_declaration(session, row.id)
    session.close()
    assert office.run("export", "--out", str(out)) == 0
    (bundle,) = out.glob("*.zip")
    capsys.readouterr()
    assert cli.main(["verify", str(bundle)]) == 0
    assert "問題ありません" in capsys.readouterr().out
    assert cli.main(["verify", str(bundle), "--json", "--recipient", "SOMEBODY"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert report["ok"] is False
    damaged = tmp_path / "damaged.zip"
    raw = bytearray(bundle.read_bytes())
    raw[len(raw) // 2] ^= 1
    damaged.write_bytes(bytes(raw))
    assert cli.main(["verify", str(damaged)]) == 1
    text = bundle.read_bytes()
    for secret in (
        "見本 太郎",
        "見本太郎",
        "みほん",
        "1987-03",
        "090-0000-0000",
        "株式会社見本製作所",
        "taro@example.jp",
        "架空町1-2-3",
    ):
        assert secret.encode() not in text, secret


def test_export_to_a_folder_that_is_not_there_leaves_no_record(
    office: Office, example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert office.run("intake", "--answers", str(example), "--publish", "--photos-checked") == 0
    session = office.session()
    (row,) = session.members.rows(session.members.select(MemberQuery()))
    sign_declaration(session, row.id)
    session.close()
    assert office.run("export", "--out", str(tmp_path / "nowhere")) == 1
    assert capsys.readouterr().err.strip()
    session = office.session()
    assert session.exports.history() == ()
    assert session.members.provisions(row.id) == ()
    session.close()


def test_a_folder_without_a_vault_is_told_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = tmp_path / "p.txt"
    words.write_text("x", encoding="utf-8")
    assert cli.main(["export", "--vault", str(tmp_path), "--out", str(tmp_path), "--passphrase-file", str(words)]) == 1
    assert capsys.readouterr().err.strip()


def test_without_a_display_the_window_says_so_in_one_sentence() -> None:
    environment = {"PATH": "/usr/bin", "HOME": "/nonexistent", "PYTHONDONTWRITEBYTECODE": "1"}
    found = subprocess.run(
        [sys.executable, "-m", "nakodo_desktop"], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60
    )
    if sys.platform.startswith("linux"):
        assert (found.returncode, len(found.stderr.strip().splitlines())) == (2, 1)


def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "nakodo_desktop", "fields", "--json"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None and process.stderr is not None
    process.stdout.read(1)
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(timeout=60) == 0


def test_the_self_check_passes(capsys: pytest.CaptureFixture[str], qapp: object) -> None:
    assert cli.main(["self-check"]) == 0, capsys.readouterr().out
