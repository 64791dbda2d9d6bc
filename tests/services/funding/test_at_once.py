"""Two at once: of funding writes at the same moment, just what the rules allow is stored."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine, select
from sqlmodel import col

from ctai import db
from ctai.domain.funding import FundingState
from ctai.domain.money import BudgetKind
from ctai.domain.roles import SYSTEM
from ctai.models.funding import (
    FundingRequest,
)
from ctai.services import file_funding
from tests.funding_drafts import (
    AUTHOR,
    REVIEWER,
    funding,
)
from tests.funding_writes import (
    S,
    Write,
    at,
    correcting,
    making,
    recording,
    saving,
    seen,
    together,
)


def test_of_two_who_take_one_entry_back_at_once_one_is_refused(house: Engine) -> None:
    number = at(house, S.FUNDED)
    entry = seen(house, number).flows[0].number
    writes = [correcting(actor, number, entry) for actor in (REVIEWER, SYSTEM)]
    assert sorted(together(house, writes)) == [False, True]


CLASHES = [
    (S.SUBMITTED, [S.UNDER_REVIEW, S.UNDER_REVIEW]),
    (S.SUBMITTED, [S.UNDER_REVIEW, S.WITHDRAWN]),
    (S.UNDER_REVIEW, [S.ENDORSED, S.ENDORSED]),
    (S.UNDER_REVIEW, [S.ENDORSED, S.RETURNED]),
    (S.UNDER_REVIEW, [S.RETURNED, S.RETURNED, S.ENDORSED, S.WITHDRAWN]),
    (S.DRAFT, [S.SUBMITTED, S.SUBMITTED]),
    (S.OFFERED, [S.DECLINED, S.DECLINED]),
    (S.REPORTED, [S.CLOSED, S.CLOSED]),
]


@pytest.mark.parametrize(("before", "tried"), CLASHES)
def test_of_moves_at_the_same_moment_exactly_one_is_made(
    house: Engine, before: FundingState, tried: list[FundingState]
) -> None:
    for _ in range(3):
        number = at(house, before)
        moves = len(seen(house, number).moves)
        people = [
            AUTHOR
            if after in (S.WITHDRAWN, S.SUBMITTED)
            else replace(REVIEWER, username=f"reviewer {index}")
            for index, after in enumerate(tried)
        ]
        won = together(
            house, [making(a, person, number) for a, person in zip(tried, people, strict=True)]
        )
        if S.WITHDRAWN in tried and won.count(True) == 2:
            # Taken up, then withdrawn: one after the other, as the table allows.
            assert seen(house, number).state is S.WITHDRAWN
            assert len(seen(house, number).moves) == moves + 2
            continue
        assert won.count(True) == 1
        assert seen(house, number).state is tried[won.index(True)]
        assert len(seen(house, number).moves) == moves + 1


def test_two_of_one_version_never_both_decide(house: Engine) -> None:
    for _ in range(3):
        number = at(house, S.SUBMITTED)
        version = seen(house, number).version
        writes = [
            making(S.UNDER_REVIEW, REVIEWER, number, version),
            making(S.WITHDRAWN, AUTHOR, number, version),
        ]
        assert together(house, writes).count(True) == 1


def test_two_saves_of_one_version_at_once_lose_nothing(house: Engine) -> None:
    number = at(house, S.DRAFT)
    for turn in range(1, 4):
        drafts = [replace(funding(), title=f"{who} {turn}") for who in ("one", "other")]
        won = together(
            house,
            [saving(AUTHOR, number, draft, turn) for draft in drafts],
        )
        assert won.count(True) == 1
        assert seen(house, number).draft == drafts[won.index(True)]


def test_the_last_of_the_money_is_taken_once(house: Engine) -> None:
    number = at(house, S.FUNDED)
    take = recording(REVIEWER, number, BudgetKind.DISBURSEMENT, 400)
    assert together(house, [take, take, take]).count(True) == 1


def test_requests_started_at_once_have_numbers_of_their_own(house: Engine) -> None:
    begin: Write = lambda s: file_funding.start(s, AUTHOR, funding())  # noqa: E731
    assert together(house, [begin] * 4) == [True] * 4
    with db.reading(house) as session:
        codes = set(session.scalars(select(col(FundingRequest.code))))
    assert {code[-3:] for code in codes} == {"001", "002", "003", "004"}
