"""A briefing as PPTX."""

import io
import time
import zipfile
from collections.abc import Callable
from datetime import datetime
from typing import Any

import openpyxl
import pytest
from pptx import Presentation
from pptx.presentation import Presentation as Deck
from pptx.shapes.graphfrm import GraphicFrame

from ctai.briefings.document import Chart, Document
from ctai.briefings.slide_xml import EMU, HEIGHT, WIDTH
from ctai.briefings.slides import pptx_bytes
from tests.briefings import examples, reading
from tests.briefings.reading import DRAWING

KINDS = [examples.ordinary, examples.empty, examples.overlong]


def opened(document: Document) -> Deck:
    return Presentation(io.BytesIO(pptx_bytes(document)))


def frames(deck: Deck) -> list[GraphicFrame]:
    return [one for one in reading.shapes_of(deck) if isinstance(one, GraphicFrame)]


@pytest.mark.parametrize("lang", ["en", "fr", "ar"])
@pytest.mark.parametrize("made", KINDS)
def test_every_text_and_figure_stands_in_the_file(
    made: Callable[[str], Document], lang: str
) -> None:
    document = made(lang)
    texts, notes = reading.slide_texts(pptx_bytes(document))
    assert reading.missing(document, texts) == []
    assert sorted(set(reading.notes_of(document)) - set(notes)) == []


def test_the_same_content_gives_the_same_bytes_later() -> None:
    first = pptx_bytes(examples.ordinary())
    time.sleep(2.1)  # a ZIP file tells moments to two seconds
    assert pptx_bytes(examples.ordinary()) == first


def test_the_file_is_dated_by_the_day_it_tells_of_and_names_no_author() -> None:
    known = opened(examples.ordinary("fr")).core_properties
    assert known.created == known.modified == datetime(2026, 6, 30)  # noqa: DTZ001 — read as told
    assert (known.author, known.comments, known.last_modified_by) == ("", "", "")
    assert (known.title, known.language) == ("Integrated assistance: Burkina Faso", "fr")


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
@pytest.mark.parametrize("made", KINDS)
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


def test_no_picture_of_another_deck_is_left() -> None:
    with zipfile.ZipFile(io.BytesIO(pptx_bytes(examples.empty()))) as file:
        assert not [n for n in file.namelist() if "thumbnail" in n or "printerSettings" in n]
