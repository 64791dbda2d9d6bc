"""Overlaps are found and told apart; phases, numbered events and parts of a programme are not."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctai.domain.activities import Identifier
from ctai.domain.overlap import (
    Candidate,
    Facts,
    Judgement,
    Money,
    Party,
    plain,
    tokens_of,
    words_of,
)
from ctai.domain.overlap_blocks import LARGEST_BLOCK, candidates, nearest
from ctai.domain.overlap_looked import Looked, publisher_of
from ctai.domain.overlap_pairs import compare
from ctai.domain.overlap_totals import Totals, totals

WORKSHOP = "Regional workshop on border security management, Ouagadougou"
UNODC = frozenset({Party("UNODC", 4)})


def facts(number: int, title: str = WORKSHOP, **given: Any) -> Facts:
    own = Facts(number, (title,), frozenset({"BFA"}), "2017-05-09", "2017-05-11", UNODC)
    return replace(own, **given)


def judged(one: Facts, other: Facts) -> Judgement | None:
    found = compare(Looked(one), Looked(other))
    return None if found is None else found.judgement


def iati(value: str, *links: tuple[str, str]) -> frozenset[Identifier]:
    return frozenset({Identifier("iati", value), *(Identifier(*link) for link in links)})


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
def test_a_reworded_title_of_the_same_day_and_entity_is_a_duplicate(reworded: str) -> None:
    others = [facts(7), facts(8, "Training of judges in Niamey", start="2019-01-01", end=None)]
    (found,) = nearest(facts(0, reworded), others)
    assert (found.one, found.other, found.judgement) == (0, 7, Judgement.DUPLICATE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("EU-Nigeria partnership project, phase I", "EU-Nigeria partnership project, phase II"),
        ("Second workshop on mutual legal assistance", "Third workshop on mutual legal assistance"),
        ("Workshop 1 on aviation security", "Workshop 2 on aviation security"),
        ("Workshop on aviation security 2016", "Workshop on aviation security 2017"),
        ("Workshop on aviation security", "Workshop 2 on aviation security"),
        ("Deuxième atelier sur la sûreté aérienne", "Troisième atelier sur la sûreté aérienne"),
        ("Второй семинар по безопасности границ", "Третий семинар по безопасности границ"),
    ],
)
def test_phases_and_numbered_events_are_no_duplicates(one: str, other: str) -> None:
    assert judged(facts(1, one), facts(2, other)) is Judgement.COMPLEMENTARY
    assert judged(facts(1, one), facts(2, one)) is Judgement.DUPLICATE


def test_another_month_place_or_entity_is_another_undertaking() -> None:
    later = facts(2, start="2018-03-01", end="2018-03-03")
    elsewhere = (facts(1, place="Ouagadougou"), facts(2, place="Bobo-Dioulasso"))
    others = facts(2, parties=frozenset({Party("CTED", 4)}))
    assert judged(facts(1), later) is Judgement.COMPLEMENTARY
    assert judged(*elsewhere) is Judgement.COMPLEMENTARY
    assert judged(facts(1), others) is Judgement.COMPLEMENTARY


def test_a_regional_event_recorded_by_two_countries_is_one() -> None:
    abroad = facts(2, countries=frozenset({"MLI"}))
    assert judged(facts(1), abroad) is Judgement.DUPLICATE
    assert [found.other for found in candidates([facts(1), abroad])] == [2]
    in_a_year = (facts(1, start="2017", end=None), replace(abroad, start="2017", end=None))
    assert judged(*in_a_year) is Judgement.COMPLEMENTARY


def test_a_donors_grant_and_its_partners_project_are_the_same_money() -> None:
    grant = facts(1, "Grant 77", identifiers=iati("GB-GOV-1-77"))
    project = facts(
        2, "Courses for judges", identifiers=iati("XM-DAC-41128-5", ("provider", "GB-GOV-1-77"))
    )
    assert judged(grant, project) is Judgement.SAME_MONEY
    cut = iati("XM-DAC-41128-5", ("provider", "XM-OCHA-CBPF-NGA-20/NIG_ERF/SA1"))
    whole = iati("XM-OCHA-CBPF-NGA-20/NIG_ERF/SA1/WASH/UN/16542")
    assert judged(facts(1, identifiers=cut), facts(2, identifiers=whole)) is Judgement.SAME_MONEY


def test_organisations_that_name_each_other_are_two_tiers_of_the_same_money() -> None:
    given = facts(1, parties=frozenset({Party("Japan", 1), Party("UNDP", 4)}))
    passed_on = facts(2, parties=frozenset({Party("UNDP", 1), Party("Relief", 4)}))
    found = compare(Looked(given), Looked(passed_on))
    assert found is not None
    assert found.judgement is Judgement.SAME_MONEY
    assert any(dict(reason.places) == {"name": "UNDP"} for reason in found.reasons)


def test_two_short_events_at_one_place_on_the_same_days_are_a_conflict() -> None:
    both: dict[str, Any] = {"place": "Ouagadougou", "measures": frozenset({"II.13"})}
    one = facts(1, **both)
    other = facts(2, "Prison staff and reintegration", parties=frozenset(), **both)
    assert judged(one, other) is Judgement.CONFLICT
    assert judged(one, replace(other, start="2017-05-12", end="2017-05-13")) is None
    assert judged(one, replace(other, place="Bobo-Dioulasso")) is None
    assert judged(one, replace(other, end="2018-05-13")) is None
    assert [found.judgement for found in candidates([one, other])] == [Judgement.CONFLICT]


def test_parts_of_one_programme_are_no_overlap() -> None:
    assert judged(facts(1), facts(2, parent=1)) is None
    assert judged(facts(1, parent=9), facts(2, parent=9)) is None
    child = iati("GB-GOV-1-78", ("related1", "GB-GOV-1-77"))
    assert judged(facts(1, identifiers=iati("GB-GOV-1-77")), facts(2, identifiers=child)) is None


def test_two_identifiers_of_one_publisher_are_two_undertakings_and_one_identifier_is_one() -> None:
    one, other = (facts(n, identifiers=iati(f"GB-CHC-285776-{n}")) for n in (1, 2))
    assert judged(one, other) is Judgement.COMPLEMENTARY
    assert judged(one, replace(other, identifiers=one.identifiers)) is Judgement.DUPLICATE
    assert judged(one, replace(other, identifiers=iati("XM-DAC-41128-1"))) is Judgement.SAME_MONEY


@pytest.mark.parametrize(
    ("identifier", "publisher"),
    [
        ("GB-CHC-285776-NGR447", "GB-CHC-285776"),
        ("XM-DAC-47066-DP.2250", "XM-DAC-47066"),
        ("SE-6-5403060401-BFA", "SE-6"),
    ],
)
def test_an_identifier_begins_with_its_publisher(identifier: str, publisher: str) -> None:
    assert publisher_of(identifier) == publisher


def test_money_is_the_same_in_its_currency_or_in_dollars() -> None:
    one = facts(
        1, "Solar lamps for posts", money=frozenset({Money("USD", Decimal(5000), Decimal(5000))})
    )
    other = facts(
        2, "Repair of posts", money=frozenset({Money("EUR", Decimal(4600), Decimal(5000))})
    )
    assert judged(one, other) is Judgement.COMPLEMENTARY
    assert len(list(candidates([one, other]))) == 1
    small = replace(other, money=frozenset({Money("EUR", Decimal(46), Decimal(50))}))
    assert judged(one, small) is None


def test_titles_are_looked_up_in_every_script() -> None:
    assert tokens_of(words_of("边境安全培训")) == ("边境", "境安", "安全", "全培", "培训")
    assert tokens_of(words_of("التدريب على أمن الحدود")) == ("تدريب", "علي", "امن", "حدود")
    assert tokens_of(words_of("Sûreté aérienne")) == ("surete", "aerienne")
    for title in ("边境安全培训", "التدريب على أمن الحدود", "Курс по безопасности границ"):
        alike = [facts(n, title, start=None, end=None) for n in (1, 2)]
        assert [found.judgement for found in candidates(alike)] == [Judgement.DUPLICATE]


def test_at_most_five_are_proposed_the_surest_first() -> None:
    stored = [facts(number) for number in range(9, 0, -1)]
    found = nearest(facts(0), [*stored, facts(99, WORKSHOP + " again")])
    assert [told.other for told in found] == [1, 2, 3, 4, 5]
    close = nearest(facts(0), [facts(1, WORKSHOP + " again"), facts(2)])
    assert [told.other for told in close] == [2, 1]


SOME = st.sampled_from([None, "2017", "2017-05", "2017-05-09"])
TITLES = st.sampled_from(
    [WORKSHOP, WORKSHOP + " again", "Else", "Second workshop", "边境安全培训", ""]
)
NAMES = st.sampled_from(["GB-1-1", "GB-1-2", "SE-6-3"])
IDENTIFIERS = st.frozensets(
    st.builds(Identifier, st.sampled_from(["iati", "A3", "provider", "related5"]), NAMES),
    max_size=2,
)
RECORDS = st.lists(
    st.builds(
        Facts,
        number=st.integers(1, 999),
        titles=st.tuples(TITLES),
        countries=st.frozensets(st.sampled_from(["BFA", "MLI", "NGA"]), max_size=2),
        start=SOME,
        parties=st.frozensets(
            st.builds(Party, st.sampled_from(["UNODC", "Japan", "UNDP"]), st.integers(1, 4)),
            max_size=3,
        ),
        identifiers=IDENTIFIERS,
        money=st.frozensets(st.just(Money("USD", Decimal(5000), Decimal(5000))), max_size=1),
        place=st.sampled_from(["", "Abuja", "Abuja; Kano"]),
    ),
    max_size=8,
    unique_by=lambda one: one.number,
)


@given(RECORDS)
def test_it_does_not_matter_which_comes_first(records: list[Facts]) -> None:
    def told(given: list[Facts]) -> list[Candidate]:
        return sorted(candidates(given), key=lambda one: (one.one, one.other))

    assert told(records) == told(records[::-1]) == told(records)
    pairs = [(one.one, one.other) for one in told(records)]
    assert len(pairs) == len(set(pairs))
    for one in records:
        for other in records:
            if one is not other:
                assert compare(Looked(one), Looked(other)) == compare(Looked(other), Looked(one))


def _share(one: Facts, other: Facts) -> bool:
    own = [Looked(facts).own for facts in (one, other)]
    return bool(own[0] & own[1])


@given(RECORDS, st.integers(0, 2))
def test_a_pair_that_shares_an_identifier_is_never_lost(records: list[Facts], crowd: int) -> None:
    others = [facts(1000 + n) for n in range(crowd * LARGEST_BLOCK)]
    found = {
        (told.one, told.other)
        for told in candidates([*records, *others])
        if told.judgement is Judgement.DUPLICATE
    }
    for one in records:
        for other in records:
            if one.number < other.number and _share(one, other):
                assert (one.number, other.number) in found


@given(st.text(max_size=60))
def test_a_title_is_reduced_to_its_words_once_and_for_all(title: str) -> None:
    assert plain(plain(title)) == plain(title)


def test_what_was_found_twice_counts_once_in_the_net_total() -> None:
    assert totals(10, []) == Totals(10, 10)
    assert totals(10, [(1, 2), (2, 3), (1, 3), (7, 8)]) == Totals(10, 7)
