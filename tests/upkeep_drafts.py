"""Examples of what waits for somebody: questions, consents, proposals, requests and dates."""

from datetime import UTC, datetime
from decimal import Decimal

from sqlalchemy import update
from sqlmodel import Session, col

from ctai.domain.funding import FundingState
from ctai.domain.kinds import RecordKind
from ctai.domain.ladder import Rung
from ctai.domain.proposals import ProposalState
from ctai.domain.roles import Role, Visibility
from ctai.models.funding import FundingCountry, FundingRequest
from ctai.models.ladder import Consent, Enquiry
from ctai.models.needs import FollowUp, Need
from ctai.models.people import User
from ctai.models.trust import Proposal, ProposalCountry

LONG_AGO = datetime(2020, 1, 15, tzinfo=UTC)
LATE = "2024-03-01"
"""A day that is over by any clock."""
FAR = "2099-01-01"
"""A day that no clock has reached."""


def account(username: str, entity: str | None, role: Role = Role.FOCAL_POINT) -> User:
    """Give an account that was made long ago."""
    return User(
        username=username,
        role=role.value,
        entity=entity,
        password_hash="-",
        tokens_void_before=LONG_AGO,
        created_at=LONG_AGO,
    )


def enquiry(
    need_id: int, entity: str, due_on: str = LATE, rung: Rung = Rung.UN_CAPACITY
) -> Enquiry:
    """Give a question that nobody has answered."""
    return Enquiry(
        need_id=need_id,
        rung=int(rung),
        entity=entity,
        asked_by="dora",
        asked_on="2024-02-01",
        due_on=due_on,
    )


def consent(need_id: int, iso3: str, due_on: str = LATE) -> Consent:
    """Give a consent that is asked for."""
    return Consent(
        need_id=need_id, iso3=iso3, asked_by="dora", asked_on="2024-02-01", due_on=due_on
    )


def add_proposal(session: Session, title: str, author: str, iso3: str, entity: str) -> None:
    """Store a change that waits for a desk officer."""
    row = Proposal(
        record_kind=RecordKind.ACTIVITY.value,
        action="enter",
        draft="{}",
        title=title,
        entity=entity,
        author=author,
        made_at=LONG_AGO,
        state=ProposalState.PENDING.value,
    )
    session.add(row)
    session.flush()
    session.add(ProposalCountry(proposal_id=row.id or 0, iso3=iso3))


def add_funding(
    session: Session,
    code: str,
    state: FundingState,
    author: str,
    iso3: str,
    entity: str,
    visibility: Visibility = Visibility.UN_SYSTEM,
) -> None:
    """Store a funding request in some state."""
    row = FundingRequest(
        code=code,
        title=f"Request {code}",
        entity=entity,
        needed_by="2027",
        total=Decimal(1000),
        state=state.value,
        state_since=LONG_AGO,
        visibility=visibility.value,
        author=author,
        created_at=LONG_AGO,
        changed_at=LONG_AGO,
    )
    session.add(row)
    session.flush()
    session.add(FundingCountry(request_id=row.id or 0, iso3=iso3))


ASKED_OF_UNODC = "ACDE"


def fill(session: Session, needs: dict[str, int], assessments: dict[str, int]) -> None:
    """Let something of every kind wait, for every need and assessment of the store."""
    session.add(account("fred", "UNODC"))
    session.execute(
        update(Need)
        .where(col(Need.id).in_(needs.values()))
        .values(wanted_by=LATE, answered_on="2023-01")
    )
    for letter, number in needs.items():
        entity = "UNODC" if letter in ASKED_OF_UNODC else "CTED"
        states = [consent(number, iso3, FAR) for iso3 in ("NGA", "BFA")]
        session.add_all([enquiry(number, entity), *states])
    session.add_all(
        FollowUp(assessment_id=number, what=f"After {letter}", due="2024-02")
        for letter, number in assessments.items()
    )
    add_proposal(session, "P1", "fred", "NGA", "UNODC")
    add_proposal(session, "P2", "fred", "BFA", "UNODC")
    add_proposal(session, "P3", "dora", "NGA", "CTED")
    submitted, returned = FundingState.SUBMITTED, FundingState.RETURNED
    add_funding(session, "F1", submitted, "xenia", "NGA", "CTED")
    add_funding(session, "F2", submitted, "dora", "NGA", "CTED")
    add_funding(session, "F3", FundingState.UNDER_REVIEW, "xenia", "BFA", "CTED")
    add_funding(session, "F4", returned, "fred", "NGA", "UNODC")
    add_funding(session, "F5", returned, "xenia", "BFA", "UNODC")
    add_funding(session, "F6", submitted, "xenia", "NGA", "CTED", Visibility.RESTRICTED)
    add_funding(session, "F7", returned, "dora", "NGA", "CTED")
    session.flush()
