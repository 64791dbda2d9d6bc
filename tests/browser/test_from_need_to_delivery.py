"""One real case by clicks and keys, from Burkina Faso's request of 2012 to what came of it."""

import csv
import io
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser import way_to_delivery, way_to_money
from tests.browser.actor import asked
from tests.browser.cast import AREA, ASKED, CAST, Cast, person
from tests.browser.conftest import Installation, add_people, copied, running

MONEY = {"pledged_usd": 140_000, "secured_usd": 90_000, "paid_out_usd": 90_000, "spent_usd": 88_000}
"""What was recorded of the request's 140,000 dollars, in US dollars."""


@pytest.fixture(scope="module")
def walked(
    installation: Installation,
    browser: Browser,
    browser_context_args: dict[str, Any],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Cast]:
    """Walk the whole way once; a step that fails ends it, and every test of this module."""
    folder = tmp_path_factory.mktemp("walk")
    database = copied(installation, folder)
    add_people(database, map(person, CAST))
    with closing(sqlite3.connect(database)) as store, store:
        store.execute("UPDATE data_moment SET at = datetime(at, '-2 days')")
    windows: list[BrowserContext] = []

    def window() -> BrowserContext:
        windows.append(browser.new_context(**browser_context_args))
        return windows[-1]

    with running(database) as server:
        cast = Cast(database, server, window, [], folder / "shots")
        for step in (*way_to_money.STEPS, *way_to_delivery.STEPS):
            step(cast)
        yield cast
        for opened_window in windows:
            opened_window.close()


def test_every_step_is_on_record(walked: Cast) -> None:
    found = asked(
        walked.database,
        "SELECT DISTINCT actor FROM revision WHERE record_kind = 'need' AND record_id = ?",
        walked.need(),
    )
    assert {"desk", "focal", "state", "donor"} <= {str(actor) for (actor,) in found}
    answers_given = asked(
        walked.database,
        "SELECT entity, answer FROM enquiry WHERE need_id = ? ORDER BY rung, entity",
        walked.need(),
    )
    assert answers_given == [
        ("CTED", "cannot"),
        ("UNODC", "can_with_money"),
        ("DNK", "offers"),
    ]
    tests = asked(walked.database, "SELECT passed FROM need_test WHERE need_id = ?", walked.need())
    assert tests == [(1,)] * 4
    assert walked.faults == []


@pytest.mark.parametrize("name", ["desk", "focal", "state"])
@pytest.mark.parametrize("lang", ["en", "fr", "ar"])
def test_the_case_reads_in_every_language(walked: Cast, name: str, lang: str) -> None:
    reader = replace(walked[name], lang=lang)
    for address in (f"need?need={walked.need()}", "plan?country=BFA", "pipeline"):
        reader.opens(address)
        expected = "rtl" if lang == "ar" else "ltr"
        expect(reader.page.locator("html")).to_have_attribute("dir", expected)
        expect(reader.main.locator("h1").first).to_be_visible()
    assert walked.faults == []


def test_the_state_and_the_donor_read_what_is_theirs_and_no_more(walked: Cast) -> None:
    state, donor = walked["state"], walked["donor"]
    for one in (state, donor):
        one.opens(f"need?need={walked.need()}")
        one.reads(AREA)
        for inside in ("Aucun formateur", way_to_money.MONEY):
            one.misses(inside)
        one.opens(f"history?kind=need&record={walked.need()}")
        one.reads(one.said("Your role does not open this page."))
    donor.opens(f"funding_request?funding={way_to_money.asked_number(walked)}")
    donor.misses(ASKED)


def test_the_sums_of_the_pipeline_are_those_of_the_case(walked: Cast) -> None:
    colleague = walked["colleague"]
    for face in ("country", "pillar", "entity", "donor", "state"):
        answer = colleague.page.request.get(
            f"{walked.server}/download/funding_sums.csv?money_by={face}&funding_state=closed"
        )
        assert answer.ok, (face, answer.status)
        (row,) = csv.DictReader(io.StringIO(answer.text().removeprefix("\ufeff")))
        assert {name: float(row[name]) for name in MONEY} == MONEY, face


def test_the_case_as_of_the_day_before_is_not_there_yet(walked: Cast) -> None:
    desk = walked["desk"]
    before = (datetime.now(UTC) - timedelta(days=1)).date()
    for address in (f"need?need={walked.need()}", "plan?country=BFA"):
        desk.opens(f"{address}&as_of={before}")
        desk.misses(AREA)
