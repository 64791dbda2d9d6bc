"""Requests on the screen: recorded area by area, amended, and made into needs."""

import json
from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import col, select
from streamlit.testing.v1 import AppTest

from ctai import db
from ctai.domain.requests import RequestDraft
from ctai.domain.roles import SYSTEM, Role, Visibility
from ctai.i18n import translate
from ctai.i18n.isolates import isolated
from ctai.models.needs import Need, Request
from ctai.models.trust import FormDraft
from ctai.queries import codes, requests
from ctai.services.keep_form import LONGEST, TOO_MUCH
from ctai.services.store_request import amend_request, enter_request
from tests.app.conftest import opened, turned
from tests.app.screen import READ, everything, reasons, row_picked, sent, table
from tests.requests_drafts import asked

WHAT = "Help to upholster the patrol boats of Lake Chad"
AREAS = [
    {"measure": "II.13", "what": "Needles and thread"},
    {"measure": "II.14", "what": "A course for sailmakers"},
]


@pytest.fixture
def number(records: str) -> int:
    """A request of Nigeria to UNODC with two areas."""
    with db.transaction(db.shared_engine(records)) as session:
        return enter_request(session, SYSTEM, asked(), codes.known(session))


def field(at: AppTest, form: str, name: str) -> Any:
    """Give a field of a form."""
    return at.main.get_by_key(f"{form}:{name}")


def grid(at: AppTest, alt: str) -> Any:
    """Give the grid with this alternative text."""
    return next(one for one in at.data_editor if one.proto.alt == alt)


def rows_added(at: AppTest, alt: str, rows: list[dict[str, str]]) -> AppTest:
    """Add rows to a grid, as a browser would."""
    edits = {"edited_rows": {}, "added_rows": rows, "deleted_rows": []}
    return sent(at, grid(at, alt), edits)


def filled_in(at: AppTest, **values: object) -> AppTest:
    """Fill in the form of a new request."""
    given: dict[str, object] = {"what": WHAT, "country": "NGA", "addressed_to": "UNODC", **values}
    for name, value in given.items():
        field(at, "request:new", name).set_value(value)
    return at.run()


def saved(at: AppTest, form: str = "request:new") -> AppTest:
    return at.button(key=f"save {form}").click().run()


def stored(url: str, number: int) -> RequestDraft:
    with db.reading(db.shared_engine(url)) as session:
        found = requests.draft_of(session, SYSTEM, number)
    assert found is not None
    return found


def count(url: str) -> int:
    with db.reading(db.shared_engine(url)) as session:
        return len(session.exec(select(Request.id)).all())


def test_a_request_is_recorded_with_its_areas_and_then_shown(records: str) -> None:
    at = opened(Role.DESK_OFFICER, "request")
    at = filled_in(at, authority="Ministry of Boats", requested_on="2026-02", reasons="They leak")
    at = saved(rows_added(at, "Areas in which help is asked for", AREAS))
    assert not at.error
    found = stored(records, int(at.query_params["request"]))
    assert (found.what, found.country, found.authority) == (WHAT, "NGA", "Ministry of Boats")
    assert [(i.measure, i.what) for i in found.items] == [(a["measure"], a["what"]) for a in AREAS]
    assert (found.measure, found.visibility) == ("II.13", Visibility.UN_SYSTEM)
    assert at.title[0].value == WHAT
    assert "Needles and thread" in everything(at)
    assert [toast.value for toast in at.toast] == ["Saved."]


def test_every_reason_is_named_at_once_and_what_was_typed_stays(records: str) -> None:
    before = count(records)
    at = filled_in(opened(Role.DESK_OFFICER, "request"), country="BFA", requested_on="soon")
    at = saved(rows_added(at, "Areas in which help is asked for", [{"measure": "II.13"}]))
    assert len(reasons(at)) == 3
    assert any("“soon” is not a date" in one for one in reasons(at))
    assert any("Area 1 says nothing" in one for one in reasons(at))
    assert any("You may enter records of NGA only" in one for one in reasons(at))
    assert field(at, "request:new", "what").value == WHAT
    assert count(records) == before


