"""Titles of records of every kind but activities, which have one in each language."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, false, select, true
from sqlmodel import Session, col

from ctai.domain.kinds import RecordKind
from ctai.domain.roles import Action, Viewer
from ctai.models.funding import FundingRequest
from ctai.models.needs import Assessment, Need
from ctai.models.needs import Request as RequestRow
from ctai.models.people import User
from ctai.models.plans import Plan
from ctai.models.trust import Proposal, QuarterReport
from ctai.queries.visible import (
    assessments_seen,
    funding_seen,
    needs_seen,
    plans_seen,
    proposals_seen,
    requests_seen,
)


def titles(
    session: Session, viewer: Viewer, kind: RecordKind, numbers: Iterable[int]
) -> dict[int, str]:
    """Give the titles of some records by number; those that the viewer may not see are left out."""
    statement = _open(viewer).get(kind)
    if statement is None:
        return {}
    number = next(iter(statement.selected_columns))
    found = session.execute(statement.where(number.in_(set(numbers))))
    return {int(row[0]): str(row[1]) for row in found}


def _open(viewer: Viewer) -> dict[RecordKind, Select[*tuple[Any, ...]]]:
    """Give for each kind the numbers and titles that a viewer may see."""
    said = col(QuarterReport.entity) + " " + col(QuarterReport.quarter)
    return {
        RecordKind.ASSESSMENT: assessments_seen(
            select(col(Assessment.id), col(Assessment.title)), viewer
        ),
        RecordKind.REQUEST: requests_seen(select(col(RequestRow.id), col(RequestRow.what)), viewer),
        RecordKind.NEED: needs_seen(select(col(Need.id), col(Need.title)), viewer),
        RecordKind.FUNDING_REQUEST: funding_seen(
            select(col(FundingRequest.id), col(FundingRequest.title)), viewer
        ),
        RecordKind.PLAN: plans_seen(select(col(Plan.id), col(Plan.title)), viewer),
        RecordKind.PROPOSAL: proposals_seen(select(col(Proposal.id), col(Proposal.title)), viewer),
        RecordKind.REPORTING: select(col(QuarterReport.id), said).where(
            true() if viewer.may(Action.SEE_UN_SYSTEM) else false()
        ),
        RecordKind.USER: select(col(User.id), col(User.username)).where(
            true() if viewer.may(Action.MANAGE_USERS) else false()
        ),
    }
