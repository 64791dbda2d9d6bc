"""Files as of a day gone by: the same bytes on every rerun, by the server and the command line."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, update

from ctai import cli, db
from ctai.cli.parser import DONE, UNUSABLE
from ctai.domain.faults import Refused
from ctai.domain.plans import PlanDraft
from ctai.domain.roles import SYSTEM, Role
from ctai.files import FILES, csv_of, opened
from ctai.models.records import DataMoment
from ctai.queries import moments
from ctai.services import build_plan, save_plan
from ctai.services.store_activity import amend, enter
from ctai.services.store_evidence import enter_need
from tests import drafts
from tests.drafts import KNOWN, PEOPLE, activity, add_code_lists
from tests.plans_drafts import agree, item, version_of

TODAY = datetime.now(UTC).date()
THEN = TODAY - timedelta(days=2)


@pytest.fixture
def aged(engine: Engine) -> Engine:
    """A store whose first number is of three days ago, and whose second is of today."""
    with db.transaction(engine) as session:
        add_code_lists(session)
        enter(session, SYSTEM, activity("Before"), KNOWN)
        number = enter_need(session, SYSTEM, drafts.need(), KNOWN)
        plan = build_plan.build(session, SYSTEM, "NGA", "Plan").plan_id
        draft = PlanDraft("NGA", "Plan", (item(number),))
        save_plan.save(session, SYSTEM, plan, draft, version_of(session, plan))
        agree(session, plan, SYSTEM)
        past = datetime.now(UTC) - timedelta(days=3)
        session.execute(update(DataMoment).values(at=past))
    return engine


def _written(engine: Engine, what: str, **asked: str) -> bytes:
    with opened(engine, asked) as session:
        return b"".join(csv_of(what, session, SYSTEM, asked, "en"))


def _change(engine: Engine) -> None:
    with db.transaction(engine) as session:
        amend(session, SYSTEM, 1, activity("After", ("BFA",)), known=KNOWN)
        enter_need(session, SYSTEM, drafts.need("N-2"), KNOWN)


def test_a_file_of_a_day_gone_by_has_the_same_bytes_whenever_it_is_asked_for(aged: Engine) -> None:
    asked = {"as_of": THEN.isoformat(), "plan": "1"}
    first = {what: _written(aged, what, **asked) for what in FILES}
    now = {what: _written(aged, what, plan="1") for what in FILES}
    _change(aged)
    assert {what: _written(aged, what, **asked) for what in FILES} == first
    changed = {what for what in FILES if _written(aged, what, plan="1") != now[what]}
    assert changed >= {"activities", "needs", "gaps", "countries", "heatmap", "history"}
    assert b"Before" in first["activities"]
    assert b"After" not in first["history"]


def test_the_command_line_writes_what_the_server_writes(
    aged: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CTAI_DATABASE_URL", aged.url.render_as_string(hide_password=False))
    _change(aged)
    out = tmp_path / "then.csv"
    command = ["export", "--to", "csv", "--as-of", THEN.isoformat(), "--out", str(out)]
    assert cli.main(command) == DONE
    assert out.read_bytes() == _written(aged, "activities", as_of=THEN.isoformat())
    command[4] = "2999-01-01"
    assert cli.main(command) == UNUSABLE


@pytest.mark.parametrize(
    "asked", ["", "soon", "20260630", "2026-02-30", "2999-01-01", "1999-01-01"]
)
def test_a_day_that_can_not_be_shown_is_refused(aged: Engine, asked: str) -> None:
    with db.reading(aged) as session, pytest.raises(Refused):
        moments.as_of(session, asked, TODAY)
    with db.reading(aged) as session, pytest.raises(Refused):
        moments.as_of(session, TODAY.isoformat(), TODAY)


def test_a_day_ends_with_the_newest_number_before_its_midnight(aged: Engine) -> None:
    _change(aged)
    with db.reading(aged) as session:
        first = TODAY - timedelta(days=3)
        then = moments.number_at(session, first)
        assert moments.first_day(session) == first
        assert moments.number_at(session, first - timedelta(days=1)) is None
        assert moments.number_at(session, TODAY - timedelta(days=1)) == then
        assert moments.number_at(session, TODAY) == (then or 0) + 1
        assert moments.as_of(session, first.isoformat(), TODAY).number == then


def test_the_history_is_closed_to_roles_that_see_none(aged: Engine) -> None:
    for role in (Role.DONOR, Role.COUNTERPART):
        with opened(aged, {}) as session, pytest.raises(Refused):
            b"".join(csv_of("history", session, PEOPLE[role], {}, "en"))


def test_the_history_is_not_narrowed_by_what_it_does_not_know(aged: Engine) -> None:
    with pytest.raises(Refused, match="country"):
        _written(aged, "history", country="NGA")
    with pytest.raises(Refused, match="nonsense"):
        _written(aged, "history", kind="nonsense")
    of_one = _written(aged, "history", kind="activity", record="1", field="title_en")
    assert of_one.count(b"\r\n") == 2
