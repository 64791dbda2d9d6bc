"""Deciding: a desk accepts or returns, nobody their own, one of two at once, by today's rules."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from threading import Barrier

import pytest
from sqlalchemy import Engine, select, update
from sqlmodel import Session, col

from ctai import db
from ctai.domain.activities import ActivityDraft
from ctai.domain.arrivals import Draft, Row
from ctai.domain.faults import Refused
from ctai.domain.kinds import RecordKind
from ctai.domain.proposals import ProposalState
from ctai.domain.roles import SYSTEM, Role, Viewer
from ctai.models.activities import Activity, ActivityCell
from ctai.models.people import User
from ctai.models.records import Revision
from ctai.models.trust import Proposal
from ctai.queries import integrity, need_drafts, proposals, records
from ctai.services import propose, set_password, store_activity
from ctai.services.activity_parts import cell_rows
from ctai.services.bring_in import bring_in
from ctai.services.decide_proposal import (
    AUTHOR_GONE,
    NO_PROPOSAL,
    NOT_YOUR_REVIEW,
    OVERTAKEN,
    accept,
    give_back,
    withdraw,
)
from ctai.services.propose import RECORDED_ALREADY, submit
from tests.drafts import activity, add_code_lists, assessment, need, request
from tests.requests_drafts import asked, details, item_ids, put_request, raise_from_request
from tests.review_drafts import account, promoted

OWN = "Nobody decides on their own change. Ask a colleague, or withdraw it."


@dataclass(frozen=True)
class House:
    """A database with the code lists and an account per part: two desks, two focal points."""

    engine: Engine
    author: Viewer
    desk: Viewer
    other_desk: Viewer
    administrator: Viewer


@pytest.fixture
def house(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> House:
    """A database that holds the code lists and the people."""
    monkeypatch.setattr(set_password, "COST", 4)
    with db.transaction(engine) as session:
        add_code_lists(session)
        account(session, "phil", Role.FOCAL_POINT, entity="UNODC")
        return House(
            engine,
            account(session, "fred", Role.FOCAL_POINT, entity="UNODC"),
            account(session, "dora", Role.DESK_OFFICER, ("NGA",)),
            account(session, "dede", Role.DESK_OFFICER, ("BFA",)),
            account(session, "ada", Role.ADMINISTRATOR),
        )


def put(house: House, draft: ActivityDraft) -> int:
    with db.transaction(house.engine) as session:
        return store_activity.enter(session, SYSTEM, draft).activity_id


def waits(house: House, draft: Draft, record_id: int | None = None, why: str = "") -> int:
    """Send a draft for review and give the proposal's number."""
    with db.transaction(house.engine) as session:
        number = submit(session, house.author, draft, record_id, why=why).proposal_id
    assert number is not None
    return number


def accepted(house: House, number: int, by: Viewer | None = None, comment: str = "") -> int:
    with db.transaction(house.engine) as session:
        return accept(session, by or house.desk, number, comment=comment)


def stored(house: House, number: int) -> ActivityDraft:
    with db.reading(house.engine) as session:
        draft = records.draft_of(session, SYSTEM, number)
    assert draft is not None
    return draft


def row(house: House, number: int) -> Proposal:
    with db.reading(house.engine) as session:
        return session.scalars(select(Proposal).where(col(Proposal.id) == number)).one()


def everything(house: House) -> list[object]:
    """Read what a decision could change."""
    with db.reading(house.engine) as session:
        return [
            *session.execute(select(col(Activity.id), col(Activity.version)).order_by("id")),
            *session.execute(select(col(Proposal.id), col(Proposal.state)).order_by("id")),
            *session.scalars(select(col(Revision.id)).order_by("id")),
        ]


def refusal(house: House, write: Callable[[Session], object]) -> list[str]:
    """Try a decision that is refused, see that nothing changed, and give the reasons."""
    before = everything(house)
    with pytest.raises(Refused) as refused, db.transaction(house.engine) as session:
        write(session)
    assert everything(house) == before
    return [fault.message for fault in refused.value.faults]


def accepting(by: Viewer, number: int) -> Callable[[Session], object]:
    return lambda session: accept(session, by, number)


