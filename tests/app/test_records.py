"""One record on the screen: opened from a list, confirmed, closed, with its history."""

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from ctai import db
from ctai.domain.roles import SYSTEM, Role
from ctai.i18n.numbers import number as worded
from ctai.models.activities import Activity
from ctai.models.records import Revision
from ctai.services import store_activity
from tests import drafts
from tests.app.conftest import number_of, opened
from tests.app.screen import element, everything, picked, row_picked, sent, table

TITLE = "Upholstery of patrol boats on Lake Chad"


@pytest.fixture
def number(records: str) -> int:
    """The number of a record of Nigeria that UNODC carries out, last true years ago."""
    with db.transaction(db.shared_engine(records)) as session:
        draft = drafts.activity(TITLE, status_as_of="2019-05", budget=(drafts.money(1700000),))
        return store_activity.enter(session, SYSTEM, draft).activity_id


def button(at: AppTest, label: str) -> bool:
    return label in [one.label for one in at.main.button]


def test_a_ticked_row_opens_its_record_and_the_link_names_it(number: int) -> None:
    at = opened(Role.VIEWER, "activities", country="NGA")
    row = list(table(at, "List of activities")["title"]).index(TITLE)
    row_picked(at, next(f for f in at.dataframe if f.proto.alt == "List of activities"), row)
    assert at.query_params["activity"] == str(number)
    assert TITLE in [head.value for head in at.header]
    assert at.query_params["country"] == "NGA"


def test_a_record_shows_its_facts_its_source_and_its_history(number: int) -> None:
    at = opened(Role.VIEWER, "activities", activity=str(number))
    shown = everything(at)
    assert "https://example.org/a" in shown
    assert "II.13 · " in shown
    assert worded("en", 1700000) in shown
    history = table(at, "History of the activity")
    assert {"system"} == set(history["actor"])
    assert "Title in English" in set(history["what"])


@pytest.mark.parametrize("role", [Role.DONOR, Role.COUNTERPART])
def test_who_may_not_see_history_sees_no_names(number: int, role: Role) -> None:
    at = opened(role, "activities", activity=str(number))
    assert TITLE in [head.value for head in at.header]
    assert table(at, "History of the activity").empty
    assert "system" not in [str(cell) for cell in table(at, "Newest changes").to_numpy().ravel()]


def test_a_closed_record_is_gone_from_the_link_and_stays_closed(number: int) -> None:
    at = opened(Role.VIEWER, "activities", activity=str(number))
    next(b for b in at.main.button if b.label == "Close").click().run()
    assert "activity" not in at.query_params
    assert TITLE not in [head.value for head in at.header]


def test_a_record_opened_from_a_row_can_be_closed_again(number: int) -> None:
    at = opened(Role.VIEWER, "activities", country="NGA")
    frame = next(f for f in at.dataframe if f.proto.alt == "List of activities")
    row_picked(at, frame, list(table(at, "List of activities")["title"]).index(TITLE))
    assert at.query_params["activity"] == str(number)
    next(b for b in at.main.button if b.label == "Close").click().run()
    assert "activity" not in at.query_params


def test_still_true_today_dates_the_status_today_and_says_who(number: int, records: str) -> None:
    at = opened(Role.DESK_OFFICER, "activities", activity=str(number))
    assert "Stale: nobody has confirmed it in a year" in everything(at)
    next(b for b in at.main.button if b.label == "Still true today").click().run()
    assert [toast.value for toast in at.toast] == ["Confirmed as of today."]
    assert "Stale: nobody has confirmed it in a year" not in everything(at)
    with db.reading(db.shared_engine(records)) as session:
        activity = session.exec(select(Activity).where(Activity.id == number)).one()
        newest = session.exec(
            select(Revision).where(Revision.record_id == number, Revision.actor == "desk_officer")
        ).all()
    assert activity.confirmed_by == "desk_officer"
    assert activity.status_as_of is not None
    assert activity.status_as_of > "2026"
    assert {one.field for one in newest} == {"status_as_of", "confirmed_by"}


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.VIEWER, False),
        (Role.DONOR, False),
        (Role.COUNTERPART, False),
        (Role.DESK_OFFICER, True),
        (Role.FOCAL_POINT, True),
        (Role.ADMINISTRATOR, True),
    ],
)
def test_only_who_may_change_a_record_is_offered_to(number: int, role: Role, may: bool) -> None:
    at = opened(role, "activities", activity=str(number))
    assert button(at, "Still true today") is may
    assert ("Amend" in [link.label for link in at.main.page_link]) is may


def test_a_record_of_another_country_is_not_offered_for_change(records: str) -> None:
    theirs = number_of(records, "Wollongong course")
    at = opened(Role.DESK_OFFICER, "activities", activity=str(theirs))
    assert "Wollongong course" in [head.value for head in at.header]
    assert not button(at, "Still true today")


@pytest.mark.parametrize("asked", ["0", "-1", "1e3", "abc", "9" * 17, "9" * 40, "1,2", " "])
def test_a_number_that_is_no_records_breaks_nothing(records: str, asked: str) -> None:
    del records
    for stem in ("activities", "enter"):
        at = opened(Role.ADMINISTRATOR, stem, activity=asked)
        assert not at.exception, stem
        assert not [error for error in at.error if "reference" in error.value], stem


def test_a_click_on_the_map_opens_the_country_with_the_filters(records: str) -> None:
    del records
    at = opened(Role.VIEWER, "country_map", pillar="II", lang="en")
    chosen = {"selection": {"indices": {}, "objects": {"countries": [{"iso3": "NGA"}]}}}
    sent(at, element(at, "deck_gl_json_chart"), chosen)
    assert dict(at.query_params) == {"pillar": "II", "lang": "en", "country": "NGA"}
    assert at.title[0].value == "Nigeria"


def test_a_click_on_the_timeline_opens_the_record(number: int) -> None:
    at = opened(Role.VIEWER, "country", country="NGA")
    chart = element(at, "vega_lite_chart", "timeline")
    sent(at, chart, {"selection": {"activity": [{"activity_id": number}]}})
    assert TITLE in [head.value for head in at.header]


def test_a_forged_click_breaks_nothing(records: str) -> None:
    del records
    at = opened(Role.VIEWER, "gap_matrix")
    for point in ({"iso3": "<x>", "group": "II.10"}, {"iso3": "NGA", "group": "'; DROP"}):
        picked(at, element(at, "vega_lite_chart"), **point)
        assert not at.exception
        assert not at.error
