"""「わたしの何が、だれに渡りましたか」: what was given of a member, answered on paper for the member.

個情法33条5項: a person may ask for the records of provision to third parties; 29条, 規則20条1項2号: what they hold.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nakodo_desktop.domain.japanese import format_wareki
from nakodo_desktop.domain.member import MemberId
from nakodo_desktop.domain.provision import Provision, Removal
from nakodo_desktop.domain.site_item import SITE_LABELS
from nakodo_desktop.printing.record_sheet import RecordGroup, RecordSheet, render_record_sheet
from nakodo_desktop.printing.table import Pair
from nakodo_desktop.services.clock import Clock, office_day, utc_now
from nakodo_desktop.vault import batches, members, offices
from nakodo_desktop.vault.vault import Vault

TITLE = "第三者提供の記録"
_LEAD = (
    "あなたの個人情報を当相談所が第三者に提供した記録です（個人情報の保護に関する法律 第29条・第33条第5項）。"
    "提供したのは下の項目だけで、お名前・番地・電話番号・勤務先は含みません。"
    "照合値は、そのとき渡したファイルを特定する番号の初めの16桁です。"
)
_NOTHING = "当相談所は、あなたの個人情報を第三者に提供していません（提供の記録はありません）。"
_DIGEST_DIGITS = 16


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
        db = self._vault.read()
        kernel, office = members.kernel(db, member_id), offices.load(db)
        if kernel is None or office is None:
            raise LookupError("no such member")
        given = self.given(member_id)
        with self._vault.transaction() as tx:
            tx.audit("provision.disclose", subject=kernel.uid, detail={"records": len(given.provisions)})
        asides = (
            f"{kernel.row.legal_name} 様",
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
    words = (
        f"{p.recipient.name}へ：{items}\n"
        f"同意 {format_wareki(p.consented_on)}（文面 {p.consent_text_version}）　規則 {p.rule_version}\n"
        f"照合値 {p.bundle_sha256[:_DIGEST_DIGITS]}　この記録の保存 {format_wareki(p.retain_until)}まで"
    )
    return Pair(format_wareki(p.provided_on), words)
