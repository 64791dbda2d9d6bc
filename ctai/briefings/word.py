"""DOCX: a briefing's content on pages that can be edited; the same content, the same bytes."""

import io
import re
from collections.abc import Sequence
from xml.sax.saxutils import unescape

import docx
from docx.document import Document as Pages
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.xmlchemy import serialize_for_reading
from docx.shared import Twips

from ctai.briefings import bars, package, word_style
from ctai.briefings.document import (
    Block,
    Bullets,
    Chart,
    Document,
    Heading,
    Map,
    Paragraph,
    Table,
    Text,
    Tiles,
)
from ctai.briefings.ledger import Entry
from ctai.briefings.measure import fitted, shares
from ctai.briefings.pictures import map_png
from ctai.briefings.pieces import (
    Piece,
    base,
    ink_on,
    is_rtl,
    pieces,
    said,
    steady,
    title,
    unbroken,
)
from ctai.briefings.word_xml import (
    WIDTH,
    bookmark,
    cell,
    drawing,
    on_a_new_page,
    paragraph,
    row,
    table,
)
from ctai.i18n.isolates import isolate

STYLES = {"lead": "Lead", "plain": "Normal", "note": "Note"}
LETTERS = 8
"""The size of the letters of charts and tables, in points."""
SMALL = 6.5
"""The size of the letters of tables with many columns of words."""
USUAL_COLUMNS = 6
LONG = 200
"""An entry of more records may go on on another page."""
_LINK = re.compile("<w:hyperlink r:id=(?P<quote>[\"'])(?P<to>.*?)(?P=quote)")
MAP = WIDTH * 6 // 10
"""How wide a map is, in twentieths of a point."""
TWIPS = 20
"""Word measures in twentieths of a point."""


def docx_bytes(document: Document) -> bytes:
    """Write a briefing as a document of Word."""
    pages = docx.Document()
    word_style.prepare(pages, document)
    markup = _related(_Writing(document, pages).whole(), pages)
    # Set in as text: to move parsed markup from tree to tree takes the square of its length.
    before, section, after = pages.part.blob.decode().rpartition("<w:sectPr")
    pages.part._element = parse_xml(f"{before}{markup}{section}{after}".encode())
    file = io.BytesIO()
    pages.save(file)
    return package.steady(file.getvalue(), document.as_of)


def _related(markup: str, pages: Pages) -> str:
    """Put in place of each address the relationship to it, one for each."""
    known: dict[str, str] = {}

    def relation(link: re.Match[str]) -> str:
        address = unescape(link["to"], {"&quot;": '"'})
        if address not in known:
            known[address] = f"link{len(known) + 1}"
            pages.part.rels.add_relationship(
                RELATIONSHIP_TYPE.HYPERLINK, address, known[address], is_external=True
            )
        return f'<w:hyperlink r:id="{known[address]}"'

    return _LINK.sub(relation, markup)


