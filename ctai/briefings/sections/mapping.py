"""Section: what is requested, completed, ongoing and planned, by pillar."""

import pandas as pd

from ctai.briefings.document import (
    Block,
    Chart,
    Column,
    Heading,
    Paragraph,
    Section,
    Series,
    Table,
    Text,
    Tile,
    Tiles,
)
from ctai.briefings.facts import Facts, activity_code, request_code, rows
from ctai.briefings.ledger import Figure
from ctai.briefings.sections import records, restricted
from ctai.briefings.writer import Writer, of
from ctai.domain.activities import Status
from ctai.domain.strategy import Pillar, by_code
from ctai.figures import signs, style
from ctai.i18n import wording

FOUR = (Status.REQUESTED, Status.COMPLETED, Status.ONGOING, Status.PLANNED)
"""The statuses of the initiative's mapping, in its order."""


def tiles(w: Writer, facts: Facts) -> Tiles:
    """Count activities by the four statuses."""
    return Tiles(
        tuple(
            Tile(counted(w, facts, status=status), wording.status(w.lang, status))
            for status in FOUR
        )
    )


def counted(
    w: Writer, facts: Facts, *, status: Status | None = None, pillar: Pillar | None = None
) -> Figure:
    """Count the activities of a status and pillar; both may be left open.

    What a State has asked for itself and nobody has answered is requested as well, as on the
    country's page.
    """
    frame = facts.activities
    if status is not None:
        frame = frame[frame["status"] == status.value]
    if pillar is not None:
        frame = frame[frame["measures"].map(_pillar) == pillar]
    codes = [activity_code(number) for number in frame["activity_id"]]
    if status in (None, Status.REQUESTED):
        codes += _waiting(facts, pillar)
    asked = " ".join(
        part
        for part in ("activities", status and f"status={status}", pillar and f"pillar={pillar}")
        if part
    )
    return w.ledger.count(asked, codes)


def is_mapped(facts: Facts) -> bool:
    """Tell whether anything is requested, done or planned."""
    return not facts.activities.empty or bool(_waiting(facts, None))


def _waiting(facts: Facts, pillar: Pillar | None) -> list[str]:
    """Give the requests of States that no answer is recorded to, by the pillar they ask about."""
    return [
        request_code(row.request_id)
        for row in rows(facts.requests)
        if row.status == Status.REQUESTED.value
        and not records.is_answered(row)
        and pillar in (None, _pillar(row.measure or ""))
    ]


def _pillar(measures: str) -> str | None:
    """Give the pillar of the main measure, the first of a list of codes."""
    main = measures.split("; ")[0]
    return by_code()[main].pillar if main in by_code() else None


def sentence(w: Writer, facts: Facts) -> Text:
    """Say how many activities are on record, and how they are."""
    return w.tn(
        "{n} activity is on record: {completed} completed, {ongoing} ongoing, {planned} planned, "
        "{requested} requested.",
        "{n} activities are on record: {completed} completed, {ongoing} ongoing, {planned} "
        "planned, {requested} requested.",
        counted(w, facts),
        **{status.value: counted(w, facts, status=status) for status in FOUR},
    )


def blocks(w: Writer, facts: Facts) -> list[Block]:
    """Show the mapping as bars and as a table; then what is restricted, and what States asked
    for and entities assessed."""
    title = Heading(
        w.say("What is requested, completed, ongoing and planned"), section=Section.MAPPING
    )
    mapped: list[Block]
    if not is_mapped(facts):
        mapped = [paragraph_of_nothing(w)]
    else:
        mapped = [chart(w, facts), table(w, facts)]
    return [title, *mapped, *restricted.blocks(w, facts), *records.blocks(w, facts)]


def paragraph_of_nothing(w: Writer) -> Block:
    """Say that nothing is recorded, which is not that nothing is done."""

    return Paragraph(
        w.t("No activity is recorded here that this reader may see. That is no sign of a gap.")
    )


def chart(w: Writer, facts: Facts) -> Chart:
    """Draw a bar a pillar."""
    series = tuple(
        Series(
            wording.status(w.lang, status),
            signs.STATUSES[status].colour(),
            tuple(counted(w, facts, status=status, pillar=pillar) for pillar in Pillar),
        )
        for status in FOUR
    )
    pillars = tuple(style.pillar_label(w.lang, pillar) for pillar in Pillar)
    return Chart(w.say("Activities by pillar and status"), pillars, series, sentence(w, facts))


def table(w: Writer, facts: Facts) -> Table:
    """Count activities by pillar and status."""
    statuses = [s for s in Status if s in FOUR or _any(facts.activities, s)]
    columns = (
        Column(w.say("Pillar"), 2.4),
        *(Column(wording.status(w.lang, status), is_number=True) for status in statuses),
        Column(w.say("All"), is_number=True),
    )
    lines: list[tuple[Text, ...]] = [
        (
            of(w.pillar(pillar)),
            *(of(counted(w, facts, status=status, pillar=pillar)) for status in statuses),
            of(counted(w, facts, pillar=pillar)),
        )
        for pillar in Pillar
    ]
    lines.append(
        (
            of(w.say("All pillars")),
            *(of(counted(w, facts, status=status)) for status in statuses),
            of(counted(w, facts)),
        )
    )
    return Table(w.say("Activities by pillar of their main measure"), columns, tuple(lines))


def _any(frame: pd.DataFrame, status: Status) -> bool:
    return bool((frame["status"] == status.value).any())
