"""The slides of a briefing: what stands on each, and how its texts find room."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ctai.briefings import slide_xml
from ctai.briefings.document import Bullets, Chart, Heading, Map, Paragraph, Text, Tiles
from ctai.briefings.measure import height, lines
from ctai.briefings.pieces import (
    INK,
    QUIET,
    Piece,
    foot,
    is_rtl,
    pieces,
    said,
    shown,
    steady,
    title,
)
from ctai.briefings.slide_deck import Package, Page
from ctai.briefings.slide_xml import WIDTH, Box, Line
from ctai.i18n.isolates import isolate

SIDE = 48
WIDE = WIDTH - 2 * SIDE
COVER = (44, 36, 28, 22, 16, 12)
"""The letters of the cover's title, in points: the largest that leave room for the rest."""
ROOM = Box(SIDE, 116, WIDE, 376)
"""Where the content of a slide stands, below its title and above its foot."""
SIZES = {"lead": 30.0, "plain": 24.0, "bullet": 24.0, "note": 14.0}
TILES = 140.0
"""The height of a row of tiles."""
SMALLER = (1.0, 0.85, 0.7)
SMALLEST = (0.6, 0.5, 0.42, 0.34, 0.28)


ABOVE, ROOM_ABOVE = 0.75, 64.0
"""How small texts above a table are, and how much room they may take there."""


@dataclass(frozen=True)
class Item:
    """A text or a row of tiles that waits for its slide."""

    text: Text
    kind: str
    tiles: Tiles | None = None

    def height(self, scale: float) -> float:
        """Estimate the height that it takes, with the room behind it."""
        if self.tiles is not None:
            return TILES + 14
        size = SIZES[self.kind] * scale
        words = shown(self.text) + "".join("000" for part in self.text if not isinstance(part, str))
        room = ROOM.width - (size if self.kind == "bullet" else 0)
        return height(words, room, size) + size * 0.55


