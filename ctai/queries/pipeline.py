"""The pipeline of funding requests: each with its needs, its money and its moves."""

from collections import defaultdict
from typing import Any

from sqlalchemy import Row, Select, select
from sqlmodel import Session, col

from ctai.domain.dates import last_day
from ctai.domain.funding import OPEN_OUTSIDE, FundingState
from ctai.domain.money import BudgetKind, in_usd
from ctai.domain.needs import NeedState, Severity
from ctai.domain.pipeline import AskedNeed, Asking, Flow, Move
from ctai.domain.roles import Action, Viewer
from ctai.models.funding import (
    FundingActivity,
    FundingCountry,
    FundingFlow,
    FundingMove,
    FundingNeed,
    FundingRequest,
)
from ctai.models.needs import Need, NeedCountry
from ctai.queries.standing_money import standing
from ctai.queries.visible import funding_seen, needs_seen


def askings(session: Session, viewer: Viewer) -> tuple[Asking, ...]:
    """Give every funding request that a viewer sees, by code.

    A request's needs are those that the viewer sees as well. Of a viewer who reaches some
    countries only, the others stand as None: how many there are, not which.
    """
    seen = funding_seen(select(col(FundingRequest.id)), viewer)
    countries = _countries(session, viewer, seen)
    needs = _needs(session, viewer, seen)
    flows = _flows(session, seen)
    moves = _moves(session, seen)
    ends = _ends(session, seen)
    statement = select(FundingRequest).order_by(col(FundingRequest.code))
    return tuple(
        Asking(
            request_id=_number(row.id),
            code=row.code,
            title=row.title,
            entity=row.entity,
            countries=countries[_number(row.id)],
            needs=tuple(needs[_number(row.id)]),
            state=FundingState(row.state),
            total=row.total,
            currency=row.currency,
            rate_usd=row.rate_usd,
            rate_date=row.rate_date,
            ends=ends.get(_number(row.id)),
            flows=tuple(flows[_number(row.id)]),
            moves=_course(viewer, row, moves[_number(row.id)]),
        )
        for row in session.scalars(funding_seen(statement, viewer))
    )


def _number(request_id: int | None) -> int:
    assert request_id is not None  # noqa: S101  # a stored request has its number
    return request_id


def _reached(viewer: Viewer, codes: list[str]) -> tuple[str | None, ...]:
    """Put None in the place of each country that the viewer doesn't reach."""
    reach = viewer.reach
    known = sorted(iso3 for iso3 in codes if reach is None or iso3 in reach)
    return (*known, *([None] * (len(codes) - len(known))))


def _countries(
    session: Session, viewer: Viewer, seen: Select[int | None]
) -> dict[int, tuple[str | None, ...]]:
    statement = select(col(FundingCountry.request_id), col(FundingCountry.iso3)).where(
        col(FundingCountry.request_id).in_(seen)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for request_id, iso3 in session.execute(statement):
        found[request_id].append(iso3)
    return defaultdict(tuple, {number: _reached(viewer, codes) for number, codes in found.items()})


def _needs(
    session: Session, viewer: Viewer, seen: Select[int | None]
) -> dict[int, list[AskedNeed]]:
    own = (
        col(Need.id),
        col(Need.code),
        col(Need.title),
        col(Need.measure),
        col(Need.severity),
        col(Need.state),
        col(Need.evidence_date),
    )
    statement = (
        select(col(FundingNeed.request_id), *own)
        .join(Need, col(Need.id) == col(FundingNeed.need_id))
        .where(col(FundingNeed.request_id).in_(seen))
        .order_by(col(FundingNeed.request_id), col(Need.code))
    )
    rows = session.execute(needs_seen(statement, viewer)).all()
    places = select(col(NeedCountry.need_id), col(NeedCountry.iso3)).where(
        col(NeedCountry.need_id).in_({row[1] for row in rows})
    )
    countries: dict[int, list[str]] = defaultdict(list)
    for need_id, iso3 in session.execute(places):
        countries[need_id].append(iso3)
    found: dict[int, list[AskedNeed]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(_need(row, _reached(viewer, countries[row[1]])))
    return found


def _need(row: Row[*tuple[Any, ...]], countries: tuple[str | None, ...]) -> AskedNeed:
    _, need_id, code, title, measure, severity, state, evidence_date = row
    return AskedNeed(
        need_id,
        code,
        title,
        measure,
        countries,
        Severity(severity) if severity else None,
        NeedState(state),
        evidence_date,
    )


def _flows(session: Session, seen: Select[int | None]) -> dict[int, list[Flow]]:
    statement = (
        select(FundingFlow)
        .where(col(FundingFlow.request_id).in_(seen), standing())
        .order_by(col(FundingFlow.request_id), col(FundingFlow.id))
    )
    found: dict[int, list[Flow]] = defaultdict(list)
    for row in session.scalars(statement):
        usd = in_usd(row.amount, row.currency, row.rate_usd)
        flow = Flow(BudgetKind(row.kind), row.donor, row.amount, row.currency, usd)
        found[row.request_id].append(flow)
    return found


def _moves(session: Session, seen: Select[int | None]) -> dict[int, list[FundingMove]]:
    statement = (
        select(FundingMove)
        .where(col(FundingMove.request_id).in_(seen))
        .order_by(col(FundingMove.request_id), col(FundingMove.sequence))
    )
    found: dict[int, list[FundingMove]] = defaultdict(list)
    for row in session.scalars(statement):
        found[row.request_id].append(row)
    return found


def _course(viewer: Viewer, request: FundingRequest, moves: list[FundingMove]) -> tuple[Move, ...]:
    """Give a request's states in order, from the day it was written to the one it is in.

    States and donors see them from the first that is open to them: how often the United Nations
    sent a request back is not theirs to see.
    """
    course = [Move(FundingState(move.to_state), move.moved_at) for move in moves]
    if moves and moves[0].from_state is not None:
        course.insert(0, Move(FundingState(moves[0].from_state), request.created_at))
    if not viewer.may(Action.SEE_UN_SYSTEM):
        course = [move for move in course if move.state in OPEN_OUTSIDE]
    return tuple(course) or (Move(FundingState(request.state), request.state_since),)


def _ends(session: Session, seen: Select[int | None]) -> dict[int, str | None]:
    """Give the last date of each request's activities; None where one of them has no end."""
    statement = select(col(FundingActivity.request_id), col(FundingActivity.ends)).where(
        col(FundingActivity.request_id).in_(seen)
    )
    found: dict[int, list[str | None]] = defaultdict(list)
    for request_id, ends in session.execute(statement):
        found[request_id].append(ends)
    return {number: _last(dates) for number, dates in found.items()}


def _last(dates: list[str | None]) -> str | None:
    known = [text for text in dates if text]
    return max(known, key=last_day) if len(known) == len(dates) else None
