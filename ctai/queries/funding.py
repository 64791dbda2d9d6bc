"""Funding requests read whole: what they say, and all that became of them."""

from collections import defaultdict

from sqlalchemy import select
from sqlmodel import Session, col

from ctai.domain.funding import OPEN_OUTSIDE, FundingState, Reply, ReviewAnswer, ReviewQuestion
from ctai.domain.funding_draft import FundingDraft, PlannedActivity, PlannedLine
from ctai.domain.funding_history import FundingView, Moved, RecordedFlow, Reviewed
from ctai.domain.funding_money import Flow
from ctai.domain.kinds import RecordKind
from ctai.domain.money import BudgetKind
from ctai.domain.roles import Action, Viewer, Visibility
from ctai.models.funding import (
    FundingActivity,
    FundingCountry,
    FundingFlow,
    FundingLine,
    FundingMove,
    FundingRequest,
    FundingReview,
)
from ctai.models.records import Revision
from ctai.queries.funding_needs import needs_of, tests_of
from ctai.queries.visible import funding_seen

CONTENT_FIELDS = (
    "title",
    "entity",
    "needs",
    "objective",
    "needed_by",
    "activities",
    "total",
    "currency",
    "rate",
    "cofunding",
    "risks",
    "note",
    "visibility",
)
"""Fields of what a request says, in the revision log: whoever changed one has written in it."""

_WRITES = (FundingState.DRAFT, FundingState.SUBMITTED, FundingState.REPORTED)
"""Moves by which somebody becomes a writer of a request."""


def view(session: Session, viewer: Viewer, request_id: int) -> FundingView | None:
    """Read a request whole; None where there is none, or it is not open to the viewer.

    What people wrote about it, and who, is for the United Nations.
    """
    row = _row(session, viewer, request_id)
    if row is None:
        return None
    needs = needs_of(session, viewer, request_id)
    numbers = tuple(need.need_id for need in needs)
    inside = viewer.may(Action.SEE_UN_SYSTEM)
    reach = viewer.reach
    countries = _countries(session, request_id)
    return FundingView(
        number=request_id,
        code=row.code,
        draft=_draft(session, row, numbers, inside=inside),
        needs=needs,
        countries=tuple(iso3 for iso3 in countries if reach is None or iso3 in reach),
        state=FundingState(row.state),
        state_since=row.state_since,
        round=row.round,
        version=row.version,
        author=row.author if inside else "",
        writers=_writers(session, row) if inside else frozenset(),
        moves=_moves(session, request_id, inside=inside),
        reviews=_reviews(session, request_id) if inside else (),
        flows=_flows(session, request_id, inside=inside),
        tests=tests_of(session, viewer, numbers),
    )


def version_of(session: Session, viewer: Viewer, request_id: int) -> int | None:
    """Give the version of a request that a form starts from; None where it is not open."""
    row = _row(session, viewer, request_id)
    return None if row is None else row.version


def fields_of(draft: FundingDraft, need_codes: dict[int, str]) -> dict[str, str]:
    """Write a request as plain texts by field, to compare two versions and to log the change."""
    activities = [
        f"{one.title} ({one.starts or ''}/{one.ends or ''}): "
        + ", ".join(f"{line.what} {line.amount:.2f}" for line in one.lines)
        for one in draft.activities
    ]
    cofunding = "" if draft.cofunding is None else f"{draft.cofunding:.2f}"
    rate = "" if draft.rate_usd is None else f"{draft.rate_usd:f}"
    values = (
        draft.title,
        draft.entity,
        "; ".join(sorted(need_codes.get(number, f"#{number}") for number in draft.needs)),
        draft.objective,
        draft.needed_by or "",
        "; ".join(activities),
        "" if draft.total is None else f"{draft.total:.2f}",
        draft.currency,
        " on ".join(filter(None, (rate, draft.rate_date))),
        " from ".join(filter(None, (cofunding, draft.cofunding_from))),
        draft.risks,
        draft.note,
        draft.visibility.value,
    )
    return dict(zip(CONTENT_FIELDS, values, strict=True))


