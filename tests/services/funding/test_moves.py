"""Who makes which move of a funding request, and whose requests one may write."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine, update
from sqlmodel import col

from ctai import db
from ctai.domain.faults import Refused
from ctai.domain.funding import MOVES
from ctai.domain.funding_history import moves_open
from ctai.domain.history import Wanted
from ctai.domain.kinds import RecordKind
from ctai.domain.roles import Role, Viewer, Visibility
from ctai.models.needs import Need
from ctai.queries import history, records
from ctai.services import file_funding
from ctai.services.funding_moves import NO_SUCH, NOT_YOURS
from tests.drafts import ADMINISTRATOR, PEOPLE
from tests.funding_drafts import (
    AUTHOR,
    REVIEWER,
    funding,
    need_with_tests,
)
from tests.funding_writes import (
    DESK_ONLY,
    S,
    at,
    does,
    making,
    prepared,
    refusal,
    rows,
    seen,
)

EDGES = [(before, after) for before, moves in MOVES.items() for after in moves]
OWN_SIDE = {Role.FOCAL_POINT, Role.DESK_OFFICER, Role.ADMINISTRATOR}
STRANGERS = {
    Role.DESK_OFFICER: Viewer("bea", Role.DESK_OFFICER, frozenset({"BFA"})),
    Role.FOCAL_POINT: Viewer("cleo", Role.FOCAL_POINT, entity="CTED"),
}


@pytest.mark.parametrize("role", Role)
def test_a_role_makes_exactly_the_moves_of_its_right(house: Engine, role: Role) -> None:
    # Somebody else of the role than the author and the reviewer, who have written and decided.
    person = replace(PEOPLE[role], username=f"another {role}")
    for before, after in EDGES:
        number = prepared(house, before, after)
        own = after in (S.SUBMITTED, S.WITHDRAWN, S.REPORTED)
        if role in (OWN_SIDE if own else DESK_ONLY):
            assert after in moves_open(person, seen(house, number, person))
            does(house, making(after, person, number))
            assert seen(house, number).state is after
        else:
            assert set(refusal(house, making(after, person, number))) & {NOT_YOURS, NO_SUCH}
            assert seen(house, number).state is before


@pytest.mark.parametrize("role", STRANGERS)
def test_nobody_moves_what_is_another_desks_or_entitys(house: Engine, role: Role) -> None:
    for before, after in EDGES:
        number = prepared(house, before, after)
        told = refusal(house, making(after, STRANGERS[role], number))
        assert set(told) & {NOT_YOURS, NO_SUCH}
        assert seen(house, number).state is before


def test_no_service_makes_a_move_that_is_not_in_the_table(house: Engine) -> None:
    for before in S:
        number = at(house, before)
        counted = rows(house)
        for after in set(S) - {S.DRAFT} - set(MOVES[before]):
            refusal(house, making(after, ADMINISTRATOR, number))
            assert seen(house, number).state is before
            assert rows(house) == counted


@pytest.mark.parametrize("role", Role)
def test_drafts_are_started_by_desks_and_focal_points_for_their_own(
    house: Engine, role: Role
) -> None:
    person = PEOPLE[role]
    if role in OWN_SIDE:
        does(house, lambda session: file_funding.start(session, person, funding()))
    else:
        assert refusal(house, lambda session: file_funding.start(session, person, funding()))
    if role in STRANGERS:
        stranger = STRANGERS[role]
        told = refusal(house, lambda session: file_funding.start(session, stranger, funding()))
        assert told == [file_funding.NOT_YOUR_SCOPE]


def test_a_request_is_not_given_away_to_another_entity(house: Engine) -> None:
    number = at(house, S.DRAFT)
    given = funding(entity="CTED")
    told = refusal(house, lambda session: file_funding.save(session, AUTHOR, number, given))
    assert told == [file_funding.NOT_YOUR_SCOPE]


def test_a_request_is_not_more_open_than_its_need(house: Engine) -> None:
    with db.transaction(house) as session:
        number = need_with_tests(session, "N-2", visibility=Visibility.RESTRICTED)
    draft = funding((number,))
    with pytest.raises(Refused) as told, db.transaction(house) as session:
        file_funding.start(session, REVIEWER, draft)
    (fault,) = told.value.faults
    assert fault.places == {"seen": "N-2"}
    closed = replace(draft, visibility=Visibility.RESTRICTED)
    does(house, lambda session: file_funding.start(session, REVIEWER, closed))


@pytest.mark.parametrize("is_gone", [False, True], ids=["served", "taken out"])
def test_a_need_restricted_since_is_named_in_the_history_to_those_who_see_it(
    house: Engine, is_gone: bool
) -> None:
    with db.transaction(house) as session:
        other = need_with_tests(session, "N-2")
        number = file_funding.start(session, AUTHOR, funding((1, other)))
    with db.transaction(house) as session:
        if is_gone:
            file_funding.save(session, AUTHOR, number, funding((other,)))
        session.execute(update(Need).where(col(Need.id) == 1).values(visibility="restricted"))
        file_funding.submit(session, AUTHOR, funding((other,)), number)

    def told(viewer: Viewer) -> set[str]:
        with db.reading(house) as session:
            every = history.changes(session, viewer, Wanted(kind="funding_request"), 1000, 0)
            own = records.history(session, viewer, RecordKind.FUNDING_REQUEST, number)
        names = [f"{frame['old'].to_list()} {frame['new'].to_list()}" for frame in (every, own)]
        assert not own.empty
        return {code for code in ("N-1", "N-2") for name in names if code in name}

    assert told(PEOPLE[Role.VIEWER]) == set()
    assert told(REVIEWER) == {"N-1", "N-2"}
