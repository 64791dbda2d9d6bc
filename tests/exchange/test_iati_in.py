"""IATI activities are read as far as each can be, and what is hostile is not read at all."""

import io
from decimal import Decimal

import pytest

from ctai.domain.activities import (
    LINKS,
    ActivityDraft,
    BudgetLine,
    CountryShare,
    Identifier,
    MeasureLink,
    Organisation,
    OrganisationRole,
    Participation,
    Status,
    Text,
)
from ctai.domain.arrivals import Row
from ctai.domain.money import BudgetKind
from ctai.domain.roles import Visibility
from ctai.exchange.iati_in import Listed, read_iati
from ctai.exchange.tables_in import FileUnusable

LISTED = Listed(
    {"NG": "NGA", "BF": "BFA", "MG": "MDG"},
    {"XM-DAC-41128": "UNODC"},
    {"united nations office on drugs and crime": "UNODC"},
)
REPORTING = (
    '<reporting-org ref="XX-1" type="40"><narrative>Fund for Borders</narrative></reporting-org>'
)
TITLE = "<title><narrative>Border course</narrative></title>"
DESCRIPTION = "<description><narrative>For the border police.</narrative></description>"
CARRIED = '<participating-org ref="XM-DAC-41128" role="4" type="40"/>'
STATUS = '<activity-status code="2"/>'
DATES = '<activity-date iso-date="2019-03-01" type="2"/>'
COUNTRY = '<recipient-country code="NG"/>'
SECTOR = '<sector code="1513020"/>'


def activity(*parts: str, identifier: str = "XX-1-77", attributes: str = 'xml:lang="en"') -> str:
    given = parts or (
        REPORTING, TITLE, DESCRIPTION, CARRIED, STATUS, DATES, COUNTRY, SECTOR
    )  # fmt: skip
    return (
        f"<iati-activity {attributes}><iati-identifier>{identifier}</iati-identifier>"
        f"{''.join(given)}</iati-activity>"
    )


def file(*activities: str, before: str = "") -> bytes:
    whole = f'{before}<iati-activities version="2.03">{"".join(activities)}</iati-activities>'
    return whole.encode()


def read(content: bytes) -> list[Row]:
    return list(read_iati(io.BytesIO(content), LISTED, Visibility.PUBLIC))


def draft(*parts: str, **given: str) -> ActivityDraft:
    (row,) = read(file(activity(*parts, **given)))
    assert isinstance(row.draft, ActivityDraft)
    return row.draft


def told(content: bytes) -> list[str]:
    return [
        fault.message.format_map(dict(fault.places)) for r in read(content) for fault in r.remarks
    ]


def test_a_sound_activity_is_read_without_a_remark() -> None:
    (row,) = read(file(activity()))
    assert row.faults == row.remarks == ()
    assert row.draft == ActivityDraft(
        texts={"en": Text("Border course", "For the border police.")},
        countries=(CountryShare("NGA"),),
        participants=(Participation("UNODC", OrganisationRole.IMPLEMENTING),),
        status=Status.ONGOING,
        status_as_of="2019-03-01",
        measures=(MeasureLink("II.3", True, rule="1:1513020"),),
        actual_start="2019-03-01",
        visibility=Visibility.PUBLIC,
        source_key="iati:XX-1-77",
        identifiers=(Identifier("iati", "XX-1-77"),),
        source_status="2",
    )


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("1", Status.PLANNED),
        ("2", Status.ONGOING),
        ("3", Status.COMPLETED),
        ("4", Status.COMPLETED),
        ("5", Status.CANCELLED),
        ("6", Status.SUSPENDED),
        ("9", Status.UNKNOWN),
    ],
)
def test_the_status_is_read_by_its_code_and_the_code_is_kept(code: str, status: Status) -> None:
    read_draft = draft(REPORTING, TITLE, CARRIED, f'<activity-status code="{code}"/>', COUNTRY)
    assert (read_draft.status, read_draft.source_status) == (status, code)


def test_pipeline_is_a_request_only_by_our_own_tag() -> None:
    pipeline = '<activity-status code="1"/>'
    tag = '<tag vocabulary="99" code="requested"/>'
    assert draft(REPORTING, TITLE, CARRIED, pipeline, COUNTRY).status is Status.PLANNED
    assert draft(REPORTING, TITLE, CARRIED, pipeline, COUNTRY, tag).status is Status.REQUESTED


