"""Deciding on two activities: by those whose they are, logged, taken back, found again by key."""

from dataclasses import replace

import pytest
from sqlalchemy import select, update
from sqlmodel import Session, col

from ctai.domain.faults import Refused
from ctai.domain.overlap import Judgement
from ctai.domain.roles import SYSTEM, Role, Visibility
from ctai.models.activities import Activity
from ctai.models.records import Revision
from ctai.queries import overlap
from ctai.services.decide_overlap import decide, take_back
from ctai.services.store_activity import enter
from tests.drafts import KNOWN, PEOPLE, activity, add_code_lists

DESK = PEOPLE[Role.DESK_OFFICER]


def entered(
    session: Session,
    title: str,
    iso3: str = "NGA",
    entity: str = "UNODC",
    *,
    visibility: Visibility = Visibility.UN_SYSTEM,
    source_key: str | None = None,
) -> int:
    draft = activity(title, (iso3,), (entity,), visibility=visibility)
    return enter(session, SYSTEM, replace(draft, source_key=source_key), KNOWN).activity_id


@pytest.fixture
def pair(session: Session) -> tuple[int, int]:
    add_code_lists(session)
    return entered(session, "Course"), entered(session, "The course")


def logged(session: Session) -> list[tuple[int, str, str | None, str | None]]:
    rows = session.scalars(
        select(Revision).where(col(Revision.field).like("overlap%")).order_by(col(Revision.id))
    )
    return [(row.record_id, row.field, row.old, row.new) for row in rows]


def test_a_decision_is_kept_logged_with_both_and_taken_back(
    session: Session, pair: tuple[int, int]
) -> None:
    one, other = pair
    decide(session, DESK, other, one, Judgement.DUPLICATE, "same week")
    (found,) = overlap.decided(session, DESK)
    assert (found.one, found.other, found.judgement) == (one, other, Judgement.DUPLICATE)
    assert (found.why, found.by) == ("same week", DESK.username)
    decide(session, DESK, one, other, Judgement.APART, seen=Judgement.DUPLICATE)
    take_back(session, DESK, one, other)
    assert overlap.decided(session, DESK) == []
    told = [(None, "duplicate"), ("duplicate", "apart"), ("apart", None)]
    assert logged(session) == [
        (number, f"overlap_{twin}", *change)
        for change in told
        for number, twin in ((one, other), (other, one))
    ]
    with pytest.raises(Refused):
        take_back(session, DESK, one, other)


@pytest.mark.parametrize("role", Role)
def test_it_is_for_those_whose_one_of_the_two_is(session: Session, role: Role) -> None:
    add_code_lists(session)
    own = (entered(session, "Course", visibility=Visibility.PUBLIC), entered(session, "Courses"))
    foreign = (entered(session, "Course", "BFA", "CTED"), entered(session, "Two", "BFA", "CTED"))
    may = role in (Role.DESK_OFFICER, Role.FOCAL_POINT, Role.ADMINISTRATOR)
    for numbers, is_open in ((own, may), (foreign, role is Role.ADMINISTRATOR)):
        if is_open:
            decide(session, PEOPLE[role], *numbers, Judgement.COMPLEMENTARY)
        else:
            with pytest.raises(Refused):
                decide(session, PEOPLE[role], *numbers, Judgement.COMPLEMENTARY)
    assert bool(logged(session)) is may


def test_what_one_does_not_see_can_not_be_decided_and_says_nothing(
    session: Session, pair: tuple[int, int]
) -> None:
    hidden = entered(session, "Secret", "BFA", "CTED", visibility=Visibility.RESTRICTED)
    told = set()
    for number in (hidden, 999_999):
        with pytest.raises(Refused) as refusal:
            decide(session, DESK, pair[0], number, Judgement.APART)
        told.add(tuple(fault.message for fault in refusal.value.faults))
    assert len(told) == 1
    decide(session, SYSTEM, pair[0], hidden, Judgement.DUPLICATE)
    assert overlap.decided(session, DESK) == []
    assert logged(session) == [(hidden, f"overlap_{pair[0]}", None, "duplicate")]


def test_two_who_decide_at_once_do_not_overwrite_each_other(
    session: Session, pair: tuple[int, int]
) -> None:
    decide(session, DESK, *pair, Judgement.DUPLICATE)
    with pytest.raises(Refused):
        decide(session, PEOPLE[Role.ADMINISTRATOR], *pair, Judgement.APART)
    (found,) = overlap.decided(session, DESK)
    assert found.judgement is Judgement.DUPLICATE


def test_a_record_that_comes_back_under_another_number_keeps_its_decision(
    session: Session,
) -> None:
    add_code_lists(session)
    one, other = (entered(session, key, source_key=key) for key in ("k-1", "k-2"))
    decide(session, DESK, one, other, Judgement.DUPLICATE)
    session.execute(update(Activity).where(col(Activity.id) == other).values(source_key=None))
    again = entered(session, "k-2", source_key="k-2")
    (found,) = overlap.decided(session, DESK)
    assert (found.one, found.other) == (one, again)
