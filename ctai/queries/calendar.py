"""The calendar of working days: which days differ from the week's rule."""

from datetime import date

from sqlalchemy import select
from sqlmodel import Session, col

from ctai.domain.working_days import Exceptions
from ctai.models.trust import CalendarDay


def exceptions(session: Session) -> Exceptions:
    """Give the days that differ from the week's rule, with whether people work on them."""
    return {date.fromisoformat(day): works for day, works, _ in named(session)}


def named(session: Session) -> list[tuple[str, bool, str]]:
    """List the days that differ, as YYYY-MM-DD, whether people work on them, and their name."""
    rows = select(col(CalendarDay.day), col(CalendarDay.is_working), col(CalendarDay.name))
    return [(day, works, name) for day, works, name in session.execute(rows.order_by("day"))]
