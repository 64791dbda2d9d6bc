"""A briefing as DOCX."""

import io
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.document import Document as Pages
from docx.oxml.ns import qn
from docx.shared import Pt

from ctai.briefings.document import Document, Paragraph
from ctai.briefings.word import docx_bytes
from ctai.i18n import LANGUAGES
from tests.briefings import examples


def opened(document: Document) -> Pages:
    return docx.Document(io.BytesIO(docx_bytes(document)))


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


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_run_says_whether_it_runs_from_right_to_left(lang: str) -> None:
    for run in opened(examples.ordinary(lang)).element.body.iter(qn("w:r")):
        if run.find(qn("w:t")) is not None:
            assert run.find(f"{qn('w:rPr')}/{qn('w:rtl')}") is not None


def test_what_ends_the_document_takes_no_page_of_its_own() -> None:
    pages = opened(examples.ordinary())
    last = pages.paragraphs[-1]
    assert last.text == ""
    assert last.style is not None
    assert last.style.font.size == Pt(1)


def test_notes_below_each_other_stand_on_one_page() -> None:
    notes = (Paragraph(("First note.",), "note"), Paragraph(("Second note.",), "note"))
    pages = opened(replace(examples.ordinary(), body=notes))
    kept = {p.text: p.paragraph_format.keep_with_next for p in pages.paragraphs}
    assert (kept["First note."], bool(kept["Second note."])) == (True, False)
