"""Editing the calendar of working days: holidays, and weekend days on which people work."""

from sqlalchemy import select
from sqlmodel import Session, col

from ctai.domain.faults import Fault, Refused
from ctai.domain.kinds import RecordKind
from ctai.domain.roles import Action, Viewer
from ctai.domain.working_days import calendar_faults
from ctai.i18n import mark
from ctai.models.records import DataVersion
from ctai.models.trust import CalendarDay
from ctai.services.revisions import Change, log

NOT_YOUR_CALENDAR = mark("Only an administrator edits the calendar.")
NO_RECORD = 0


def add_day(session: Session, author: Viewer, day: str, works: bool, name: str) -> None:
    """Say of a day whether people work on it; Refused with every reason."""
    faults = [*_rights(author), *calendar_faults(day, works, name)]
    held = _held(session, day)
    if held is not None and held.is_working == works and held.name == name.strip():
        faults.append(Fault("The calendar says this already.", "day"))
    if faults:
        raise Refused(faults)
    before = None if held is None else _told(held)
    if held is None:
        held = CalendarDay(day=day, is_working=works, name=name.strip())
        session.add(held)
    else:
        held.is_working, held.name = works, name.strip()
    session.flush()
    _log(session, author, Change(f"calendar:{day}", before, _told(held)))


def remove_day(session: Session, author: Viewer, day: str) -> None:
    """Let a day follow the week's rule again; Refused with every reason."""
    faults = _rights(author)
    held = _held(session, day)
    if held is None:
        faults.append(Fault("This day follows the week's rule already.", "day"))
    if faults or held is None:
        raise Refused(faults)
    before = _told(held)
    session.delete(held)
    session.flush()
    _log(session, author, Change(f"calendar:{day}", before, None))


def _rights(author: Viewer) -> list[Fault]:
    return [] if author.may(Action.MANAGE_RULES) else [Fault(NOT_YOUR_CALENDAR)]


def _held(session: Session, day: str) -> CalendarDay | None:
    # A day that is not there yet has no row to lock: writers of the calendar take turns.
    session.execute(select(DataVersion).with_for_update()).all()
    one = select(CalendarDay).where(col(CalendarDay.day) == day)
    return session.scalars(one.execution_options(populate_existing=True)).one_or_none()


def _told(row: CalendarDay) -> str:
    return f"{'working' if row.is_working else 'holiday'} · {row.name}"


def _log(session: Session, author: Viewer, change: Change) -> None:
    log(session, author, RecordKind.REFERENCE, NO_RECORD, [change])
