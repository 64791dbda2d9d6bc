"""Section: the gap matrix, and the unmet needs behind it, oldest first."""

from typing import Any

import pandas as pd

from ctai.briefings.document import Block, Column, Heading, Paragraph, Table, Text
from ctai.briefings.facts import Facts, rows
from ctai.briefings.ledger import Figure
from ctai.briefings.writer import Words, Writer, of
from ctai.domain.dates import age_days
from ctai.domain.gaps import CellState
from ctai.domain.strategy import by_code
from ctai.figures import signs
from ctai.i18n import dates, names, wording

SHOWN = 25
"""Needs that are listed in the text; the annex has them all."""


def unmet(w: Writer, facts: Facts) -> Figure:
    """Count the unmet needs."""
    return w.ledger.count("needs unmet", facts.unmet["code"])


def sentence(w: Writer, facts: Facts) -> Text:
    """Say how many needs are unmet, and how long the oldest has waited."""
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
    title = w.words("Gaps, and the needs behind them")
    if facts.cells.empty and facts.unmet.empty:
        nothing = w.t("No need and no assessment is recorded here that this reader may see.")
        return [Heading(title), Paragraph(nothing)]
    found: list[Block] = [Heading(title), Paragraph(sentence(w, facts), "lead")]
    if not facts.cells.empty:
        found += [matrix(w, facts), Paragraph(_meaning(w), "note")]
    if not facts.unmet.empty:
        found.append(needs(w, facts))
    return found


def _meaning(w: Writer) -> Text:
    return w.t(
        "An empty cell means that nothing is recorded, neither a need nor help: it is no gap, and "
        "no all-clear."
    )


def matrix(w: Writer, facts: Facts) -> Table:
    """Show what is known of each measure (rows) in each country (columns)."""
    codes = sorted(set(facts.cells["iso3"]))
    states = {(row.iso3, row.group): row for row in rows(facts.cells)}
    measures = [code for code in by_code() if any((iso3, code) in states for iso3 in codes)]
    lines, fills = [], []
    for measure in measures:
        cells = [states.get((iso3, measure)) for iso3 in codes]
        lines.append((of(w.measure(measure)), *(_cell(w, facts, cell) for cell in cells)))
        fills.append(("", *("" if cell is None else _fill(cell) for cell in cells)))
    columns = (
        Column(w.words("Measure"), 5),
        *(Column(names.country_name(w.lang, iso3), 2) for iso3 in codes),
    )
    return Table(w.words("Gap matrix by measure"), columns, tuple(lines), tuple(fills))


def _cell(w: Writer, facts: Facts, cell: Any) -> Text:
    if cell is None:
        return ()
    state = CellState(cell.state)
    mark = signs.STATES[state].symbol
    words = f"{mark} {wording.cell_state(w.lang, state)}"
    if not cell.open_needs:
        return of(words)
    unmet = facts.unmet[facts.unmet["measure"] == cell.group]
    needs = unmet[unmet["countries"].str.contains(cell.iso3)]
    asked = f"needs unmet country={cell.iso3} measure={cell.group}"
    return of(f"{words} · ", w.ledger.count(asked, needs["code"]))


def _fill(cell: Any) -> str:
    sign = signs.STATES[CellState(cell.state)]
    return sign.paint(stale=bool(cell.stale)).fill


def needs(w: Writer, facts: Facts) -> Table:
    """List the unmet needs that have waited longest."""
    columns = (
        Column(w.words("Number"), 1.5),
        Column(w.words("What is needed"), 5),
        Column(w.words("Countries"), 2),
        Column(w.words("Severity"), 1.3),
        Column(w.words("Known since"), 1.7),
    )
    lines = tuple(
        (
            of(Words(row.code)),
            of(Words(row.title)),
            of(w.countries(row.countries)),
            of(wording.severity(w.lang, row.severity) if row.severity else w.words("not stated")),
            of(w.date(row.evidence_date)),
        )
        for row in rows(facts.unmet.head(SHOWN))
    )
    return Table(w.words("Unmet needs, oldest first"), columns, lines)
