"""PresentationML: the texts and tables of a slide as markup; measures are in points."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from ctai.briefings.measure import leading
from ctai.briefings.pieces import ACCENT, ARABIC, CHINESE, INK, LATIN, QUIET, RULE, Piece

EMU = 12700
"""EMU in a point."""
WIDTH, HEIGHT = 960, 540
"""A slide of 16:9, in points."""
DRAWINGML = "http://schemas.openxmlformats.org/drawingml/2006"
PAD = 5.0
"""The room between a cell's edge and its words."""


@dataclass(frozen=True)
class Box:
    """A place on a slide."""

    left: float
    top: float
    width: float
    height: float

    def mirrored(self, whole: float) -> "Box":
        """Give the same place seen from the right edge of a slide as wide."""
        return Box(whole - self.left - self.width, self.top, self.width, self.height)

    @property
    def emu(self) -> tuple[int, int, int, int]:
        """Give left, top, width and height in EMU."""
        left, top, width, height = (
            round(one * EMU) for one in (self.left, self.top, self.width, self.height)
        )
        return left, top, width, height


@dataclass(frozen=True)
class Line:
    """A paragraph: its pieces, the size of its letters and how it stands."""

    words: tuple[Piece, ...]
    size: float
    rtl: bool
    lang: str
    colour: str = INK
    is_bold: bool = False
    is_bullet: bool = False
    at_end: bool = False
    after: float = 0


def line(one: Line) -> str:
    """Write a paragraph."""
    at_right = one.rtl != one.at_end
    indent = round(one.size * EMU * 0.9) if one.is_bullet else 0
    tall = round(leading("".join(piece.text for piece in one.words), one.size) * 100)
    bullet = '<a:buChar char="•"/>' if one.is_bullet else "<a:buNone/>"
    return (
        f'<a:p><a:pPr marL="{indent}" indent="{-indent}" algn="{"r" if at_right else "l"}" '
        f'rtl="{int(one.rtl)}"><a:lnSpc><a:spcPts val="{tall}"/></a:lnSpc>'
        f'<a:spcBef><a:spcPts val="0"/></a:spcBef>'
        f'<a:spcAft><a:spcPts val="{round(one.after * 100)}"/></a:spcAft>{bullet}</a:pPr>'
        + "".join(_run(piece, one) for piece in one.words)
        + f"<a:endParaRPr {_letters(one)}/></a:p>"
    )


def _letters(one: Line, lang: str | None = None) -> str:
    tongue = one.lang if lang is None else lang
    named = f'lang="{tongue}" ' if tongue else ""
    return f'{named}sz="{round(one.size * 100)}" b="{int(one.is_bold)}"'


def _run(piece: Piece, one: Line) -> str:
    """Write a piece; a link names its address, in whose place the slide puts the relationship."""
    raised = ' baseline="30000"' if piece.entry is not None else ""
    colour = ACCENT if piece.entry is not None or piece.link else one.colour
    link = f"<a:hlinkClick r:id={quoteattr(piece.link)}/>" if piece.link else ""
    return (
        f"<a:r><a:rPr {_letters(one, piece.lang)}{raised}>{painted(colour)}{FONTS}{link}</a:rPr>"
        f"<a:t>{escape(piece.text)}</a:t></a:r>"
    )


def painted(colour: str) -> str:
    """Write a colour of letters, edges or grounds."""
    return f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'


FONTS = f'<a:latin typeface="{LATIN}"/><a:ea typeface="{CHINESE}"/><a:cs typeface="{ARABIC}"/>'


def text_box(
    number: int,
    name: str,
    box: Box,
    lines: Sequence[Line],
    *,
    edge: bool = False,
) -> str:
    """Write some paragraphs at a place; `edge` draws a thin line around them."""
    is_title = number == TITLE
    place = '<p:ph type="title"/>' if is_title else ""
    kind = "" if is_title else ' txBox="1"'
    inset = round((PAD * 2 if edge else 0) * EMU)
    insets = " ".join(f'{side}Ins="{inset}"' for side in "ltrb")
    rule = f'<a:ln w="9525">{painted(RULE)}</a:ln>' if edge else "<a:ln><a:noFill/></a:ln>"
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name={quoteattr(name)}/>'
        f"<p:cNvSpPr{kind}/><p:nvPr>{place}</p:nvPr></p:nvSpPr>"
        f'<p:spPr>{_at("a", box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/>{rule}'
        f'</p:spPr><p:txBody><a:bodyPr wrap="square" {insets} anchor="t"><a:normAutofit/>'
        f"</a:bodyPr><a:lstStyle/>{''.join(map(line, lines))}</p:txBody></p:sp>"
    )


