"""A briefing as PDF."""

import re
from dataclasses import replace

import pypdfium2
import pytest

from ctai.briefings.document import Column, Table
from ctai.briefings.pdf import pdf_bytes
from ctai.i18n import LANGUAGES
from tests.briefings import examples
from tests.briefings.pages import text_of

MM = 72 / 25.4


def test_a_figure_of_thousands_of_records_names_every_one_over_several_pages() -> None:
    document = examples.crowded()
    (entry,) = document.ledger
    assert len(entry.records) == 4000
    read = set(text_of(pdf_bytes(document)).replace(",", " ").split())
    assert set(entry.records) - read == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_headings_tables_and_charts_are_tagged_and_a_chart_is_said_in_words(lang: str) -> None:
    pages = pdf_bytes(examples.ordinary(lang))
    kinds = set(re.findall(rb"/S ?/(\w+)", pages))
    assert {b"H1", b"H2", b"Table", b"TH", b"TD", b"L", b"Figure"} <= kinds
    assert b"/Alt" in pages


def test_a_long_russian_word_does_not_run_into_the_next_column() -> None:
    document = replace(
        examples.sourced("ru"),
        body=(Table("T", (Column("A", 1), Column("B", 11)), ((("Запланировано",), ("июль",)),)),),
    )
    margin, line = 18 * MM, 174 * MM
    with pypdfium2.PdfDocument(pdf_bytes(document)) as pages:
        second = pages[1].get_textpage().get_text_bounded(left=margin + line / 12)
    assert "июль" in second
    assert not {"ровано", "вано", "но", "о"} & set(second.split())
    assert "Запланировано" not in second