def returning(
    by: Viewer, number: int, comment: str = "Say which port."
) -> Callable[[Session], object]:
    return lambda session: give_back(session, by, number, comment)


def withdrawing(by: Viewer, number: int) -> Callable[[Session], object]:
    return lambda session: withdraw(session, by, number)


def test_what_is_accepted_is_stored_in_its_authors_name_and_names_the_decider(
    house: House,
) -> None:
    number = waits(house, activity("Ports"))
    activity_id = accepted(house, number, comment="checked with the mission")
    assert stored(house, activity_id) == activity("Ports")
    with db.reading(house.engine) as session:
        assert not [*integrity.miscounted(session, SYSTEM, cell_rows)]
        cells = set(session.scalars(select(col(ActivityCell.activity_id))))
        log = list(session.scalars(select(Revision).where(col(Revision.record_kind) == "activity")))
        decided = session.scalars(
            select(Revision).where(
                col(Revision.record_kind) == "proposal", col(Revision.new) == "accepted"
            )
        ).one()
    assert cells == {activity_id}
    assert {one.actor for one in log if one.field != "accepted_by"} == {"fred"}
    assert {one.why for one in log} == {"checked with the mission"}
    assert [(o.actor, o.new) for o in log if o.field == "accepted_by"] == [("dora", "dora")]
    assert (decided.actor, decided.record_id, decided.old) == ("dora", number, "pending")
    kept = row(house, number)
    assert (kept.state, kept.decided_by, kept.record_id) == ("accepted", "dora", activity_id)


@pytest.mark.parametrize(
    "draft",
    [assessment(lead="UNODC"), request(), need(body="UNODC")],
    ids=lambda d: type(d).__name__,
)
def test_other_kinds_of_record_are_accepted_too(house: House, draft: Draft) -> None:
    assert accepted(house, waits(house, draft)) > 0


def test_an_accepted_amendment_changes_the_record_and_logs_each_field(house: House) -> None:
    activity_id = put(house, activity("Before"))
    number = waits(house, activity("After"), activity_id, why="a new title")
    assert accepted(house, number) == activity_id
    assert stored(house, activity_id).texts["en"].title == "After"
    with db.reading(house.engine) as session:
        rows = session.scalars(
            select(Revision).where(
                col(Revision.record_kind) == "activity", col(Revision.actor) == "fred"
            )
        )
        assert [(r.field, r.old, r.new, r.why) for r in rows] == [
            ("title_en", "Before", "After", "a new title")
        ]


def test_an_accepted_confirmation_confirms_in_its_authors_name(house: House) -> None:
    activity_id = put(house, activity())
    with db.transaction(house.engine) as session:
        number = propose.confirm(
            session, house.author, RecordKind.ACTIVITY, activity_id, "2024-06-30"
        ).proposal_id
    accepted(house, number or 0)
    with db.reading(house.engine) as session:
        kept = session.scalars(select(Activity)).one()
    assert (kept.confirmed_by, kept.status_as_of, kept.version) == ("fred", "2024-06-30", 2)


def test_what_is_returned_stores_nothing_and_keeps_the_comment(house: House) -> None:
    activity_id = put(house, activity("Before"))
    number = waits(house, activity("After"), activity_id)
    with db.transaction(house.engine) as session:
        give_back(session, house.desk, number, " Say which port. ")
    assert stored(house, activity_id).texts["en"].title == "Before"
    kept = row(house, number)
    assert (kept.state, kept.decided_by, kept.comment) == ("returned", "dora", "Say which port.")
    assert refusal(house, lambda session: give_back(session, house.desk, number, "again"))
    assert refusal(house, accepting(house.desk, number))


def test_returning_takes_a_comment(house: House) -> None:
    number = waits(house, activity())
    for comment in ("", "   "):
        assert refusal(house, returning(house.desk, number, comment)) == [
            "The comment is missing. Say what its author is to change."
        ]


def test_a_returned_change_comes_again_as_another_and_is_accepted(house: House) -> None:
    number = waits(house, activity("Ports"))
    with db.transaction(house.engine) as session:
        give_back(session, house.desk, number, "Say which port.")
    with db.transaction(house.engine) as session:
        again = submit(session, house.author, activity("Port of Lagos"), replaces=number)
    accepted(house, again.proposal_id or 0)
    assert row(house, number).state == ProposalState.RETURNED


