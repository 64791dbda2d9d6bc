"""The briefing page: for every role and language it opens, offers who may be briefed, and tells
nobody what they may not know."""

import pytest
from streamlit.testing.v1 import AppTest

from ctai import db
from ctai.briefings.build import AUDIENCES
from ctai.domain.briefing import Audience
from ctai.domain.roles import SYSTEM, Role, Visibility
from ctai.i18n import LANGUAGES, translate
from ctai.queries import codes
from ctai.services.store_evidence import enter_assessment
from tests import drafts
from tests.app.conftest import QUIET, opened, turned, visit
from tests.app.screen import everything, said

OFFERED = {
    Role.ADMINISTRATOR: set(Audience),
    Role.DESK_OFFICER: set(Audience),
    Role.FOCAL_POINT: set(Audience),
    Role.VIEWER: set(Audience) - {Audience.ENTITY},
    Role.DONOR: {Audience.DONOR, Audience.PUBLIC},
    Role.COUNTERPART: {Audience.STATE, Audience.DONOR, Audience.PUBLIC},
}
"""Whom each role may brief on Nigeria, which is the desk officer's and the counterpart's."""


def offered(at: AppTest) -> set[str]:
    """Give the audiences on offer, by their names."""
    return set(at.selectbox(key=f"choice_audience_{at.query_params['lang']}").options)


def shown(at: AppTest) -> str:
    """Give what stands on the view that is shown."""
    return next(one.value for one in at.html if "ctai-view" in one.value)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("role", Role)
@pytest.mark.usefixtures("shelf")
def test_the_page_opens_and_shows_every_view(role: Role, lang: str) -> None:
    at = opened(role, "briefing", lang=lang, country="NGA")
    assert at.title[0].value == translate(lang, "What does the meeting need to know?")
    for number in ("1", "2", "3", "4", "5", "6", "7"):
        turned(at, "briefing", view=number)
        assert not at.exception, number
        assert "<h1>" in shown(at), number
        assert not at.title


@pytest.mark.parametrize("role", Role)
@pytest.mark.usefixtures("shelf")
def test_those_are_offered_as_readers_who_see_no_more_than_the_author(role: Role) -> None:
    at = opened(role, "briefing", lang="en", country="NGA")
    assert offered(at) == {AUDIENCES[audience] for audience in OFFERED[role]}


@pytest.mark.parametrize("role", Role)
@pytest.mark.usefixtures("shelf")
def test_nothing_is_told_to_the_public_that_is_not_public(role: Role) -> None:
    at = visit(role, audience="public").run()
    for country in ("NGA", "BFA"):
        for number in ("", "1", "2", "3", "4", "5", "6", "7"):
            turned(at, "briefing", country=country, view=number)
            text = everything(at)
            assert {word for word in QUIET.values() if word in text} == set(), (country, number)


@pytest.mark.usefixtures("shelf")
def test_an_author_of_another_country_is_not_told_what_the_office_is() -> None:
    at = visit(Role.DESK_OFFICER, audience="executive", country="BFA").run()
    for number in ("", "1", "4", "5"):
        turned(at, "briefing", view=number)
        assert "Xochimilco" not in everything(at)


@pytest.mark.usefixtures("shelf")
def test_a_country_without_partnership_and_without_records_is_told_to_be_so() -> None:
    at = opened(Role.ADMINISTRATOR, "briefing", lang="en", country="ISL", view="1")
    assert "No partnership with the initiative is recorded." in shown(at)
    for number in ("2", "3", "4", "5", "6"):
        turned(at, "briefing", view=number)
        assert "<p" in shown(at), number


@pytest.mark.usefixtures("shelf")
def test_a_day_that_cannot_be_compared_with_is_refused_in_words() -> None:
    at = opened(Role.ADMINISTRATOR, "briefing", lang="en", changed_since="1999-01-01", view="1")
    assert not at.exception
    assert at.warning
    at = opened(Role.ADMINISTRATOR, "briefing", lang="en", changed_since="yesterday")
    assert said(at, "“{seen}” is not a day such as 2026-06-30.", seen="yesterday")


@pytest.mark.usefixtures("shelf")
def test_a_view_beyond_the_last_is_the_last_and_a_word_is_none() -> None:
    at = opened(Role.VIEWER, "briefing", lang="en", view="99")
    assert "<h1>What is asked of you</h1>" in shown(at)
    at = opened(Role.VIEWER, "briefing", lang="en", view="board")
    assert at.title


@pytest.mark.usefixtures("shelf")
def test_every_large_figure_tells_where_it_is_from() -> None:
    at = opened(Role.ADMINISTRATOR, "briefing", lang="en", country="NGA", view="1")
    ledger = next(one.value for one in at.html if "ctai-ledger" in one.value)
    assert "needs unmet" in ledger
    assert "N-NGA-" in ledger
    assert "activities status=ongoing" in ledger


def visits_of(shelf: str) -> dict[str, int]:
    """Enter a visit for everybody, one for the United Nations and a restricted one."""
    with db.transaction(db.shared_engine(shelf)) as session:
        known = codes.known(session)
        return {
            level.value: enter_assessment(
                session,
                SYSTEM,
                drafts.assessment(f"{title} visit", ("NGA", "BFA"), visibility=level),
                known,
            )
            for level, title in zip(Visibility, ("Open", "Inside", "Closed"), strict=True)
        }


@pytest.mark.parametrize("role", Role)
def test_a_visit_is_chosen_by_title_and_briefed_on_to_those_who_may_know(
    shelf: str, role: Role
) -> None:
    numbers = visits_of(shelf)
    at = opened(role, "briefing", lang="en", visit=str(numbers["public"]))
    chosen = at.selectbox(key="briefing_about_en")
    assert chosen.value == f"visit {numbers['public']}"
    titles = [one for one in chosen.options if one.startswith("Visit: ")]
    assert any(one.startswith("Visit: Open visit · ") for one in titles)
    is_inside = role not in (Role.COUNTERPART, Role.DONOR)
    assert any("Inside visit" in one for one in titles) == is_inside
    assert not any("Closed visit" in one for one in titles), "no first audience may know of it"
    turned(at, "briefing", view="2")
    assert "A visit made: " in shown(at)
    assert "Open visit" in shown(at)


@pytest.mark.parametrize("role", [Role.DONOR, Role.COUNTERPART, Role.VIEWER])
def test_a_visit_that_one_may_not_see_is_as_one_that_does_not_exist(shelf: str, role: Role) -> None:
    hidden = str(visits_of(shelf)["restricted"])
    for asked in (hidden, "99999", "first"):
        at = opened(role, "briefing", lang="en", visit=asked)
        assert not at.exception
        assert said(
            at,
            "There is no visit {seen}, or it is not open to you and this audience.",
            seen=asked,
        )
        assert "Closed visit" not in everything(at)
        assert not str(at.selectbox(key="briefing_about_en").value).startswith("visit")


def test_only_audiences_that_may_see_the_visit_are_offered(shelf: str) -> None:
    numbers = visits_of(shelf)
    at = opened(Role.ADMINISTRATOR, "briefing", lang="en", visit=str(numbers["un_system"]))
    inside = {AUDIENCES[one] for one in (Audience.EXECUTIVE, Audience.ENTITY)}
    assert offered(at) == inside
    turned(at, "briefing", visit=str(numbers["restricted"]))
    assert offered(at) == {AUDIENCES[Audience.ENTITY]}
