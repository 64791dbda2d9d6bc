"""Labels of records: no code of a field or a value reaches the screen where it has a name."""

import pytest

from ctai.domain.kinds import RecordKind
from ctai.ui import record_labels


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("title_en", "Title in English"),
        ("item_3.cost", "Item 3: Cost"),
        ("item_3.milestone_2.state_seen_on", "Item 3, milestone 2: State as of"),
        ("calendar:2026-12-25", "25 December 2026"),
        ("review.lasting", "Will the result last after the money ends?"),
        ("flow.pledge", "Pledge"),
        ("answer:UNODC:1.1", "Answer of UNODC"),
        ("consent:BFA:1", "Consent of Burkina Faso"),
    ],
)
def test_every_kind_of_field_has_its_name(code: str, label: str) -> None:
    assert record_labels.field(code) == label


@pytest.mark.parametrize(
    ("kind", "code", "text", "written"),
    [
        (RecordKind.NEED, "state", "partly_addressed", "Partly addressed"),
        (RecordKind.FUNDING_REQUEST, "state", "under_review", "Under review"),
        (RecordKind.PLAN, "item_3.state", "ongoing", "Ongoing"),
        (RecordKind.PLAN, "item_3.cost", "440000 USD", "US$\N{NO-BREAK SPACE}440,000"),
        (RecordKind.ACTIVITY, "visibility", "un_system", "United Nations system"),
        (RecordKind.ACTIVITY, "entities", "UNDP (implementing)", "UNDP (Implementing)"),
        (RecordKind.ACTIVITY, "measures", "I.6 (main)", "I.6 (main measure)"),
        (RecordKind.ACTIVITY, "countries", "BFA; NGA", "Burkina Faso, Nigeria"),
        (RecordKind.FUNDING_REQUEST, "review.lasting", "no It won't", "No It won't"),
        (RecordKind.REPORTING, "answer", "nothing_to_report", "Nothing to report"),
        (RecordKind.REFERENCE, "calendar:2026-12-25", "holiday · Christmas", "Day off · Christmas"),
        (RecordKind.ACTIVITY, "note", "Pay 100 USD (funding)", "Pay 100 USD (funding)"),
        (RecordKind.ACTIVITY, "place", None, ""),
    ],
)
def test_values_that_are_codes_are_written_out(
    kind: RecordKind, code: str, text: str | None, written: str
) -> None:
    assert record_labels.value(kind, code, text) == written
