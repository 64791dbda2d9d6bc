"""The gap matrix: one cell per country and group, with the state of its needs and their age."""

import math
import re
from collections.abc import Mapping
from typing import Any, Final

import altair as alt
import pandas as pd

from ctai.domain.freshness import EVIDENCE_STALE_AFTER_MONTHS
from ctai.domain.gaps import CellState
from ctai.domain.strategy import Pillar, Theme, by_code
from ctai.figures import signs, style
from ctai.i18n import translate
from ctai.i18n.dates import partial_date
from ctai.i18n.names import country_name
from ctai.i18n.numbers import number, percent

SELECTION: Final = "cell"
CELL_FIELDS: Final = ("iso3", "group")
DRAWN: Final = [
    *CELL_FIELDS,
    "key",
    "symbol",
    "age",
    "ink",
    "country",
    "row",
    "state_label",
    "needs",
    "open_needs",
    "answered",
    "activities",
    "evidence",
]
"""All that travels to the browser."""

_OLD = "_old"
_AGE_NEEDS_PX = 46  # below it a cell has room for its symbol only
_TYPICAL_WIDTH_PX = 900
_ISO3 = re.compile("[A-Z]{3}")


def gap_matrix(
    gaps: pd.DataFrame,
    rows: style.Labels,
    columns: style.Labels,
    lang: str,
    *,
    dark: bool = False,
) -> style.Figure:
    """Draw the states of these groups (rows) in these countries (columns), given with their labels.

    `gaps` is what `domain.gaps.gaps` gives, at one level; a cell without a row there is drawn as
    not assessed, a row for another group or country is left out. The selection `cell` names
    iso3 and group.
    """
    select = style.one_of(SELECTION, CELL_FIELDS)
    if not rows or not columns:
        return style.empty(lang, dark=dark, select=select)
    shown = style.under_pillars(rows, lang)
    cells = _cells(gaps, rows, columns, lang, dark)
    x, y = style.grid(shown, columns, "group", "iso3", lang)
    base = alt.Chart(cells)
    placed = base.encode(x=x, y=y)
    chart = style.layers(
        placed.mark_rect(aria=False).encode(fill=_fill(cells, lang, dark)),
        _hatching(base, x, y, len(columns), dark),
        *_writing(placed, lang),
        style.targets(placed, select, _tooltips(lang), dark=dark),
    )
    return style.dressed(chart, lang, len(shown) * style.ROW_PX, dark=dark)


def picked(selection: Mapping[str, object]) -> tuple[str, str] | None:
    """The country and group of the cell picked, from Streamlit's selection; None without one."""
    cell = style.first_of(selection, SELECTION)
    iso3, group = cell.get("iso3"), cell.get("group")
    if not isinstance(iso3, str) or not isinstance(group, str) or not _ISO3.fullmatch(iso3):
        return None
    return (iso3, group) if group in {*by_code(), *Theme, *Pillar} else None


def summary(gaps: pd.DataFrame, lang: str) -> str:
    """Say how many cells have which state, and which country has the largest gap."""
    if gaps.empty:
        return translate(lang, "Gap matrix: nothing is recorded for this choice.")
    counts = gaps["state"].value_counts()
    told = translate(
        lang,
        "Gap matrix of {cells} cells with records: {nothing} have needs and nothing yet, "
        "{partly} are partly answered, {answered} are answered, {activity} have activities "
        "without a recorded need.",
        cells=number(lang, len(gaps)),
        nothing=number(lang, int(counts.get(CellState.NOTHING_YET, 0))),
        partly=number(lang, int(counts.get(CellState.PARTLY_ANSWERED, 0))),
        answered=number(lang, int(counts.get(CellState.ANSWERED, 0))),
        activity=number(lang, int(counts.get(CellState.ACTIVITY_ONLY, 0))),
    )
    by_country = gaps.groupby("iso3")[["score", "open_needs"]].sum()
    if not by_country["score"].gt(0).any():
        return told
    worst = str(by_country["score"].idxmax())
    largest = translate(
        lang,
        "The largest gap is in {country}, with {n} unmet needs.",
        country=country_name(lang, worst),
        n=number(lang, int(by_country["open_needs"][worst])),
    )
    return f"{told} {largest}"


def _cells(
    gaps: pd.DataFrame, rows: style.Labels, columns: style.Labels, lang: str, dark: bool
) -> pd.DataFrame:
    known = {(str(row["iso3"]), str(row["group"])): row for row in gaps.to_dict("records")}
    cells = [
        {
            "iso3": iso3,
            "group": group,
            "country": country,
            "row": words,
            **_cell(known.get((iso3, group)), lang, dark),
        }
        for group, words in rows
        for iso3, country in columns
    ]
    return style.texts(pd.DataFrame(cells), DRAWN)


