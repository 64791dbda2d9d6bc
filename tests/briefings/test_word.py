"""A briefing as DOCX."""

import io
import time
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime

import docx
import pytest
from docx.document import Document as Pages
from docx.oxml.ns import qn

from ctai.briefings.document import Document
from ctai.briefings.word import docx_bytes
from tests.briefings import examples, reading

KINDS = [examples.ordinary, examples.empty, examples.overlong]


def opened(document: Document) -> Pages:
    return docx.Document(io.BytesIO(docx_bytes(document)))


@pytest.mark.parametrize("lang", ["en", "fr", "ar"])
@pytest.mark.parametrize("made", KINDS)
def test_every_text_and_figure_stands_in_the_file(
    made: Callable[[str], Document], lang: str
) -> None:
    document = made(lang)
    texts, notes = reading.word_texts(docx_bytes(document))
    assert reading.missing(document, texts) == []
    assert sorted(set(reading.notes_of(document)) - set(notes)) == []


def test_the_same_content_gives_the_same_bytes_later() -> None:
    first = docx_bytes(examples.ordinary())
    time.sleep(2.1)  # a ZIP file tells moments to two seconds
    assert docx_bytes(examples.ordinary()) == first


def test_the_file_is_dated_by_the_day_it_tells_of_and_names_no_author() -> None:
    known = opened(examples.ordinary("fr")).core_properties
    assert known.created == known.modified == datetime(2026, 6, 30, tzinfo=UTC)
    assert (known.author, known.comments, known.last_modified_by) == ("", "", "")
    assert (known.title, known.language) == ("Integrated assistance: Burkina Faso", "fr")


def test_headings_are_headings_and_the_title_is_the_title() -> None:
    styles = [(p.style.name, p.text) for p in opened(examples.ordinary()).paragraphs if p.style]
    assert ("Title", "Integrated assistance: Burkina Faso") in styles
    assert ("Heading 1", "Gaps") in styles
    assert ("Heading 2", "What is asked of you") in styles


def test_each_script_has_its_font_and_its_language() -> None:
    letters = opened(examples.ordinary("fr")).styles.element.find(f".//{qn('w:rPrDefault')}")
    fonts = letters.find(f".//{qn('w:rFonts')}")
    assert [fonts.get(qn(f"w:{one}")) for one in ("ascii", "hAnsi", "cs", "eastAsia")] == [
        "Noto Sans",
        "Noto Sans",
        "Noto Sans Arabic",
        "Noto Sans SC",
    ]
    languages = letters.find(f".//{qn('w:lang')}")
    assert [languages.get(qn(f"w:{one}")) for one in ("val", "bidi")] == ["fr", "ar-SA"]


def test_header_rows_are_repeated() -> None:
    matrix, ledger = opened(examples.ordinary()).tables[1:]
    for table in (matrix, ledger):
        rows = table._tbl.tr_lst
        assert [row.find(f".//{qn('w:tblHeader')}") is not None for row in rows] == [True] + [
            False
        ] * (len(rows) - 1)


def test_arabic_runs_from_right_to_left_throughout() -> None:
    pages = opened(examples.ordinary("ar"))
    body = pages.element.body
    for table in body.iter(qn("w:tbl")):
        assert table.find(f"{qn('w:tblPr')}/{qn('w:bidiVisual')}") is not None
    left = [
        p
        for p in body.iter(qn("w:p"))
        if p.find(f"{qn('w:pPr')}/{qn('w:bidi')}").get(qn("w:val")) != "1"
    ]
    styles = {p.find(f"{qn('w:pPr')}/{qn('w:pStyle')}").get(qn("w:val")) for p in left}
    assert styles == {"Ledger", "Picture"}  # codes, and a chart that is itself mirrored
    for run in body.iter(qn("w:r")):
        text = "".join(one.text or "" for one in run.iter(qn("w:t")))
        if any("\u0620" <= letter <= "\u064a" for letter in text):
            assert run.find(f"{qn('w:rPr')}/{qn('w:rtl')}").get(qn("w:val")) is None
    assert pages.sections[0]._sectPr.find(qn("w:bidi")) is not None


def test_english_has_no_table_from_right_to_left() -> None:
    assert b"bidiVisual" not in opened(examples.ordinary()).element.xml.encode()


def test_a_figure_leads_to_its_place_in_the_ledger() -> None:
    body = opened(examples.ordinary()).element.body
    places = {one.get(qn("w:name")) for one in body.iter(qn("w:bookmarkStart"))}
    links = {one.get(qn("w:anchor")) for one in body.iter(qn("w:hyperlink"))}
    assert links
    assert links <= places


def test_a_chart_is_native_and_brings_its_values() -> None:
    with zipfile.ZipFile(io.BytesIO(docx_bytes(examples.ordinary()))) as file:
        names = file.namelist()
        chart = file.read("word/charts/chart1.xml").decode()
    assert "word/embeddings/chart1.xlsx" in names
    assert "<c:v>1205</c:v>" in chart
    assert not [name for name in names if "thumbnail" in name]
