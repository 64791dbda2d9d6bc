"""Every reason to refuse an activity is given, alone where it is alone, and all at once."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctai.domain.activities import (
    ActivityDraft,
    BudgetLine,
    CountryShare,
    MeasureLink,
    OrganisationRole,
    Participation,
    SourceRef,
    Status,
    Text,
)
from ctai.domain.checks import (
    LONGEST_PLACE,
    LONGEST_TEXT,
    LONGEST_TITLE,
    LONGEST_URL,
    faults_of,
)
from ctai.domain.money import LARGEST_AMOUNT, BudgetKind
from tests.drafts import KNOWN, TODAY, activity, money

GOOD = activity(budget=(money("1700000.50"),))
FUNDER = Participation("Denmark", OrganisationRole.FUNDING)
CARRIER = Participation("UNODC", OrganisationRole.IMPLEMENTING)


def columns(draft: ActivityDraft) -> list[str]:
    """Give the fields that a draft is refused for, once for each reason."""
    return [fault.column for fault in faults_of(draft, KNOWN, TODAY.isoformat())]


def line(amount: str = "1", currency: str = "USD", **rest: str) -> tuple[BudgetLine, ...]:
    """Give one budget line."""
    return (BudgetLine(BudgetKind.BUDGET, Decimal(amount), currency, **rest),)  # type: ignore[arg-type]  # rest is a test row


@pytest.mark.parametrize(
    "draft",
    [
        GOOD,
        activity(start=None, status_as_of=None),
        activity(measures=()),
        activity(measures=("II.13", "II.14", "II.16")),
        activity(status_as_of=TODAY.isoformat()),
        activity(status_as_of="2024"),
        replace(GOOD, texts={"fr": Text("Atelier"), "en": Text("")}),
        replace(GOOD, texts={"en": Text("A" * LONGEST_TITLE, "B" * LONGEST_TEXT)}),
        replace(GOOD, texts={"en": Text("One\tline", "Two\r\nlines")}),
        replace(GOOD, countries=(CountryShare("NGA", 40), CountryShare("BFA", 60))),
        replace(GOOD, countries=(CountryShare("NGA"), CountryShare("BFA"))),
        replace(GOOD, participants=(CARRIER, FUNDER)),
        replace(GOOD, participants=(CARRIER, replace(CARRIER, role=OrganisationRole.FUNDING))),
        replace(GOOD, planned_start="2017-08-28", planned_end="2017"),
        replace(GOOD, planned_start="2017", actual_start=None, actual_end="2016-01"),
        replace(GOOD, budget=line(str(LARGEST_AMOUNT))),
        replace(GOOD, budget=line("0.01", donor="Denmark", value_date="2017-08")),
        replace(GOOD, sources=(SourceRef("http://example.org/a?b=c", published="2017"),)),
        replace(GOOD, sources=()),
    ],
)
def test_a_draft_without_faults_is_not_refused(draft: ActivityDraft) -> None:
    assert columns(draft) == []


@pytest.mark.parametrize(
    ("draft", "column"),
    [
        (replace(GOOD, texts={}), "title"),
        (replace(GOOD, texts={"en": Text("  ", "Described")}), "title"),
        (replace(GOOD, texts={"German": Text("Werkstatt")}), "title"),
        (replace(GOOD, texts={"en": Text("A" * (LONGEST_TITLE + 1))}), "title"),
        (replace(GOOD, texts={"en": Text("Bad\x00title")}), "title"),
        (replace(GOOD, texts={"en": Text("B\ufffdrder")}), "title"),
        (replace(GOOD, texts={"en": Text("A", "B" * (LONGEST_TEXT + 1))}), "description"),
        (replace(GOOD, texts={"en": Text("A", "\x1b[31m")}), "description"),
        (replace(GOOD, place="P" * (LONGEST_PLACE + 1)), "place"),
        (replace(GOOD, place="Abuja\x07"), "place"),
        (replace(GOOD, note="N" * (LONGEST_TEXT + 1)), "note"),
        (replace(GOOD, countries=()), "country"),
        (replace(GOOD, countries=(CountryShare("XXX"),)), "country"),
        (replace(GOOD, countries=(CountryShare("NGA"), CountryShare("NGA"))), "country"),
        (replace(GOOD, countries=(CountryShare("NGA", 0),)), "share_pct"),
        (replace(GOOD, countries=(CountryShare("NGA", 101),)), "share_pct"),
        (replace(GOOD, countries=(CountryShare("NGA", -5), CountryShare("BFA"))), "share_pct"),
        (replace(GOOD, countries=(CountryShare("NGA", 40), CountryShare("BFA", 50))), "share_pct"),
        (replace(GOOD, countries=(CountryShare("NGA", 40), CountryShare("BFA"))), "share_pct"),
        (replace(GOOD, participants=()), "entity"),
        (replace(GOOD, participants=(FUNDER,)), "entity"),
        (replace(GOOD, participants=(replace(CARRIER, entity="NOBODY"),)), "entity"),
        (replace(GOOD, participants=(CARRIER, CARRIER)), "entity"),
        (replace(GOOD, measures=(MeasureLink("II.99", is_main=True),)), "measure"),
        (replace(GOOD, measures=(MeasureLink("II.13"),)), "measure"),
        (
            replace(GOOD, measures=(MeasureLink("II.13", True), MeasureLink("II.14", True))),
            "measure",
        ),
        (replace(GOOD, measures=(MeasureLink("II.13", True), MeasureLink("II.13"))), "measure"),
        (replace(GOOD, status_as_of="2024-07-02"), "status_as_of"),
        (replace(GOOD, status_as_of="2025"), "status_as_of"),
        (replace(GOOD, status_as_of="soon"), "status_as_of"),
        (replace(GOOD, status_as_of="2024-13"), "status_as_of"),
        (replace(GOOD, planned_start="2017-02-30"), "planned_start"),
        (replace(GOOD, planned_end="later"), "planned_end"),
        (replace(GOOD, actual_start="17"), "actual_start"),
        (replace(GOOD, actual_end=""), "actual_end"),
        (replace(GOOD, planned_start="2017-08", planned_end="2017-07-31"), "planned_end"),
        (replace(GOOD, actual_start="2017-08", actual_end="2016"), "actual_end"),
        (replace(GOOD, budget=line("-1")), "amount"),
        (replace(GOOD, budget=line("0")), "amount"),
        (replace(GOOD, budget=line(str(LARGEST_AMOUNT + 1))), "amount"),
        (replace(GOOD, budget=line(currency="XXX")), "currency"),
        (replace(GOOD, budget=line(value_date="2017-13")), "value_date"),
        (replace(GOOD, budget=line(donor="NOBODY")), "entity"),
        (replace(GOOD, sources=(SourceRef("www.example.org"),)), "source_url"),
        (replace(GOOD, sources=(SourceRef("javascript:alert(1)"),)), "source_url"),
        (replace(GOOD, sources=(SourceRef("https://example.org/a b"),)), "source_url"),
        (replace(GOOD, sources=(SourceRef("https://a" + "b" * LONGEST_URL),)), "source_url"),
        (replace(GOOD, sources=(SourceRef("https://a.org", published="May"),)), "published"),
        (replace(GOOD, parent_id=7), "parent_id"),
    ],
)
def test_one_fault_is_the_only_one_that_appears(draft: ActivityDraft, column: str) -> None:
    assert columns(draft) == [column]


def test_a_programme_that_is_known_may_be_the_parent() -> None:
    known = replace(KNOWN, parents=frozenset({7}))
    assert faults_of(replace(GOOD, parent_id=7), known, TODAY.isoformat()) == ()


def test_all_faults_are_given_at_once_in_the_order_of_the_form() -> None:
    draft = ActivityDraft(
        texts={},
        countries=(CountryShare("XXX"),),
        participants=(),
        measures=(MeasureLink("II.99", is_main=True),),
        status=Status.ONGOING,
        status_as_of="2030",
        planned_start="2017",
        planned_end="2016",
        budget=line("-1", "XXX"),
        sources=(SourceRef("nowhere"),),
        parent_id=7,
    )
    assert columns(draft) == [
        "title",
        "country",
        "entity",
        "measure",
        "status_as_of",
        "planned_end",
        "amount",
        "currency",
        "source_url",
        "parent_id",
    ]


def test_a_fault_says_what_was_seen() -> None:
    faults = faults_of(replace(GOOD, countries=(CountryShare("XXX"),)), KNOWN, TODAY.isoformat())
    assert faults[0].in_english() == (
        "country · “XXX” is not a Member State. Give its ISO alpha-3 code, such as NGA."
    )


@given(st.text(max_size=300), st.text(max_size=30), st.text(max_size=30))
def test_whatever_is_typed_a_fault_can_be_written_out(title: str, day: str, code: str) -> None:
    draft = replace(
        GOOD, texts={code: Text(title)}, actual_start=day, sources=(SourceRef(title),), place=day
    )
    for fault in faults_of(draft, KNOWN, TODAY.isoformat()):
        assert "{" not in fault.message.format_map(dict.fromkeys(("seen", "wanted"), ""))
        assert fault.in_english()


def test_ten_megabytes_typed_into_a_field_stay_out_of_the_message() -> None:
    huge = "x" * 10_000_000
    draft = replace(GOOD, texts={"en": Text(huge)}, actual_start=huge, sources=(SourceRef(huge),))
    faults = faults_of(draft, KNOWN, TODAY.isoformat())
    assert {fault.column for fault in faults} == {"title", "actual_start", "source_url"}
    assert all(len(fault.in_english()) < 300 for fault in faults)
