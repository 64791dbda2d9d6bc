"""The ladder of needs: all that is recorded of one, and how it stands, as far as it may be seen."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlmodel import Session, col

from ctai.domain.activities import SourceRef
from ctai.domain.faults import Fault
from ctai.domain.funding_tests import fundable
from ctai.domain.kinds import RecordKind
from ctai.domain.ladder import Answer, Fit, History, MetAnswer, Rung, Standing
from ctai.domain.need_moves import OnRecord, check_due
from ctai.domain.needs import NeedState
from ctai.domain.roles import Action, Viewer
from ctai.domain.standing import current, standing
from ctai.models.ladder import NeedActivity, NeedCheck
from ctai.models.needs import Need
from ctai.queries.ladder_rows import histories
from ctai.queries.sources import sources_of
from ctai.queries.visible import checks_seen, needs_seen, workings_seen


@dataclass(frozen=True)
class NeedFacts:
    """A need as it is recorded; codes as stored, dates as precise as they are known."""

    id: int
    code: str
    title: str
    language: str | None
    measure: str
    basis: str
    severity: str | None
    wanted_by: str | None
    for_whom: str
    estimated_cost: Decimal | None
    cost_currency: str | None
    evidence_kind: str
    evidence_body: str
    evidence_title: str
    evidence_date: str | None
    evidence_ref: str
    assessment_id: int | None
    request_id: int | None
    state: str
    state_as_of: str | None
    answered_on: str | None
    disclosed: str
    visibility: str
    note: str
    version: int


@dataclass(frozen=True)
class Link:
    """What a person decided of an activity and a need."""

    activity_id: int
    decision: Fit
    reason: str
    decided_by: str
    decided_at: datetime


@dataclass(frozen=True)
class Check:
    """What the requester said a year after an answer."""

    due_on: str
    answer: MetAnswer
    comment: str
    answered_on: str
    answered_by: str
    answered_as: str


@dataclass(frozen=True)
class NeedStanding:
    """A need with its ladder.

    `standing` is None for those outside the United Nations, who see of the ladder only what they
    were asked themselves. `countries` are those that the viewer may see.
    """

    need: NeedFacts
    countries: tuple[str, ...]
    sources: tuple[SourceRef, ...]
    history: History
    standing: Standing | None
    links: tuple[Link, ...]
    checks: tuple[Check, ...]
    check_due: date | None
    """The day from which the requester is to be asked; None where nothing is to ask."""

    @property
    def state(self) -> NeedState:
        """Give the need's state."""
        return NeedState(self.need.state)

    @property
    def record(self) -> OnRecord:
        """Tell what is recorded that can answer the need."""
        first = current(self.history.enquiries, Rung.UN_CAPACITY)
        second = current(self.history.enquiries, Rung.OUTSIDE)
        return OnRecord(
            has_activity=any(link.decision is Fit.ANSWERS for link in self.links),
            has_capacity=any(enquiry.answer is Answer.CAN for enquiry in first),
            has_offer=any(enquiry.answer is Answer.OFFERS for enquiry in second),
        )


def standing_of(session: Session, viewer: Viewer, need_id: int, today: date) -> NeedStanding | None:
    """Give a need with its ladder as it stands on a day; None where the viewer may not see it."""
    statement = needs_seen(select(Need).where(col(Need.id) == need_id), viewer)
    need = session.scalars(statement).one_or_none()
    if need is None:
        return None
    history = histories(session, viewer, [need_id])[need_id]
    is_inside = viewer.may(Action.SEE_UN_SYSTEM)
    return NeedStanding(
        need=NeedFacts(**{f.name: getattr(need, f.name) for f in fields(NeedFacts)}),
        countries=history.countries,
        sources=sources_of(session, viewer, RecordKind.NEED, [need_id])[need_id],
        history=history,
        standing=standing(history, today) if is_inside else None,
        links=_links(session, viewer, need_id),
        checks=_checks(session, viewer, need_id),
        check_due=_check_due(session, need),
    )


def unfundable(
    session: Session, viewer: Viewer, need_ids: Iterable[int], today: date
) -> list[Fault]:
    """List every reason why no gap-filling funding may be asked for some needs, by their order."""
    asked = list(need_ids)
    statement = select(col(Need.id), col(Need.code), col(Need.state))
    statement = needs_seen(statement.where(col(Need.id).in_(asked)), viewer)
    rows = {number: (code, state) for number, code, state in session.execute(statement)}
    found = histories(session, viewer, rows)
    is_inside = viewer.may(Action.SEE_UN_SYSTEM)
    faults: list[Fault] = []
    for number in asked:
        if number not in rows or not is_inside:
            faults.append(Fault("There is no such need, or it is not open to you.", "need"))
            continue
        code, state = rows[number]
        faults += fundable(code, NeedState(state), standing(found[number], today))
    return faults


def _links(session: Session, viewer: Viewer, need_id: int) -> tuple[Link, ...]:
    rows = select(NeedActivity).where(col(NeedActivity.need_id) == need_id)
    seen = workings_seen(rows, viewer, col(NeedActivity.need_id))
    return tuple(
        Link(row.activity_id, Fit(row.decision), row.reason, row.decided_by, row.decided_at)
        for row in session.scalars(seen.order_by(col(NeedActivity.decided_at).desc()))
    )


def _check_due(session: Session, need: Need) -> date | None:
    """Tell when the requester is to be asked, which it may know though not what others answered."""
    due = check_due(need.answered_on, need.state_as_of)
    if due is None or need.state != NeedState.ADDRESSED:
        return None
    asked = select(col(NeedCheck.due_on)).where(col(NeedCheck.need_id) == need.id)
    return None if due.isoformat() in session.scalars(asked).all() else due


def _checks(session: Session, viewer: Viewer, need_id: int) -> tuple[Check, ...]:
    rows = select(NeedCheck).where(col(NeedCheck.need_id) == need_id)
    seen = checks_seen(rows, viewer).order_by(col(NeedCheck.id))
    return tuple(
        Check(
            row.due_on,
            MetAnswer(row.answer),
            row.comment,
            row.answered_on,
            row.answered_by,
            row.answered_as,
        )
        for row in session.scalars(seen)
    )
