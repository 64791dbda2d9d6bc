"""Decide on the money: a donor offers, the request is funded, or it is declined."""

from sqlmodel import Session

from ctai.domain.funding import FundingState
from ctai.domain.funding_money import backing_faults
from ctai.domain.roles import Viewer
from ctai.services.funding_moves import locked, move


def offer(
    session: Session, actor: Viewer, request_id: int, comment: str = "", version: int | None = None
) -> None:
    """Say that a donor has offered money, which is on record; Refused with every reason."""
    _backed(session, actor, request_id, FundingState.OFFERED, comment, version)


def fund(
    session: Session, actor: Viewer, request_id: int, comment: str = "", version: int | None = None
) -> None:
    """Say that a request is funded, on a recorded commitment; Refused with every reason."""
    _backed(session, actor, request_id, FundingState.FUNDED, comment, version)


def decline(
    session: Session, actor: Viewer, request_id: int, comment: str, version: int | None = None
) -> None:
    """Say who declined a request and why; Refused with every reason."""
    _backed(session, actor, request_id, FundingState.DECLINED, comment, version)


def _backed(
    session: Session,
    actor: Viewer,
    request_id: int,
    after: FundingState,
    comment: str,
    version: int | None,
) -> None:
    _, found = locked(session, actor, request_id)
    faults = backing_faults(found.standing, after)
    move(session, actor, request_id, after, comment, version, faults)
