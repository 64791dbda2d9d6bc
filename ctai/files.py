"""Files of records, as somebody may see them: what is asked for, read, and written as CSV."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

import pandas as pd

from ctai.db import Session
from ctai.domain import gaps, resources
from ctai.domain.faults import Fault, Refused, shown
from ctai.domain.roles import Action, Viewer
from ctai.domain.scope import Face, Scope, scope_of
from ctai.domain.strategy import Level
from ctai.exchange import exports, plans_out
from ctai.i18n import mark
from ctai.queries import activities, codes, evidence, heatmap, needs, plans
from ctai.queries import resources as money

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


NO_PLAN = mark("There is no such plan, or it is not open to you.")
NOT_FOR_DONORS = mark("This version is not open to donors: only an agreed and public plan is.")


def _plan_of(session: Session, viewer: Viewer, asked: Asked) -> plans_out.Told:
    number = asked.get("plan", "")
    is_number = number.isascii() and number.isdigit() and len(number) < 18
    version = plans.version(session, viewer, int(number)) if is_number else None
    if version is None:
        raise Refused([Fault(NO_PLAN, "plan")])
    found = money.of_plan(session, viewer, version.plan_id)
    return plans_out.Told(version, found, datetime.now(UTC))


def _for_donors(session: Session, viewer: Viewer, asked: Asked) -> plans_out.Told:
    told = _plan_of(session, viewer, asked)
    found = money.for_donors(session, viewer, told.version.plan_id)
    if found is None:
        raise Refused([Fault(NOT_FOR_DONORS, "plan")])
    return replace(told, resources=resources.ranked(found, _today()))


def _plan(s: Session, viewer: Viewer, _scope: Scope, asked: Asked, lang: str) -> Iterator[bytes]:
    return plans_out.plan_csv(_plan_of(s, viewer, asked), lang)


def _money(s: Session, viewer: Viewer, _scope: Scope, asked: Asked, lang: str) -> Iterator[bytes]:
    return plans_out.money_csv(_plan_of(s, viewer, asked), lang)


def _donors(s: Session, viewer: Viewer, _scope: Scope, asked: Asked, lang: str) -> Iterator[bytes]:
    return plans_out.hand_out_csv(_for_donors(s, viewer, asked), lang)


def xlsx_of(what: str, session: Session, viewer: Viewer, asked: Asked, lang: str) -> bytes:
    """Write a workbook whole; Refused names what can't be asked for. `what` is in `WORKBOOKS`."""
    if not viewer.may(Action.EXPORT):
        raise Refused([Fault(NOT_OPEN)])
    return WORKBOOKS[what](session, viewer, asked, lang)


def _plan_book(session: Session, viewer: Viewer, asked: Asked, lang: str) -> bytes:
    return plans_out.plan_workbook(_plan_of(session, viewer, asked), lang)


def _donors_book(session: Session, viewer: Viewer, asked: Asked, lang: str) -> bytes:
    return plans_out.hand_out_workbook(_for_donors(session, viewer, asked), lang)


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
    "plan": _plan,
    "plan_money": _money,
    "plan_for_donors": _donors,
}
"""What can be downloaded, by the file's name."""

WORKBOOKS: dict[str, Callable[[Session, Viewer, Asked, str], bytes]] = {
    "plan": _plan_book,
    "plan_for_donors": _donors_book,
}
"""What can be downloaded as a workbook, by the file's name."""
