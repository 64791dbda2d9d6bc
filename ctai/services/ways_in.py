"""Ways in: for each kind of record, the services that store it, once what is written counts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from ctai.domain.activities import ActivityDraft
from ctai.domain.arrivals import Draft
from ctai.domain.faults import Fault, Refused
from ctai.domain.kinds import RecordKind
from ctai.domain.needs import AssessmentDraft, NeedDraft, RequestDraft
from ctai.domain.proposals import kind_of
from ctai.domain.roles import Viewer
from ctai.i18n import mark
from ctai.models.activities import Activity
from ctai.models.base import Base
from ctai.models.needs import Assessment, Need
from ctai.models.needs import Request as RequestRow
from ctai.queries import codes
from ctai.services import (
    amend_need,
    store_activity,
    store_assessment,
    store_need,
    store_request,
)

NOT_REVIEWED = mark("Records of this kind are not changed here.")

Enter = Callable[[Session, Viewer, Any, str], int]
"""Stores a new record and gives its number; Refused with every reason."""
Amend = Callable[[Session, Viewer, int, Any, int | None, str], None]
"""Changes a record, held against the version its author looked at; Refused with every reason."""
Confirm = Callable[[Session, Viewer, int, str | None, str], None]
"""Says that a record is still true, as of a date; Refused with every reason."""


@dataclass(frozen=True)
class WayIn:
    """The services of one kind of record; a confirmation only where there is one."""

    table: type[Base]
    enter: Enter
    amend: Amend
    confirm: Confirm | None = None


def _enter_activity(session: Session, author: Viewer, draft: ActivityDraft, why: str) -> int:
    return store_activity.enter(session, author, draft, why=why).activity_id


def _amend_activity(
    session: Session,
    author: Viewer,
    number: int,
    draft: ActivityDraft,
    version: int | None,
    why: str,
) -> None:
    store_activity.amend(session, author, number, draft, version, why=why)


def _enter_assessment(session: Session, author: Viewer, draft: AssessmentDraft, why: str) -> int:
    return store_assessment.enter_assessment(session, author, draft, codes.known(session), why)


def _amend_assessment(
    session: Session,
    author: Viewer,
    number: int,
    draft: AssessmentDraft,
    version: int | None,
    why: str,
) -> None:
    known = codes.known(session)
    store_assessment.amend_assessment(session, author, number, draft, version, known, why)


def _enter_request(session: Session, author: Viewer, draft: RequestDraft, why: str) -> int:
    return store_request.enter_request(session, author, draft, codes.known(session), why)


def _amend_request(
    session: Session,
    author: Viewer,
    number: int,
    draft: RequestDraft,
    version: int | None,
    why: str,
) -> None:
    known = codes.known(session)
    store_request.amend_request(session, author, number, draft, version, known, why)


def _enter_need(session: Session, author: Viewer, draft: NeedDraft, why: str) -> int:
    return store_need.enter_need(session, author, draft, codes.known(session), why)


def _amend_need(
    session: Session,
    author: Viewer,
    number: int,
    draft: NeedDraft,
    version: int | None,
    why: str,
) -> None:
    amend_need.amend_need(session, author, number, draft, version, codes.known(session), why)


WAYS: Mapping[RecordKind, WayIn] = {
    RecordKind.ACTIVITY: WayIn(Activity, _enter_activity, _amend_activity, store_activity.confirm),
    RecordKind.ASSESSMENT: WayIn(Assessment, _enter_assessment, _amend_assessment),
    RecordKind.REQUEST: WayIn(RequestRow, _enter_request, _amend_request),
    RecordKind.NEED: WayIn(Need, _enter_need, _amend_need),
}


def way_of(kind: RecordKind) -> WayIn:
    """Give the way in of a kind; Refused where what is written of it is not reviewed."""
    if kind not in WAYS:
        raise Refused([Fault(NOT_REVIEWED)])
    return WAYS[kind]


def enter(session: Session, author: Viewer, draft: Draft, why: str) -> int:
    """Store a new record and give its number; Refused with every reason."""
    return way_of(kind_of(draft)).enter(session, author, draft, why)


def amend(
    session: Session, author: Viewer, number: int, draft: Draft, version: int | None, why: str
) -> None:
    """Change a record into a draft; Refused with every reason."""
    way_of(kind_of(draft)).amend(session, author, number, draft, version, why)


def confirm(
    session: Session, author: Viewer, kind: RecordKind, number: int, as_of: str | None, why: str
) -> None:
    """Say that a record is still true; Refused with every reason."""
    service = way_of(kind).confirm
    if service is None:
        raise Refused([Fault(NOT_REVIEWED)])
    service(session, author, number, as_of, why)


def lock(session: Session, kind: RecordKind, number: int) -> None:
    """Hold a record until the end of the transaction: nobody else changes it meanwhile."""
    key = col(way_of(kind).table.id)  # type: ignore[attr-defined]  # every table of records has it
    session.execute(select(key).where(key == number).with_for_update())
