"""Files of funding requests: where the money stands, and what an amount could do."""

from collections.abc import Iterator

from ctai.db import Session
from ctai.domain import what_if
from ctai.domain.faults import Fault, Refused
from ctai.domain.funding import FundingState
from ctai.domain.picking import NotProven
from ctai.domain.pipeline import Asking, Narrowing, counted, narrowed
from ctai.domain.pipeline_sums import Face, by_face
from ctai.domain.purse import purse_of
from ctai.domain.roles import Viewer
from ctai.domain.scope import Scope
from ctai.exchange import pipeline_out
from ctai.files.asked import Asked, one_of, today
from ctai.i18n import mark
from ctai.queries import codes, pipeline

NOT_PROVEN = mark(
    "With so many requests the best choice could not be proven in time. Narrow the earmarks."
)


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
    return pipeline_out.pipeline_csv(found, today(session), lang)


def _funding_sums(
    session: Session, viewer: Viewer, scope: Scope, asked: Asked, lang: str
) -> Iterator[bytes]:
    face = Face(one_of("money_by", asked.get("money_by", ""), list(Face)))
    narrowing = _narrowing(session, scope, asked)
    found = counted(_narrowed(session, viewer, narrowing), narrowing)
    return pipeline_out.sums_csv(by_face(found, face), face, lang)


def _what_if(
    session: Session, viewer: Viewer, scope: Scope, asked: Asked, lang: str
) -> Iterator[bytes]:
    purse = purse_of(asked, scope.country, scope.pillar, scope.entity)
    found = pipeline.askings(session, viewer)
    try:
        answer = what_if.answer(found, purse, today(session), counted(found, Narrowing()))
    except NotProven:
        raise Refused([Fault(NOT_PROVEN)]) from None
    return pipeline_out.what_if_csv(answer, lang)


def _all_of(name: str, asked: Asked, known: list[str]) -> tuple[str, ...]:
    """Give a parameter's codes; Refused where one is not known."""
    codes_asked = [code for code in asked.get(name, "").split(",") if code]
    return tuple(one_of(name, code, known) for code in codes_asked)


FILES = {"funding": _funding, "funding_sums": _funding_sums, "what_if": _what_if}
