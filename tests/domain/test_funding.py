"""Moves of a funding request: along fixed edges, never round in a circle, never past a review."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctai.domain.funding import (
    MOVES,
    SETTLED,
    FundingState,
    Reply,
    ReviewAnswer,
    ReviewQuestion,
    begins_round,
    move_faults,
    review_faults,
)
from ctai.domain.roles import Action
from tests.funding_drafts import YES

S = FundingState
EDGES = {(before, after) for before, moves in MOVES.items() for after in moves}


def reachable(start: FundingState, edges: set[tuple[FundingState, FundingState]]) -> set[S]:
    found: set[S] = set()
    waiting = [start]
    while waiting:
        here = waiting.pop()
        for before, after in edges:
            if before is here and after not in found:
                found.add(after)
                waiting.append(after)
    return found


def test_the_table_is_the_one_that_the_initiative_agreed() -> None:
    assert {(a.value, b.value) for a, b in EDGES} == {
        ("draft", "submitted"),
        ("draft", "withdrawn"),
        ("submitted", "under_review"),
        ("submitted", "withdrawn"),
        ("under_review", "returned"),
        ("under_review", "endorsed"),
        ("under_review", "withdrawn"),
        ("returned", "submitted"),
        ("returned", "withdrawn"),
        ("endorsed", "offered"),
        ("endorsed", "withdrawn"),
        ("offered", "funded"),
        ("offered", "declined"),
        ("offered", "withdrawn"),
        ("funded", "reported"),
        ("reported", "closed"),
    }
    assert {S.DECLINED, S.CLOSED, S.WITHDRAWN} == SETTLED


def test_every_state_is_in_the_table_and_can_be_reached() -> None:
    assert set(MOVES) == set(S)
    assert reachable(S.DRAFT, EDGES) | {S.DRAFT} == set(S)


def test_without_a_new_round_no_way_leads_back() -> None:
    onward = {edge for edge in EDGES if not begins_round(*edge)}
    assert len(EDGES) - len(onward) == 1
    for state in S:
        assert state not in reachable(state, onward)


@pytest.mark.parametrize(
    ("goal", "gates"),
    [
        (S.ENDORSED, [S.SUBMITTED, S.UNDER_REVIEW]),
        (S.OFFERED, [S.ENDORSED]),
        (S.FUNDED, [S.SUBMITTED, S.UNDER_REVIEW, S.ENDORSED, S.OFFERED]),
        (S.DECLINED, [S.OFFERED]),
        (S.REPORTED, [S.FUNDED]),
        (S.CLOSED, [S.FUNDED, S.REPORTED]),
    ],
)
def test_no_way_skips_a_state(goal: FundingState, gates: list[FundingState]) -> None:
    for gate in gates:
        around = {edge for edge in EDGES if gate not in edge}
        assert goal not in reachable(S.DRAFT, around)


@given(st.lists(st.sampled_from(list(S)), max_size=40), st.booleans())
def test_whatever_is_tried_a_state_comes_again_only_in_a_new_round(
    tried: list[FundingState], has_written: bool
) -> None:
    here, round_number = S.DRAFT, 1
    seen = {(round_number, here)}
    for after in tried:
        if [*move_faults(here, after, "because", has_written=has_written)]:
            continue
        if begins_round(here, after):
            round_number += 1
        here = after
        assert (round_number, here) not in seen
        seen.add((round_number, here))
    if has_written:
        assert here in {S.DRAFT, S.SUBMITTED, S.WITHDRAWN}


@given(st.sampled_from(list(S)), st.sampled_from(list(S)), st.text(max_size=5))
def test_only_the_tables_edges_are_let_through(
    before: FundingState, after: FundingState, comment: str
) -> None:
    told = [*move_faults(before, after, comment, has_written=False)]
    if (before, after) not in EDGES:
        assert told
    elif comment.strip() and comment.isprintable():
        assert not told


def test_who_has_written_makes_no_move_of_a_review() -> None:
    reviews = {edge for edge in EDGES if MOVES[edge[0]][edge[1]].is_review}
    assert {after for _, after in reviews} == {S.UNDER_REVIEW, S.RETURNED, S.ENDORSED, S.CLOSED}
    for before, after in EDGES:
        told = [*move_faults(before, after, "because", has_written=True)]
        assert bool(told) == ((before, after) in reviews)


def test_returning_withdrawing_declining_and_reporting_say_why() -> None:
    silent = {edge for edge in EDGES if [*move_faults(*edge, "  ", has_written=False)]}
    assert {after for _, after in silent} == {S.RETURNED, S.WITHDRAWN, S.DECLINED, S.REPORTED}
    assert {edge for edge in EDGES if edge[1] in (S.RETURNED, S.WITHDRAWN)} <= silent


def test_each_move_takes_the_right_of_its_side() -> None:
    rights = {edge: MOVES[edge[0]][edge[1]].action for edge in EDGES}
    own = {S.SUBMITTED, S.WITHDRAWN, S.REPORTED}
    money = {S.OFFERED, S.FUNDED, S.DECLINED}
    for (_, after), action in rights.items():
        if after in own:
            assert action is Action.FILE_FUNDING
        elif after in money:
            assert action is Action.RECORD_MONEY
        else:
            assert action is Action.REVIEW_FUNDING


def test_a_complete_review_without_a_no_endorses() -> None:
    assert [*review_faults(YES, endorses=True)] == []
    partly = {**YES, ReviewQuestion.LASTING: Reply(ReviewAnswer.PARTLY, "Staff may leave")}
    assert [*review_faults(partly, endorses=True)] == []


@pytest.mark.parametrize("question", ReviewQuestion)
def test_a_question_left_out_a_no_or_an_unexplained_answer_endorses_nothing(
    question: ReviewQuestion,
) -> None:
    without = {asked: reply for asked, reply in YES.items() if asked is not question}
    assert len([*review_faults(without, endorses=True)]) == 1
    refusing = {**YES, question: Reply(ReviewAnswer.NO, "It does not")}
    assert len([*review_faults(refusing, endorses=True)]) == 1
    for answer in (ReviewAnswer.PARTLY, ReviewAnswer.NO):
        silent = {**YES, question: Reply(answer, " ")}
        assert [*review_faults(silent, endorses=True)]
        assert len([*review_faults(silent, endorses=False)]) == 1


def test_a_review_that_returns_may_have_gaps_and_noes() -> None:
    replies = {ReviewQuestion.BUDGET_SOUND: Reply(ReviewAnswer.NO, "Twice the usual price")}
    assert [*review_faults(replies, endorses=False)] == []
    assert [*review_faults({}, endorses=False)] == []


def test_all_reasons_against_a_review_are_told_at_once() -> None:
    replies = {ReviewQuestion.LASTING: Reply(ReviewAnswer.NO)}
    assert len([*review_faults(replies, endorses=True)]) == 3


def test_all_reasons_against_a_move_are_told_at_once() -> None:
    told = [*move_faults(S.UNDER_REVIEW, S.RETURNED, "", has_written=True)]
    assert len(told) == 2
    for before, after in product(S, S):
        if (before, after) not in EDGES:
            assert len([*move_faults(before, after, "", has_written=True)]) == 1
