"""Tables on slides: as many rows on each as have room, the header on all of them."""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

from ctai.briefings import slide_xml
from ctai.briefings.document import Column, Document, Paragraph, Quoted, Table, Text
from ctai.briefings.measure import TALL_LINE, USUAL, fitted, height, longest
from ctai.briefings.pieces import (
    QUIET,
    Piece,
    base,
    ink_on,
    pieces,
    said,
    shown,
    steady,
    title,
    unbroken,
)
from ctai.briefings.slide_pages import ABOVE, ROOM, Item, Slides
from ctai.briefings.slide_xml import EMU, PAD, Box, Line

BOLD = 1.08
"""How much wider bold letters are."""
MOST_ROWS = 12
"""How many rows a slide may show and still be read."""
LARGE = (18.0, 16.0, 14.0, 13.0, 12.0, 11.0)
"""The letters of a table that one slide holds, in points: the largest that break no word."""
NOTE = 0.86
"""How small a table's note is, as a share of the notes of texts."""


@dataclass(frozen=True)
class Row:
    """A row as it is shown: its texts and grounds."""

    texts: tuple[str, ...]
    fills: tuple[str, ...]


def table_slides(slides: Slides, block: Table, notes: Sequence[Paragraph]) -> None:
    """Show a table; its notes stand below it on each slide, short texts before it on the first."""
    columns = len(block.columns)
    size = 13.0 if columns <= 6 else 11.0 if columns <= 8 else 9.5
    above = slides.above()
    laid = _Laid(slides, block, size, notes, above)
    if len(block.rows) <= MOST_ROWS:
        larger = (_Laid(slides, block, one, notes, above) for one in LARGE)
        laid = next((one for one in larger if one.is_whole and len(one.pages()) <= 1), laid)
    laid.show(title(block, slides.rtl), None)


LEDGER_SPARE = 0.08
"""The part of a slide that stays free below the ledger: its rows are many and small, and what each
is taller than estimated adds up."""


def ledger_slides(slides: Slides, document: Document) -> None:
    """Close with the ledger; questions and codes run left to right."""
    words = document.words
    columns = (
        Column("", 0.5),
        Column(words["figure"], 1.3),
        Column(words["asked"], 2.2),
        Column(words["records"], 4),
    )
    rows = tuple(
        ((str(one.number),), (one.worded,), (one.asked,), (", ".join(one.records),))
        for one in document.ledger
    )
    block = Table(words["ledger"], columns, rows)
    laid = _Laid(slides, block, 10.0, (), (), from_left=frozenset({2, 3}))
    laid.spare(LEDGER_SPARE)
    laid.show(pieces((block.title,), slides.rtl), "")


def _whole(cell: Text) -> str:
    """Give a cell as it is read; what it quotes stays quoted."""
    first = cell[0] if cell else ""
    return Quoted(said(cell), first.lang) if isinstance(first, Quoted) else said(cell)


Tall = tuple[Row, float]
"""A row and its height."""


