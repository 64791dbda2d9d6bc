"""The map on the screen: its indicators, its legend, its disclaimer and its table."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from ctai.domain.gaps import by_country
from ctai.domain.roles import Viewer
from ctai.domain.scope import Face, Scope
from ctai.domain.strategy import Level
from ctai.figures import worldmap
from ctai.i18n import mark, names
from ctai.ui import kept, labels, store, tables
from ctai.ui.language import current, t

MAP_PX = 520
DESK_PX, PHONE_PX = 840, 330


@dataclass(frozen=True)
class Indicator:
    """A figure of a country: its name, the column of `countries` that holds it, its wording."""

    title: str
    column: str
    wording: Callable[[float], str]


INDICATORS = {
    "open_needs": Indicator(
        mark("Unmet needs"), "open_needs", lambda n: t("Unmet needs: {n}", n=labels.number(n))
    ),
    "answered": Indicator(
        mark("Share of needs answered"),
        "answered_share",
        lambda share: t("{share} of needs answered", share=labels.percent(share)),
    ),
    "score": Indicator(
        mark("Gap score"), "score", lambda n: t("gap score {n}", n=labels.number(n, 1))
    ),
    "activities": Indicator(
        mark("Undertakings"), "activities", lambda n: t("Undertakings: {n}", n=labels.number(n))
    ),
}


def indicator_title(code: str) -> str:
    """Name an indicator."""
    return t(INDICATORS[code].title)


def countries(viewer: Viewer, scope: Scope) -> pd.DataFrame:
    """Give every State that the viewer may see, one row each, with its figures where known.

    Columns: those of `gaps.by_country`, name (translated) and is_partner.
    """
    cells = store.gaps(viewer, scope, Level.MEASURE)
    counted = store.undertakings(viewer, Face.COUNTRY, scope)
    codes = [i for i in store.regions(viewer) if viewer.reach is None or i in viewer.reach]
    partners = list(store.standing(viewer))
    return kept.worked_out(
        "map_figures",
        lambda: _figures(by_country(cells, counted), codes, partners),
        cells,
        counted,
        codes,
        partners,
    )


def _figures(found: pd.DataFrame, codes: list[str], partners: list[str]) -> pd.DataFrame:
    frame = found.set_index("iso3").reindex(codes).rename_axis("iso3").reset_index()
    frame["name"] = [labels.country(iso3) for iso3 in codes]
    frame["is_partner"] = frame["iso3"].isin(partners)
    return frame


def show(frame: pd.DataFrame, code: str, filters: Mapping[str, str]) -> str | None:
    """Draw the map of an indicator with its table, and give the State picked in either."""
    column, px = frame[INDICATORS[code].column].astype(float), _frame_px()
    event = st.pydeck_chart(
        kept.worked_out("map", lambda: _deck(frame, code, px), frame, code, px),
        on_select="rerun",
        selection_mode="single-object",
        height=MAP_PX,
        key="world",
        alt=summary(frame, code),
    )
    _legend(worldmap.breaks_of(column), code)
    st.caption(names.term(current(), "map_disclaimer"))
    return _twin(frame, filters) or worldmap.picked_iso3(event.selection)


def _deck(frame: pd.DataFrame, code: str, px: tuple[int, int]) -> worldmap.CompactDeck:
    indicator, dark = INDICATORS[code], kept.is_dark()
    values = frame[indicator.column].astype(float)
    breaks = worldmap.breaks_of(values)
    drawn = frame[["iso3", "name", "is_partner"]].copy()
    drawn["value_label"] = [_worded(indicator, value) for value in values]
    fills = [worldmap.sequential_fill(value, breaks, dark=dark) for value in values]
    drawn["fill"] = pd.Series(fills, dtype=object)
    focus = list(frame.loc[values.notna() | frame["is_partner"], "iso3"])
    palette = worldmap.DARK if dark else worldmap.LIGHT
    return worldmap.choropleth(drawn, palette, focus, px)


def _frame_px() -> tuple[int, int]:
    """Guess how much room the map has: a map can't fit its view to its frame by itself."""
    is_phone = "Mobi" in st.context.headers.get("User-Agent", "")
    return (PHONE_PX if is_phone else DESK_PX, MAP_PX)


def _worded(indicator: Indicator, value: float) -> str:
    return t("not known") if math.isnan(value) else indicator.wording(value)


def _legend(breaks: list[float], code: str) -> None:
    """Show the colours with their classes: a swatch and its range, the unknown one first."""
    wording = labels.percent if code == "answered" else labels.number
    dark = kept.is_dark()
    unknown = worldmap.UNKNOWN_DARK if dark else worldmap.UNKNOWN
    swatches = [(unknown, t("not known"))]
    for colour, lower, upper in worldmap.legend(breaks, dark=dark):
        text = t("{low} or more", low=wording(lower))
        if upper is not None:
            text = t("{low} to below {high}", low=wording(lower), high=wording(upper))
        swatches.append((colour, text))
    parts = [f':color[■]{{foreground="{colour}"}} {text}' for colour, text in swatches]
    partner = t("outlined: partner State")
    st.markdown("  ".join([*parts, f':color[□]{{foreground="#009EDB"}} {partner}']))


def summary(frame: pd.DataFrame, code: str) -> str:
    """Say what the map shows: how many States have a figure, and which stands highest."""
    column = INDICATORS[code].column
    known = frame[frame[column].notna()]
    if known.empty:
        return t("World map. No State has a figure for this indicator.")
    top = known.sort_values(column).iloc[-1]
    return t(
        "World map of {indicator}: {count} States have a figure, the highest is {country}.",
        indicator=indicator_title(code),
        count=len(known),
        country=top["name"],
    )


def _twin(frame: pd.DataFrame, filters: Mapping[str, str]) -> str | None:
    """Fold the map's figures under it as a table: the States with a figure, and all partners."""
    shown = kept.worked_out("map_table", lambda: _table(frame), frame)
    row = tables.twin(
        t("The map as a table"),
        shown,
        {
            "name": t("Country"),
            "partner": t("Partner State"),
            "open_needs": t("Unmet needs"),
            "answered": t("Share of needs answered"),
            "score": t("Gap score"),
            "activities": t("Undertakings"),
            "evidence": t("Newest evidence"),
        },
        file="countries",
        filters=filters,
        key=f"world_table_{current()}",
    )
    return None if row is None else str(shown.iloc[row]["iso3"])


def _table(frame: pd.DataFrame) -> pd.DataFrame:
    known = frame[frame["needs"].notna() | frame["activities"].notna() | frame["is_partner"]]
    return known.assign(
        partner=known["is_partner"].map({True: t("yes"), False: ""}),
        evidence=[labels.when(iso) for iso in known["evidence_date"]],
        answered=[labels.percent(share) for share in known["answered_share"]],
    ).sort_values("open_needs", ascending=False)
