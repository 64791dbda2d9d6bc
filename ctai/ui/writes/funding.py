"""The screen's writes of funding requests."""

from ctai.domain.funding import FundingState, Replies
from ctai.domain.funding_draft import FundingDraft
from ctai.domain.funding_money import Flow
from ctai.domain.roles import Viewer
from ctai.services import (
    file_funding,
    fund,
    record_flow,
    report_funding,
    reverse_flow,
    review_funding,
    withdraw_funding,
)
from ctai.ui import writes


def save(viewer: Viewer, draft: FundingDraft, request_id: int | None, version: int | None) -> int:
    """Store a draft and give its number; raise Refused with reasons."""
    with writes.writing() as session:
        if request_id is None:
            return file_funding.start(session, viewer, draft)
        file_funding.save(session, viewer, request_id, draft, version)
        return request_id


def submit(viewer: Viewer, draft: FundingDraft, request_id: int | None, version: int | None) -> int:
    """Store a request, send it to review and give its number; raise Refused with reasons."""
    with writes.writing() as session:
        return file_funding.submit(session, viewer, draft, request_id, version)


def move(
    viewer: Viewer,
    after: FundingState,
    request_id: int,
    comment: str,
    replies: Replies,
    version: int,
) -> None:
    """Move a request into a state; raise Refused with reasons."""
    with writes.writing() as session:
        match after:
            case FundingState.UNDER_REVIEW:
                review_funding.take_up(session, viewer, request_id, version)
            case FundingState.RETURNED:
                review_funding.send_back(session, viewer, request_id, replies, comment, version)
            case FundingState.ENDORSED:
                review_funding.endorse(session, viewer, request_id, replies, comment, version)
            case FundingState.OFFERED | FundingState.FUNDED | FundingState.DECLINED:
                decide = _DECISIONS[after]
                decide(session, viewer, request_id, comment, version)
            case FundingState.REPORTED:
                report_funding.report(session, viewer, request_id, comment, version)
            case FundingState.CLOSED:
                report_funding.close(session, viewer, request_id, comment, version)
            case _:
                withdraw_funding.withdraw(session, viewer, request_id, comment, version)


_DECISIONS = {
    FundingState.OFFERED: fund.offer,
    FundingState.FUNDED: fund.fund,
    FundingState.DECLINED: fund.decline,
}


def record(viewer: Viewer, request_id: int, flow: Flow) -> None:
    """Record a donor's money; raise Refused with reasons."""
    with writes.writing() as session:
        record_flow.record_flow(session, viewer, request_id, flow)


def correct(viewer: Viewer, request_id: int, number: int, why: str) -> None:
    """Take an entry of money back with its reason; raise Refused with reasons."""
    with writes.writing() as session:
        reverse_flow.reverse_flow(session, viewer, request_id, number, why)