class _Laid:
    """A table with its measures: the size of its letters, and its columns' widths in EMU."""

    def __init__(
        self,
        slides: Slides,
        block: Table,
        size: float,
        notes: Sequence[Paragraph],
        above: Sequence[Item],
        from_left: frozenset[int] = frozenset(),
    ) -> None:
        self.slides, self.block, self.size = slides, block, size
        self.from_left = from_left
        whole, pad = round(ROOM.width * EMU), round(2 * PAD * EMU)
        self.widths = fitted(block, whole, size * EMU, pad)
        self.notes = [Item(note.text, "note") for note in notes]
        below = sum(note.height(NOTE) for note in self.notes) + 6 if self.notes else 0.0
        self.above = above
        self.header = Row(
            tuple(column.label for column in block.columns), ("",) * len(block.columns)
        )
        self.room = ROOM.height - below - self.height(self.header, bold=True)
        self.first_room = self.room - sum(text.height(ABOVE) for text in above)

    def spare(self, share: float) -> None:
        """Leave a share of the room free."""
        self.room *= 1 - share
        self.first_room *= 1 - share

    def show(self, words: list[Piece], kicker: str | None) -> None:
        pages = self.pages() or [[]]
        for at, page in enumerate(pages, 1):
            place = [] if len(pages) == 1 else pieces((f" ({at}/{len(pages)})",), self.slides.rtl)
            slide = self.slides.titled([*words, *place], kicker=kicker)
            rows = [(self.height(self.header, bold=True), self.cells(self.header, is_header=True))]
            rows += [(tall, self.cells(row)) for row, tall in page]
            tall = sum(height for height, _ in rows)
            above = self.above if at == 1 else ()
            top = self.slides.text(slide, above, ROOM.top, ABOVE)
            box = Box(ROOM.left, top, ROOM.width, tall)
            name = steady(self.block.title, self.slides.rtl)
            widths = self.widths
            if self.slides.rtl:
                widths = widths[::-1]
                rows = [(height_, cells[::-1]) for height_, cells in rows]
            markup = slide_xml.table(slide.number, name, box, widths, rows)
            slide.shapes.append(markup)
            self.slides.text(slide, self.notes, top + tall + 8, NOTE)

    @property
    def is_whole(self) -> bool:
        """Tell whether no word is broken, but codes and addresses."""
        block = self.block
        return all(
            longest([column.label, *(shown(row[x]) for row in block.rows)]) * self.size * BOLD
            <= self._inner(x)
            for x, column in enumerate(block.columns)
        )

    def pages(self) -> list[list[Tall]]:
        """Share the rows out over as few slides as hold them, as evenly as they allow."""
        rows = [(row, self.height(row)) for row in self.rows()]
        packed = list(self._packed(rows, MOST_ROWS))
        even = list(self._packed(rows, ceil(len(rows) / len(packed)))) if packed else []
        return even if len(even) == len(packed) else packed

    def _packed(self, rows: list[Tall], most: int) -> Iterator[list[Tall]]:
        page: list[Tall] = []
        left = self.first_room
        for row, tall in rows:
            if page and (len(page) == most or tall > left):
                yield page
                page, left = [], self.room
            page.append((row, tall))
            left -= tall
        if page:
            yield page

    def rows(self) -> Iterator[Row]:
        """Give the rows; one that no slide can hold goes on in another."""
        block = self.block
        for y, cells in enumerate(block.rows):
            texts = tuple(map(_whole, cells))
            fills = block.fills[y] if block.fills else ("",) * len(texts)
            if self.height(Row(texts, fills)) <= self.first_room:
                yield Row(texts, fills)
                continue
            parts = [self._parts(text, x) for x, text in enumerate(texts)]
            first = parts[0] if len(parts[0]) == 1 else []  # says of each part what it belongs to
            for at in range(max(map(len, parts))):
                going_on = tuple(part[at] if at < len(part) else "" for part in parts)
                yield Row((*first, *going_on[len(first) :]), fills)

    def _parts(self, text: str, x: int) -> list[str]:
        a_line = self._inner(x) / (self.size * USUAL * 1.1)
        most = max(8, int(a_line * 0.8 * (self.first_room - 2 * PAD) / (self.size * TALL_LINE)))
        parts = textwrap.wrap(text, most, break_on_hyphens=False) or [""]
        return [Quoted(one, text.lang) for one in parts] if isinstance(text, Quoted) else parts

    def _inner(self, x: int) -> float:
        return max(self.size, self.widths[x] / EMU - 2 * PAD)

    def height(self, row: Row, *, bold: bool = False) -> float:
        """Estimate the height of a row: that of its tallest text."""
        wide = BOLD if bold else 1.02
        texts = (
            height(shown((text,)), self._inner(x) / wide, self.size)
            for x, text in enumerate(row.texts)
        )
        return max(texts, default=self.size) + PAD + 2

    def cells(self, row: Row, *, is_header: bool = False) -> list[str]:
        return [
            slide_xml.cell(self.line(x, text, fill, is_header=is_header), fill)
            for x, (text, fill) in enumerate(zip(row.texts, row.fills, strict=True))
        ]

    def line(self, x: int, text: str, fill: str, *, is_header: bool) -> Line:
        rtl = self.slides.rtl
        if x in self.from_left and not is_header:
            words = (Piece(unbroken(steady(text, rtl=False)), is_rtl=False),)
            return Line(words, self.size, False, self.slides.lang, at_end=rtl)
        own = base((text,), rtl)
        laid = Line(
            tuple(pieces((text,), own)),
            self.size,
            own,
            self.slides.lang,
            at_end=self.block.columns[x].is_number or own != rtl,
        )
        if is_header:
            return replace(laid, colour=QUIET, is_bold=True)
        return replace(laid, colour=ink_on(fill)) if fill else laid
