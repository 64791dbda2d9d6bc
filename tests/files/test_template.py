"""A template that was filled in comes back as a difference: changed, new, unchanged and gone."""

import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import Engine, func, select

from ctai import db, files
from ctai.domain.activities import ActivityDraft, Status
from ctai.domain.arrivals import Arrival
from ctai.domain.faults import Refused
from ctai.domain.roles import SYSTEM, Role, Viewer, Visibility
from ctai.exchange import template
from ctai.files.incoming import Incoming, bring
from ctai.i18n import column_wording, names, wording
from ctai.i18n.languages import LANGUAGES
from ctai.models.activities import Activity
from ctai.models.trust import Proposal
from ctai.queries import records
from ctai.services.load_reference import load_reference
from ctai.services.store_activity import amend
from ctai.settings import DATA
from tests.exchange.files import csv_file, record

FOCAL = Viewer("fay", Role.FOCAL_POINT, entity="UNODC")
ROWS = (
    record(status="planned", start_date="2026-03", end_date=""),
    record(title="=Second; “course”", budget="", status=""),
    record(title="Third", country_iso3="BFA", note="as told"),
    record(title="Another entity's", entity="CTED"),
)


@pytest.fixture
def held(engine: Engine) -> Engine:
    """A database with three activities of UNODC, numbers 1 to 3, and one of CTED."""
    with db.transaction(engine) as session:
        load_reference(session, SYSTEM, DATA)
        for row in ROWS:
            assert brought(engine, csv_file(row), session=session).new == 1
    return engine


def brought(
    engine: Engine, content: bytes, author: Viewer = SYSTEM, session: db.Session | None = None
) -> Arrival:
    incoming = Incoming("file", io.BytesIO(content), Visibility.PUBLIC)
    if session is not None:
        return bring(session, author, incoming)
    with db.transaction(engine) as own:
        return bring(own, author, incoming)


def given_out(engine: Engine, lang: str = "en", viewer: Viewer = FOCAL) -> bytes:
    with db.reading(engine) as session:
        return files.xlsx_of("template", session, viewer, {"entity": "UNODC"}, lang)


def filled(
    content: bytes, fill: Callable[[Worksheet, dict[str, int]], None], lang: str = "en"
) -> bytes:
    book = load_workbook(io.BytesIO(content))
    sheet = sheet_in(book)
    headings = {column_wording.column(lang, column): column for column in template.COLUMNS}
    fill(sheet, {headings[str(cell.value)]: cell.column for cell in sheet[1]})
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet_in(book: Workbook) -> Worksheet:
    sheet = book[str(book[template.SHEET]["D1"].value)]
    assert isinstance(sheet, Worksheet)
    return sheet


def draft_of(engine: Engine, number: int) -> ActivityDraft:
    with db.reading(engine) as session:
        found = records.draft_of(session, SYSTEM, number)
    assert found is not None
    return found


def figures(arrival: Arrival) -> tuple[int, int, int, int]:
    return arrival.new, arrival.changed, arrival.known, arrival.refused


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_template_that_nobody_filled_in_changes_nothing(held: Engine, lang: str) -> None:
    before = [draft_of(held, number) for number in (1, 2, 3)]
    arrival = brought(held, filled(given_out(held, lang), lambda *_: None, lang))
    assert (figures(arrival), arrival.faults) == ((0, 0, 3, 0), [])
    assert [draft_of(held, number) for number in (1, 2, 3)] == before


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_filled_template_changes_what_was_changed_and_adds_what_is_new(
    held: Engine, lang: str
) -> None:
    def fill(sheet: Worksheet, at: dict[str, int]) -> None:
        sheet.cell(2, at["status"]).value = wording.status(lang, "ongoing")
        sheet.cell(2, at["actual_start"]).value = "28/08/2026"
        sheet.cell(4, at["location"]).value = "Dori"
        sheet.cell(5, at["title"]).value = "New course"
        sheet.cell(5, at["country_iso3"]).value = names.country_name(lang, "MDG")
        sheet.cell(5, at["measure"]).value = f"II.13 {names.measure_title(lang, 'II.13')}"
        sheet.cell(5, at["status"]).value = wording.status(lang, "planned")
        sheet.cell(5, at["source_url"]).value = "https://example.org/new"

    before = draft_of(held, 1)
    content = filled(given_out(held, lang), fill, lang)
    arrival = brought(held, content)
    assert (figures(arrival), arrival.faults) == ((1, 2, 1, 0), [])
    assert draft_of(held, 1) == replace(before, status=Status.ONGOING, actual_start="2026-08-28")
    assert draft_of(held, 3).place == "Dori"
    new = draft_of(held, 5)
    assert (*new.iso3s, *new.entities) == ("MDG", "UNODC")
    assert [link.code for link in new.measures] == ["II.13"]
    again = brought(held, content)
    assert figures(again) == (0, 0, 4, 0)


