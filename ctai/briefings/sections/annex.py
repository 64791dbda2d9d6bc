"""Section: every activity with its source, and the ledger of all figures."""

from urllib.parse import quote

from ctai.briefings.document import Block, Column, Heading, Paragraph, Section, Table
from ctai.briefings.facts import Facts, activity_code, rows
from ctai.briefings.writer import Words, Writer, of
from ctai.i18n import wording

BASIC = 0xFFFF
"""The last character of Unicode's first plane, which holds what the six languages write."""


def blocks(w: Writer, facts: Facts) -> list[Block]:
    """List all activities, by number."""
    title = Heading(w.say("Annex: every activity and its sources"), section=Section.ANNEX)
    if facts.activities.empty:
        return [title, Paragraph(w.t("No activity is recorded here that this reader may see."))]
    columns = (
        Column(w.say("Number"), 1.1),
        Column(w.say("Title"), 5),
        Column(w.say("Countries"), 2),
        Column(w.say("Entities"), 2),
        Column(w.say("Status"), 1.5),
        Column(w.say("End"), 1.5),
        Column(w.say("Source"), 2),
    )
    lines = tuple(
        (
            of(Words(activity_code(row.activity_id))),
            of(Words(row.title)),
            of(w.countries(row.countries)),
            of(Words(row.entities)),
            of(wording.status(w.lang, row.status)),
            of(w.date(row.end)),
            of(Words(escaped(row.source_urls or ""))),
        )
        for row in rows(facts.activities.sort_values("activity_id"))
    )
    return [title, Table(w.say("Activities"), columns, lines)]


def escaped(address: str) -> str:
    """Escape what no font of ours has: some addresses hold mathematical letters for bold ones."""
    return "".join(char if ord(char) <= BASIC else quote(char) for char in address)
