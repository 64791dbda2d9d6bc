"""Who has told us something: from what people wrote, confirmed, proposed and said."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import Session

from ctai.domain.kinds import RecordKind
from ctai.domain.reporting import QuarterAnswer, QuarterState, Statement, last_quarters
from ctai.domain.roles import SYSTEM, Role
from ctai.domain.scope import Scope
from ctai.models.records import Revision
from ctai.queries import reporting
from ctai.services.state_reporting import state_reporting
from ctai.services.store_activity import enter
from tests.drafts import ADMINISTRATOR, DESK, KNOWN, PEOPLE, activity, add_code_lists
from tests.upkeep_drafts import account, add_proposal

TODAY = date(2021, 5, 20)
QUARTERS = last_quarters(TODAY)


@pytest.fixture
def house(session: Session) -> Session:
    """The code lists, and an account of UNODC's made in the first quarter of 2020."""
    add_code_lists(session)
    session.add(account("fred", "UNODC"))
    session.flush()
    return session


def states(session: Session, entity: str = "UNODC") -> list[str]:
    found = reporting.matrix(session, DESK, Scope(), QUARTERS, TODAY)
    return list(found[found["entity"] == entity]["state"])


def wrote(
    session: Session, name: str, at: datetime, kind: RecordKind = RecordKind.ACTIVITY
) -> None:
    session.add(
        Revision(at=at, actor=name, record_kind=kind.value, record_id=1, field="status", new="x")
    )
    session.flush()


S, R, N, W = (
    QuarterState.SILENT,
    QuarterState.REPORTED,
    QuarterState.NOTHING_TO_REPORT,
    QuarterState.RUNNING,
)


def test_a_focal_point_is_silent_until_they_write(house: Session) -> None:
    assert states(house) == [S, S, S, S, S, W]
    wrote(house, "fred", datetime(2020, 6, 30, 23, 59, tzinfo=UTC))
    wrote(house, "fred", datetime(2021, 4, 1, tzinfo=UTC))
    assert states(house) == [S, R, S, S, S, R]


def test_what_others_write_and_changes_of_accounts_tell_nothing_of_an_entity(
    house: Session,
) -> None:
    wrote(house, "dora", datetime(2020, 6, 1, tzinfo=UTC))
    wrote(house, "fred", datetime(2020, 6, 1, tzinfo=UTC), RecordKind.USER)
    wrote(house, "fred", datetime(2019, 12, 31, tzinfo=UTC))
    wrote(house, "fred", datetime(2021, 7, 1, tzinfo=UTC))
    assert states(house) == [S, S, S, S, S, W]


def test_a_proposal_counts_in_the_quarter_in_which_it_was_made(house: Session) -> None:
    add_proposal(house, "P", "fred", "NGA", "UNODC")  # made in January 2020
    house.flush()
    assert states(house)[0] == R


def test_nothing_to_report_is_no_silence_and_a_record_tells_more(house: Session) -> None:
    said = Statement("UNODC", "2020-Q3", QuarterAnswer.NOTHING_TO_REPORT)
    state_reporting(house, DESK, said)
    assert states(house) == [S, S, N, S, S, W]
    wrote(house, "fred", datetime(2020, 8, 1, tzinfo=UTC))
    assert states(house) == [S, S, R, S, S, W]


def test_before_an_entity_was_known_it_was_not_asked(house: Session) -> None:
    late = account("cleo", "CTED")
    late.created_at = datetime(2020, 11, 1, tzinfo=UTC)
    house.add(late)
    house.flush()
    assert states(house, "CTED") == [QuarterState.NOT_ASKED] * 3 + [S, S, W]


def test_an_entity_of_a_record_is_listed_and_a_donor_is_not(house: Session) -> None:
    enter(house, SYSTEM, activity(entities=("IOM", "Denmark")), KNOWN)
    assert states(house, "IOM") == [QuarterState.NOT_ASKED] * 6  # recorded only now
    assert states(house, "Denmark") == []
    found = reporting.matrix(house, DESK, Scope(country=("BFA",)), QUARTERS, TODAY)
    assert found.empty


def test_a_closed_account_still_tells_of_its_time_but_is_not_one_to_ask(house: Session) -> None:
    gone = account("gone", "IOM")
    gone.active = False
    house.add(gone)
    house.flush()
    wrote(house, "gone", datetime(2020, 2, 1, tzinfo=UTC))
    assert states(house, "IOM")[0] == R
    assert reporting.focal_points(house, ADMINISTRATOR) == {"UNODC": ("fred",)}


def test_a_focal_point_reads_of_their_own_quarters_alone(house: Session) -> None:
    fred = PEOPLE[Role.FOCAL_POINT]
    assert reporting.quarters_of(house, fred, QUARTERS, TODAY) == dict(
        zip(QUARTERS, [S, S, S, S, S, W], strict=True)
    )
    assert reporting.quarters_of(house, DESK, QUARTERS, TODAY) == {}
