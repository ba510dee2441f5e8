"""Exports: who may leave, what exactly, the bundle, and the record of it.

The batch and its provision records are written down before the file gets its name and confirmed afterwards, so that
nothing can lie in a folder that the vault does not know of. Building and writing are jobs on plain data.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Collection, Generator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nakodo_desktop.domain import pseudonym
from nakodo_desktop.domain.answers import describe
from nakodo_desktop.domain.catalog import FIELDS
from nakodo_desktop.domain.leak_finding import Finding
from nakodo_desktop.domain.leak_others import MemberName, OthersIndex, index_others
from nakodo_desktop.domain.member import MemberId
from nakodo_desktop.domain.member_query import MemberQuery, SortBy
from nakodo_desktop.domain.municipality import AreaClass, Municipalities
from nakodo_desktop.domain.occupation import OccupationWords
from nakodo_desktop.domain.office import Office
from nakodo_desktop.domain.photo import PhotoInfo
from nakodo_desktop.domain.provision import BatchRecord, Listing
from nakodo_desktop.domain.pseudonym import Pick
from nakodo_desktop.domain.site_context import SITE_RULES_VERSION, Coarsening
from nakodo_desktop.domain.site_profile import SiteDraft
from nakodo_desktop.domain.staff import Right
from nakodo_desktop.domain.values import Answers, Problem
from nakodo_desktop.errors import UserError
from nakodo_desktop.export.bundle import Bundle
from nakodo_desktop.reference import occupations
from nakodo_desktop.services import export_records
from nakodo_desktop.services.approvals import Approval, Approvals
from nakodo_desktop.services.clock import Clock, office_day, utc_now
from nakodo_desktop.services.deliveries import destination
from nakodo_desktop.services.delivery_jobs import Destination, deliver, lies_there
from nakodo_desktop.services.export_candidates import Candidate, judge, read_grounds
from nakodo_desktop.services.export_plan import Plan, Written, build
from nakodo_desktop.services.export_planning import planning
from nakodo_desktop.services.export_records import Unsettled
from nakodo_desktop.services.form_drafts import FormDrafts
from nakodo_desktop.services.rights import require
from nakodo_desktop.services.shown_ids import note_ids
from nakodo_desktop.services.site_drafts import PREVIEW_PHOTO, SiteDrafts, text_sha256
from nakodo_desktop.vault import area_overrides, batches, coarsenings, members, offices, photos, text_releases
from nakodo_desktop.vault.secret_keys import secret_key
from nakodo_desktop.vault.vault import Vault

RECENT = 50  # batches that the history lists
_MOST_RAISED_CHARS = 24  # four codes; the bundle's line for the rules is short


@dataclass(frozen=True)
class Survey:
    """Everybody who may come into question. Each step of `candidates` takes some milliseconds of the vault."""

    total: int
    candidates: Generator[Candidate, None, None]


NamesIndex = tuple[tuple[MemberName, ...], OthersIndex]  # what it was made from, and the index


class Exports:
    def __init__(
        self,
        vault: Vault,
        places: Municipalities,
        *,
        now: Clock = utc_now,
        pick: Pick = secrets.randbelow,
    ) -> None:
        self.approvals = Approvals(vault)
        self.drafts = FormDrafts(vault)
        self._vault = vault
        self._places = places
        self._now = now
        self._pick = pick
        self._words: OccupationWords = occupations.load()
        self._others: NamesIndex | None = None

    @property
    def today(self) -> date:
        return office_day(self._now())

    # Who may leave, and what exactly -----------------------------------------------------------------------------

    def office(self) -> Office:
        """With the one recipient of this vault. Raises UserError while it is not set."""
        office = offices.load(self._vault.read())
        if office is None or not office.recipient.is_complete:
            raise UserError(
                "書き出し先の協会が設定されていません。",
                "「設定」の「事務所」で、協会の名前・略号・所在地・代表者を入力してください（提供の記録に必要です）。",
            )
        return office

    def candidates(self) -> tuple[Candidate, ...]:
        """Everybody who has not left or is still on the site, admitted or with every reason against; by reading."""
        return tuple(self.survey().candidates)

    def survey(self) -> Survey:
        """The same step by step, for a window that must not stand still."""
        require(self._vault.staff, Right.EXPORT)
        drafts, on_site = self._drafts(self.office()), self._on_site()
        db = self._vault.read()
        ids = members.select_ids(db, MemberQuery(sort_by=SortBy.KANA, descending=False), today=self.today)

        def look() -> Generator[Candidate, None, None]:
            for member_id in ids:
                grounds = read_grounds(db, member_id)
                if grounds is not None and (grounds.row.status.is_active or grounds.uid in on_site):
                    yield judge(db, grounds, drafts, listing=on_site.get(grounds.uid), today=self.today)

        return Survey(len(ids), look())

    def candidate(self, member_id: MemberId) -> Candidate:
        """One member, judged anew."""
        require(self._vault.staff, Right.EXPORT)
        db = self._vault.read()
        grounds = read_grounds(db, member_id)
        if grounds is None:
            raise LookupError("no such member")
        listing = self._on_site().get(grounds.uid)
        return judge(db, grounds, self._drafts(self.office()), listing=listing, today=self.today)

    def preview(self, answers: Answers, *, member_id: MemberId | None = None) -> SiteDraft:
        """The profile these answers would give, before they are a record: consents as answered, photos as named."""
        drafts = self._drafts(self._any_office())
        uid, coarser, accepted = "", frozenset[Coarsening](), dict[tuple[str, str], str]()
        if member_id is not None:
            uid = self._uid(member_id)
            coarser = coarsenings.of_member(self._vault.read(), member_id)
            accepted = drafts.accepted(member_id, answers)
        return drafts.draft(
            answers,
            member_id=member_id,
            uid=uid,
            photos=tuple(PREVIEW_PHOTO for key in ("photo_upper", "photo_full") if answers.get(key)),
            holding=frozenset(key for key, value in answers.items() if value == "given"),
            coarser=coarser,
            accepted=accepted,
        )

    def propose_pseudonym(self, answers: Answers, *, member_id: MemberId | None = None) -> str:
        """One that leads to nobody and that nobody has."""
        return self._drafts(self._any_office()).propose_pseudonym(answers, pick=self._pick, member_id=member_id)

    @property
    def is_at_hand(self) -> bool:
        """Whether the vault can be read now: it is neither closed nor lent."""
        return self._vault.is_open

    def index_job(self) -> Callable[[], NamesIndex] | None:
        """A job that prepares the scan for the other members' names, and what a first preview asks. See `keep_index`.

        None while that is ready, or while the vault is lent or closed: then the scan will do it itself, later.
        """
        if not self._vault.is_open:
            return None
        names = members.all_names(self._vault.read())
        if self._others is not None and self._others[0] == names:
            return None
        words = self._words

        def prepare() -> NamesIndex:
            words.prepare()
            pseudonym.prepare()
            return names, index_others(names)

        return prepare

    def keep_index(self, made: NamesIndex) -> None:
        """The first preview need not wait for it then. Names that changed meanwhile are noticed at the next use."""
        self._others = made

    def reasons(self, answers: Answers, *, member_id: MemberId) -> dict[tuple[str, str], str]:
        """(field key, the characters found) → the typed reason, as far as it was given for the text as it stands."""
        return self._drafts(self._any_office()).accepted(member_id, answers)

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

    def coarsen(self, member_id: MemberId, kind: Coarsening, *, wanted: bool) -> None:
        """Show a member more coarsely than the rules demand, from now on until it is taken back."""
        require(self._vault.staff, Right.EXPORT)
        with self._vault.transaction() as tx:
            if wanted:
                coarsenings.put(tx.db, member_id, kind, staff_id=self._vault.staff.id, now=tx.now)
            else:
                coarsenings.drop(tx.db, member_id, kind)
            act = "export.coarsen" if wanted else "export.coarsen_no_more"
            tx.audit(act, subject=self._uid(member_id), detail={"kind": coarsenings.name_of(kind)})

    def note_listed(self, uids: Sequence[str]) -> None:
        """Whose names the list of candidates shows; the caller tells each member once in a session."""
        if uids:
            with self._vault.transaction() as tx:
                note_ids(tx, "list.view", uids)

    def note_shown(self, candidate: Candidate) -> None:
        """The operator looked at this preview; the caller tells each member once in a session."""
        with self._vault.transaction() as tx:
            tx.audit("member.view", subject=candidate.uid, detail={"screen": "export"})

    def thumbnail_of(self, photo: PhotoInfo) -> bytes:
        """JPEG of our own decoder."""
        found = photos.thumbnail(self._vault.read(), photo.id)
        if found is None:
            raise LookupError("no such photo")
        return found

    # The batch ---------------------------------------------------------------------------------------------------

    def planning(self, chosen: Collection[MemberId]) -> Generator[int, None, Plan]:
        """The plan step by step, for a window that must not stand still: see `export_planning.planning`."""
        require(self._vault.staff, Right.EXPORT)
        office = self.office()
        return planning(
            self._vault,
            chosen,
            drafts=self._drafts(office),
            office=office,
            on_site=self._on_site(),
            today=self.today,
            rules_version=self._rules_version(),
        )

    def plan(self, chosen: Collection[MemberId]) -> Plan:
        """The same in one go, after what an earlier crash left open is settled."""
        self.settle()
        steps = self.planning(chosen)
        while True:
            try:
                next(steps)
            except StopIteration as end:
                plan: Plan = end.value
                return plan

    def destination(self, folder: Path | None = None) -> Destination:
        """Where the next batch goes, by the office's setting; `folder` for one that gives its bundles in folders."""
        return destination(self._vault, folder)

    def begin(self, plan: Plan, bundle: Bundle, there: Destination, *, approval: Approval | None = None) -> BatchRecord:
        """Write down everything about the batch before its file exists.

        Raises UserError when a member or a setting is not as planned any more, NotApproved when the office wants a
        second person: nothing is written down then.
        """
        require(self._vault.staff, Right.EXPORT)
        return export_records.begin(self._vault, plan, bundle, there=there, approval=approval, now=self._now())

    def beginning(
        self, plan: Plan, bundle: Bundle, there: Destination, *, approval: Approval | None = None
    ) -> Generator[None, None, BatchRecord]:
        """The same step by step, for a window that must not stand still."""
        require(self._vault.staff, Right.EXPORT)
        return export_records.beginning(self._vault, plan, bundle, there=there, approval=approval, now=self._now())

    def confirm(self, record: BatchRecord) -> None:
        """The file lies in its folder: the records count from now on and never change."""
        require(self._vault.staff, Right.EXPORT)
        export_records.confirm(self._vault, record)

    def abort(self, record: BatchRecord) -> None:
        """Nothing left the office."""
        require(self._vault.staff, Right.EXPORT)
        export_records.abort(self._vault, record)

    def unsettled(self) -> tuple[Unsettled, ...]:
        """Batches that were begun and never confirmed: `lies_there` finds out, `settle_one` writes it down."""
        return batches.unsettled(self._vault.read())

    def settle_one(self, left: Unsettled, *, delivered: bool) -> str:
        """→ what was done, in words"""
        require(self._vault.staff, Right.EXPORT)
        return export_records.settle(self._vault, left, delivered=delivered)

    def settle(self) -> tuple[str, ...]:
        """After a crash: confirm a batch whose file lies there whole, forget one whose file does not. → words.

        Raises UserError when only the association can tell: then `settle_one` writes down what it says.
        """
        return tuple(
            self.settle_one(left, delivered=lies_there(left, self.destination(), today=self.today))
            for left in self.unsettled()
        )

    def export(self, plan: Plan, folder: Path | None) -> Written:
        """All steps in a row, for the command line; the window runs `build` and `deliver` as jobs."""
        there = self.destination(folder)
        built = build(plan)
        record = self.begin(plan, built.bundle, there)
        try:
            deliver(built.bundle, there, today=self.today)
        except UserError:
            self.abort(record)
            raise
        self.confirm(record)
        return Written(there, record, built.missing_sheet)

    def history(self) -> tuple[BatchRecord, ...]:
        """Newest first."""
        return batches.latest(self._vault.read(), limit=RECENT)

    def listed(self) -> tuple[Listing, ...]:
        """Who is on the site now, as far as this office gave it."""
        return batches.listed(self._vault.read())

    def _on_site(self) -> dict[str, Listing]:
        return {listing.member_uid: listing for listing in self.listed()}

    def _drafts(self, office: Office) -> SiteDrafts:
        db = self._vault.read()
        code, key = office.recipient.code, secrets.token_bytes(32)
        if code:  # else only a preview: no association will ever see its ids
            with self._vault.transaction() as tx:  # the key is made at the first use
                key = secret_key(tx.db, f"association/{code}")
        others = self._index_of(members.all_names(db))
        return SiteDrafts(db, self._places, self._words, office=office, association_key=key, others=others)

    def _rules_version(self) -> str:
        """Stamped on the batch and on every provision: rules, dictionary, and the cities the office raised itself."""
        own = area_overrides.load(self._vault.read()).values()
        raised = "".join(f"+{one.code}" for one in own if one.area_class is AreaClass.LARGE)
        if len(raised) > _MOST_RAISED_CHARS:
            raised = f"+own-{hashlib.sha256(raised.encode()).hexdigest()[:8]}"
        return f"{SITE_RULES_VERSION}+{self._words.version}{raised}"

    def _index_of(self, names: tuple[MemberName, ...]) -> OthersIndex:
        """Made anew only when somebody came, went or changed: it is the slow part in a large office."""
        if self._others is None or self._others[0] != names:
            self._others = (names, index_others(names))
        return self._others[1]

    def _any_office(self) -> Office:
        found = offices.load(self._vault.read())
        if found is None:
            raise LookupError("the office has no settings")
        return found

    def _uid(self, member_id: MemberId) -> str:
        kernel = members.kernel(self._vault.read(), member_id)
        if kernel is None:
            raise LookupError("no such member")
        return kernel.uid
