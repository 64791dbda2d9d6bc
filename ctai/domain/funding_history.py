"""A funding request with all that became of it: its moves, its reviews and who wrote in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ctai.domain.funding import MOVES, FundingState, Move, Reply, ReviewQuestion
from ctai.domain.funding_draft import FundingDraft, NeedFacts
from ctai.domain.funding_money import Asked, Flow
from ctai.domain.ladder import FundingTest
from ctai.domain.roles import Viewer


@dataclass(frozen=True)
class Moved:
    """A move that was made; `before` is None for the first. Outside the United Nations neither
    actor nor comment is told."""

    sequence: int
    before: FundingState | None
    after: FundingState
    actor: str
    at: datetime
    comment: str = ""


@dataclass(frozen=True)
class Reviewed:
    """An answer to one question in a round of review."""

    round: int
    question: ReviewQuestion
    reply: Reply
    reviewer: str


@dataclass(frozen=True)
class RecordedFlow:
    """Money on record; outside the United Nations who recorded it is not told.

    `reverses` is the number of an entry that was wrong and that this one takes back.
    """

    flow: Flow
    recorded_by: str
    recorded_at: datetime
    number: int = 0
    reverses: int | None = None


def standing_entries(flows: Iterable[RecordedFlow]) -> tuple[RecordedFlow, ...]:
    """Give the entries that count: without those taken back, and without what took them back."""
    found = tuple(flows)
    gone = {one.reverses for one in found}
    return tuple(one for one in found if one.reverses is None and one.number not in gone)


def standing(flows: Iterable[RecordedFlow]) -> tuple[Flow, ...]:
    """Give the money that counts."""
    return tuple(one.flow for one in standing_entries(flows))


@dataclass(frozen=True)
class AnsweredTest:
    """The newest answer to one of the four tests of a need; `passed` is None without one."""

    need_id: int
    need_code: str
    test: FundingTest
    passed: bool | None
    reason: str = ""
    answered_by: str = ""
    answered_as: str = ""
    answered_at: datetime | None = None


@dataclass(frozen=True)
class FundingView:
    """A funding request whole, as far as its reader may see it.

    `needs` holds all its needs, those that are not open to the reader without their text;
    `countries` are those of its needs, in their order; `writers` are all who ever wrote in it.
    """

    number: int
    code: str
    draft: FundingDraft
    needs: tuple[NeedFacts, ...]
    countries: tuple[str, ...]
    state: FundingState
    state_since: datetime
    round: int
    version: int
    author: str
    writers: frozenset[str]
    moves: tuple[Moved, ...] = ()
    reviews: tuple[Reviewed, ...] = ()
    flows: tuple[RecordedFlow, ...] = ()
    tests: tuple[AnsweredTest, ...] = ()

    @property
    def asked(self) -> Asked:
        """Give what is asked, with its rate."""
        return Asked(self.draft.total, self.draft.currency, self.draft.rate_usd)

    @property
    def standing(self) -> tuple[Flow, ...]:
        """Give the money that counts."""
        return standing(self.flows)

    @property
    def owners(self) -> tuple[frozenset[str], frozenset[str]]:
        """Give the countries and the entity by which a request is somebody's own."""
        return frozenset(self.countries), frozenset({self.draft.entity})


def may_make(viewer: Viewer, view: FundingView, move: Move) -> bool:
    """Tell whether somebody may make a move: by right, and not of their own writing."""
    if move.is_review and viewer.username in view.writers:
        return False
    return viewer.may_touch(move.action, *view.owners)


def moves_open(viewer: Viewer, view: FundingView) -> tuple[FundingState, ...]:
    """Give the states into which somebody may move a request now, in the order of the table."""
    return tuple(after for after, move in MOVES[view.state].items() if may_make(viewer, view, move))