def test_what_runs_after_its_planned_end_was_surely_so_only_until_then() -> None:
    end = '<activity-date iso-date="2020-06-30" type="3"/>'
    attributes = 'xml:lang="en" last-updated-datetime="2024-01-05T10:00:00"'
    found = draft(REPORTING, TITLE, CARRIED, STATUS, DATES, end, COUNTRY, attributes=attributes)
    assert found.status_as_of == "2020-06-30"


def test_titles_stand_by_their_languages_whatever_these_are() -> None:
    title = (
        '<title><narrative>Course</narrative><narrative xml:lang="FR">Cours</narrative>'
        '<narrative xml:lang="sv">Kurs</narrative></title>'
    )
    found = draft(REPORTING, title, CARRIED, STATUS, DATES, COUNTRY)
    assert {code: text.title for code, text in found.texts.items()} == {
        "en": "Course",
        "fr": "Cours",
        "sv": "Kurs",
    }


def test_who_is_on_no_list_stands_as_it_is_named() -> None:
    org = (
        '<participating-org role="4" type="21"><narrative>Village Watch</narrative>'
        "</participating-org>"
    )
    by_name = (
        '<participating-org role="2"><narrative>United Nations Office on Drugs and Crime'
        "</narrative></participating-org>"
    )
    found = draft(REPORTING, TITLE, org, by_name, STATUS, DATES, COUNTRY)
    implementing = OrganisationRole.IMPLEMENTING
    assert found.organisations == (Organisation("Village Watch", implementing, "", "21"),)
    assert found.participants == (Participation("UNODC", OrganisationRole.ACCOUNTABLE),)


def test_countries_stand_with_their_shares_where_these_make_a_whole() -> None:
    whole = (
        '<recipient-country code="NG" percentage="60"/>'
        '<recipient-country code="BF" percentage="40"/>'
    )
    found = draft(REPORTING, TITLE, CARRIED, STATUS, DATES, whole)
    assert found.countries == (CountryShare("NGA", 60.0), CountryShare("BFA", 40.0))
    broken = whole.replace("60", "70")
    found = draft(REPORTING, TITLE, CARRIED, STATUS, DATES, broken)
    assert found.countries == (CountryShare("NGA"), CountryShare("BFA"))
    assert any("3.1.2" in line for line in told(file(activity(REPORTING, TITLE, broken))))


def test_countries_may_stand_on_transactions_alone() -> None:
    flow = (
        '<transaction><transaction-type code="3"/><transaction-date iso-date="2019-04-01"/>'
        '<value currency="USD" value-date="2019-04-01">100</value>'
        '<recipient-country code="MG"/></transaction>'
    )
    found = draft(REPORTING, TITLE, CARRIED, STATUS, DATES, SECTOR, flow)
    assert found.countries == (CountryShare("MDG"),)
    line = BudgetLine(BudgetKind.DISBURSEMENT, Decimal("100.00"), "USD", value_date="2019-04-01")
    assert found.budget == (line,)


def test_a_zero_budget_is_not_known_and_not_zero() -> None:
    budget = (
        '<budget><period-start iso-date="2019-01-01"/><period-end iso-date="2019-12-31"/>'
        '<value currency="USD" value-date="2019-01-01">0</value></budget>'
    )
    content = file(activity(REPORTING, TITLE, CARRIED, STATUS, DATES, COUNTRY, budget))
    (row,) = read(content)
    assert isinstance(row.draft, ActivityDraft)
    assert row.draft.budget == ()
    assert any("not known is not zero" in line for line in told(content))


