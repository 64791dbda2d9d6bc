"""An error of our own: a short reference on the screen, the rest in the log, and no traceback."""

import logging
import re

import pytest

from ctai.domain.roles import Role
from ctai.ui import store
from tests.app.conftest import visit
from tests.app.screen import everything

SECRET = "password=hunter2 at /srv/ctai/secret.py"


@pytest.mark.usefixtures("records")
def test_an_error_shows_a_reference_that_stands_in_the_log_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError(SECRET)

    monkeypatch.setattr(store, "needs_of", broken)
    with caplog.at_level(logging.ERROR):
        at = visit(Role.VIEWER).run()
    (error,) = at.error
    found = re.search(r"reference: ([0-9a-f]{8})$", error.value)
    assert found is not None
    shown = everything(at)
    assert not at.exception
    assert "hunter2" not in shown
    assert "Traceback" not in shown
    assert "RuntimeError" not in shown
    assert f"page error {found[1]}" in caplog.text
    assert "hunter2" in caplog.text


@pytest.mark.usefixtures("records")
def test_the_menu_and_the_other_pages_survive_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "needs_of", lambda *_: 1 / 0)
    at = visit(Role.VIEWER).run()
    assert at.sidebar.page_link
    at.switch_page("pages/activities.py").run()
    assert not at.error
    assert at.dataframe
