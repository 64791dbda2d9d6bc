"""The solver's answer is the best there is: compared with every set that could be picked."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ctai.domain import picking
from ctai.domain.picking import NotProven, Puzzle, best

COSTS = st.one_of(
    st.integers(1, 30),
    st.sampled_from([9_999_999_999, 10_000_000_000, 10_000_000_001, 99_999_999_999_999]),
)


@st.composite
def puzzles(draw: st.DrawFn) -> Puzzle:
    needs = draw(st.integers(1, 6))
    met = st.frozensets(st.integers(0, needs - 1), max_size=4)
    things = draw(st.lists(st.tuples(COSTS, met), max_size=7))
    goals = tuple(
        tuple(draw(st.lists(st.integers(0, most), min_size=needs, max_size=needs)))
        for most in (6, 1, 3650)
    )
    total = sum(cost for cost, _ in things)
    budget = draw(st.one_of(st.integers(0, 60), st.integers(0, total)))
    return Puzzle(tuple(c for c, _ in things), tuple(m for _, m in things), goals, budget)


def every_set(puzzle: Puzzle) -> Iterator[frozenset[int]]:
    for size in range(len(puzzle.costs) + 1):
        yield from map(frozenset, combinations(range(len(puzzle.costs)), size))


def rank(puzzle: Puzzle, picked: frozenset[int]) -> tuple[int, ...]:
    return (*(puzzle.worth(picked, goal) for goal in puzzle.goals), -puzzle.cost(picked))


@settings(max_examples=250)
@given(puzzles())
@example(
    Puzzle((10**10, 10**10 + 4), (frozenset({0}), frozenset({1})), ((1, 1),) * 3, 2 * 10**10 + 3)
)
@example(
    Puzzle(
        tuple(10**14 + cents for cents in (3, 2, 3, 4, 3)),
        tuple(frozenset({need}) for need in range(5)),
        ((1,) * 5,) * 3,
        3 * 10**14 + 6,
    )
)
@example(Puzzle((10**13 + 1, 10**13), (frozenset({0}), frozenset({1})), ((1, 1),) * 3, 2 * 10**13))
def test_no_set_that_could_be_paid_for_is_better(puzzle: Puzzle) -> None:
    affordable = (rank(puzzle, s) for s in every_set(puzzle) if puzzle.cost(s) <= puzzle.budget)
    picked = best(puzzle)
    assert puzzle.cost(picked) <= puzzle.budget
    assert rank(puzzle, picked) == max(affordable)


@given(puzzles(), st.integers(0, 10**14))
def test_more_money_never_does_less(puzzle: Puzzle, more: int) -> None:
    richer = Puzzle(puzzle.costs, puzzle.meets, puzzle.goals, puzzle.budget + more)
    assert rank(richer, best(richer))[:-1] >= rank(puzzle, best(puzzle))[:-1]


@given(puzzles())
def test_the_same_question_has_the_same_answer(puzzle: Puzzle) -> None:
    assert best(puzzle) == best(puzzle)


def test_one_cent_too_little_is_too_little() -> None:
    """A hundred million dollars and a cent: less than a solver's tolerance of the whole."""
    cost = 10_000_000_001
    short = Puzzle((cost,), (frozenset({0}),), ((1,),), cost - 1)
    enough = Puzzle((cost,), (frozenset({0}),), ((1,),), cost)
    assert best(short) == frozenset()
    assert best(enough) == frozenset({0})


def test_two_that_meet_the_same_need_count_it_once() -> None:
    puzzle = Puzzle((5, 5, 6), (frozenset({0}), frozenset({0}), frozenset({1})), ((3, 1),), 11)
    assert best(puzzle) in (frozenset({0, 2}), frozenset({1, 2}))
    assert puzzle.worth(frozenset({0, 1}), (3, 1)) == 3


def test_many_may_ask_at_once() -> None:
    meets = tuple(frozenset({i, (i * 7) % 30, (i * 11) % 30}) for i in range(30))
    costs = tuple(1000 + (i * 37) % 101 for i in range(30))
    puzzles = [Puzzle(costs, meets, ((1,) * 30,), budget) for budget in range(2000, 14_000, 1000)]
    with ThreadPoolExecutor(max_workers=6) as readers:
        assert list(readers.map(best, puzzles)) == [best(puzzle) for puzzle in puzzles]


def test_nothing_to_pick_from_is_nothing() -> None:
    assert best(Puzzle((), (), ((),), 10)) == frozenset()


def test_an_answer_that_is_not_proven_is_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picking, "LONGEST_SOLVE_S", 0.0)
    things = 60
    meets = tuple(frozenset({i, (i * 7) % 60, (i * 11) % 60}) for i in range(things))
    costs = tuple(1000 + (i * 37) % 101 for i in range(things))
    with pytest.raises(NotProven):
        best(Puzzle(costs, meets, (tuple(1 + i % 6 for i in range(60)),), sum(costs) // 3))
