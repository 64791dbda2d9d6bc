"""PPTX: a briefing's content on slides, one message each; the same content, the same bytes."""

from ctai.briefings.document import Chart, Document, Heading, Map, Paragraph, Table
from ctai.briefings.slide_deck import Package
from ctai.briefings.slide_pages import Slides
from ctai.briefings.slide_tables import ledger_slides, table_slides


def pptx_bytes(document: Document) -> bytes:
    """Write a briefing as a presentation of PowerPoint."""
    deck = Package(document)
    slides = Slides(deck)
    slides.cover()
    for part in (document.first_page, document.body):
        for at, block in enumerate(part):
            match block:
                case Heading():
                    slides.begin(block)
                case Table():
                    table_slides(slides, block, _note_below(part[at + 1 : at + 2]))
                case Chart():
                    slides.chart(block)
                case Map():
                    slides.map(block)
                case Paragraph(kind="note") if at and isinstance(part[at - 1], Table):
                    pass  # it stands below the table, on each of its slides
                case _:
                    slides.flow(block)
    slides.flush()
    ledger_slides(slides, document)
    return deck.written()


def _note_below(following: tuple[object, ...]) -> Paragraph | None:
    match following:
        case (Paragraph(kind="note") as note,):
            return note
    return None
