"""Activities: what an undertaking is, as somebody gives it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import IntEnum, StrEnum

from ctai.domain.money import BudgetKind
from ctai.domain.roles import Visibility

TEXT_LANGUAGES = ("en", "fr", "ar", "es", "zh", "ru")
"""The official languages of the United Nations, in which titles are entered here; a file may bring
one in any other language."""


PROVIDER, RECEIVER, PARTNER = "provider", "receiver", "partner"
RELATED = "related{kind}"
LINKS = frozenset({PROVIDER, RECEIVER, PARTNER, *(RELATED.format(kind=n) for n in range(1, 6))})
"""Kinds of identifiers that name another activity: the one that money comes from, the one that it
goes to, a partner's own record, and IATI's RelatedActivityType 1 to 5 (parent, child, sibling,
co-funded, reported by a third party)."""


class Status(StrEnum):
    """How far an activity is: the mapping's four states, two that end it, and not known."""

    REQUESTED = "requested"
    PLANNED = "planned"
    ONGOING = "ongoing"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    SUSPENDED = "suspended"
    UNKNOWN = "unknown"
    """The source does not say; kept apart, since a guess would count as help."""


class Basis(StrEnum):
    """Whether a measure was guessed from the text or confirmed by somebody who knows."""

    INFERRED = "inferred"
    CONFIRMED = "confirmed"


class OrganisationRole(IntEnum):
    """An entity's role in an activity; IATI code list OrganisationRole."""

    FUNDING = 1
    ACCOUNTABLE = 2
    EXTENDING = 3
    IMPLEMENTING = 4


@dataclass(frozen=True)
class Text:
    """Title and description in one language."""

    title: str
    description: str = ""


@dataclass(frozen=True)
class CountryShare:
    """A country of an activity; `share_pct` is None where nobody has said how it divides."""

    iso3: str
    share_pct: float | None = None


@dataclass(frozen=True)
class MeasureLink:
    """A measure that an activity serves; exactly one of an activity's is its main one.

    `rule` names the line of `data/sector_rules.csv` by which it was inferred, as
    "vocabulary:code", until a person confirms it; empty where a person said so.
    """

    code: str
    is_main: bool = False
    basis: Basis = Basis.INFERRED
    rule: str = ""


@dataclass(frozen=True)
class Participation:
    """An entity and its role."""

    entity: str
    role: OrganisationRole


@dataclass(frozen=True)
class Organisation:
    """An organisation that is on no list of the initiative, as a file names it.

    `ref` is its IATI organisation identifier and `kind` its code in the IATI list
    OrganisationType, each empty where the file does not say.
    """

    name: str
    role: OrganisationRole
    ref: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Identifier:
    """A name by which some system knows an activity, or another one that it is linked with.

    `kind` is "iati" for an IATI activity identifier, a code of the IATI list OtherIdentifierType,
    such as A4 for a flow of OCHA's Financial Tracking Service, or one of `LINKS`.
    """

    kind: str
    value: str


@dataclass(frozen=True)
class BudgetLine:
    """An amount of money; `spans_countries` where the figure covers several and can't be split."""

    kind: BudgetKind
    amount: Decimal
    currency: str
    spans_countries: bool = False
    value_date: str | None = None
    donor: str | None = None
    note: str = ""


@dataclass(frozen=True)
class SourceRef:
    """Where a record was read; `claim_field` and `claim_value` where this source disagrees."""

    url: str
    title: str = ""
    published: str | None = None
    note: str = ""
    claim_field: str = ""
    claim_value: str = ""


@dataclass(frozen=True)
class ActivityDraft:
    """An activity as somebody gives it: not yet checked, not yet stored.

    Dates are reduced-precision ISO 8601 texts; `source_key` names the record in the file that it
    came from, so that a second import finds it again. `organisations` take part without being on
    the initiative's list; `source_status` is the status as its source writes it, and `parent_key`
    the source key of its programme, for a file that brings both.
    """

    texts: Mapping[str, Text]
    countries: tuple[CountryShare, ...]
    participants: tuple[Participation, ...]
    status: Status = Status.PLANNED
    status_as_of: str | None = None
    measures: tuple[MeasureLink, ...] = ()
    planned_start: str | None = None
    planned_end: str | None = None
    actual_start: str | None = None
    actual_end: str | None = None
    place: str = ""
    visibility: Visibility = Visibility.UN_SYSTEM
    budget: tuple[BudgetLine, ...] = ()
    sources: tuple[SourceRef, ...] = ()
    parent_id: int | None = None
    source_key: str | None = None
    note: str = ""
    organisations: tuple[Organisation, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    source_status: str = ""
    parent_key: str | None = None

    @property
    def iso3s(self) -> frozenset[str]:
        """Give the countries' codes."""
        return frozenset(country.iso3 for country in self.countries)

    @property
    def entities(self) -> frozenset[str]:
        """Give the acronyms of all who take part."""
        return frozenset(participant.entity for participant in self.participants)


@dataclass(frozen=True)
class Known:
    """The codes that a draft may name."""

    countries: frozenset[str]
    entities: frozenset[str]
    measures: frozenset[str]
    parents: frozenset[int] = field(default_factory=frozenset)
