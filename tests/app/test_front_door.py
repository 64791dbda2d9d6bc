"""The front door: who gets in, what they may open, and what lets nobody in."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from ctai import db
from ctai.domain.roles import SYSTEM, Role, Viewer
from ctai.i18n import direction, translate
from ctai.models.people import User
from ctai.services import sign_in
from ctai.services.set_password import set_password
from ctai.services.set_user_active import set_user_active
from ctai.settings import ROOT, settings
from ctai.ui.shell import MENU, PAGES
from tests.app.conftest import PASSWORD, SignedIn, submit, turned

NEW_PASSWORD = "another one that is long"


def at_the_door(at: AppTest) -> bool:
    """Tell whether the visitor sees the sign-in form and nothing of any page."""
    inside = at.title[1:] or at.sidebar.caption or at.page_link or at.dataframe
    return [field.key for field in at.text_input] == [
        "sign_in_username",
        "sign_in_password",
    ] and not inside


def account(installation: str, username: str) -> User:
    with db.reading(db.shared_engine(installation)) as session:
        return session.exec(select(User).where(User.username == username)).one()


def test_a_visitor_sees_only_the_form(app: AppTest) -> None:
    assert at_the_door(app.run())
    assert not app.exception


@pytest.mark.parametrize("role", Role)
def test_each_role_signs_in_and_finds_its_own_pages(signed_in: SignedIn, role: Role) -> None:
    at = signed_in(role)
    assert not at.exception
    viewer = Viewer(role.value, role)
    places = [PAGES[stem] for stems in MENU.values() for stem in stems]
    expected = [place.title for place in places if not place.needs or viewer.may(place.needs)]
    assert [link.label for link in at.sidebar.page_link] == expected
    assert role.value in at.sidebar.caption[-1].value


def test_every_page_stands_in_the_menu_once() -> None:
    listed = [stem for stems in MENU.values() for stem in stems]
    assert sorted(listed) == sorted(PAGES)


@pytest.mark.parametrize("role", Role)
def test_a_page_opens_for_those_who_may_and_says_so_to_others(
    signed_in: SignedIn, role: Role
) -> None:
    at = signed_in(role)
    for stem, place in PAGES.items():
        turned(at, stem)
        refused = [error.value for error in at.error] == ["Your role does not open this page."]
        may = place.needs is None or Viewer(role.value, role).may(place.needs)
        assert refused is not may, stem
        assert not at.exception, stem


@pytest.mark.parametrize("stem", PAGES)
def test_no_page_opens_without_signing_in(app: AppTest, stem: str) -> None:
    app.run().switch_page(f"pages/{stem}.py").run()
    assert at_the_door(app)


@pytest.mark.parametrize("stem", PAGES)
def test_a_page_run_on_its_own_is_sent_round_to_the_front_door(
    installation: str, stem: str
) -> None:
    at = AppTest.from_file(str(ROOT / "pages" / f"{stem}.py"), default_timeout=60)
    assert at_the_door(at.run())


def test_a_forged_session_lets_nobody_in(app: AppTest) -> None:
    app.session_state["session_token"] = "a.b.c"
    app.session_state["username"] = "administrator"
    app.session_state["authentication_status"] = True
    assert at_the_door(app.run())


def test_a_wrong_password_is_counted_and_says_what_an_unknown_name_says(
    app: AppTest, installation: str
) -> None:
    submit(app.run(), "viewer", "wrong")
    known = [error.value for error in app.error]
    assert at_the_door(app)
    assert account(installation, "viewer").failed_attempts == 1
    submit(app, "nobody", "wrong")
    assert [error.value for error in app.error] == known
    assert len(known) == 1


def test_five_wrong_passwords_lock_and_the_right_one_then_says_the_same(
    app: AppTest, installation: str
) -> None:
    app.run()
    for _ in range(5):
        submit(app, "viewer", "wrong")
    wrong = app.error[0].value
    submit(app, "viewer", PASSWORD)
    assert at_the_door(app)
    assert app.error[0].value == wrong
    assert account(installation, "viewer").locked_until is not None


def test_a_refusal_is_gone_after_the_next_run(app: AppTest) -> None:
    submit(app.run(), "viewer", "wrong")
    assert not app.run().error


def test_signing_out_ends_the_visit_here_and_everywhere_else(signed_in: SignedIn) -> None:
    here, elsewhere = signed_in(Role.VIEWER), signed_in(Role.VIEWER)
    here.session_state["draft"] = "of this visitor"
    here.button(key="sign_out").click().run()
    assert at_the_door(here)
    assert "draft" not in here.session_state
    assert at_the_door(elsewhere.run())


def test_a_changed_password_ends_every_visit(signed_in: SignedIn, installation: str) -> None:
    at = signed_in(Role.VIEWER)
    with db.transaction(db.shared_engine(installation)) as session:
        set_password(session, SYSTEM, "viewer", None, NEW_PASSWORD)
    assert at_the_door(at.run())
    submit(at, "viewer", NEW_PASSWORD)
    assert at.sidebar.page_link


def test_a_disabled_account_is_out_at_once(signed_in: SignedIn, installation: str) -> None:
    at = signed_in(Role.VIEWER)
    with db.transaction(db.shared_engine(installation)) as session:
        set_user_active(session, SYSTEM, "viewer", active=False)
    assert at_the_door(at.run())
    assert at_the_door(submit(at, "viewer", PASSWORD))


def test_a_role_that_was_taken_away_is_gone_at_the_next_click(
    signed_in: SignedIn, installation: str
) -> None:
    at = signed_in(Role.ADMINISTRATOR)
    with db.transaction(db.shared_engine(installation)) as session:
        user = session.exec(select(User).where(User.username == "administrator")).one()
        user.role = Role.VIEWER.value
        session.add(user)
    at.switch_page("pages/people.py").run()
    assert at.error[0].value == "Your role does not open this page."


def test_a_visit_ends_when_its_token_expires(signed_in: SignedIn) -> None:
    at = signed_in(Role.VIEWER)
    issued = datetime.now(UTC) - sign_in.lifetime(settings()) * 2
    viewer = Viewer("viewer", Role.VIEWER)
    at.session_state["session_token"] = sign_in.token_for(settings(), viewer, issued)
    assert at_the_door(at.run())


@pytest.mark.parametrize("lang", ["en", "fr", "ar"])
def test_the_form_speaks_the_language_of_the_link(app: AppTest, lang: str) -> None:
    app.query_params["lang"] = lang
    app.run()
    labels = [translate(lang, text) for text in ("Username", "Password")]
    assert [field.label for field in app.text_input] == labels
    script = " ".join(html.value for html in app.html)
    assert f'data-lang="{lang}" data-dir="{direction(lang)}"' in script


def test_the_browsers_language_is_used_until_another_one_is_chosen(app: AppTest) -> None:
    app.context = {"locale": "fr-CA"}
    assert 'data-lang="fr"' in app.run().html[0].value
    assert "lang" not in app.query_params
    app.button_group[0].set_value("ar").run()
    assert 'data-lang="ar"' in app.html[0].value
    assert app.query_params["lang"] == "ar"


def test_an_unknown_language_in_a_link_is_english(app: AppTest) -> None:
    app.query_params["lang"] = "<script>"
    assert 'data-lang="en"' in app.run().html[0].value


def test_a_link_keeps_its_filters_through_signing_in_and_the_menu_carries_them(
    signed_in: SignedIn,
) -> None:
    at = signed_in(Role.VIEWER, lang="fr", country="NGA")
    assert at.query_params["country"] == "NGA"
    link = at.sidebar.page_link[1].proto
    assert link.query_string == "lang=fr&country=NGA"
