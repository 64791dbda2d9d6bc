"""The look of a briefing's views: blocks as HTML, in which whatever was typed stays text."""

import re
from html import escape

from ctai.briefings.document import Block, Bullets, Chart, Paragraph, Quoted, Table, Text, Tiles
from ctai.briefings.ledger import Entry, Figure
from ctai.briefings.views import Kind, View
from ctai.figures import signs
from ctai.i18n import translate

FEW = 4
"""Rows of a matrix up to which they may be tall."""

_CODE = re.compile(r"\b[A-Z](?:-[A-Z]{3})?(?:-\d+)+\b")
"""A record's code, which is not broken at the end of a line."""

_ISOLATES = "\u2068\u2069"
"""What keeps a figure apart from words that run the other way; a large one stands alone."""


def view(lang: str, shown: View, *, dark: bool) -> str:
    """Write a view: its title, then its blocks."""
    if shown.kind is Kind.CHANGES and len(shown.blocks) > 1:
        inside = _turns(shown.blocks)
    else:
        inside = "".join(_block(lang, shown.kind, block, dark=dark) for block in shown.blocks)
    tone = "ctai-view ctai-dark" if dark else "ctai-view"
    return f'<div class="{tone} {shown.kind}"><h1>{escape(shown.title)}</h1>{inside}</div>'


def sign(position: str, about: str) -> str:
    """Write where one is, and what is told of."""
    told = f"<span>{escape(position)}</span><span>{escape(about)}</span>"
    return f'<div class="ctai-sign">{told}</div>'


def ledger(found: tuple[Entry, ...], question: str, records: str) -> str:
    """Write where figures come from: the question of each, and the records that were counted."""
    lines = "".join(
        f"<dt><bdi>{escape(one.worded)}</bdi></dt>"
        f'<dd>{escape(question)}: <code dir="ltr">{escape(one.asked)}</code></dd>'
        f'<dd>{escape(records)}: <span dir="ltr">{_codes(one)}</span></dd>'
        for one in found
    )
    return f'<dl class="ctai-ledger">{lines}</dl>'


def _codes(entry: Entry) -> str:
    return escape(", ".join(entry.records) or "–")


def _block(lang: str, kind: Kind, block: Block, *, dark: bool) -> str:
    match block:
        case Tiles():
            return _tiles(kind, block)
        case Chart():
            return _mapping(block, dark=dark)
        case Table():
            return _matrix(lang, block, dark=dark) if block.fills else _needs(block)
        case Bullets(items=items):
            return f"<ul>{''.join(f'<li>{_text(item)}</li>' for item in items)}</ul>"
        case Paragraph() if kind is Kind.PLANS:
            return _plan(block.text)
        case Paragraph(kind="plain") if kind is Kind.VISIT:
            return f"<p>{_text(block.text)}</p>"
        case Paragraph():
            how = "note" if block.kind == "note" else "lead"
            return f'<p class="{how}">{_text(block.text)}</p>'
    return ""


def _text(text: Text) -> str:
    """Write a sentence with its figures set off."""
    return "".join(map(_piece, text))


def _piece(piece: str | Figure) -> str:
    if isinstance(piece, Figure):
        return f"<b>{escape(piece.worded)}</b>"
    if isinstance(piece, Quoted):
        lang = f' lang="{piece.lang}"' if piece.lang else ""
        return f"<bdi{lang}>{escape(piece)}</bdi>"
    return _CODE.sub(r'<bdi class="code">\g<0></bdi>', escape(piece))


def _tiles(kind: Kind, block: Tiles) -> str:
    def large(figure: Figure) -> str:
        return f'<span class="large"><bdi>{escape(figure.worded)}</bdi></span>'

    if kind is Kind.MONEY:
        rows = (f"<div><span>{escape(t.label)}</span>{large(t.figure)}</div>" for t in block.tiles)
        return f'<div class="sums">{"".join(rows)}</div>'
    rows = (f"<div>{large(t.figure)}<span>{escape(t.label)}</span></div>" for t in block.tiles)
    return f'<div class="tiles">{"".join(rows)}</div>'


def _turns(blocks: tuple[Block, ...]) -> str:
    """Write the kinds of change side by side: a count, and some of the records by name."""
    cards: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            cards.append(f"<p>{_counted(block.text)}</p>")
        elif isinstance(block, Bullets) and cards:
            named = (
                f'<li><span class="three-lines" dir="auto">{_text(i)}</span></li>'
                for i in block.items
            )
            cards[-1] += f"<ul>{''.join(named)}</ul>"
    return f'<div class="turns">{"".join(f"<div>{card}</div>" for card in cards)}</div>'


def _counted(text: Text) -> str:
    """Write a count large, over its sentence; one that begins with the count goes on from it."""
    found = [one for one in text if isinstance(one, Figure) or one.strip(_ISOLATES)]
    count = next((one for one in found if isinstance(one, Figure)), None)
    if count is None:
        return _text(text)
    large = f'<span class="large"><bdi>{escape(count.worded)}</bdi></span>'
    if found[0] is not count:
        return f"{large}<span>{_text(text)}</span>"
    rest = "".join(one if isinstance(one, str) else one.worded for one in found[1:])
    return f"{large}<span>{escape(rest.lstrip(_ISOLATES))}</span>"


