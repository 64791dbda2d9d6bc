"""A need's states: no sequence of moves skips one or leaves the graph."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctai.domain.ladder import MetAnswer
from ctai.domain.need_moves import (
    MOVES,
    Move,
    OnRecord,
    check_due,
    check_faults,
    check_told,
    move_faults,
    state_after,
)
from ctai.domain.needs import UNMET_STATES, NeedState

TODAY = date(2024, 7, 1)
RECORDS = st.builds(OnRecord, st.booleans(), st.booleans(), st.booleans())
TEXTS = st.sampled_from(["", " ", "Because"])
ANSWERED = st.sampled_from([None, "", "2024-06-30", "2024", "2021", "2025", "soon"])
STEPS = st.lists(
    st.tuples(
        st.builds(Move, st.sampled_from(list(NeedState)), TEXTS, ANSWERED),
        RECORDS,
        st.sampled_from([None, *MetAnswer]),
    ),
    max_size=12,
)


@given(st.sampled_from(list(NeedState)), STEPS)
def test_no_sequence_of_moves_leaves_the_graph(
    state: NeedState, steps: list[tuple[Move, OnRecord, MetAnswer | None]]
) -> None:
    for move, record, answer in steps:
        before = state
        if not move_faults(state, move, record, "2022-05", TODAY):
            state = move.to
            assert state in MOVES[before]
            if state is NeedState.BEING_ANSWERED:
                assert record != OnRecord()
            if state is NeedState.ADDRESSED:
                assert before is NeedState.BEING_ANSWERED
                assert move.answered_on in ("2024-06-30", "2024")
                assert record.has_activity or move.reason.strip()
            if state is NeedState.WITHDRAWN:
                assert before in UNMET_STATES
                assert move.reason.strip()
        elif answer and not [*check_faults(state, None, answer, "Lacking", "Head", TODAY)]:
            state = state_after(answer)
            assert before is NeedState.ADDRESSED
            assert state is (NeedState.ADDRESSED if answer is MetAnswer.MET else NeedState.OPEN)
        if before is NeedState.WITHDRAWN:
            assert state is NeedState.WITHDRAWN


def test_an_open_need_is_not_answered_in_one_step() -> None:
    record = OnRecord(has_activity=True)
    answered = Move(NeedState.ADDRESSED, "Done", "2024-06")
    assert move_faults(NeedState.OPEN, answered, record, None, TODAY)
    assert not move_faults(NeedState.BEING_ANSWERED, answered, record, None, TODAY)


def test_every_reason_is_given_at_once() -> None:
    faults = move_faults(NeedState.OPEN, Move(NeedState.ADDRESSED), OnRecord(), "2022-05", TODAY)
    assert [fault.column for fault in faults] == ["state", "reason", "answered_on"]


@pytest.mark.parametrize(
    ("answered_on", "as_of", "due"),
    [
        ("2023-02-28", "2020", date(2024, 2, 28)),
        ("2024-02-29", None, date(2025, 2, 28)),
        ("2023", None, date(2024, 12, 31)),
        ("2023-06", None, date(2024, 6, 30)),
        (None, "2022-10", date(2023, 10, 31)),
        (None, None, None),
    ],
)
def test_the_requester_is_asked_twelve_months_after_the_last_day_it_can_have_been(
    answered_on: str | None, as_of: str | None, due: date | None
) -> None:
    assert check_due(answered_on, as_of) == due


@pytest.mark.parametrize(
    ("answered_on", "told"),
    [
        ("2025-11-30", "2026-11-30"),
        ("2024-02-29", "2025-02-28"),
        ("2023-02", "2024-02"),
        ("2024-02", "2025-02"),
        ("2024", "2025"),
    ],
)
def test_a_check_is_told_as_precisely_as_the_answer_is_dated(answered_on: str, told: str) -> None:
    assert check_told(answered_on) == told


def test_a_check_before_its_time_or_without_words_is_refused() -> None:
    due = TODAY + timedelta(days=1)
    early = check_faults(NeedState.ADDRESSED, due, MetAnswer.PARTLY, " ", "", TODAY)
    assert [fault.column for fault in early] == ["answer", "comment", "answered_as"]
    assert not [*check_faults(NeedState.ADDRESSED, TODAY, MetAnswer.MET, "", "Head", TODAY)]
    assert [*check_faults(NeedState.OPEN, TODAY, MetAnswer.MET, "", "Head", TODAY)]
