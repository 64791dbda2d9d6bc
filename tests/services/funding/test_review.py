"""The review of a funding request: by nobody who wrote in it, and kept by round."""

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import Engine

from ctai import db
from ctai.domain.funding import FundingState, Reply, ReviewAnswer, ReviewQuestion
from ctai.domain.funding_draft import FundingDraft
from ctai.domain.funding_history import moves_open
from ctai.domain.roles import SYSTEM, Role, Viewer, Visibility
from ctai.services import file_funding, review_funding
from ctai.services.funding_moves import CHANGED_MEANWHILE
from tests.drafts import ADMINISTRATOR, PEOPLE
from tests.funding_drafts import (
    AUTHOR,
    COLLEAGUE,
    NEXT_YEAR,
    REVIEWER,
    YES,
    brought_to,
    funding,
)
from tests.funding_writes import (
    S,
    at,
    does,
    making,
    refusal,
    rows,
    seen,
)

REVIEWS = [
    (S.SUBMITTED, S.UNDER_REVIEW),
    (S.UNDER_REVIEW, S.RETURNED),
    (S.UNDER_REVIEW, S.ENDORSED),
]
OWN_WRITING = (
    "You have written in this request, and nobody reviews what they wrote. "
    "Ask a colleague to review it."
)


@pytest.mark.parametrize("writer", [REVIEWER, ADMINISTRATOR, SYSTEM])
@pytest.mark.parametrize(("before", "after"), REVIEWS)
def test_an_author_reviews_nothing_of_their_own(
    house: Engine, writer: Viewer, before: FundingState, after: FundingState
) -> None:
    with db.transaction(house) as session:
        number = brought_to(session, before, (1,), author=writer, reviewer=COLLEAGUE)
    assert refusal(house, making(after, writer, number)) == [OWN_WRITING]
    assert after not in moves_open(writer, seen(house, number, writer))


@pytest.mark.parametrize(("before", "after"), REVIEWS)
def test_who_amended_another_ones_draft_reviews_it_no_more(
    house: Engine, before: FundingState, after: FundingState
) -> None:
    number = at(house, S.DRAFT)
    amended = replace(funding(), title="Amended")
    does(house, lambda session: file_funding.save(session, REVIEWER, number, amended))
    does(house, lambda session: file_funding.submit(session, AUTHOR, funding(), number))
    if before is S.UNDER_REVIEW:
        does(house, making(before, COLLEAGUE, number))
    assert refusal(house, making(after, REVIEWER, number)) == [OWN_WRITING]


@pytest.mark.parametrize(("before", "after"), REVIEWS)
def test_who_only_submitted_it_reviews_it_no_more(
    house: Engine, before: FundingState, after: FundingState
) -> None:
    number = at(house, S.DRAFT)
    does(house, lambda session: file_funding.submit(session, REVIEWER, funding(), number))
    if before is S.UNDER_REVIEW:
        does(house, making(before, COLLEAGUE, number))
    assert refusal(house, making(after, REVIEWER, number)) == [OWN_WRITING]


@pytest.mark.parametrize(
    "amended",
    [
        replace(funding(), objective="Another"),
        replace(funding(), risks="Another"),
        replace(funding(), note="Another"),
        replace(funding(), cofunding=Decimal(5), cofunding_from="Mali"),
        replace(funding(), needed_by=f"{NEXT_YEAR}-05"),
        replace(funding(), visibility=Visibility.RESTRICTED),
        replace(funding(), rate_usd=Decimal(1), rate_date="2024-01-01"),
    ],
)
def test_a_reviewer_who_amends_what_came_back_has_become_a_writer(
    house: Engine, amended: FundingDraft
) -> None:
    number = at(house, S.RETURNED)
    does(house, lambda session: file_funding.save(session, REVIEWER, number, amended))
    does(house, lambda session: file_funding.submit(session, AUTHOR, amended, number))
    assert refusal(house, making(S.UNDER_REVIEW, REVIEWER, number)) == [OWN_WRITING]
    does(house, making(S.UNDER_REVIEW, COLLEAGUE, number))
    for after in (S.RETURNED, S.ENDORSED):
        assert refusal(house, making(after, REVIEWER, number)) == [OWN_WRITING]


@pytest.mark.parametrize("role", [Role.DESK_OFFICER, Role.ADMINISTRATOR])
def test_a_new_role_does_not_make_the_author_a_reviewer(house: Engine, role: Role) -> None:
    number = at(house, S.SUBMITTED)
    promoted = replace(PEOPLE[role], username=AUTHOR.username)
    assert refusal(house, making(S.UNDER_REVIEW, promoted, number)) == [OWN_WRITING]


def test_who_wrote_the_report_does_not_close_on_it(house: Engine) -> None:
    number = at(house, S.FUNDED)
    does(house, making(S.REPORTED, REVIEWER, number))
    assert refusal(house, making(S.CLOSED, REVIEWER, number)) == [OWN_WRITING]
    does(house, making(S.CLOSED, COLLEAGUE, number))


def test_a_reviewer_reviews_again_what_others_mended(house: Engine) -> None:
    number = at(house, S.RETURNED)
    does(house, making(S.SUBMITTED, AUTHOR, number))
    does(house, making(S.UNDER_REVIEW, REVIEWER, number))
    does(house, making(S.ENDORSED, REVIEWER, number))
    found = seen(house, number)
    assert (found.state, found.round) == (S.ENDORSED, 2)


def test_a_review_keeps_its_answers_by_round(house: Engine) -> None:
    number = at(house, S.UNDER_REVIEW)
    replies = {ReviewQuestion.LASTING: Reply(ReviewAnswer.NO, "Staff leave")}
    does(
        house,
        lambda s: review_funding.send_back(s, REVIEWER, number, replies, "Plan for turnover"),
    )
    does(house, making(S.SUBMITTED, AUTHOR, number))
    does(house, making(S.UNDER_REVIEW, COLLEAGUE, number))
    does(house, making(S.ENDORSED, COLLEAGUE, number))
    found = seen(house, number)
    first = [one for one in found.reviews if one.round == 1]
    assert [(one.question, one.reply, one.reviewer) for one in first] == [
        (ReviewQuestion.LASTING, Reply(ReviewAnswer.NO, "Staff leave"), "dora")
    ]
    second = {one.question: one.reply for one in found.reviews if one.round == 2}
    assert second == YES
    assert [move.comment for move in found.moves if move.after is S.RETURNED] == [
        "Plan for turnover"
    ]


def test_endorsing_with_gaps_a_no_or_no_reason_leaves_nothing(house: Engine) -> None:
    number = at(house, S.UNDER_REVIEW)
    before = rows(house)
    replies = {ReviewQuestion.LASTING: Reply(ReviewAnswer.NO)}
    told = refusal(house, lambda s: review_funding.endorse(s, REVIEWER, number, replies))
    assert len(told) == 3
    assert rows(house) == before


def test_an_endorsement_of_an_older_version_is_refused(house: Engine) -> None:
    number = at(house, S.UNDER_REVIEW)
    version = seen(house, number).version
    told = refusal(house, making(S.ENDORSED, REVIEWER, number, version - 1))
    assert told == [CHANGED_MEANWHILE]
    does(house, making(S.ENDORSED, REVIEWER, number, version))
