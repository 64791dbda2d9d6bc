"""A briefing as PDF."""

from ctai.briefings.pdf import pdf_bytes
from tests.briefings import examples
from tests.briefings.pages import text_of


def test_a_figure_of_thousands_of_records_names_every_one_over_several_pages() -> None:
    document = examples.crowded()
    (entry,) = document.ledger
    assert len(entry.records) == 4000
    read = set(text_of(pdf_bytes(document)).replace(",", " ").split())
    assert set(entry.records) - read == set()
