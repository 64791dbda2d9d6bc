"""Filters live in the URL: they change what is listed, travel along, and can be taken off."""

from collections.abc import Callable

import pytest

from ctai.domain.roles import Role
from ctai.i18n import translate_plural
from ctai.ui.filters import EVIDENCE_FILTERS
from tests.app import embedded
from tests.app.conftest import opened, turned, visit
from tests.app.embedded import Told
from tests.app.screen import links, table

pytestmark = pytest.mark.usefixtures("shelf")

REGION_OF = {row["iso3"]: row["region"] for row in embedded.rows("member_states.csv")}

FILTERS: dict[str, tuple[str, Callable[[Told], bool]]] = {
    "country": ("NGA,MDG", lambda one: bool(one.countries & {"NGA", "MDG"})),
    "region": ("014", lambda one: any(REGION_OF[iso3] == "014" for iso3 in one.countries)),
    "pillar": ("I,IV", lambda one: one.pillar in ("I", "IV")),
    "measure": ("II.13", lambda one: one.cells["measure"] == "II.13"),
    "entity": ("IOM", lambda one: one.cells["entity"] == "IOM"),
    "role": ("1", lambda one: bool(one.cells["donor"])),
    "status": ("ongoing,planned", lambda one: one.status in ("ongoing", "planned")),
    "since": ("2021-03", lambda one: _runs_since(one, "2021-03")),
    "until": ("2012-06", lambda one: "" < _begin(one) <= "2012-06-30"),
    "freshness": ("stale", lambda one: one.is_stale),
    "money": ("stated", lambda one: bool(one.cells["budget"])),
    "text": ("border workshop", lambda one: _has(one, "border", "workshop")),
}


def _begin(one: Told) -> str:
    return min(d for d in (one.cells["start_date"], one.cells["end_date"], "9999") if d)


def _runs_since(one: Told, since: str) -> bool:
    """An ongoing activity without an end runs on; a year may mean any day of it."""
    last = one.cells["end_date"] or one.cells["start_date"]
    runs_on = one.status == "ongoing" and last != "" and not one.cells["end_date"]
    return runs_on or (last != "" and last >= since[: len(last)])


def _has(one: Told, *words: str) -> bool:
    return all(word in one.cells["title"].casefold() for word in words)


@pytest.mark.parametrize("name", FILTERS)
def test_a_filter_in_the_link_lists_the_activities_that_fit_and_no_others(name: str) -> None:
    codes, fits = FILTERS[name]
    at = opened(Role.DONOR, "activities", **{name: codes})
    expected = [one for one in embedded.activities() if fits(one)]
    told = translate_plural(
        "en",
        "{n} activity fits the filter.",
        "{n} activities fit the filter.",
        len(expected),
    )
    assert any(told in text.value for text in at.markdown), [m.value for m in at.markdown][:2]
    listed = table(at, "List of activities")
    assert 0 < len(listed) == min(50, len(expected)) < len(embedded.activities())
    assert not at.warning


@pytest.mark.parametrize("name", ["country", "region", "pillar", "measure"])
def test_a_filter_narrows_the_matrix_the_heatmap_and_the_overview_too(name: str) -> None:
    codes, _ = FILTERS[name]
    at = visit(Role.DONOR).run()
    for stem, alt in (
        ("gap_matrix", "The matrix as a table"),
        ("pillar_heatmap", "The heatmap as a table"),
        ("overview", "States as a table"),
        ("country_map", "The map as a table"),
    ):
        at.query_params.pop(name, None)
        all_of_it = table(turned(at, stem), alt)
        narrowed = table(turned(at, stem, **{name: codes}), alt)
        assert not narrowed.empty
        assert not narrowed.equals(all_of_it), stem


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("country", "XXX"),
        ("pillar", "V"),
        ("measure", "II.99"),
        ("entity", "<b>NOBODY</b>"),
        ("role", "9"),
        ("status", "done"),
        ("since", "yesterday"),
        ("freshness", "stale,fresh"),
        ("money", "lots"),
        ("region", "999"),
    ],
)
def test_an_unknown_code_is_named_and_set_aside_and_the_rest_still_counts(
    name: str, codes: str
) -> None:
    at = opened(Role.DONOR, "activities", text="workshop", **{name: codes})
    assert len(at.warning) == 1, name
    assert codes.split(",")[0] in at.warning[0].value
    fitting = [one for one in embedded.activities() if _has(one, "workshop")]
    assert len(table(at, "List of activities")) == min(50, len(fitting))
    assert not at.exception


