"""A briefing as PPTX."""

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import _Relationships
from pptx.presentation import Presentation as Deck
from pptx.shapes.graphfrm import GraphicFrame

from ctai.briefings.document import Chart, Column, Document, Heading, Paragraph, Table
from ctai.briefings.measure import fitted, width
from ctai.briefings.slide_xml import EMU, HEIGHT, PAD, WIDTH
from ctai.briefings.slides import pptx_bytes
from ctai.i18n import LANGUAGES
from tests.briefings import examples, reading
from tests.briefings.reading import DRAWING


def opened(document: Document) -> Deck:
    return Presentation(io.BytesIO(pptx_bytes(document)))


def frames(deck: Deck) -> list[GraphicFrame]:
    return [one for one in reading.shapes_of(deck) if isinstance(one, GraphicFrame)]


@pytest.mark.parametrize("lang", ["en", "fr", "ar"])
def test_a_chart_holds_the_values_of_its_figures_and_their_sums(lang: str) -> None:
    document = examples.ordinary(lang)
    (asked,) = (one for one in document.first_page if isinstance(one, Chart))
    (frame,) = (one for one in frames(opened(document)) if one.has_chart)
    *series, sums = frame.chart.plots[0].series
    wanted = [[float(v.value) for v in one.values] for one in asked.series]
    assert [list(one.values) for one in series] == wanted
    assert list(sums.values) == [sum(row) for row in zip(*wanted, strict=True)]
    part: Any = frame.chart.part
    workbook = part.chart_workbook.xlsx_part.blob
    sheet = openpyxl.load_workbook(io.BytesIO(workbook)).active
    assert [cell.value for cell in sheet["B"]][1:] == wanted[0]


def test_a_chart_keeps_the_colours_it_was_given() -> None:
    (frame,) = (one for one in frames(opened(examples.ordinary())) if one.has_chart)
    colours = [str(one.format.fill.fore_color.rgb) for one in list(frame.chart.plots[0].series)[:2]]
    assert colours == ["004F7A", "0090C8"]


@pytest.mark.parametrize(("lang", "mirrored"), [("en", False), ("ar", True)])
def test_bars_grow_from_the_side_where_one_begins_to_read(lang: str, mirrored: bool) -> None:
    (frame,) = (one for one in frames(opened(examples.ordinary(lang))) if one.has_chart)
    assert frame.chart.value_axis.reverse_order is mirrored


def test_arabic_runs_from_right_to_left_throughout() -> None:
    deck = opened(examples.ordinary("ar"))
    turned = [
        (properties.get("rtl"), properties.get("algn"))
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_text_frame
        for properties in shape._element.iter(f"{DRAWING}pPr")
    ]
    assert set(turned) == {("1", "r"), ("1", "l")}
    matrix = next(one.table for one in frames(deck) if one.has_table)
    assert reading.seen(matrix.cell(0, 2).text) == "Measure"


def test_a_slide_has_a_title_and_no_more_rows_than_can_be_read() -> None:
    deck = opened(examples.ordinary())
    assert all(slide.shapes.title is not None for slide in deck.slides)
    assert (deck.slide_width, deck.slide_height) == (12192000, 6858000)
    tables = [one.table for one in frames(deck) if one.has_table]
    assert all(len(table.rows) <= 13 for table in tables)
    assert len(tables) > 3


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("made", examples.KINDS)
def test_nothing_stands_beyond_the_edge_of_a_slide(
    made: Callable[[str], Document], lang: str
) -> None:
    deck = opened(made(lang))
    for shape in reading.shapes_of(deck):
        assert shape.left >= 0
        assert shape.top >= 0
        assert shape.left + shape.width <= WIDTH * EMU
        assert shape.top + shape.height <= HEIGHT * EMU, shape.name


def test_the_ledger_stands_last() -> None:
    document = examples.ordinary()
    last = opened(document).slides[-1]
    assert last.shapes.title.text_frame.text.startswith(document.words["ledger"])


def test_every_slide_has_a_title_that_says_something_and_no_shape_without_a_name() -> None:
    for slide in opened(examples.overlong()).slides:
        assert slide.shapes.title.text_frame.text.strip()
        assert slide.shapes[0].shape_id == slide.shapes.title.shape_id  # it is read first
        assert all(shape.name for shape in slide.shapes)
        assert len({shape.shape_id for shape in slide.shapes}) == len(slide.shapes)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_run_names_its_language(lang: str) -> None:
    runs = [
        properties.get("lang")
        for shape in reading.shapes_of(opened(examples.ordinary(lang)))
        for properties in shape._element.iter(f"{DRAWING}rPr")
    ]
    assert set(runs) == {lang}