def test_an_author_withdraws_their_own_and_nobody_elses(house: House) -> None:
    number = waits(house, activity())
    colleague = replace(house.author, username="phil")
    for other in (colleague, house.desk, house.administrator):
        assert refusal(house, withdrawing(other, number)) == [propose.NOT_YOUR_PROPOSAL]
    with db.transaction(house.engine) as session:
        withdraw(session, house.author, number)
    assert row(house, number).state == ProposalState.WITHDRAWN
    assert refusal(house, accepting(house.desk, number)) == [
        "Its author has withdrawn this change."
    ]


ROLES: list[tuple[Viewer, str]] = [
    (Viewer("vera", Role.VIEWER), NO_PROPOSAL),
    (Viewer("cora", Role.COUNTERPART, frozenset({"NGA"})), NO_PROPOSAL),
    (Viewer("dan", Role.DONOR, entity="Denmark"), NO_PROPOSAL),
    (Viewer("dede", Role.DESK_OFFICER, frozenset({"BFA"})), NO_PROPOSAL),
    (Viewer("phil", Role.FOCAL_POINT, entity="UNODC"), NOT_YOUR_REVIEW),
    (Viewer("otto", Role.FOCAL_POINT, entity="CTED"), NO_PROPOSAL),
]


@pytest.mark.parametrize(("viewer", "reason"), ROLES, ids=lambda v: getattr(v, "username", ""))
def test_only_the_countries_desk_and_administrators_decide(
    house: House, viewer: Viewer, reason: str
) -> None:
    number = waits(house, activity())
    assert refusal(house, accepting(viewer, number)) == [reason]
    assert refusal(house, returning(viewer, number)) == [reason]


def test_an_administrator_decides_for_any_country(house: House) -> None:
    assert accepted(house, waits(house, activity(countries=("MDG",))), house.administrator)


def test_a_desk_of_one_of_the_countries_is_enough(house: House) -> None:
    draft = activity(countries=("NGA", "BFA"))
    assert accepted(house, waits(house, draft), house.other_desk)


def test_a_record_leaves_its_desk_only_by_an_administrator(house: House) -> None:
    activity_id = put(house, activity(countries=("NGA",)))
    number = waits(house, activity(countries=("BFA",)), activity_id)
    for desk in (house.desk, house.other_desk):
        assert refusal(house, accepting(desk, number)) == [NOT_YOUR_REVIEW]
    accepted(house, number, house.administrator)
    assert stored(house, activity_id).iso3s == {"BFA"}


# --- nobody accepts their own --------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.DESK_OFFICER, Role.ADMINISTRATOR])
def test_an_author_who_has_become_a_decider_still_does_not_decide_their_own(
    house: House, role: Role
) -> None:
    activity_id = put(house, activity("Before"))
    numbers = [waits(house, activity("New")), waits(house, activity("After"), activity_id)]
    with db.transaction(house.engine) as session:
        countries = ("NGA",) if role is Role.DESK_OFFICER else ()
        now = promoted(session, "fred", role, countries)
    assert now.role is role
    for number in numbers:
        assert refusal(house, accepting(now, number)) == [OWN]
        assert refusal(house, returning(now, number)) == [OWN]
    accepted(house, numbers[0])


def test_no_file_brings_in_what_waits(house: House) -> None:
    draft = replace(activity(), source_key="one")
    waits(house, draft)
    for by in (house.author, replace(house.author, username="phil")):
        with db.transaction(house.engine) as session:
            arrival = bring_in(session, by, [Row("row 2", draft)])
        assert (arrival.new, arrival.known) == (0, 1)
    with db.transaction(house.engine) as session:
        now = promoted(session, "fred", Role.DESK_OFFICER, ("NGA",))
    with db.transaction(house.engine) as session:
        assert bring_in(session, now, [Row("row 2", draft)]).new == 0


# --- by the rules and rights of the day ----------------------------------------------------------


