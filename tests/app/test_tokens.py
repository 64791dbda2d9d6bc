"""Tokens and saved views on the screen."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from ctai import db
from ctai.domain.roles import Role
from ctai.services.admit_token import admit
from tests.app.conftest import opened
from tests.app.screen import everything, reasons, table

pytestmark = pytest.mark.usefixtures("records")


def _make(at: AppTest, name: str) -> AppTest:
    field = next(one for one in at.main.text_input if one.label.startswith("What the token"))
    field.set_value(name)
    return next(one for one in at.main.button if one.form_id == "new_token").click().run()


def _secret(at: AppTest) -> str:
    (found,) = (one.value for one in at.code if re.fullmatch(r"ctai_\S{43}", one.value))
    return str(found)


@pytest.mark.parametrize("role", Role)
def test_a_token_is_shown_once_and_opens(records: str, role: Role) -> None:
    at = _make(opened(role, "account"), "Power BI")
    secret = _secret(at)
    with db.reading(db.shared_engine(records)) as session:
        found = admit(session, secret)
    assert found is not None
    assert found.viewer.role is role
    at.run()
    assert secret not in everything(at)
    assert list(table(at, "Tokens")["name"]) == ["Power BI"]


def test_a_token_without_a_name_is_refused(records: str) -> None:
    assert len(reasons(_make(opened(Role.VIEWER, "account"), ""))) == 1


def _keep(at: AppTest, name: str) -> AppTest:
    field = next(one for one in at.main.text_input if one.label == "Name of the view")
    field.set_value(name)
    return next(one for one in at.main.button if one.form_id == "keep_view").click().run()


def test_a_list_is_kept_as_it_is_narrowed_and_has_an_address(records: str) -> None:
    at = _keep(opened(Role.VIEWER, "activities", country="NGA", status="ongoing"), "Nigeria")
    assert not at.exception
    assert at.success
    shown = table(opened(Role.VIEWER, "account"), "Saved views")
    assert list(shown["name"]) == ["Nigeria"]
    assert list(shown["filters"]) == ["NGA · ongoing"]
    assert shown["address"].iloc[0].endswith("/api/v1/views/1.csv")


def test_the_matrix_is_kept_with_its_level(records: str) -> None:
    at = _keep(opened(Role.VIEWER, "gap_matrix", level="pillar"), "Pillars")
    assert at.success
    assert list(table(opened(Role.VIEWER, "account"), "Saved views")["filters"]) == ["pillar"]
