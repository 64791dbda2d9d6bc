"""What waits for a viewer: answers, reviews, dates that come near, and records gone stale."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time

from sqlalchemy import ColumnElement, and_, case, or_, select
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col

from ctai.domain import need_moves
from ctai.domain.dates import first_day
from ctai.domain.ladder import Rung
from ctai.domain.needs import UNMET_STATES, NeedState
from ctai.domain.notices import (
    QUARTER_ENDS_IN_DAYS,
    Notice,
    Waiting,
    horizon,
    in_order,
    is_near,
)
from ctai.domain.reporting import QuarterState, first_of, last_of, last_quarters
from ctai.domain.roles import Action, Extent, Role, Viewer, Visibility
from ctai.domain.scope import Freshness, Scope
from ctai.models.ladder import Consent, Enquiry, NeedCheck
from ctai.models.needs import (
    Assessment,
    AssessmentCountry,
    AssessmentEntity,
    FollowUp,
    Need,
    NeedCountry,
)
from ctai.queries import activities, reporting
from ctai.queries.decisions import decisions
from ctai.queries.visible import (
    assessments_seen,
    checks_seen,
    consents_seen,
    enquiries_seen,
    needs_seen,
)

_RUNGS = {
    Waiting.ENQUIRY: (Action.ANSWER_CAPACITY, Rung.UN_CAPACITY),
    Waiting.OUTSIDE: (Action.OFFER, Rung.OUTSIDE),
}


def waiting(session: Session, viewer: Viewer, today: date) -> tuple[Notice, ...]:
    """List what waits for the viewer, by due date; only what is their own, and only what they see.

    Administrators, who may do everything everywhere, are told of reviews alone.
    """
    return in_order(
        [
            *_enquiries(session, viewer),
            *_without_answer(session, viewer, today),
            *_consents(session, viewer, today),
            *decisions(session, viewer),
            *_stale(session, viewer, today),
            *_needs_due(session, viewer, today),
            *_follow_ups(session, viewer, today),
            *_checks(session, viewer, today),
            *_quarters(session, viewer, today),
        ]
    )


def _enquiries(session: Session, viewer: Viewer) -> Iterator[Notice]:
    """Give the questions to the viewer's entity that nobody has answered."""
    for kind, (action, rung) in _RUNGS.items():
        if viewer.entity is None or viewer.extent(action) is not Extent.OWN:
            continue
        mine = and_(col(Enquiry.entity) == viewer.entity, col(Enquiry.rung) == int(rung))
        yield from _asked(session, viewer, kind, mine)


def _without_answer(session: Session, viewer: Viewer, today: date) -> Iterator[Notice]:
    """Give the questions of the viewer's desk whose date has passed: silence is to be recorded."""
    if viewer.extent(Action.CLIMB) is Extent.OWN:
        over = and_(col(Enquiry.due_on) < today.isoformat(), _of_my_countries(viewer))
        yield from _asked(session, viewer, Waiting.NO_ANSWER, over)


def _asked(
    session: Session, viewer: Viewer, kind: Waiting, which: ColumnElement[bool]
) -> Iterator[Notice]:
    statement = (
        select(
            col(Enquiry.id),
            col(Need.id),
            col(Need.title),
            col(Need.visibility),
            col(Enquiry.entity),
            col(Enquiry.due_on),
            col(Enquiry.asked_on),
        )
        .join(Need, col(Need.id) == col(Enquiry.need_id))
        .where(col(Enquiry.answer).is_(None), which)
    )
    for number, need, title, level, entity, due, asked in session.execute(
        enquiries_seen(statement, viewer)
    ):
        yield Notice(kind, number, need, title, entity, due, _at(asked), is_closed=_closed(level))


def _consents(session: Session, viewer: Viewer, today: date) -> Iterator[Notice]:
    """Give the consents asked of the viewer's State; a need it does not see yet has no title.

    A State that did not object until the last day has agreed: that waits for nobody.
    """
    if viewer.extent(Action.ANSWER_CONSENT) is not Extent.OWN:
        return
    is_open = col(Need.id).in_(needs_seen(select(col(Need.id)), viewer))
    statement = (
        select(
            col(Consent.id),
            case((is_open, col(Need.id)), else_=0),
            case((is_open, col(Need.title)), else_=""),
            col(Need.visibility),
            col(Consent.iso3),
            col(Consent.due_on),
            col(Consent.asked_on),
        )
        .join(Need, col(Need.id) == col(Consent.need_id))
        .where(
            col(Consent.answer).is_(None),
            col(Consent.due_on) >= today.isoformat(),
            col(Consent.iso3).in_(viewer.countries),
        )
    )
    for number, need, title, level, iso3, due, asked in session.execute(
        consents_seen(statement, viewer)
    ):
        yield Notice(
            Waiting.CONSENT, number, need, title, iso3, due, _at(asked), is_closed=_closed(level)
        )


def _stale(session: Session, viewer: Viewer, today: date) -> Iterator[Notice]:
    """Count the viewer's own activities that nobody has confirmed in time."""
    if viewer.extent(Action.CONFIRM) is not Extent.OWN:
        return
    scope = Scope(
        country=tuple(sorted(viewer.countries)),
        entity=(viewer.entity,) if viewer.entity else (),
        freshness=Freshness.STALE.value,
    )
    count = activities.count(session, viewer, scope, today)
    if count:
        about = viewer.entity or "; ".join(sorted(viewer.countries))
        yield Notice(Waiting.STALE_RECORDS, 0, 0, "", about, None, _at(today.isoformat()), count)


