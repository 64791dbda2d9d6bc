"""What each role ought to see of the world, and the walks that try it; one file a wing of reads."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pandas as pd
from sqlmodel import Session

from ctai.domain.roles import Role, Viewer
from tests.queries.conftest import ACTIVITIES, ASSESSMENTS, NEEDS, World


@dataclass(frozen=True)
class Sight:
    """The letters that a role may see, by hand; `reach` is the only country whose rows it sees."""

    activities: str
    needs: str
    assessments: str
    requests: str
    history: bool
    reach: str | None = None
    accounts: bool = False


SIGHT = {
    Role.VIEWER: Sight("abcdi", "ABCG", "ABG", "ABE", history=True),
    Role.DESK_OFFICER: Sight("abcdefij", "ABCDFG", "ABCFG", "ABCE", history=True),
    Role.FOCAL_POINT: Sight("abcdegij", "ABCG", "ABDEG", "ABDE", history=True),
    Role.COUNTERPART: Sight("ai", "AG", "AG", "A", history=False, reach="NGA"),
    Role.DONOR: Sight("abi", "ABG", "AG", "AE", history=False),
    Role.ADMINISTRATOR: Sight(
        "abcdefghij", "ABCDEFG", "ABCDEFG", "ABCDE", history=True, accounts=True
    ),
}


@dataclass(frozen=True)
class Look:
    """A viewer before the store, and what they ought to see."""

    session: Session
    viewer: Viewer
    world: World
    sight: Sight

    def activity_letters(self, numbers: Iterable[object]) -> str:
        """Turn numbers of activities into letters."""
        return letters_of(self.world.activities, numbers)

    def reached(self, countries: Iterable[str]) -> set[str]:
        """Keep the countries whose rows the viewer sees."""
        return {iso3 for iso3 in countries if self.sight.reach in (None, iso3)}

    def cells(self) -> set[tuple[str, str]]:
        """Give letter and country of the activities that the viewer sees."""
        return {
            (letter, iso3)
            for letter in self.sight.activities
            for iso3 in self.reached(ACTIVITIES[letter].countries)
        }

    def need_rows(self) -> set[tuple[str, str]]:
        """Give letter and country of the needs that the viewer sees."""
        return {(n, iso3) for n in self.sight.needs for iso3 in self.reached(NEEDS[n].countries)}

    def assessment_rows(self) -> set[tuple[str, str]]:
        """Give letter and country of the assessments that the viewer sees."""
        return {
            (letter, iso3)
            for letter in self.sight.assessments
            for iso3 in self.reached(ASSESSMENTS[letter].countries)
        }


def letters_of(numbers_of: dict[str, int], numbers: Iterable[object]) -> str:
    letter_of = {number: letter for letter, number in numbers_of.items()}
    return "".join(sorted(letter_of[int(str(number))] for number in numbers))


def rows_of(numbers_of: dict[str, int], frame: pd.DataFrame, number: str) -> set[tuple[str, str]]:
    letter_of = {number: letter for letter, number in numbers_of.items()}
    rows = {
        (letter_of[int(n)], str(iso3)) for n, iso3 in zip(frame[number], frame["iso3"], strict=True)
    }
    assert len(rows) == len(frame)
    return rows


Walk = Callable[[Look], None]
WALKS: dict[str, Walk] = {}


def walks(read: Callable[..., object]) -> Callable[[Walk], Walk]:
    """Say which read a walk tries."""

    def keep(walk: Walk) -> Walk:
        WALKS[name_of(read)] = walk
        return walk

    return keep


def name_of(read: Callable[..., object]) -> str:
    return f"{read.__module__.removeprefix('ctai.queries.')}.{read.__name__}"
