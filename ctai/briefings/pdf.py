"""PDF: a briefing's content on pages, by typst; the same content gives the same bytes."""

import json
from functools import cache
from pathlib import Path

import typst

from ctai.briefings.document import Block, Chart, Document, Map, plain, read
from ctai.i18n import dates, numbers

HERE = Path(__file__).parent
FONTS = HERE / "fonts"


def pdf_bytes(document: Document) -> bytes:
    """Set a briefing; nothing of the machine enters it: neither its clock nor its fonts."""
    pages: bytes = typst.compile(
        HERE / "briefing.typ",
        font_paths=fonts(),
        sys_inputs={"content": content(document)},
        timestamp=0,
    )
    return pages


def content(document: Document) -> str:
    """Write what the page needs as JSON: the content, its hash, and what only a page shows."""
    found = {
        **plain(document),
        "digest": document.digest,
        "date": dates.partial_date(document.lang, document.as_of),
    }
    for part in ("first_page", "body"):
        found[part] = [_laid(block, document.lang) for block in getattr(document, part)]
    return json.dumps(found, ensure_ascii=False)


def _laid(block: Block, lang: str) -> dict[str, object]:
    match block:
        case Chart():
            return _drawn(block, lang)
        case Map():
            return {**plain(block), "alt": read(block.summary)}
        case _:
            laid: dict[str, object] = plain(block)
            return laid


def _drawn(chart: Chart, lang: str) -> dict[str, object]:
    """Give a chart with the lengths of its bars, and their sums in words."""
    drawn: dict[str, object] = plain(chart)
    drawn["series"] = [
        {
            **plain(series),
            "values": [{**plain(one), "value": str(one.value)} for one in series.values],
        }
        for series in chart.series
    ]
    drawn["totals"] = [
        numbers.number(lang, sum(series.values[row].value for series in chart.series))
        for row in range(len(chart.rows))
    ]
    return drawn


@cache
def fonts() -> typst.Fonts:
    """Give the fonts that lie beside this module, and no others."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
