"""Writes to funding requests for tests: tried, refused, counted, and made at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import Engine, func, select
from sqlmodel import Session

from ctai import db
from ctai.domain.faults import Refused
from ctai.domain.funding import FundingState
from ctai.domain.funding_draft import FundingDraft
from ctai.domain.funding_history import FundingView
from ctai.domain.money import BudgetKind
from ctai.domain.roles import SYSTEM, Role, Viewer
from ctai.models.funding import (
    FundingActivity,
    FundingCountry,
    FundingFlow,
    FundingLine,
    FundingMove,
    FundingNeed,
    FundingRequest,
    FundingReview,
)
from ctai.models.records import Revision
from ctai.queries import funding as reads
from ctai.services import file_funding
from ctai.services.record_flow import record_flow
from ctai.services.reverse_flow import reverse_flow
from tests.funding_drafts import (
    MADE,
    brought_to,
    flow,
)

S = FundingState
Write = Callable[[Session], object]
TABLES = (FundingActivity, FundingCountry, FundingLine, FundingMove, FundingNeed, FundingRequest)
DESK_ONLY = {Role.DESK_OFFICER, Role.ADMINISTRATOR}


def at(house: Engine, state: FundingState, draft: FundingDraft | None = None) -> int:
    with db.transaction(house) as session:
        return brought_to(session, state, (1,), draft=draft)


def seen(house: Engine, number: int, viewer: Viewer = SYSTEM) -> FundingView:
    with db.reading(house) as session:
        found = reads.view(session, viewer, number)
    assert found is not None
    return found


def does(house: Engine, write: Write) -> None:
    with db.transaction(house) as session:
        write(session)


def refusal(house: Engine, write: Write) -> list[str]:
    with pytest.raises(Refused) as told, db.transaction(house) as session:
        write(session)
    return [fault.message for fault in told.value.faults]


def rows(house: Engine) -> dict[str, int]:
    with db.reading(house) as session:
        return {
            table.__tablename__: session.scalars(select(func.count()).select_from(table)).one()
            for table in (*TABLES, FundingReview, FundingFlow, Revision)
        }


def making(after: FundingState, actor: Viewer, number: int, version: int | None = None) -> Write:
    """Give the write by which somebody moves a request into a state."""

    return lambda session: MADE[after](session, actor, number, version)


def saving(actor: Viewer, number: int, draft: FundingDraft, version: int | None = None) -> Write:
    return lambda session: file_funding.save(session, actor, number, draft, version)


def sending(actor: Viewer, number: int, draft: FundingDraft) -> Write:
    return lambda session: file_funding.submit(session, actor, draft, number)


def recording(actor: Viewer, number: int, kind: BudgetKind, amount: str | int = 1000) -> Write:
    return lambda session: record_flow(session, actor, number, flow(kind, amount))


def correcting(actor: Viewer, number: int, entry: int, why: str = "Typed twice") -> Write:
    return lambda session: reverse_flow(session, actor, number, entry, why)


def prepared(house: Engine, before: FundingState, after: FundingState) -> int:
    """Bring a request before a move, with the money on record that the move needs."""
    number = at(house, before)
    if after is S.OFFERED:
        does(house, lambda s: record_flow(s, SYSTEM, number, flow(BudgetKind.PLEDGE, 1)))
    if after is S.FUNDED:
        does(house, lambda s: record_flow(s, SYSTEM, number, flow(BudgetKind.COMMITMENT, 1)))
    return number


def together(house: Engine, writes: list[Write]) -> list[bool]:
    """Try writes at the same moment, each in its thread and session; tell which were stored."""
    gate = Barrier(len(writes))

    def attempt(write: Write) -> bool:
        gate.wait(timeout=10)
        try:
            with db.transaction(house) as session:
                write(session)
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(len(writes)) as pool:
        return [*pool.map(attempt, writes)]