class _Writing:
    """Writes blocks as markup; its charts become parts of the package."""

    def __init__(self, document: Document, pages: Pages) -> None:
        self.document = document
        self.pages = pages
        self.rtl = is_rtl(document.lang)
        self.charts = 0

    def whole(self) -> str:
        document = self.document
        body = self.blocks(document.body)
        if body:
            body[0] = on_a_new_page(body[0])
        return "".join(
            (
                self.cover(),
                *self.blocks(document.first_page),
                *body,
                self.words(document.words["ledger"], "Heading1"),
                self.ledger(),
                self.words("", "End"),
            )
        )

    def words(self, text: str, style: str) -> str:
        return self.said((text,), style)

    def said(self, text: Text, style: str, *, keeps_next: bool = False) -> str:
        words = pieces(text, self.rtl)
        return paragraph(words, style=style, rtl=self.rtl, keeps_next=keeps_next)

    def blocks(self, blocks: Sequence[Block]) -> list[str]:
        """Write blocks; notes below each other stay together."""
        notes = [isinstance(block, Paragraph) and block.kind == "note" for block in blocks]
        return [
            self.said(block.text, STYLES[block.kind], keeps_next=True)
            if isinstance(block, Paragraph) and notes[at : at + 2] == [True, True]
            else self.block(block)
            for at, block in enumerate(blocks)
        ]

    def cover(self) -> str:
        document = self.document
        pairs = " · ".join(
            isolate(document.labelled(label, isolate(words))) for label, words in document.cover
        )
        return (
            self.words(document.title, "Title")
            + self.words(pairs, "Subtitle")
            + self.words(document.hashed, "Digest")
        )

    def block(self, block: Block) -> str:
        match block:
            case Heading():
                return self.words(block.text, f"Heading{block.level}")
            case Paragraph():
                return self.said(block.text, STYLES[block.kind])
            case Bullets():
                return "".join(self.said(item, "ListBullet") for item in block.items)
            case Tiles():
                return self.tiles(block)
            case Table():
                return self.table(block)
            case Chart():
                return self.chart(block)
            case Map():
                return self.map(block)

    def titled(self, block: Table | Chart) -> str:
        return paragraph(title(block, self.rtl), style="Caption", rtl=self.rtl)

    def tiles(self, block: Tiles) -> str:
        if not block.tiles:
            return ""
        widths = shares([1] * len(block.tiles), WIDTH)
        cells = [
            cell(
                self.said((tile.figure,), "Tile") + self.words(tile.label, "TileLabel"),
                width,
                boxed=True,
            )
            for tile, width in zip(block.tiles, widths, strict=True)
        ]
        return table([row(cells)], widths, rtl=self.rtl) + self.words("", "Note")

    def table(self, block: Table) -> str:
        is_wide = sum(not column.is_number for column in block.columns) > USUAL_COLUMNS
        widths = fitted(block, WIDTH, (SMALL if is_wide else LETTERS) * TWIPS, 160)
        header = [
            cell(
                paragraph(
                    pieces((column.label,), self.rtl),
                    style="TableHeaderSmall" if is_wide else "TableHeader",
                    rtl=self.rtl,
                    align_end=column.is_number,
                ),
                width,
            )
            for column, width in zip(block.columns, widths, strict=True)
        ]
        rows = [row(header, is_header=True)]
        for y, texts in enumerate(block.rows):
            fills = block.fills[y] if block.fills else ("",) * len(texts)
            rows.append(
                row(
                    [
                        cell(
                            paragraph(
                                pieces(text, own, noted=False),
                                style="TableSmall" if is_wide else "TableText",
                                rtl=own,
                                align_end=column.is_number or own != self.rtl,
                                ink=ink_on(fill) if fill else "",
                            ),
                            width,
                            fill=fill,
                        )
                        for text, fill, column, width in zip(
                            texts, fills, block.columns, widths, strict=True
                        )
                        for own in (base(text, self.rtl),)
                    ]
                )
            )
        caption = steady(block.title, self.rtl)
        return self.titled(block) + table(rows, widths, rtl=self.rtl, caption=caption)

    def chart(self, block: Chart) -> str:
        if not block.rows or not block.series:
            return self.titled(block)
        self.charts += 1
        drawn = drawing(
            self._chart_part(block),
            self.charts,
            steady(block.title, self.rtl),
            steady(said(block.summary), self.rtl),
            900 + 460 * len(block.rows),
        )
        return self.titled(block) + drawn

    def map(self, block: Map) -> str:
        picture = self.pages.part.new_pic_inline(io.BytesIO(map_png(block)), width=Twips(MAP))
        picture.docPr.set("descr", steady(said(block.summary), self.rtl))
        drawn = (
            '<w:p><w:pPr><w:pStyle w:val="Picture"/></w:pPr><w:r><w:drawing>'
            f"{serialize_for_reading(picture)}</w:drawing></w:r></w:p>"
        )
        told = self.said(block.summary, "Normal") + self.words(block.disclaimer, "Note")
        return self.words(block.title, "Caption") + drawn + told

    def _chart_part(self, block: Chart) -> str:
        markup, workbook = bars.chart_parts(block, self.document.lang, LETTERS)
        held = self.pages.part.package
        drawn = Part(
            PackURI(f"/word/charts/chart{self.charts}.xml"), CONTENT_TYPE.DML_CHART, markup, held
        )
        values = Part(
            PackURI(f"/word/embeddings/chart{self.charts}.xlsx"),
            CONTENT_TYPE.SML_SHEET,
            workbook,
            held,
        )
        drawn.relate_to(values, RELATIONSHIP_TYPE.PACKAGE)
        return self.pages.part.relate_to(drawn, RELATIONSHIP_TYPE.CHART)

    def ledger(self) -> str:
        words = self.document.words
        widths = shares([0.5, 1.2, 2.2, 4], WIDTH)
        labels = ("", words["figure"], words["asked"], words["records"])
        header = [
            cell(self.words(label, "TableHeader"), width)
            for label, width in zip(labels, widths, strict=True)
        ]
        rows = [row(header, is_header=True)]
        rows += [
            row(self.entry(entry, widths), is_long=len(entry.records) > LONG)
            for entry in self.document.ledger
        ]
        return table(rows, widths, rtl=self.rtl, caption=steady(words["ledger"], self.rtl))

    def entry(self, entry: Entry, widths: list[int]) -> list[str]:
        """Write what the ledger says of a figure; questions and codes run left to right."""
        number = [Piece(str(entry.number), self.rtl)]
        codes = (entry.asked, ", ".join(entry.records))
        inside = (
            paragraph(number, style="Ledger", rtl=self.rtl, mark=bookmark(entry.number)),
            self.said((entry.worded,), "Ledger"),
            *(
                paragraph(
                    [Piece(unbroken(steady(code, rtl=False)), is_rtl=False)],
                    style="Ledger",
                    rtl=False,
                    align_end=self.rtl,
                )
                for code in codes
            ),
        )
        return [cell(words, width) for words, width in zip(inside, widths, strict=True)]
