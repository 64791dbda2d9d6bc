"""The day that the screen shows: today, or a day gone by that the URL asks for."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta

import streamlit as st

from ctai import db
from ctai.domain.faults import Refused
from ctai.domain.looking_back import PARAMETER, AsOf
from ctai.queries import moments as reads
from ctai.settings import settings

_found: ContextVar[dict[str, AsOf | None] | None] = ContextVar("day", default=None)


@contextmanager
def steady() -> Iterator[None]:
    """Look what the URL asks for up once in a run of a page."""
    before = _found.set({})
    try:
        yield
    finally:
        _found.reset(before)


def looked_at() -> AsOf | None:
    """Give the day gone by that the URL asks for; None for today, and for a day that can't be."""
    asked = st.query_params.get(PARAMETER, "")
    if not asked:
        return None
    found = _found.get()
    if found is not None and asked in found:
        return found[asked]
    try:
        then = read(asked)
    except Refused:
        then = None
    if found is not None:
        found[asked] = then
    return then


def read(asked: str) -> AsOf:
    """Look a day up; Refused says why there is none to look at."""
    with db.reading(db.shared_engine(settings().database_url)) as session:
        return reads.as_of(session, asked, present())


def first() -> date | None:
    """Give the first day that can be looked at; None where there is none."""
    with db.reading(db.shared_engine(settings().database_url)) as session:
        day = reads.first_day(session)
    return day if day is not None and day < present() else None


def present() -> date:
    """Tell today's date, in UTC, whatever day is looked at."""
    return datetime.now(UTC).date()


def now() -> datetime:
    """Tell the moment up to which something is shown: now, or the end of the day looked at."""
    then = looked_at()
    if then is None:
        return datetime.now(UTC)
    return datetime.combine(then.day, datetime.min.time(), UTC) + timedelta(days=1)


def today() -> date:
    """Tell the day, in UTC, by which freshness and fading are reckoned: the one looked at."""
    then = looked_at()
    return present() if then is None else then.day


def asked_day() -> dict[str, str]:
    """Give the URL parameter of the day gone by that is looked at; empty for today."""
    then = looked_at()
    return {} if then is None else {PARAMETER: then.day.isoformat()}
