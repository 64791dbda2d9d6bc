"""Money of a funding request: recorded as it comes, and taken back where it was wrong."""

from decimal import Decimal

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from ctai import db
from ctai.domain.funding_money import held
from ctai.domain.money import BudgetKind
from ctai.domain.roles import SYSTEM, Role
from ctai.models.funding import (
    FundingFlow,
)
from ctai.models.records import Revision
from ctai.queries import pipeline, resources
from ctai.services.funding_moves import NO_SUCH, NOT_YOURS
from ctai.services.record_flow import record_flow
from tests.drafts import PEOPLE
from tests.funding_drafts import (
    COLLEAGUE,
    REVIEWER,
    brought_to,
    flow,
)
from tests.funding_writes import (
    DESK_ONLY,
    S,
    at,
    correcting,
    does,
    making,
    recording,
    refusal,
    rows,
    seen,
)


def test_money_is_recorded_as_it_comes_and_conserved(house: Engine) -> None:
    number = at(house, S.FUNDED)  # 1 pledged and 500 committed by Denmark
    for kind, amount in ((BudgetKind.DISBURSEMENT, 300), (BudgetKind.EXPENDITURE, 300)):
        does(house, recording(REVIEWER, number, kind, amount))
    for over, more in (
        (BudgetKind.COMMITMENT, "500.01"),
        (BudgetKind.DISBURSEMENT, "200.01"),
        (BudgetKind.EXPENDITURE, "0.01"),
    ):
        told = refusal(house, recording(REVIEWER, number, over, more))
        assert len(told) == 1
    assert len(seen(house, number).flows) == 4


@pytest.mark.parametrize("role", Role)
def test_money_is_recorded_by_desks_and_administrators(house: Engine, role: Role) -> None:
    number = at(house, S.ENDORSED)
    write = recording(PEOPLE[role], number, BudgetKind.PLEDGE)
    if role in DESK_ONLY:
        does(house, write)
    else:
        assert set(refusal(house, write)) & {NOT_YOURS, NO_SUCH}


def test_an_entry_that_was_wrong_is_taken_back_and_both_stay(house: Engine) -> None:
    number = at(house, S.FUNDED)  # 1 pledged and 500 committed by Denmark
    before = seen(house, number)
    _, wrong = before.flows
    does(house, correcting(REVIEWER, number, wrong.number, " A zero too many "))
    after = seen(house, number)
    assert [one for one in after.flows if one.reverses is None] == [*before.flows]
    (reversal,) = [one for one in after.flows if one.reverses is not None]
    assert (reversal.reverses, reversal.flow.amount) == (wrong.number, -wrong.flow.amount)
    assert reversal.flow.reference == "A zero too many"
    assert (reversal.recorded_by, after.version) == (REVIEWER.username, before.version + 1)
    assert held(after.standing, after.asked).committed is None
    assert after.state is S.FUNDED
    with db.reading(house) as session:
        log = session.scalars(select(Revision).order_by(col(Revision.id).desc()).limit(1)).one()
    assert (log.field, log.new, log.why) == ("flow.commitment", None, "A zero too many")
    assert log.old == "500.00 USD from Denmark on 2024-06-30"
    does(house, recording(REVIEWER, number, BudgetKind.COMMITMENT, 50))
    assert held(seen(house, number).standing, after.asked).committed == 50


def test_an_entry_is_taken_back_once_and_never_what_took_it_back(house: Engine) -> None:
    number = at(house, S.FUNDED)
    entry = seen(house, number).flows[0].number
    does(house, correcting(REVIEWER, number, entry))
    reversal = next(one.number for one in seen(house, number).flows if one.reverses)
    other = at(house, S.FUNDED)
    stored = rows(house)
    for wrong in (entry, reversal, 9_999, seen(house, other).flows[0].number):
        assert len(refusal(house, correcting(REVIEWER, number, wrong))) == 1
    with pytest.raises(IntegrityError), db.transaction(house) as session:
        session.execute(update(FundingFlow).values(reverses_id=entry))
    with pytest.raises(IntegrityError), db.transaction(house) as session:
        session.execute(update(FundingFlow).values(amount=Decimal(-1)))
    assert rows(house) == stored


def test_payments_are_corrected_before_what_they_came_out_of(house: Engine) -> None:
    number = at(house, S.FUNDED)
    does(house, recording(REVIEWER, number, BudgetKind.DISBURSEMENT, 300))
    commitment, payment = (
        next(one.number for one in seen(house, number).flows if one.flow.kind is kind)
        for kind in (BudgetKind.COMMITMENT, BudgetKind.DISBURSEMENT)
    )
    assert len(refusal(house, correcting(REVIEWER, number, commitment))) == 2
    does(house, correcting(REVIEWER, number, payment))
    does(house, correcting(REVIEWER, number, commitment))


@pytest.mark.parametrize("role", Role)
def test_money_is_corrected_by_desks_and_administrators(house: Engine, role: Role) -> None:
    number = at(house, S.OFFERED)
    entry = seen(house, number).flows[0].number
    write = correcting(PEOPLE[role], number, entry)
    if role in DESK_ONLY:
        does(house, write)
        return
    stored = rows(house)
    assert set(refusal(house, write)) & {NOT_YOURS, NO_SUCH}
    assert rows(house) == stored


def test_what_was_taken_back_is_in_no_sum(house: Engine) -> None:
    number = at(house, S.FUNDED)
    with db.reading(house) as session:
        assert {pot.donor for pot in resources.pots(session, SYSTEM, [1])[0]} == {"Denmark"}
    for one in seen(house, number).flows:
        does(house, correcting(REVIEWER, number, one.number))
    with db.reading(house) as session:
        (asking,) = pipeline.askings(session, SYSTEM)
        assert resources.pots(session, SYSTEM, [1])[0] == ()
    assert asking.flows == ()


def test_an_author_may_record_money_and_what_donors_decided(house: Engine) -> None:
    with db.transaction(house) as session:
        number = brought_to(session, S.ENDORSED, (1,), author=COLLEAGUE, reviewer=REVIEWER)
    does(house, lambda s: record_flow(s, COLLEAGUE, number, flow(BudgetKind.COMMITMENT)))
    for after in (S.OFFERED, S.FUNDED):
        does(house, making(after, COLLEAGUE, number))


def test_a_pledge_alone_funds_nothing(house: Engine) -> None:
    number = at(house, S.OFFERED)
    (told,) = refusal(house, making(S.FUNDED, REVIEWER, number))
    assert told.startswith("No commitment is recorded, and a pledge secures nothing.")
    assert seen(house, number).state is S.OFFERED
