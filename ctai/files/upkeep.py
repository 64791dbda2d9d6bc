"""Files of who has reported, and of what waits for somebody by when."""

from collections.abc import Iterator
from datetime import date

from ctai.db import Session
from ctai.domain.dates import last_day
from ctai.domain.faults import Fault, Refused
from ctai.domain.notices import Notice
from ctai.domain.reporting import last_quarters
from ctai.domain.roles import Action, Viewer
from ctai.domain.scope import Scope
from ctai.exchange import calendar_out, exports
from ctai.exchange.calendar_out import DueDate
from ctai.files.asked import NOT_OPEN, Asked, today
from ctai.i18n import translate, upkeep
from ctai.queries import notices, reporting


def _reporting(
    session: Session, viewer: Viewer, scope: Scope, _asked: Asked, lang: str
) -> Iterator[bytes]:
    day = today(session)
    found = reporting.matrix(session, viewer, scope, last_quarters(day), day)
    return exports.reporting_csv(found, lang)


def dates_ics(session: Session, viewer: Viewer, lang: str) -> bytes:
    """Write what waits for somebody by a known date as a calendar, in their language.

    A calendar travels to other programs and machines: a restricted record is named in it by its
    number only. A date that is known by its month or year stands on its last day.
    """
    if not viewer.may(Action.EXPORT):
        raise Refused([Fault(NOT_OPEN)])
    found = notices.waiting(session, viewer, today(session))
    dates = [
        _due_date(notice, last_day(notice.due), lang) for notice in found if notice.due is not None
    ]
    return calendar_out.calendar(translate(lang, "ctai: what is due"), dates)


def _due_date(notice: Notice, day: date, lang: str) -> DueDate:
    subject = notice.subject
    if notice.is_closed and subject:
        subject = translate(lang, "restricted record {number}", number=notice.opens)
    which = notice.number or f"{notice.subject}-{notice.about}"
    return DueDate(
        uid=f"{notice.kind}-{which}@ctai",
        day=day,
        title=upkeep.sentence(lang, notice.kind, subject, notice.about, notice.count),
        kind=upkeep.waiting(lang, notice.kind),
        known_since=notice.since,
        is_closed=notice.is_closed,
    )


FILES = {"reporting": _reporting}
