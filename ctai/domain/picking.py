"""Picking: the set of things to pay for that meets most under a budget, proven to be the best."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Final

import highspy

LONGEST_SOLVE_S: Final = 20.0
"""Seconds that one stage of a solve may take; a few hundred requests take less than one."""


LARGEST_COEFFICIENT: Final = 10_000_000
"""A budget's row with larger numbers is beyond what a solver in floating point tells apart."""

MOST_ROUNDS: Final = 60
"""Sets that fit only nearly and are forbidden one after the other, before a stage is given up."""


class NotProven(Exception):
    """The solver ran out of time or rounds before it had proven which set is best."""


@dataclass(frozen=True)
class Puzzle:
    """What can be picked and what it meets.

    `costs` are positive whole numbers, one a thing; `meets` says which needs, by their place, a
    thing meets; `goals` are what each need is worth, once, by whole numbers of 0 or more: the
    first goal comes before the second, and so on.
    """

    costs: tuple[int, ...]
    meets: tuple[frozenset[int], ...]
    goals: tuple[tuple[int, ...], ...]
    budget: int

    def worth(self, picked: frozenset[int], goal: Sequence[int]) -> int:
        """Add up what the needs that some things meet are worth; a need met twice counts once."""
        return sum(goal[need] for need in self.met(picked))

    def met(self, picked: frozenset[int]) -> frozenset[int]:
        """Give the needs that some things meet."""
        return frozenset().union(*(self.meets[thing] for thing in picked))

    def cost(self, picked: frozenset[int]) -> int:
        """Add up what some things cost."""
        return sum(self.costs[thing] for thing in picked)


def best(puzzle: Puzzle) -> frozenset[int]:
    """Give the set within the budget that is worth most by each goal in turn, then costs least.

    One solve of an integer program a goal, each bound to what the ones before reached, and one for
    the cost. The solver reckons in floating point: that a set fits and what it is worth is reckoned
    again in whole numbers, and a set that fits only nearly is forbidden and the stage solved anew.
    Raises `NotProven` where time runs out.
    """
    if not puzzle.costs:
        return frozenset()
    scaled = _scaled(puzzle)
    reached: list[int] = []
    picked: frozenset[int] = frozenset()
    for stage in range(len(scaled.goals) + 1):
        picked = _stage(scaled, stage, reached)
        if stage < len(scaled.goals):
            reached.append(scaled.worth(picked, scaled.goals[stage]))
    return picked


def _scaled(puzzle: Puzzle) -> Puzzle:
    """Divide costs by what divides them all: round sums of money become small numbers, exactly."""
    step = reduce(math.gcd, puzzle.costs)
    costs = tuple(cost // step for cost in puzzle.costs)
    return Puzzle(costs, puzzle.meets, puzzle.goals, puzzle.budget // step)


def _stage(puzzle: Puzzle, stage: int, reached: Sequence[int]) -> frozenset[int]:
    model, things, needs = _model(puzzle, reached)
    if stage < len(puzzle.goals):
        goal = puzzle.goals[stage]
        aim = model.qsum([worth * need for worth, need in zip(goal, needs, strict=True)])
    else:
        aim = -1 * model.qsum([c * thing for c, thing in zip(puzzle.costs, things, strict=True)])
    for _ in range(MOST_ROUNDS):
        model.maximize(aim)
        if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise NotProven
        values = model.vals(things)
        picked = frozenset(place for place, value in enumerate(values) if value > 0.5)
        if _holds(puzzle, picked, reached):
            value = _value(puzzle, stage, picked)
            if model.getInfo().mip_dual_bound >= value + 1:
                raise NotProven
            return picked
        # What costs too much does so with more beside it: without one of these at the least.
        inside = [1 - thing for place, thing in enumerate(things) if place in picked]
        outside = [thing for place, thing in enumerate(things) if place not in picked]
        is_dear = puzzle.cost(picked) > puzzle.budget
        model.addConstr(model.qsum(inside if is_dear else [*inside, *outside]) >= 1)
    raise NotProven


def _holds(puzzle: Puzzle, picked: frozenset[int], reached: Sequence[int]) -> bool:
    goals = zip(reached, puzzle.goals, strict=False)
    return puzzle.cost(picked) <= puzzle.budget and all(
        puzzle.worth(picked, goal) >= least for least, goal in goals
    )


def _value(puzzle: Puzzle, stage: int, picked: frozenset[int]) -> int:
    if stage < len(puzzle.goals):
        return puzzle.worth(picked, puzzle.goals[stage])
    return -puzzle.cost(picked)


def _model(
    puzzle: Puzzle, reached: Sequence[int]
) -> tuple[highspy.Highs, list[highspy.highs.highs_var], list[highspy.highs.highs_var]]:
    """Write the program down: a need is met by at most the things that meet it, and only once."""
    model = highspy.Highs()  # type: ignore[no-untyped-call]  # its maker alone has no types
    model.setOptionValue("output_flag", False)
    # One thread and a fixed seed: the same question has the same answer, on every machine.
    model.setOptionValue("threads", 1)
    model.setOptionValue("parallel", "off")
    model.setOptionValue("random_seed", 0)
    model.setOptionValue("mip_rel_gap", 0.0)
    model.setOptionValue("mip_abs_gap", 0.0)
    model.setOptionValue("time_limit", LONGEST_SOLVE_S)
    things = [model.addBinary() for _ in puzzle.costs]
    needs = [model.addVariable(0, 1) for _ in puzzle.goals[0]]
    # Rounded down, costs let every set through that fits, and at most a few that only nearly do.
    step = max(1, max(puzzle.costs) // LARGEST_COEFFICIENT)
    rounded = [cost // step * thing for cost, thing in zip(puzzle.costs, things, strict=True)]
    model.addConstr(model.qsum(rounded) <= puzzle.budget // step)
    for place, need in enumerate(needs):
        meeting = [thing for thing, met in zip(things, puzzle.meets, strict=True) if place in met]
        model.addConstr(model.qsum([*meeting, -1 * need]) >= 0)
    for least, goal in zip(reached, puzzle.goals, strict=False):
        worth = model.qsum([each * need for each, need in zip(goal, needs, strict=True)])
        model.addConstr(worth >= least)
    return model, things, needs
