"""A briefing as PDF."""

import re

import pytest

from ctai.briefings.pdf import pdf_bytes
from ctai.i18n import LANGUAGES
from tests.briefings import examples
from tests.briefings.pages import text_of


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
