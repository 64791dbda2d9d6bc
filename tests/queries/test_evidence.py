"""Coverage and its terms: what the database adds up is what the rule says, to the digit."""

from dataclasses import replace
from datetime import date

import pytest
from pandas.testing import assert_series_equal
from sqlmodel import Session

from ctai.domain.activities import CountryShare, Status
from ctai.domain.coverage import faded, worth
from ctai.domain.dates import month_of
from ctai.domain.gaps import CellState, gaps
from ctai.domain.needs import Finding, NeedState, Severity
from ctai.domain.roles import SYSTEM
from ctai.domain.scope import Scope
from ctai.domain.strategy import Level
from ctai.queries.evidence import coverage, evidence, terms
from ctai.services.store_activity import enter
from ctai.services.store_evidence import enter_assessment, enter_need
from tests.drafts import KNOWN, TODAY, activity, add_code_lists, assessment, need

CELL = Scope(country=("NGA",), measure=("II.13",))


def fill(session: Session) -> None:
    """Store a cell's worth of records; see the worked example below."""
    add_code_lists(session)
    two = (CountryShare("NGA", 40.0), CountryShare("BFA", 60.0))
    done = replace(activity("Done"), status=Status.COMPLETED, actual_end="2022-07-15")
    drafts = [
        activity("Ongoing", measures=("II.13", "II.14", "II.16")),
        replace(activity("Planned", status=Status.PLANNED), countries=two),
        replace(done, actual_start="2022-01"),
        activity("Undated", status_as_of=None),
        activity("Unknown", status=Status.UNKNOWN),
        activity("Cancelled", status=Status.CANCELLED),
    ]
    for draft in drafts:
        enter(session, SYSTEM, draft, KNOWN)
    high = replace(need("N-1"), severity=Severity.HIGH)
    low = replace(need("N-2"), severity=Severity.LOW, state=NeedState.PARTLY_ADDRESSED)
    gone = replace(need("N-3"), state=NeedState.WITHDRAWN)
    for draft_need in (high, low, gone, need("N-4"), need("N-5", ("BFA", "NGA"))):
        enter_need(session, SYSTEM, draft_need, KNOWN)
    enter_assessment(session, SYSTEM, assessment(finding=Finding.NEED), KNOWN)


def test_one_cell_from_stored_records_to_the_digit(session: Session) -> None:
    """Nigeria, border control (II.13), on 1 July 2024, by hand.

    Coverage: ongoing, main of three measures, all in Nigeria: 1 × 0.6 = 0.6. Planned, 40 %
    Nigeria's: 0.5 × 0.4 = 0.2. Completed in July 2022, 24 months ago: 1 × ½ = 0.5. Undated and
    not known: 0, both listed and undated. Cancelled: left out. Together 1.3 by 5 activities.
    Needs: high open (weight 3), low partly addressed (0.5 × 1), two without severity open (2
    each), one withdrawn: 4 needs, demand 1 + 0.5 + 1 + 1 = 3.5, weighted 3 + 0.5 + 2 + 2 = 7.5.
    Answered: (4 - 3.5 + 1.3) / 4 = 0.45. Score: 7.5 × (1 - 1.3 / 3.5) = 7.5 × 22/35 = 33/7.
    """
    fill(session)
    frame = gaps(evidence(session, SYSTEM, CELL, TODAY), Level.MEASURE, TODAY)
    assert len(frame) == 1
    cell = frame.iloc[0]
    assert (cell["iso3"], cell["group"]) == ("NGA", "II.13")
    assert cell["state"] == CellState.PARTLY_ANSWERED
    assert (cell["activities"], cell["undated"], cell["needs"], cell["open_needs"]) == (5, 2, 4, 4)
    assert cell["coverage"] == pytest.approx(1.3)
    assert cell["demand"] == pytest.approx(3.5)
    assert cell["met"] == pytest.approx(1.3)
    assert cell["answered_share"] == pytest.approx(0.45)
    assert cell["score"] == pytest.approx(33 / 7)
    assert cell["unstated_severity"] == 2
    assert cell["assessments"] == 1
    assert cell["evidence_date"] == "2022-06"


@pytest.mark.parametrize("today", [date(2022, 7, 1), TODAY, date(2025, 12, 1), date(2031, 5, 9)])
def test_the_terms_of_a_cell_add_up_to_its_coverage(session: Session, today: date) -> None:
    fill(session)
    keys = ["iso3", "measure"]
    frame = coverage(session, SYSTEM, Scope(), today).set_index(keys)
    added = frame["steady"] + frame["scale"] * faded(1.0, month_of(today))
    told = terms(session, SYSTEM, Scope(), today).groupby(keys)["now"].sum()
    assert len(told) == 4
    assert_series_equal(added.sort_index(), told.sort_index(), check_names=False)


def test_a_term_is_its_undertakings_worth_today(session: Session) -> None:
    add_code_lists(session)
    enter(session, SYSTEM, activity(status=Status.PLANNED, status_as_of="2020"), KNOWN)
    row = terms(session, SYSTEM, CELL, TODAY).iloc[0]
    assert row["weight"] == 0.5
    assert row["now"] == pytest.approx(worth(Status.PLANNED, "2020", None).at(month_of(TODAY)))


def test_undated_undertakings_are_listed_last_and_count_nothing(session: Session) -> None:
    fill(session)
    frame = terms(session, SYSTEM, CELL, TODAY)
    assert len(frame) == 5
    assert frame["now"].isna().tolist() == [False, False, False, True, True]
    assert frame["now"].tolist()[:3] == pytest.approx([0.6, 0.5, 0.2])


def test_a_scope_narrows_all_three_kinds_of_evidence(session: Session) -> None:
    fill(session)
    found = evidence(session, SYSTEM, Scope(country=("BFA",)), TODAY)
    assert set(found.needs["iso3"]) == set(found.coverage["iso3"]) == {"BFA"}
    assert found.assessments.empty
    nothing = evidence(session, SYSTEM, Scope(country=("MDG",)), TODAY)
    assert gaps(nothing, Level.PILLAR, TODAY).empty
    unknown = evidence(session, SYSTEM, Scope(country=("XXX",)), TODAY)
    assert unknown.needs.empty
    assert unknown.coverage.empty
