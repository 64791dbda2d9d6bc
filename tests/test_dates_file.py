"""The calendar file at the server: for who is signed in, what waits for them, and no secret."""

from collections.abc import Iterator
from datetime import date

import pytest
from icalendar import Calendar, Event
from sqlalchemy import update
from sqlmodel import col

from ctai import db
from ctai.domain.roles import SYSTEM, Role, Viewer, Visibility
from ctai.models.needs import Need
from ctai.services import set_password
from ctai.services.add_user import add_user
from ctai.services.sign_in import token_for
from ctai.services.store_evidence import enter_need
from ctai.settings import settings
from tests.drafts import KNOWN, add_code_lists, need
from tests.test_server import get
from tests.upkeep_drafts import consent, enquiry

GOOD = "correct horse battery"
LATER = "2099-03-01"


@pytest.fixture(autouse=True)
def installation(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An installation with a desk, a focal point and a counterpart, and two needs of Nigeria."""
    monkeypatch.setenv("CTAI_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("CTAI_COOKIE_KEY", "k" * 32)
    monkeypatch.setattr(set_password, "COST", 4)
    settings.cache_clear()
    with db.transaction(db.shared_engine(sqlite_url)) as session:
        add_code_lists(session)
        add_user(session, SYSTEM, "dora", "desk_officer", ("NGA",), password=GOOD)
        add_user(session, SYSTEM, "fred", "focal_point", entity="UNODC", password=GOOD)
        add_user(session, SYSTEM, "cora", "counterpart", ("NGA",), password=GOOD)
        add_user(session, SYSTEM, "vera", "viewer", password=GOOD)
        openly = enter_need(session, SYSTEM, need("N-OPEN"), KNOWN)
        closed = enter_need(
            session, SYSTEM, need("N-SECRET", visibility=Visibility.RESTRICTED), KNOWN
        )
        session.execute(update(Need).where(col(Need.id) == closed).values(wanted_by="2020-05"))
        session.add_all(
            [enquiry(openly, "UNODC"), enquiry(closed, "CTED"), consent(closed, "NGA", LATER)]
        )
    yield
    db.shared_engine(sqlite_url).dispose()
    settings.cache_clear()


def asked(name: str, role: Role, lang: str = "en") -> list[Event]:
    token = token_for(settings(), Viewer(name, role))
    answer = get("/download/dates.ics", f"lang={lang}", token)
    assert answer.status == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="dates.ics"'
    assert answer.headers["cache-control"] == "no-store"
    assert "N-SECRET" not in answer.text
    return list(Calendar.from_ical(answer.text).events)


def test_nobody_gets_it_without_signing_in() -> None:
    assert get("/download/dates.ics").status == 401
    assert get("/download/dates.ics", token="a.b.c").status == 401


def test_each_finds_their_own_dates_and_restricted_records_by_number_only() -> None:
    (question,) = asked("fred", Role.FOCAL_POINT)
    assert "Need N-OPEN" in str(question["SUMMARY"])
    assert question.start == date(2024, 3, 1)
    told = asked("dora", Role.DESK_OFFICER)
    assert [event.start for event in told] == [
        date(2020, 5, 31),
        *[date(2024, 3, 1)] * 2,
        date(2099, 3, 1),
    ]
    assert sum("restricted record" in str(event["SUMMARY"]) for event in told) == 3
    (consented,) = asked("cora", Role.COUNTERPART)
    assert "Nigeria" in str(consented["SUMMARY"])
    assert asked("vera", Role.VIEWER) == []


def test_a_file_asked_for_twice_is_the_same_and_names_each_matter_once() -> None:
    token = token_for(settings(), Viewer("dora", Role.DESK_OFFICER))
    first, again = (get("/download/dates.ics", "lang=en", token).text for _ in range(2))
    assert first == again
    names = [str(event["UID"]) for event in asked("dora", Role.DESK_OFFICER, "fr")]
    assert len(set(names)) == len(names) == 4
