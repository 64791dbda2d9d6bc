"""The pipeline is read as it was stored, and its sums are right on both databases."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlmodel import Session

from ctai.domain.funding import FundingState
from ctai.domain.money import BudgetKind
from ctai.domain.pipeline import Money, open_ask_usd, stays
from ctai.domain.pipeline_sums import Face, by_face, total
from ctai.domain.roles import SYSTEM
from ctai.queries import pipeline
from ctai.services.store_evidence import enter_need
from tests.drafts import KNOWN, add_code_lists, need
from tests.pipeline_drafts import ENDORSED, SUBMITTED, WRITTEN, flow, store_request

DRAFT, ASKED, YES = FundingState.DRAFT, FundingState.SUBMITTED, FundingState.ENDORSED


@pytest.fixture
def stored(session: Session) -> Session:
    """Three requests: of two countries in euros, without a rate, and without any needs."""
    add_code_lists(session)
    needs = [
        enter_need(session, SYSTEM, need("N-1", ("NGA",), "II.13"), KNOWN),
        enter_need(session, SYSTEM, need("N-2", ("BFA",), "I.1"), KNOWN),
    ]
    store_request(
        session,
        "F-1",
        needs,
        ("NGA", "BFA"),
        total="1000.50",
        currency="EUR",
        rate="1.085",
        ends=("2025", "2025-06"),
        flows=[
            flow(BudgetKind.PLEDGE, 900),
            flow(BudgetKind.COMMITMENT, 400, currency="EUR", rate="1.1"),
            flow(BudgetKind.EXPENDITURE, "0.01", "UNODC"),
        ],
        came=[(DRAFT, ASKED, SUBMITTED), (ASKED, YES, ENDORSED)],
    )
    store_request(session, "F-2", needs[:1], total=5, currency="EUR", ends=("2025", None))
    store_request(session, "F-3", total=None, state=DRAFT, ends=())
    return session


def test_a_request_is_read_whole(stored: Session) -> None:
    first, second, third = pipeline.askings(stored, SYSTEM)
    assert (first.code, first.title, first.entity) == ("F-1", "Request F-1", "UNODC")
    assert first.countries == ("BFA", "NGA")
    assert [(n.code, n.measure, n.countries) for n in first.needs] == [
        ("N-1", "II.13", ("NGA",)),
        ("N-2", "I.1", ("BFA",)),
    ]
    assert first.ask_usd == Decimal("1085.54")
    assert first.rate_date == "2024-06"
    assert first.pillars == ("I", "II")
    assert first.donors == ("Denmark", "UNODC")
    assert (first.ends, second.ends, third.ends) == ("2025", None, None)
    assert (second.ask_usd, third.ask_usd) == (None, None)
    assert third.needs == ()


def test_a_request_s_days_in_each_state_begin_when_it_was_written(stored: Session) -> None:
    first, *_ = pipeline.askings(stored, SYSTEM)
    assert stays(first, date(2024, 3, 12)) == (
        (DRAFT, (SUBMITTED - WRITTEN).days),
        (ASKED, (ENDORSED - SUBMITTED).days),
        (YES, 10),
    )


def test_money_is_summed_in_dollars_and_split_to_the_cent(stored: Session) -> None:
    found = pipeline.askings(stored, SYSTEM)
    whole = total(found)
    assert whole.ask_usd == Decimal("1085.54")
    assert whole.without_usd == ("F-2", "F-3")
    paid = Decimal("0.01")
    assert whole.money == Money(Decimal(900), Decimal("440.01"), paid, paid)
    rows = {row.key: row for row in by_face(found, Face.COUNTRY)}
    assert (rows["NGA"].ask_usd, rows["BFA"].ask_usd) == (Decimal("542.77"), Decimal("542.77"))
    assert rows["NGA"].money.committed + rows["BFA"].money.committed == Decimal("440.01")
    donors = {row.key: row.money.committed for row in by_face(found, Face.DONOR)}
    assert donors == {"Denmark": 440, "UNODC": paid}
    assert open_ask_usd(found[0]) == Decimal("645.53")


def test_the_moves_of_a_request_stand_in_their_order(session: Session) -> None:
    add_code_lists(session)
    later = datetime(2024, 5, 1, tzinfo=UTC)
    store_request(
        session,
        "F-1",
        state=ASKED,
        came=[(None, DRAFT, WRITTEN), (DRAFT, ASKED, SUBMITTED), (ASKED, DRAFT, ENDORSED),
              (DRAFT, ASKED, later)],
    )  # fmt: skip
    (one,) = pipeline.askings(session, SYSTEM)
    assert [move.state for move in one.moves] == [DRAFT, ASKED, DRAFT, ASKED]
    assert one.moves[-1].at == later


def test_an_empty_store_has_an_empty_pipeline(session: Session) -> None:
    assert pipeline.askings(session, SYSTEM) == ()