TITLE = 2
"""The number of the shape that is a slide's title."""


def bar(number: int, box: Box) -> str:
    """Write a bar of the accent, which says nothing."""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="Bar"/><p:cNvSpPr/><p:nvPr/>'
        f'</p:nvSpPr><p:spPr>{_at("a", box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f"{painted(ACCENT)}<a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
    )


def page_number(number: int, box: Box, rtl: bool, lang: str) -> str:
    """Write the number of the slide, which the program keeps right."""
    one = Line((), 10, rtl, lang, QUIET, at_end=True)
    field = (
        '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum">'
        f"<a:rPr {_letters(one)}>{painted(QUIET)}{FONTS}</a:rPr><a:t>‹#›</a:t></a:fld>"
    )
    written = text_box(number, "Slide number", box, [one])
    return written.replace("<a:endParaRPr", f"{field}<a:endParaRPr", 1)


CELL_PADS = " ".join(
    f'{side}="{round(size * EMU)}"'
    for side, size in (("marL", PAD), ("marR", PAD), ("marT", PAD / 2), ("marB", PAD / 2))
)
CELL_EDGES = (
    "".join(f'<a:ln{side} w="0"><a:noFill/></a:ln{side}>' for side in "LRT")
    + f'<a:lnB w="6350">{painted(RULE)}</a:lnB>'
)


def cell(one: Line, fill: str) -> str:
    """Write a cell of a table; its ground is `#RRGGBB` or ""."""
    ground = painted(fill.removeprefix("#")) if fill else "<a:noFill/>"
    return (
        f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{line(one)}</a:txBody>"
        f"<a:tcPr {CELL_PADS}>{CELL_EDGES}{ground}</a:tcPr></a:tc>"
    )


def table(
    number: int,
    name: str,
    box: Box,
    widths: Sequence[int],
    rows: Sequence[tuple[float, Sequence[str]]],
) -> str:
    """Write a table of rows of a height, whose first is the header; `widths` are in EMU."""
    grid = "".join(f'<a:gridCol w="{width}"/>' for width in widths)
    body = "".join(
        f'<a:tr h="{round(height * EMU)}">{"".join(cells)}</a:tr>' for height, cells in rows
    )
    return (
        f"<p:graphicFrame><p:nvGraphicFramePr>"
        f'<p:cNvPr id="{number}" name={quoteattr(name)} descr={quoteattr(name)}/>'
        '<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/>'
        f"</p:nvGraphicFramePr>{_at('p', box)}<a:graphic>"
        f'<a:graphicData uri="{DRAWINGML}/table">'
        f'<a:tbl><a:tblPr firstRow="1"/><a:tblGrid>{grid}</a:tblGrid>'
        f"{body}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    )


def chart(number: int, name: str, summary: str, box: Box, relation: str) -> str:
    """Write a chart that is a part of the package; `summary` says it in words."""
    uri = f"{DRAWINGML}/chart"
    return (
        f'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="{number}" name={quoteattr(name)} '
        f"descr={quoteattr(summary)}/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr>"
        f'{_at("p", box)}<a:graphic><a:graphicData uri="{uri}">'
        f'<c:chart xmlns:c="{uri}" r:id="{relation}"/>'
        "</a:graphicData></a:graphic></p:graphicFrame>"
    )


def picture(number: int, name: str, summary: str, box: Box, relation: str) -> str:
    """Write a picture that is a part of the package; `summary` says it in words."""
    return (
        f'<p:pic><p:nvPicPr><p:cNvPr id="{number}" name={quoteattr(name)} '
        f"descr={quoteattr(summary)}/><p:cNvPicPr/><p:nvPr/></p:nvPicPr>"
        f'<p:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch>'
        f'</p:blipFill><p:spPr>{_at("a", box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</p:spPr></p:pic>"
    )


def _at(prefix: str, box: Box) -> str:
    left, top, width, height = box.emu
    return (
        f'<{prefix}:xfrm><a:off x="{left}" y="{top}"/>'
        f'<a:ext cx="{width}" cy="{height}"/></{prefix}:xfrm>'
    )
