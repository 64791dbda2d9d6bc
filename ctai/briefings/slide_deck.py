"""The package of a deck: slides as markup and the parts they refer to, put in without a search."""

import io
import re
from dataclasses import dataclass, field
from xml.sax.saxutils import unescape

from pptx import Presentation
from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.presentation import Presentation as Deck
from pptx.util import Emu

from ctai.briefings import bars, package
from ctai.briefings.document import Chart, Document, Map
from ctai.briefings.pictures import map_png, proportion
from ctai.briefings.pieces import is_rtl, steady
from ctai.briefings.slide_xml import EMU, HEIGHT, TITLE, WIDTH

RELATION = "http://schemas.openxmlformats.org/"
NOT_OURS = (
    f"{RELATION}package/2006/relationships/metadata/thumbnail",
    f"{RELATION}officeDocument/2006/relationships/printerSettings",
)
_LINK = re.compile("<a:hlinkClick r:id=(?P<quote>[\"'])(?P<to>.*?)(?P=quote)/>")
QUOTE = {"&quot;": '"'}
FIRST_SLIDE = 256
"""The smallest number that a presentation's list of slides allows."""


@dataclass
class Page:
    """A slide in the making: its shapes, title first, and the parts that they refer to."""

    shapes: list[str] = field(default_factory=list)
    parts: list[tuple[str, Part]] = field(default_factory=list)

    @property
    def number(self) -> int:
        """Give the number of the next shape; the title's comes first."""
        return TITLE + len(self.shapes)

    def refer(self, kind: str, part: Part) -> str:
        """Refer to a part; give the name of the relationship, behind that to the layout."""
        self.parts.append((kind, part))
        return f"rId{len(self.parts) + 1}"

    def written(self, slide: Part, layout: Part) -> str:
        """Write the slide as the content of its part, and relate that to what it refers to."""
        slide.relate_to(layout, RELATIONSHIP_TYPE.SLIDE_LAYOUT)
        for kind, part in self.parts:
            slide.relate_to(part, kind)

        def related(link: re.Match[str]) -> str:
            to = slide.relate_to(
                unescape(link["to"], QUOTE), RELATIONSHIP_TYPE.HYPERLINK, is_external=True
            )
            return f'<a:hlinkClick r:id="{to}"/>'

        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f"<p:sld {nsdecls('a', 'p', 'r')}><p:cSld><p:spTree><p:nvGrpSpPr>"
            '<p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
            f"{_LINK.sub(related, ''.join(self.shapes))}</p:spTree></p:cSld>"
            "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>"
        )


class Package:
    """Holds the slides until they are written, in order; its charts and pictures are parts."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.deck = _empty(document)
        self.pages: list[Page] = []
        self.drawn = 0

    def page(self) -> Page:
        """Begin a slide."""
        self.pages.append(Page())
        return self.pages[-1]

    def chart(self, page: Page, chart: Chart, points: int) -> str:
        """Take a chart into the package for a slide; give how the slide refers to it."""
        markup, workbook = bars.chart_parts(chart, self.document.lang, points)
        self.drawn += 1
        drawn = self._part(f"charts/chart{self.drawn}.xml", CONTENT_TYPE.DML_CHART, markup)
        name = f"embeddings/chart{self.drawn}.xlsx"
        drawn.relate_to(
            self._part(name, CONTENT_TYPE.SML_SHEET, workbook), RELATIONSHIP_TYPE.PACKAGE
        )
        return page.refer(RELATIONSHIP_TYPE.CHART, drawn)

    def picture(self, page: Page, block: Map) -> tuple[str, float]:
        """Take a map into the package for a slide; give how the slide refers to it, and how many
        times as wide as high it is.
        """
        self.drawn += 1
        drawn = map_png(block)
        part = self._part(f"media/map{self.drawn}.png", CONTENT_TYPE.PNG, drawn)
        return page.refer(RELATIONSHIP_TYPE.IMAGE, part), proportion(drawn)

    def written(self) -> bytes:
        """Write the package.

        python-pptx looks through all slides to name and number each new one, which takes the
        square of their count; here they are numbered in turn.
        """
        deck = self.deck.part
        layout = self.deck.slide_layouts[0].part
        entries = []
        for at, page in enumerate(self.pages):
            slide = self._part(f"slides/slide{at + 1}.xml", CONTENT_TYPE.PML_SLIDE, b"")
            slide.blob = page.written(slide, layout).encode()
            relation = deck.rels._add_relationship(RELATIONSHIP_TYPE.SLIDE, slide)
            entries.append(f'<p:sldId id="{FIRST_SLIDE + at}" r:id="{relation}"/>')
        listed = parse_xml(f"<p:sldIdLst {nsdecls('p', 'r')}>{''.join(entries)}</p:sldIdLst>")
        deck._element.get_or_add_sldIdLst().getparent().replace(
            deck._element.get_or_add_sldIdLst(), listed
        )
        file = io.BytesIO()
        self.deck.save(file)
        return package.steady(file.getvalue(), self.document.as_of)

    def _part(self, name: str, kind: str, content: bytes) -> Part:
        return Part(PackURI(f"/ppt/{name}"), kind, self.deck.part.package, content)


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