def _row(session: Session, viewer: Viewer, request_id: int) -> FundingRequest | None:
    statement = select(FundingRequest).where(col(FundingRequest.id) == request_id)
    return session.scalars(funding_seen(statement, viewer)).one_or_none()


def _countries(session: Session, request_id: int) -> list[str]:
    rows = select(col(FundingCountry.iso3)).where(col(FundingCountry.request_id) == request_id)
    return list(session.scalars(rows.order_by(col(FundingCountry.iso3))))


def _draft(
    session: Session, row: FundingRequest, needs: tuple[int, ...], *, inside: bool
) -> FundingDraft:
    return FundingDraft(
        title=row.title,
        entity=row.entity,
        needs=needs,
        objective=row.objective,
        needed_by=row.needed_by,
        activities=_activities(session, row.id),
        total=row.total,
        currency=row.currency,
        rate_usd=row.rate_usd,
        rate_date=row.rate_date,
        cofunding=row.cofunding,
        cofunding_from=row.cofunding_from,
        risks=row.risks,
        note=row.note if inside else "",
        visibility=Visibility(row.visibility),
    )


def _activities(session: Session, request_id: int | None) -> tuple[PlannedActivity, ...]:
    lines: defaultdict[int, list[PlannedLine]] = defaultdict(list)
    rows = select(FundingLine).where(col(FundingLine.request_id) == request_id)
    for line in session.scalars(rows.order_by(col(FundingLine.position))):
        lines[line.activity_position].append(PlannedLine(line.what, line.amount))
    found = select(FundingActivity).where(col(FundingActivity.request_id) == request_id)
    return tuple(
        PlannedActivity(one.title, one.starts, one.ends, tuple(lines[one.position]))
        for one in session.scalars(found.order_by(col(FundingActivity.position)))
    )


def _writers(session: Session, row: FundingRequest) -> frozenset[str]:
    amended = select(col(Revision.actor)).where(
        col(Revision.record_kind) == RecordKind.FUNDING_REQUEST.value,
        col(Revision.record_id) == row.id,
        col(Revision.field).in_(CONTENT_FIELDS),
    )
    moved = select(col(FundingMove.actor)).where(
        col(FundingMove.request_id) == row.id,
        col(FundingMove.to_state).in_([state.value for state in _WRITES]),
    )
    return frozenset({row.author, *session.scalars(amended), *session.scalars(moved)})


def _moves(session: Session, request_id: int, *, inside: bool) -> tuple[Moved, ...]:
    rows = select(FundingMove).where(col(FundingMove.request_id) == request_id)
    found = session.scalars(rows.order_by(col(FundingMove.sequence)))
    return tuple(
        Moved(
            row.sequence,
            FundingState(row.from_state) if row.from_state and inside else None,
            FundingState(row.to_state),
            row.actor if inside else "",
            row.moved_at,
            row.comment if inside else "",
        )
        for row in found
        if inside or FundingState(row.to_state) in OPEN_OUTSIDE
    )


def _reviews(session: Session, request_id: int) -> tuple[Reviewed, ...]:
    rows = select(FundingReview).where(col(FundingReview.request_id) == request_id)
    found = [
        Reviewed(
            row.round,
            ReviewQuestion(row.question),
            Reply(ReviewAnswer(row.answer), row.comment),
            row.reviewer,
        )
        for row in session.scalars(rows)
    ]
    order = list(ReviewQuestion)
    return tuple(sorted(found, key=lambda one: (one.round, order.index(one.question))))


def _flows(session: Session, request_id: int, *, inside: bool) -> tuple[RecordedFlow, ...]:
    rows = select(FundingFlow).where(col(FundingFlow.request_id) == request_id)
    found = session.scalars(rows.order_by(col(FundingFlow.happened), col(FundingFlow.id)))
    return tuple(
        RecordedFlow(
            Flow(
                BudgetKind(row.kind),
                row.donor,
                row.amount,
                row.currency,
                row.happened,
                row.rate_usd,
                row.rate_date,
                row.reference if inside else "",
            ),
            row.recorded_by if inside else "",
            row.recorded_at,
            row.id or 0,
            row.reverses_id,
        )
        for row in found
    )
