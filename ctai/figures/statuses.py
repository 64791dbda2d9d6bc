"""Statuses: how many undertakings of each pillar are how far, as a table of bars."""

from typing import Final

import altair as alt
import pandas as pd

from ctai.domain.activities import Status
from ctai.domain.strategy import Pillar
from ctai.figures import signs, style
from ctai.figures.stacks import BAR_PX, ends
from ctai.i18n import translate
from ctai.i18n.numbers import number

DRAWN: Final = ["row", "start", "end", "label", "status_label", "pillar_label"]
"""All that travels to the browser."""

_BAR_SHARE = 0.66  # of a column; the rest is room for the number


def by_pillar(counts: pd.DataFrame, lang: str, *, dark: bool = False) -> style.Figure:
    """Draw undertakings by status (rows) and pillar (columns) as a table of bars.

    `counts` has status, pillar and undertakings (`queries.partners.mapping`).
    """
    if counts.empty:
        return style.empty(lang, dark=dark)
    present = [status for status in signs.STATUSES if status in set(counts["status"])]
    rows = [(str(status), style.status_label(lang, status)) for status in present]
    cells = _status_cells(counts, present, lang)
    places = [(str(place), pillar) for place, pillar in enumerate(Pillar)]
    x = alt.X(
        "start:Q",
        scale=alt.Scale(domain=[0, len(Pillar)], nice=False, reverse=style.is_rtl(lang)),
        axis=style.column_axis(
            [(place, style.pillar_label(lang, pillar)) for place, pillar in places],
            f"(width / {len(Pillar)})",
            [(place, str(pillar)) for place, pillar in places],
            values=list(range(len(Pillar))),
            labelAlign="right" if style.is_rtl(lang) else "left",
        ),
    )
    y = style.rows_of(rows, "row", lang, 0.45)
    base = alt.Chart(cells).encode(y=y, tooltip=_status_tooltips(lang))
    chart = style.layers(_status_bars(base, x, present, dark), ends(base, x, lang, dark))
    return style.dressed(chart, lang, len(rows) * BAR_PX, dark=dark)


def summary(counts: pd.DataFrame, lang: str) -> str:
    """Say how many undertakings have which status."""
    if counts.empty:
        return translate(lang, "Undertakings by status: none is recorded for this choice.")
    by_status = counts.groupby("status")["undertakings"].sum()
    return translate(
        lang,
        "{n} undertakings by status and pillar: {completed} completed, {ongoing} ongoing, "
        "{planned} planned, {requested} requested.",
        n=number(lang, int(by_status.sum())),
        **{
            str(status): number(lang, int(by_status.get(status, 0)))
            for status in (Status.COMPLETED, Status.ONGOING, Status.PLANNED, Status.REQUESTED)
        },
    )


def _status_cells(counts: pd.DataFrame, present: list[Status], lang: str) -> pd.DataFrame:
    by_cell = counts.groupby(["status", "pillar"])["undertakings"].sum()
    largest = max(int(by_cell.max()), 1)
    cells = []
    for status in present:
        for place, pillar in enumerate(Pillar):
            n = int(by_cell.get((str(status), str(pillar)), 0))
            if n:
                end = place + _BAR_SHARE * n / largest
                told = (style.status_label(lang, status), style.pillar_label(lang, pillar))
                cells.append((str(status), place, end, number(lang, n), *told))
    return pd.DataFrame(cells, columns=DRAWN)


def _status_bars(base: alt.Chart, x: alt.X, present: list[Status], dark: bool) -> alt.Chart:
    kinds = {status: signs.STATUSES[status] for status in present}
    lines = [sign.colour(dark=dark) for sign in kinds.values()]
    fills = [sign.colour(dark=dark) if sign.filled else "transparent" for sign in kinds.values()]
    dashes = [list(sign.dash) for sign in kinds.values()]
    drawn: alt.Chart = base.mark_bar(strokeWidth=1.5).encode(
        x=x,
        x2="end:Q",
        fill=alt.Fill("row:N", scale=alt.Scale(domain=present, range=fills), legend=None),
        stroke=alt.Stroke("row:N", scale=alt.Scale(domain=present, range=lines), legend=None),
        strokeDash=alt.StrokeDash(
            "row:N", scale=alt.Scale(domain=present, range=dashes), legend=None
        ),
    )
    return drawn


def _status_tooltips(lang: str) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("status_label:N", title=translate(lang, "Status")),
        alt.Tooltip("pillar_label:N", title=translate(lang, "Pillar")),
        alt.Tooltip("label:N", title=translate(lang, "Undertakings")),
    ]
