"""An office with members of every kind an export meets, made once and copied as files for each test."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from nakodo_desktop.domain.eligibility import ReasonCode
from nakodo_desktop.domain.member import MemberId
from nakodo_desktop.domain.values import Value
from nakodo_desktop.export.report import Report
from nakodo_desktop.export.verify import Expected, verify_bundle
from nakodo_desktop.services.export_candidates import Candidate
from nakodo_desktop.services.exports import Exports
from nakodo_desktop.services.provisions import Provisions
from tests import factory
from tests.factory import Desk
from tests.officekit import Building, BuildingTemplate

LEAK = "仮野誠の名で俳句を詠むこと"
DOUBT = "友人の架空さんとテニス"


@dataclass(frozen=True)
class Cast:
    """Who is in the office."""

    hanako: MemberId  # 見本 花子, admitted
    taro: MemberId  # 架空 太郎, admitted
    jiro: MemberId  # 試山 次郎, admitted
    unsigned: MemberId  # 例田 葵: not published, no declaration
    leaking: MemberId  # 仮野 誠: LEAK in the hobbies
    doubtful: MemberId  # 想定 桜: DOUBT in the hobbies

    @property
    def admitted(self) -> tuple[MemberId, ...]:
        return (self.hanako, self.taro, self.jiro)


@dataclass(frozen=True)
class CastTemplate:
    building: BuildingTemplate
    cast: Cast

    def copy(self, target: Path) -> Building:
        made = self.building.copy(target)
        made.wait(hours=1)  # later than everything that is on record
        return made


def make_cast(template: BuildingTemplate, folder: Path) -> CastTemplate:
    building = template.copy(folder)
    desk = building.enter()
    hanako = _member(desk, "見本 花子", "みほん はなこ", pseudonym="つばさ", sex="female", height_cm=158)
    taro = _member(desk, "架空 太郎", "かくう たろう", pseudonym="しおり", height_cm=171)
    jiro = _member(desk, "試山 次郎", "ためしやま じろう", pseudonym="あおば", height_cm=180)
    unsigned = _member(desk, "例田 葵", "れいだ あおい", pseudonym="ほたる", publish=False, signs=False)
    leaking = _member(desk, "仮野 誠", "かりの まこと", pseudonym="ゆずほ", hobbies=LEAK)
    doubtful = _member(desk, "想定 桜", "そうてい さくら", pseudonym="ひなた", hobbies=DOUBT)
    building.leave()
    kept = replace(template, vault=replace(template.vault, folder=folder))
    return CastTemplate(kept, Cast(hanako, taro, jiro, unsigned, leaking, doubtful))


def exports(building: Building, desk: Desk) -> Exports:
    return Exports(desk.vault, desk.places, now=building.clock)


def provisions(building: Building, desk: Desk) -> Provisions:
    return Provisions(desk.vault, now=building.clock)


def withdraw(desk: Desk, member_id: MemberId, scope: str = "consent_provide") -> None:
    """The member takes a consent back."""
    consent = next(one for one in desk.members.consents(member_id) if one.scope == scope)
    desk.members.withdraw_consent(member_id, consent.id)


def correct(desk: Desk, member_id: MemberId, **answers: Value) -> None:
    """A fact is set right on the record."""
    version = desk.members.view(member_id, screen="test").version
    problems = desk.members.correct(member_id, answers, version=version)
    assert problems == ()


def _member(
    desk: Desk, name: str, kana: str, *, publish: bool = True, signs: bool = True, **answers: Value
) -> MemberId:
    family_name, given_name = name.split()
    family_kana, given_kana = kana.split()
    said: dict[str, Value] = {"disability_flag": "no", "municipality": "14103"} | answers  # 横浜市西区: a large city
    made = factory.member(
        desk,
        publish=publish,
        family_name=family_name,
        given_name=given_name,
        family_kana=family_kana,
        given_kana=given_kana,
        **said,
    )
    if signs:
        factory.signed(desk, made)
    return made


def judged(exports: Exports, member_id: MemberId) -> Candidate:
    return next(one for one in exports.candidates() if one.row.id == member_id)


def codes(candidate: Candidate) -> list[ReasonCode]:
    return [reason.code for reason in candidate.reasons]


def read(path: Path) -> Report:
    return verify_bundle(path, expected=Expected(today=date(2026, 12, 31)))


def records(desk: Desk) -> tuple[int, int]:
    """Batches and provision records in the vault, whatever their state."""
    db = desk.vault.read()
    return tuple(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("batch", "provision"))
