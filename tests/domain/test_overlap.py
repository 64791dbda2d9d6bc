"""Likely duplicates are found; phases and numbered events are kept apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctai.domain.overlap import LIKELY_DUPLICATE, likely_duplicates, plain

WORKSHOP = "Regional workshop on border security management, Ouagadougou"


@pytest.mark.parametrize(
    "reworded",
    [
        WORKSHOP,
        "REGIONAL WORKSHOP on border-security management (Ouagadougou)",
        "Ouagadougou: regional workshop on border security management",
        "Regional workshop on the management of border security, Ouagadougou",
        "Régional workshop on border security managment, Ouagadougou",
    ],
)
def test_a_reworded_title_is_found(reworded: str) -> None:
    twins = likely_duplicates(reworded, [(7, WORKSHOP), (8, "Training of judges in Niamey")])
    assert [twin.activity_id for twin in twins] == [7]
    assert twins[0].title == WORKSHOP
    assert LIKELY_DUPLICATE <= twins[0].likeness <= 100


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("EU-Nigeria partnership project, phase I", "EU-Nigeria partnership project, phase II"),
        ("Second workshop on mutual legal assistance", "Third workshop on mutual legal assistance"),
        ("Workshop 1 on aviation security", "Workshop 2 on aviation security"),
        ("Workshop on aviation security 2016", "Workshop on aviation security 2017"),
        ("Workshop on aviation security", "Workshop 2 on aviation security"),
    ],
)
def test_phases_and_numbered_events_are_kept_apart(one: str, other: str) -> None:
    assert likely_duplicates(one, [(1, other)]) == ()
    assert [twin.activity_id for twin in likely_duplicates(one, [(1, one)])] == [1]


def test_different_events_are_kept_apart() -> None:
    assert likely_duplicates(WORKSHOP, [(1, "Regional workshop on nuclear security, Niamey")]) == ()


def test_at_most_five_are_shown_most_alike_first() -> None:
    stored = [(number, WORKSHOP) for number in range(9, 0, -1)]
    twins = likely_duplicates(WORKSHOP, [*stored, (99, WORKSHOP + " again")])
    assert [twin.activity_id for twin in twins] == [1, 2, 3, 4, 5]
    close = likely_duplicates(WORKSHOP, [(1, WORKSHOP + " again"), (2, WORKSHOP)])
    assert [twin.activity_id for twin in close] == [2, 1]


@given(st.text(max_size=60))
def test_a_title_is_reduced_to_its_words_once_and_for_all(title: str) -> None:
    assert plain(plain(title)) == plain(title)


@given(st.lists(st.sampled_from([WORKSHOP, WORKSHOP + " again", "Else"]), max_size=5))
def test_the_order_of_the_stored_titles_does_not_matter(titles: list[str]) -> None:
    stored = list(enumerate(titles))
    assert likely_duplicates(WORKSHOP, stored) == likely_duplicates(WORKSHOP, stored[::-1])