def test_a_half_typed_request_survives_leaving_and_a_new_visit(records: str) -> None:
    at = filled_in(opened(Role.DESK_OFFICER, "request"), reasons="They leak")
    at = rows_added(at, "Areas in which help is asked for", AREAS)
    turned(at, "country")
    turned(at, "request")
    assert field(at, "request:new", "what").value == WHAT
    again = opened(Role.DESK_OFFICER, "request")
    assert field(again, "request:new", "what").value == WHAT
    assert field(again, "request:new", "reasons").value == "They leak"
    assert any(one.value.startswith("You see what you had typed") for one in again.caption)
    shown = grid(again, "Areas in which help is asked for").value
    assert shown["what"].tolist() == ["Needles and thread", "A course for sailmakers"]
    again = saved(again)
    assert not again.error
    assert [i.what for i in stored(records, int(again.query_params["request"])).items] == [
        a["what"] for a in AREAS
    ]
    with db.reading(db.shared_engine(records)) as session:
        assert not session.exec(select(FormDraft)).all()


def test_a_form_that_is_only_looked_at_leaves_nothing_behind(records: str) -> None:
    for stem in ("request", "assessment"):
        opened(Role.DESK_OFFICER, stem).run()
    with db.reading(db.shared_engine(records)) as session:
        assert not session.exec(select(FormDraft)).all()


def test_what_is_too_much_to_be_kept_is_told_and_stays_in_the_visit(records: str) -> None:
    at = filled_in(opened(Role.DESK_OFFICER, "request"), reasons="x" * (LONGEST + 1))
    for _ in range(2):
        assert not at.exception
        assert not at.error
        assert [one.value for one in at.warning] == [translate("en", TOO_MUCH)]
        assert len(field(at, "request:new", "reasons").value) == LONGEST + 1
        at = at.run()
    turned(at, "country")
    turned(at, "request")
    assert field(at, "request:new", "what").value == WHAT
    assert len(field(at, "request:new", "reasons").value) == LONGEST + 1
    field(at, "request:new", "reasons").set_value("They leak").run()
    assert not at.warning
    again = opened(Role.DESK_OFFICER, "request")
    assert field(again, "request:new", "reasons").value == "They leak"


def test_what_was_typed_is_forgotten_when_asked_to(records: str) -> None:
    at = filled_in(opened(Role.DESK_OFFICER, "request"))
    at = at.button(key="give_up request:new").click().run()
    assert field(at, "request:new", "what").value == ""
    with db.reading(db.shared_engine(records)) as session:
        assert not session.exec(select(FormDraft)).all()


def test_an_amended_request_keeps_its_areas_numbers(number: int, records: str) -> None:
    before = stored(records, number)
    at = opened(Role.DESK_OFFICER, "request", request=str(number), amend="1")
    form = f"request:{number}"
    field(at, form, "authority").set_value("Ministry of Boats")
    at = saved(rows_added(at.run(), "Areas in which help is asked for", AREAS[:1]), form)
    assert not at.error
    found = stored(records, number)
    assert found.authority == "Ministry of Boats"
    assert found.items[:2] == before.items
    assert found.items[2].what == "Needles and thread"
    assert found.reasons == before.reasons
    assert at.query_params["request"] == str(number)
    assert "amend" not in at.query_params


def test_a_newer_version_is_told_before_it_is_written_over(number: int, records: str) -> None:
    at = opened(Role.DESK_OFFICER, "request", request=str(number), amend="1")
    form = f"request:{number}"
    field(at, form, "authority").set_value("Mine")
    at.run()
    with db.transaction(db.shared_engine(records)) as session:
        theirs = stored(records, number)
        known = codes.known(session)
        amend_request(session, SYSTEM, number, replace(theirs, note="Theirs"), 1, known)
    at = saved(at, form)
    assert [one for one in reasons(at) if "Somebody changed this record" in one]
    assert stored(records, number).authority == "Ministry of Justice"
    at = saved(at, form)
    assert not at.error
    assert stored(records, number).authority == "Mine"


