"""Views: a briefing's content for a screen in a meeting room, one message at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from ctai.briefings.document import (
    Block,
    Bullets,
    Chart,
    Column,
    Document,
    Heading,
    Paragraph,
    Section,
    Table,
    Text,
    Tile,
    Tiles,
)
from ctai.briefings.ledger import Entry, Figure
from ctai.briefings.sections.gaps import BESIDE
from ctai.domain.strategy import Pillar, by_code
from ctai.figures import signs, style
from ctai.i18n import mark, translate

MOST_MEASURES = 5
MOST_COUNTRIES = 7
MOST_BESIDE = 4
MOST_NEEDS = 5
MOST_PLANS = 3
MOST_NAMED = 3
MOST_SAID = 7
"""What fits a screen in letters that are read from the other end of a table."""

_SUMS = {"asked": mark("Asked"), "pledged": mark("Pledged"), "secured": mark("Secured")}


class Kind(StrEnum):
    """What a view tells."""

    ANSWER = "answer"
    CHANGES = "changes"
    VISIT = "visit"
    MAPPING = "mapping"
    MATRIX = "matrix"
    NEEDS = "needs"
    MONEY = "money"
    PLANS = "plans"
    ASKS = "asks"


@dataclass(frozen=True)
class View:
    """One message: its title, and the blocks that tell it."""

    kind: Kind
    title: str
    blocks: tuple[Block, ...]


def views(document: Document) -> tuple[View, ...]:
    """Give the views of a briefing in their order."""
    parts = {part.section: part for part in _parts((*document.first_page, *document.body))}
    found = [_answer(document, parts[Section.PARTNERSHIP])]
    if Section.CHANGES in parts:
        found.append(_changes(parts[Section.CHANGES]))
    if Section.VISIT in parts:
        found.append(_visit(parts[Section.VISIT]))
    found.append(_mapping(parts[Section.MAPPING]))
    found += _gaps(document.lang, parts[Section.GAPS])
    found.append(_money(document, parts[Section.MONEY]))
    found.append(_plans(parts[Section.PLANS]))
    asks = parts[Section.ASKS]
    found.append(View(Kind.ASKS, asks.title, asks.blocks))
    return tuple(found)


def entries(document: Document, view: View) -> tuple[Entry, ...]:
    """Give the ledger's entries of a view's figures, each once, in their order."""
    shown = replace(document, first_page=view.blocks, body=()).figures()
    numbers = dict.fromkeys(figure.entry for figure in shown)
    return tuple(document.ledger[number - 1] for number in numbers)


@dataclass(frozen=True)
class _Part:
    """A section of a briefing: its title, and what stands below it."""

    section: Section
    title: str
    blocks: tuple[Block, ...]


def _parts(blocks: Sequence[Block]) -> Iterator[_Part]:
    """Give the sections; a heading without a code is inside of one."""
    starts = [
        (at, block.section, block.text)
        for at, block in enumerate(blocks)
        if isinstance(block, Heading) and block.section is not None
    ]
    ends = [at for at, _, _ in starts[1:]] + [len(blocks)]
    for (at, section, title), end in zip(starts, ends, strict=True):
        yield _Part(section, title, tuple(blocks[at + 1 : end]))


def _answer(document: Document, partnership: _Part) -> View:
    """Give the answer and its large figures; a country that is no partner is told to be none."""
    told = [b for b in document.first_page if isinstance(b, Paragraph) and b.kind == "lead"]
    none = [b for b in partnership.blocks if isinstance(b, Paragraph)]
    tiles = [b for b in document.first_page if isinstance(b, Tiles)]
    cover = " · ".join(document.labelled(label, said) for label, said in document.cover)
    return View(Kind.ANSWER, document.title, (Paragraph((cover,), "note"), *told, *none, *tiles))


def _changes(part: _Part) -> View:
    counted = [block for block in part.blocks if isinstance(block, Paragraph)]
    if len(counted) > MOST_NAMED:
        return View(Kind.CHANGES, part.title, tuple(counted))
    shown = [Bullets(b.items[:MOST_NAMED]) if isinstance(b, Bullets) else b for b in part.blocks]
    return View(Kind.CHANGES, part.title, tuple(shown))


def _visit(part: _Part) -> View:
    """Give the sentences: who, where, how things stand, what is due, what rests on it."""
    told = [b for b in part.blocks if isinstance(b, Paragraph) and b.kind != "note"]
    return View(Kind.VISIT, part.title, tuple(told[:MOST_SAID]))


def _mapping(part: _Part) -> View:
    """Give the bars, or that there are none, and what is restricted there."""
    drawn = [block for block in part.blocks if isinstance(block, Chart)]
    told = [block for block in part.blocks if isinstance(block, Paragraph)]
    restricted = [Bullets(b.items[:MOST_NAMED]) for b in part.blocks if isinstance(b, Bullets)]
    return View(Kind.MAPPING, part.title, (*(drawn or told[:1]), *restricted))


def _gaps(lang: str, part: _Part) -> Iterator[View]:
    """Give the matrix, then the needs; where neither is known, that."""
    tables = [block for block in part.blocks if isinstance(block, Table)]
    for table in tables:
        if table.fills:
            is_narrow = len(table.columns) == 2 or (
                len({_pillar(row) for row in table.rows}) == 1
                and len(table.columns) <= 1 + MOST_BESIDE
            )
            glance = _by_measure(table) if is_narrow else _by_pillar(lang, table)
            yield View(Kind.MATRIX, glance.title, (glance,))
        else:
            yield View(Kind.NEEDS, table.title, (replace(table, rows=table.rows[:MOST_NEEDS]),))
    if not tables:
        yield View(Kind.NEEDS, part.title, part.blocks)


def _by_measure(table: Table) -> Table:
    """Keep the measures that ask for most, in one country or a few."""

    def most(row: int) -> list[tuple[int, int]]:
        return sorted(_asks(cell) for cell in table.rows[row][1:])

    order = sorted(range(len(table.rows)), key=most)
    shown = sorted(order[:MOST_MEASURES])
    return replace(
        table,
        rows=tuple(table.rows[row] for row in shown),
        fills=tuple(table.fills[row] for row in shown),
    )


def _asks(cell: Text) -> tuple[int, int]:
    """Order cells by how much they ask of a reader: by state, then by unmet needs."""
    needs = [-int(piece.value) for piece in cell if isinstance(piece, Figure)]
    return _place(cell), min(needs, default=0)


def _place(cell: Text) -> int:
    """Tell where a cell's state stands among all, from the one that asks for most."""
    symbols = [sign.symbol for sign in signs.STATES.values()]
    return symbols.index(str(cell[0])[0]) if cell else len(symbols)


