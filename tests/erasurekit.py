"""Somebody who left with everything there is of a member, and where each word of it would be found again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from nakodo_desktop.domain.catalog import FIELDS
from nakodo_desktop.domain.fields import Kind, Retention, Store
from nakodo_desktop.domain.member import MemberId, MemberStatus
from nakodo_desktop.domain.provision import BatchRecord, Change, Provision
from nakodo_desktop.domain.retention import keys_of
from nakodo_desktop.domain.site_context import Coarsening
from nakodo_desktop.services.erasing import Erasing
from nakodo_desktop.services.erasure_plan import Plan, Report
from nakodo_desktop.vault import batches, coarsenings, erasing, members, signed_scans, text_releases
from nakodo_desktop.vault.connection import PAGE_BYTES, Connection
from nakodo_desktop.vault.unlock import OpenedKeys
from tests import factory
from tests.factory import Desk
from tests.officekit import Building, table

_RESERVED = 80  # of each page: IV and HMAC
_IV_BYTES = 16
_TEXT_KINDS = (Kind.TEXT, Kind.NOTE)


def canary(key: str) -> str:
    return f"消去検査の見本・{key}"


CANARIES = {
    key: canary(key)
    for key in keys_of(Retention.PROFILE, Store.PROFILE) + keys_of(Retention.PROFILE, Store.SPECIAL_CARE)
    if FIELDS[key].kind in _TEXT_KINDS and FIELDS[key].max_chars >= 40 and key != "pseudonym"
}
KERNEL_CANARY = canary("address_line")
KERNEL = ("見本", KERNEL_CANARY, "090-0000-0000")


def somebody(desk: Desk) -> MemberId:
    """With a photo, a signed sheet and its scan, a correction, an open later interview, a release, a coarsening."""
    changed = CANARIES | {"address_line": KERNEL_CANARY}
    member_id = factory.member(desk, **changed)
    sheet = factory.signed(desk, member_id)
    version = desk.members.view(member_id, screen="record").version
    assert desk.members.correct(member_id, {"self_pr": canary("self_pr_new")}, version=version) == ()
    desk.interviews.start_follow_up(member_id)
    photo = factory.photo()
    with desk.vault.transaction() as tx:
        staff_id = desk.vault.staff.id
        signed_scans.put(tx.db, sheet.id, jpeg=photo.jpeg, sha256=photo.sha256, staff_id=staff_id, now=tx.now)
        release = text_releases.TextRelease("hobbies", canary("finding"), "0" * 64, canary("release"))
        text_releases.insert(tx.db, member_id, release, staff_id=staff_id, now=tx.now)
        coarsenings.put(tx.db, member_id, next(iter(Coarsening)), staff_id=staff_id, now=tx.now)
    return member_id


def uid_of(desk: Desk, member_id: MemberId) -> str:
    kernel = members.kernel(desk.vault.read(), member_id)
    assert kernel is not None
    return kernel.uid


def leave(desk: Desk, member_id: MemberId) -> None:
    version = desk.members.view(member_id, screen="record").version
    desk.members.change_status(member_id, MemberStatus.WITHDRAWN, version=version)


def provide(desk: Desk, member_id: MemberId, *, until: date) -> None:
    """A delivered batch with this member in it."""
    office, uid, day = factory.office(), uid_of(desk, member_id), factory.TODAY
    record = BatchRecord(
        seq=batches.next_seq(desk.vault.read()),
        name="mihon.zip",
        day=day,
        rule_version="1",
        recipient=office.recipient,
        profile_count=1,
        removal_count=0,
        manifest_sha256="0" * 64,
        staff_name=desk.vault.staff.name,
        created_at=factory.NOON,
    )
    provision = Provision(
        member_uid=uid,
        person="見本 太郎",
        provided_on=day,
        recipient=office.recipient,
        items=("sex",),
        consent_text_version="1",
        consented_on=day,
        rule_version="1",
        bundle_sha256="0" * 64,
        retain_until=until,
    )
    with desk.vault.transaction() as tx:
        entry = batches.Entry(uid, "site-1", Change.NEW, "0" * 64)
        batches.begin(tx.db, record, folder="/", staff_id=desk.vault.staff.id)
        batches.note_entries(tx.db, record.seq, [entry])
        batches.note_provisions(tx.db, record.seq, [provision])
        batches.confirm(tx.db, record.seq)


def days_later(building: Building, desk: Desk, days: int) -> Erasing:
    """The head, so many days later, having looked at the date."""
    building.wait(days=days)
    made = Erasing(desk.vault, now=building.clock)
    made.confirm_clock()
    return made


def carry_out(made: Erasing, plan: Plan, *, identity_checked: bool = False) -> Report:
    """Both confirmations and the erasure."""
    assert made.approve(plan, people=len(plan.lines), identity_checked=identity_checked) == ()
    return made.erase(plan)


def held_now(db: Connection, uid: str) -> frozenset[Retention]:
    found = erasing.held_by_uid(db, uid)
    return frozenset() if found is None else found.holding.held


def words_in(desk: Desk) -> str:
    """Every row of every table but the provisions, which keep the name by law, as one text."""
    names = [row["name"] for row in desk.vault.read().execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    return "\n".join(str(row) for name in names if name != "provision" for row in table(desk, name))


def decrypted(path: Path, keys: OpenedKeys) -> bytes:
    """Every page as SQLite sees it: with a raw key the page key is that key itself."""
    raw, key = path.read_bytes(), keys.database_key()
    pages = []
    for start in range(0, len(raw), PAGE_BYTES):
        page = raw[start : start + PAGE_BYTES]
        body = page[_IV_BYTES if start == 0 else 0 : PAGE_BYTES - _RESERVED]  # the file's salt comes before page one
        initial = page[PAGE_BYTES - _RESERVED : PAGE_BYTES - _RESERVED + _IV_BYTES]
        decryptor = Cipher(algorithms.AES256(key), modes.CBC(initial)).decryptor()
        pages.append(decryptor.update(body) + decryptor.finalize())
    return b"".join(pages)
