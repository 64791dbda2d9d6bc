"""Files of activities, needs, assessments, requests, of their figures, and of the history."""

from collections.abc import Iterator

import pandas as pd

from ctai.db import Session
from ctai.domain import gaps
from ctai.domain.faults import Fault, Refused
from ctai.domain.history import wanted_of
from ctai.domain.roles import Action, Viewer
from ctai.domain.scope import Face, Scope
from ctai.domain.strategy import Level
from ctai.exchange import exports
from ctai.exchange.history_out import history_csv
from ctai.files.asked import NOT_OPEN, Asked, one_of, today
from ctai.queries import activities, evidence, heatmap, history, needs


def _activities(
    session: Session, viewer: Viewer, scope: Scope, _asked: Asked, lang: str
) -> Iterator[bytes]:
    rows = activities.streamed(session, viewer, scope, today(session), lang)
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
    day = today(session)
    return gaps.gaps(evidence.evidence(session, viewer, scope, day), level, day)


def _gaps(
    session: Session, viewer: Viewer, scope: Scope, asked: Asked, lang: str
) -> Iterator[bytes]:
    level = Level(one_of("level", asked.get("level", ""), list(Level)))
    return exports.gaps_csv(_cells(session, viewer, scope, level), lang)


def _countries(
    session: Session, viewer: Viewer, scope: Scope, _asked: Asked, lang: str
) -> Iterator[bytes]:
    counted = heatmap.undertakings(session, viewer, Face.COUNTRY, scope, today(session))
    cells = _cells(session, viewer, scope, Level.MEASURE)
    return exports.countries_csv(gaps.by_country(cells, counted), lang)


def _heatmap(
    session: Session, viewer: Viewer, scope: Scope, asked: Asked, lang: str
) -> Iterator[bytes]:
    face = Face(one_of("face", asked.get("face", ""), list(Face)))
    counts = asked.get("unit", "") in ("", heatmap.COUNT)
    read = heatmap.undertakings if counts else heatmap.money
    return exports.heatmap_csv(read(session, viewer, face, scope, today(session)), face, lang)


def _history(
    session: Session, viewer: Viewer, scope: Scope, asked: Asked, lang: str
) -> Iterator[bytes]:
    if not viewer.may(Action.SEE_HISTORY):
        raise Refused([Fault(NOT_OPEN)])
    if scope != Scope():
        faults = [
            Fault("The history can't be narrowed by this. Leave it out.", name)
            for name in scope.params
        ]
        raise Refused(faults)
    return history_csv(history.streamed(session, viewer, wanted_of(asked)), lang)


FILES = {
    "activities": _activities,
    "needs": _needs,
    "assessments": _assessments,
    "requests": _requests,
    "gaps": _gaps,
    "countries": _countries,
    "heatmap": _heatmap,
    "history": _history,
}