def test_the_other_activities_that_it_names_are_kept_by_what_they_are_to_it() -> None:
    partner = '<participating-org ref="XX-9" role="1" activity-id=" XX-9-1 "/>'
    flow = (
        '<transaction><transaction-type code="3"/><transaction-date iso-date="2019-04-01"/>'
        '<value currency="USD" value-date="2019-04-01">5</value>'
        '<provider-org provider-activity-id="XX-9-1"/><receiver-org receiver-activity-id="XX-8-2"/>'
        "</transaction>"
    )
    related = (
        '<related-activity ref="XX-1-70" type="1"/><related-activity ref="XX-1-78" type="3"/>'
        '<related-activity ref="XX-1-78" type="3"/><related-activity ref="XX-7-4" type="5"/>'
    )
    found = draft(REPORTING, TITLE, partner, CARRIED, STATUS, DATES, COUNTRY, flow, related)
    links = [(one.kind, one.value) for one in found.identifiers if one.kind in LINKS]
    assert links == [
        ("provider", "XX-9-1"),
        ("receiver", "XX-8-2"),
        ("partner", "XX-9-1"),
        ("related1", "XX-1-70"),
        ("related3", "XX-1-78"),
        ("related5", "XX-7-4"),
    ]
    assert found.parent_key == "iati:XX-1-70"


def test_an_activity_is_not_linked_with_itself_nor_with_nothing() -> None:
    partner = '<participating-org ref="XX-1" role="1" activity-id="XX-1-77"/>'
    related = '<related-activity ref="" type="2"/><related-activity ref="XX-2-1" type="8"/>'
    found = draft(REPORTING, TITLE, partner, CARRIED, STATUS, DATES, COUNTRY, related)
    assert found.identifiers == (Identifier("iati", "XX-1-77"),)


def test_contact_info_is_never_read() -> None:
    contact = (
        "<contact-info><person-name><narrative>Jane Roe</narrative></person-name></contact-info>"
    )
    content = file(
        activity(REPORTING, TITLE, DESCRIPTION, CARRIED, STATUS, DATES, contact, COUNTRY, SECTOR)
    )
    (row,) = read(content)
    assert "Jane Roe" not in repr(row)


def test_a_broken_rule_is_told_by_its_number_and_the_rest_is_kept() -> None:
    content = file(activity(REPORTING, TITLE, DESCRIPTION, CARRIED, STATUS, COUNTRY, SECTOR))
    (row,) = read(content)
    assert row.draft is not None
    assert any("6.11.1" in line for line in told(content))


def test_an_activity_without_identifier_is_refused_and_the_next_is_read() -> None:
    first, second = read(file(activity(identifier=" "), activity()))
    assert first.draft is None
    assert first.faults
    assert second.draft is not None


def test_damaged_text_is_told_and_read_with_question_marks() -> None:
    title = "<title><narrative>B\ufffdrder</narrative></title>"
    content = file(activity(REPORTING, title, CARRIED, STATUS, DATES, COUNTRY))
    (row,) = read(content)
    assert isinstance(row.draft, ActivityDraft)
    assert row.draft.texts["en"].title == "B?rder"
    assert any("damaged" in line for line in told(content))


def test_a_file_that_breaks_off_keeps_what_stands_before() -> None:
    content = file(activity(), activity(identifier="XX-1-78"))[:-60]
    *whole, last = read(content)
    assert [row.draft is not None for row in whole] == [True]
    assert last.draft is None
    assert "can't be read from here on" in last.faults[0].message


ENTITY = '<!DOCTYPE x [<!ENTITY a "b">]>'
BOMB = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
ELSEWHERE = '<!DOCTYPE x SYSTEM "http://example.org/x.dtd">'


@pytest.mark.parametrize("before", [ENTITY, BOMB, OUTSIDE, ELSEWHERE])
def test_a_file_that_declares_entities_is_refused(before: str) -> None:
    title = "<title><narrative>&a;</narrative></title>" if before != ELSEWHERE else TITLE
    with pytest.raises(FileUnusable, match="document type"):
        read(file(activity(REPORTING, title, COUNTRY), before=before))


def test_a_file_nested_without_end_breaks_off_in_a_sentence() -> None:
    deep = "<description>" * 5000 + "</description>" * 5000
    rows = read(file(activity(), activity(REPORTING, deep, identifier="XX-1-78")))
    assert rows[0].draft is not None
    assert rows[-1].faults


@pytest.mark.parametrize(
    "content",
    [b"<html><body/></html>", b"<iati-organisations/>", b"<", b"<<<>>>", b"<?xml version='1.0'?>"],
)
def test_what_is_no_iati_file_says_so(content: bytes) -> None:
    with pytest.raises(FileUnusable):
        read(content)
