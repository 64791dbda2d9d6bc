"""Action plans: built, saved, agreed and copied by the right people, one at a time, and frozen."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from threading import Barrier

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, col

from ctai import db
from ctai.domain.faults import Refused
from ctai.domain.history import Wanted
from ctai.domain.ladder import Answer
from ctai.domain.plans import ItemDraft, ItemState, MilestoneDraft, PlanState
from ctai.domain.progress import Version, Word
from ctai.domain.roles import SYSTEM, Role, Viewer, Visibility
from ctai.models.funding import FundingActivity
from ctai.models.plans import Plan, PlanItem, PlanMilestone, PlanProgress
from ctai.models.records import Revision
from ctai.queries import history, need_drafts, plans
from ctai.services import (
    agree_plan,
    build_plan,
    copy_plan,
    record_progress,
    save_plan,
)
from ctai.services.amend_need import amend_need
from ctai.services.plan_parts import DRAFT_THERE, FROZEN, NO_PLAN, NOT_YOUR_PLAN, PLAN_CHANGED
from ctai.services.record_progress import NOT_IN_FORCE, TOLD_MEANWHILE, Step
from tests.drafts import ADMINISTRATOR, DESK, KNOWN, PEOPLE
from tests.plans_drafts import (
    AGREED_ON,
    PARTNER,
    Land,
    agree,
    answer,
    draft_of,
    estimate,
    item,
    land,
    request,
    version_of,
)

Write = Callable[[Session], object]
PLANNERS = {Role.DESK_OFFICER, Role.ADMINISTRATOR}


@pytest.fixture
def here(engine: Engine) -> Land:
    """Nigeria with its needs."""
    return land(engine)


def counts(here: Land) -> tuple[int, ...]:
    """Count the rows of what a write could leave behind."""
    tables = (Plan, PlanItem, PlanMilestone, PlanProgress, Revision)
    with db.reading(here.engine) as session:
        return tuple(session.scalars(select(func.count()).select_from(t)).one() for t in tables)


def refusal(here: Land, write: Write) -> list[str]:
    """Try a write that is refused, see that it left nothing behind, and give its reasons."""
    before = counts(here)
    with pytest.raises(Refused) as refused, db.transaction(here.engine) as session:
        write(session)
    assert counts(here) == before
    return [fault.message for fault in refused.value.faults]


def told(here: Land, plan_id: int) -> Version:
    with db.reading(here.engine) as session:
        found = plans.version(session, SYSTEM, plan_id)
    assert found is not None
    return found


def items(here: Land, plan_id: int) -> list[ItemDraft]:
    with db.reading(here.engine) as session:
        return [one.draft for one in plans.items(session, SYSTEM, plan_id)]


def log(here: Land, kind: str, number: int) -> list[tuple[str, str | None, str | None]]:
    with db.reading(here.engine) as session:
        rows = session.scalars(
            select(Revision)
            .where(col(Revision.record_kind) == kind, col(Revision.record_id) == number)
            .order_by(col(Revision.id))
        )
        return [(row.field, row.old, row.new) for row in rows]


# --- building ------------------------------------------------------------------------------------


def test_a_plan_is_built_from_open_needs_in_one_click(here: Land) -> None:
    a, b, u = (here.needs[letter] for letter in "ABU")
    with db.transaction(here.engine) as session:
        estimate(session, a, "5000", "XOF", "0.0017")
        answer(session, a, "IOM", Answer.CAN_WITH_MONEY)
        answer(session, a, "UNODC", Answer.CAN)
        answer(session, b, "CTED", Answer.CANNOT)
        number = request(session, "F-1", (b,), "700.00")
        estimate(session, u, "900", "XOF")  # without a rate it can't be told in US dollars
        built = build_plan.build(session, DESK, "NGA", "Plan of Nigeria")
    assert built.added == 4
    found = {one.need_id: one for one in items(here, built.plan_id)}
    assert set(found) == set(here.needs.values())
    assert (found[a].action, found[a].entity) == ("Need N-A", "UNODC")
    assert (found[a].cost, found[a].currency) == (Decimal("5000"), "XOF")
    assert (found[a].rate_usd, found[a].rate_date) == (Decimal("0.0017"), "2024-05")
    assert (found[b].entity, found[b].cost) == ("IOM", Decimal("700"))
    assert found[b].funding_request_id == number
    assert (found[u].cost, found[u].entity) == (None, None)
    assert told(here, built.plan_id).state is PlanState.DRAFT


def test_building_again_adds_only_what_is_missing_and_keeps_what_was_written(here: Land) -> None:
    plan_id = here.plan("A", "B")
    before = items(here, plan_id)
    with db.transaction(here.engine) as session:
        assert build_plan.build(session, DESK, "NGA", "Other").added == 2
    assert items(here, plan_id)[:2] == before
    with db.transaction(here.engine) as session:
        assert build_plan.build(session, DESK, "NGA", "Other") == build_plan.Built(plan_id, 0)


def test_a_cost_shared_with_another_country_is_not_taken_for_this_one(here: Land) -> None:
    with db.transaction(here.engine) as session:
        request(session, "F-1", (here.needs["A"],), "700.00", countries=("NGA", "BFA"))
        request(session, "F-2", (here.needs["B"], here.needs["U"]), "700.00")
        plan_id = build_plan.build(session, DESK, "NGA", "Plan").plan_id
    assert [one.cost for one in items(here, plan_id)] == [None] * 4


def test_the_dates_are_those_of_the_activities_of_a_request_for_the_need_alone(here: Land) -> None:
    with db.transaction(here.engine) as session:
        alone = request(session, "F-1", (here.needs["A"],), "700.00")
        both = request(session, "F-2", (here.needs["B"], here.needs["U"]), "700.00")
        for number in (alone, both):
            spans = (("2026-02", "2026-11"), ("2026", None), (None, "2026"))
            for position, (starts, ends) in enumerate(spans):
                session.add(
                    FundingActivity(
                        request_id=number, position=position, title="x", starts=starts, ends=ends
                    )
                )
        plan_id = build_plan.build(session, DESK, "NGA", "Plan").plan_id
    found = {one.need_id: (one.starts, one.ends) for one in items(here, plan_id)}
    assert found[here.needs["A"]] == ("2026", "2026")
    assert found[here.needs["B"]] == found[here.needs["U"]] == (None, None)


def test_where_nothing_is_needed_no_plan_begins(here: Land) -> None:
    (reason,) = refusal(here, lambda s: build_plan.build(s, ADMINISTRATOR, "MDG", "Plan"))
    assert reason == build_plan.NOTHING_OPEN


def test_building_on_an_agreed_plan_begins_a_new_version_from_it(here: Land) -> None:
    first = here.agreed("A")
    with db.transaction(here.engine) as session:
        built = build_plan.build(session, DESK, "NGA", "Ignored")
    assert built.added == 3
    assert told(here, built.plan_id).number == 2
    assert told(here, built.plan_id).title == told(here, first).title
    assert items(here, built.plan_id)[0].action == "Train judges"


@pytest.mark.parametrize("role", Role)
def test_only_planners_of_the_country_build(here: Land, role: Role) -> None:
    write: Write = lambda s: build_plan.build(s, PEOPLE[role], "NGA", "Plan")  # noqa: E731
    if role in PLANNERS:
        with db.transaction(here.engine) as session:
            write(session)
        return
    assert refusal(here, write) == [NOT_YOUR_PLAN]


# --- saving --------------------------------------------------------------------------------------


def test_what_is_saved_is_read_again_and_each_changed_field_is_logged(here: Land) -> None:
    plan_id = here.plan("A", "B")
    first, second = items(here, plan_id)
    changed = replace(second, entity="IOM", milestones=(MilestoneDraft("Exam", "2026"),))
    new = item(here.needs["U"], "Visit", cost=None, currency=None)
    with db.transaction(here.engine) as session:
        draft = replace(draft_of(session, plan_id), items=(changed, new), title="Renamed")
        save_plan.save(session, DESK, plan_id, draft, version_of(session, plan_id))
    stored = items(here, plan_id)
    assert [one.action for one in stored] == ["Train judges", "Visit"]
    assert stored[0] == changed
    assert replace(stored[1], number=None) == new
    written = log(here, "plan", plan_id)
    assert ("title", "Plan of Nigeria", "Renamed") in written
    assert (f"item_{second.number}.entity", "UNODC", "IOM") in written
    milestones = ("2025-03 First course", "2026 Exam")
    assert (f"item_{second.number}.milestones", *milestones) in written
    assert (f"item_{first.number}.action", "Train judges", None) in written
    assert (f"item_{stored[1].number}.need", None, "N-U") in written


def test_saving_the_same_again_logs_nothing(here: Land) -> None:
    plan_id = here.plan("A", "B")
    written = log(here, "plan", plan_id)
    with db.transaction(here.engine) as session:
        draft = draft_of(session, plan_id)
        save_plan.save(session, DESK, plan_id, draft, version_of(session, plan_id))
    assert log(here, "plan", plan_id) == written


def test_every_reason_is_given_at_once_and_nothing_is_stored(here: Land) -> None:
    plan_id = here.plan("A")
    bad = (
        item(None),
        item(here.foreign),
        item(here.needs["A"], entity="NOBODY", cost=Decimal("5"), currency="XOF"),
    )
    with db.reading(here.engine) as session:
        draft = replace(draft_of(session, plan_id), title=" ", items=bad)
    reasons = refusal(here, lambda s: save_plan.save(s, DESK, plan_id, draft, 1))
    beginnings = [
        "Somebody changed this plan",
        "The plan has no title",
        "A plan item needs a need",
        "The need is another country's",
        "“{seen}” is not a listed entity",
        "A cost in {seen} needs its rate",
    ]
    assert len(reasons) == len(beginnings)
    assert all(map(str.startswith, reasons, beginnings)), reasons


def test_a_restricted_needs_item_is_logged_where_only_those_who_see_it_read(here: Land) -> None:
    plan_id = here.plan("R", author=DESK)
    texts = {text for _, old, new in log(here, "plan", plan_id) for text in (old, new)}
    assert "Need N-R" not in texts
    assert "N-R" not in texts
    fields = [field for field, _, _ in log(here, "need", here.needs["R"])]
    assert any(field.endswith(".action") for field in fields)


@pytest.mark.parametrize("is_gone", [False, True], ids=["there", "taken out"])
def test_a_need_restricted_since_leaves_its_items_history_to_those_who_see_it(
    here: Land, is_gone: bool
) -> None:
    with db.transaction(here.engine) as session:
        plan_id = build_plan.build(session, DESK, "NGA", "Plan of Nigeria").plan_id
    with db.transaction(here.engine) as session:
        if is_gone:
            kept = tuple(
                i for i in draft_of(session, plan_id).items if i.need_id != here.needs["A"]
            )
            draft = replace(draft_of(session, plan_id), items=kept)
            save_plan.save(session, DESK, plan_id, draft, version_of(session, plan_id))
        told = need_drafts.draft_of(session, DESK, here.needs["A"])
        assert told is not None
        closed = replace(told, visibility=Visibility.RESTRICTED)
        amend_need(session, DESK, here.needs["A"], closed, None, KNOWN)
    wanted = Wanted(kind="plan")

    def needs_told(viewer: Viewer) -> set[object]:
        with db.reading(here.engine) as session:
            found = history.changes(session, viewer, wanted, 1000, 0)
            told = [*history.streamed(session, viewer, wanted)]
        assert len(told) == len(found)
        return {*found["old"], *found["new"]} & {"Need N-A", "Need N-B", "N-A", "N-B"}

    assert needs_told(PEOPLE[Role.VIEWER]) == {"Need N-B", "N-B"}
    assert needs_told(DESK) == {"Need N-A", "Need N-B", "N-A", "N-B"}


@pytest.mark.parametrize("role", Role)
def test_a_plan_is_changed_by_its_planners_alone(here: Land, role: Role) -> None:
    plan_id = here.plan("A")
    with db.reading(here.engine) as session:
        draft, version = draft_of(session, plan_id), version_of(session, plan_id)
    person = PEOPLE[role]
    writes: list[Write] = [
        lambda s: save_plan.save(s, person, plan_id, draft, version),
        lambda s: agree(s, plan_id, person),
    ]
    for write in writes:
        if role in PLANNERS:
            with db.transaction(here.engine) as session:
                write(session)
        else:
            assert refusal(here, write)[0] in (NOT_YOUR_PLAN, NO_PLAN)


def test_another_countrys_desk_changes_nothing(here: Land) -> None:
    plan_id = here.plan("A")
    other = Viewer("olga", Role.DESK_OFFICER, frozenset({"BFA"}))
    assert refusal(here, lambda s: agree(s, plan_id, other)) == [NOT_YOUR_PLAN]
    assert refusal(here, lambda s: build_plan.build(s, other, "NGA", "x")) == [NOT_YOUR_PLAN]


# --- agreeing and copying ------------------------------------------------------------------------


def test_an_agreed_plan_says_when_and_with_whom_and_supersedes_the_one_before(here: Land) -> None:
    first = here.agreed("A")
    with db.transaction(here.engine) as session:
        second = copy_plan.copy(session, DESK, first)
        agree(session, second)
    assert told(here, first).state is PlanState.SUPERSEDED
    assert told(here, second).state is PlanState.AGREED
    assert (told(here, second).agreed_on, told(here, second).agreed_with) == (AGREED_ON, PARTNER)
    assert ("state", "agreed", "superseded") in log(here, "plan", first)
    assert ("state", "draft", "agreed") in log(here, "plan", second)


def test_an_unready_plan_is_not_agreed_and_says_all_that_is_missing(here: Land) -> None:
    with db.transaction(here.engine) as session:
        plan_id = build_plan.build(session, DESK, "NGA", "Plan").plan_id

    def write(session: Session) -> None:
        level = Visibility.PUBLIC
        agree_plan.agree(session, DESK, plan_id, 99, "2099-01-01", " ", level)

    reasons = refusal(here, write)
    assert reasons[:3] == [
        PLAN_CHANGED,
        "The plan can't be agreed on {seen}, a date to come. Give today or earlier.",
        "Say with whom the plan was agreed: the authority or office.",
    ]
    assert sum(reason.startswith("The dates are missing") for reason in reasons) == 4


def test_a_plan_without_items_is_not_agreed(here: Land) -> None:
    plan_id = here.plan()
    (reason,) = refusal(here, lambda s: agree(s, plan_id))
    assert reason.startswith("A plan without an item")


def test_a_need_withdrawn_since_keeps_its_plan_from_being_agreed(here: Land) -> None:
    plan_id = here.plan("A")
    with db.transaction(here.engine) as session:
        session.execute(
            text("UPDATE need SET state = 'withdrawn' WHERE id = :n").bindparams(n=here.needs["A"])
        )
    (reason,) = refusal(here, lambda s: agree(s, plan_id))
    assert reason.startswith("The need was withdrawn")


def test_there_is_one_draft_at_a_time(here: Land) -> None:
    first = here.agreed("A")
    with db.transaction(here.engine) as session:
        copy_plan.copy(session, DESK, first)
    assert refusal(here, lambda s: copy_plan.copy(s, DESK, first)) == [DRAFT_THERE]


def test_what_was_said_of_an_item_goes_on_in_the_next_version(here: Land) -> None:
    first = here.agreed("A", "B")
    with db.transaction(here.engine) as session:
        done = plans.items(session, DESK, first)[0]
        step = Step(done.number, done.milestones[0].number)
        record_progress.record(session, DESK, Step(done.number), word(ItemState.ONGOING))
        record_progress.record(session, DESK, step, word(ItemState.COMPLETED))
        second = copy_plan.copy(session, DESK, first)
        assert plans.items(session, DESK, second)[0].newest is None
        agree(session, second)
        after = plans.items(session, DESK, second)
    assert [one.state for one in after] == [ItemState.ONGOING, ItemState.PLANNED]
    assert after[0].milestones[0].state is ItemState.COMPLETED
    assert after[0].newest is not None
    assert after[0].newest.told_by == "dora"


# --- progress ------------------------------------------------------------------------------------


def word(state: ItemState, seen_on: str = "2024-06-10", note: str = "") -> Word:
    return Word(state, seen_on, note)


def test_progress_is_added_and_the_newest_counts(here: Land) -> None:
    plan_id = here.agreed("A")
    with db.transaction(here.engine) as session:
        (one,) = plans.items(session, DESK, plan_id)
        record_progress.record(session, DESK, Step(one.number), word(ItemState.ONGOING))
        (one,) = plans.items(session, DESK, plan_id)
        assert one.newest is not None
        seen = Step(one.number, seen_word=one.newest.number)
        record_progress.record(session, DESK, seen, word(ItemState.COMPLETED, "2024-06-20"))
        (one,) = plans.items(session, DESK, plan_id)
    assert one.state is ItemState.COMPLETED
    assert (f"item_{one.number}.state", "ongoing", "completed") in log(here, "plan", plan_id)


def test_progress_that_is_wrong_is_refused_with_every_reason(here: Land) -> None:
    plan_id = here.plan("A")
    number = items(here, plan_id)[0].number or 0
    given = word(ItemState.DROPPED, "2099-01-01")
    reasons = refusal(here, lambda s: record_progress.record(s, DESK, Step(number), given))
    assert len(reasons) == 3
    assert reasons[0].startswith("The state can't have been seen")
    assert reasons[1].startswith("Say why")
    assert reasons[2] == NOT_IN_FORCE


@pytest.mark.parametrize("role", Role)
def test_progress_is_recorded_by_planners_alone(here: Land, role: Role) -> None:
    plan_id = here.agreed("A")
    number = items(here, plan_id)[0].number or 0
    given = word(ItemState.ONGOING)
    write: Write = lambda s: record_progress.record(s, PEOPLE[role], Step(number), given)  # noqa: E731
    if role in PLANNERS:
        with db.transaction(here.engine) as session:
            write(session)
    else:
        assert refusal(here, write) == [NOT_YOUR_PLAN]


# --- two at once ---------------------------------------------------------------------------------


def both_at_once(here: Land, write: Write) -> list[str]:
    """Run a write in two real sessions at the same moment; give what each came to."""
    start = Barrier(2)

    def run() -> str:
        start.wait()
        try:
            with db.transaction(here.engine) as session:
                write(session)
        except Refused as refused:
            return refused.faults[0].message
        return "done"

    with ThreadPoolExecutor(2) as pool:
        return sorted(one.result() for one in [pool.submit(run), pool.submit(run)])


def test_two_people_do_not_agree_on_the_same_plan_twice(here: Land) -> None:
    plan_id = here.plan("A")
    with db.reading(here.engine) as session:
        version = version_of(session, plan_id)
    result = both_at_once(here, lambda s: agree(s, plan_id, DESK, version))
    assert result == sorted(["done", FROZEN])
    assert [f for f, old, new in log(here, "plan", plan_id) if new == "agreed"] == ["state"]


def test_two_people_do_not_save_over_each_other(here: Land) -> None:
    plan_id = here.plan("A")
    with db.reading(here.engine) as session:
        draft, version = draft_of(session, plan_id), version_of(session, plan_id)
    result = both_at_once(here, lambda s: save_plan.save(s, DESK, plan_id, draft, version))
    assert result == sorted(["done", PLAN_CHANGED])


def test_two_people_do_not_begin_two_drafts(here: Land) -> None:
    result = both_at_once(here, lambda s: build_plan.build(s, DESK, "NGA", "Plan"))
    assert result in (["done", "done"], sorted(["done", DRAFT_THERE]))
    with db.reading(here.engine) as session:
        (only,) = plans.versions(session, SYSTEM, "NGA")
        assert len(plans.items(session, SYSTEM, only.plan_id)) == 4


def test_two_people_do_not_tell_the_same_progress(here: Land) -> None:
    plan_id = here.agreed("A")
    number = items(here, plan_id)[0].number or 0
    given = word(ItemState.ONGOING)
    result = both_at_once(here, lambda s: record_progress.record(s, DESK, Step(number), given))
    assert result == sorted(["done", TOLD_MEANWHILE])


# --- frozen by the database ----------------------------------------------------------------------

TAMPERING = [
    "UPDATE plan SET title = 'x' WHERE id = {plan}",
    "UPDATE plan SET state = 'draft' WHERE id = {plan}",
    "UPDATE plan SET state = 'superseded', agreed_on = '2020' WHERE id = {plan}",
    "UPDATE plan SET visibility = 'un_system' WHERE id = {plan}",
    "DELETE FROM plan WHERE id = {plan}",
    "UPDATE plan_item SET action = 'x' WHERE plan_id = {plan}",
    "UPDATE plan_item SET funding_request_id = NULL WHERE plan_id = {plan}",
    "UPDATE plan_item SET plan_id = {draft} WHERE plan_id = {plan}",
    "UPDATE plan_item SET plan_id = {plan}, position = 9 WHERE plan_id = {draft}",
    "DELETE FROM plan_item WHERE plan_id = {plan}",
    "INSERT INTO plan_item (plan_id, position, need_id, action) VALUES ({plan}, 7, {need}, 'x')",
    "UPDATE plan_milestone SET due = '2020' WHERE item_id = {item}",
    "DELETE FROM plan_milestone WHERE item_id = {item}",
    "INSERT INTO plan_milestone (item_id, position, what) VALUES ({item}, 7, 'x')",
    "UPDATE plan_progress SET state = 'completed'",
    "DELETE FROM plan_progress",
    "INSERT INTO plan_progress (item_id, state, seen_on, note, told_by, told_at) "
    "VALUES ({draft_item}, 'ongoing', '2024', '', 'x', '2024-01-01')",
]


@pytest.mark.parametrize("statement", TAMPERING)
def test_the_database_itself_refuses_to_change_what_was_agreed(here: Land, statement: str) -> None:
    plan_id = here.agreed("A")
    number = items(here, plan_id)[0].number or 0
    with db.transaction(here.engine) as session:
        record_progress.record(session, DESK, Step(number), word(ItemState.ONGOING))
        draft = copy_plan.copy(session, DESK, plan_id)
    draft_item = items(here, draft)[0].number
    ready = statement.format(
        plan=plan_id, draft=draft, item=number, need=here.needs["B"], draft_item=draft_item
    )
    before = (told(here, plan_id), items(here, plan_id), counts(here))
    frozen = "frozen|append-only|no progress"
    with (
        pytest.raises(DatabaseError, match=frozen),
        db.transaction(here.engine) as session,
    ):
        session.connection().exec_driver_sql(ready)
    assert (told(here, plan_id), items(here, plan_id), counts(here)) == before


def test_a_draft_may_be_thrown_away_whole(here: Land) -> None:
    plan_id = here.plan("A")
    with db.transaction(here.engine) as session:
        session.execute(text("DELETE FROM plan WHERE id = :plan").bindparams(plan=plan_id))
    assert counts(here)[:4] == (0, 0, 0, 0)


def test_an_agreed_plan_is_refused_by_the_rules_before_the_database_has_to(here: Land) -> None:
    plan_id = here.agreed("A")
    with db.reading(here.engine) as session:
        draft, version = draft_of(session, plan_id), version_of(session, plan_id)
    write: Write = lambda s: save_plan.save(s, DESK, plan_id, draft, version)  # noqa: E731
    assert refusal(here, write) == [FROZEN]
