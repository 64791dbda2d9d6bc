"""Columns are known by code or by name in six languages; the rest is asked, never guessed."""

import io

import pytest

from ctai.domain.activities import ActivityDraft, Status
from ctai.domain.roles import Visibility
from ctai.exchange.columns_in import named
from ctai.exchange.dates_in import as_iso
from ctai.exchange.records_in import Spoken, read_records
from ctai.i18n import column_wording, names, wording
from ctai.i18n.languages import LANGUAGES
from tests.exchange.files import ALIASES, csv_file, only_fault, read, record

LISTED = ("title", "entity", "country_iso3", "measure", "status", "start_date", "location")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_headers_and_words_of_every_language_are_read_as_the_codes_are(lang: str) -> None:
    cells = {
        "title": "Training of border police",
        "entity": "UNODC",
        "country_iso3": names.country_name(lang, "NGA"),
        "measure": names.measure_title(lang, "II.13"),
        "status": wording.status(lang, "ongoing"),
        "start_date": "2017-03",
        "location": "Abuja",
    }
    row = {column_wording.column(lang, column).upper(): cells[column] for column in LISTED}
    (found,) = read(csv_file(row))
    assert found.faults == ()
    assert isinstance(found.draft, ActivityDraft)
    assert [country.iso3 for country in found.draft.countries] == ["NGA"]
    assert [link.code for link in found.draft.measures] == ["II.13"]
    assert (found.draft.status, found.draft.actual_start) == (Status.ONGOING, "2017-03")
    assert [one.entity for one in found.draft.participants] == ["UNODC"]
    assert [*found.draft.texts] == [lang]


def test_every_heading_is_one_column_in_its_language() -> None:
    for lang in LANGUAGES:
        for column in column_wording.COLUMNS:
            assert named([column_wording.column(lang, column)]).columns == (column,), (lang, column)


def test_accents_case_and_signs_of_a_header_do_not_count() -> None:
    assert named(["  PAYS_beneficiaire ", "date-de-debut"]).columns == (
        "country_iso3",
        "start_date",
    )


def test_a_column_that_is_not_known_is_asked_with_its_likeliest_meanings() -> None:
    (guess,) = named(["title", "Countryy"]).unknown
    assert guess.header == "Countryy"
    assert guess.columns[0] == "country_iso3"


def test_what_a_person_said_of_a_column_is_read() -> None:
    row = record()
    row["Where it is"] = row.pop("country_iso3")
    spoken = Spoken(meanings={"where it is": "country_iso3"})
    stream = io.BytesIO(csv_file(row))
    (found,) = read_records(stream, ALIASES, Visibility.UN_SYSTEM, spoken)
    assert isinstance(found.draft, ActivityDraft)
    assert found.draft.iso3s == {"NGA"}


def test_a_column_that_nobody_knows_is_told_and_the_rest_is_read() -> None:
    told, found = read(csv_file({**record(), "Zzyzx": "1"}))
    assert told.remarks[0].in_english() == "These columns were not read: zzyzx."
    assert found.draft is not None


def test_the_code_beside_its_label_is_the_one_that_is_read() -> None:
    _, found = read(csv_file({"Country": "Nigeria, Federal", **record()}))
    assert isinstance(found.draft, ActivityDraft)
    assert found.draft.iso3s == {"NGA"}


def test_a_file_says_nothing_of_a_column_that_it_does_not_have() -> None:
    row = record()
    del row["budget"], row["donor"]
    (found,) = read(csv_file(row))
    assert found.says is not None
    assert "budget" not in found.says
    assert "status" in found.says


def test_a_list_without_entities_is_that_of_whoever_it_speaks_for() -> None:
    row = record()
    del row["entity"]
    stream = io.BytesIO(csv_file(row))
    (found,) = read_records(stream, ALIASES, Visibility.UN_SYSTEM, Spoken("UNODC"))
    assert isinstance(found.draft, ActivityDraft)
    assert found.draft.entities == {"UNODC"}


def test_a_record_with_a_number_of_its_own_is_found_again_under_another_title() -> None:
    keys = {
        row.draft.source_key
        for title in ("Border course", "Border course, second phase")
        for row in read(csv_file(record(title=title, identifier="P-17")))
        if isinstance(row.draft, ActivityDraft)
    }
    assert len(keys) == 1


def test_several_countries_and_measures_may_stand_in_one_cell() -> None:
    (found,) = read(csv_file(record(country_iso3="Nigeria; BFA", measure="II.13; II.10")))
    assert isinstance(found.draft, ActivityDraft)
    assert [country.iso3 for country in found.draft.countries] == ["NGA", "BFA"]
    assert [(one.code, one.is_main) for one in found.draft.measures] == [
        ("II.13", True),
        ("II.10", False),
    ]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("28/08/2017", "2017-08-28"),
        ("08/28/2017", "2017-08-28"),
        ("05/05/2017", "2017-05-05"),
        ("Aug 2017", "2017-08"),
        ("1er août 2017", "2017-08-01"),
        ("28 августа 2017 г.", "2017-08-28"),
        ("28 de agosto de 2017", "2017-08-28"),
        ("أغسطس 2017", "2017-08"),
        ("2017年8月28日", "2017-08-28"),
        ("٢٠١٧", "2017"),
        ("2017-08-28 00:00:00", "2017-08-28"),
    ],
)
def test_dates_are_read_as_precisely_as_they_are_written(text: str, iso: str) -> None:
    assert as_iso(text) == iso


@pytest.mark.parametrize("text", ["05/06/2017", "2.8.17", "31/02/2017", "soon", "12"])
def test_a_date_that_could_be_two_or_none_is_left_as_it_stands(text: str) -> None:
    assert as_iso(text) == text


def test_a_spreadsheet_number_of_a_day_is_read_and_told() -> None:
    (found,) = read(csv_file(record(start_date="42975")))
    assert isinstance(found.draft, ActivityDraft)
    assert found.draft.actual_start == "2017-08-28"
    assert "“42975”" in found.remarks[0].in_english()


def test_an_amount_that_could_be_two_is_refused() -> None:
    assert only_fault(read(csv_file(record(budget="1.700,00")))).column == "budget"
