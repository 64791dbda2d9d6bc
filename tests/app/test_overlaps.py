"""Overlaps on the screen: side by side, decided with one press, taken back, nothing given away."""

import pytest
from streamlit.testing.v1 import AppTest

from ctai import db
from ctai.domain.roles import Role, Viewer, Visibility
from ctai.i18n import translate
from ctai.ui.store import overlap
from tests import drafts
from tests.app.conftest import number_of, opened
from tests.app.screen import READ, everything, said
from tests.app.test_entry import put

ONE, OTHER = "Upholstery of patrol boats in Baga", "Upholstery of the patrol boats, Baga"


@pytest.fixture
def pair(records: str) -> tuple[int, int]:
    return put(records, drafts.activity(ONE)), put(records, drafts.activity(OTHER))


def pressable(at: AppTest, pair: tuple[int, int]) -> list[str]:
    begun = f"overlap_{pair[0]}_{pair[1]}_"
    keys = [str(button.key) for button in at.button]
    return [key.removeprefix(begun) for key in keys if key.startswith(begun)]


@pytest.mark.parametrize("lang", READ)
def test_two_alike_stand_side_by_side_with_their_reasons(pair: tuple[int, int], lang: str) -> None:
    at = opened(Role.DESK_OFFICER, "overlaps", lang=lang)
    shown = everything(at)
    assert ONE in shown
    assert OTHER in shown
    assert (
        translate(lang, "They begin at the same time.") in shown
        or translate(lang, "These take part in both: {entities}.", entities="UNODC") in shown
    )
    assert pressable(at, pair) == ["duplicate", "same_money", "complementary", "conflict", "apart"]


def test_one_press_decides_and_one_takes_it_back(pair: tuple[int, int]) -> None:
    at = opened(Role.DESK_OFFICER, "overlaps")
    at.button(key=f"overlap_{pair[0]}_{pair[1]}_duplicate").click().run()
    assert not at.exception
    assert pressable(at, pair) == []
    assert "What was decided" in [head.value for head in at.header]
    heatmap = opened(Role.VIEWER, "pillar_heatmap")
    assert said(heatmap, "Without those that are recorded twice")
    at.button(key=f"overlap_back_{pair[0]}_{pair[1]}").click().run()
    assert pressable(at, pair)
    assert not said(opened(Role.VIEWER, "pillar_heatmap"), "Without those that are recorded twice")


def test_who_may_not_decide_reads_and_presses_nothing(pair: tuple[int, int]) -> None:
    at = opened(Role.VIEWER, "overlaps", country="NGA")
    assert ONE in everything(at)
    assert pressable(at, pair) == []


def test_a_restricted_activity_is_told_as_a_count_and_whom_to_ask(records: str) -> None:
    hidden = drafts.activity(
        "Quiet upholstery of patrol boats in Baga", visibility=Visibility.RESTRICTED
    )
    put(records, drafts.activity(ONE))
    put(records, hidden)
    assert number_of(records, "Quiet upholstery of patrol boats in Baga")
    at = opened(Role.VIEWER, "overlaps", country="NGA")
    assert "Quiet" not in everything(at)
    assert any("restricted activit" in info.value for info in at.info)
    assert any("UNODC" in info.value for info in at.info)
    own = opened(Role.DESK_OFFICER, "overlaps", country="NGA")
    assert "Quiet" in everything(own)


def test_a_regional_event_that_two_desks_entered_is_proposed_to_who_answers_for_both(
    records: str,
) -> None:
    one, other = (
        put(records, drafts.activity(ONE, (iso3,), start="2024-01-15")) for iso3 in ("NGA", "BFA")
    )
    both, nigeria = (
        Viewer("desk", Role.DESK_OFFICER, frozenset(countries))
        for countries in (("NGA", "BFA"), ("NGA",))
    )
    with db.reading(db.shared_engine(records)) as session:
        for iso3 in ("NGA", "BFA"):
            found = overlap._open(session, both, iso3)
            assert (one, other) in {(told.one, told.other) for told in found}
        alone = overlap._open(session, nigeria, "NGA")
        assert (one, other) not in {(told.one, told.other) for told in alone}
