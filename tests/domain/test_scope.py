"""A scope travels in a URL and comes back the same; what is not known is named, not ignored."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctai.domain.activities import Status
from ctai.domain.faults import Refused
from ctai.domain.scope import FILTERS, LONGEST_SEARCH, Freshness, MoneyKnown, Scope, scope_of
from ctai.domain.strategy import Pillar, by_code
from tests.domain.test_dates import partial_dates
from tests.drafts import COUNTRIES, ENTITIES


def some(codes: list[str]) -> st.SearchStrategy[tuple[str, ...]]:
    """Pick some codes, each once."""
    return st.lists(st.sampled_from(codes), unique=True, max_size=3).map(tuple)


SCOPES = st.builds(
    Scope,
    country=some(list(COUNTRIES)),
    region=some(["202", "014"]),
    pillar=some([pillar.value for pillar in Pillar]),
    measure=some(list(by_code())),
    entity=some(list(ENTITIES)),
    role=some(["1", "2", "3", "4"]),
    status=some([status.value for status in Status]),
    since=st.just("") | partial_dates(),
    until=st.just("") | partial_dates(),
    freshness=st.sampled_from(["", *(code.value for code in Freshness)]),
    money=st.sampled_from(["", *(code.value for code in MoneyKnown)]),
    text=st.text(st.characters(exclude_characters="\0"), max_size=LONGEST_SEARCH),
)


def read(**params: str) -> Scope:
    """Read a scope with the examples' code lists."""
    return scope_of(
        params, dict(zip(COUNTRIES, ["202", "014"] * len(COUNTRIES), strict=False)), ENTITIES
    )


@given(SCOPES)
def test_a_scope_comes_back_from_its_url_as_it_went(scope: Scope) -> None:
    assert read(**scope.params) == scope


@given(SCOPES)
def test_a_scope_names_a_file_in_plain_codes(scope: Scope) -> None:
    assert scope.slug
    assert len(scope.slug) <= 80
    assert scope.slug.replace("_", "").isalnum()
    assert scope.slug.isascii()


def test_an_empty_scope_has_no_parameters_and_is_called_all() -> None:
    assert Scope().params == {}
    assert Scope().slug == "all"
    assert read() == Scope()


def test_a_scope_is_called_after_its_codes() -> None:
    assert Scope(country=("BFA",), pillar=("II",), measure=("II.13",)).slug == "BFA_II_II13"


def test_every_unknown_code_is_named_at_once() -> None:
    with pytest.raises(Refused) as refusal:
        read(
            country="NGA,XXX",
            entity="NOBODY",
            pillar="V",
            measure="II.99",
            status="done",
            role="5",
            freshness="rotten",
            money="much",
            since="soon",
            until="2017-13",
        )
    assert {(f.column, f.places["seen"]) for f in refusal.value.faults} == {
        ("country", "XXX"),
        ("entity", "NOBODY"),
        ("pillar", "V"),
        ("measure", "II.99"),
        ("status", "done"),
        ("role", "5"),
        ("freshness", "rotten"),
        ("money", "much"),
        ("since", "soon"),
        ("until", "2017-13"),
    }


@pytest.mark.parametrize(
    ("name", "codes"), [("freshness", "fresh,stale"), ("money", "stated,not_stated")]
)
def test_a_filter_of_one_choice_refuses_two(name: str, codes: str) -> None:
    with pytest.raises(Refused) as refusal:
        read(**{name: codes})
    assert [fault.column for fault in refusal.value.faults] == [name]


def test_a_code_named_twice_or_with_blanks_counts_once() -> None:
    assert read(country=" NGA, NGA ,,BFA").country == ("NGA", "BFA")


def test_a_search_text_is_cut_at_its_longest() -> None:
    assert len(read(text="x" * 1_000_000).text) == LONGEST_SEARCH


def test_a_search_text_holds_no_nul_which_postgresql_refuses() -> None:
    assert read(text="bor\0der").text == "border"


@given(SCOPES, st.sets(st.sampled_from(FILTERS)))
def test_only_keeps_the_named_filters_and_clears_the_others(scope: Scope, kept: set[str]) -> None:
    assert scope.only(kept).params == {n: v for n, v in scope.params.items() if n in kept}
    assert scope.only(FILTERS) == scope
