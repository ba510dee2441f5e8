"""The vocabulary of the catalogue: what a field is and every class it must be given."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from nakodo_desktop.domain.staff import RIGHTS, Right, Role
from nakodo_desktop.domain.values import Answers


class Kind(Enum):
    """How a fact is asked and held. In brackets the Python type of the answer."""

    TEXT = "text"  # one line [str]
    KANA = "kana"  # hiragana reading [str]
    NOTE = "note"  # several lines [str]
    INT = "int"  # whole number in `unit` [int]
    DATE = "date"  # [date]
    CHOICE = "choice"  # key of one of `choices` [str]
    FLAG = "flag"  # done or not [bool]
    POSTAL_CODE = "postal_code"  # "154-0017" [str]
    PHONE = "phone"  # "090-1234-5678" [str]
    EMAIL = "email"  # [str]
    MUNICIPALITY = "municipality"  # five-digit JIS X 0402 code [str]
    FAMILY = "family"  # "father/alive", … [tuple[str, ...]]
    WISH = "wish"  # (weight, wish in words) [tuple[str, str]]
    PHOTO = "photo"  # id of a photo in the vault [str]


class Privacy(Enum):
    """What a fact gives away."""

    DIRECT = "direct"  # identifies alone
    QUASI = "quasi"  # identifies together with others
    SPECIAL_CARE = "special_care"  # 要配慮個人情報, 個情法2条3項
    OPEN = "open"  # neither


class Retention(Enum):
    """Which clock decides when a record must go; the periods are in resources/rules/retention.toml."""

    PHOTO = "photo"  # 30 days after withdrawal
    PROFILE = "profile"  # 90 days after withdrawal
    CONTRACT = "contract"  # 5 years after the contract ends
    PROVISION = "provision"  # 3 years after the last provision; no field: the records of what was given


class SiteRule(Enum):
    """The named rule by which a fact becomes an item of the site profile. NEVER: it does not leave."""

    NEVER = "never"
    PSEUDONYM = "pseudonym"
    SEX = "sex"
    MEASURE = "measure"  # as it is, or banded when the office says so
    SPECIAL_CARE_FLAG = "special_care_flag"  # only with the consent to show it
    AREA = "area"  # stops at 市
    INDUSTRY = "industry"
    CHOICE_LABEL = "choice_label"
    BIRTH_YEAR = "birth_year"  # month and day by the member's own choice
    EDUCATION = "education"  # three words
    SCHOOL = "school"  # by the member's own choice
    SCANNED_TEXT = "scanned_text"
    FAMILY = "family"  # 存命・逝去
    PHOTO = "photo"


class Audience(Enum):
    """Who in the office sees the fact."""

    OFFICE = "office"  # every role
    MATCHMAKERS = "matchmakers"  # 所長 and 仲人
    SPECIAL_CARE = "special_care"  # who may see special-care facts

    def includes(self, role: Role) -> bool:
        if self is Audience.SPECIAL_CARE:
            return Right.SEE_SPECIAL_CARE in RIGHTS[role]
        return self is Audience.OFFICE or Right.SEE_NOTES in RIGHTS[role]


class Store(Enum):
    """Which table holds the answer."""

    PROFILE = "profile"
    SPECIAL_CARE = "special_care"
    IDENTITY = "identity_check"
    NOTICE = "purpose_notice"
    CONSENT = "consent"
    PHOTO = "photo"


@dataclass(frozen=True)
class Condition:
    """Holds when the answer to `key` is one of `values`."""

    key: str
    values: frozenset[str]

    def holds(self, answers: Answers) -> bool:
        return answers.get(self.key) in self.values


@dataclass(frozen=True, kw_only=True)
class Field:
    """One fact. The classes have no defaults: an unclassified field cannot be written down."""

    key: str
    label: str
    kind: Kind
    privacy: Privacy
    retention: Retention
    purpose: str  # why the office asks, in the words of its privacy notice
    site: SiteRule
    sees: Audience
    required: bool | Condition = False
    asked: Condition | None = None  # None: always
    choices: tuple[tuple[str, str], ...] = ()  # (value, label)
    unit: str = ""
    minimum: int | None = None  # INT only, in `unit`
    maximum: int | None = None
    max_chars: int = 60
    help: str = ""  # the question as it is spoken
    reading_of: str = ""  # KANA: the field whose reading this is
    print_as: str = ""  # in the narrow column of a printed record, where the label is a sentence

    @property
    def paper_label(self) -> str:
        """What stands beside the answer on paper."""
        return self.print_as or self.label

    def is_asked(self, answers: Answers) -> bool:
        return self.asked is None or self.asked.holds(answers)

    def is_required(self, answers: Answers) -> bool:
        if not self.is_asked(answers):
            return False
        return self.required.holds(answers) if isinstance(self.required, Condition) else self.required

    def choice_label(self, value: object) -> str:
        """The Japanese words of a choice. Raises KeyError for a value that is not one."""
        return dict(self.choices)[str(value)]


@dataclass(frozen=True, kw_only=True)
class Section:
    """Fields asked together: one step of the interview, one card on the member's page."""

    key: str
    title: str
    lead: str  # one sentence under the title
    store: Store
    fields: tuple[Field, ...]
    tips: tuple[str, ...] = ()  # for the matchmaker: how to ask, what not to ask
