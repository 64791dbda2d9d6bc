"""Funding requests as they are written and sent: stored whole, or not at all."""

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import Engine, select
from sqlmodel import col

from ctai import db
from ctai.domain.faults import Refused
from ctai.domain.funding_draft import FundingDraft, PlannedActivity, PlannedLine
from ctai.domain.ladder import FundingTest
from ctai.domain.roles import SYSTEM
from ctai.models.records import Revision
from ctai.services import file_funding
from ctai.services.funding_moves import CHANGED_MEANWHILE
from ctai.services.store_evidence import enter_need
from tests.drafts import ADMINISTRATOR, KNOWN, need
from tests.funding_drafts import (
    AUTHOR,
    NEXT_YEAR,
    answer_tests,
    climb_to_funding,
    funding,
    need_with_tests,
)
from tests.funding_writes import (
    S,
    at,
    does,
    refusal,
    rows,
    saving,
    seen,
    sending,
)


def test_a_draft_is_stored_whole_and_read_back_as_written(house: Engine) -> None:
    draft = replace(
        funding(currency="EUR", rate="1.0812345678"),
        cofunding=Decimal("12.50"),
        cofunding_from="Ministry",
        note="Ask again",
        activities=(
            PlannedActivity("Train", "2030", "2031-05", (PlannedLine("Trainers", Decimal(400)),)),
            PlannedActivity("Equip", None, None, ()),
            PlannedActivity(
                "Visit",
                "2030-01-02",
                "2030-01-03",
                (PlannedLine("Hall", Decimal("0.01")), PlannedLine("Travel", Decimal("599.99"))),
            ),
        ),
    )
    with db.transaction(house) as session:
        number = file_funding.start(session, AUTHOR, draft)
    found = seen(house, number)
    assert found.draft == draft
    assert (found.state, found.round, found.version, found.author) == (S.DRAFT, 1, 1, "fred")
    assert found.countries == ("NGA",)
    assert [(move.before, move.after, move.actor) for move in found.moves] == [
        (None, S.DRAFT, "fred")
    ]


def test_three_facts_are_enough_for_a_draft(house: Engine) -> None:
    draft = FundingDraft("Posts", "UNODC", (1,))
    with db.transaction(house) as session:
        number = file_funding.start(session, AUTHOR, draft)
    assert seen(house, number).draft == draft


def test_requests_are_numbered_by_country_and_year(house: Engine) -> None:
    with db.transaction(house) as session:
        other = need_with_tests(session, "N-2", ("BFA", "NGA"))
        numbers = [
            file_funding.start(session, ADMINISTRATOR, funding(needs))
            for needs in ((1,), (1,), (other,), (1, other))
        ]
    codes = [seen(house, number).code for number in numbers]
    year = NEXT_YEAR - 1
    ends = [code.removeprefix("F-").replace(f"-{year}", "") for code in codes]
    assert ends == ["NGA-001", "NGA-002", "BFA-001", "NGA-003"]
    assert seen(house, numbers[2]).countries == ("BFA", "NGA")


def test_a_draft_that_can_not_be_kept_leaves_nothing(house: Engine) -> None:
    before = rows(house)
    told = refusal(
        house, lambda session: file_funding.start(session, AUTHOR, FundingDraft("", "NASA"))
    )
    assert len(told) == 4
    assert rows(house) == before


def test_saving_logs_each_changed_field_and_raises_the_version(house: Engine) -> None:
    number = at(house, S.DRAFT)
    changed = replace(funding(), title="Posts in the south", risks="None that we know")
    does(house, lambda session: file_funding.save(session, AUTHOR, number, changed, 1, "Better"))
    assert seen(house, number).draft == changed
    assert seen(house, number).version == 2
    with db.reading(house) as session:
        found = session.execute(
            select(col(Revision.field), col(Revision.old), col(Revision.new), col(Revision.why))
            .where(col(Revision.record_kind) == "funding_request", col(Revision.why) == "Better")
            .order_by(col(Revision.id))
        ).all()
    assert [tuple(row) for row in found] == [
        ("title", "Border posts in the north", "Posts in the south", "Better"),
        (
            "risks",
            "Officers may be moved away; two are trained for each post.",
            "None that we know",
            "Better",
        ),
    ]
    does(house, lambda session: file_funding.save(session, AUTHOR, number, changed, 2))
    assert seen(house, number).version == 2


def test_an_older_version_is_not_saved_over_a_newer_one(house: Engine) -> None:
    number = at(house, S.DRAFT)
    one, other = replace(funding(), title="One"), replace(funding(), title="Other")
    does(house, lambda session: file_funding.save(session, AUTHOR, number, one, 1))
    told = refusal(house, lambda session: file_funding.save(session, AUTHOR, number, other, 1))
    assert told == [CHANGED_MEANWHILE]
    assert seen(house, number).draft.title == "One"


def test_only_a_draft_or_a_returned_request_is_rewritten(house: Engine) -> None:
    changed = replace(funding(), title="Quite another")
    for state in set(S) - {S.DRAFT, S.RETURNED}:
        number = at(house, state)
        assert refusal(house, saving(AUTHOR, number, changed)) == [file_funding.NOT_NOW]
        assert refusal(house, sending(AUTHOR, number, changed)) == [file_funding.NOT_NOW]


def test_submitting_tells_every_reason_at_once(house: Engine) -> None:
    with db.transaction(house) as session:
        untested = need_with_tests(session, "N-2", passed=False)
    draft = FundingDraft("", "UNODC", (1, untested), currency="EUR", total=Decimal(5))
    told = refusal(house, lambda session: file_funding.submit(session, AUTHOR, draft))
    assert len(told) == 11
    assert rows(house)["funding_request"] == 0


def test_submitting_stores_what_was_written_and_sends_it(house: Engine) -> None:
    number = at(house, S.DRAFT)
    changed = replace(funding(), title="Posts in the south")
    does(house, lambda session: file_funding.submit(session, AUTHOR, changed, number, 1, "Please"))
    found = seen(house, number)
    assert (found.state, found.round, found.draft) == (S.SUBMITTED, 1, changed)
    assert found.moves[-1].comment == "Please"
    with db.transaction(house) as session:
        straight = file_funding.submit(session, AUTHOR, funding())
    assert [move.after for move in seen(house, straight).moves] == [S.DRAFT, S.SUBMITTED]


@pytest.mark.parametrize("passed", [True, False, None])
def test_nothing_is_submitted_before_the_four_tests_have_passed(
    house: Engine, passed: bool | None
) -> None:
    with db.transaction(house) as session:
        number = enter_need(session, SYSTEM, need("N-2"), KNOWN)
        climb_to_funding(session, number)
        if passed is not None:
            answer_tests(session, number, passed=passed)
    draft = funding((number,))
    if passed:
        does(house, lambda session: file_funding.submit(session, AUTHOR, draft))
    else:
        told = refusal(house, lambda session: file_funding.submit(session, AUTHOR, draft))
        assert len(told) == len(FundingTest)
        assert all(("nobody has said" in one) is (passed is None) for one in told)


def test_a_need_that_has_not_climbed_to_funding_stops_a_request(house: Engine) -> None:
    with db.transaction(house) as session:
        number = enter_need(session, SYSTEM, need("N-2"), KNOWN)
    with pytest.raises(Refused) as told, db.transaction(house) as session:
        file_funding.submit(session, AUTHOR, funding((number,)))
    (fault,) = told.value.faults
    assert "has not climbed to gap-filling funding yet" in fault.message
    assert fault.places == {"need": "N-2"}