def test_notes_stand_below_their_table_on_each_of_its_slides_and_nowhere_else() -> None:
    shown = [
        [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        for slide in opened(examples.ordinary()).slides
    ]
    noted = [texts for texts in shown if any("An empty cell is no gap." in t for t in texts)]
    assert all(texts[0].startswith("Gap matrix") for texts in noted)
    assert all(any("Nor is it an all-clear." in text for text in texts) for texts in noted)
    assert len(noted) == len([texts for texts in shown if texts[0].startswith("Gap matrix")]) > 1


def test_a_row_that_goes_on_says_what_it_belongs_to() -> None:
    tables = [one.table for one in frames(opened(examples.crowded())) if one.has_table]
    rows = [row for table in tables for row in list(table.rows)[1:]]
    assert len(rows) > 1
    assert {row.cells[0].text for row in rows} == {"1"}


def test_no_word_of_a_table_that_fits_one_slide_is_broken() -> None:
    (table,) = (
        one.table
        for one in frames(opened(examples.wide("ru")))
        if one.has_table and len(one.table.columns) == 9
    )
    columns: Any = table.columns  # the stubs do not say that one may go through them
    for x, column in enumerate(columns):
        (properties, *_) = table.cell(0, x)._tc.iter(f"{DRAWING}rPr")
        size = int(properties.get("sz")) / 100
        room = column.width / EMU - 2 * PAD
        words = table.cell(0, x).text.split()
        assert max(width(word, size) for word in words) <= room


@pytest.mark.parametrize(("lang", "place"), [("en", "b"), ("ar", "l")])
def test_the_kinds_of_a_chart_are_named_in_the_order_of_reading(lang: str, place: str) -> None:
    (frame,) = (one for one in frames(opened(examples.ordinary(lang))) if one.has_chart)
    assert frame.chart._chartSpace.xpath(".//c:legendPos/@val") == [place]


def test_a_slide_costs_as_much_whether_it_is_early_or_late(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked: list[str] = []
    matching = _Relationships._get_matching

    def counted(self: Any, kind: str, *rest: Any, **more: Any) -> Any:
        looked.append(kind)
        return matching(self, kind, *rest, **more)

    monkeypatch.setattr(_Relationships, "_get_matching", counted)
    pptx_bytes(examples.crowded())
    assert RELATIONSHIP_TYPE.SLIDE_LAYOUT in looked
    assert RELATIONSHIP_TYPE.SLIDE not in looked


def test_the_legend_of_a_chart_shows_nothing_of_its_sums() -> None:
    (frame,) = (one for one in frames(opened(examples.ordinary())) if one.has_chart)
    *_, sums = frame.chart.plots[0].series
    assert not sums.name.strip()


def test_a_row_of_an_arabic_chart_reads_from_the_right_in_programs_that_turn_nothing() -> None:
    (frame,) = (one for one in frames(opened(examples.ordinary("ar"))) if one.has_chart)
    rows = list(frame.chart.plots[0].categories)
    assert rows
    assert all(row[0] == "\u202b" and row[-1] == "\u202c" for row in rows)


def test_what_the_first_slides_say_is_not_said_again_above_its_table() -> None:
    document = examples.ordinary()
    (chart,) = (one for one in document.first_page if isinstance(one, Chart))
    (table, *_) = (one for one in document.body if isinstance(one, Table))
    twice = replace(document, body=(chart, table))
    assert len([one for one in frames(opened(twice)) if one.has_chart]) == 1
    alone = replace(document, body=(chart,))
    assert len([one for one in frames(opened(alone)) if one.has_chart]) == 2


def test_a_short_sentence_stands_with_the_table_that_follows_it() -> None:
    document = examples.ordinary()
    (table, *_) = (one for one in document.body if isinstance(one, Table))
    body = (Heading("Requests"), Paragraph(("Four requests.",)), table)
    deck = opened(replace(document, body=body))
    (slide,) = (
        slide
        for slide in deck.slides
        if any(
            "Four requests." in one.text_frame.text for one in slide.shapes if one.has_text_frame
        )
    )
    assert any(one.has_table for one in slide.shapes)


def test_a_host_is_not_broken_where_a_column_can_give_it_room() -> None:
    host = "unodc-sahelprogramme.org"
    columns = (Column("Title", 8), Column("Countries", 2), Column("Source", 1))
    rows = ((("Training " * 6,), ("Burkina Faso",), (f"https://{host}/a",)),)
    shares = fitted(Table("Activities", columns, rows), 1000, 8, 10)
    assert shares[2] >= width(host, 8)
