"""Rows of records and needs become drafts, or faults that say what was seen and what is wanted."""

from datetime import UTC, datetime, timedelta

import pytest

from ctai.domain.activities import ActivityDraft, OrganisationRole, Participation, Status
from ctai.domain.needs import AssessmentDraft, NeedDraft, NeedState, RequestDraft
from tests.exchange.files import csv_file, need, only_fault, read, record


def draft(content: bytes) -> object:
    (row,) = read(content)
    assert row.faults == ()
    return row.draft


def test_a_row_becomes_an_activity() -> None:
    made = draft(csv_file(record(donor="Denmark; Denmark")))
    assert isinstance(made, ActivityDraft)
    assert made.texts["en"].title == "Training of border police"
    assert made.participants == (
        Participation("UNODC", OrganisationRole.IMPLEMENTING),
        Participation("DNK", OrganisationRole.FUNDING),
    )
    assert (made.actual_start, made.actual_end, made.status_as_of) == (
        "2017-03",
        "2017-05-02",
        "2017-05-02",
    )
    assert not made.budget[0].spans_countries


def test_a_file_may_date_the_status_itself() -> None:
    made = draft(csv_file(record(status="ongoing", status_as_of="2018-01")))
    assert isinstance(made, ActivityDraft)
    assert made.status_as_of == "2018-01"


def test_a_plan_for_a_year_to_come_is_true_today() -> None:
    today = datetime.now(UTC).date()
    start = (today + timedelta(days=400)).isoformat()
    made = draft(csv_file(record(status="planned", start_date=start, end_date="")))
    assert isinstance(made, ActivityDraft)
    assert made.status_as_of is not None
    assert made.status_as_of[:7] <= datetime.now(UTC).date().isoformat()[:7]


def test_an_unstated_status_stays_unknown() -> None:
    made = draft(csv_file(record(status="")))
    assert isinstance(made, ActivityDraft)
    assert made.status is Status.UNKNOWN


def test_assessments_and_requests_are_told_by_their_kind() -> None:
    rows = read(
        csv_file(record(kind="assessment"), record(kind="request", title="Help with borders"))
    )
    assert [type(row.draft) for row in rows] == [AssessmentDraft, RequestDraft]


def test_one_undertaking_in_two_countries_is_one_draft() -> None:
    rows = read(csv_file(record(), record(country_iso3="BFA", location="Dakar")))
    (row,) = rows
    assert row.place == "rows 2, 3"
    assert isinstance(row.draft, ActivityDraft)
    assert row.draft.iso3s == {"NGA", "BFA"}
    assert row.draft.place == "Abuja; Dakar"
    assert row.draft.budget[0].spans_countries


def test_a_repeated_row_is_read_once() -> None:
    (row,) = read(csv_file(record(), record()))
    assert isinstance(row.draft, ActivityDraft)
    assert [country.iso3 for country in row.draft.countries] == ["NGA"]
    assert not row.draft.budget[0].spans_countries


def test_rows_of_one_undertaking_that_contradict_each_other_are_refused() -> None:
    rows = read(csv_file(record(), record(country_iso3="BFA", status="ongoing", budget="5")))
    assert only_fault(rows).in_english().startswith("rows 2, 3 · status · These rows")
    assert "differ in status, budget" in only_fault(rows).in_english()


@pytest.mark.parametrize(
    ("changes", "column", "seen", "wanted"),
    [
        ({"kind": "mission"}, "kind", "mission", "activity, assessment, request"),
        ({"status": "done"}, "status", "done", "requested, planned, ongoing"),
        ({"budget": "a lot"}, "budget", "a lot", "1700000"),
        ({"budget": "1.700.000"}, "budget", "1.700.000", "1700000"),
        ({"budget": "0.001"}, "budget", "0.001", "1700000"),
        ({"budget": "NaN"}, "budget", "NaN", "1700000"),
        ({"pillar": "III"}, "pillar", "III", "II"),
    ],
)
def test_a_bad_cell_is_named_with_what_is_wanted(
    changes: dict[str, str], column: str, seen: str, wanted: str
) -> None:
    rows = read(csv_file(record(title="First"), record(**changes), record(title="Third")))
    fault = only_fault(rows)
    assert (fault.place, fault.column) == ("row 3", column)
    assert f"“{seen}”" in fault.in_english()
    assert wanted in fault.in_english()
    assert sum(not row.faults for row in rows) == 2


def test_a_request_of_two_states_is_refused() -> None:
    rows = read(csv_file(record(kind="request"), record(kind="request", country_iso3="BFA")))
    assert "Give each State its own row" in only_fault(rows).in_english()


def test_a_finding_in_two_countries_is_one_need_with_two_codes() -> None:
    (row,) = read(csv_file(need(), need(country_iso3="BFA", need_id="N-BFA-901")))
    assert isinstance(row.draft, NeedDraft)
    assert row.draft.countries == ("NGA", "BFA")
    assert row.draft.country_codes == ("N-NGA-901", "N-BFA-901")


def test_a_rating_belongs_to_one_country() -> None:
    rows = read(
        csv_file(
            need(evidence_kind="rating"),
            need(evidence_kind="rating", country_iso3="BFA", need_id="N-BFA-901"),
        )
    )
    assert len(rows) == 2


def test_a_finding_that_is_graver_in_one_country_is_two_needs() -> None:
    rows = read(
        csv_file(need(), need(country_iso3="BFA", need_id="N-BFA-901", severity="low")),
    )
    assert len(rows) == 2


def test_a_repeated_need_is_read_once() -> None:
    (row,) = read(csv_file(need(), need()))
    assert isinstance(row.draft, NeedDraft)
    assert row.draft.country_codes == ("N-NGA-901",)


def test_a_code_of_two_needs_is_refused_the_second_time() -> None:
    rows = read(csv_file(need(), need(title="Another need")))
    assert only_fault(rows).in_english().startswith("row 3 · need_id · The code “N-NGA-901”")
    assert sum(row.draft is not None for row in rows) == 1


def test_one_country_s_need_under_two_codes_is_refused() -> None:
    rows = read(csv_file(need(), need(need_id="N-NGA-902")))
    assert "“NGA” has the same need under two codes" in only_fault(rows).in_english()


def test_a_need_s_state_may_have_its_own_date() -> None:
    plain = draft(csv_file(need()))
    dated = draft(csv_file(need(state_as_of="2025-10-24", state_as_of_source="addressed")))
    assert isinstance(plain, NeedDraft)
    assert isinstance(dated, NeedDraft)
    assert (plain.state, plain.state_as_of) == (NeedState.OPEN, "2024-10-25")
    assert (dated.state, dated.state_as_of) == (NeedState.ADDRESSED, "2025-10-24")


def test_every_unknown_code_of_a_need_is_listed_at_once() -> None:
    (row,) = read(csv_file(need(severity="dire", disclosed="maybe", evidence_kind="rumour")))
    assert {fault.column for fault in row.faults} == {"severity", "disclosed", "evidence_kind"}
