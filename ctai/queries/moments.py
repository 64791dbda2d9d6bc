"""Moments: from a day to the number of the data version with which it ended."""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlmodel import Session, col

from ctai.domain.faults import Fault, Refused
from ctai.domain.looking_back import PARAMETER, AsOf, past_day
from ctai.models.records import DataMoment


def number_at(session: Session, day: date) -> int | None:
    """Give the newest number that began before the end of a day, in UTC; None before the first."""
    midnight = datetime.combine(day, time(), UTC) + timedelta(days=1)
    return session.scalars(
        select(func.max(col(DataMoment.number))).where(col(DataMoment.at) < midnight)
    ).one()


def first_day(session: Session) -> date | None:
    """Give the first day, in UTC, whose end can be looked at; None in an empty database."""
    first = select(col(DataMoment.at)).order_by(col(DataMoment.number)).limit(1)
    at = session.scalars(first).first()
    return None if at is None else at.date()


def as_of(session: Session, asked: str, today: date) -> AsOf:
    """Read a day gone by and its number; Refused says which days there are."""
    day = past_day(asked, today)
    number, first = number_at(session, day), first_day(session)
    if number is None:
        places = {"seen": day.isoformat(), "wanted": (first or today).isoformat()}
        raise Refused(
            [
                Fault(
                    "{seen} is before the first day on record. Choose a day from {wanted} on.",
                    PARAMETER,
                    places,
                )
            ]
        )
    return AsOf(day, number)
