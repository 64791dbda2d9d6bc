"""PPTX: a briefing's content on slides, one message each; the same content, the same bytes."""

from collections.abc import Sequence
from itertools import dropwhile, takewhile

from ctai.briefings.document import Block, Chart, Document, Heading, Map, Paragraph, Table
from ctai.briefings.slide_deck import Package
from ctai.briefings.slide_pages import Slides
from ctai.briefings.slide_tables import ledger_slides, table_slides


def pptx_bytes(document: Document) -> bytes:
    """Write a briefing as a presentation of PowerPoint."""
    deck = Package(document)
    slides = Slides(deck)
    slides.cover()
    for part in (document.first_page, _untold(document)):
        for at, block in enumerate(part):
            match block:
                case Heading():
                    slides.begin(block)
                case Table():
                    table_slides(slides, block, _notes_below(part[at + 1 :]))
                case Chart():
                    slides.chart(block)
                case Map():
                    slides.map(block)
                case Paragraph(kind="note") if _is_below_a_table(part[:at]):
                    pass  # shown with the table
                case _:
                    slides.flow(block)
    slides.flush()
    ledger_slides(slides, document)
    return deck.written()


def _untold(document: Document) -> Sequence[Block]:
    """Give the body without what the first slides have said, where a table follows to say more."""
    body = document.body
    return [
        block
        for block, next_ in zip(body, (*body[1:], None), strict=False)
        if not (block in document.first_page and isinstance(next_, Table))
    ]


def _notes_below(following: Sequence[Block]) -> list[Paragraph]:
    """Give the notes that follow a table; they stand below it on each of its slides."""
    return [one for one in takewhile(_is_note, following) if isinstance(one, Paragraph)]


def _is_below_a_table(before: Sequence[Block]) -> bool:
    return isinstance(next(dropwhile(_is_note, reversed(before)), None), Table)


def _is_note(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.kind == "note"
