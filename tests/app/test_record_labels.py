"""Labels of records: no code of a field or a value reaches the screen where it has a name."""

import pytest

from ctai.domain.kinds import RecordKind
from ctai.ui import labels, record_labels

MEASURE = f"{labels.measure('I.6')} ({{}})"
ENTITY = labels.entity("UNODC")


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
        (RecordKind.ACTIVITY, "measures", "I.6 (main)", MEASURE.format("main measure")),
        (RecordKind.ACTIVITY, "countries", "BFA; NGA", "Burkina Faso, Nigeria"),
        (RecordKind.FUNDING_REQUEST, "review.lasting", "no It won't", "No It won't"),
        (RecordKind.REPORTING, "answer", "nothing_to_report", "Nothing to report"),
        (RecordKind.REFERENCE, "calendar:2026-12-25", "holiday · Christmas", "Holiday · Christmas"),
        (RecordKind.ACTIVITY, "note", "Pay 100 USD (funding)", "Pay 100 USD (funding)"),
        (RecordKind.ACTIVITY, "place", None, ""),
        (RecordKind.REFERENCE, "calendar:2026-12-26", "working · Stocks", "People work · Stocks"),
        (RecordKind.ACTIVITY, "measures", "I.6 (confirmed)", MEASURE.format("Measure confirmed")),
        (
            RecordKind.ACTIVITY,
            "budget",
            "pledge 5.00 USD (several countries) from DNK on 2024-06 · so far; budget 2.50 XYZ",
            "Pledge US$\N{NO-BREAK SPACE}5 (several countries, Denmark, June 2024) · so far, "
            "Budget XYZ\N{NO-BREAK SPACE}2.50",
        ),
        (
            RecordKind.FUNDING_REQUEST,
            "flow.commitment",
            "500.00 USD from DNK on 2024-06-30",
            "US$\N{NO-BREAK SPACE}500 (Denmark, 30 June 2024)",
        ),
        (RecordKind.FUNDING_REQUEST, "rate", "1.08 on 2024-06-30", "1.08 (30 June 2024)"),
        (RecordKind.FUNDING_REQUEST, "cofunding", "12.50 from Ministry", "12.50 (Ministry)"),
        (RecordKind.FUNDING_REQUEST, "entity", "UNODC", ENTITY),
        (RecordKind.NEED, "cost_rate", "1.08 USD (2024-06-30)", "1.08 (30 June 2024)"),
        (RecordKind.NEED, "measure", "I.6", MEASURE.removesuffix(" ({})")),
        (RecordKind.NEED, "disclosed", "withheld", "Findings withheld"),
        (
            RecordKind.ASSESSMENT,
            "dates",
            "2024/2024-02; 2025-03-01/; /2026",
            "2024 to February 2024, 1 March 2025, date not known to 2026",
        ),
        (
            RecordKind.ASSESSMENT,
            "discoveries",
            "I.6: No readers (high, partly); III.5: Few (yes) posts (withheld)",
            "I.6: No readers (High, Exists; text not public); "
            "III.5: Few (yes) posts (Findings withheld)",
        ),
        (RecordKind.ASSESSMENT, "follow_up", "Visit · done 2024-02", "Visit · done: February 2024"),
        (RecordKind.REQUEST, "addressed_to", "UNODC", ENTITY),
        (RecordKind.REFERENCE, "trusted_entity", "UNODC", ENTITY),
        (RecordKind.USER, "password", "changed", "Changed"),
        (RecordKind.USER, "active", "no", "No"),
        (RecordKind.USER, "language", "fr", "Français"),
        (RecordKind.USER, "countries", "BFA, NGA", "Burkina Faso, Nigeria"),
    ],
)
def test_values_that_are_codes_are_written_out(
    kind: RecordKind, code: str, text: str | None, written: str
) -> None:
    assert record_labels.value(kind, code, text) == written
