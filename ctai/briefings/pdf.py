"""PDF: a briefing's content on pages, by typst; the same content gives the same bytes."""

import json
from functools import cache
from pathlib import Path

import typst

from ctai.briefings.document import Block, Chart, Document, Map, plain, read
from ctai.i18n import dates, numbers

_HOLE = "\ue000"
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
        "cover": [_around(document, *pair) for pair in document.cover],
        "hashed": document.hashed,
        "date": dates.partial_date(document.lang, document.as_of),
    }
    for part in ("first_page", "body"):
        blocks = zip(getattr(document, part), found[part], strict=True)
        found[part] = [{**laid, **_drawn(block, document.lang)} for block, laid in blocks]
    return json.dumps(found, ensure_ascii=False)


def _around(document: Document, label: str, said: str) -> tuple[str, str, str]:
    """Part what stands behind a label from what stands around it: the page sets it darker."""
    before, _, after = document.labelled(label, _HOLE).partition(_HOLE)
    return before, said, after


def _drawn(block: Block, lang: str) -> dict[str, object]:
    """Give what a block has on a page only: a chart the lengths of its bars and their sums in
    words, chart and map their alternative text.
    """
    match block:
        case Chart():
            drawn = {"series": _lengths(block), "totals": _totals(block, lang)}
            return {**drawn, "alt": read(block.summary)}
        case Map():
            return {"alt": read(block.summary)}
        case _:
            return {}


def _lengths(chart: Chart) -> list[dict[str, object]]:
    return [
        {
            **plain(series),
            "values": [{**plain(one), "value": str(one.value)} for one in series.values],
        }
        for series in chart.series
    ]


def _totals(chart: Chart, lang: str) -> list[str]:
    return [
        numbers.number(lang, sum(series.values[row].value for series in chart.series))
        for row in range(len(chart.rows))
    ]


@cache
def fonts() -> typst.Fonts:
    """Give the fonts that lie beside this module, and no others."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
