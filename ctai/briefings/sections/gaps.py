"""Section: the gap matrix, and the unmet needs behind it, oldest first."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from ctai.briefings.document import Block, Column, Heading, Map, Paragraph, Section, Table, Text
from ctai.briefings.facts import Facts, rows
from ctai.briefings.ledger import Figure
from ctai.briefings.writer import Words, Writer, of
from ctai.domain.dates import age_days
from ctai.domain.gaps import CellState
from ctai.domain.strategy import by_code
from ctai.figures import signs, vectormap, worldmap
from ctai.i18n import dates, names, wording

ALONE = 3
"""The share of the matrix that a country has which is its only one, and names its states."""
BESIDE = "\u00a0·\u00a0"
"""What stands between a state and its unmet needs, which are not to stand alone in a line."""
SHOWN = 25
"""Needs that are listed."""


def unmet(w: Writer, facts: Facts) -> Figure:
    """Count the unmet needs."""
    return w.ledger.count("needs unmet", facts.unmet["code"])


def sentence(w: Writer, facts: Facts) -> Text:
    """Say how many needs are unmet, and how long the oldest has waited."""
    if facts.unmet.empty:
        return w.t("No unmet need is recorded here; that is not the same as no need.")
    number = unmet(w, facts)
    oldest = _oldest(facts.unmet)
    if oldest is None:
        return w.tn(
            "{n} need is unmet; nobody knows since when.",
            "{n} needs are unmet; nobody knows since when.",
            number,
        )
    days = age_days(oldest["evidence_date"], facts.day)
    age = w.ledger.told(
        "needs unmet, age of the oldest", days or 0, dates.age(w.lang, days), [oldest["code"]]
    )
    return w.tn(
        "{n} need is unmet; it has waited for {age} ({need}).",
        "{n} needs are unmet; the oldest has waited for {age} ({need}).",
        number,
        age=age,
        need=Words(oldest["code"]),
    )


def _oldest(unmet: pd.DataFrame) -> pd.Series | None:
    dated = unmet[unmet["evidence_date"].notna()]
    return None if dated.empty else dated.iloc[0]


def blocks(w: Writer, facts: Facts) -> list[Block]:
    """Show the matrix, then the needs."""
    title = Heading(w.say("Gaps, and the needs behind them"), section=Section.GAPS)
    if facts.cells.empty and facts.unmet.empty:
        nothing = w.t("No need and no assessment is recorded here that this reader may see.")
        return [title, Paragraph(nothing)]
    found: list[Block] = [title, Paragraph(sentence(w, facts), "lead")]
    codes = sorted(set(facts.steps["iso3"]))
    if len(codes) > 1 and not facts.unmet.empty:
        found.append(world(w, facts, codes))
    if not facts.cells.empty:
        found += [matrix(w, facts), Paragraph(_key(w), "note"), Paragraph(_meaning(w), "note")]
    if not facts.unmet.empty:
        found.append(needs(w, facts, SHOWN))
    return found


def world(w: Writer, facts: Facts, codes: Sequence[str]) -> Map:
    """Draw the countries of a briefing, the darker the more of their needs are unmet."""
    found = {iso3: _of_country(w, facts, iso3) for iso3 in codes}
    breaks = worldmap.breaks_of(float(figure.value) for figure in found.values())
    fills = {
        iso3: "#{:02X}{:02X}{:02X}".format(
            *worldmap.sequential_fill(float(figure.value), breaks)[:3]
        )
        for iso3, figure in found.items()
    }
    labels = {iso3: figure.worded for iso3, figure in found.items()}
    return Map(
        w.say("Unmet needs by country"),
        vectormap.svg(fills, labels, codes),
        tuple(found.values()),
        w.t("The number on a country is that of its unmet needs, as far as they are recorded."),
        names.term(w.lang, "map_disclaimer"),
    )


def _of_country(w: Writer, facts: Facts, iso3: str) -> Figure:
    inside = facts.unmet[facts.unmet["countries"].str.contains(iso3)]
    return w.ledger.count(f"needs unmet country={iso3}", inside["code"])


def _meaning(w: Writer) -> Text:
    return w.t(
        "An empty cell means that nothing is recorded, neither a need nor help: it is no gap, and "
        "no all-clear."
    )


def _key(w: Writer) -> Text:
    words = (f"{signs.STATES[s].symbol} {wording.cell_state(w.lang, s)}" for s in signs.STATES)
    return of(" · ".join(words))


def matrix(w: Writer, facts: Facts) -> Table:
    """Show what is known of each measure (rows) in each country (columns)."""
    codes = sorted(set(facts.cells["iso3"]))
    states = {(row.iso3, row.group): row for row in rows(facts.cells)}
    measures = [code for code in by_code() if any((iso3, code) in states for iso3 in codes)]
    lines, fills = [], []
    for measure in measures:
        cells = [states.get((iso3, measure)) for iso3 in codes]
        lines.append(
            (
                of(w.measure(measure)),
                *(_cell(w, facts, cell, is_alone=len(codes) == 1) for cell in cells),
            )
        )
        fills.append(("", *("" if cell is None else _fill(cell) for cell in cells)))
    columns = (
        Column(w.say("Measure"), 5),
        *(
            Column(names.country_name(w.lang, iso3), ALONE if len(codes) == 1 else 2)
            for iso3 in codes
        ),
    )
    return Table(w.say("Gap matrix by measure"), columns, tuple(lines), tuple(fills))


def _cell(w: Writer, facts: Facts, cell: Any, *, is_alone: bool) -> Text:
    if cell is None:
        return ()
    state = CellState(cell.state)
    words = signs.STATES[state].symbol
    if is_alone:
        words += f" {wording.cell_state(w.lang, state)}"
    if not cell.open_needs:
        return of(words)
    unmet = facts.unmet[facts.unmet["measure"] == cell.group]
    needs = unmet[unmet["countries"].str.contains(cell.iso3)]
    asked = f"needs unmet country={cell.iso3} measure={cell.group}"
    return of(f"{words}{BESIDE}", w.ledger.count(asked, needs["code"]))


def _fill(cell: Any) -> str:
    sign = signs.STATES[CellState(cell.state)]
    return sign.paint(stale=bool(cell.stale)).fill


def needs(w: Writer, facts: Facts, most: int) -> Table:
    """List the unmet needs that have waited longest, so many at most."""
    columns = (
        Column(w.say("Number"), 1.5),
        Column(w.say("What is needed"), 5),
        Column(w.say("Countries"), 2),
        Column(w.say("Severity"), 1.3),
        Column(w.say("Known since"), 1.7),
    )
    lines = tuple(
        (
            of(Words(row.code)),
            w.given(row.title, row.language),
            of(w.countries(row.countries)),
            of(wording.severity(w.lang, row.severity) if row.severity else w.say("not stated")),
            of(w.date(row.evidence_date)),
        )
        for row in rows(facts.unmet.head(most))
    )
    return Table(w.say("Unmet needs, oldest first"), columns, lines)
