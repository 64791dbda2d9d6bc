"""The numbers on the screen are those that anyone can reckon from the files in data/."""

from collections import Counter

import pytest

from ctai.domain.roles import Role
from ctai.domain.strategy import Pillar
from ctai.i18n import translate
from ctai.i18n.names import country_name, measure_title, pillar_name, term
from ctai.i18n.numbers import number
from tests.app import embedded
from tests.app.conftest import opened, turned, visit
from tests.app.screen import element, figure, picked, said, table

COUNTRIES = ("", "NGA", "BFA", "MDG", "MLI")
PILLARS = [pillar.value for pillar in Pillar]

pytestmark = pytest.mark.usefixtures("shelf")


def scope(country: str) -> dict[str, str]:
    return {"country": country} if country else {}


def test_the_files_hold_what_their_readme_says() -> None:
    assert len(embedded.needs()) == 304
    kinds = Counter(row["kind"] for row in embedded.rows("records.csv"))
    assert sum(kinds.values()) == 357


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_overview_counts_unmet_needs_and_activities_by_status(country: str) -> None:
    at = opened(Role.DONOR, "overview", **scope(country))
    told = embedded.activities(country)
    statuses = Counter(one.status for one in told)
    assert figure(at, "Unmet needs") == number("en", len(embedded.unmet(country)))
    assert figure(at, "Ongoing activities") == number("en", statuses["ongoing"])
    assert figure(at, "Planned activities") == number("en", statuses["planned"])
    stale = sum(one.is_stale for one in told)
    assert figure(at, "Not confirmed in a year") == number("en", stale)


def test_the_oldest_unmet_needs_come_first() -> None:
    at = opened(Role.DONOR, "overview", country="NGA")
    dates = [same[0]["evidence_date"] for same in embedded.unmet("NGA")]
    # As old as it can be shown to be: a year counts by its last day, like the age beside it.
    dates.sort(key=lambda text: text + "-12-31"[len(text) - 4 :] if text else "9999")
    found = table(at, "Needs with their evidence")
    listed = {row["title"]: row["evidence_date"] for row in embedded.rows("needs.csv")}
    assert [listed[title] for title in found["title"]] == dates[: len(found)]
    assert len(found) == 10


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_gap_matrix_counts_each_need_in_its_country(country: str) -> None:
    at = opened(Role.DONOR, "gap_matrix", **scope(country))
    cells = table(at, "The matrix as a table")
    counted: Counter[tuple[str, str]] = Counter()
    for same in embedded.needs(country):
        if same[0]["state_as_of_source"] == "withdrawn" or same[0]["measure"] not in NATIONAL:
            continue
        for iso3 in {row["country_iso3"] for row in same}:
            if country in ("", iso3):
                counted[country_name("en", iso3), same[0]["measure"]] += 1
    shown = {
        (row["country"], str(row["name"]).partition(" ")[0]): row["needs"]
        for row in cells.to_dict("records")
        if row["needs"]
    }
    assert shown == dict(counted)


NATIONAL = embedded.national()


@pytest.mark.parametrize("level", ["measure", "theme", "pillar"])
def test_every_level_of_the_matrix_holds_the_same_needs(level: str) -> None:
    at = opened(Role.DONOR, "gap_matrix", level=level)
    told = sum(
        len({row["country_iso3"] for row in same})
        for same in embedded.needs()
        if same[0]["measure"] in NATIONAL and same[0]["state_as_of_source"] != "withdrawn"
    )
    cells = table(at, "The matrix as a table")
    assert cells["needs"].sum() == told
    assert not cells.duplicated(["country", "name"]).any()


def test_the_switch_of_levels_writes_the_url_and_keeps_the_filter() -> None:
    at = opened(Role.DONOR, "gap_matrix", country="NGA")
    measures = len(table(at, "The matrix as a table"))
    at.segmented_control(key="choice_level_en").set_value("pillar").run()
    assert dict(at.query_params) == {"country": "NGA", "level": "pillar"}
    assert len(table(at, "The matrix as a table")) == 4 < measures


@pytest.mark.parametrize(("level", "group"), [("measure", "II.10"), ("pillar", "II")])
def test_a_cell_explains_itself_with_the_needs_it_counts(level: str, group: str) -> None:
    at = opened(Role.DONOR, "gap_matrix", level=level)
    picked(at, element(at, "vega_lite_chart"), iso3="NGA", group=group)
    here = [
        row["need_id"]
        for row in embedded.rows("needs.csv")
        if row["country_iso3"] == "NGA"
        and row["measure"] in NATIONAL
        and f"{row['measure']}.".startswith(f"{group}.")
    ]
    label = (
        f"{group} · {measure_title('en', group)}"
        if level == "measure"
        else f"{group} · {pillar_name('en', group)}"
    )
    assert [head.value for head in at.header] == [f"Nigeria: {label}"]
    assert sorted(table(at, "Needs with their evidence")["code"]) == sorted(here)
    assert said(at, "To close it: ")


def test_a_cell_of_which_nothing_is_known_says_so() -> None:
    at = opened(Role.DONOR, "gap_matrix")
    picked(at, element(at, "vega_lite_chart"), iso3="FRA", group="II.10")
    assert said(at, "Nobody has assessed this and nothing is recorded. It is not known.")


@pytest.mark.parametrize("country", ["NGA", "BFA", "MDG"])
def test_the_profile_maps_activities_by_status_and_pillar(country: str) -> None:
    at = opened(Role.DONOR, "country", country=country)
    counted = Counter((one.status, one.pillar) for one in embedded.activities(country))
    for row in table(at, "Undertakings by status and pillar").to_dict("records"):
        status = next(
            code
            for code in ("requested", "completed", "ongoing", "planned", "unknown")
            if row["status"]
            == (
                translate("en", "Status not known")
                if code == "unknown"
                else term("en", f"status.{code}")
            )
        )
        assert [row[p] for p in PILLARS] == [counted[status, p] for p in PILLARS], status


def test_a_cell_of_the_heatmap_lists_exactly_the_activities_it_counts() -> None:
    at = visit(Role.DONOR).run()
    for country in ("NGA", "BFA", "MDG"):
        counted = Counter(one.pillar for one in embedded.activities(country))
        turned(at, "pillar_heatmap")
        cells = table(at, "The heatmap as a table").set_index("name")
        for pillar in PILLARS:
            written = cells.loc[country_name("en", country), pillar]
            assert (written or "0") == str(counted[pillar])
        for pillar, n in counted.items():
            turned(at, "pillar_heatmap")
            picked(at, element(at, "vega_lite_chart"), row=country, pillar=pillar)
            assert len(table(at, "List of activities")) == n, (country, pillar)


def test_the_map_tells_every_countrys_unmet_needs() -> None:
    at = opened(Role.DONOR, "country_map")
    shown = table(at, "The map as a table").set_index("name")["open_needs"].dropna()
    states = {row["country_iso3"] for row in embedded.rows("needs.csv")}
    told = {
        country_name("en", iso3): sum(
            same[0]["measure"] in NATIONAL for same in embedded.unmet(iso3)
        )
        for iso3 in states
    }
    assert dict(shown) == told
