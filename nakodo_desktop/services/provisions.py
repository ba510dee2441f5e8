"""「わたしの何が、だれに渡りましたか」: what was given of a person, found and answered on paper, also after erasure.

個情法33条5項: a person may ask for the records of provision to third parties; 29条, 規則20条1項2号: what they hold.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nakodo_desktop.domain.japanese import format_wareki
from nakodo_desktop.domain.member import MemberId
from nakodo_desktop.domain.provision import Provision, Removal
from nakodo_desktop.domain.provision_question import read_question
from nakodo_desktop.domain.site_item import SITE_LABELS
from nakodo_desktop.domain.staff import Right
from nakodo_desktop.printing.record_sheet import RecordGroup, RecordSheet, render_record_sheet
from nakodo_desktop.printing.table import Pair
from nakodo_desktop.services.clock import Clock, office_day, utc_now
from nakodo_desktop.services.rights import require
from nakodo_desktop.services.shown_ids import note_ids
from nakodo_desktop.vault import batches, members, offices
from nakodo_desktop.vault.provision_search import FoundProvision, find_provisions
from nakodo_desktop.vault.vault import Vault

TITLE = "第三者提供の記録"
_LEAD = (
    "あなたの個人情報を当相談所が第三者に提供した記録です（個人情報の保護に関する法律 第29条・第33条第5項）。"
    "提供したのは下の項目だけで、お名前・番地・電話番号・勤務先は含みません。"
    "照合値は、そのとき渡したファイルを特定する番号の初めの16桁です。"
)
_NOTHING = "当相談所は、あなたの個人情報を第三者に提供していません（提供の記録はありません）。"
_DIGEST_DIGITS = 16
_MOST_RECORDS = 2_000
_MOST_PEOPLE = 30  # on one screen; a large batch is narrowed by a name


@dataclass(frozen=True)
class GivenPerson:
    """One person found, with the newest of the records that fit the question."""

    uid: str
    newest: FoundProvision
    times: int  # records that fit


@dataclass(frozen=True)
class GivenPeople:
    """`has_more`: there are others, to be found by a name."""

    people: tuple[GivenPerson, ...]
    has_more: bool = False


@dataclass(frozen=True)
class Given:
    """All that was given of one person and taken back, newest first."""

    provisions: tuple[Provision, ...]
    removals: tuple[Removal, ...]


class Provisions:
    def __init__(self, vault: Vault, *, now: Clock = utc_now) -> None:
        self._vault = vault
        self._now = now

    def given(self, member_id: MemberId) -> Given:
        """Two look-ups by index, however many members and batches there are."""
        db = self._vault.read()
        uid = self._uid(member_id)
        return Given(batches.provisions_of(db, uid), batches.removals_of(db, uid))

    def answer(self, member_id: MemberId) -> Callable[[], bytes]:
        """The job that draws the answer, as PDF; that it was asked for is logged. The job raises NotPrintable."""
        kernel = members.kernel(self._vault.read(), member_id)
        if kernel is None:
            raise LookupError("no such member")
        return self._answer(kernel.uid, kernel.row.legal_name)

    def find(self, text: str) -> GivenPeople:
        """Whoever a batch number, a day, a pseudonym or a name means; the erased are among them. Logged as a view."""
        require(self._vault.staff, Right.EXPORT)
        question = read_question(text)
        if question is None:
            return GivenPeople(())
        by_uid: dict[str, list[FoundProvision]] = {}
        for found in find_provisions(self._vault.read(), question, limit=_MOST_RECORDS):
            by_uid.setdefault(found.provision.member_uid, []).append(found)
        shown = [GivenPerson(uid, found[0], len(found)) for uid, found in by_uid.items()][:_MOST_PEOPLE]
        if shown:
            with self._vault.transaction() as tx:
                note_ids(tx, "provision.view", [one.uid for one in shown])
        return GivenPeople(tuple(shown), has_more=len(by_uid) > len(shown))

    def answer_to(self, found: GivenPerson) -> Callable[[], bytes]:
        """The same paper for somebody who was found, whether or not there still is a record of them."""
        require(self._vault.staff, Right.EXPORT)
        return self._answer(found.uid, found.newest.provision.person)

    def _answer(self, uid: str, name: str) -> Callable[[], bytes]:
        db = self._vault.read()
        office = offices.load(db)
        if office is None:
            raise LookupError("the office has no settings")
        given = Given(batches.provisions_of(db, uid), batches.removals_of(db, uid))
        with self._vault.transaction() as tx:
            tx.audit("provision.disclose", subject=uid, detail={"records": len(given.provisions)})
        asides = (
            f"{name} 様",
            f"作成日　{format_wareki(office_day(self._now()))}",
            f"{office.name}　{office.phone}".strip(),
        )
        return lambda: render_record_sheet(answer_sheet(given, asides=asides))

    def _uid(self, member_id: MemberId) -> str:
        kernel = members.kernel(self._vault.read(), member_id)
        if kernel is None:
            raise LookupError("no such member")
        return kernel.uid


def answer_sheet(given: Given, *, asides: tuple[str, ...]) -> RecordSheet:
    """Who first, then what and when."""
    recipients = dict.fromkeys(p.recipient for p in given.provisions)
    groups = (
        RecordGroup(
            "提供した相手",
            tuple(
                Pair(label, words)
                for one in recipients
                for label, words in (("名称", one.name), ("所在地", one.address), ("代表者", one.representative))
            ),
        ),
        RecordGroup("提供した日と項目", tuple(map(provision_pair, given.provisions)), note="新しい順"),
        RecordGroup(
            "掲載の取下げ",
            tuple(
                Pair(format_wareki(gone.day), f"{gone.recipient_name}に取下げを伝えました") for gone in given.removals
            ),
            note="新しい順",
        ),
    )
    return RecordSheet(title=TITLE, asides=asides, lead=_LEAD if given.provisions else _NOTHING, groups=groups)


def provision_pair(p: Provision) -> Pair:
    """One record on paper."""
    items = "、".join(SITE_LABELS.get(item, item) for item in p.items)
    shown_as = f"仮名「{p.pseudonym}」　" if p.pseudonym else ""
    words = (
        f"{p.recipient.name}へ：{items}\n"
        f"{shown_as}同意 {format_wareki(p.consented_on)}（文面 {p.consent_text_version}）　規則 {p.rule_version}\n"
        f"照合値 {p.bundle_sha256[:_DIGEST_DIGITS]}　この記録の保存 {format_wareki(p.retain_until)}まで"
    )
    return Pair(format_wareki(p.provided_on), words)