def test_several_unknown_codes_are_all_named_at_once() -> None:
    at = opened(Role.DONOR, "overview", country="XXX,YYY", pillar="IX", since="soon")
    assert len(at.warning) == 4
    assert not at.exception
    assert at.metric


def test_filters_travel_with_every_link_of_the_menu() -> None:
    at = opened(Role.VIEWER, "activities", country="NGA", status="ongoing", lang="en")
    carried = [query for _, query in links(at)]
    assert carried
    assert all("country=NGA" in query and "status=ongoing" in query for query in carried)
    assert all("lang=en" in query for query in carried)


def test_a_page_says_which_filters_it_can_not_use() -> None:
    at = opened(Role.VIEWER, "gap_matrix", country="NGA", status="ongoing", text="border")
    aside = "Not applied on this page: Status and Words in the title."
    assert aside in [caption.value for caption in at.caption]
    assert "status" not in EVIDENCE_FILTERS
    assert at.query_params["status"] == "ongoing"


def test_a_chip_takes_one_code_off_and_clear_takes_all() -> None:
    at = opened(Role.VIEWER, "activities", country="NGA,BFA", pillar="II", text="border, guards")
    at.button(key="chip_country_BFA_en").click().run()
    assert at.query_params["country"] == "NGA"
    at.button(key="chip_text_border, guards_en").click().run()
    assert "text" not in at.query_params
    next(button for button in at.button if button.label == "Clear").click().run()
    assert not {"country", "pillar", "text"} & set(at.query_params)


def test_what_is_chosen_in_the_row_stands_in_the_url_as_codes() -> None:
    at = opened(Role.VIEWER, "activities")
    at.multiselect(key="choice_country_en").set_value(["BFA", "NGA"]).run()
    at.pills(key="choice_pillar_en").set_value(["III"]).run()
    at.text_input(key="choice_text_en").set_value("  border,   police ").run()
    assert dict(at.query_params) == {"country": "BFA,NGA", "pillar": "III", "text": "border police"}


def test_a_choice_is_sent_to_the_browser_only_where_the_link_says_another() -> None:
    at = opened(Role.VIEWER, "activities", country="NGA")
    assert at.multiselect(key="choice_country_en").proto.set_value
    at.multiselect(key="choice_country_en").set_value(["NGA", "BFA"]).run()
    assert not at.multiselect(key="choice_country_en").proto.set_value
    at.button(key="chip_country_NGA_en").click().run()
    assert at.multiselect(key="choice_country_en").proto.set_value
    assert at.multiselect(key="choice_country_en").value == ["BFA"]


def test_a_typed_date_that_is_none_is_told_and_does_not_break_the_page() -> None:
    at = opened(Role.VIEWER, "activities")
    at.text_input(key="choice_since_en").set_value("last year").run()
    assert not at.exception
    assert len(at.warning) == 1
    assert not table(at, "List of activities").empty


def test_a_filter_that_nothing_fits_says_what_to_do() -> None:
    at = opened(Role.VIEWER, "activities", text="qqqq zzzz")
    assert table(at, "List of activities").empty
    assert "No record fits. Remove a filter to see more." in [c.value for c in at.caption]


def test_the_pager_turns_pages_and_ends_where_the_list_ends() -> None:
    at = opened(Role.VIEWER, "activities")
    first = table(at, "List of activities")
    next(b for b in at.button if b.label == "Next page").click().run()
    assert at.query_params["page"] == "2"
    assert set(table(at, "List of activities")["title"]).isdisjoint(first["title"]) or len(first)
    seen = len(first) + len(table(at, "List of activities"))
    while not next(b for b in at.button if b.label == "Next page").disabled:
        next(b for b in at.button if b.label == "Next page").click().run()
        seen += len(table(at, "List of activities"))
    assert seen == len(embedded.activities()) + 2  # of the `QUIET` ones, those of the UN system


def test_a_page_number_beyond_the_end_shows_the_last_page() -> None:
    for number in ("99", "0", "-1", "x", "9" * 30):
        at = opened(Role.VIEWER, "activities", page=number)
        assert not at.exception, number
        assert not table(at, "List of activities").empty, number
