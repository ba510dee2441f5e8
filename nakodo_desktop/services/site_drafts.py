"""A member's site profile as it would leave today, with every reason; preview, gate and batch share this one way."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date

from nakodo_desktop.domain.leak_others import OthersIndex
from nakodo_desktop.domain.leak_own import hidden_places
from nakodo_desktop.domain.leak_scan import OwnFacts, index_own, scan
from nakodo_desktop.domain.member import MemberId
from nakodo_desktop.domain.municipality import AreaClass, Municipalities, Municipality, area_class_of
from nakodo_desktop.domain.occupation import OccupationWords
from nakodo_desktop.domain.office import Office
from nakodo_desktop.domain.pseudonym import LegalName, Pick, generate
from nakodo_desktop.domain.site_context import Coarsening, Declined, SiteContext
from nakodo_desktop.domain.site_item import site_id_of
from nakodo_desktop.domain.site_profile import SiteDraft, build
from nakodo_desktop.domain.unwanted_words import sorted_words
from nakodo_desktop.domain.values import Answers, Trouble
from nakodo_desktop.errors import UserError
from nakodo_desktop.vault import area_overrides, members, text_releases
from nakodo_desktop.vault.connection import Connection

NOT_LISTED_YET = "0" * 26  # stands for the site id of a person who has no record yet
PREVIEW_PHOTO = "photos/preview.jpg"  # stands for a name that only a batch gives


class SiteDrafts:
    """What belongs to the whole office is read once and serves a batch; make a new one after a write."""

    def __init__(
        self,
        db: Connection,
        places: Municipalities,
        words: OccupationWords,
        *,
        office: Office,
        association_key: bytes,
        others: OthersIndex,
    ) -> None:
        self._db, self._places, self._words, self._office = db, places, words, office
        self._association_key, self._others = association_key, others
        self._pseudonyms = members.pseudonyms(db)
        self._own_cities = area_overrides.load(db)

    def draft(
        self,
        answers: Answers,
        *,
        member_id: MemberId | None,
        uid: str,
        photos: tuple[str, ...],
        holding: frozenset[str],
        coarser: frozenset[Coarsening] = frozenset(),
        accepted: Mapping[tuple[str, str], str] | None = None,
    ) -> SiteDraft:
        """`holding`: consent scopes that hold. `uid` "": a person who has no record yet."""
        place = self._places.get(str(answers.get("municipality") or ""))
        area_class = area_class_of(place, self._own_cities)
        own = index_own(own_facts(answers, place))
        # 医師 or 住職 may be one person outside the large cities.
        titles = () if area_class is AreaClass.LARGE else self._words.rare_titles
        context = SiteContext(
            site_id=site_id_of(uid, association_key=self._association_key) if uid else NOT_LISTED_YET,
            consents=holding,
            municipality=place,
            area_class=area_class,
            words=self._words,
            office=self._office,
            legal_name=legal_name(answers),
            # The member's own name among the others does no harm: the own facts judge it first.
            scan=lambda text: scan(text, own, others=self._others, titles=titles),
            pseudonyms_taken=self._taken(member_id),
            photos=photos,
            declined=Declined(self._office.declined_on_site),
            coarser=coarser,
            accepted=accepted or {},
        )
        return build(answers, context)

    def propose_pseudonym(self, answers: Answers, *, pick: Pick, member_id: MemberId | None = None) -> str:
        """One that leads to nobody and that nobody has. Raises UserError when none is left."""
        made = generate(legal_name(answers), taken=self._taken(member_id), pick=pick)
        if isinstance(made, Trouble):
            raise UserError(made.message)
        return made

    def accepted(self, member_id: MemberId, answers: Answers) -> dict[tuple[str, str], str]:
        """Typed reasons, as far as the text is still the one they were given for."""
        return {
            (release.field_key, release.finding): release.reason
            for release in text_releases.of_member(self._db, member_id)
            if text_sha256(str(answers.get(release.field_key) or "").strip()) == release.text_sha256
        }

    def _taken(self, member_id: MemberId | None) -> tuple[str, ...]:
        return tuple(name for owner, name in self._pseudonyms.items() if owner != member_id)


def legal_name(answers: Answers) -> LegalName:
    def text(key: str) -> str:
        return str(answers.get(key) or "")

    unwanted = sorted_words(text("unwanted_words"))
    return LegalName(
        family_name=text("family_name"),
        given_name=text("given_name"),
        family_kana=text("family_kana"),
        given_kana=text("given_kana"),
        nicknames=(*unwanted.nicknames, *unwanted.relatives, *unwanted.others),
    )


def own_facts(answers: Answers, place: Municipality | None) -> OwnFacts:
    """What the leak scan must not find in the member's own texts; `place` is where the member lives."""
    birth_date = answers.get("birth_date")

    def text(key: str) -> str:
        return str(answers.get(key) or "")

    unwanted = sorted_words(text("unwanted_words"))
    return OwnFacts(
        family_name=text("family_name"),
        given_name=text("given_name"),
        family_kana=text("family_kana"),
        given_kana=text("given_kana"),
        nicknames=unwanted.nicknames,
        relatives=unwanted.relatives,
        phones=(text("phone"),) if text("phone") else (),
        emails=(text("email"),) if text("email") else (),
        postal_code=text("postal_code"),
        address_line=text("address_line"),
        hidden_places=hidden_places(place),
        employer=text("employer_name"),
        school=text("school_name"),
        stations=unwanted.stations,
        unwanted=unwanted.others,
        birth_date=birth_date if isinstance(birth_date, date) else None,
    )


def text_sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