def _by_pillar(lang: str, table: Table) -> Table:
    """Show countries (rows) by pillar, each with the sign of the measure that asks for most."""
    lines: list[tuple[tuple[int, ...], str, tuple[tuple[Text, str], ...]]] = []
    for place, column in enumerate(table.columns[1:], start=1):
        cells = tuple(_worst(table, place, pillar) for pillar in Pillar)
        lines.append((tuple(sorted(_place(cell) for cell, _ in cells)), column.label, cells))
    shown = sorted(lines)[:MOST_COUNTRIES]
    return Table(
        translate(lang, "Gaps by pillar"),
        (
            Column(translate(lang, "Country"), 2),
            *(Column(style.pillar_label(lang, pillar), 2) for pillar in Pillar),
        ),
        tuple(((label,), *(cell for cell, _ in cells)) for _, label, cells in shown),
        tuple(("", *(fill for _, fill in cells)) for _, _, cells in shown),
    )


def _worst(table: Table, column: int, pillar: Pillar) -> tuple[Text, str]:
    """Give the state and the ground of a pillar's cell in a country, without its number."""
    of_pillar = [
        (row[column], fills[column])
        for row, fills in zip(table.rows, table.fills, strict=True)
        if _pillar(row) is pillar
    ]
    cell, fill = min(of_pillar, key=lambda one: _asks(one[0]), default=((), ""))
    return tuple(str(piece).removesuffix(BESIDE) for piece in cell[:1]), fill


def _pillar(row: Sequence[Text]) -> Pillar:
    """Tell the pillar of a row of the matrix, which begins with its measure's code."""
    return by_code()[str(row[0][0]).split()[0]].pillar


def _money(document: Document, part: _Part) -> View:
    """Give what is asked, pledged and secured; how far the needs are where nothing is asked."""
    by_question = {entry.asked: entry for entry in document.ledger}
    known = {
        figure.entry: figure
        for figure in replace(document, first_page=part.blocks, body=()).figures()
    }
    tiles = tuple(
        Tile(known[by_question[question].number], translate(document.lang, label))
        for what, label in _SUMS.items()
        if (question := f"funding requests {what} usd") in by_question
        and by_question[question].number in known
    )
    told = [block for block in part.blocks if isinstance(block, Paragraph | Bullets)]
    if tiles:
        told = [b for b in told if isinstance(b, Paragraph) and b.kind == "note"]
    shown = (*((Tiles(tiles),) if tiles else ()), *told)
    return View(Kind.MONEY, part.title, shown)


def _plans(part: _Part) -> View:
    told = [b for b in part.blocks if isinstance(b, Paragraph)]
    return View(Kind.PLANS, part.title, tuple(told[:MOST_PLANS]))
