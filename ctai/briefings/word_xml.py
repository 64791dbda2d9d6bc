"""WordprocessingML: paragraphs, tables and charts of a page as markup."""

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from docx.oxml.ns import nsdecls

from ctai.briefings.pieces import ACCENT, RULE, Piece

WIDTH = 9866
"""The width of a line in twentieths of a point: 210 mm less two margins of 18 mm."""
TONGUES = {"ar": ("bidi", "ar-SA"), "zh": ("eastAsia", "zh-CN")}
"""Languages that Word keeps apart by their script, as `word_style` names them."""
EMU = 635
"""EMU in a twentieth of a point."""


def paragraph(
    words: Sequence[Piece],
    *,
    style: str,
    rtl: bool,
    align_end: bool = False,
    ink: str = "",
    mark: str = "",
    keeps_next: bool = False,
) -> str:
    """Write a paragraph; `mark` is the bookmark that it is, `keeps_next` keeps it on the page of
    what follows.
    """
    properties = (
        f'<w:pStyle w:val="{style}"/>'
        + ("<w:keepNext/>" if keeps_next else "")
        + ('<w:bidi w:val="1"/>' if rtl else '<w:bidi w:val="0"/>')
        + ('<w:jc w:val="right"/>' if align_end else "")
    )
    inside = "".join(run(piece, ink) for piece in words)
    if mark:
        number = mark.rpartition("_")[2]
        inside = (
            f'<w:bookmarkStart w:id="{number}" w:name="{mark}"/>{inside}'
            f'<w:bookmarkEnd w:id="{number}"/>'
        )
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def run(piece: Piece, ink: str = "") -> str:
    """Write a piece; a number of the ledger leads there. A link names its address, in whose place
    the document puts the relationship.
    """
    turn = "<w:rtl/>" if piece.is_rtl else '<w:rtl w:val="0"/>'
    raised = '<w:vertAlign w:val="superscript"/>' if piece.entry is not None else ""
    colour = ACCENT if piece.entry is not None or piece.link else ink
    painted = f'<w:color w:val="{colour}"/>' if colour else ""
    words = (
        f"<w:r><w:rPr>{painted}{raised}{turn}{_tongue(piece)}</w:rPr>"
        f'<w:t xml:space="preserve">{escape(piece.text)}</w:t></w:r>'
    )
    if piece.link:
        return f'<w:hyperlink r:id={quoteattr(piece.link)} w:history="1">{words}</w:hyperlink>'
    if piece.entry is None:
        return words
    return f'<w:hyperlink w:anchor="{bookmark(piece.entry)}" w:history="1">{words}</w:hyperlink>'


def _tongue(piece: Piece) -> str:
    """Name the language of quoted words, for the script that they are read in."""
    if piece.lang is None:
        return ""
    if piece.lang in TONGUES:
        script, code = TONGUES[piece.lang]
        return f'<w:lang w:{script}="{code}"/>'
    return f'<w:lang w:val="{piece.lang or "x-none"}"/>'


def bookmark(entry: int) -> str:
    """Name the place of a figure in the ledger."""
    return f"ledger_{entry}"


def cell(inside: str, width: int, *, fill: str = "", boxed: bool = False) -> str:
    """Write a cell; its width is in twentieths of a point, its ground `#RRGGBB` or ""."""
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    if boxed:
        edges = "".join(
            f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>'
            for side in ("top", "left", "bottom", "right")
        )
        properties += f"<w:tcBorders>{edges}</w:tcBorders>"
    if fill:
        shade = fill.removeprefix("#")
        properties += f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>'
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def row(cells: Sequence[str], *, is_header: bool = False, is_long: bool = False) -> str:
    """Write a row that no page break cuts, unless it is long; a header is on every page."""
    whole = "" if is_long else "<w:cantSplit/>"
    repeated = "<w:tblHeader/>" if is_header else ""
    return f"<w:tr><w:trPr>{whole}{repeated}</w:trPr>{''.join(cells)}</w:tr>"


def table(rows: Sequence[str], widths: Sequence[int], *, rtl: bool, caption: str = "") -> str:
    """Write a table as wide as the line; from right to left its first column is the rightmost."""
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>'
        for side in ("bottom", "insideH")
    )
    margins = "".join(
        f'<w:{side} w:w="{size}" w:type="dxa"/>'
        for side, size in (("top", 50), ("left", 80), ("bottom", 50), ("right", 80))
    )
    return (
        "<w:tbl><w:tblPr>"
        + ("<w:bidiVisual/>" if rtl else "")
        + f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f"<w:tblBorders>{edges}</w:tblBorders>"
        '<w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{margins}</w:tblCellMar>"
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        + (f"<w:tblCaption w:val={quoteattr(caption)}/>" if caption else "")
        + "</w:tblPr><w:tblGrid>"
        + "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        + f"</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def drawing(relation: str, number: int, name: str, summary: str, height: int) -> str:
    """Write a paragraph that holds a chart as wide as the line; `summary` says it in words.

    The chart knows its own direction; some programs mirror what a paragraph turns once more.
    """
    uri = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    return (
        f'<w:p><w:pPr><w:pStyle w:val="Picture"/><w:bidi w:val="0"/></w:pPr><w:r><w:drawing>'
        '<wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{WIDTH * EMU}" cy="{height * EMU}"/>'
        f'<wp:docPr id="{number}" name={quoteattr(name)} descr={quoteattr(summary)}/>'
        "<wp:cNvGraphicFramePr/>"
        f'<a:graphic {nsdecls("a")}><a:graphicData uri="{uri}">'
        f'<c:chart {nsdecls("c")} r:id="{relation}"/></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def on_a_new_page(markup: str) -> str:
    """Begin a page with what some markup writes."""
    style, end, rest = markup.partition("/>")
    if style.startswith('<w:p><w:pPr><w:pStyle w:val="'):
        return f"{style}{end}<w:pageBreakBefore/>{rest}"
    return f'<w:p><w:r><w:br w:type="page"/></w:r></w:p>{markup}'
