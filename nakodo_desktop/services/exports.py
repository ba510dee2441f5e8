"""Exports: who may leave, what exactly, the bundle, and the record of it.

The batch and its provision records are written down before the file gets its name and confirmed afterwards, so that
nothing can lie in a folder that the vault does not know of. Building and writing are jobs on plain data.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from nakodo_desktop.domain.answers import describe
from nakodo_desktop.domain.catalog import FIELDS, SITE_FIELDS
from nakodo_desktop.domain.declaration import standing
from nakodo_desktop.domain.eligibility import ExportFacts, Reason, admit
from nakodo_desktop.domain.leak_finding import Finding
from nakodo_desktop.domain.member import MemberId, MemberRow
from nakodo_desktop.domain.member_query import MemberQuery, SortBy
from nakodo_desktop.domain.municipality import Municipalities
from nakodo_desktop.domain.occupation import OccupationWords
from nakodo_desktop.domain.office import Office
from nakodo_desktop.domain.photo import PhotoInfo
from nakodo_desktop.domain.provision import BatchRecord, Change, Listing, Provision
from nakodo_desktop.domain.pseudonym import Pick
from nakodo_desktop.domain.site_context import SITE_RULES_VERSION, Coarsening
from nakodo_desktop.domain.site_item import SiteProfile
from nakodo_desktop.domain.site_profile import SiteDraft
from nakodo_desktop.domain.staff import Right
from nakodo_desktop.domain.values import Answers, Problem
from nakodo_desktop.errors import UserError
from nakodo_desktop.export.bundle import Batch, Bundle, Party, Previous, build_bundle, photo_name
from nakodo_desktop.export.delivery import write_bundle
from nakodo_desktop.export.difference import content_sha256
from nakodo_desktop.export.report import Shown
from nakodo_desktop.export.verify import Expected, verify_bundle
from nakodo_desktop.reference import occupations
from nakodo_desktop.reference import rules as legal_rules
from nakodo_desktop.services.clock import Clock, office_day, utc_now
from nakodo_desktop.services.member_writing import load_answers
from nakodo_desktop.services.rights import require
from nakodo_desktop.services.site_drafts import PREVIEW_PHOTO, SiteDrafts, text_sha256
from nakodo_desktop.vault import batches, consents, members, offices, photos, text_releases
from nakodo_desktop.vault.secret_keys import SIGNING, secret_key
from nakodo_desktop.vault.vault import Vault

_RECENT = 50


@dataclass(frozen=True)
class Candidate:
    """One member before a batch. `reasons` empty means admitted."""

    row: MemberRow
    uid: str
    answers: Answers = field(repr=False)
    draft: SiteDraft = field(repr=False)
    photos: tuple[PhotoInfo, ...]
    reasons: tuple[Reason, ...]
    listing: Listing | None  # on the site now, since when

    @property
    def is_admitted(self) -> bool:
        return not self.reasons


@dataclass(frozen=True)
class Line:
    """One member in a planned batch."""

    candidate: Candidate
    profile: SiteProfile
    change: Change
    content_sha256: str


@dataclass(frozen=True)
class Plan:
    """Exactly what would leave, to be looked at and approved; plain data for the job."""

    batch: Batch
    lines: tuple[Line, ...]
    removed: tuple[Listing, ...]
    office: Office
    photos: Mapping[str, bytes] = field(repr=False)
    signing_key: bytes = field(repr=False)


@dataclass(frozen=True)
class Written:
    """The bundle in its folder, read back and found whole."""

    path: Path
    record: BatchRecord


def build(plan: Plan) -> Bundle:
    """A job. The same plan gives the same bytes. Raises ExportRefused."""
    profiles = [line.profile for line in plan.lines]
    return build_bundle(plan.batch, profiles, photos=plan.photos, signing_key=plan.signing_key)


def write(bundle: Bundle, folder: Path, *, today: date, on_progress: Callable[[int], None] | None = None) -> Path:
    """A job. Raises DiskFull, NotWritable, ExportRefused; then nothing lies in the folder."""
    return write_bundle(folder, bundle, today=today, on_progress=on_progress)


class Exports:
    def __init__(
        self,
        vault: Vault,
        places: Municipalities,
        *,
        now: Clock = utc_now,
        pick: Pick = secrets.randbelow,
    ) -> None:
        self._vault = vault
        self._places = places
        self._now = now
        self._pick = pick
        self._words: OccupationWords = occupations.load()

    @property
    def today(self) -> date:
        return office_day(self._now())

    def candidates(self) -> tuple[Candidate, ...]:
        """Everybody who has not left, admitted or with every reason against; by reading."""
        require(self._vault.staff, Right.EXPORT)
        db = self._vault.read()
        drafts = self._drafts()
        on_site = {listing.member_uid: listing for listing in batches.listed(db)}
        ids = members.select_ids(db, MemberQuery(sort_by=SortBy.KANA, descending=False), today=self.today)
        rows = members.rows(db, ids)
        return tuple(
            candidate
            for row in rows
            if (candidate := self._candidate(row, drafts, on_site)).row.status.is_active or candidate.listing
        )

    def preview(self, answers: Answers, *, member_id: MemberId | None = None) -> SiteDraft:
        """The profile these answers would give, before they are a record: consents as answered, photos as named."""
        holding = frozenset(key for key, value in answers.items() if value == "given")
        shown = tuple(PREVIEW_PHOTO for key in ("photo_upper", "photo_full") if answers.get(key))
        uid = "" if member_id is None else self._uid(member_id)
        drafts = self._drafts()
        return drafts.draft(answers, member_id=member_id, uid=uid, photos=shown, holding=holding)

    def propose_pseudonym(self, answers: Answers, *, member_id: MemberId | None = None) -> str:
        """One that leads to nobody and that nobody has."""
        return self._drafts().propose_pseudonym(answers, pick=self._pick, member_id=member_id)

    def words(self, field_key: str, answers: Answers) -> str:
        """The record's side of the preview."""
        return describe(FIELDS[field_key], answers.get(field_key), self._places.display_name)

    def release_text(
        self, member_id: MemberId, field_key: str, *, finding: Finding, text: str, reason: str
    ) -> tuple[Problem, ...]:
        """A doubtful word may leave for a typed reason; blocking findings never can."""
        require(self._vault.staff, Right.EXPORT)
        if finding.blocks:
            return (Problem(field_key, f"「{finding.shown}」は出せません。{finding.suggestion}"),)
        if not reason.strip():
            return (Problem(field_key, "そのまま出してよい理由を書いてください。"),)
        release = text_releases.TextRelease(field_key, finding.shown, text_sha256(text.strip()), reason.strip())
        with self._vault.transaction() as tx:
            text_releases.insert(tx.db, member_id, release, staff_id=self._vault.staff.id, now=tx.now)
            detail = {"field": field_key, "finding": finding.kind.value}
            tx.audit("export.release_text", subject=self._uid(member_id), detail=detail)
        return ()

    def plan(
        self, chosen: Collection[MemberId], *, coarser: Mapping[MemberId, frozenset[Coarsening]] | None = None
    ) -> Plan:
        """The whole set: whoever is on the site and not in it is taken off. Consents are read again here.

        Raises UserError when the recipient is not set, or a chosen member is no longer admitted.
        """
        require(self._vault.staff, Right.EXPORT)
        self.settle()
        db, office = self._vault.read(), self._office()
        candidates = {c.row.id: c for c in self.candidates()}
        refused = [candidates[i].row.number for i in chosen if i in candidates and not candidates[i].is_admitted]
        if refused:
            raise UserError(
                f"選んだあとで条件が変わった会員がいます（{'、'.join(refused)}）。何も書き出していません。",
                "一覧を開き直して、理由を確かめてください。",
            )
        with self._vault.transaction() as tx:  # the keys are made at the first export
            signing_key = secret_key(tx.db, SIGNING)
        batch_key, pictures = secrets.token_bytes(32), dict[str, bytes]()
        drafts = self._drafts()
        lines = tuple(
            self._line(candidates[i], drafts, batch_key, pictures, coarser=(coarser or {}).get(i, frozenset()))
            for i in sorted(chosen)
        )
        leaving = {line.candidate.uid for line in lines}
        removed = tuple(listing for listing in batches.listed(db) if listing.member_uid not in leaving)
        latest = batches.latest(db, limit=1)
        batch = Batch(
            batch_id=secrets.token_hex(13),
            seq=batches.next_seq(db),
            day=self.today,
            issuer=Party(code=office.code, name=office.name),
            recipient=Party(code=office.recipient.code, name=office.recipient.name),
            previous=Previous(seq=latest[0].seq, manifest_sha256=latest[0].manifest_sha256) if latest else None,
            removals=tuple(sorted(listing.site_id for listing in removed)),
            rules_version=f"{SITE_RULES_VERSION}+{self._words.version}",
        )
        return Plan(batch, lines, removed, office, pictures, signing_key)

    def begin(self, plan: Plan, bundle: Bundle, folder: Path) -> BatchRecord:
        """Write down everything about the batch before its file exists."""
        record = self._record(plan, bundle)
        entries = [
            batches.Entry(line.candidate.uid, line.profile.site_id, line.change, line.content_sha256)
            for line in plan.lines
        ] + [batches.Entry(gone.member_uid, gone.site_id, Change.REMOVED, gone.content_sha256) for gone in plan.removed]
        with self._vault.transaction() as tx:
            batches.begin(
                tx.db,
                record,
                folder=str(folder),
                entries=entries,
                provisions=[self._provision(plan, line, bundle) for line in plan.lines],
                staff_id=self._vault.staff.id,
            )
            detail = {"batch": record.seq, "profiles": record.profile_count, "removals": record.removal_count}
            tx.audit("export.begin", detail=detail)
        return record

    def confirm(self, record: BatchRecord) -> None:
        """The file lies in its folder: the records count from now on and never change."""
        with self._vault.transaction() as tx:
            batches.confirm(tx.db, record.seq)
            tx.audit("export.deliver", detail={"batch": record.seq, "sha256": record.manifest_sha256})

    def abort(self, record: BatchRecord) -> None:
        """Nothing left the office."""
        with self._vault.transaction() as tx:
            batches.drop(tx.db, record.seq)
            tx.audit("export.abort", detail={"batch": record.seq})

    def settle(self) -> tuple[str, ...]:
        """After a crash: confirm a batch whose file lies there whole, forget one whose file does not. → words."""
        told = []
        for left in batches.unsettled(self._vault.read()):
            path = Path(left.folder) / left.name
            report = verify_bundle(path, expected=Expected(today=self.today)) if path.is_file() else None
            facts = None if report is None else report.facts
            delivered = facts is not None and facts.manifest_sha256 == left.manifest_sha256
            with self._vault.transaction() as tx:
                (batches.confirm if delivered else batches.drop)(tx.db, left.seq)
                tx.audit("export.settle", detail={"batch": left.seq, "delivered": int(delivered)})
            outcome = "書き出し済みとして記録しました" if delivered else "書き出されていないため、記録を取り消しました"
            told.append(f"途中で終わった書き出し（{left.name}）を{outcome}。")
        return tuple(told)

    def export(self, plan: Plan, folder: Path) -> Written:
        """All steps in a row, for the command line; the window runs `build` and `write` as jobs."""
        bundle = build(plan)
        record = self.begin(plan, bundle, folder)
        try:
            path = write(bundle, folder, today=self.today)
        except UserError:
            self.abort(record)
            raise
        self.confirm(record)
        return Written(path, record)

    def history(self) -> tuple[BatchRecord, ...]:
        """Newest first."""
        return batches.latest(self._vault.read(), limit=_RECENT)

    def listed(self) -> tuple[Listing, ...]:
        """Who is on the site now, as far as this office gave it."""
        return batches.listed(self._vault.read())

    def jpeg_of(self, photo: PhotoInfo) -> bytes:
        found = photos.jpeg(self._vault.read(), photo.id)
        if found is None:
            raise LookupError("no such photo")
        return found

    def _drafts(self) -> SiteDrafts:
        db, office = self._vault.read(), self._office()
        name = f"association/{office.recipient.code}"
        with self._vault.transaction() as tx:  # the key is made at the first use
            key = secret_key(tx.db, name)
        return SiteDrafts(db, self._places, self._words, office=office, association_key=key)

    def _candidate(self, row: MemberRow, drafts: SiteDrafts, on_site: Mapping[str, Listing]) -> Candidate:
        db = self._vault.read()
        kernel = members.kernel(db, row.id)
        assert kernel is not None
        answers, pictures = load_answers(db, row.id), photos.of_member(db, row.id)
        names = tuple(PREVIEW_PHOTO for _ in pictures)
        draft = drafts.draft(answers, member_id=row.id, uid=kernel.uid, photos=names)
        facts = ExportFacts(
            status=row.status,
            declaration=standing(row.declaration_state, row.declaration_valid_until, today=self.today),
            purpose_shown=answers.get("purpose_shown") is True,
            consents=drafts.holding(row.id),
            has_upper_photo=any(photo.kind == "photo_upper" for photo in pictures),
            photos_checked=all(photo.is_checked for photo in pictures),
            draft=draft,
        )
        listing = on_site.get(kernel.uid)
        return Candidate(row, kernel.uid, answers, draft, pictures, admit(facts).reasons, listing)

    def _line(
        self,
        candidate: Candidate,
        drafts: SiteDrafts,
        batch_key: bytes,
        pictures: dict[str, bytes],
        *,
        coarser: frozenset[Coarsening],
    ) -> Line:
        drawn = drafts.draft(
            candidate.answers,
            member_id=candidate.row.id,
            uid=candidate.uid,
            photos=tuple(PREVIEW_PHOTO for _ in candidate.photos),
            coarser=coarser,
        )
        assert drawn.profile is not None
        names = []
        for place, photo in enumerate(candidate.photos):
            name = photo_name(drawn.profile.site_id, place=place, batch_key=batch_key)
            pictures[name] = self.jpeg_of(photo)
            names.append(name)
        profile = replace(drawn.profile, photos=tuple(names))
        content = content_sha256(Shown(profile=profile, photo_sha256=tuple(photo.sha256 for photo in candidate.photos)))
        listing = candidate.listing
        change = Change.NEW
        if listing is not None:
            change = Change.UNCHANGED if listing.content_sha256 == content else Change.CHANGED
        return Line(candidate, profile, change, content)

    def _record(self, plan: Plan, bundle: Bundle) -> BatchRecord:
        return BatchRecord(
            seq=plan.batch.seq,
            name=bundle.file_name,
            day=plan.batch.day,
            rule_version=plan.batch.rules_version,
            recipient=plan.office.recipient,
            profile_count=len(plan.lines),
            removal_count=len(plan.removed),
            manifest_sha256=bundle.manifest_sha256,
            staff_name=self._vault.staff.name,
            created_at=self._now(),
        )

    def _provision(self, plan: Plan, line: Line, bundle: Bundle) -> Provision:
        """個情法29条, 規則20条1項2号; kept three years from this provision (規則21条)."""
        answers, consent = line.candidate.answers, self._consent(line.candidate.row.id)
        years = legal_rules.load().on(plan.batch.day).provision_record_retention_years
        return Provision(
            member_uid=line.candidate.uid,
            person=line.candidate.row.legal_name,
            provided_on=plan.batch.day,
            recipient=plan.office.recipient,
            items=tuple(key for key in SITE_FIELDS if answers.get(key)),
            consent_text_version=consent[0],
            consented_on=consent[1],
            rule_version=plan.batch.rules_version,
            bundle_sha256=bundle.manifest_sha256,
            retain_until=_years_later(plan.batch.day, years),
        )

    def _consent(self, member_id: MemberId) -> tuple[str, date]:
        given = [c for c in consents.load_consents(self._vault.read(), member_id) if c.scope == "consent_provide"]
        return given[-1].text_version, given[-1].consented_on

    def _office(self) -> Office:
        office = offices.load(self._vault.read())
        if office is None or not office.recipient.name.strip() or not office.recipient.representative.strip():
            raise UserError(
                "書き出し先の協会が設定されていません。",
                "「設定」の「事務所」で、協会の名前・所在地・代表者を入力してください（提供の記録に必要です）。",
            )
        return office

    def _uid(self, member_id: MemberId) -> str:
        kernel = members.kernel(self._vault.read(), member_id)
        if kernel is None:
            raise LookupError("no such member")
        return kernel.uid


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)
