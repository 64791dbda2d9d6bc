"""Proposals: what may answer a need, and who may be asked, each with its reasons, best first."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctai.domain.activities import Status
from ctai.domain.answers import (
    LEAST,
    MOST,
    Candidate,
    Experience,
    Lacking,
    decision_faults,
    proposals,
    to_ask,
)
from ctai.domain.ladder import Fit
from ctai.domain.strategy import measures

NEED = Lacking("Training of border officers", frozenset({"NGA"}), "II.13", "2022-05")
FITTING = Candidate(
    1,
    ("Border officers: training at Seme",),
    frozenset({"NGA"}),
    ("II.13",),
    ("UNODC",),
    frozenset({"II"}),
    Status.ONGOING,
    "2023",
)


def reasons(candidate: Candidate) -> list[str]:
    (proposal,) = proposals(NEED, [candidate])
    return [reason.message for reason in proposal.reasons]


def test_an_activity_is_proposed_with_every_reason() -> None:
    assert reasons(FITTING) == [
        "It takes place in {countries}.",
        "Its main measure is the need's, {measure}.",
        "The titles have words in common.",
        "It began after the need was found, on {date}.",
        "It is planned or under way.",
        "Pillar {pillar} is in the mandate of {entities}.",
    ]


@pytest.mark.parametrize(
    "unfit",
    [
        replace(FITTING, countries=frozenset({"BFA"})),
        replace(FITTING, status=Status.CANCELLED),
        replace(FITTING, status=Status.UNKNOWN),
        replace(FITTING, start="2019", end="2021"),
        replace(FITTING, status=Status.COMPLETED, start="2021"),
        replace(FITTING, titles=("Elections",), measures=("I.1",)),
        replace(FITTING, titles=("Elections",), measures=("II.14",)),
    ],
)
def test_what_cannot_answer_a_need_is_not_proposed(unfit: Candidate) -> None:
    assert proposals(NEED, [unfit]) == ()


def test_an_activity_of_an_unknown_date_may_still_answer() -> None:
    assert proposals(NEED, [replace(FITTING, start=None)])


CANDIDATES = st.lists(
    st.builds(
        Candidate,
        st.integers(1, 99),
        st.sampled_from([("Border officers",), ("Judges",), ()]),
        st.sampled_from([frozenset({"NGA"}), frozenset({"NGA", "BFA"}), frozenset({"BFA"})]),
        st.lists(st.sampled_from([m.code for m in measures()]), max_size=3).map(tuple),
        st.just(("UNODC",)),
        st.sampled_from([frozenset({"II"}), frozenset()]),
        st.sampled_from(list(Status)),
        st.sampled_from([None, "2020", "2023-01"]),
        st.sampled_from([None, "2021", "2024"]),
    ),
    max_size=15,
    unique_by=lambda c: c.activity_id,
)


@given(CANDIDATES)
def test_proposals_come_best_first_within_bounds_in_any_order(candidates: list[Candidate]) -> None:
    found = proposals(NEED, candidates)
    assert found == proposals(NEED, candidates[::-1])
    assert len(found) <= MOST
    scores = [proposal.score for proposal in found]
    assert scores == sorted(scores, reverse=True)
    assert all(LEAST <= score <= 100 for score in scores)
    by_number = {c.activity_id: c for c in candidates}
    assert all("NGA" in by_number[p.activity_id].countries for p in found)


def test_entities_are_proposed_by_what_they_did_and_their_mandate() -> None:
    found = to_ask(
        "II.13",
        [
            Experience("WHO", frozenset({"III"}), 0, 0),
            Experience("IOM", frozenset(), 0, 3),
            Experience("UNODC", frozenset({"II"}), 2, 4),
            Experience("CTED", frozenset({"II"}), 0, 0),
        ],
    )
    assert [suggestion.entity for suggestion in found] == ["UNODC", "CTED", "IOM"]
    assert all(suggestion.reasons for suggestion in found)


def test_a_decision_needs_an_answer_and_a_reason() -> None:
    assert [f.column for f in decision_faults(None, " ")] == ["decision", "reason"]
    assert not [*decision_faults(Fit.DOES_NOT, "Another border")]
