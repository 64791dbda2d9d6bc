"""Files of records, as somebody may see them: what is asked for, read, and written as CSV."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pandas as pd

from ctai import db
from ctai.db import Engine, Session
from ctai.domain import gaps
from ctai.domain.faults import Fault, Refused, shown
from ctai.domain.history import wanted_of
from ctai.domain.looking_back import PARAMETER
from ctai.domain.roles import Action, Viewer
from ctai.domain.scope import Face, Scope, scope_of
from ctai.domain.strategy import Level
from ctai.exchange import exports
from ctai.exchange.history_out import history_csv
from ctai.i18n import mark
from ctai.queries import activities, codes, evidence, heatmap, history, moments, needs
from ctai.db import Session
from ctai.domain import gaps, what_if
from ctai.domain.faults import Fault, Refused, shown
from ctai.domain.funding import FundingState
from ctai.domain.picking import NotProven
from ctai.domain.pipeline import Asking, Narrowing, counted, narrowed
from ctai.domain.pipeline_sums import Face as SumFace
from ctai.domain.pipeline_sums import by_face
from ctai.domain.purse import purse_of
from ctai.domain.roles import Action, Viewer
from ctai.domain.scope import Face, Scope, scope_of
from ctai.domain.strategy import Level
from ctai.exchange import exports, pipeline_out
from ctai.i18n import mark
from ctai.queries import activities, codes, evidence, heatmap, needs, pipeline

Asked = Mapping[str, str]
NOT_OPEN = mark("Your role does not open this file.")
NOT_PROVEN = mark(
    "With so many requests the best choice could not be proven in time. Narrow the earmarks."
)


def csv_of(what: str, session: Session, viewer: Viewer, asked: Asked, lang: str) -> Iterator[bytes]:
    """Write a file piece by piece; Refused names what can't be asked for.

    `what` is a key of `FILES`; `asked` are the URL's parameters: the filters of a scope, and
    `level`, `face` or `unit` where the file has them.
    """
    if not viewer.may(Action.EXPORT):
        raise Refused([Fault(NOT_OPEN)])
    scope = scope_of(asked, codes.regions(session), codes.entities(session))
    yield from FILES[what](session, viewer, scope, asked, lang)


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


def _today(session: Session) -> date:
    """Tell the day by which a file is reckoned: the one looked back at, else today."""
    found = session.info.get(_DAY)
    return found if isinstance(found, date) else datetime.now(UTC).date()


def _activities(
    session: Session, viewer: Viewer, scope: Scope, _asked: Asked, lang: str
) -> Iterator[bytes]:
    rows = activities.streamed(session, viewer, scope, _today(session), lang)
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
    today = _today(session)
    return gaps.gaps(evidence.evidence(session, viewer, scope, today), level, today)


def _gaps(
    session: Session, viewer: Viewer, scope: Scope, asked: Asked, lang: str
) -> Iterator[bytes]:
    level = Level(_one_of("level", asked.get("level", ""), list(Level)))
    return exports.gaps_csv(_cells(session, viewer, scope, level), lang)


def _countries(
    session: Session, viewer: Viewer, scope: Scope, _asked: Asked, lang: str
) -> Iterator[bytes]:
    counted = heatmap.undertakings(session, viewer, Face.COUNTRY, scope, _today(session))
    cells = _cells(session, viewer, scope, Level.MEASURE)
    return exports.countries_csv(gaps.by_country(cells, counted), lang)


def _heatmap(
    session: Session, viewer: Viewer, scope: Scope, asked: Asked, lang: str
) -> Iterator[bytes]:
    face = Face(_one_of("face", asked.get("face", ""), list(Face)))
    counts = asked.get("unit", "") in ("", heatmap.COUNT)
    read = heatmap.undertakings if counts else heatmap.money
    return exports.heatmap_csv(read(session, viewer, face, scope, _today(session)), face, lang)


def _history(
    session: Session, viewer: Viewer, scope: Scope, asked: Asked, _lang: str
) -> Iterator[bytes]:
    if not viewer.may(Action.SEE_HISTORY):
        raise Refused([Fault(NOT_OPEN)])
    if scope != Scope():
        faults = [
            Fault("The history can't be narrowed by this. Leave it out.", name)
            for name in scope.params
        ]
        raise Refused(faults)
    return history_csv(history.streamed(session, viewer, wanted_of(asked)))


def _narrowing(session: Session, scope: Scope, asked: Asked) -> Narrowing:
    donors = _all_of("donor", asked, list(codes.entities(session)))
    states = _all_of("funding_state", asked, list(FundingState))
    return Narrowing(scope.country, scope.pillar, scope.entity, donors, states)


def _narrowed(session: Session, viewer: Viewer, narrowing: Narrowing) -> tuple[Asking, ...]:
    return narrowed(pipeline.askings(session, viewer), narrowing)


def _funding(
    session: Session, viewer: Viewer, scope: Scope, asked: Asked, lang: str
) -> Iterator[bytes]:
    found = _narrowed(session, viewer, _narrowing(session, scope, asked))
    return pipeline_out.pipeline_csv(found, _today(), lang)


def _funding_sums(
    session: Session, viewer: Viewer, scope: Scope, asked: Asked, lang: str
) -> Iterator[bytes]:
    face = SumFace(_one_of("money_by", asked.get("money_by", ""), list(SumFace)))
    narrowing = _narrowing(session, scope, asked)
    found = counted(_narrowed(session, viewer, narrowing), narrowing)
    return pipeline_out.sums_csv(by_face(found, face), face, lang)


def _what_if(
    session: Session, viewer: Viewer, scope: Scope, asked: Asked, lang: str
) -> Iterator[bytes]:
    purse = purse_of(asked, scope.country, scope.pillar, scope.entity)
    found = pipeline.askings(session, viewer)
    try:
        answer = what_if.answer(found, purse, _today(), counted(found, Narrowing()))
    except NotProven:
        raise Refused([Fault(NOT_PROVEN)]) from None
    return pipeline_out.what_if_csv(answer, lang)


def _all_of(name: str, asked: Asked, known: list[str]) -> tuple[str, ...]:
    """Give a parameter's codes; Refused where one is not known."""
    codes_asked = [code for code in asked.get(name, "").split(",") if code]
    return tuple(_one_of(name, code, known) for code in codes_asked)


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
    "history": _history,
    "funding": _funding,
    "funding_sums": _funding_sums,
    "what_if": _what_if,
}
"""What can be downloaded, by the file's name."""
