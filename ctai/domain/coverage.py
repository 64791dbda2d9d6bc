"""Coverage: how much assistance reaches a measure in a country, each undertaking counted once."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ctai.domain.activities import ActivityDraft, Basis, CountryShare, MeasureLink, Status
from ctai.domain.dates import first_day, is_partial_date, month_number

ONGOING_WEIGHT = 1.0
"""An ongoing activity counts in full: it is the unit in which coverage is told."""

PLANNED_WEIGHT = 0.5
"""A planned activity counts half: it is an intention with a date, and many slip or lapse. Half is
a convention that lies between ignoring it and trusting it."""

COMPLETED_WEIGHT = 1.0
"""A completed activity counts in full on the day it ends, and fades from there."""

HALF_LIFE_MONTHS = 24
"""What was built halves in two years: trained people move on, equipment ages. The initiative's own
follow-up comes a year after delivery; two such follow-ups without news halve the trust."""

CONFIRMED_FOR_MONTHS = 12
"""A status is believed for a year after the date it was true, then fades like a completed one: a
record nobody confirms for longer than the initiative's yearly follow-up may no longer be so."""

MAIN_MEASURE_SHARE = 0.6
"""The main measure takes three fifths of an activity that serves several; the others share the
rest, so that an activity adds up to one however many measures it names."""

NEGLIGIBLE = 0.05
"""Below a twentieth of one activity, coverage is called nothing: it is over four half-lives old."""

_FADE_ORIGIN = 2000 * 12
"""Month from which stored fade scales are reckoned; it cancels out and only keeps them small."""

COUNTED = frozenset({Status.PLANNED, Status.ONGOING, Status.COMPLETED, Status.UNKNOWN})
"""Requested, cancelled and suspended activities answer nothing. One whose status is not known is
there, and is listed, but weighs nothing until somebody says what it is."""


@dataclass(frozen=True)
class Worth:
    """What an undertaking counts, and from which month on that fades.

    `fades_from` is in months since year 0, None where no date is known: then it counts nothing,
    is listed as undated, and is never read as zero help.
    """

    weight: float
    fades_from: int | None

    @property
    def scale(self) -> float:
        """Give the weight carried back to the fade origin.

        Exponential fading has no memory, so scales can be summed first and faded once: a database
        can add up a million of them without knowing today's date.
        """
        if self.fades_from is None:
            return 0.0
        return float(self.weight * 2 ** ((self.fades_from - _FADE_ORIGIN) / HALF_LIFE_MONTHS))

    def at(self, month: int) -> float:
        """Tell what the undertaking still counts in a month."""
        if self.fades_from is None:
            return 0.0
        return float(self.weight * 2 ** (-max(0, month - self.fades_from) / HALF_LIFE_MONTHS))


def faded(scale: float, month: int) -> float:
    """Turn a sum of scales, all of undertakings that already fade, into what is left in a month."""
    return float(scale * 2 ** (-(month - _FADE_ORIGIN) / HALF_LIFE_MONTHS))


def worth(status: Status, as_of: str | None, end: str | None) -> Worth:
    """Weigh an undertaking by its status, the date that was true, and its end.

    Ongoing and planned hold for a year after their status was last true, or until the known end;
    completed fades from its end, or from the date of its status where the end is not known.
    """
    as_of_month = _month(as_of)
    end_month = _month(end)
    match status:
        case Status.COMPLETED:
            return Worth(COMPLETED_WEIGHT, end_month if end_month is not None else as_of_month)
        case Status.ONGOING | Status.PLANNED:
            weight = ONGOING_WEIGHT if status is Status.ONGOING else PLANNED_WEIGHT
            holds = None if as_of_month is None else as_of_month + CONFIRMED_FOR_MONTHS
            known = [month for month in (holds, end_month) if month is not None]
            return Worth(weight, min(known) if holds is not None else None)
        case _:
            return Worth(0.0, None)


def _month(text: str | None) -> int | None:
    return month_number(text) if text and is_partial_date(text) else None


@dataclass(frozen=True)
class Cell:
    """The part of an undertaking that falls on one country and one measure.

    `share` of all its cells adds up to 1; `weight` and `scale` are the worth of that share;
    `start_year` is None where no start is known.
    """

    iso3: str
    measure: str
    is_main: bool
    share: float
    weight: float
    scale: float
    fades_from: int | None
    start_year: int | None


def cells(draft: ActivityDraft) -> tuple[Cell, ...]:
    """Divide an undertaking over its countries and measures; none where it names no measure.

    A measure that only a rule inferred counts nothing: a matrix that a rule fills hides gaps.
    """
    value = worth(draft.status, draft.status_as_of, draft.actual_end or draft.planned_end)
    start = draft.actual_start or draft.planned_start
    return tuple(
        Cell(
            iso3,
            code,
            is_main,
            share := country_share * measure_share,
            value.weight * share,
            value.scale * share,
            value.fades_from,
            first_day(start).year if start else None,
        )
        for iso3, country_share in country_shares(draft.countries)
        for code, is_main, measure_share in measure_shares(counted(draft.measures))
    )


def country_shares(countries: tuple[CountryShare, ...]) -> Iterable[tuple[str, float]]:
    """Divide 1 over the countries: as stated, or evenly where nobody has said."""
    for country in countries:
        stated = country.share_pct
        yield country.iso3, 1 / len(countries) if stated is None else stated / 100


def counted(links: tuple[MeasureLink, ...]) -> tuple[MeasureLink, ...]:
    """Give the measures that somebody named; one of them is the main one."""
    named = [link for link in links if not link.rule or link.basis is Basis.CONFIRMED]
    if named and not any(link.is_main for link in named):
        named[0] = replace(named[0], is_main=True)
    return tuple(named)


def measure_shares(links: tuple[MeasureLink, ...]) -> Iterable[tuple[str, bool, float]]:
    """Divide 1 over the measures: the main one takes `MAIN_MEASURE_SHARE`, the others the rest."""
    others = len(links) - 1
    for link in links:
        if others == 0:
            share = 1.0
        elif link.is_main:
            share = MAIN_MEASURE_SHARE
        else:
            share = (1 - MAIN_MEASURE_SHARE) / others
        yield link.code, link.is_main, share
