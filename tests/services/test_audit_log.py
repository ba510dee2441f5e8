"""The log as the office reads it: in words, filtered, held against outside proofs, and never quietly."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

from nakodo_desktop.domain.staff import Role
from nakodo_desktop.errors import NotPermitted
from nakodo_desktop.services.audit_log import NOBODY_KNOWS, AuditLog, Wanted
from nakodo_desktop.services.audit_words import ACTS, AREAS, act_words
from nakodo_desktop.services.safekeeping import Safekeeping, Shelves
from nakodo_desktop.vault.checkpoints import short_code
from nakodo_desktop.vault.failures import FailedAttempt, record_failure
from tests import factory
from tests.factory import TODAY, Desk
from tests.officekit import Building, acts_of
from tests.source_tree import python_files
from tests.vaultkit import pc_of

WRITTEN = re.compile(r'(?:\.audit\(|act=|\bact: str = )\s*"([a-z_]+\.[a-z_]+)"')


def log_of(building: Building, desk: Desk) -> AuditLog:
    return AuditLog(desk.vault, data_dir=pc_of(building.folder))


def test_every_act_the_program_writes_has_words_and_an_area() -> None:
    sources = [path.read_text(encoding="utf-8") for path in python_files("nakodo_desktop")]
    written = {act for source in sources for act in WRITTEN.findall(source)}
    assert len(written) > 30
    assert written - set(ACTS) == set()
    beginnings = {act.split(".")[0] for act in ACTS}
    assert {area for area, _ in AREAS} <= beginnings
    assert act_words("of.tomorrow") == "of.tomorrow"


def test_lines_name_people_members_and_deeds(building: Building) -> None:
    desk = building.enter()
    member = factory.member(desk)
    desk.members.view(member, screen="record")
    line = log_of(building, desk).lines(Wanted())[0]
    assert (line.person, line.act, line.detail) == ("見本 所長", "会員の記録を表示", "記録の画面")
    assert line.about == f"{desk.members.rows([member])[0].number} 見本 太郎"


def test_a_wrong_try_is_nobodys_and_has_its_own_time(building: Building) -> None:
    record_failure(building.folder, FailedAttempt(factory.NOON, ""))
    log = log_of(building, building.enter())
    line = next(line for line in log.lines(Wanted()) if line.act == "パスワードの間違い")
    assert line.person == NOBODY_KNOWS, "not of the person who got in next and wrote it down"
    assert line.detail == f"{factory.NOON.astimezone():%Y/%m/%d %H:%M:%S} の試行"


def test_filters_narrow_and_pages_do_not_overlap(building: Building) -> None:
    first = building.enter()
    member = factory.member(first)
    number = first.members.rows([member])[0].number
    desk = building.enter(Role.MATCHMAKER)
    desk.members.view(member, screen="record")
    colleague = desk.vault.staff.id
    head = building.enter()
    log = log_of(building, head)
    by_colleague = log.lines(Wanted(person=colleague))
    assert {line.person for line in by_colleague} == {"架空 仲子"}
    seen = log.lines(Wanted(person=colleague, member=number, area="member"))
    assert [line.act for line in seen] == ["会員の記録を表示"]
    assert log.lines(Wanted(member="X-9999")) == ()
    assert log.lines(Wanted(since=TODAY, until=TODAY))
    building.wait(days=2)
    assert log.lines(Wanted(since=TODAY.replace(day=TODAY.day + 1))) == ()
    everything = log.lines(Wanted())
    below = log.lines(Wanted(), before=everything[3].seq)
    assert below == everything[4:]


def test_who_saw_this_member_counts_lists_and_records_by_person(building: Building) -> None:
    desk = building.enter()
    mine, other = factory.member(desk), factory.member(desk)
    desk.members.note_listed([mine, other])
    visitor = building.enter(Role.CLERK)
    for _ in range(3):
        visitor.members.view(mine, screen="record")
    log = log_of(building, building.enter())
    seen = {one.person: one for one in log.who_saw(mine)}
    assert next(iter(seen)) == "架空 事男", "the last one first"
    assert (seen["架空 事男"].times, seen["架空 事男"].ways) == (3, ("会員の記録を表示",))
    assert "会員一覧を表示" in seen["見本 所長"].ways
    assert "架空 事男" not in [one.person for one in log.who_saw(other)]


def test_only_the_head_reads_and_reading_leaves_a_line(building: Building, tmp_path: Path) -> None:
    member = factory.member(building.enter())
    for role in (Role.MATCHMAKER, Role.CLERK):
        desk = building.enter(role)
        log = log_of(building, desk)
        assert not log.may_read
        for deed in (
            log.people,
            log.note_opened,
            lambda log=log: log.lines(Wanted()),
            lambda log=log: log.who_saw(member),
            lambda log=log: log.verify([]),
            lambda log=log: log.save_csv(tmp_path / "log.csv", since=TODAY, until=TODAY),
        ):
            with pytest.raises(NotPermitted):
                deed()
    desk = building.enter()
    log = log_of(building, desk)
    log.note_opened()
    log.save_csv(tmp_path / "log.csv", since=TODAY, until=TODAY)
    log.verify([]).run()
    assert acts_of(desk) == ["audit.view", "audit.export", "audit.verify"]


def test_the_file_of_a_period_holds_no_member_by_name(building: Building, tmp_path: Path) -> None:
    desk = building.enter()
    member = factory.member(desk)
    desk.members.view(member, screen="record")
    target = tmp_path / "log.csv"
    count = log_of(building, desk).save_csv(target, since=TODAY, until=TODAY)
    text = target.read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) == count + 1
    assert [int(row[0]) for row in rows[1:]] == sorted(int(row[0]) for row in rows[1:])
    assert "見本 太郎" not in text and "見本 所長" in text


def test_verifying_holds_the_log_against_backups_this_pc_and_paper(building: Building, tmp_path: Path) -> None:
    desk = building.enter()
    stick = tmp_path / "stick"
    stick.mkdir()
    log = log_of(building, desk)
    paper = short_code(desk.vault.checkpoint().checkpoint)
    Safekeeping(desk.vault, now=building.clock, data_dir=pc_of(building.folder)).back_up(Shelves((stick,))).run()
    found = log.verify([stick], code=paper).run()
    assert found.is_whole and found.proofs == 2 and found.code_agrees
    assert not log.verify([stick], code="1-AAAA-BBBB-CCCC").run().is_whole


def test_a_rewritten_entry_is_named_by_its_number(building: Building) -> None:
    desk = building.enter()
    factory.member(desk)
    lent = log_of(building, desk).verify([])
    from nakodo_desktop.vault.connection import open_vault_connection

    keys = desk.vault._keys
    db = open_vault_connection(building.folder / keys.state.header.database_name, keys.database_key())
    db.execute("DROP TRIGGER audit_is_never_updated")
    db.execute("UPDATE audit SET act = 'member.view' WHERE seq = 3")
    db.close()
    found = lent.finish(lent.work())
    assert found.broken_at == 3 and not found.is_whole