def _needs_due(session: Session, viewer: Viewer, today: date) -> Iterator[Notice]:
    """Give the unmet needs of the viewer's countries that are wanted soon, or were."""
    unmet = col(Need.state).in_([state.value for state in UNMET_STATES])
    near = and_(unmet, col(Need.wanted_by) <= horizon(today))
    yield from _needs(session, viewer, Waiting.NEED_DUE, col(Need.wanted_by), near)


def _checks(session: Session, viewer: Viewer, today: date) -> Iterator[Notice]:
    """Give the needs that were answered a year ago, and of whose answer nobody was asked since.

    They wait for the requesting State, and for the desk officer who chases its word. A need that
    was not met then, and is answered anew, is asked about once more.
    """
    if Extent.OWN not in (viewer.extent(Action.CLIMB), viewer.extent(Action.ANSWER_CONSENT)):
        return
    answered = and_(
        col(Need.answered_on).is_not(None), col(Need.state) != NeedState.WITHDRAWN.value
    )
    found = [*_needs(session, viewer, Waiting.NEED_CHECK, col(Need.answered_on), answered)]
    asked = select(col(NeedCheck.need_id), col(NeedCheck.due_on)).where(
        col(NeedCheck.need_id).in_([notice.opens for notice in found])
    )
    rows = session.execute(checks_seen(asked, viewer))
    done = {(need, due) for need, due in rows}
    for notice in found:
        answered_on = notice.due or ""
        day, told = need_moves.check_due(answered_on, None), need_moves.check_told(answered_on)
        if is_near(told, today) and (notice.opens, f"{day}") not in done:
            yield replace(notice, due=told)


def _needs(
    session: Session,
    viewer: Viewer,
    kind: Waiting,
    due: Mapped[str | None],
    which: ColumnElement[bool],
) -> Iterator[Notice]:
    """Give some needs of the viewer's countries, with one of their dates."""
    if not viewer.countries:
        return
    own = select(col(NeedCountry.need_id)).where(col(NeedCountry.iso3).in_(viewer.countries))
    statement = select(
        col(Need.id), col(Need.title), col(Need.visibility), col(Need.changed_at), due
    ).where(col(Need.id).in_(own), which)
    rows = session.execute(needs_seen(statement, viewer)).all()
    named = _countries(session, viewer, [row[0] for row in rows])
    for number, title, level, changed, day in rows:
        yield Notice(
            kind, number, number, title, named[number], day, changed, is_closed=_closed(level)
        )


def _countries(session: Session, viewer: Viewer, numbers: Iterable[int]) -> defaultdict[int, str]:
    """Name the countries of some needs that the viewer sees, joined by "; "."""
    statement = (
        select(col(NeedCountry.need_id), col(NeedCountry.iso3))
        .where(col(NeedCountry.need_id).in_(list(numbers)))
        .order_by(col(NeedCountry.iso3))
    )
    if viewer.reach is not None:
        statement = statement.where(col(NeedCountry.iso3).in_(viewer.reach))
    found: defaultdict[int, list[str]] = defaultdict(list)
    for number, iso3 in session.execute(statement):
        found[number].append(iso3)
    return defaultdict(str, {number: "; ".join(codes) for number, codes in found.items()})


def _follow_ups(session: Session, viewer: Viewer, today: date) -> Iterator[Notice]:
    """Give what is due after assessments of the viewer's countries or entity."""
    if viewer.role is Role.DESK_OFFICER:
        link = select(col(AssessmentCountry.assessment_id)).where(
            col(AssessmentCountry.iso3).in_(viewer.countries)
        )
        own: ColumnElement[bool] = col(Assessment.id).in_(link)
    elif viewer.role is Role.FOCAL_POINT:
        joined = select(col(AssessmentEntity.assessment_id)).where(
            col(AssessmentEntity.entity) == viewer.entity
        )
        own = or_(col(Assessment.lead) == viewer.entity, col(Assessment.id).in_(joined))
    else:
        return
    statement = (
        select(
            col(FollowUp.id),
            col(Assessment.id),
            col(FollowUp.what),
            col(Assessment.visibility),
            col(Assessment.lead),
            col(FollowUp.due),
            col(Assessment.changed_at),
        )
        .join(Assessment, col(Assessment.id) == col(FollowUp.assessment_id))
        .where(
            own,
            col(FollowUp.done_on).is_(None),
            or_(col(FollowUp.due).is_(None), col(FollowUp.due) <= horizon(today)),
        )
    )
    for number, opens, what, level, lead, due, changed in session.execute(
        assessments_seen(statement, viewer)
    ):
        yield Notice(
            Waiting.FOLLOW_UP, number, opens, what, lead, due, changed, is_closed=_closed(level)
        )


def _quarters(session: Session, viewer: Viewer, today: date) -> Iterator[Notice]:
    """Give the quarters of which the viewer's entity has told nothing yet."""
    if viewer.extent(Action.STATE_REPORTING) is not Extent.OWN or viewer.entity is None:
        return
    told = reporting.quarters_of(session, viewer, last_quarters(today, 2), today)
    for quarter, state in told.items():
        ends = last_of(quarter)
        is_ending = state == QuarterState.RUNNING and (ends - today).days <= QUARTER_ENDS_IN_DAYS
        if state == QuarterState.SILENT or is_ending:
            begun = _at(first_of(quarter).isoformat())
            yield Notice(Waiting.QUARTER, 0, 0, quarter, viewer.entity, ends.isoformat(), begun)


def _of_my_countries(viewer: Viewer) -> ColumnElement[bool]:
    return col(Enquiry.need_id).in_(
        select(col(NeedCountry.need_id)).where(col(NeedCountry.iso3).in_(viewer.countries))
    )


def _at(day: str) -> datetime:
    return datetime.combine(first_day(day), time(), UTC)


def _closed(level: str) -> bool:
    return level == Visibility.RESTRICTED.value
