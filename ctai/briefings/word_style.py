"""How a briefing looks in Word: page, fonts, language and styles."""

from dataclasses import dataclass

from docx.document import Document as Pages
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from ctai.briefings import package
from ctai.briefings.document import Document
from ctai.briefings.pieces import (
    ACCENT,
    ARABIC,
    CHINESE,
    INK,
    LATIN,
    QUIET,
    foot,
    is_rtl,
    pieces,
    steady,
)
from ctai.briefings.word_xml import WIDTH, run

NOT_OURS = (
    RELATIONSHIP_TYPE.THUMBNAIL,
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail",
)


@dataclass(frozen=True)
class Look:
    """A style: its size in points, the space before and after in points,
    its colour, and the height of a line in 240ths."""

    name: str
    size: float
    before: float = 0
    after: float = 6
    colour: str = INK
    is_bold: bool = False
    keeps_next: bool = False
    line: int = 264


LOOKS = (
    Look("Normal", 9.5, before=4),
    Look("Title", 22, after=4, is_bold=True),
    Look("Subtitle", 8.5, after=2, colour=QUIET),
    Look("Digest", 6.5, after=14, colour=QUIET),
    Look("Heading 1", 14, 18, 8, is_bold=True, keeps_next=True),
    Look("Heading 2", 11, 12, 6, is_bold=True, keeps_next=True),
    Look("Lead", 11.5, after=8, keeps_next=True),
    Look("Note", 8, 4, 6, colour=QUIET),
    Look("List Bullet", 9.5, after=3),
    Look("Caption", 8.5, 10, 4, is_bold=True, keeps_next=True),
    Look("Tile", 20, 4, 0, is_bold=True, keeps_next=True),
    Look("Tile Label", 8.5, 0, 4, colour=QUIET),
    Look("Table Header", 8, after=0, colour=QUIET, is_bold=True, keeps_next=True),
    Look("Table Text", 8, after=0, line=240),
    Look("Table Small", 6.5, after=0, line=240),
    Look("Table Header Small", 6.5, after=0, colour=QUIET, is_bold=True, line=240, keeps_next=True),
    Look("Ledger", 7, after=0, line=240),
    Look("Picture", 9.5, after=4),
    Look("End", 1, after=0, line=20),
    Look("Footer", 7.5, after=0, colour=QUIET),
)


def prepare(pages: Pages, document: Document) -> None:
    """Give an empty document its page, its styles, its language and its properties."""
    _properties(pages, document)
    _defaults(pages, document.lang)
    for look in LOOKS:
        _style(pages, look)
    rule = parse_xml(
        f'<w:pBdr {nsdecls("w")}><w:top w:val="single" w:sz="24" w:space="10" w:color="{ACCENT}"/>'
        "</w:pBdr>"
    )
    properties = pages.styles["Title"].element.pPr
    properties.insert(0, rule)
    _page(pages, document)


def _properties(pages: Pages, document: Document) -> None:
    known = pages.core_properties
    known.title = steady(document.title, is_rtl(document.lang))[:255]
    known.language = document.lang
    known.author = known.comments = known.last_modified_by = ""
    known.created = known.modified = package.moment(document.as_of)
    held = pages.part.package.rels
    for name in [name for name, one in held.items() if one.reltype in NOT_OURS]:
        del held[name]


def _defaults(pages: Pages, lang: str) -> None:
    """Name the fonts and languages of the scripts, which every style goes by."""
    said = lang if lang not in ("ar", "zh") else "en-US"
    found = pages.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    found.getparent().replace(
        found,
        parse_xml(
            f"<w:rPr {nsdecls('w')}>{_fonts()}"
            f'<w:color w:val="{INK}"/><w:sz w:val="19"/><w:szCs w:val="19"/>'
            f'<w:lang w:val="{said}" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr>'
        ),
    )
    settings = pages.settings.element.find(qn("w:themeFontLang"))
    for name, value in (("val", said), ("eastAsia", "zh-CN"), ("bidi", "ar-SA")):
        settings.set(qn(f"w:{name}"), value)


def _fonts() -> str:
    return f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{CHINESE}" w:cs="{ARABIC}"/>'


def _style(pages: Pages, look: Look) -> None:
    if look.name not in pages.styles:
        made = pages.styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = pages.styles["Normal"]
        made.quick_style = True
    style = pages.styles[look.name].element
    numbered = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
    outline = style.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
    for part in (style.find(qn("w:pPr")), style.find(qn("w:rPr"))):
        if part is not None:
            style.remove(part)
    keeps = "<w:keepNext/><w:keepLines/>" if look.keeps_next else ""
    shape = parse_xml(
        f"<w:pPr {nsdecls('w')}>{keeps}"
        f'<w:spacing w:before="{round(look.before * 20)}" w:after="{round(look.after * 20)}" '
        f'w:line="{look.line}" w:lineRule="auto"/></w:pPr>'
    )
    if numbered is not None:
        shape.insert(0, numbered)
    if outline is not None:
        shape.append(outline)
    bold = "<w:b/><w:bCs/>" if look.is_bold else '<w:b w:val="0"/><w:bCs w:val="0"/>'
    size = round(look.size * 2)
    letters = parse_xml(
        f"<w:rPr {nsdecls('w')}>{_fonts()}{bold}"
        f'<w:color w:val="{look.colour}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
    )
    style.extend([shape, letters])


def _page(pages: Pages, document: Document) -> None:
    section = pages.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = Mm(18)
    section.bottom_margin, section.footer_distance = Mm(20), Mm(10)
    rtl = is_rtl(document.lang)
    if rtl:
        columns = section._sectPr.find(qn("w:cols"))
        columns.addnext(parse_xml(f"<w:bidi {nsdecls('w')}/>"))
    words = "".join(run(piece) for piece in pieces((foot(document),), rtl))
    field = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    bidi = '<w:bidi w:val="1"/>' if rtl else '<w:bidi w:val="0"/>'
    footer = section.footer
    footer.is_linked_to_previous = False
    old = footer.paragraphs[0]._p
    old.getparent().replace(
        old,
        parse_xml(
            f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="Footer"/>'
            f'<w:tabs><w:tab w:val="right" w:pos="{WIDTH}"/></w:tabs>{bidi}</w:pPr>'
            f"{words}<w:r><w:tab/></w:r>{field}</w:p>"
        ),
    )
