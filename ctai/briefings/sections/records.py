"""Part of the mapping: which requests the States made, and which assessments entities made."""

from typing import Any

from ctai.briefings.document import Block, Column, Paragraph, Table, Text
from ctai.briefings.facts import Facts, assessment_code, request_code, rows
from ctai.briefings.writer import Words, Writer, of
from ctai.domain.activities import Status
from ctai.i18n import wording

SHOWN = 25
"""Assessments that are listed here, newest first; the annex lists all."""


def blocks(w: Writer, facts: Facts) -> list[Block]:
    """Tell of the requests, oldest first, then of the assessments, newest first."""
    return [*_requests(w, facts), *_assessments(w, facts)]


def _requests(w: Writer, facts: Facts) -> list[Block]:
    if facts.requests.empty:
        nothing = w.t(
            "No request of a State is on record here that this reader may see. That is not the "
            "same as no need."
        )
        return [Paragraph(nothing)]
    columns = (
        Column(w.say("Date"), 1.7),
        Column(w.say("Country"), 1.7),
        Column(w.say("What the State asks for"), 5),
        Column(w.say("Addressed to"), 1.5),
        Column(w.say("Answer"), 2.3),
    )
    lines = tuple(
        (
            of(w.date(row.requested_on)),
            of(w.country(row.iso3)),
            w.given(row.what, row.language),
            of(Words(row.addressed_to)),
            of(_answer(w, row)),
        )
        for row in rows(facts.requests)
    )
    return [Paragraph(requested(w, facts)), Table(w.say("Requests, oldest first"), columns, lines)]


def requested(w: Writer, facts: Facts) -> Text:
    """Say how many requests are on record, and how many of them are answered."""
    answered = [request_code(row.request_id) for row in rows(facts.requests) if is_answered(row)]
    return w.tn(
        "{n} request of a State is on record; answered: {answered}.",
        "{n} requests of States are on record; answered: {answered}.",
        w.ledger.count("requests", map(request_code, facts.requests["request_id"])),
        answered=w.ledger.count("requests answered", answered),
    )


def is_answered(row: Any) -> bool:
    """Tell whether a request is answered: an answer has a date, or its source says so."""
    return row.answered_on is not None or row.status == Status.COMPLETED.value


def _answer(w: Writer, row: Any) -> str:
    if row.answered_on is not None:
        return w.say("Answered: {date}", date=w.date(row.answered_on))
    if is_answered(row):
        return w.say("Answered; when is not recorded")
    return w.say("No answer is recorded")


def _assessments(w: Writer, facts: Facts) -> list[Block]:
    if facts.assessments.empty:
        nothing = w.t(
            "No assessment is on record here that this reader may see. That is not the same as "
            "none was made."
        )
        return [Paragraph(nothing)]
    columns = (
        Column(w.say("Date"), 2.4),
        Column(w.say("Title"), 5),
        Column(w.say("Countries"), 2),
        Column(w.say("Lead"), 1.5),
        Column(w.say("Status"), 1.6),
    )
    lines = tuple(
        (
            of(span(w, row.start, row.end)),
            w.given(row.title, row.language),
            of(w.countries(row.countries)),
            of(Words(row.lead)),
            of(wording.status(w.lang, row.status)),
        )
        for row in rows(facts.assessments.head(SHOWN))
    )
    return [
        Paragraph(assessed(w, facts)),
        Table(w.say("Assessments, newest first"), columns, lines),
    ]


def assessed(w: Writer, facts: Facts) -> Text:
    """Say how many assessments are on record, and how many of them are completed."""
    frame = facts.assessments
    completed = frame[frame["status"] == Status.COMPLETED.value]
    return w.tn(
        "{n} assessment is on record; completed: {completed}.",
        "{n} assessments are on record; completed: {completed}.",
        w.ledger.count("assessments", map(assessment_code, frame["assessment_id"])),
        completed=w.ledger.count(
            "assessments status=completed", map(assessment_code, completed["assessment_id"])
        ),
    )


def span(w: Writer, start: str | None, end: str | None) -> Words:
    """Write from when until when something was, as precisely as it is known."""
    if start and end and start != end:
        return Words(w.say("{start} to {end}", start=w.date(start), end=w.date(end)))
    return w.date(start or end)
