"""What waits for somebody: as long as it waits, and for nobody else."""

from datetime import date

import pytest
from sqlalchemy import update
from sqlmodel import Session, col

from ctai.domain import need_moves
from ctai.domain.ladder import Rung
from ctai.domain.notices import Notice, Waiting
from ctai.domain.reporting import QuarterAnswer, Statement
from ctai.domain.roles import SYSTEM, Role, Viewer, Visibility
from ctai.models.ladder import Enquiry, NeedCheck
from ctai.models.needs import Need
from ctai.queries import notices
from ctai.services.state_reporting import state_reporting
from ctai.services.store_activity import confirm, enter
from ctai.services.store_evidence import enter_need
from tests.drafts import DESK, FOCAL_POINT, KNOWN, PEOPLE, activity, add_code_lists, need
from tests.upkeep_drafts import account, consent, enquiry

TODAY = date(2026, 11, 25)
DENMARK = Viewer("dan", Role.DONOR, entity="Denmark")
COUNTERPART = PEOPLE[Role.COUNTERPART]


@pytest.fixture
def house(session: Session) -> Session:
    """A database that holds the code lists and nothing else."""
    add_code_lists(session)
    return session


def told(session: Session, viewer: Viewer, *kinds: Waiting, today: date = TODAY) -> list[Notice]:
    found = notices.waiting(session, viewer, today)
    return [notice for notice in found if not kinds or notice.kind in kinds]


def put_need(session: Session, **values: object) -> int:
    level = values.pop("visibility", Visibility.PUBLIC)
    assert isinstance(level, Visibility)
    number = enter_need(session, SYSTEM, need("N-1", visibility=level), KNOWN)
    if values:
        session.execute(update(Need).where(col(Need.id) == number).values(**values))
    return number


@pytest.mark.parametrize("viewer", [*PEOPLE.values(), DENMARK])
def test_nothing_waits_in_an_empty_house(house: Session, viewer: Viewer) -> None:
    assert told(house, viewer) == []


def test_a_question_waits_for_the_entity_that_is_asked_until_it_answers(house: Session) -> None:
    number = put_need(house, visibility=Visibility.RESTRICTED)
    house.add(enquiry(number, "UNODC", "2026-12-01"))
    house.flush()
    (one,) = told(house, FOCAL_POINT)
    assert (one.kind, one.opens, one.due, one.about) == (
        Waiting.ENQUIRY,
        number,
        "2026-12-01",
        "UNODC",
    )
    assert one.is_closed
    assert told(house, DESK) == []  # the date has not passed
    assert [n.kind for n in told(house, DESK, today=date(2026, 12, 2))] == [Waiting.NO_ANSWER]
    house.execute(update(Enquiry).values(answer="can", answered_on="2026-11-20"))
    assert told(house, FOCAL_POINT) == []
    assert told(house, DESK, today=date(2026, 12, 2)) == []


def test_a_question_outside_waits_for_the_donor_alone(house: Session) -> None:
    number = put_need(house)
    house.add(enquiry(number, "Denmark", "2026-12-01", Rung.OUTSIDE))
    house.flush()
    assert [notice.kind for notice in told(house, DENMARK)] == [Waiting.OUTSIDE]
    assert told(house, Viewer("dot", Role.DONOR, entity="Norway")) == []
    assert told(house, FOCAL_POINT) == []


def test_a_state_is_asked_about_a_need_whose_title_it_does_not_see_yet(house: Session) -> None:
    number = put_need(house, visibility=Visibility.RESTRICTED)
    house.add(consent(number, "NGA", "2026-12-01"))
    house.flush()
    (one,) = told(house, COUNTERPART, Waiting.CONSENT)
    assert (one.opens, one.subject, one.about) == (0, "", "NGA")
    (one,) = told(house, DESK, Waiting.CONSENT)
    assert one.subject == "Need N-1"


