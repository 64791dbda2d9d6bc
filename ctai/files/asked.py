"""What somebody asks a file for: the parameters of its address, and the day it is reckoned by."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime

from ctai import db
from ctai.db import Engine, Session
from ctai.domain.faults import Fault, Refused, shown
from ctai.domain.looking_back import PARAMETER
from ctai.i18n import mark
from ctai.queries import moments

Asked = Mapping[str, str]
NOT_OPEN = mark("Your role does not open this file.")
_DAY = "as_of_day"


@contextmanager
def opened(engine: Engine, asked: Asked) -> Iterator[Session]:
    """Open a session for a file: of now, or as of the day gone by that is asked for.

    Refused says which days there are.
    """
    day = asked.get(PARAMETER, "")
    if not day:
        with db.reading(engine) as session:
            yield session
        return
    with db.reading(engine) as session:
        then = moments.as_of(session, day, datetime.now(UTC).date())
    with db.reading(engine, then.number) as session:
        session.info[_DAY] = then.day
        yield session


def today(session: Session) -> date:
    """Tell the day by which a file is reckoned: the one looked back at, else today."""
    found = session.info.get(_DAY)
    return found if isinstance(found, date) else datetime.now(UTC).date()


def one_of(name: str, code: str, known: list[str]) -> str:
    """Give a parameter's code, the first where none is asked for."""
    if not code:
        return known[0]
    if code not in known:
        wanted = ", ".join(known)
        fault = Fault(
            "“{seen}” is not known here. Use one of {wanted}.",
            name,
            {"seen": shown(code), "wanted": wanted},
        )
        raise Refused([fault])
    return code
