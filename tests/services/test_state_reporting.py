"""Saying what an entity's quarter was: by the right people, once, and in the log."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import Engine, select
from sqlmodel import col

from ctai import db
from ctai.domain.faults import Refused
from ctai.domain.reporting import QuarterAnswer, Statement
from ctai.domain.roles import Viewer
from ctai.models.records import Revision
from ctai.models.trust import QuarterReport
from ctai.queries import codes
from ctai.services.state_reporting import NOT_YOUR_ENTITY, SAID_MEANWHILE, state_reporting
from tests.drafts import ADMINISTRATOR, DESK, FOCAL_POINT, PEOPLE, add_code_lists

NOTHING, REPORTED = QuarterAnswer.NOTHING_TO_REPORT, QuarterAnswer.REPORTED
SAID = Statement("UNODC", "2024-Q1", NOTHING)


@pytest.fixture
def house(engine: Engine) -> Engine:
    """A database that holds the code lists and nothing else."""
    with db.transaction(engine) as session:
        add_code_lists(session)
    return engine


def say(house: Engine, author: Viewer, said: Statement, seen: QuarterAnswer | None = None) -> int:
    with db.transaction(house) as session:
        return state_reporting(session, author, said, seen)


def stored(house: Engine) -> list[tuple[str, str, str, str, str]]:
    with db.reading(house) as session:
        rows = session.scalars(select(QuarterReport).order_by(col(QuarterReport.id)))
        return [(row.entity, row.quarter, row.answer, row.note, row.said_by) for row in rows]


def logged(house: Engine) -> list[tuple[str, str | None, str | None, str]]:
    with db.reading(house) as session:
        rows = session.scalars(select(Revision).order_by(col(Revision.id)))
        return [(row.field, row.old, row.new, row.actor) for row in rows]


def test_what_is_said_is_stored_and_logged(house: Engine) -> None:
    say(house, FOCAL_POINT, Statement("UNODC", "2024-Q1", NOTHING, " on leave "))
    assert stored(house) == [("UNODC", "2024-Q1", "nothing_to_report", "on leave", "fred")]
    assert logged(house) == [
        ("entity", None, "UNODC", "fred"),
        ("quarter", None, "2024-Q1", "fred"),
        ("answer", None, "nothing_to_report", "fred"),
        ("note", None, "on leave", "fred"),
    ]


def test_a_second_statement_amends_the_first_and_both_stay_in_the_log(house: Engine) -> None:
    first = say(house, FOCAL_POINT, SAID)
    again = say(house, DESK, Statement("UNODC", "2024-Q1", REPORTED), seen=NOTHING)
    assert again == first
    assert stored(house) == [("UNODC", "2024-Q1", "reported", "", "dora")]
    assert logged(house)[-1] == ("answer", "nothing_to_report", "reported", "dora")


def test_the_same_said_again_changes_nothing(house: Engine) -> None:
    say(house, FOCAL_POINT, SAID)
    with db.reading(house) as session:
        before = codes.data_version(session)
    say(house, DESK, SAID, seen=NOTHING)
    assert stored(house)[0][-1] == "fred"
    with db.reading(house) as session:
        assert codes.data_version(session) == before


def test_what_somebody_else_said_meanwhile_is_not_overwritten(house: Engine) -> None:
    say(house, FOCAL_POINT, SAID)
    with pytest.raises(Refused) as refusal:
        say(house, DESK, Statement("UNODC", "2024-Q1", REPORTED))
    assert [fault.message for fault in refusal.value.faults] == [SAID_MEANWHILE]
    assert stored(house)[0][2] == NOTHING


def test_nobody_speaks_for_another_entity_and_every_reason_is_named(house: Engine) -> None:
    with pytest.raises(Refused) as refusal:
        say(house, FOCAL_POINT, Statement("CTED", "2124-Q1", NOTHING))
    assert len(refusal.value.faults) == 2
    assert NOT_YOUR_ENTITY in {fault.message for fault in refusal.value.faults}
    assert stored(house) == []
    assert logged(house) == []


@pytest.mark.parametrize(
    "author", [p for p in PEOPLE.values() if p not in (DESK, FOCAL_POINT, ADMINISTRATOR)]
)
def test_other_roles_say_nothing(house: Engine, author: Viewer) -> None:
    with pytest.raises(Refused):
        say(house, author, SAID)
    assert stored(house) == []


def test_of_two_who_speak_at_once_one_is_told_to_look_again(house: Engine) -> None:
    ready = Barrier(2)

    def speak(answer: QuarterAnswer) -> bool:
        ready.wait()
        try:
            say(house, DESK, Statement("UNODC", "2024-Q1", answer))
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(2) as both:
        done = list(both.map(speak, [NOTHING, REPORTED]))
    assert sorted(done) == [False, True]
    assert [row[2] for row in stored(house)] == [[NOTHING, REPORTED][done.index(True)]]
