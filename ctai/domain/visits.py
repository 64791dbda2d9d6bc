"""Visits: assessments as a briefing tells them, whether they are yet to come, and what is due."""

from datetime import date
from enum import StrEnum

from ctai.domain.activities import Status
from ctai.domain.assessments import AssessmentDraft, FollowUp
from ctai.domain.dates import first_day, last_day
from ctai.domain.notices import Urgency, urgency


class Phase(StrEnum):
    """Where a visit stands on a day."""

    TO_COME = "to_come"
    UNDER_WAY = "under_way"
    OVER = "over"
    UNTOLD = "untold"
    """It was to take place by now, or when is not known, and nobody has said whether it did."""
    OFF = "off"


class Due(StrEnum):
    """How a follow-up stands on a day."""

    DONE = "done"
    OVERDUE = "overdue"
    DUE = "due"
    UNDATED = "undated"


_OF_STATUS = {
    Status.ONGOING: Phase.UNDER_WAY,
    Status.COMPLETED: Phase.OVER,
    Status.CANCELLED: Phase.OFF,
    Status.SUSPENDED: Phase.OFF,
}


def phase(draft: AssessmentDraft, today: date) -> Phase:
    """Tell where a visit stands: by its status, and where that promises one by its dates.

    A planned visit without a date is yet to come; one of unknown status only if it surely is.
    """
    known = _OF_STATUS.get(draft.status)
    if known is not None:
        return known
    days = [day for part in draft.parts if (day := part.end or part.start)]
    if not days:
        return Phase.UNTOLD if draft.status is Status.UNKNOWN else Phase.TO_COME
    if draft.status is Status.UNKNOWN:
        is_ahead = all(first_day(day) > today for day in days)
    else:
        is_ahead = any(last_day(day) >= today for day in days)
    return Phase.TO_COME if is_ahead else Phase.UNTOLD


def due(one: FollowUp, today: date) -> Due:
    """Tell how a follow-up stands; an unknown date is neither near nor over."""
    if one.done_on:
        return Due.DONE
    return {Urgency.OVERDUE: Due.OVERDUE, Urgency.UNDATED: Due.UNDATED}.get(
        urgency(one.due, today), Due.DUE
    )