def test_a_record_that_changed_meanwhile_is_not_overwritten_and_both_are_shown(
    house: House,
) -> None:
    activity_id = put(house, activity("Before"))
    number = waits(house, activity("After"), activity_id)
    between = replace(activity("Before"), place="Lagos")
    with db.transaction(house.engine) as session:
        store_activity.amend(session, house.desk, activity_id, between)
    assert refusal(house, accepting(house.desk, number)) == [OVERTAKEN]
    assert stored(house, activity_id) == between
    with db.reading(house.engine) as session:
        found = proposals.whole(session, house.desk, number)
    assert found is not None
    assert found.is_overtaken
    assert [(c.field, c.before, c.after, c.now) for c in found.changes] == [
        ("title_en", "Before", "After", "Before"),
        ("place", "", "", "Lagos"),
    ]


def test_a_change_that_was_undone_meanwhile_is_no_obstacle(house: House) -> None:
    activity_id = put(house, activity("Before"))
    number = waits(house, activity("After"), activity_id)
    with db.transaction(house.engine) as session:
        store_activity.amend(session, house.desk, activity_id, activity("Between"))
        store_activity.amend(session, house.desk, activity_id, activity("Before"))
    accepted(house, number)
    assert stored(house, activity_id).texts["en"].title == "After"


def test_nothing_is_stored_for_an_author_who_may_no_longer_write_it(house: House) -> None:
    number = waits(house, activity())
    with db.transaction(house.engine) as session:
        session.execute(update(User).where(col(User.username) == "fred").values(entity="CTED"))
    assert refusal(house, accepting(house.desk, number)) == [AUTHOR_GONE]
    with db.transaction(house.engine) as session:
        session.execute(
            update(User).where(col(User.username) == "fred").values(entity="UNODC", active=False)
        )
    assert refusal(house, accepting(house.desk, number)) == [AUTHOR_GONE]


def test_a_record_that_came_in_by_a_file_meanwhile_is_not_stored_twice(house: House) -> None:
    draft = replace(activity(), source_key="one")
    number = waits(house, draft)
    put(house, draft)
    assert refusal(house, accepting(house.desk, number)) == [RECORDED_ALREADY]


def test_a_decision_holds_for_what_the_decider_looked_at(house: House) -> None:
    number = waits(house, activity())
    assert refusal(house, lambda session: accept(session, house.desk, number, version=7))
    with db.transaction(house.engine) as session:
        accept(session, house.desk, number, version=row(house, number).version)


@pytest.mark.parametrize("second", ["accept", "return", "withdraw"])
def test_of_two_decisions_at_once_one_holds(house: House, second: str) -> None:
    number = waits(house, activity())
    both = Barrier(2)
    writes: list[Callable[[Session], object]] = [
        accepting(house.desk, number),
        {
            "accept": accepting(house.administrator, number),
            "return": returning(house.administrator, number),
            "withdraw": withdrawing(house.author, number),
        }[second],
    ]

    def race(write: Callable[[Session], object]) -> bool:
        both.wait(timeout=30)
        try:
            with db.transaction(house.engine) as session:
                write(session)
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        won = list(pool.map(race, writes))
    assert sorted(won) == [False, True]
    with db.reading(house.engine) as session:
        assert len(list(session.scalars(select(Activity)))) == won[0] or second == "accept"
        assert len(list(session.scalars(select(Activity)))) <= 1
        decided = session.scalars(
            select(Revision).where(
                col(Revision.record_kind) == "proposal", col(Revision.old) == "pending"
            )
        )
        assert len(list(decided)) == 1


def test_a_need_on_a_request_to_the_authors_entity_is_raised_and_amended(house: House) -> None:
    with db.transaction(house.engine) as session:
        request_id = put_request(session, asked())
        item = item_ids(session, request_id)[0]
        raised = raise_from_request(session, house.author, request_id, item, details())
    with db.transaction(house.engine) as session:
        number = accept(session, house.desk, raised)
        before = need_drafts.draft_of(session, SYSTEM, number)
    assert before is not None
    amended = waits(house, replace(before, title="Readers of passports"), number)
    with db.transaction(house.engine) as session:
        assert accept(session, house.desk, amended) == number
        after = need_drafts.draft_of(session, SYSTEM, number)
    assert after == replace(before, title="Readers of passports")
