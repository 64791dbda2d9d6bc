"""Section: how each partnership began, how it went on, and where it stands."""

from ctai.briefings.document import Block, Column, Heading, Paragraph, Section, Table
from ctai.briefings.facts import Facts, rows
from ctai.briefings.writer import Words, Writer, of
from ctai.i18n import wording


def blocks(w: Writer, facts: Facts) -> list[Block]:
    """List the steps of the partnerships in their order, each with its source's note."""
    title = Heading(w.say("Partnership: status and history"), section=Section.PARTNERSHIP)
    if facts.steps.empty:
        return [title, Paragraph(w.t("No partnership with the initiative is recorded."))]
    columns = (
        Column(w.say("Country"), 2),
        Column(w.say("Step"), 3),
        Column(w.say("Date"), 2),
        Column(w.say("Source"), 4),
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
    return [title, Table(w.say("Steps of the partnership, oldest first"), columns, lines)]
