"""Margins of the pipeline equal its totals, to the cent, however requests are split."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctai.domain.funding import FundingState
from ctai.domain.money import BudgetKind
from ctai.domain.pipeline import Asking, Money
from ctai.domain.pipeline_sums import Face, Key, Sums, by_face, parts, shares, total
from tests.domain.test_pipeline import FLOWS
from tests.pipeline_drafts import asked_need, asking, flow

PLACES = st.lists(
    st.sampled_from(["NGA", "BFA", "MDG", None]), min_size=1, max_size=4, unique=True
).map(tuple)
NEEDS = st.lists(
    st.builds(
        asked_need,
        st.integers(1, 9),
        st.sampled_from(["I.1", "II.13", "III.7", "IV.2"]),
        PLACES,
    ),
    max_size=4,
)
ASKINGS = st.lists(
    st.builds(
        asking,
        st.integers(1, 99),
        st.one_of(st.none(), st.decimals("0.01", "99999999", places=2)),
        NEEDS,
        entity=st.sampled_from(["UNODC", "CTED"]),
        countries=PLACES,
        state=st.sampled_from(FundingState),
        currency=st.sampled_from(["USD", "EUR"]),
        rate=st.sampled_from([None, "1.0853"]),
        flows=FLOWS,
    ),
    max_size=6,
)


def known(amounts: list[Decimal | None]) -> Decimal:
    return sum((amount for amount in amounts if amount is not None), Decimal(0))


@given(ASKINGS, st.sampled_from(Face))
def test_margins_equal_totals(askings: list[Asking], face: Face) -> None:
    rows, whole = by_face(askings, face), total(askings)
    for name in ("pledged", "committed", "disbursed", "spent"):
        margin = sum((getattr(row.money, name) for row in rows), Decimal(0))
        assert margin == getattr(whole.money, name)
    if face is not Face.DONOR:
        assert known([row.ask_usd for row in rows]) == known([whole.ask_usd])


@given(ASKINGS, st.sampled_from(Face))
def test_in_every_row_what_is_spent_was_paid_and_secured(askings: list[Asking], face: Face) -> None:
    for row in by_face(askings, face):
        assert 0 <= row.money.spent <= row.money.disbursed <= row.money.committed


@given(ASKINGS, st.sampled_from([face for face in Face if face is not Face.DONOR]))
def test_shares_of_a_request_add_up_to_one(askings: list[Asking], face: Face) -> None:
    for one in askings:
        assert sum(shares(one, face).values()) == 1


@given(
    st.decimals(0, 10**9, places=2),
    st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 9), min_size=1),
)
def test_parts_are_whole_cents_that_add_up(amount: Decimal, weights: dict[str, int]) -> None:
    whole = sum(weights.values())
    split: dict[Key, Fraction] = {key: Fraction(n, whole) for key, n in weights.items()}
    found = parts(amount, split)
    assert sum(found.values()) == amount
    for key, part in found.items():
        assert abs(Fraction(part) - Fraction(amount) * split[key]) < Fraction(1, 100)


def test_a_request_is_split_evenly_by_need_and_then_by_country() -> None:
    one = asking(
        total="100.00",
        countries=("BFA", "NGA"),
        needs=[
            asked_need(1, "I.1", ("NGA",)),
            asked_need(2, "II.13", ("NGA", "BFA", "MDG")),
            asked_need(3, "II.1", ("MDG",)),
        ],
    )
    by_country = {row.key: row.ask_usd for row in by_face([one], Face.COUNTRY)}
    assert by_country == {"NGA": Decimal("66.67"), "BFA": Decimal("33.33")}
    by_pillar = {row.key: row.ask_usd for row in by_face([one], Face.PILLAR)}
    assert by_pillar == {"I": Decimal("33.33"), "II": Decimal("66.67")}


def test_what_is_not_known_is_named_and_not_nought() -> None:
    rows = by_face([asking(1, total=None), asking(2, currency="EUR")], Face.ENTITY)
    assert [(row.ask_usd, row.without_usd) for row in rows] == [(None, ("F-001", "F-002"))]
    whole = total([asking(1, total=None), asking(3, total=7)])
    assert whole == Sums(None, 2, Decimal(7), Money(), ("F-001",))


def test_nothing_sums_up_to_nothing_known() -> None:
    assert total([]).ask_usd is None
    assert total([]).money == Money()
    assert by_face([], Face.COUNTRY) == ()


def test_of_a_donor_nothing_is_asked_by_name() -> None:
    one = asking(
        flows=[flow(BudgetKind.PLEDGE, 5), flow(BudgetKind.COMMITMENT, 3, "Japan")], total=None
    )
    rows = by_face([one], Face.DONOR)
    assert [(r.key, r.ask_usd, r.without_usd) for r in rows] == [
        ("Denmark", None, ()),
        ("Japan", None, ()),
    ]
    assert [row.money.committed for row in rows] == [0, 3]


@pytest.mark.parametrize(
    ("face", "keys"),
    [
        (Face.COUNTRY, ["NGA", "BFA", None]),
        (Face.PILLAR, ["I", "II", None]),
        (Face.STATE, ["submitted", "endorsed", "funded"]),
        (Face.ENTITY, ["CTED", "UNODC"]),
    ],
)
def test_rows_stand_in_an_order_that_can_be_read(face: Face, keys: list[Key]) -> None:
    askings = [
        asking(1, 10, [asked_need(1, "II.13", ("BFA",))], countries=("BFA",)),
        asking(2, 90, [asked_need(2, "I.1")], entity="CTED", state=FundingState.FUNDED),
        asking(3, 50, [], countries=(None,), state=FundingState.SUBMITTED),
    ]
    assert [row.key for row in by_face(askings, face)] == keys
