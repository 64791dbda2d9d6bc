"""Proposals: a decision is final, nobody decides on their own, and differences are told whole."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctai.domain.activities import ActivityDraft, Text
from ctai.domain.arrivals import Draft
from ctai.domain.proposals import (
    MOVES,
    ProposalState,
    comment_faults,
    countries_of,
    decider_faults,
    difference,
    entities_of,
    is_reviewed,
    kind_of,
    move_faults,
    rebased,
    titled,
)
from ctai.domain.roles import Role
from tests.drafts import PEOPLE, activity, assessment, need, request

STATES = st.sampled_from(ProposalState)
FIELDS = st.dictionaries(st.sampled_from("abcde"), st.text(max_size=3))


@given(st.lists(STATES, max_size=6))
def test_a_proposal_moves_once_at_most_whatever_is_tried(tried: list[ProposalState]) -> None:
    state, moves = ProposalState.PENDING, 0
    for to in tried:
        if not [*move_faults(state, to)]:
            state, moves = to, moves + 1
    assert moves <= 1
    assert moves == any(to is not ProposalState.PENDING for to in tried)


def test_every_state_has_its_moves_and_none_leads_back() -> None:
    assert set(MOVES) == set(ProposalState)
    assert all(ProposalState.PENDING not in ends for ends in MOVES.values())


@given(STATES, STATES)
def test_a_refused_move_says_why_in_one_sentence(state: ProposalState, to: ProposalState) -> None:
    faults = [*move_faults(state, to)]
    assert len(faults) == (to not in MOVES[state])


@pytest.mark.parametrize("comment", ["", "  ", "\n"])
def test_what_is_returned_needs_a_comment(comment: str) -> None:
    assert [*comment_faults(ProposalState.RETURNED, comment)]
    assert not [*comment_faults(ProposalState.ACCEPTED, comment)]
    assert not [*comment_faults(ProposalState.RETURNED, "Say which port.")]


def test_a_comment_may_not_be_damaged_or_endless() -> None:
    for state in (ProposalState.ACCEPTED, ProposalState.RETURNED):
        assert [*comment_faults(state, "a\x00b")]
        assert [*comment_faults(state, "x" * 20_001)]


def test_nobody_decides_on_their_own_change() -> None:
    assert [*decider_faults("fred", "fred")]
    assert not [*decider_faults("fred", "dora")]


@pytest.mark.parametrize("role", Role)
def test_only_a_focal_points_change_waits_and_not_where_its_entity_is_trusted(role: Role) -> None:
    viewer = PEOPLE[role]
    assert is_reviewed(viewer, frozenset()) == (role is Role.FOCAL_POINT)
    assert is_reviewed(viewer, frozenset({"CTED"})) == (role is Role.FOCAL_POINT)
    assert not is_reviewed(viewer, frozenset({"UNODC"}))


@pytest.mark.parametrize(
    ("draft", "title", "countries", "entities"),
    [
        (activity("Ports", ("NGA", "BFA"), ("UNODC", "IOM")), "Ports", "NGA BFA", "UNODC IOM"),
        (need("N-1", ("NGA",), body="CTED"), "Need N-1", "NGA", "CTED"),
        (assessment("Visit", ("BFA",), joining=("IOM",)), "Visit", "BFA", "CTED IOM"),
        (request("Help", "MDG"), "Help", "MDG", "UNODC"),
    ],
)
def test_a_draft_of_any_kind_tells_title_countries_and_entities(
    draft: Draft, title: str, countries: str, entities: str
) -> None:
    assert titled(draft) == title
    assert countries_of(draft) == set(countries.split())
    assert entities_of(draft) == set(entities.split())
    assert kind_of(draft).value in {"activity", "need", "assessment", "request"}


def test_a_title_is_english_where_there_is_any_and_short_enough_for_a_list() -> None:
    draft = replace(activity(), texts={"ar": Text("موانئ"), "en": Text("Ports")})
    assert titled(draft) == "Ports"
    assert titled(replace(draft, texts={"ar": Text("موانئ"), "en": Text(" ")})) == "موانئ"
    assert titled(replace(draft, texts={})) == ""
    assert len(titled(replace(draft, texts={"en": Text("x" * 10_000)}))) == 400


def test_a_difference_names_only_what_differs() -> None:
    rows = difference({"a": "1", "b": "2"}, {"a": "1", "b": "3", "c": "4"})
    assert [(row.field, row.before, row.after) for row in rows] == [("b", "2", "3"), ("c", "", "4")]
    assert not any(row.is_overtaken for row in rows)


def test_a_difference_shows_what_somebody_else_changed_meanwhile() -> None:
    (row,) = difference({"a": "1"}, {"a": "1"}, {"a": "2"})
    assert (row.before, row.after, row.now) == ("1", "1", "2")
    assert row.is_overtaken


@given(FIELDS, FIELDS)
def test_a_difference_turns_the_one_into_the_other(
    before: dict[str, str], after: dict[str, str]
) -> None:
    rows = difference(before, after)
    there = {name: before.get(name, "") for name in "abcde"}
    there |= {row.field: row.after for row in rows}
    assert there == {name: after.get(name, "") for name in "abcde"}
    assert difference(after, after) == ()


CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "place": st.text(max_size=3),
        "note": st.text(max_size=3),
        "planned_end": st.sampled_from(["2030", None]),
    },
)


@given(CHANGES, CHANGES)
def test_what_is_taken_up_again_keeps_both_sides_changes(
    mine: dict[str, object], theirs: dict[str, object]
) -> None:
    base = activity()
    proposed, now = replace(base, **mine), replace(base, **theirs)  # type: ignore[arg-type]  # any field
    again = rebased(base, proposed, now)
    for name in ("place", "note", "planned_end"):
        changed = getattr(proposed, name) != getattr(base, name)
        assert getattr(again, name) == getattr(proposed if changed else now, name)
    assert isinstance(again, ActivityDraft)
    assert rebased(base, proposed, base) == proposed
    assert rebased(base, base, now) == now
