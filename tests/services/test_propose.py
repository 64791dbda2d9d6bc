"""Proposing: a focal point's change waits, is held to the same rules, and readers see no change."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from sqlalchemy import Engine, func, select
from sqlmodel import Session, col

from ctai import db
from ctai.domain.activities import ActivityDraft
from ctai.domain.arrivals import Arrival, Draft, Row
from ctai.domain.faults import Refused
from ctai.domain.kinds import RecordKind
from ctai.domain.proposals import ProposalState
from ctai.domain.roles import SYSTEM, Role, Viewer
from ctai.models.activities import Activity, ActivityCell
from ctai.models.needs import Assessment, Need
from ctai.models.needs import Request as RequestRow
from ctai.models.records import Revision
from ctai.models.trust import Proposal
from ctai.queries import proposals, records
from ctai.services import propose, store_activity
from ctai.services.bring_in import bring_in
from ctai.services.propose import Outcome, submit
from ctai.services.trust_entity import trust_entity
from tests.drafts import (
    ADMINISTRATOR,
    DESK,
    FOCAL_POINT,
    PEOPLE,
    activity,
    add_code_lists,
    assessment,
    need,
    request,
)

DRAFTS: list[Draft] = [
    activity(),
    assessment(lead="UNODC"),
    request(),
    need(body="UNODC"),
]
TABLES = (Activity, ActivityCell, Assessment, RequestRow, Need)


@pytest.fixture
def house(engine: Engine) -> Engine:
    """A database that holds the code lists and nothing else."""
    with db.transaction(engine) as session:
        add_code_lists(session)
    return engine


def sent(house: Engine, author: Viewer, draft: Draft, record_id: int | None = None) -> Outcome:
    with db.transaction(house) as session:
        return submit(session, author, draft, record_id)


def sending(
    author: Viewer, draft: Draft, record_id: int | None = None, replaces: int | None = None
) -> Callable[[Session], object]:
    """Send a draft, later."""
    return lambda session: submit(session, author, draft, record_id, replaces=replaces)


def confirming(author: Viewer, number: int) -> Callable[[Session], object]:
    """Confirm an activity, later."""
    return lambda session: propose.confirm(
        session, author, RecordKind.ACTIVITY, number, "2024-06-30"
    )


def put(house: Engine, draft: ActivityDraft) -> int:
    with db.transaction(house) as session:
        return store_activity.enter(session, SYSTEM, draft).activity_id


def stored(house: Engine) -> tuple[int, ...]:
    """Count the rows of every record that readers could see."""
    with db.reading(house) as session:
        return tuple(session.scalars(select(func.count()).select_from(t)).one() for t in TABLES)


def states(house: Engine) -> list[str]:
    with db.reading(house) as session:
        return list(session.scalars(select(col(Proposal.state)).order_by(col(Proposal.id))))


def refusal(house: Engine, write: Callable[[Session], object]) -> list[str]:
    """Try a write that is refused, see that nothing waits or is stored, and give the reasons."""
    before = stored(house), states(house)
    with pytest.raises(Refused) as refused, db.transaction(house) as session:
        write(session)
    assert (stored(house), states(house)) == before
    return [fault.message for fault in refused.value.faults]


@pytest.mark.parametrize("draft", DRAFTS, ids=lambda d: type(d).__name__)
def test_what_a_focal_point_enters_waits_whole_and_is_stored_nowhere(
    house: Engine, draft: Draft
) -> None:
    outcome = sent(house, FOCAL_POINT, draft)
    assert outcome.waits
    assert outcome.record_id is None
    assert stored(house) == (0, 0, 0, 0, 0)
    with db.reading(house) as session:
        found = proposals.whole(session, DESK, outcome.proposal_id or 0)
    assert found is not None
    assert found.draft == draft
    assert (found.author, found.entity, found.countries) == ("fred", "UNODC", ("NGA",))
    assert found.is_pending


@pytest.mark.parametrize("draft", DRAFTS, ids=lambda d: type(d).__name__)
@pytest.mark.parametrize("author", [DESK, ADMINISTRATOR], ids=lambda a: a.username)
def test_what_desk_and_administrator_enter_counts_at_once(
    house: Engine, author: Viewer, draft: Draft
) -> None:
    outcome = sent(house, author, draft)
    assert outcome.record_id is not None
    assert not outcome.waits
    assert states(house) == []
    assert sum(stored(house)) > 0


@pytest.mark.parametrize("draft", DRAFTS, ids=lambda d: type(d).__name__)
@pytest.mark.parametrize("role", [Role.VIEWER, Role.DONOR, Role.COUNTERPART])
def test_who_may_not_enter_may_not_propose(house: Engine, role: Role, draft: Draft) -> None:
    assert refusal(house, lambda session: submit(session, PEOPLE[role], draft))


def test_a_trusted_entitys_change_counts_at_once_and_no_others(house: Engine) -> None:
    with db.transaction(house) as session:
        trust_entity(session, ADMINISTRATOR, "UNODC", "long practice")
    assert sent(house, FOCAL_POINT, activity()).record_id is not None
    other = Viewer("otto", Role.FOCAL_POINT, entity="CTED")
    assert sent(house, other, activity("Other", entities=("CTED",))).waits


def test_every_reason_is_told_before_anything_waits(house: Engine) -> None:
    bad = replace(activity(), texts={}, countries=(), status_as_of="2024-13")
    assert len(refusal(house, lambda session: submit(session, FOCAL_POINT, bad))) == 3
    theirs = activity(entities=("CTED",))
    assert refusal(house, lambda session: submit(session, FOCAL_POINT, theirs)) == [
        store_activity.NOT_YOUR_SCOPE
    ]


def test_readers_of_every_role_see_the_accepted_version_meanwhile(house: Engine) -> None:
    number = put(house, activity("Before"))
    outcome = sent(house, FOCAL_POINT, activity("After"), number)
    assert outcome.waits
    with db.reading(house) as session:
        for viewer in PEOPLE.values():
            draft = records.draft_of(session, viewer, number)
            assert draft is not None
            assert draft.texts["en"].title == "Before", viewer.role
            waits = proposals.pending_of(session, viewer, RecordKind.ACTIVITY, number)
            may_see = viewer.role in (Role.FOCAL_POINT, Role.DESK_OFFICER, Role.ADMINISTRATOR)
            assert waits == ((outcome.proposal_id,) if may_see else ()), viewer.role


def test_an_amendment_is_held_to_the_version_that_its_author_saw(house: Engine) -> None:
    number = put(house, activity("Before"))
    with db.transaction(house) as session:
        store_activity.amend(session, DESK, number, activity("Between"))
    assert refusal(
        house, lambda session: submit(session, FOCAL_POINT, activity("After"), number, 1)
    ) == [store_activity.CHANGED_MEANWHILE]


def test_an_amendment_of_nothing_waits_for_nobody(house: Engine) -> None:
    number = put(house, activity())
    outcome = sent(house, FOCAL_POINT, activity(), number)
    assert (outcome.record_id, outcome.waits) == (number, False)
    assert states(house) == []


def test_a_record_of_another_entity_is_not_to_be_changed(house: Engine) -> None:
    number = put(house, activity(entities=("CTED",)))
    reasons = refusal(house, lambda session: submit(session, FOCAL_POINT, activity(), number))
    assert reasons == [store_activity.NOT_YOURS]


def test_a_confirmation_waits_and_moves_nothing_but_its_date(house: Engine) -> None:
    number = put(house, activity())
    with db.transaction(house) as session:
        outcome = propose.confirm(session, FOCAL_POINT, RecordKind.ACTIVITY, number, "2024-06-30")
    assert outcome.waits
    with db.reading(house) as session:
        found = proposals.whole(session, DESK, outcome.proposal_id or 0)
        draft = records.draft_of(session, DESK, number)
    assert found is not None
    assert [(c.field, c.before, c.after) for c in found.changes] == [
        ("status_as_of", "2024-06", "2024-06-30")
    ]
    assert draft is not None
    assert draft.status_as_of == "2024-06"


def test_one_change_of_an_entity_to_a_record_waits_at_a_time(house: Engine) -> None:
    number = put(house, activity("Before"))
    first = sent(house, FOCAL_POINT, activity("After"), number)
    colleague = replace(FOCAL_POINT, username="fatou")
    for author in (FOCAL_POINT, colleague):
        assert refusal(house, sending(author, activity("Again"), number)) == [propose.ONE_WAITS]
        assert refusal(house, confirming(author, number)) == [propose.ONE_WAITS]
    with db.transaction(house) as session:
        again = submit(session, FOCAL_POINT, activity("Again"), number, replaces=first.proposal_id)
    assert again.waits
    assert states(house) == [ProposalState.WITHDRAWN, ProposalState.PENDING]


def test_nobody_sends_another_change_in_place_of_a_colleagues(house: Engine) -> None:
    first = sent(house, FOCAL_POINT, activity())
    colleague = replace(FOCAL_POINT, username="fatou")
    for replaces in (first.proposal_id, 999):
        write = sending(colleague, activity("B"), replaces=replaces)
        assert refusal(house, write) == [propose.NOT_YOUR_PROPOSAL]


def test_what_waits_is_in_the_log_with_its_reason(house: Engine) -> None:
    with db.transaction(house) as session:
        number = submit(session, FOCAL_POINT, activity(), why="from the annual report").proposal_id
    with db.reading(house) as session:
        rows = list(session.scalars(select(Revision)))
    assert {(row.record_kind, row.record_id, row.actor, row.why) for row in rows} == {
        ("proposal", number, "fred", "from the annual report")
    }


def test_a_focal_points_file_waits_row_by_row_and_once_however_often(house: Engine) -> None:
    rows = [
        Row("row 2", replace(activity("One"), source_key="one")),
        Row("row 3", replace(activity("Two", entities=("CTED",)), source_key="two")),
        Row("row 4", need(body="UNODC")),
    ]

    def brought(author: Viewer) -> Arrival:
        with db.transaction(house) as session:
            return bring_in(session, author, rows)

    first, second = brought(FOCAL_POINT), brought(FOCAL_POINT)
    assert (first.new, first.waiting, first.known, first.refused) == (0, 2, 0, 1)
    assert (second.new, second.waiting, second.known, second.refused) == (0, 0, 2, 1)
    assert stored(house) == (0, 0, 0, 0, 0)
    by_desk = brought(DESK)
    assert (by_desk.new, by_desk.waiting) == (1, 0)  # what waits is left to its review


def test_two_colleagues_at_once_have_one_change_waiting(house: Engine) -> None:
    number = put(house, activity("Before"))
    both = Barrier(2)

    def race(name: str) -> str:
        author = replace(FOCAL_POINT, username=name)
        both.wait(timeout=30)
        try:
            with db.transaction(house) as session:
                submit(session, author, activity(f"By {name}"), number)
        except Refused as refused:
            return refused.faults[0].message
        return ""

    with ThreadPoolExecutor(2) as pool:
        won = list(pool.map(race, ["fred", "fatou"]))
    assert sorted(won) == ["", propose.ONE_WAITS]
    assert states(house) == [ProposalState.PENDING]


def test_what_is_recorded_under_the_same_key_already_does_not_wait(house: Engine) -> None:
    draft = replace(activity(), source_key="one")
    put(house, draft)
    assert refusal(house, sending(FOCAL_POINT, draft)) == [propose.RECORDED_ALREADY]
    with db.transaction(house) as session:
        with pytest.raises(Refused):
            submit(session, FOCAL_POINT, draft)
        assert submit(session, FOCAL_POINT, activity("Another")).waits
    assert states(house) == [ProposalState.PENDING]


def test_nothing_of_a_rehearsal_is_left(house: Engine) -> None:
    number = put(house, activity("Before"))
    with db.transaction(house) as session:
        submit(session, FOCAL_POINT, activity("After"), number)
        assert session.scalars(select(col(Activity.version))).one() == 1
        kept = session.get(Activity, number)
        assert kept is not None
        assert kept.version == 1
    with db.reading(house) as session:
        rows = session.scalars(select(Revision).where(col(Revision.actor) == "fred"))
        assert {row.record_kind for row in rows} == {"proposal"}
