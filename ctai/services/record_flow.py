"""Record a donor's money for a funding request."""

from sqlmodel import Session

from ctai.domain.faults import Fault, Refused
from ctai.domain.funding_money import Flow, flow_faults
from ctai.domain.kinds import RecordKind
from ctai.domain.roles import Action, Viewer
from ctai.models.funding import FundingFlow, FundingRequest
from ctai.queries import codes
from ctai.services.evidence_checks import number_of
from ctai.services.funding_moves import NOT_YOURS, locked
from ctai.services.revisions import Change, log, now


def record_flow(session: Session, actor: Viewer, request_id: int, flow: Flow) -> None:
    """Record a pledge, commitment, payment or spending; Refused with every reason.

    The request is locked, so that two at once can't both take the last of what is left.
    """
    row, found = locked(session, actor, request_id)
    entities = codes.known(session).entities
    today = now().date().isoformat()
    faults = [*flow_faults(flow, found.standing, found.asked, found.state, entities, today)]
    if not actor.may_touch(Action.RECORD_MONEY, *found.owners):
        faults.append(Fault(NOT_YOURS))
    if faults:
        raise Refused(faults)
    store_flow(session, actor, row, flow, Change(f"flow.{flow.kind}", None, told(flow)))


def store_flow(
    session: Session,
    actor: Viewer,
    row: FundingRequest,
    flow: Flow,
    change: Change,
    why: str = "",
    reverses: int | None = None,
) -> None:
    """Append an entry to a request that is locked and checked; `reverses` is one it takes back."""
    session.add(
        FundingFlow(
            request_id=(number := number_of(row.id)),
            kind=flow.kind.value,
            donor=flow.donor,
            amount=flow.amount,
            currency=flow.currency,
            rate_usd=flow.rate_usd,
            rate_date=flow.rate_date,
            happened=flow.happened,
            reference=flow.reference.strip(),
            reverses_id=reverses,
            recorded_by=actor.username,
            recorded_at=now(),
        )
    )
    row.version += 1
    row.changed_at = now()
    session.flush()
    log(session, actor, RecordKind.FUNDING_REQUEST, number, [change], why)


def told(flow: Flow) -> str:
    """Write an entry for the revision log."""
    return f"{flow.amount:.2f} {flow.currency} from {flow.donor} on {flow.happened}"
