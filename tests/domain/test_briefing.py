"""Who may brief whom, on what: nobody discloses by a briefing what they can't see themselves."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctai.domain.briefing import (
    Audience,
    Briefing,
    Changed,
    Seen,
    Turn,
    audience_faults,
    audience_of,
    changes,
    is_of_a_series,
    of_turn,
    reader_of,
)
from ctai.domain.faults import Refused
from ctai.domain.roles import Role, Viewer
from ctai.domain.scope import Scope
from tests.drafts import PEOPLE

DAY = date(2026, 6, 30)
ALL, NGA, BFA = Scope(), Scope(country=("NGA",)), Scope(country=("BFA",))
E, N, S, D, P = Audience.EXECUTIVE, Audience.ENTITY, Audience.STATE, Audience.DONOR, Audience.PUBLIC
"""The entity of the audience E N tity is UNODC, the focal point's own."""
MAY = {
    # The desk and the counterpart are Nigeria's.
    Role.VIEWER: {ALL: {E, D, P}, NGA: {E, S, D, P}, BFA: {E, S, D, P}},
    Role.DESK_OFFICER: {ALL: {E, D, P}, NGA: {E, N, S, D, P}, BFA: {E, S, D, P}},
    Role.FOCAL_POINT: {ALL: {E, N, D, P}, NGA: {E, N, S, D, P}, BFA: {E, N, S, D, P}},
    Role.COUNTERPART: {ALL: set(), NGA: {S, D, P}, BFA: set()},
    Role.DONOR: {ALL: {D, P}, NGA: {D, P}, BFA: {D, P}},
    Role.ADMINISTRATOR: {ALL: {E, N, D, P}, NGA: {E, N, S, D, P}, BFA: {E, N, S, D, P}},
}


def asked(audience: Audience, scope: Scope = ALL, entity: str | None = None) -> Briefing:
    return Briefing(audience, "en", DAY, scope, entity=entity)


def messages(one: Briefing, author: Viewer) -> str:
    return " ".join(fault.in_english() for fault in audience_faults(one, author))


@pytest.mark.parametrize("scope", [ALL, NGA, BFA], ids=lambda scope: scope.slug)
@pytest.mark.parametrize("role", Role)
def test_every_role_briefs_just_whom_it_may(role: Role, scope: Scope) -> None:
    allowed = {
        audience
        for audience in Audience
        if not audience_faults(
            asked(audience, scope, "UNODC" if audience is N else None), PEOPLE[role]
        )
    }
    assert allowed == MAY[role][scope]


def test_another_entity_is_not_briefed_with_what_is_restricted_to_it() -> None:
    fred, dora = PEOPLE[Role.FOCAL_POINT], PEOPLE[Role.DESK_OFFICER]
    assert "sees less" in messages(asked(N, NGA, "CTED"), fred)
    assert not audience_faults(asked(N, NGA, "CTED"), dora)
    assert "Choose one of NGA" in messages(asked(N, ALL, "CTED"), dora)


def test_what_is_shared_with_a_donor_is_no_other_donors_and_no_states() -> None:
    dan = PEOPLE[Role.DONOR]
    assert "sees less" in messages(asked(D, ALL, "Denmark"), dan)
    assert "sees less" in messages(asked(D, NGA, "Denmark"), PEOPLE[Role.COUNTERPART])
    assert not audience_faults(asked(D, ALL, "Denmark"), replace(dan, entity="Denmark"))
    assert not audience_faults(asked(D, ALL, "Denmark"), PEOPLE[Role.VIEWER])


def test_the_public_reads_with_no_donors_eyes() -> None:
    assert reader_of(asked(P, ALL, "Denmark")).entity is None
    assert reader_of(asked(D, ALL, "Denmark")).entity == "Denmark"


def test_a_state_and_an_entity_are_named() -> None:
    ada = PEOPLE[Role.ADMINISTRATOR]
    both = Scope(country=("NGA", "BFA"))
    assert "one country" in messages(asked(S), ada)
    assert "one country" in messages(asked(S, both), ada)
    assert "Choose the entity" in messages(asked(N), ada)
    assert "own country alone" in messages(asked(P, both), PEOPLE[Role.COUNTERPART])


