"""An error of our own: a short reference on the screen, the rest in the log, and no traceback."""

import logging
import re

import pytest
from streamlit.testing.v1 import AppTest

from ctai.domain.roles import Role
from ctai.ui import store
from tests.app.conftest import visit
from tests.app.screen import everything


def script() -> None:
    from ctai.ui import shell

    try:
        raise RuntimeError("password=hunter2 at /srv/ctai/secret.py")
    except RuntimeError as error:
        shell.report(error)


def test_an_error_shows_a_reference_that_stands_in_the_log_and_nothing_else(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR):
        # The server calls report(); AppTest has no server, so the call stands in for it here, and
        # the browser's tests break a real one.
        at = AppTest.from_function(script).run()
    (error,) = at.error
    found = re.search(r"reference: ([0-9a-f]{8})$", error.value)
    assert found is not None
    assert "hunter2" not in everything(at)
    assert "Traceback" not in everything(at)
    assert f"page error {found[1]}" in caplog.text
    assert "hunter2" in caplog.text


@pytest.mark.usefixtures("records")
def test_the_menu_and_the_other_pages_survive_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(store, "needs_of", broken)
    at = visit(Role.VIEWER).run()
    assert at.exception
    assert at.sidebar.page_link
    at.switch_page("pages/activities.py").run()
    assert not at.exception
    assert at.dataframe
