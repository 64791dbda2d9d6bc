"""PPTX: a briefing's content on slides, one message each; the same content, the same bytes."""

import io

from pptx import Presentation
from pptx.presentation import Presentation as Deck
from pptx.util import Emu

from ctai.briefings import package
from ctai.briefings.document import Chart, Document, Heading, Map, Paragraph, Table
from ctai.briefings.pieces import is_rtl, steady
from ctai.briefings.slide_pages import HEIGHT, WIDTH, Slides
from ctai.briefings.slide_tables import ledger_slides, table_slides
from ctai.briefings.slide_xml import EMU

RELATION = "http://schemas.openxmlformats.org/"
NOT_OURS = (
    f"{RELATION}package/2006/relationships/metadata/thumbnail",
    f"{RELATION}officeDocument/2006/relationships/printerSettings",
)


def pptx_bytes(document: Document) -> bytes:
    """Write a briefing as a presentation of PowerPoint."""
    deck = _empty(document)
    slides = Slides(deck, document)
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
    file = io.BytesIO()
    deck.save(file)
    return package.steady(file.getvalue(), document.as_of)


def _note_below(following: tuple[object, ...]) -> Paragraph | None:
    match following:
        case (Paragraph(kind="note") as note,):
            return note
    return None


def _empty(document: Document) -> Deck:
    """Give a wide deck without slides, with one layout, and its properties."""
    deck = Presentation()
    before = deck.slide_width or 1
    deck.slide_width, deck.slide_height = Emu(WIDTH * EMU), Emu(HEIGHT * EMU)
    for layout in list(deck.slide_layouts):
        if layout.name != "Title Only":
            deck.slide_layouts.remove(layout)
    for place in deck.slide_master.placeholders:
        place.left = Emu(place.left * WIDTH * EMU // before)
        place.width = Emu(place.width * WIDTH * EMU // before)
        place.top = Emu(place.top * HEIGHT * EMU // 6858000)
        place.height = Emu(place.height * HEIGHT * EMU // 6858000)
    known = deck.core_properties
    known.title = steady(document.title, is_rtl(document.lang))[:255]
    known.language = document.lang
    known.author = known.comments = known.last_modified_by = ""
    known.created = known.modified = package.moment(document.as_of)
    for held in (deck.part.package._rels, deck.part.rels):
        for name in [name for name, one in held.items() if one.reltype in NOT_OURS]:
            held.pop(name)
    return deck
