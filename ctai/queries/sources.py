"""Where records were read, for those who may see the records."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import select
from sqlmodel import Session, col

from ctai.domain.activities import SourceRef
from ctai.domain.kinds import RecordKind
from ctai.domain.roles import Action, Viewer
from ctai.models.activities import Activity
from ctai.models.funding import FundingRequest
from ctai.models.needs import Assessment, Need
from ctai.models.needs import Request as RequestRow
from ctai.models.plans import Plan
from ctai.models.records import Source
from ctai.models.trust import Proposal
from ctai.queries.visible import (
    activities_seen,
    assessments_seen,
    funding_seen,
    needs_seen,
    plans_seen,
    proposals_seen,
    requests_seen,
)


def seen(
    session: Session, viewer: Viewer, kind: RecordKind, numbers: Iterable[int]
) -> frozenset[int]:
    """Give those of some records of a kind that a viewer may see."""
    asked = list(numbers)
    match kind:
        case RecordKind.ACTIVITY:
            one = select(col(Activity.id)).where(col(Activity.id).in_(asked))
            found = session.scalars(activities_seen(one, viewer))
        case RecordKind.ASSESSMENT:
            one = select(col(Assessment.id)).where(col(Assessment.id).in_(asked))
            found = session.scalars(assessments_seen(one, viewer))
        case RecordKind.NEED:
            one = select(col(Need.id)).where(col(Need.id).in_(asked))
            found = session.scalars(needs_seen(one, viewer))
        case RecordKind.REQUEST:
            one = select(col(RequestRow.id)).where(col(RequestRow.id).in_(asked))
            found = session.scalars(requests_seen(one, viewer))
        case RecordKind.FUNDING_REQUEST:
            one = select(col(FundingRequest.id)).where(col(FundingRequest.id).in_(asked))
            found = session.scalars(funding_seen(one, viewer))
        case RecordKind.PLAN:
            one = select(col(Plan.id)).where(col(Plan.id).in_(asked))
            found = session.scalars(plans_seen(one, viewer))
        case RecordKind.PROPOSAL:
            one = select(col(Proposal.id)).where(col(Proposal.id).in_(asked))
            found = session.scalars(proposals_seen(one, viewer))
        case RecordKind.REPORTING:
            return frozenset(asked if viewer.may(Action.SEE_UN_SYSTEM) else ())
        case RecordKind.USER | RecordKind.REFERENCE:
            return frozenset(asked if viewer.may(Action.MANAGE_USERS) else ())
    return frozenset(number for number in found if number is not None)


def sources_of(
    session: Session, viewer: Viewer, kind: RecordKind, numbers: Iterable[int]
) -> defaultdict[int, tuple[SourceRef, ...]]:
    """Read the sources of several records by number, in the order in which they were stored."""
    found: defaultdict[int, tuple[SourceRef, ...]] = defaultdict(tuple)
    rows = (
        select(Source)
        .where(
            col(Source.record_kind) == kind.value,
            col(Source.record_id).in_(seen(session, viewer, kind, numbers)),
        )
        .order_by(col(Source.id))
    )
    for row in session.scalars(rows):
        found[row.record_id] += (
            SourceRef(
                row.url, row.title, row.published, row.note, row.claim_field, row.claim_value
            ),
        )
    return found
