"""Lists of activities: every filter narrows, the order holds, and a page is a part of the whole."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from ctai.domain.activities import ActivityDraft, OrganisationRole, Participation, Status, Text
from ctai.domain.dates import month_number
from ctai.domain.freshness import STALE_AFTER_MONTHS, is_stale
from ctai.domain.money import BudgetKind
from ctai.domain.roles import SYSTEM
from ctai.domain.scope import Scope
from ctai.queries import activities, aliases, codes
from ctai.queries.scoped import oldest_fresh
from ctai.services.store_activity import amend, enter
from tests.domain.test_dates import partial_dates
from tests.drafts import KNOWN, TODAY, activity, add_code_lists, money

PLEDGE = money(5, BudgetKind.PLEDGE)


def store(session: Session, drafts: dict[str, ActivityDraft]) -> dict[int, str]:
    """Store some activities and give their names by number."""
    add_code_lists(session)
    return {
        enter(session, SYSTEM, draft, KNOWN).activity_id: name for name, draft in drafts.items()
    }


def found(session: Session, names: dict[int, str], scope: Scope) -> set[str]:
    """Name the activities of a scope, and check that counting them gives as many."""
    frame = activities.listed(session, SYSTEM, scope, TODAY, "en", 100)
    assert activities.count(session, SYSTEM, scope, TODAY) == len(frame)
    streamed = activities.streamed(session, SYSTEM, scope, TODAY, "en")
    assert {row[0] for row in streamed} == set(frame["activity_id"])
    return {names[number] for number in frame["activity_id"]}


def test_each_filter_lets_through_what_it_names(session: Session) -> None:
    donor = Participation("Denmark", OrganisationRole.FUNDING)
    nigeria = activity("Judges in Abuja", budget=(money(9),))
    burkina = activity(
        "50 % of airports_",
        ("BFA",),
        ("CTED",),
        ("III.12",),
        status=Status.PLANNED,
        budget=(PLEDGE,),
        start="2019",
    )
    madagascar = activity(
        "Ports", ("MDG",), ("IOM",), ("III.12", "II.13"), status_as_of=None, start=None
    )
    funded = replace(burkina, participants=(*burkina.participants, donor))
    names = store(session, {"nga": nigeria, "bfa": funded, "mdg": madagascar})
    for scope, expected in [
        (Scope(), {"nga", "bfa", "mdg"}),
        (Scope(country=("NGA", "MDG")), {"nga", "mdg"}),
        (Scope(country=("XXX",)), set()),
        (Scope(region=("202",)), {"nga", "bfa"}),
        (Scope(region=("202",), country=("MDG",)), set()),
        (Scope(pillar=("II",)), {"nga", "mdg"}),
        (Scope(measure=("III.12",)), {"bfa", "mdg"}),
        (Scope(pillar=("II",), measure=("III.12",)), set()),
        (Scope(entity=("CTED", "IOM")), {"bfa", "mdg"}),
        (Scope(entity=("Denmark",)), {"bfa"}),
        (Scope(entity=("Denmark",), role=("4",)), set()),
        (Scope(role=("1",)), {"bfa"}),
        (Scope(status=("planned",)), {"bfa"}),
        (Scope(freshness="stale"), {"mdg"}),
        (Scope(freshness="fresh"), {"nga", "bfa"}),
        (Scope(money="stated"), {"nga", "bfa"}),
        (Scope(money="secured"), {"nga"}),
        (Scope(money="not_stated"), {"mdg"}),
        (Scope(since="2020"), {"nga"}),
        (Scope(until="2019-01"), {"bfa"}),
        (Scope(text="JUDGES"), {"nga"}),
        (Scope(text="abuja judges"), {"nga"}),
        (Scope(text="%"), {"bfa"}),
        (Scope(text="s_"), {"bfa"}),
        (Scope(text="\\"), set()),
        (Scope(text="' OR 1=1 --"), set()),
    ]:
        assert found(session, names, scope) == expected, scope


@pytest.mark.parametrize(
    ("start", "end", "since", "until", "inside"),
    [
        ("2010", "2020", "2015", "2016", True),
        ("2010", "2014-12-31", "2015", "", False),
        ("2016-03-15", "2016-03-20", "2016-03", "2016-03", True),
        ("2016-04-01", None, "", "2016-03", False),
        ("2016-03-31", None, "", "2016-03", True),
        (None, None, "2000", "", False),
    ],
)
def test_a_span_of_time_finds_what_ran_within_it(
    session: Session, start: str | None, end: str | None, since: str, until: str, inside: bool
) -> None:
    names = store(session, {"it": replace(activity(), actual_start=start, actual_end=end)})
    assert found(session, names, Scope(since=since, until=until)) == ({"it"} if inside else set())


@given(partial_dates(), st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_the_database_and_the_rule_agree_on_what_is_stale(as_of: str, today: date) -> None:
    assert (as_of < oldest_fresh(today)) == is_stale(as_of, today)


@pytest.mark.parametrize("today", [date(2026, 1, 5), date(2026, 7, 1), date(2026, 12, 31)])
def test_a_status_is_fresh_for_as_long_as_it_is_believed(today: date) -> None:
    months = today.year * 12 + today.month - 1
    assert month_number(oldest_fresh(today)) == months - STALE_AFTER_MONTHS


def test_a_completed_activity_never_goes_stale(session: Session) -> None:
    done = activity(status=Status.COMPLETED, status_as_of="2001")
    names = store(session, {"done": done})
    assert found(session, names, Scope(freshness="stale")) == set()


def test_pages_follow_each_other_last_changed_first(session: Session) -> None:
    names = store(session, {f"n{n}": activity(f"Workshop {n}") for n in range(5)})
    first = next(iter(names))
    amend(session, SYSTEM, first, activity("Workshop renamed"))
    pages = [
        activities.listed(session, SYSTEM, Scope(), TODAY, "en", 2, offset) for offset in (0, 2, 4)
    ]
    told = [names[number] for frame in pages for number in frame["activity_id"]]
    assert told == ["n0", "n4", "n3", "n2", "n1"]
    assert activities.listed(session, SYSTEM, Scope(), TODAY, "en", 2, 6).empty


def test_a_stream_goes_on_over_its_batches(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = store(session, {f"n{n}": activity(f"Workshop {n}") for n in range(5)})
    monkeypatch.setattr(activities, "ROWS_A_BATCH", 2)
    told = [row[0] for row in activities.streamed(session, SYSTEM, Scope(), TODAY, "en")]
    assert told == sorted(names)


def test_an_empty_store_gives_empty_lists(session: Session) -> None:
    frame = activities.listed(session, SYSTEM, Scope(), TODAY, "en", 10)
    assert frame.columns.tolist() == activities.LIST_COLUMNS
    assert frame.empty
    assert activities.by_number(session, SYSTEM, [], "en").empty
    assert activities.by_number(session, SYSTEM, [404], "en").empty
    assert [*activities.streamed(session, SYSTEM, Scope(), TODAY, "en")] == []


@pytest.mark.parametrize(
    ("language", "title", "written_in"),
    [("fr", "Atelier", "fr"), ("en", "Workshop", "en"), ("ar", "Workshop", "en")],
)
def test_a_title_is_given_in_the_readers_language_else_in_english(
    session: Session, language: str, title: str, written_in: str
) -> None:
    texts = {"fr": Text("Atelier"), "en": Text("Workshop"), "ar": Text("")}
    store(session, {"it": replace(activity(), texts=texts)})
    row = activities.listed(session, SYSTEM, Scope(), TODAY, language, 1).iloc[0]
    assert (row["title"], row["language"]) == (title, written_in)


def test_a_title_in_another_language_is_better_than_none(session: Session) -> None:
    store(session, {"it": replace(activity(), texts={"ar": Text(""), "fr": Text("Atelier")})})
    row = activities.listed(session, SYSTEM, Scope(), TODAY, "en", 1).iloc[0]
    assert (row["title"], row["language"]) == ("Atelier", "fr")


def test_a_row_tells_all_about_an_activity_in_codes(session: Session) -> None:
    donor = Participation("Denmark", OrganisationRole.FUNDING)
    draft = activity(
        "Ports", ("NGA", "BFA"), ("IOM",), ("III.12", "II.13"), budget=(money("9.50"),)
    )
    names = store(session, {"it": replace(draft, participants=(donor, *draft.participants))})
    row = activities.by_number(session, SYSTEM, names, "en").iloc[0]
    assert row["countries"] == "BFA; NGA"
    assert row["entities"] == "IOM; Denmark"
    assert row["measures"] == "III.12; II.13"
    assert (row["status"], row["status_as_of"]) == ("ongoing", "2024-06")
    assert (row["start"], row["end"]) == ("2024-01", None)
    assert row["amounts"].startswith("commitment 9.5")
    assert row["amounts"].endswith(" USD")
    assert row["source_urls"] == "https://example.org/a"


def test_code_lists_are_read_as_they_are_stored(session: Session) -> None:
    assert codes.data_version(session) == 0
    add_code_lists(session)
    assert codes.known(session) == KNOWN
    assert codes.data_version(session) == 1
    assert codes.regions(session)["NGA"] == "202"
    assert [*codes.entities(session)] == sorted(KNOWN.entities)
    assert codes.entities(session)["Denmark"] == "donor"
    assert aliases.entity_aliases(session)["unodc"] == "UNODC"
