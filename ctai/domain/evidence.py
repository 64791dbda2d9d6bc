"""Evidence: what says that a need exists, how grave it is called, and what may be told of it."""

from collections.abc import Iterator
from enum import StrEnum

from ctai.domain.activities import Known
from ctai.domain.checks import LONGEST_TITLE, too_long, unknown_country
from ctai.domain.faults import Fault
from ctai.domain.roles import Action, Viewer, Visibility


class EvidenceKind(StrEnum):
    """What says that a need exists; without one there is no need, only an opinion."""

    ASSESSMENT = "assessment"
    RATING = "rating"
    RECOMMENDATION = "recommendation"
    REQUEST = "request"


class Severity(StrEnum):
    """How grave the source calls a need; None where it does not say."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Disclosure(StrEnum):
    """Whether a finding may be read: yes, only that it exists, not at all, or nobody has said."""

    YES = "yes"
    PARTLY = "partly"
    WITHHELD = "withheld"
    UNKNOWN = "unknown"


class Finding(StrEnum):
    """What an assessment found on a measure; `NOT_RECORDED` is not the same as no need."""

    NEED = "need"
    NO_NEED = "no_need"
    NOT_RECORDED = "not_recorded"


FLOORS = {
    Disclosure.YES: Visibility.PUBLIC,
    Disclosure.PARTLY: Visibility.UN_SYSTEM,
    Disclosure.UNKNOWN: Visibility.UN_SYSTEM,
    Disclosure.WITHHELD: Visibility.RESTRICTED,
}
"""The most open that anything may be which repeats a finding of this disclosure."""


def is_readable(disclosed: Disclosure, viewer: Viewer) -> bool:
    """Tell whether a viewer may read a finding's text; a withheld one has none to read.

    What nobody has said may be read stays inside the United Nations.
    """
    return FLOORS[disclosed] is Visibility.PUBLIC or viewer.may(Action.SEE_UN_SYSTEM)


def least_open(*levels: Visibility) -> Visibility:
    """Give the most closed of some levels."""
    return max(levels, key=list(Visibility).index)


def is_more_open(one: Visibility, other: Visibility) -> bool:
    """Tell whether more people may see the one than the other."""
    ranks = list(Visibility)
    return ranks.index(one) < ranks.index(other)


def country_faults(countries: tuple[str, ...], known: Known) -> Iterator[Fault]:
    """Refuse a record without a country, with an unknown one, or with one named twice."""
    if not countries:
        yield Fault("The country is missing. Choose at least one Member State.", "country")
    for iso3 in countries:
        yield from unknown_country(iso3, known.countries)
    if len(set(countries)) < len(countries):
        yield Fault("A country is named twice. Name each country once.", "country")


def title_faults(title: str) -> Iterator[Fault]:
    """Refuse a record without a title."""
    if not title.strip():
        yield Fault("The title is missing. Say in one line what is done.", "title")
    yield from too_long("title", title, LONGEST_TITLE)