def _cell(row: Mapping[Any, Any] | None, lang: str, dark: bool) -> dict[str, str]:
    state = CellState.NOT_ASSESSED if row is None else CellState(row["state"])
    sign = signs.STATES[state]
    stale = row is not None and bool(row["stale"])
    ages = sign.light != sign.light_old
    assessed = state is not CellState.NOT_ASSESSED
    evidence = row["evidence_date"] if row is not None else None
    none = number(lang, 0)
    return {
        "key": f"{state}{_OLD}" if stale and ages else str(state),
        # A hatched cell is its own sign.
        "symbol": sign.symbol if assessed else "",
        "age": _short_age(row["evidence_age_days"], lang) if row is not None and assessed else "",
        "ink": sign.paint(stale=stale, dark=dark).text,
        "state_label": f"{sign.symbol} {translate(lang, sign.label)}",
        "needs": none if row is None else number(lang, row["needs"]),
        "open_needs": none if row is None else number(lang, row["open_needs"]),
        "answered": percent(lang, None if row is None else row["answered_share"]),
        "activities": none if row is None else number(lang, row["activities"]),
        "evidence": partial_date(lang, evidence if isinstance(evidence, str) else None),
    }


def _short_age(days: float | None, lang: str) -> str:
    if days is None or math.isnan(days):
        return ""
    years = int(days // 365)
    # i18n: the age of evidence in years, as short as can be, for a small cell
    return translate(lang, "{n}y", n=number(lang, years)) if years else translate(lang, "<1y")


def _fill(cells: pd.DataFrame, lang: str, dark: bool) -> alt.Fill:
    fills = {str(state): sign.paint(dark=dark).fill for state, sign in signs.STATES.items()}
    old = {
        f"{state}{_OLD}": sign.paint(stale=True, dark=dark).fill
        for state, sign in signs.STATES.items()
        if sign.light != sign.light_old
    }
    present = [str(key) for key in cells["key"].unique()]
    labels = {
        str(state): f"{sign.symbol} {translate(lang, sign.label)}"
        for state, sign in signs.STATES.items()
        if {str(state), f"{state}{_OLD}"} & set(present)
    }
    pale = [key for key in old if key in present]
    if pale:
        labels[pale[0]] = translate(
            lang,
            "Muted: evidence older than {n} years",
            n=number(lang, EVIDENCE_STALE_AFTER_MONTHS / 12),
        )
    both = fills | old
    return alt.Fill(
        "key:N",
        scale=alt.Scale(domain=list(both), range=list(both.values())),
        legend=style.legend(labels, lang),
    )


def _hatching(base: alt.Chart, x: alt.X, y: alt.Y, columns: int, dark: bool) -> alt.Chart:
    """Slanted lines over what is not assessed: Vega knows no patterns."""
    lines = max(2, min(9, int(_TYPICAL_WIDTH_PX / columns / 12)))
    lines_over: alt.Chart = (
        base.transform_filter(f"datum.key === '{CellState.NOT_ASSESSED}'")
        .transform_calculate(line=f"sequence({lines})")
        .transform_flatten(["line"])
        .mark_rule(
            aria=False,
            strokeWidth=1,
            opacity=0.35,
            color=signs.no_record(dark=dark).text,
            xOffset=alt.ExprRef(f"bandwidth('x') * datum.line / {lines}"),
            x2Offset=alt.ExprRef(f"bandwidth('x') * (datum.line + 1) / {lines}"),
        )
        .encode(
            x=x.bandPosition(0),
            x2=alt.X2("iso3", bandPosition=0),
            y=y.bandPosition(1),
            y2=alt.Y2("group", bandPosition=0),
        )
    )
    return lines_over


def _writing(placed: alt.Chart, lang: str) -> list[alt.Chart]:
    """The symbol, and beside it the age where the cell has room."""
    towards = 1 if style.is_rtl(lang) else -1
    wide = f"bandwidth('x') >= {_AGE_NEEDS_PX}"
    aside = alt.ExprRef(f"{wide} && datum.age !== '' ? {towards * 11} : 0")
    ink = alt.Color("ink:N", scale=None, legend=None)
    symbols = placed.mark_text(aria=False, fontSize=16, dx=aside)
    ages = placed.mark_text(
        aria=False, fontSize=10.5, dx=-towards * 9, opacity=alt.ExprRef(f"{wide} ? 1 : 0")
    )
    return [
        symbols.transform_filter("datum.symbol !== ''").encode(text="symbol:N", color=ink),
        ages.transform_filter("datum.age !== ''").encode(text="age:N", color=ink),
    ]


def _tooltips(lang: str) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("country:N", title=translate(lang, "Country")),
        alt.Tooltip("row:N", title=translate(lang, "Field")),
        alt.Tooltip("state_label:N", title=translate(lang, "State")),
        alt.Tooltip("needs:N", title=translate(lang, "Needs")),
        alt.Tooltip("open_needs:N", title=translate(lang, "Unmet needs")),
        alt.Tooltip("answered:N", title=translate(lang, "Answered")),
        alt.Tooltip("activities:N", title=translate(lang, "Activities")),
        alt.Tooltip("evidence:N", title=translate(lang, "Newest evidence")),
    ]
