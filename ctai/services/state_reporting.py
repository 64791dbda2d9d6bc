"""Saying of an entity's quarter that it reported, or that it has nothing to report."""

from sqlalchemy import select
from sqlmodel import Session, col

from ctai.domain.faults import Fault, Refused
from ctai.domain.kinds import RecordKind
from ctai.domain.reporting import QuarterAnswer, Statement, statement_faults
from ctai.domain.roles import Action, Viewer
from ctai.i18n import mark
from ctai.models.reference import Entity
from ctai.models.trust import QuarterReport
from ctai.queries import codes
from ctai.services.revisions import differences, log, now

NOT_YOUR_ENTITY = mark(
    "You may speak for your own entity only. Ask its focal point, or a desk officer."
)
SAID_MEANWHILE = mark(
    "Somebody has said something of this quarter while you were looking. Look again, then decide."
)


def state_reporting(
    session: Session, author: Viewer, said: Statement, seen: QuarterAnswer | None = None
) -> int:
    """Store what is said of an entity's quarter and give its number; Refused with every reason.

    `seen` is the answer that the author was looking at, None where there was none: what somebody
    else said in between is not overwritten. A second statement amends the first, and both stay in
    the log.
    """
    moment = now()
    faults = [*statement_faults(said, codes.known(session).entities, moment.date())]
    if not author.may_touch(Action.STATE_REPORTING, frozenset(), frozenset({said.entity})):
        faults.append(Fault(NOT_YOUR_ENTITY, "entity"))
    if faults:
        raise Refused(faults)
    # The entity's row stands for the quarter that may not have one yet: two who speak at once
    # wait for each other.
    session.scalars(
        select(Entity).where(col(Entity.acronym) == said.entity).with_for_update()
    ).one()
    row = session.scalars(
        select(QuarterReport).where(
            col(QuarterReport.entity) == said.entity, col(QuarterReport.quarter) == said.quarter
        )
    ).one_or_none()
    before = {} if row is None else _fields(row)
    if (None if row is None else QuarterAnswer(row.answer)) is not seen:
        raise Refused([Fault(SAID_MEANWHILE)])
    if row is None:
        row = QuarterReport(
            entity=said.entity,
            quarter=said.quarter,
            answer=said.answer.value,
            said_by=author.username,
            said_at=moment,
        )
        session.add(row)
    row.answer, row.note = said.answer.value, said.note.strip()
    changes = differences(before, _fields(row))
    if changes:
        row.said_by, row.said_at = author.username, moment
    session.flush()
    assert row.id is not None, "a flushed row has its number"  # noqa: S101
    if changes:
        log(session, author, RecordKind.REPORTING, row.id, changes)
    return row.id


def _fields(row: QuarterReport) -> dict[str, str]:
    return {
        "entity": row.entity,
        "quarter": row.quarter,
        "answer": row.answer,
        "note": row.note,
    }