def test_an_area_becomes_a_need_once_and_the_area_then_names_it(number: int, records: str) -> None:
    at = opened(Role.DESK_OFFICER, "request", request=str(number))
    item = stored(records, number).items[1].item_id
    name = f"request-{number}-{item}"
    at = at.button(key=f"raise {name}").click().run()
    form = f"need:{name}"
    assert field(at, form, "title").value == "Training"
    for key, value in {"for_whom": "Sailmakers", "severity": "high", "cost": "a lot"}.items():
        field(at, form, key).set_value(value)
    field(at, form, "currency").set_value("EUR")
    at.run()
    at = at.button(key=f"store {form}").click().run()
    assert reasons(at) == ["“a lot” is not an amount. Write digits, such as 1700000."]
    field(at, form, "cost").set_value("1 200.50")
    at = at.button(key=f"store {form}").click().run()
    assert any("needs its rate" in one for one in reasons(at))
    field(at, form, "rate").set_value("1.08")
    field(at, form, "rate_date").set_value("2026-02-16")
    at = at.button(key=f"store {form}").click().run()
    assert not at.error
    with db.reading(db.shared_engine(records)) as session:
        need = session.exec(select(Need).where(col(Need.request_item_id) == item)).one()
    assert (need.title, need.for_whom, need.severity) == ("Training", "Sailmakers", "high")
    assert (str(need.estimated_cost), need.cost_currency) == ("1200.5", "EUR")
    assert need.code in everything(at)
    assert "Make it another need" in [one.label for one in at.main.button]
    assert "raise" not in at.query_params


@pytest.mark.parametrize("lang", READ)
@pytest.mark.parametrize("role", Role)
def test_each_role_reads_a_request_and_only_some_change_it(
    number: int, role: Role, lang: str
) -> None:
    at = opened(role, "request", request=str(number), lang=lang)
    assert not at.exception
    assert at.title[0].value == isolated(lang, "Help with borders")
    may = role in (Role.DESK_OFFICER, Role.FOCAL_POINT, Role.ADMINISTRATOR)
    labels = [one.label for one in at.main.button]
    assert (translate(lang, "Amend") in labels) is may
    assert (translate(lang, "Make it a need") in labels) is may
    at = opened(role, "request", request=str(number), amend="1", lang=lang)
    assert bool(at.main.text_input) is may
    assert bool(at.warning) is not may


def test_a_request_that_is_not_open_and_one_that_is_not_there_say_the_same(records: str) -> None:
    with db.transaction(db.shared_engine(records)) as session:
        draft = asked("BFA", addressed_to="CTED", visibility=Visibility.RESTRICTED)
        hidden = enter_request(session, SYSTEM, draft, codes.known(session))
    told = set()
    for number in (hidden, 999_999):
        at = opened(Role.DESK_OFFICER, "request", request=str(number))
        told.add(json.dumps([one.value for one in (*at.title, *at.warning)]))
        assert "Passport readers" not in everything(at)
    assert len(told) == 1


def test_a_country_leads_to_its_requests(number: int) -> None:
    at = opened(Role.VIEWER, "country", country="NGA")
    what = list(table(at, "Requests of the State")["what"])
    frame = next(one for one in at.dataframe if one.proto.alt == "Requests of the State")
    at = row_picked(at, frame, what.index("Help with borders"))
    links = [one for one in at.page_link if one.proto.page == "request"]
    assert f"request={number}" in "".join(one.proto.query_string for one in links)


@pytest.mark.parametrize("asked_for", ["0", "-1", "abc", "9" * 40, " ", "1,2"])
@pytest.mark.usefixtures("records")
def test_a_number_that_is_no_records_breaks_nothing(asked_for: str) -> None:
    for stem in ("request", "assessment"):
        for extra in ({}, {"amend": "1"}, {"raise": "request-1-1"}):
            at = opened(Role.ADMINISTRATOR, stem, **{stem: asked_for, **extra})
            assert not at.exception, (stem, extra)


def test_the_list_says_how_long_each_has_waited(number: int) -> None:
    del number
    at = opened(Role.COUNTERPART, "request")
    assert not at.data_editor
    shown = table(at, "Requests of the State")
    assert any(text.startswith("waiting for ") for text in shown["answered"])
