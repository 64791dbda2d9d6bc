"""The page of issued briefings: for every role and language it opens, lists what one may see, and
opens each; and the briefing page offers the day of the last one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from ctai import db
from ctai.domain.briefing import Audience, Briefing, Format, Pinned
from ctai.domain.roles import SYSTEM, Role, Viewer
from ctai.domain.scope import Scope
from ctai.i18n import LANGUAGES, translate
from ctai.i18n.isolates import isolated
from ctai.models.briefings import IssuedBriefing
from ctai.models.records import DataMoment
from ctai.services.issue_briefing import issue_briefing
from ctai.ui.issued import ROWS_A_PAGE
from tests.app.conftest import opened, turned, visit
from tests.app.screen import everything, row_picked, said, table

TODAY = datetime.now(UTC).date()
LONG_AGO = TODAY - timedelta(days=90)
NGA = Scope(country=("NGA",))
EXECUTIVE = Briefing(Audience.EXECUTIVE, "en", LONG_AGO, NGA)
DESK = Viewer(Role.DESK_OFFICER.value, Role.DESK_OFFICER, frozenset({"NGA"}))
DONOR = Viewer(Role.DONOR.value, Role.DONOR)
ISSUED = (
    (DESK, EXECUTIVE, Format.PDF),
    (SYSTEM, replace(EXECUTIVE, audience=Audience.ENTITY, entity="UNODC", lang="ar"), Format.DOCX),
    (DONOR, replace(EXECUTIVE, audience=Audience.DONOR, scope=Scope()), Format.PPTX),
    (SYSTEM, replace(EXECUTIVE, audience=Audience.ENTITY, entity="IOM", scope=Scope()), Format.PDF),
)
SEEN = {
    Role.ADMINISTRATOR: [4, 3, 2, 1],
    Role.DESK_OFFICER: [3, 2, 1],
    Role.FOCAL_POINT: [],
    Role.VIEWER: [],
    Role.COUNTERPART: [],
    Role.DONOR: [3],
}
"""Numbers of those in `ISSUED` that a role may see; Nigeria is the desk officer's."""


@pytest.fixture
def kept(records: str) -> str:
    """An installation whose records have been there for long and of which was briefed."""
    with db.transaction(db.shared_engine(records)) as session:
        session.execute(update(DataMoment).values(at=datetime(2020, 1, 1, tzinfo=UTC)))
        for number, (author, asked, form) in enumerate(ISSUED, 1):
            issue_briefing(session, author, asked, Pinned(1), form, f"{number}" * 64)
    return records


def listed(at: AppTest, lang: str = "en") -> list[int]:
    found = table(at, translate(lang, "Issued briefings"))
    return [] if found.empty else [int(number) for number in found["number"]]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("role", Role)
@pytest.mark.usefixtures("kept")
def test_the_page_lists_what_a_role_may_see_newest_first_in_every_language(
    role: Role, lang: str
) -> None:
    at = opened(role, "briefings", lang=lang)
    assert not at.exception
    assert at.title[0].value == translate(lang, "Which briefings were issued?")
    assert listed(at, lang) == SEEN[role]
    empty = translate(lang, "A briefing stands here as soon as it is downloaded as a document.")
    assert (empty in [info.value for info in at.info]) == (not SEEN[role])
    for number in (1, 2, 3, 4):
        turned(at, "briefings", issued=str(number))
        assert not at.exception
        link = f"./download/briefing/{number}?lang={lang}"
        assert (link in everything(at)) == (number in SEEN[role])
        assert (str(number) * 64 in everything(at)) == (number in SEEN[role])


@pytest.mark.usefixtures("kept")
def test_one_that_is_not_open_and_one_that_there_is_not_say_the_same() -> None:
    for number in ("4", "99"):
        at = opened(Role.DONOR, "briefings", issued=number, lang="en")
        (warning,) = [one.value for one in at.warning]
        assert warning == f"There is no briefing {number}, or it is not open to you."
        assert "IOM" not in everything(at)


@pytest.mark.usefixtures("kept")
def test_a_row_tells_who_when_for_whom_of_what_and_its_hash() -> None:
    at = opened(Role.ADMINISTRATOR, "briefings", lang="en")
    row = table(at, "Issued briefings").iloc[2]
    assert (row["by_whom"], row["reader"], row["about"]) == ("system", "UNODC", "Nigeria")
    assert (row["written"], row["digest"]) == (f"DOCX, {isolated('en', 'العربية')}", "2" * 8)
    assert str(TODAY.year) in row["issued"]
    assert str(LONG_AGO.year) in row["told_of"]


@pytest.mark.usefixtures("kept")
def test_the_columns_run_from_the_right_where_the_language_does() -> None:
    english, arabic = (
        list(table(opened(Role.DONOR, "briefings", lang=lang), alt).columns)
        for lang, alt in (("en", "Issued briefings"), ("ar", translate("ar", "Issued briefings")))
    )
    assert arabic == english[::-1]


