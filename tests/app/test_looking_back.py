"""Looking back: every page as of a day gone by, with nothing to change; and the history."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from ctai import db
from ctai.domain.faults import Refused
from ctai.domain.roles import SYSTEM, Role, Viewer
from ctai.i18n import translate
from ctai.models.records import DataMoment
from ctai.services.store_activity import amend
from ctai.ui import store, writes
from ctai.ui.shell import PAGES
from tests import drafts
from tests.app.conftest import number_of, opened, turned, visit
from tests.app.screen import READ, everything, said, table
from tests.app.test_pages_open import may_open

THEN = (datetime.now(UTC) - timedelta(days=3)).date()
BANNER = "As it was at the end of {date}. Nothing can be changed here."
TODAY_ONLY = "This page is of today only: nothing can be changed on a day gone by."
WRITES = ("Amend", "Still true today", "Save", "Add", "Change password")


@pytest.fixture
def aged(records: str) -> str:
    """The records as they stood five days ago, of which one was amended today; the URL."""
    engine = db.shared_engine(records)
    with db.transaction(engine) as session:
        past = datetime.now(UTC) - timedelta(days=5)
        session.execute(update(DataMoment).values(at=past))
    number = number_of(records, "Yarraville course")
    with db.transaction(engine) as session:
        draft = drafts.activity("Renamed course", ("NGA",), ("UNODC",))
        amend(session, SYSTEM, number, draft, why="told by letter")
    return records


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.DESK_OFFICER, Role.COUNTERPART])
@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.usefixtures("aged")
def test_every_page_opens_as_of_a_day_with_nothing_to_change(role: Role, lang: str) -> None:
    at = visit(role, lang=lang, as_of=THEN.isoformat()).run()
    for stem, place in PAGES.items():
        turned(at, stem)
        assert not at.exception, stem
        assert at.query_params["as_of"] == THEN.isoformat()
        assert translate(lang, "Back to today") in [button.label for button in at.button]
        labels = {button.label for button in at.button}
        assert not labels & {translate(lang, label) for label in WRITES}, stem
        if may_open(role, stem) and place.of_today:
            assert [info.value for info in at.info][-1] == translate(lang, TODAY_ONLY), stem
        assert not at.error or not may_open(role, stem), stem


def test_a_page_shows_a_record_as_it_was(aged: str) -> None:
    number = str(number_of(aged, "Renamed course"))
    now = everything(opened(Role.ADMINISTRATOR, "activities", activity=number))
    assert "Renamed course" in now
    assert "Yarraville course" in now  # in its history
    then = opened(Role.ADMINISTRATOR, "activities", activity=number, as_of=THEN.isoformat())
    assert "Renamed course" not in everything(then)
    assert "Yarraville course" in everything(then)
    assert "told by letter" not in everything(then)
    assert "Amend" not in [link.label for link in then.page_link if hasattr(link, "label")]
    then.button[[button.label for button in then.button].index("Back to today")].click().run()
    assert "as_of" not in then.query_params
    assert "Renamed course" in everything(then)


@pytest.mark.usefixtures("aged")
@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ("yesterday", "“yesterday” is not a day such as 2026-06-30."),
        ("2999-01-01", "2999-01-01 is not over yet. Choose a day before today."),
        ("1999-01-01", "1999-01-01 is before the first day on record."),
    ],
)
def test_a_day_that_can_not_be_shown_is_told_and_today_is_shown(asked: str, reason: str) -> None:
    at = opened(Role.VIEWER, "activities", as_of=asked)
    assert any(reason in warning.value for warning in at.warning)
    assert "Renamed course" in everything(at)
    assert not at.exception


@pytest.mark.usefixtures("aged")
def test_no_write_of_the_screen_gets_through_while_looking_back(
    monkeypatch: pytest.MonkeyPatch, aged: str
) -> None:
    monkeypatch.setattr(store, "asked_day", lambda: {"as_of": THEN.isoformat()})
    with pytest.raises(Refused, match="a day gone by"):
        writes.confirm(Viewer("ada", Role.ADMINISTRATOR), number_of(aged, "Renamed course"))


@pytest.mark.usefixtures("aged")
def test_the_history_lists_who_changed_what_and_is_narrowed_by_the_link() -> None:
    at = opened(Role.VIEWER, "history")
    assert not at.exception
    shown = table(at, "Changes of records")
    assert len(shown) == 50
    at = opened(Role.VIEWER, "history", kind="activity", field="title_en", actor="system")
    shown = table(at, "Changes of records")
    assert shown["new"].iloc[0] == "Renamed course"
    assert shown["old"].iloc[0] == "Yarraville course"
    assert set(shown["value"]) == {"Title in English"}
    at = opened(Role.VIEWER, "history", changed_since="2099")
    assert said(at, "No change on record fits.")
    at = opened(Role.VIEWER, "history", kind="nonsense", record="x", changed_since="soon")
    assert len(at.warning) >= 3
    assert not at.exception


@pytest.mark.usefixtures("aged")
def test_the_history_turns_its_pages() -> None:
    at = opened(Role.VIEWER, "history")
    first = table(at, "Changes of records")
    at.button[[button.label for button in at.button].index("Older changes")].click().run()
    second = table(at, "Changes of records")
    assert at.query_params["history_page"] == "2"
    assert not first.equals(second)


@pytest.mark.parametrize("kind", ["assessment", "request", "need"])
@pytest.mark.usefixtures("aged")
def test_the_history_names_the_records_of_every_kind(kind: str) -> None:
    words = {"assessment": "Zumbrota visit", "request": "Zumbrota help", "need": "Need N-Zumbrota"}
    for role in (Role.ADMINISTRATOR, Role.VIEWER):
        at = opened(role, "history", kind=kind)
        assert not at.exception
        named = table(at, "Changes of records")["record"]
        assert named.str.contains(words[kind], regex=False).any() == (role is Role.ADMINISTRATOR)
        assert named.str.contains(r"\d: .").all()


@pytest.mark.parametrize("lang", READ)
@pytest.mark.usefixtures("aged")
def test_the_history_is_told_in_each_language_without_codes(lang: str) -> None:
    for field in ("visibility", "status", "measures", "basis", "severity", "disclosed"):
        at = opened(Role.ADMINISTRATOR, "history", field=field, lang=lang)
        assert not at.exception
        (shown,) = [one.value for one in at.dataframe]
        assert not set(shown["new"]) & {"public", "un_system", "restricted", "completed", "high"}
        assert not set(shown["new"]) & {"inferred", "confirmed", "withheld", "yes", "no"}
