"""Files of records, as somebody may see them: what is asked for, read, and written as CSV."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime

import pandas as pd

from ctai.db import Session
from ctai.domain import gaps
from ctai.domain.dates import last_day
from ctai.domain.faults import Fault, Refused, shown
from ctai.domain.notices import Notice
from ctai.domain.reporting import last_quarters
from ctai.domain.roles import Action, Viewer
from ctai.domain.scope import Face, Scope, scope_of
from ctai.domain.strategy import Level
from ctai.exchange import calendar_out, exports
from ctai.exchange.calendar_out import DueDate
from ctai.i18n import mark, translate, upkeep
from ctai.queries import activities, codes, evidence, heatmap, needs, notices, reporting

Asked = Mapping[str, str]
NOT_OPEN = mark("Your role does not open this file.")


def csv_of(what: str, session: Session, viewer: Viewer, asked: Asked, lang: str) -> Iterator[bytes]:
    """Write a file piece by piece; Refused names what can't be asked for.

    `what` is a key of `FILES`; `asked` are the URL's parameters: the filters of a scope, and
    `level`, `face` or `unit` where the file has them.
    """
    if not viewer.may(Action.EXPORT):
        raise Refused([Fault(NOT_OPEN)])
    scope = scope_of(asked, codes.regions(session), codes.entities(session))
    yield from FILES[what](session, viewer, scope, asked, lang)


def _today() -> date:
    return datetime.now(UTC).date()


def _activities(
    session: Session, viewer: Viewer, scope: Scope, _asked: Asked, lang: str
) -> Iterator[bytes]:
    rows = activities.streamed(session, viewer, scope, _today(), lang)
    return exports.activities_csv(rows, lang)


def _needs(
    session: Session, viewer: Viewer, scope: Scope, _asked: Asked, lang: str
) -> Iterator[bytes]:
    return exports.needs_csv(needs.needs(session, viewer, scope), lang)


def _assessments(
    session: Session, viewer: Viewer, scope: Scope, _asked: Asked, lang: str
) -> Iterator[bytes]:
    return exports.assessments_csv(needs.assessments(session, viewer, scope), lang)


def _requests(
    session: Session, viewer: Viewer, scope: Scope, _asked: Asked, lang: str
) -> Iterator[bytes]:
    return exports.requests_csv(needs.requests(session, viewer, scope), lang)


def _cells(session: Session, viewer: Viewer, scope: Scope, level: Level) -> pd.DataFrame:
    today = _today()
    return gaps.gaps(evidence.evidence(session, viewer, scope, today), level, today)


def _gaps(
    session: Session, viewer: Viewer, scope: Scope, asked: Asked, lang: str
) -> Iterator[bytes]:
    level = Level(_one_of("level", asked.get("level", ""), list(Level)))
    return exports.gaps_csv(_cells(session, viewer, scope, level), lang)


def _countries(
    session: Session, viewer: Viewer, scope: Scope, _asked: Asked, lang: str
) -> Iterator[bytes]:
    counted = heatmap.undertakings(session, viewer, Face.COUNTRY, scope, _today())
    cells = _cells(session, viewer, scope, Level.MEASURE)
    return exports.countries_csv(gaps.by_country(cells, counted), lang)


def _heatmap(
    session: Session, viewer: Viewer, scope: Scope, asked: Asked, lang: str
) -> Iterator[bytes]:
    face = Face(_one_of("face", asked.get("face", ""), list(Face)))
    counts = asked.get("unit", "") in ("", heatmap.COUNT)
    read = heatmap.undertakings if counts else heatmap.money
    return exports.heatmap_csv(read(session, viewer, face, scope, _today()), face, lang)


def _reporting(
    session: Session, viewer: Viewer, scope: Scope, _asked: Asked, lang: str
) -> Iterator[bytes]:
    today = _today()
    found = reporting.matrix(session, viewer, scope, last_quarters(today), today)
    return exports.reporting_csv(found, lang)


def dates_ics(session: Session, viewer: Viewer, lang: str) -> bytes:
    """Write what waits for somebody by a known date as a calendar, in their language.

    A calendar travels to other programs and machines: a restricted record is named in it by its
    number only. A date that is known by its month or year stands on its last day.
    """
    if not viewer.may(Action.EXPORT):
        raise Refused([Fault(NOT_OPEN)])
    found = notices.waiting(session, viewer, _today())
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


def _one_of(name: str, code: str, known: list[str]) -> str:
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


FILES: dict[str, Callable[[Session, Viewer, Scope, Asked, str], Iterator[bytes]]] = {
    "activities": _activities,
    "needs": _needs,
    "assessments": _assessments,
    "requests": _requests,
    "gaps": _gaps,
    "countries": _countries,
    "heatmap": _heatmap,
    "reporting": _reporting,
}
"""What can be downloaded, by the file's name."""
