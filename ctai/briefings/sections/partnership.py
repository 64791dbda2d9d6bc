"""Section: how each partnership began, how it went on, and where it stands."""

from ctai.briefings.document import Block, Column, Heading, Paragraph, Table
from ctai.briefings.facts import Facts, rows
from ctai.briefings.writer import Words, Writer, of
from ctai.i18n import wording


def blocks(w: Writer, facts: Facts) -> list[Block]:
    """List the steps of the partnerships in their order, each with its source's note."""
    title = Heading(w.words("Partnership: status and history"))
    if facts.steps.empty:
        return [title, Paragraph(w.t("No partnership with the initiative is recorded."))]
    columns = (
        Column(w.words("Country"), 2),
        Column(w.words("Step"), 3),
        Column(w.words("Date"), 2),
        Column(w.words("Source"), 4),
    )
    lines = tuple(
        (
            of(w.country(row.iso3)),
            of(wording.step(w.lang, row.step)),
            of(w.date(row.happened)),
            of(Words(row.source_url or "")),
        )
        for row in rows(facts.steps)
    )
    return [title, Table(w.words("Steps of the partnership, oldest first"), columns, lines)]
