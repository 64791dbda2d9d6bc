"""Chasing and what waits, on the screen: for each role, in each language, and what a click does."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select, update
from sqlmodel import col
from streamlit.testing.v1 import AppTest

from ctai import db
from ctai.domain.activities import Status
from ctai.domain.funding import FundingState
from ctai.domain.reporting import last_quarters
from ctai.domain.roles import SYSTEM, Role, Visibility
from ctai.i18n import translate
from ctai.models.needs import Need, NeedCountry
from ctai.models.people import User
from ctai.models.trust import FormDraft, QuarterReport
from ctai.queries import codes
from ctai.services.store_activity import enter
from ctai.services.store_evidence import enter_need
from tests.app.conftest import opened, turned
from tests.app.screen import (
    READ,
    element,
    everything,
    links,
    picked,
    reasons,
    row_picked,
    said,
    table,
)
from tests.drafts import activity, need
from tests.upkeep_drafts import LONG_AGO, add_funding, add_proposal, consent, enquiry

TELLING = "The confirmations that would change the matrix most"
LAST = last_quarters(datetime.now(UTC).date(), 2)[0]


@pytest.fixture
def busy(records: str) -> str:
    """The embedded records with something that waits: a secret need, an open one, a request."""
    with db.transaction(db.shared_engine(records)) as session:
        known = codes.known(session)
        session.execute(update(User).values(created_at=LONG_AGO))
        secret = need("N-HUSH", ("NGA",), visibility=Visibility.RESTRICTED)
        hush = enter_need(session, SYSTEM, secret, known)
        openly = enter_need(session, SYSTEM, need("N-OPEN", ("NGA",)), known)
        session.add_all(
            [
                enquiry(openly, "UNODC"),
                enquiry(hush, "CTED"),
                consent(hush, "NGA", "2099-01-01"),
                consent(openly, "NGA", "2099-01-01"),
            ]
        )
        add_proposal(session, "Course of prosecutors", "focal_point", "NGA", "UNODC")
        add_funding(session, "F1", FundingState.SUBMITTED, "focal_point", "NGA", "UNODC")
        add_funding(session, "F2", FundingState.RETURNED, "focal_point", "NGA", "UNODC")
    return records


def waiting_label(at: AppTest) -> str:
    return next(link.proto.label for link in at.page_link if link.proto.page == "waiting")


def waits(at: AppTest) -> int:
    """Count the matters by their dates: each has one line in small print."""
    label = waiting_label(at)
    return int(label.partition("(")[2].rstrip(")")) if "(" in label else 0


@pytest.mark.parametrize("lang", READ)
@pytest.mark.parametrize("role", Role)
@pytest.mark.usefixtures("busy")
def test_both_pages_open_or_refuse_for_each_role_in_each_language(role: Role, lang: str) -> None:
    at = opened(role, "waiting", lang=lang)
    assert not at.exception
    assert not at.error
    assert at.title[0].value == translate(lang, "What waits for me?")
    turned(at, "chasing")
    assert not at.exception
    refused = role in (Role.COUNTERPART, Role.DONOR)
    assert bool(at.error) == refused
    if not refused:
        question = "Who has told us what, and whom do we ask next?"
        assert at.title[0].value == translate(lang, question)


@pytest.mark.usefixtures("busy")
def test_the_menu_tells_how_much_waits_on_every_page() -> None:
    expected = {
        Role.VIEWER: 0,
        Role.DONOR: 0,
        Role.COUNTERPART: 2,
        Role.ADMINISTRATOR: 2,
    }
    for role, count in expected.items():
        at = opened(role, "waiting")
        assert waits(at) == count, role
        assert waits(turned(at, "about")) == count
        assert waiting_label(turned(at, "about", lang="en")).startswith("Waiting for you")


@pytest.mark.usefixtures("busy")
def test_what_waits_is_told_by_urgency_and_to_nobody_else() -> None:
    desk = opened(Role.DESK_OFFICER, "waiting")
    heads = [head.value for head in desk.header]
    assert [head.partition(" (")[0] for head in heads] == ["Late", "Later", "Without a date"]
    told = everything(desk)
    assert "Need N\\\\-HUSH" in told or "N-HUSH" in told.replace("\\", "")
    focal = everything(opened(Role.FOCAL_POINT, "waiting")).replace("\\", "")
    assert "N-OPEN" in focal
    assert "N-HUSH" not in focal
    state = everything(opened(Role.COUNTERPART, "waiting")).replace("\\", "")
    assert "N-HUSH" not in state
    assert "whether one of its needs may be shared" in state


@pytest.mark.usefixtures("records")
def test_where_nothing_waits_the_page_says_so() -> None:
    at = opened(Role.VIEWER, "waiting")
    assert said(at, "Nothing waits for you.")
    assert waiting_label(at) == "Waiting for you"
    assert not at.get("link_button")


@pytest.mark.usefixtures("busy")
def test_stale_records_lead_to_their_list_and_a_page_that_is_not_there_is_no_link() -> None:
    at = opened(Role.FOCAL_POINT, "waiting")
    led = [(page, query) for page, query in links(at) if "freshness=stale" in query]
    assert [page for page, _ in led] == ["activities"]
    assert "entity=UNODC" in led[0][1]
    turned(at, "activities", entity="UNODC", freshness="stale")
    assert not at.exception


def stored(url: str) -> list[tuple[str, str, str, str]]:
    with db.reading(db.shared_engine(url)) as session:
        rows = session.scalars(select(QuarterReport).order_by(col(QuarterReport.id)))
        return [(row.entity, row.quarter, row.answer, row.note) for row in rows]


def pressed(at: AppTest, label: str) -> AppTest:
    return next(one for one in at.main.button if one.label == label).click().run()


def test_a_focal_point_says_that_there_is_nothing_to_report(busy: str) -> None:
    at = opened(Role.FOCAL_POINT, "chasing")
    at = picked(at, element(at, "vega_lite_chart", "reporting"), entity="UNODC", quarter=LAST)
    note = next(box for box in at.main.text_input if box.label == "Note, if any")
    at = note.set_value("On leave").run()
    with db.reading(db.shared_engine(busy)) as session:
        kept = session.scalars(select(col(FormDraft.content))).all()
    assert ["On leave" in content for content in kept] == [True]
    at = pressed(at, "Nothing to report")
    assert reasons(at) == []
    assert stored(busy) == [("UNODC", LAST, "nothing_to_report", "On leave")]
    frame = table(at, "The quarters as a table")
    row = frame[frame["name"].str.startswith("UNODC")]
    assert list(row[LAST]) == ["– Nothing to report"]
    with db.reading(db.shared_engine(busy)) as session:
        assert session.scalars(select(func.count()).select_from(FormDraft)).one() == 0


@pytest.mark.usefixtures("busy")
def test_a_focal_point_is_offered_their_own_entity_only() -> None:
    at = opened(Role.FOCAL_POINT, "chasing")
    boxes = [box for box in at.main.selectbox if box.label == "Entity"]
    assert [len(box.options) for box in boxes] == [1]


@pytest.mark.usefixtures("busy")
def test_a_viewer_reads_and_says_nothing() -> None:
    at = opened(Role.VIEWER, "chasing")
    assert not [one for one in at.main.button if one.label == "Nothing to report"]
    assert len(table(at, TELLING))


def test_the_first_ten_to_ask_lead_to_their_records_and_a_confirmation_takes_one_off(
    busy: str,
) -> None:
    """One faded activity stands against one need of its own in a country of its own."""
    with db.transaction(db.shared_engine(busy)) as session:
        known = codes.known(session)
        draft = activity(
            "Quiet course", ("NGA",), ("UNODC",), ("II.13",), status=Status.ONGOING,
            status_as_of="2019-01",
        )  # fmt: skip
        enter(session, SYSTEM, draft, known)
    at = opened(Role.DESK_OFFICER, "chasing", country="NGA", entity="UNODC", measure="II.13")
    found = table(at, TELLING)
    assert "Quiet course" in set(found["chased"])
    assert set(found["ask"]) == {"focal_point"}
    frame = next(f for f in at.dataframe if f.proto.alt == TELLING)
    at = row_picked(at, frame, list(found["chased"]).index("Quiet course"))
    assert "Quiet course" in [head.value for head in at.header]
    at = pressed(at, "Still true today")
    assert "Quiet course" not in set(table(at, TELLING).get("chased", []))


def test_age_is_told_in_words_in_every_list(busy: str) -> None:
    with db.reading(db.shared_engine(busy)) as session:
        has_old = session.scalars(
            select(func.count())
            .select_from(Need)
            .join(NeedCountry, col(NeedCountry.need_id) == col(Need.id))
            .where(col(NeedCountry.iso3) == "NGA", col(Need.evidence_date) < "2015")
        ).one()
    assert has_old
    at = opened(Role.VIEWER, "country", country="NGA")
    needs = table(at, "Needs with their evidence")
    assert {"△ Old evidence", "Recent evidence"} <= set(needs["fresh"])
    at = opened(Role.VIEWER, "activities", freshness="stale")
    shown = set(table(at, "List of activities")["fresh"])
    assert shown <= {"△ Stale", "△ Stale: no date"}
    assert shown