def test_a_row_that_is_gone_is_told_and_its_record_stays(held: Engine) -> None:
    arrival = brought(held, filled(given_out(held), lambda sheet, _: sheet.delete_rows(3)))
    assert [fault.in_english() for fault in arrival.remarks] == [
        "Not in the file any more, and left as they are: 2."
    ]
    with db.reading(held) as session:
        assert session.scalars(select(func.count()).select_from(Activity)).one() == len(ROWS)


def test_what_was_changed_here_since_is_not_overwritten(held: Engine) -> None:
    def fill(sheet: Worksheet, at: dict[str, int]) -> None:
        sheet.cell(2, at["location"]).value = "Kano"
        sheet.cell(4, at["location"]).value = "Dori"

    content = filled(given_out(held), fill)
    with db.transaction(held) as session:
        amend(session, SYSTEM, 1, replace(draft_of(held, 1), place="Sokoto"))
    arrival = brought(held, content)
    assert figures(arrival) == (0, 1, 1, 1)
    assert "was changed here since" in arrival.faults[0].in_english()
    assert draft_of(held, 1).place == "Sokoto"


def test_a_change_of_something_else_here_does_not_stand_in_the_way(held: Engine) -> None:
    content = filled(
        given_out(held), lambda sheet, at: sheet.cell(2, at["location"], "Kano") and None
    )
    with db.transaction(held) as session:
        amend(session, SYSTEM, 1, replace(draft_of(held, 1), note="seen"))
    assert figures(brought(held, content)) == (0, 1, 2, 0)
    assert (draft_of(held, 1).place, draft_of(held, 1).note) == ("Kano", "seen")


def test_locked_cells_and_foreign_numbers_change_nothing(held: Engine) -> None:
    def fill(sheet: Worksheet, at: dict[str, int]) -> None:
        sheet.cell(2, at["country_iso3"]).value = "Burkina Faso"
        sheet.cell(5, at["activity_id"]).value = "4"
        sheet.cell(5, at["title"]).value = "Taken over"
        sheet.cell(6, at["activity_id"]).value = "3"
        sheet.cell(6, at["title"]).value = "Copied"

    arrival = brought(held, filled(given_out(held), fill))
    assert figures(arrival) == (0, 0, 3, 2)
    assert "country_iso3" in arrival.remarks[0].in_english()
    assert draft_of(held, 4).texts["en"].title == "Another entity's"
    assert draft_of(held, 1).iso3s == {"NGA"}


def test_what_a_focal_point_brings_back_waits_for_review(held: Engine) -> None:
    content = filled(
        given_out(held), lambda sheet, at: sheet.cell(2, at["location"], "Kano") and None
    )
    arrival = brought(held, content, FOCAL)
    assert (arrival.waiting, arrival.changed) == (1, 0)
    assert draft_of(held, 1).place == "Abuja"
    with db.reading(held) as session:
        assert session.scalars(select(func.count()).select_from(Proposal)).one() == 1


def test_a_template_holds_what_its_reader_may_amend_and_is_locked_elsewhere(held: Engine) -> None:
    book = load_workbook(io.BytesIO(given_out(held)))
    sheet = sheet_in(book)
    numbers = [sheet.cell(line, 1).value for line in range(2, 6)]
    assert numbers == ["1", "2", "3", None]
    assert sheet.protection.sheet
    assert sheet.cell(2, 1).protection.locked
    assert not sheet.cell(2, 1 + template.COLUMNS.index("title")).protection.locked
    assert sheet.cell(3, 1 + template.COLUMNS.index("title")).data_type == "s"
    assert len(sheet.data_validations.dataValidation) == len(("status", "country", "measure", "€"))


@pytest.mark.parametrize(
    "viewer", [replace(FOCAL, entity="UNDP"), Viewer("vera", Role.VIEWER), Viewer("d", Role.DONOR)]
)
def test_nobody_else_is_given_an_entitys_template(held: Engine, viewer: Viewer) -> None:
    with pytest.raises(Refused):
        given_out(held, viewer=viewer)


def test_a_template_without_its_hidden_rows_is_refused(held: Engine) -> None:
    book = load_workbook(io.BytesIO(given_out(held)))
    del book[template.GIVEN]
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(ValueError, match="Get a new one"):
        brought(held, out.getvalue())