@pytest.mark.parametrize("viewer", [COUNTERPART, DESK])
def test_a_state_that_did_not_object_in_time_is_asked_no_more(
    house: Session, viewer: Viewer
) -> None:
    house.add(consent(put_need(house), "NGA", "2026-12-01"))
    house.flush()
    assert len(told(house, viewer, Waiting.CONSENT, today=date(2026, 12, 1))) == 1
    assert told(house, viewer, Waiting.CONSENT, today=date(2026, 12, 2)) == []


@pytest.mark.parametrize(
    ("wanted", "is_told"),
    [
        ("2027-02-23", True),
        ("2027-02-24", False),
        ("2027", True),
        ("2027-03", False),
        (None, False),
    ],
)
def test_a_need_is_told_ninety_days_before_it_is_wanted(
    house: Session, wanted: str | None, is_told: bool
) -> None:
    put_need(house, wanted_by=wanted)
    assert bool(told(house, DESK, Waiting.NEED_DUE)) == is_told
    house.execute(update(Need).values(state="addressed"))
    assert told(house, DESK, Waiting.NEED_DUE) == []


def test_a_year_after_an_answer_the_requester_is_to_be_asked_once(house: Session) -> None:
    number = put_need(house, answered_on="2025-12-15", state="addressed")
    (one,) = told(house, DESK)
    assert (one.kind, one.due) == (Waiting.NEED_CHECK, "2026-12-15")
    house.add(check(number, "2026-12-15", "met"))
    house.flush()
    assert told(house, DESK) == []


def check(number: int, due: str, answer: str) -> NeedCheck:
    return NeedCheck(
        need_id=number, due_on=due, answer=answer, answered_on="2026-11-01", answered_by="dora"
    )


@pytest.mark.parametrize("again", ["2026-02-28", "2026-02", "2026"])
def test_what_is_answered_anew_is_asked_about_once_more(house: Session, again: str) -> None:
    number = put_need(house, answered_on="2024-12-15", state="addressed")
    house.add(check(number, "2025-12-15", "not_met"))
    house.execute(update(Need).values(answered_on=again))
    later = date(2027, 12, 1)
    (one,) = told(house, DESK, today=later)
    assert (one.kind, one.due) == (Waiting.NEED_CHECK, again.replace("2026", "2027"))
    due = need_moves.check_due(again, None)
    house.add(check(number, f"{due}", "met"))
    house.flush()
    assert told(house, DESK, today=later) == []


def test_ones_stale_records_are_counted_until_they_are_confirmed(house: Session) -> None:
    numbers = [
        enter(house, SYSTEM, activity(title, status_as_of="2023-01"), KNOWN).activity_id
        for title in ("One", "Two")
    ]
    for viewer in (DESK, FOCAL_POINT):
        (one,) = told(house, viewer, Waiting.STALE_RECORDS)
        assert one.count == 2
    confirm(house, SYSTEM, numbers[0])
    assert [n.count for n in told(house, DESK, Waiting.STALE_RECORDS)] == [1]
    confirm(house, SYSTEM, numbers[1])
    assert told(house, DESK, Waiting.STALE_RECORDS) == []


def test_a_quarter_waits_for_its_focal_point_until_something_is_said(house: Session) -> None:
    house.add(account("fred", "UNODC"))
    house.flush()
    day = date(2024, 8, 15)
    assert [n.subject for n in told(house, FOCAL_POINT, today=day)] == ["2024-Q2"]
    late = date(2024, 9, 10)
    assert [n.subject for n in told(house, FOCAL_POINT, today=late)] == ["2024-Q2", "2024-Q3"]
    said = Statement("UNODC", "2024-Q2", QuarterAnswer.NOTHING_TO_REPORT)
    state_reporting(house, FOCAL_POINT, said)
    assert [n.subject for n in told(house, FOCAL_POINT, today=late)] == ["2024-Q3"]
    assert told(house, DESK, today=late) == []
