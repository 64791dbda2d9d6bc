"""Record a donor's money for a funding request."""

from sqlmodel import Session

from ctai.domain.faults import Fault, Refused
from ctai.domain.funding_money import Flow, flow_faults
from ctai.domain.kinds import RecordKind
from ctai.domain.roles import Action, Viewer
from ctai.models.funding import FundingFlow
from ctai.queries import codes
from ctai.services.funding_moves import NOT_YOURS, locked
from ctai.services.revisions import Change, log, now


def record_flow(session: Session, actor: Viewer, request_id: int, flow: Flow) -> None:
    """Record a pledge, commitment, payment or spending; Refused with every reason.

    The request is locked, so that two at once can't both take the last of what is left.
    """
    row, found = locked(session, actor, request_id)
    before = [recorded.flow for recorded in found.flows]
    entities = codes.known(session).entities
    today = now().date().isoformat()
    faults = [*flow_faults(flow, before, found.asked, found.state, entities, today)]
    if not actor.may_touch(Action.RECORD_MONEY, *found.owners):
        faults.append(Fault(NOT_YOURS))
    if faults:
        raise Refused(faults)
    session.add(
        FundingFlow(
            request_id=request_id,
            kind=flow.kind.value,
            donor=flow.donor,
            amount=flow.amount,
            currency=flow.currency,
            rate_usd=flow.rate_usd,
            rate_date=flow.rate_date,
            happened=flow.happened,
            reference=flow.reference.strip(),
            recorded_by=actor.username,
            recorded_at=now(),
        )
    )
    row.version += 1
    row.changed_at = now()
    session.flush()
    written = f"{flow.amount:.2f} {flow.currency} from {flow.donor} on {flow.happened}"
    changes = [Change(f"flow.{flow.kind}", None, written)]
    log(session, actor, RecordKind.FUNDING_REQUEST, request_id, changes)