@pytest.mark.usefixtures("kept")
def test_a_picked_row_is_opened_and_closed_again() -> None:
    at = visit(Role.ADMINISTRATOR, lang="en").run()
    turned(at, "briefings")
    row_picked(at, at.dataframe[0], 3)
    assert at.query_params["issued"] == "1"
    assert "Briefing 1 · Nigeria" in [one.value for one in at.header]
    at.button[[one.label for one in at.button].index("Close")].click().run()
    assert "issued" not in at.query_params
    assert not at.header


@pytest.mark.usefixtures("kept")
def test_whether_it_is_still_the_same_is_told_when_asked() -> None:
    at = opened(Role.DESK_OFFICER, "briefings", issued="1", lang="en")
    assert not at.warning
    at.button[[one.label for one in at.button].index("Is it still the same?")].click().run()
    (warning,) = [one.value for one in at.warning]
    assert warning.startswith("This is not what was issued on ")


def test_who_may_no_longer_brief_an_audience_is_told_why_there_is_no_file(kept: str) -> None:
    with db.transaction(db.shared_engine(kept)) as session:
        session.execute(update(IssuedBriefing).values(issued_by=Role.VIEWER.value))
    at = opened(Role.VIEWER, "briefings", issued="2", lang="en")
    assert said(at, "Your role sees less than this audience. Choose another audience.")
    assert "download/briefing" not in everything(at)


def test_a_country_that_is_no_longer_known_stands_as_its_code(kept: str) -> None:
    with db.transaction(db.shared_engine(kept)) as session:
        session.execute(update(IssuedBriefing).values(countries="XXX"))
    at = opened(Role.ADMINISTRATOR, "briefings", issued="1", lang="en")
    assert not at.exception
    assert set(table(at, "Issued briefings")["about"]) == {"XXX"}
    at.button[[one.label for one in at.button].index("Is it still the same?")].click().run()
    assert said(at, "“{seen}” is not a code of this filter.", seen="XXX")


def test_a_long_list_is_turned_page_by_page(kept: str) -> None:
    with db.transaction(db.shared_engine(kept)) as session:
        for _ in range(ROWS_A_PAGE):
            issue_briefing(session, SYSTEM, EXECUTIVE, Pinned(1), Format.PDF, "0" * 64)
    at = opened(Role.ADMINISTRATOR, "briefings", lang="en")
    assert len(listed(at)) == ROWS_A_PAGE
    at.button[[one.label for one in at.button].index("Older briefings")].click().run()
    assert at.query_params["issued_page"] == "2"
    assert listed(at) == [4, 3, 2, 1]
    assert at.button[[one.label for one in at.button].index("Older briefings")].disabled


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.usefixtures("kept")
def test_the_briefing_page_offers_the_day_of_the_last_one_of_the_same(lang: str) -> None:
    query = {"country": "NGA", "audience": "executive", "lang": lang}
    at = opened(Role.DESK_OFFICER, "briefing", **query)
    (button,) = since_last(at, lang)
    assert str(LONG_AGO.year) in button.label
    turned(at, "briefing", changed_since=LONG_AGO.isoformat())
    assert since_last(at, lang) == []


@pytest.mark.usefixtures("kept")
def test_the_day_that_is_offered_stands_in_the_address_once_it_is_taken() -> None:
    at = opened(Role.DESK_OFFICER, "briefing", lang="en", country="NGA", audience="executive")
    assert "changed_since" not in at.query_params
    since_last(at, "en")[0].click().run()
    assert not at.exception
    assert at.query_params["changed_since"] == LONG_AGO.isoformat()
    assert since_last(at, "en") == []


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize(
    ("role", "query"),
    [
        (Role.VIEWER, {"country": "NGA", "audience": "executive"}),
        (Role.DESK_OFFICER, {"country": "NGA", "audience": "public"}),
        (Role.DESK_OFFICER, {"pillar": "II", "audience": "executive"}),
        (Role.DESK_OFFICER, {"country": "NGA", "as_of": LONG_AGO.isoformat()}),
    ],
)
def test_no_day_is_offered_of_another_or_of_what_is_not_open(
    role: Role, query: dict[str, str]
) -> None:
    at = opened(role, "briefing", lang="en", **query)
    assert not at.exception
    assert since_last(at, "en") == []


@pytest.mark.usefixtures("kept")
def test_the_briefing_page_leads_to_what_was_issued_without_its_day() -> None:
    at = opened(Role.VIEWER, "briefing", lang="fr", as_of=LONG_AGO.isoformat())
    (link,) = [one for one in at.main if one.type == "page_link"]
    assert link.proto.page == "briefings"
    assert "as_of" not in link.proto.query_string
    assert "lang=fr" in link.proto.query_string


def since_last(at: AppTest, lang: str) -> list[Button]:
    """Find the button that offers the day of the last briefing."""
    begun = translate(lang, "Since the last briefing: {date}", date="")
    return [one for one in at.button if begun.strip(" :：") in one.label]
