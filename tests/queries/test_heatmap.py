"""The heatmap counts each undertaking once and never counts money twice."""

from collections import defaultdict
from decimal import Decimal

import pandas as pd
import pytest
from sqlmodel import Session

from ctai.domain.activities import ActivityDraft
from ctai.domain.money import BudgetKind
from ctai.domain.roles import SYSTEM
from ctai.domain.scope import Face, Scope
from ctai.queries import heatmap
from ctai.services.store_activity import enter
from tests.drafts import KNOWN, TODAY, activity, add_code_lists, money


def put(session: Session, draft: ActivityDraft) -> int:
    """Store an activity."""
    return enter(session, SYSTEM, draft, KNOWN).activity_id


def sums(session: Session, face: Face) -> dict[tuple[str | None, str], Decimal]:
    """Add up money by row and currency."""
    frame = heatmap.money(session, SYSTEM, face, Scope(), TODAY)
    told: defaultdict[tuple[str | None, str], Decimal] = defaultdict(Decimal)
    for row, currency, amount in zip(frame["row"], frame["currency"], frame["amount"], strict=True):
        told[None if pd.isna(row) else str(row), currency] += amount
    return dict(told)


def counts(session: Session, face: Face) -> dict[tuple[str | None, str], int]:
    """Count undertakings by row and pillar."""
    frame = heatmap.undertakings(session, SYSTEM, face, Scope(), TODAY)
    return {
        (None if missing else str(row), pillar): number
        for row, missing, pillar, number in zip(
            frame["row"], frame["row"].isna(), frame["pillar"], frame["undertakings"], strict=True
        )
    }


def test_a_programmes_money_is_not_counted_besides_its_parts(session: Session) -> None:
    add_code_lists(session)
    programme = put(session, activity("Programme", budget=(money(100),)))
    assert sums(session, Face.COUNTRY) == {("NGA", "USD"): 100}
    put(session, activity("Part one", budget=(money(60),), parent_id=programme))
    put(session, activity("Part two", budget=(money("40.25"),), parent_id=programme))
    for face in (Face.COUNTRY, Face.YEAR, Face.ENTITY):
        assert sum(sums(session, face).values()) == Decimal("100.25")


def test_a_programmes_money_counts_while_its_parts_tell_none(session: Session) -> None:
    add_code_lists(session)
    programme = put(session, activity("Programme", budget=(money(100),)))
    put(session, activity("Part", parent_id=programme))
    assert sums(session, Face.COUNTRY) == {("NGA", "USD"): 100}


def test_money_that_covers_several_countries_is_no_countrys_own(session: Session) -> None:
    add_code_lists(session)
    put(session, activity("Own", budget=(money(1),)))
    put(session, activity("Spans", budget=(money(2, spans_countries=True),)))
    put(session, activity("Both", ("NGA", "BFA"), budget=(money(4),)))
    assert sums(session, Face.COUNTRY) == {("NGA", "USD"): 1, (None, "USD"): 6}


def test_currencies_and_kinds_are_never_mixed(session: Session) -> None:
    add_code_lists(session)
    lines = (money(1), money(2, currency="EUR"), money(4, BudgetKind.PLEDGE), money(8))
    put(session, activity(budget=lines))
    frame = heatmap.money(session, SYSTEM, Face.COUNTRY, Scope(), TODAY)
    told = {(r.kind, r.currency): r.amount for r in frame.itertuples()}
    assert told == {
        ("commitment", "USD"): 9,
        ("commitment", "EUR"): 2,
        ("pledge", "USD"): 4,
    }
    assert set(frame["undertakings"]) == {1}


def test_hundredths_add_up_exactly(session: Session) -> None:
    add_code_lists(session)
    put(session, activity(budget=tuple(money("0.10") for _ in range(3))))
    assert sums(session, Face.COUNTRY) == {("NGA", "USD"): Decimal("0.30")}


@pytest.mark.parametrize("face", Face)
def test_an_empty_store_gives_an_empty_heatmap(session: Session, face: Face) -> None:
    assert heatmap.undertakings(session, SYSTEM, face, Scope(), TODAY).empty
    assert heatmap.money(session, SYSTEM, face, Scope(), TODAY).empty
    assert heatmap.total(session, SYSTEM, Scope(), TODAY) == 0


def test_an_undertaking_counts_once_in_each_row_and_once_in_the_total(session: Session) -> None:
    add_code_lists(session)
    put(session, activity("Shared", ("NGA", "BFA"), ("UNODC", "CTED"), ("II.13", "III.12")))
    put(session, activity("Undated", start=None))
    told = {face: counts(session, face) for face in Face}
    assert told[Face.COUNTRY] == {("NGA", "II"): 2, ("BFA", "II"): 1}
    assert told[Face.ENTITY] == {("UNODC", "II"): 2, ("CTED", "II"): 1}
    assert {row for row, _ in told[Face.YEAR]} in ({"2024", None}, {"2024.0", None})
    assert heatmap.total(session, SYSTEM, Scope(), TODAY) == 2
