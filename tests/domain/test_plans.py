"""Every reason against a plan, at once, each with its item; and what agreeing asks for."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctai.domain import milestones
from ctai.domain.agreement import agreement_faults
from ctai.domain.needs import NeedState
from ctai.domain.plans import (
    ItemDraft,
    MilestoneDraft,
    PlanDraft,
    PlanKnown,
    PlannedNeed,
    plan_faults,
)
from tests.drafts import KNOWN, TODAY
from tests.plans_drafts import item

NGA = frozenset({"NGA"})
LISTS = PlanKnown(
    KNOWN.countries,
    KNOWN.entities,
    {
        1: PlannedNeed(NGA),
        2: PlannedNeed(NGA, NeedState.WITHDRAWN),
        3: PlannedNeed(frozenset({"BFA"})),
        4: PlannedNeed(frozenset({"BFA", "NGA"})),
    },
)


def plan(*items: ItemDraft, title: str = "Plan") -> PlanDraft:
    return PlanDraft("NGA", title, items)


def reasons(draft: PlanDraft) -> list[tuple[str, str, str]]:
    return [(f.place, f.column, f.message) for f in plan_faults(draft, LISTS, TODAY)]


def test_a_sound_plan_is_not_refused() -> None:
    regional = item(4, "Other", cost=None, currency=None, milestones=())
    assert reasons(plan(item(1), regional)) == []
    assert reasons(plan()) == []
    assert agreement_faults(plan(item(1)), "2024-06", "Ministry", TODAY) == ()


@pytest.mark.parametrize(
    ("draft", "column"),
    [
        (item(None), "need"),
        (item(99), "need"),
        (item(2), "need"),
        (item(3), "need"),
        (item(1, "x" * 401), "action"),
        (item(1, entity="NOBODY"), "entity"),
        (item(1, starts="2025-13"), "starts"),
        (item(1, ends="soon"), "ends"),
        (item(1, starts="2026", ends="2025", milestones=()), "ends"),
        (item(1, cost=Decimal(0)), "cost"),
        (item(1, cost=Decimal(-1)), "cost"),
        (item(1, cost=Decimal("NaN")), "cost"),
        (item(1, cost=Decimal("1e13")), "cost"),
        (item(1, cost=Decimal("1.001")), "cost"),
        (item(1, currency=None), "currency"),
        (item(1, currency="XXX"), "currency"),
        (item(1, currency="EUR"), "rate"),
        (item(1, currency="EUR", rate_usd=Decimal("1.1")), "rate"),
        (item(1, currency="EUR", rate_usd=Decimal(0), rate_date="2024"), "rate"),
        (item(1, currency="EUR", rate_usd=Decimal("1e12"), rate_date="2024"), "rate"),
        (item(1, currency="EUR", rate_usd=Decimal("1.1"), rate_date="2024-08"), "rate_date"),
        (item(1, milestones=(MilestoneDraft("Law", "2024-12"),)), "milestones"),
        (item(1, milestones=(MilestoneDraft("Law", "2026-07"),)), "milestones"),
        (item(1, milestones=(MilestoneDraft("Law", "someday"),)), "milestones"),
        (item(1, milestones=(MilestoneDraft(" ", "2025"),)), "milestones"),
    ],
)
def test_what_is_wrong_with_an_item_is_told_with_its_place(draft: ItemDraft, column: str) -> None:
    found = reasons(plan(item(4, "First"), draft))
    assert [(place, where) for place, where, _ in found] == [("2", column)]


def test_the_same_need_and_action_stand_in_a_plan_once() -> None:
    found = reasons(
        plan(item(1, "Train  Judges"), item(4, "train judges"), item(1, "train judges"))
    )
    assert [(place, column) for place, column, _ in found] == [("3", "action")]
    assert reasons(plan(item(1, "Train judges"), item(1, "Train guards"))) == []


def test_all_reasons_come_at_once() -> None:
    bad = item(None, entity="NOBODY", ends="soon", currency=None)
    places = [(place, column) for place, column, _ in reasons(plan(bad, item(3), title=" "))]
    assert places == [
        ("", "title"),
        ("1", "need"),
        ("1", "entity"),
        ("1", "ends"),
        ("1", "currency"),
        ("2", "need"),
    ]


def test_a_milestone_as_precise_as_known_is_inside_where_it_may_be() -> None:
    for due in ("2025", "2025-01", "2026", "2026-06-30", None):
        assert reasons(plan(item(1, milestones=(MilestoneDraft("Law", due),)))) == []


@pytest.mark.parametrize(
    ("draft", "day", "partner", "columns"),
    [
        (plan(), "2024-06", "Ministry", ["items"]),
        (plan(item(1)), None, "Ministry", ["agreed_on"]),
        (plan(item(1)), "soon", "Ministry", ["agreed_on"]),
        (plan(item(1)), "2024-07-02", "Ministry", ["agreed_on"]),
        (plan(item(1)), "2024-07-01", " ", ["agreed_with"]),
        (
            plan(item(1), item(4, " ", entity=None, starts=None)),
            "2024",
            "Ministry",
            ["action", "entity", "starts"],
        ),
    ],
)
def test_agreeing_asks_for_more(
    draft: PlanDraft, day: str | None, partner: str, columns: list[str]
) -> None:
    assert [f.column for f in agreement_faults(draft, day, partner, TODAY)] == columns


def test_a_cost_in_dollars_needs_no_rate_and_another_is_told_at_its_own() -> None:
    assert item(1).cost_usd == Decimal("1000.00")
    francs = replace(item(1), cost=Decimal(1000), currency="XOF", rate_usd=Decimal("0.0017"))
    assert francs.cost_usd == Decimal("1.70")
    assert replace(francs, rate_usd=None).cost_usd is None
    assert replace(francs, cost=None).cost_usd is None


WORDS = st.text("abc xyz", min_size=1).map(lambda text: " ".join(text.split())).filter(bool)
STEPS = st.builds(
    MilestoneDraft, WORDS, st.sampled_from([None, "2025", "2025-03", "2025-03-09", "2025-3"])
)


@given(st.lists(STEPS, max_size=5).map(tuple))
def test_milestones_come_back_from_their_text(steps: tuple[MilestoneDraft, ...]) -> None:
    assert milestones.read(milestones.written(steps)) == steps


@given(st.text())
def test_any_text_is_read_as_milestones(text: str) -> None:
    for step in milestones.read(text):
        assert ";" not in step.what
        assert step.what or step.due