@pytest.mark.parametrize(
    ("change", "is_alike"),
    [
        ({"lang": "ar", "as_of": date(2025, 1, 1), "since": date(2024, 1, 1)}, True),
        ({"audience": Audience.PUBLIC}, False),
        ({"entity": "UNODC"}, False),
        ({"scope": Scope()}, False),
        ({"scope": Scope(country=("NGA",), pillar=("II",))}, False),
    ],
)
def test_a_series_tells_the_same_reader_of_the_same_on_any_day_in_any_language(
    change: dict[str, Any], is_alike: bool
) -> None:
    one = Briefing(Audience.DONOR, "en", date(2024, 7, 1), Scope(country=("NGA",)), None, "DNK")
    assert is_of_a_series(one, replace(one, **change)) is is_alike
    assert is_of_a_series(replace(one, **change), one) is is_alike


def test_the_day_to_compare_with_lies_before() -> None:
    one = replace(asked(P), since=DAY)
    assert "not before 2026-06-30" in messages(one, PEOPLE[Role.ADMINISTRATOR])


def test_an_unknown_audience_is_refused_with_those_there_are() -> None:
    assert audience_of("donor") is D
    with pytest.raises(Refused, match="Choose one of: executive, entity, state, donor, public"):
        audience_of("press" * 100)


def seen(
    code: str,
    state: str = "open",
    *,
    over: bool = False,
    is_stale: bool = False,
    due: str | None = None,
) -> Seen:
    return Seen(code, f"Title {code}", state, over, is_stale, due)


def test_each_record_stands_under_the_turn_that_says_most() -> None:
    before = {
        one.code: one
        for one in (
            seen("N-1"),
            seen("N-2"),
            seen("N-3", due="2026-03"),
            seen("N-4"),
            seen("N-5"),
            seen("N-6", due="2026"),
            seen("N-8", due="2026"),
        )
    }
    after = {
        one.code: one
        for one in (
            seen("N-1", "shared"),
            seen("N-2", "addressed", over=True),
            seen("N-3", due="2026-09"),
            seen("N-4", is_stale=True),
            seen("N-6", due="2026"),
            seen("N-7"),
            seen("N-8", due="2026-03"),  # known more precisely, and not later
        )
    }
    found = changes(before, after)
    assert [(one.code, one.turn) for one in found] == [
        ("N-7", Turn.NEW),
        ("N-1", Turn.MOVED),
        ("N-2", Turn.CLOSED),
        ("N-3", Turn.SLIPPED),
        ("N-4", Turn.STALE),
        ("N-5", Turn.GONE),
    ]
    assert of_turn(found, Turn.GONE) == (Changed(Turn.GONE, "N-5", "", None, None),)


SEEN = st.builds(
    Seen,
    code=st.sampled_from(["N-1", "N-2", "A-1"]),
    title=st.text(),
    state=st.sampled_from(["open", "shared", "addressed"]),
    is_over=st.booleans(),
    is_stale=st.booleans(),
    due=st.none() | st.sampled_from(["2026", "2026-03", "2027-01-01"]),
)
RECORDS = st.lists(SEEN, unique_by=lambda one: one.code).map(
    lambda found: {one.code: one for one in found}
)


@given(RECORDS, RECORDS)
def test_each_record_changes_once_and_what_is_gone_is_not_described(
    before: dict[str, Seen], after: dict[str, Seen]
) -> None:
    found = changes(before, after)
    codes = [one.code for one in found]
    assert len(codes) == len(set(codes))
    assert {one.code for one in of_turn(found, Turn.NEW)} == after.keys() - before.keys()
    assert {one.code for one in of_turn(found, Turn.GONE)} == before.keys() - after.keys()
    assert all(one.title == "" for one in of_turn(found, Turn.GONE))
    assert changes(after, after) == ()