def _plan(text: Text) -> str:
    """Write how far a plan is, with a bar as long as its completed part."""
    counts = [piece.value for piece in text if isinstance(piece, Figure)]
    share = min(counts) / max(counts) if len(counts) == 2 and max(counts) else 0
    bar = f'<span class="done"><span style="width:{float(share):.1%}"></span></span>'
    return f'<div class="plan"><p>{_text(text)}</p>{bar if counts else ""}</div>'


def _mapping(chart: Chart, *, dark: bool) -> str:
    """Write a chart as a table, whose cells have a bar each: one scale, one colour a column."""
    most = max(figure.value for series in chart.series for figure in series.values)
    heads = "".join(f'<th scope="col">{escape(series.label)}</th>' for series in chart.series)
    by_colour = {sign.colour(): sign for sign in signs.STATUSES.values()}
    rows = []
    for place, name in enumerate(chart.rows):
        cells = []
        for series in chart.series:
            figure = series.values[place]
            sign = by_colour[series.colour]
            look = "bar" if sign.filled else "bar open"
            style = f"--hue:{sign.colour(dark=dark)};width:{figure.value / (most or 1):.1%}"
            none = "" if figure.value else ' class="none"'
            look = look if figure.value else f"{look} nought"
            cells.append(
                f"<td{none}><b>{escape(figure.worded)}</b>"
                f'<span class="{look}" style="{style}"></span></td>'
            )
        rows.append(f'<tr><th scope="row">{escape(name)}</th>{"".join(cells)}</tr>')
    table = f'<table class="mapping"><thead><tr><td></td>{heads}</tr></thead>'
    return f"{table}<tbody>{''.join(rows)}</tbody></table><p>{_text(chart.summary)}</p>"


def _matrix(lang: str, table: Table, *, dark: bool) -> str:
    """Write the matrix; where it has many columns a cell holds its sign alone, told below."""
    is_wide = len(table.columns) > 2
    heads = "".join(f'<th scope="col">{escape(one.label)}</th>' for one in table.columns)
    rows = []
    for row, fills in zip(table.rows, table.fills, strict=True):
        name = f'<th scope="row"><span class="two-lines">{_text(row[0])}</span></th>'
        cells = (
            f"<td>{_state(lang, cell, fill, is_wide=is_wide, dark=dark)}</td>"
            for cell, fill in zip(row[1:], fills[1:], strict=True)
        )
        rows.append(f"<tr>{name}{''.join(cells)}</tr>")
    few = " few" if len(rows) <= FEW else ""
    written = (
        f'<table class="matrix{few}"><thead><tr>{heads}</tr></thead><tbody>{"".join(rows)}</tbody>'
    )
    return f"{written}</table>{_legend(lang, table) if is_wide else ''}"


def _legend(lang: str, table: Table) -> str:
    """Name the signs that stand in a table."""
    shown = {str(cell[0])[0] for row in table.rows for cell in row[1:] if cell}
    named = (
        f"<span>{one.symbol} {escape(translate(lang, one.label))}</span>"
        for one in signs.STATES.values()
        if one.symbol in shown
    )
    return f'<div class="legend">{"".join(named)}</div>'


def _state(lang: str, cell: Text, fill: str, *, is_wide: bool, dark: bool) -> str:
    if not cell:
        return ""
    words = str(cell[0])
    found = next(one for one in signs.STATES.values() if one.symbol == words[0])
    paint = found.paint(stale=fill not in (found.light.fill, ""), dark=dark)
    style = f"background:{paint.fill};color:{paint.text}"
    if is_wide:
        name = escape(translate(lang, found.label))
        told = f'<span role="img" aria-label="{name}">{words[0]}</span>'
        return f'<span class="state sign" style="{style}">{told}</span>'
    needs = "".join(escape(one.worded) for one in cell if isinstance(one, Figure))
    told = escape(words.removesuffix(" · "))
    return f'<span class="state" style="{style}">{told}{" · " if needs else ""}{needs}</span>'


def _needs(table: Table) -> str:
    """Write the needs that waited longest: what is needed, where, since when."""
    is_of_one = len({row[2] for row in table.rows}) == 1
    places = (1, 4) if is_of_one else (1, 2, 4)
    heads = "".join(f'<th scope="col">{escape(table.columns[p].label)}</th>' for p in places)
    rows = "".join(
        f'<tr><th scope="row"><span class="two-lines" dir="auto">{_text(row[1])}</span></th>'
        f"{'' if is_of_one else f'<td>{_text(row[2])}</td>'}"
        f'<td><span class="date">{_text(row[4])}</span></td></tr>'
        for row in table.rows
    )
    return f'<table class="needs"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
