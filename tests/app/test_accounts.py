"""People and accounts on the screen: added, closed, given a password; one's own as well."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ctai.domain.roles import Action, Role
from ctai.settings import ROOT
from tests.app.conftest import PASSWORD, TIMEOUT_S, opened, submit, turned
from tests.app.screen import everything, reasons, row_picked, table

pytestmark = pytest.mark.usefixtures("records")


def arrive(name: str, password: str) -> AppTest:
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=TIMEOUT_S)
    return submit(at.run(), name, password)


def labelled(at: AppTest, label: str) -> AppTest:
    return next(one for one in at.main.button if one.label == label).click().run()


def add(at: AppTest, name: str, role: str, countries: list[str], entity: str | None) -> AppTest:
    by_label = {one.label: one for one in (*at.main.text_input, *at.main.selectbox)}
    by_label["Username"].set_value(name)
    by_label["Role"].set_value(role)
    by_label["Entity, for a focal point"].set_value(entity)
    at.main.multiselect[0].set_value(countries)
    return next(one for one in at.main.button if one.form_id == "new_account").click().run()


def new_password(at: AppTest) -> str:
    """Give the password that stands on the page, besides the page's address."""
    (found,) = (
        code.value
        for code in at.code
        if re.fullmatch(r"\S{12,}", code.value)
        and "http" not in code.value
        and code.value.strip("/?")
    )
    return str(found)


def test_an_account_of_several_countries_is_listed_with_all_of_them() -> None:
    at = add(opened(Role.ADMINISTRATOR, "people"), "nadia", "desk_officer", ["NGA", "BFA"], None)
    assert not at.error
    shown = table(at.run(), "Accounts").set_index("username")
    assert shown.loc["nadia", "named"] == "Burkina Faso, Nigeria"


def test_a_new_account_gets_a_password_that_is_shown_once_and_opens(records: str) -> None:
    at = add(opened(Role.ADMINISTRATOR, "people"), "nadia", "desk_officer", ["BFA"], None)
    assert not at.error
    password = new_password(at)
    assert password not in everything(at.run())
    assert "nadia" in list(table(at, "Accounts")["username"])
    theirs = arrive("nadia", password)
    assert theirs.title[0].value == "What needs attention?"
    assert any("nadia" in caption.value for caption in theirs.sidebar.caption)
    assert password.encode() not in Path(records.removeprefix("sqlite:///")).read_bytes()


def test_a_desk_of_two_countries_stands_in_the_list_with_both() -> None:
    at = add(opened(Role.ADMINISTRATOR, "people"), "nadia", "desk_officer", ["BFA", "NGA"], None)
    assert not at.error
    accounts = table(at.run(), "Accounts").set_index("username")
    assert accounts.loc["nadia", "named"] == "Burkina Faso, Nigeria"


def test_a_wrong_account_is_refused_with_every_reason() -> None:
    at = add(opened(Role.ADMINISTRATOR, "people"), "", "desk_officer", [], None)
    assert len(reasons(at)) == 2
    at = add(opened(Role.ADMINISTRATOR, "people"), "viewer", "focal_point", [], None)
    assert len(reasons(at)) == 2


def pick(at: AppTest, name: str) -> AppTest:
    frame = next(f for f in at.dataframe if f.proto.alt == "Accounts")
    return row_picked(at, frame, list(table(at, "Accounts")["username"]).index(name))


def test_a_closed_account_is_out_and_comes_back_when_opened() -> None:
    visitor = arrive("viewer", PASSWORD)
    at = pick(opened(Role.ADMINISTRATOR, "people"), "viewer")
    labelled(at, "Close the account")
    assert not visitor.run().sidebar.page_link
    assert not arrive("viewer", PASSWORD).sidebar.page_link
    at = pick(opened(Role.ADMINISTRATOR, "people"), "viewer")
    labelled(at, "Open the account")
    assert arrive("viewer", PASSWORD).sidebar.page_link


def test_a_new_password_replaces_the_old_one() -> None:
    at = pick(opened(Role.ADMINISTRATOR, "people"), "viewer")
    labelled(at, "Give a new password")
    password = new_password(at)
    assert not arrive("viewer", PASSWORD).sidebar.page_link
    assert arrive("viewer", password).sidebar.page_link


def test_the_last_administrator_can_not_be_closed() -> None:
    at = pick(opened(Role.ADMINISTRATOR, "people"), "administrator")
    labelled(at, "Close the account")
    assert reasons(at)
    assert arrive("administrator", PASSWORD).sidebar.page_link


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_nobody_else_sees_who_has_an_account(role: Role) -> None:
    at = opened(role, "people")
    assert not at.dataframe
    assert "administrator" not in everything(at)


def change(at: AppTest, old: str, new: str, again: str | None = None) -> AppTest:
    fields = [one for one in at.main.text_input if one.proto.type == one.proto.PASSWORD]
    fields[0].set_value(old)
    fields[1].set_value(new)
    fields[2].set_value(new if again is None else again)
    return next(one for one in at.main.button if one.form_id == "own_password").click().run()


def test_ones_own_password_is_changed_with_the_present_one_only() -> None:
    at = opened(Role.VIEWER, "account")
    assert reasons(change(at, "wrong", "a new one that is long")) == [
        "The present password is not right."
    ]
    assert len(reasons(change(at, PASSWORD, "short"))) == 1
    change(at, PASSWORD, "a new one that is long", "a new one that is lang")
    assert [one.value for one in at.error] == [
        "The two new passwords differ. Type the same one twice."
    ]
    change(at, PASSWORD, "a new one that is long")
    assert at.success
    assert at.run().sidebar.page_link
    assert not arrive("viewer", PASSWORD).sidebar.page_link
    assert arrive("viewer", "a new one that is long").sidebar.page_link


@pytest.mark.parametrize("role", Role)
def test_everybody_reads_what_their_role_may_do(role: Role) -> None:
    at = opened(role, "account")
    found = table(at, "What your role may do")
    assert len(found) == len(Action)
    turned(at, "account", country="NGA")
    assert not at.exception
