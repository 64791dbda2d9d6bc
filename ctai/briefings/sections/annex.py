"""Section: every activity, request and assessment with its source."""

from collections.abc import Callable
from urllib.parse import quote

import pandas as pd

from ctai.briefings.document import Block, Column, Heading, Paragraph, Section, Table
from ctai.briefings.facts import Facts, activity_code, assessment_code, request_code, rows
from ctai.briefings.writer import Words, Writer, of
from ctai.i18n import wording

BASIC = 0xFFFF
"""The last character of Unicode's first plane, which holds what the six languages write."""


def blocks(w: Writer, facts: Facts) -> list[Block]:
    """List all activities, by number; then the sources of requests and assessments."""
    title = Heading(
        w.say("Annex: activities, requests, assessments and their sources"), section=Section.ANNEX
    )
    found: list[Block] = [title]
    if facts.activities.empty:
        found.append(Paragraph(w.t("No activity is recorded here that this reader may see.")))
    else:
        found.append(_activities(w, facts))
    if not facts.requests.empty:
        listed = facts.requests.rename(columns={"request_id": "number", "what": "title"})
        found.append(_sources(w, w.say("Requests and their sources"), request_code, listed))
    if not facts.assessments.empty:
        listed = facts.assessments.rename(columns={"assessment_id": "number"})
        found.append(_sources(w, w.say("Assessments and their sources"), assessment_code, listed))
    return found


def _sources(
    w: Writer, title: str, code_of: Callable[[object], str], listed: pd.DataFrame
) -> Table:
    """List records (number, title, source_urls), by number; one without a source says so."""
    columns = (
        Column(w.say("Number"), 1.1),
        Column(w.say("Title"), 6),
        Column(w.say("Source"), 4),
    )
    lines = tuple(
        (
            of(Words(code_of(row.number))),
            w.given(row.title, row.language),
            of(Words(escaped(row.source_urls) or w.say("not known"))),
        )
        for row in rows(listed.sort_values("number"))
    )
    return Table(title, columns, lines)


def _activities(w: Writer, facts: Facts) -> Table:
    columns = (
        Column(w.say("Number"), 1.45),
        Column(w.say("Title"), 4.7),
        Column(w.say("Countries"), 2),
        Column(w.say("Entities"), 2),
        Column(w.say("Status"), 1.5),
        Column(w.say("End"), 1.5),
        Column(w.say("Source"), 2.8),
    )
    lines = tuple(
        (
            of(Words(activity_code(row.activity_id))),
            w.given(row.title, row.language),
            of(w.countries(row.countries)),
            of(w.codes(row.entities)),
            of(wording.status(w.lang, row.status)),
            of(w.date(row.end)),
            of(Words(escaped(row.source_urls or ""))),
        )
        for row in rows(facts.activities.sort_values("activity_id"))
    )
    return Table(w.say("Activities"), columns, lines)


def escaped(address: str) -> str:
    """Escape what no font of ours has: some addresses hold mathematical letters for bold ones."""
    return "".join(char if ord(char) <= BASIC else quote(char) for char in address)
