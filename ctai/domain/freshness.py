"""Freshness: when a record is too old to be taken as today's truth."""

from datetime import date

from ctai.domain.coverage import CONFIRMED_FOR_MONTHS
from ctai.domain.dates import first_day, month_number, month_of

STALE_AFTER_MONTHS = CONFIRMED_FOR_MONTHS
"""An activity's status is stale once it is no longer believed in full."""

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
