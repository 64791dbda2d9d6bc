"""The past: read as of a number, everything is as it was shown then, and never more open."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, select, update
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col

from ctai import db
from ctai.domain.activities import Status
from ctai.domain.roles import SYSTEM, Role, Viewer, Visibility
from ctai.domain.scope import Scope
from ctai.models.activities import Activity
from ctai.models.base import Base
from ctai.models.ladder import NeedActivity
from ctai.models.needs import Need, NeedCountry
from ctai.models.past import KEPT, NOT_KEPT
from ctai.models.records import DataMoment
from ctai.queries import activities, codes, heatmap, needs
from ctai.services.revisions import now
from ctai.services.store_activity import amend, confirm, enter
from ctai.services.store_evidence import enter_assessment, enter_need, enter_request
from tests import drafts
from tests.drafts import KNOWN, PEOPLE, activity, add_code_lists, money
from tests.past_drafts import DAY, number, photograph

Photograph = dict[str, str | bytes]


@pytest.fixture
def house(engine: Engine) -> Engine:
    """A database with the code lists that the examples name."""
    with db.transaction(engine) as session:
        add_code_lists(session)
    return engine


def _enter(session: Session, step: int) -> None:
    draft = activity(f"Course {step}", ("NGA", "BFA")[: 1 + step % 2], budget=(money(step + 1),))
    enter(session, SYSTEM, draft, KNOWN)


def _some(session: Session, step: int) -> int | None:
    numbers = session.scalars(select(col(Activity.id)).order_by(col(Activity.id))).all()
    return numbers[step % len(numbers)] if numbers else None


def _amend(session: Session, step: int) -> None:
    if (found := _some(session, step)) is not None:
        draft = activity(f"Amended {step}", ("BFA",), status=Status.COMPLETED)
        amend(session, SYSTEM, found, draft, known=KNOWN)
        # Twice in one transaction: what stood between was never shown.
        amend(session, SYSTEM, found, replace(draft, place=f"Place {step}"), known=KNOWN)


def _confirm(session: Session, step: int) -> None:
    if (found := _some(session, step)) is not None:
        confirm(session, SYSTEM, found, f"2024-0{1 + step % 6}")


def _need(session: Session, step: int) -> None:
    enter_need(session, SYSTEM, drafts.need(f"N-{step}", ("NGA", "BFA")), KNOWN)


def _visit(session: Session, step: int) -> None:
    enter_assessment(session, SYSTEM, drafts.assessment(f"Visit {step}"), KNOWN)
    enter_request(session, SYSTEM, drafts.request(f"Help {step}"), KNOWN)


def _answered(session: Session, step: int) -> None:
    """Change a column by a statement, which no object of the session knows of."""
    session.execute(update(Need).values(state="addressed", note=f"{step}"))


def _link(session: Session, step: int) -> None:
    need = session.scalars(select(col(Need.id)).order_by(col(Need.id))).first()
    found = _some(session, step)
    if need is not None and found is not None:
        session.execute(delete(NeedActivity))
        moment = now()
        session.add(
            NeedActivity(
                need_id=need,
                activity_id=found,
                decision="answers",
                reason=f"{step}",
                decided_by="ada",
                decided_at=moment,
            )
        )


def _nothing(session: Session, _step: int) -> None:
    """Write, and think better of it: a savepoint that is rolled back."""
    savepoint = session.begin_nested()
    _enter(session, 99)
    savepoint.rollback()


Write = Callable[[Session, int], None]
WRITES: list[Write] = [
    _enter, _enter, _amend, _confirm, _need, _visit, _answered, _link, _nothing,
]  # fmt: skip


@settings(
    max_examples=6,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(st.lists(st.sampled_from(WRITES), min_size=1, max_size=3), max_size=4))
def test_a_look_back_shows_what_was_shown_then(house: Engine, steps: list[list[Write]]) -> None:
    # Everybody sees everything, so that nothing is narrower today than it was.
    taken: dict[int, Photograph] = {}
    for step, writes in enumerate(steps, number(house) * 100):
        before = number(house)
        with db.transaction(house) as session:
            for write in writes:
                write(session, step)
        assert number(house) <= before + 1
        taken[number(house)] = photograph(house, SYSTEM)
    for at, shown in taken.items():
        assert photograph(house, SYSTEM, at) == shown
        assert photograph(house, SYSTEM, at) == shown
    assert photograph(house, SYSTEM) == taken.get(number(house), photograph(house, SYSTEM))


@pytest.mark.parametrize("role", Role)
def test_a_role_sees_then_what_it_saw_then(house: Engine, role: Role) -> None:
    viewer = PEOPLE[role]
    taken = {}
    for step, level in enumerate(Visibility):
        with db.transaction(house) as session:
            enter(session, SYSTEM, activity(f"{level}", visibility=level), KNOWN)
            enter_need(session, SYSTEM, drafts.need(f"N-{step}", visibility=level), KNOWN)
        taken[number(house)] = photograph(house, viewer)
    for at, shown in taken.items():
        assert photograph(house, viewer, at) == shown


def test_a_record_is_never_more_open_than_it_was_or_is(house: Engine) -> None:
    levels = list(Visibility)
    pairs = [(then, today) for then in levels for today in levels]
    with db.transaction(house) as session:
        for then, today in pairs:
            enter(session, SYSTEM, activity(f"{then} {today}", visibility=then), KNOWN)
            code = f"{then} {today}"
            enter_need(session, SYSTEM, drafts.need(code, visibility=then, body="UNODC"), KNOWN)
    at = number(house)
    with db.transaction(house) as session:
        for found, (then, today) in enumerate(pairs, 1):
            draft = activity(f"{then} {today}", visibility=today)
            amend(session, SYSTEM, found, draft, known=KNOWN)
            session.execute(update(Need).where(col(Need.id) == found).values(visibility=today))
    for role, viewer in PEOPLE.items():
        with db.reading(house, at) as session:
            listed = activities.listed(session, viewer, Scope(), DAY, "en", 100, 0)
            needed = needs.needs(session, viewer, Scope())
            counted = heatmap.total(session, viewer, Scope(), DAY)
        wanted = {
            f"{then} {today}"
            for then, today in pairs
            if _sees(viewer, max(then, today, key=levels.index))
        }
        assert set(listed["title"]) == set(needed["code"]) == wanted, role
        assert counted == len(wanted), role


def _sees(viewer: Viewer, level: Visibility) -> bool:
    """Tell by hand who sees a record of Nigeria and UNODC."""
    own = (Role.DESK_OFFICER, Role.FOCAL_POINT, Role.ADMINISTRATOR)
    match level:
        case Visibility.PUBLIC:
            return True
        case Visibility.UN_SYSTEM:
            return viewer.role not in (Role.COUNTERPART, Role.DONOR)
        case Visibility.RESTRICTED:
            return viewer.role in own


def test_a_record_that_is_gone_is_restricted(house: Engine) -> None:
    with db.transaction(house) as session:
        enter(session, SYSTEM, activity("Gone"), KNOWN)
    at = number(house)
    with db.transaction(house) as session:
        session.execute(delete(Activity))
    assert "Gone" in str(photograph(house, SYSTEM, at)["activities"])
    assert "Gone" not in str(photograph(house, PEOPLE[Role.VIEWER], at)["activities"])
    assert "Gone" not in str(photograph(house, SYSTEM)["activities"])


def test_every_write_is_refused_while_looking_back(house: Engine) -> None:
    with db.reading(house, number(house)) as session:
        session.add(NeedCountry(need_id=1, iso3="NGA", code="N-1"))
        with pytest.raises(DBAPIError):
            session.flush()


def test_readers_of_today_are_not_led_astray_by_a_look_back(house: Engine) -> None:
    """The same connection serves both in turn, and remembers its statements."""
    with db.transaction(house) as session:
        found = enter(session, SYSTEM, activity("First"), KNOWN).activity_id
    at = number(house)
    with db.transaction(house) as session:
        amend(session, SYSTEM, found, activity("Second"), known=KNOWN)
    for _ in range(12):
        assert "Second" in str(photograph(house, SYSTEM)["activities"])
        assert "First" in str(photograph(house, SYSTEM, at)["activities"])


def test_writers_at_once_each_have_a_number_that_can_be_looked_back_at(house: Engine) -> None:
    with db.transaction(house) as session:
        shared = enter(session, SYSTEM, activity("Shared"), KNOWN).activity_id

    def write(step: int) -> tuple[int, str]:
        with db.transaction(house) as session:
            if step % 2:
                enter(session, SYSTEM, activity(f"Course {step}"), KNOWN)
            else:
                confirm(session, SYSTEM, shared, f"2024-0{1 + step % 6}")
            mine = codes.data_version(session)
            listed = activities.listed(session, SYSTEM, Scope(), DAY, "en", 100, 0)
            return mine, listed.to_csv()

    with ThreadPoolExecutor(6) as pool:
        taken = dict(pool.map(write, range(24)))
    assert len(taken) == 24
    for at, listed in taken.items():
        assert photograph(house, SYSTEM, at)["activities"] == listed
    with db.reading(house) as session:
        moments = session.scalars(select(col(DataMoment.at)).order_by(col(DataMoment.number))).all()
    assert len(moments) == 25
    assert moments == sorted(moments)


def test_two_who_lock_a_record_and_write_do_not_wait_for_each_other(house: Engine) -> None:
    with db.transaction(house) as session:
        numbers = [
            enter(session, SYSTEM, activity(f"Course {n}"), KNOWN).activity_id for n in range(2)
        ]

    def amend_both(order: list[int]) -> None:
        for turn in range(4):
            with db.transaction(house) as session:
                for found in order:
                    amend(session, SYSTEM, found, activity(f"By {order} {turn}"), known=KNOWN)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(amend_both, [numbers, numbers[::-1]]))
    assert number(house) == 1 + 1 + 8


def test_what_is_rolled_back_leaves_nothing(house: Engine) -> None:
    with db.transaction(house) as session:
        enter(session, SYSTEM, activity("Kept"), KNOWN)
    before = [photograph(house, SYSTEM), photograph(house, SYSTEM, number(house)), number(house)]
    session = Session(house.execution_options(writes=True))
    with session:
        enter(session, SYSTEM, activity("Rehearsed"), KNOWN)
        session.rollback()
    after = [photograph(house, SYSTEM), photograph(house, SYSTEM, number(house)), number(house)]
    assert after == before


def test_every_table_has_a_past_or_a_reason_to_have_none() -> None:
    tables = {name for name in Base.metadata.tables if not name.startswith("past_")}
    assert tables == {*KEPT, *NOT_KEPT}
    assert not {*KEPT} & {*NOT_KEPT}
    assert all(NOT_KEPT.values())
    levelled = {name for name in KEPT if "visibility" in Base.metadata.tables[name].columns}
    assert levelled == {"activity", "activity_cell", "assessment", "request", "need"} | {
        "funding_request", "plan",
    }  # fmt: skip
