"""Unmet needs come oldest first with their rung and date; closed ones wait for nobody."""

from dataclasses import replace

import pytest
from sqlmodel import Session

from ctai.domain.ladder import Answer
from ctai.domain.need_moves import Move
from ctai.domain.needs import NeedState
from ctai.domain.roles import SYSTEM
from ctai.domain.scope import Scope
from ctai.queries import ladder, ladder_rows, unmet
from ctai.services.answer_capacity import answer_capacity
from ctai.services.ask_capacity import ask_capacity
from ctai.services.move_need import move_need
from ctai.services.store_evidence import enter_need
from tests.drafts import DESK, FOCAL_POINT, KNOWN, add_code_lists, need
from tests.ladder_drafts import DUE, LATE, MONDAY


@pytest.fixture
def numbers(session: Session) -> dict[str, int]:
    """Needs by code: N-1 of 2022, N-2 of no known date, N-3 of 2019, and N-4 that is met."""
    add_code_lists(session)
    drafts = [
        need("N-1", ("NGA", "BFA")),
        replace(need("N-2"), evidence_date=None),
        replace(need("N-3"), evidence_date="2019"),
        replace(need("N-4"), state=NeedState.ADDRESSED, state_as_of="2023"),
    ]
    return {str(draft.code): enter_need(session, SYSTEM, draft, KNOWN) for draft in drafts}


def test_the_oldest_comes_first_and_an_unknown_date_last(
    session: Session, numbers: dict[str, int]
) -> None:
    frame = unmet.unmet(session, DESK, Scope(), MONDAY)
    assert [*frame["code"]] == ["N-3", "N-1", "N-2"]
    assert [*frame["countries"]] == ["NGA", "BFA; NGA", "NGA"]


def test_each_need_tells_the_rung_that_it_reached_and_what_is_due(
    session: Session, numbers: dict[str, int]
) -> None:
    ask_capacity(session, DESK, numbers["N-1"], ["UNODC"], "", MONDAY)
    ask_capacity(session, DESK, numbers["N-3"], ["UNODC"], "", MONDAY)
    (asked,) = ladder_rows.histories(session, DESK, [numbers["N-3"]])[numbers["N-3"]].enquiries
    answer_capacity(session, DESK, asked.number or 0, Answer.CANNOT, "No", "Chief", MONDAY)
    frame = unmet.unmet(session, DESK, Scope(), MONDAY).set_index("code")
    assert frame["rung"].to_dict() == {"N-3": 2, "N-1": 1, "N-2": 1}
    assert frame["due"].to_dict() == {"N-3": None, "N-1": DUE.isoformat(), "N-2": None}
    later = unmet.unmet(session, DESK, Scope(), LATE).set_index("code")
    assert later.loc["N-1", "rung"] == 2


def test_a_question_on_a_closed_need_waits_for_nobody(
    session: Session, numbers: dict[str, int]
) -> None:
    number = numbers["N-1"]
    ask_capacity(session, DESK, number, ["UNODC"], "Can you?", MONDAY)
    (question,) = unmet.waiting(session, FOCAL_POINT, MONDAY)
    assert (question.entity, question.due_on, question.question) == ("UNODC", DUE, "Can you?")
    assert not unmet.waiting(session, FOCAL_POINT, LATE)
    move_need(session, DESK, number, Move(NeedState.WITHDRAWN, "Overtaken"), 1, MONDAY)
    assert not unmet.waiting(session, FOCAL_POINT, MONDAY)


def test_more_needs_than_one_statement_takes_are_read_in_batches(
    session: Session, numbers: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = ladder_rows.histories(session, DESK, numbers.values())
    monkeypatch.setattr(ladder_rows, "NEEDS_A_BATCH", 1)
    assert ladder_rows.histories(session, DESK, numbers.values()) == whole
    assert len(whole) == 4


def test_a_source_that_calls_a_need_met_is_checked_after_a_year(
    session: Session, numbers: dict[str, int]
) -> None:
    found = ladder.standing_of(session, DESK, numbers["N-4"], MONDAY)
    assert found is not None
    assert found.check_due is not None
    assert found.check_due.isoformat() == "2024-12-31"
