"""Freshness: when a record is too old to be taken as today's truth."""

from datetime import date
from enum import StrEnum

from ctai.domain.activities import Status
from ctai.domain.coverage import CONFIRMED_FOR_MONTHS
from ctai.domain.dates import first_day, month_number, month_of

STALE_AFTER_MONTHS = CONFIRMED_FOR_MONTHS
"""An activity's status is stale once it is no longer believed in full."""

RUNNING = (Status.REQUESTED, Status.PLANNED, Status.ONGOING, Status.UNKNOWN)
"""Statuses that can go stale; a completed activity stays completed."""

EVIDENCE_STALE_AFTER_MONTHS = 60
"""Evidence of a need is old after five years, the usual span between two peer evaluations (FATF,
UPR, JEE run in cycles of four to five years). Old evidence is still shown, never in green."""


def is_stale(as_of: str | None, today: date, after_months: int = STALE_AFTER_MONTHS) -> bool:
    """Tell whether something true on a date may no longer be; unknown dates are stale."""
    return as_of is None or month_of(today) - month_number(as_of) > after_months


def newest(*dates: str | None) -> str | None:
    """Pick the latest of some dates; None where none is known."""
    known = [text for text in dates if text]
    return max(known, key=lambda text: (first_day(text), len(text))) if known else None


class Wait(StrEnum):
    """How long a need has waited, in classes a reader can hold in mind."""

    UNDER_ONE = "under_1"
    ONE_TO_THREE = "1_to_3"
    THREE_TO_FIVE = "3_to_5"
    FIVE_TO_TEN = "5_to_10"
    OVER_TEN = "over_10"
    UNKNOWN = "unknown"


_YEARS = {
    Wait.UNDER_ONE: 1,
    Wait.ONE_TO_THREE: 3,
    Wait.THREE_TO_FIVE: 5,
    Wait.FIVE_TO_TEN: 10,
}


def wait_class(days: int | None) -> Wait:
    """Put an age into its class; an age that is not known has its own."""
    if days is None:
        return Wait.UNKNOWN
    return next((w for w, years in _YEARS.items() if days < years * 365.25), Wait.OVER_TEN)
