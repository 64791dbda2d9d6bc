"""What overlaps is counted by country and entity, and nothing else of it is given."""

from dataclasses import fields

from hypothesis import given
from hypothesis import strategies as st

from ctai.domain.restricted import HiddenCell, RestrictedOverlap, restricted_overlaps

PLACES = st.tuples(st.sampled_from(["BFA", "NGA"]), st.sampled_from(["I.1", "II.13", "III.7"]))
CELLS = st.builds(
    lambda number, place, entity: HiddenCell(number, place[0], place[1], entity),
    st.integers(1, 5),
    PLACES,
    st.sampled_from(["CTED", "UNODC", None]),
)


def test_an_activity_counts_once_in_a_country_however_many_measures_it_shares() -> None:
    hidden = [
        HiddenCell(1, "NGA", "I.1", "UNODC"),
        HiddenCell(1, "NGA", "II.13", "UNODC"),
        HiddenCell(2, "NGA", "II.13", "UNODC"),
        HiddenCell(3, "NGA", "II.13", None),
        HiddenCell(1, "BFA", "II.13", "UNODC"),
        HiddenCell(4, "BFA", "III.7", "CTED"),
    ]
    seen = [("NGA", "I.1"), ("NGA", "II.13"), ("BFA", "II.13")]
    assert restricted_overlaps(hidden, seen) == (
        RestrictedOverlap("BFA", "UNODC", 1),
        RestrictedOverlap("NGA", "UNODC", 2),
        RestrictedOverlap("NGA", None, 1),
    )


def test_nothing_is_told_where_nothing_is_seen() -> None:
    assert restricted_overlaps([HiddenCell(1, "NGA", "I.1", "UNODC")], []) == ()
    elsewhere = [("BFA", "I.1"), ("NGA", "I.2")]
    assert restricted_overlaps([HiddenCell(1, "NGA", "I.1", "UNODC")], elsewhere) == ()


def test_an_overlap_has_no_room_for_anything_but_country_entity_and_count() -> None:
    assert [one.name for one in fields(RestrictedOverlap)] == ["iso3", "entity", "activities"]


@given(st.lists(CELLS), st.lists(PLACES))
def test_counts_are_of_activities_and_at_least_one(
    hidden: list[HiddenCell], seen: list[tuple[str, str]]
) -> None:
    found = restricted_overlaps(hidden, seen)
    assert all(one.activities >= 1 for one in found)
    assert len({(one.iso3, one.entity) for one in found}) == len(found)
    assert restricted_overlaps(reversed(hidden), reversed(seen)) == found
    assert {one.iso3 for one in found} <= {iso3 for iso3, _ in seen}