class Slides:
    """Fills a deck with a document's content, a slide after the other."""

    def __init__(self, deck: Package) -> None:
        self.deck = deck
        self.document = document = deck.document
        self.lang = document.lang
        self.rtl = is_rtl(document.lang)
        self.section = self.heading = document.title
        self._is_told = True
        self._waiting: list[Item] = []

    def line(self, text: Text, size: float, *, noted: bool = True) -> Line:
        """Set a text as a paragraph of the document's language and direction."""
        return Line(tuple(pieces(text, self.rtl, noted=noted)), size, self.rtl, self.lang)

    def cover(self) -> None:
        """Open with the title, what the briefing is, and its content hash."""
        document = self.document
        slide = self.deck.page()
        size = next(
            s for s in COVER if s == COVER[-1] or height(document.title, WIDE / 1.08, s) <= 200
        )
        tall = height(document.title, WIDE / 1.08, size) + 12
        self._title(slide, pieces((document.title,), self.rtl), Box(SIDE, 148, WIDE, tall), size)
        slide.shapes.append(slide_xml.bar(slide.number, Box(SIDE, 126, WIDE, 5)))
        told = [document.labelled(label, isolate(words)) for label, words in document.cover]
        lines = [replace(self.line((one,), 20), colour=QUIET, after=4) for one in told]
        lines.append(replace(self.line((document.hashed,), 10), colour=QUIET))
        box = Box(SIDE, 148 + tall, WIDE, 140)
        slide.shapes.append(slide_xml.text_box(slide.number, "Cover", box, lines))

    def begin(self, block: Heading) -> None:
        """Begin a part; its heading is the title of its texts, and stands above its tables."""
        self.flush()
        self.heading = block.text
        if block.level == 1:
            self.section = block.text
        self._is_told = False

    def flow(self, block: Paragraph | Bullets | Tiles) -> None:
        """Let texts and tiles gather on a slide."""
        match block:
            case Paragraph():
                self._waiting.append(Item(block.text, block.kind))
            case Bullets():
                self._waiting += [Item(item, "bullet") for item in block.items]
            case Tiles():
                self._waiting.append(Item((), "lead", block))

    def above(self) -> list[Item]:
        """Take the texts that gathered, where they leave room for a table below them."""
        waiting = self._waiting
        is_short = sum(item.height(ABOVE) for item in waiting) <= ROOM_ABOVE
        if not is_short or any(item.tiles for item in waiting):
            return []
        self._waiting = []
        return waiting

    def flush(self) -> None:
        """Give the texts that gathered their slides, as few as hold them in large letters."""
        waiting, self._waiting = self._waiting, []
        if not waiting and self._is_told:
            return
        self._is_told = True
        for scale in SMALLER:
            if sum(item.height(scale) for item in waiting) <= ROOM.height:
                self._texts(waiting, scale)
                return
        page: list[Item] = []
        for item in waiting:
            if page and sum(one.height(SMALLER[-1]) for one in (*page, item)) > ROOM.height:
                self._page(page)
                page = []
            page.append(item)
        self._page(page)

    def chart(self, block: Chart) -> None:
        """Show a chart that can be edited, under what it says in words."""
        slide = self.titled(title(block, self.rtl))
        summary = Item(block.summary, "plain")
        scale = next((s for s in (*SMALLER, *SMALLEST) if summary.height(s) <= 90), SMALLEST[-1])
        taken = summary.height(scale) if block.summary else 0.0
        self.text(slide, [summary], ROOM.top, scale)
        if block.rows and block.series:
            place = Box(ROOM.left, ROOM.top + taken, ROOM.width, ROOM.height - taken)
            drawn = self.deck.chart(slide, block, 14)
            name, told = steady(block.title, self.rtl), steady(said(block.summary), self.rtl)
            slide.shapes.append(slide_xml.chart(slide.number, name, told, place, drawn))

    def map(self, block: Map) -> None:
        """Show a map, what it says, and the disclaimer that stands with borders."""
        slide = self.titled(pieces((block.title,), self.rtl))
        told = [Item(block.summary, "note"), Item((block.disclaimer,), "note")]
        below = self.text(slide, told[:1], ROOM.top, 1.0)
        below = self.text(slide, told[1:], below, SMALLER[-1])
        tall = ROOM.top + ROOM.height - below
        drawn, proportion = self.deck.picture(slide, block)
        wide = min(ROOM.width, tall * proportion)
        place = Box((WIDTH - wide) / 2, below, wide, wide / proportion)
        name, words = steady(block.title, self.rtl), steady(said(block.summary), self.rtl)
        slide.shapes.append(slide_xml.picture(slide.number, name, words, place, drawn))

    def titled(self, words: list[Piece], *, kicker: str | None = None) -> Page:
        """Begin a slide: a title, above it the part that it belongs to, below it the foot."""
        self.flush_if_waiting()
        self._is_told = True
        slide = self.deck.page()
        self._title(slide, words, Box(SIDE, 44, WIDE, 64), 28)
        above = self.heading if kicker is None else kicker
        if above:
            box = Box(SIDE, 22, WIDE, 20)
            short = replace(self.line((above[:110],), 12), colour=QUIET)
            slide.shapes.append(slide_xml.text_box(slide.number, "Part", box, [short]))
        self._foot(slide)
        return slide

    def flush_if_waiting(self) -> None:
        """Give texts that gathered their slides before another begins."""
        if self._waiting:
            self.flush()

    def _title(self, slide: Page, words: list[Piece], box: Box, size: float) -> None:
        text = "".join(piece.text for piece in words)
        while size > 7 and height(text, box.width / 1.08, size) > box.height:
            size -= 1
        shown = Line(tuple(words), size, self.rtl, self.lang, INK, is_bold=True)
        made = slide_xml.text_box(slide_xml.TITLE, "Title", box, [shown])
        slide.shapes.append(made)

    def _foot(self, slide: Page) -> None:
        told = replace(self.line((foot(self.document),), 10), colour=QUIET)
        left = Box(SIDE, 508, WIDTH - 3 * SIDE, 16)
        right = Box(WIDTH - 2 * SIDE, 508, SIDE, 16)
        if self.rtl:
            left, right = left.mirrored(WIDTH), right.mirrored(WIDTH)
        slide.shapes.append(slide_xml.text_box(slide.number, "Foot", left, [told]))
        slide.shapes.append(slide_xml.page_number(slide.number, right, self.rtl, self.lang))

    def _page(self, items: list[Item]) -> None:
        scale = next(
            (
                one
                for one in (SMALLER[-1], *SMALLEST)
                if sum(item.height(one) for item in items) <= ROOM.height
            ),
            SMALLEST[-1],
        )
        self._texts(items, scale)

    def _texts(self, items: list[Item], scale: float) -> None:
        kicker = self.section if self.section != self.heading else ""
        slide = self.titled(pieces((self.heading,), self.rtl), kicker=kicker)
        top = ROOM.top
        texts: list[Item] = []
        for item in items:
            if item.tiles is None:
                texts.append(item)
                continue
            top = self.text(slide, texts, top, scale)
            texts = []
            self._tiles(slide, item.tiles, top)
            top += item.height(scale)
        self.text(slide, texts, top, scale)

    def text(self, slide: Page, items: Sequence[Item], top: float, scale: float) -> float:
        """Set some texts below each other; give where the next may stand."""
        told = [
            replace(
                self.line(item.text, SIZES[item.kind] * scale),
                colour=QUIET if item.kind == "note" else INK,
                is_bullet=item.kind == "bullet",
                after=SIZES[item.kind] * scale * 0.45,
            )
            for item in items
            if item.text
        ]
        height = sum(item.height(scale) for item in items if item.text)
        if told:
            box = Box(ROOM.left, top, ROOM.width, height)
            slide.shapes.append(slide_xml.text_box(slide.number, "Text", box, told))
        return top + height

    def _tiles(self, slide: Page, tiles: Tiles, top: float) -> None:
        gap = 14.0
        count = len(tiles.tiles)
        wide = (ROOM.width - gap * (count - 1)) / count if count else 0.0
        for at, tile in enumerate(tiles.tiles):
            box = Box(ROOM.left + at * (wide + gap), top, wide, TILES)
            if self.rtl:
                box = box.mirrored(WIDTH)
            room = wide - 4 * slide_xml.PAD
            size = next(
                s
                for s in (44, 36, 28, 20, 12)
                if s == 12 or lines(tile.figure.worded + "00", room, s) == 1
            )
            small = next(s for s in (18, 14, 11, 8) if s == 8 or height(tile.label, room, s) <= 54)
            told = [
                replace(self.line((tile.figure,), size), is_bold=True),
                replace(self.line((tile.label,), small), colour=QUIET),
            ]
            name = steady(tile.label, self.rtl)
            slide.shapes.append(slide_xml.text_box(slide.number, name, box, told, edge=True))
