"""What a briefing says, as plain texts, to look into."""

from ctai.briefings.document import (
    Block,
    Bullets,
    Document,
    Heading,
    Paragraph,
    Section,
    Table,
    read,
)


def section(document: Document, wanted: Section) -> list[Block]:
    """Give what stands in a section."""
    found: list[Block] = []
    inside = False
    for block in document.body:
        if isinstance(block, Heading) and block.section is not None:
            inside = block.section is wanted
        elif inside:
            found.append(block)
    return found


def sentences(blocks: list[Block]) -> list[str]:
    """Give the sentences of paragraphs and lists."""
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            found.append(read(block.text))
        elif isinstance(block, Bullets):
            found += map(read, block.items)
    return found


def rows(blocks: list[Block], title: str) -> list[list[str]]:
    """Give the rows of the table of a title; no such table has none."""
    tables = [block for block in blocks if isinstance(block, Table) and block.title == title]
    return [[read(cell) for cell in row] for table in tables for row in table.rows]


def entry(document: Document, asked: str) -> tuple[str, tuple[str, ...]]:
    """Give the figure that answers a question, and its records."""
    return next((one.worded, one.records) for one in document.ledger if one.asked == asked)
