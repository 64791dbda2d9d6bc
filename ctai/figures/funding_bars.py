"""Funding bars: asked, pledged, secured, paid out and spent, each within the one before it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import altair as alt
import pandas as pd

from ctai.figures import signs, style
from ctai.figures.stacks import BAR_PX, ends
from ctai.i18n import mark, translate
from ctai.i18n.numbers import compact_money

CURRENCY: Final = "USD"
AMOUNTS: Final = ("asked", "pledged", "committed", "disbursed", "spent")
"""Columns of amounts in US dollars, in the order in which they are drawn over each other."""

WIDE_ROOM: Final = 1.22
NARROW_ROOM: Final = 1.85
"""How long the scale is, as a multiple of the longest bar: the rest is room for its number."""

SELECTION: Final = "bar"
DRAWN: Final = ["row", "kind", "start", "end"]
TOLD: Final = ["row", "end", "label", "row_label", *(f"{name}_told" for name in AMOUNTS)]
"""All that travels to the browser, of each part and of each row."""


@dataclass(frozen=True)
class Layer:
    """How an amount is drawn: an English msgid, how thick, and in what colour.

    Each part of a whole is thinner and stands on it: nothing is added up by eye. A pledge is an
    outline alone, since nobody is bound by it; what is asked is so pale that a line ends it.
    """

    label: str
    thick_px: int
    light: str
    dark: str


LAYERS: Final = {
    "asked": Layer(mark("Asked"), 24, "#D5DBE1", "#3A4550"),
    "pledged": Layer(mark("Pledged"), 24, "#966400", "#E6C25F"),
    "committed": Layer(mark("Secured"), 17, "#3C9CCB", "#0079B5"),
    "disbursed": Layer(mark("Paid out"), 11, "#0079B0", "#52B6E2"),
    "spent": Layer(mark("Spent"), 5, "#003655", "#EEF7FC"),
}


def funding_bars(frame: pd.DataFrame, lang: str, *, dark: bool = False) -> style.Figure:
    """Draw a bar per row, in the rows' order.

    `frame` has row (a code), row_label and `AMOUNTS` in US dollars, as Decimal or None. An amount
    that is not known is not drawn, and said to be unknown where a pointer asks. The selection `bar`
    names the row that was picked.
    """
    select = style.one_of(SELECTION, ["row"])
    parts = _parts(frame)
    if parts.empty:
        return style.empty(lang, dark=dark, select=select)
    rows = list(zip(frame["row"].astype(str), frame["row_label"].astype(str), strict=True))
    longest = float(parts["end"].max())
    narrow = f"containerSize()[0] < {style.NARROW_PX}"
    scale = alt.Scale(
        domainMin=0,
        domainMax=alt.ExprRef(f"{longest} * ({narrow} ? {NARROW_ROOM} : {WIDE_ROOM})"),
        nice=False,
        reverse=style.is_rtl(lang),
    )
    x = alt.X("start:Q", axis=None, scale=scale)
    y = style.rows_of(rows, "row", lang, 0.2)
    base = alt.Chart(parts).encode(y=y)
    layers = [_bars(base, name, x, lang, dark) for name in AMOUNTS if name in set(parts["kind"])]
    told = alt.Chart(_told(parts, frame, lang)).encode(y=y)
    whole_row = told.encode(x=alt.value(0), x2=alt.value("width"))
    chart = style.layers(
        *layers,
        ends(told, x, lang, dark, weight="bold"),
        style.targets(whole_row, select, _tooltips(lang), dark=dark),
    )
    return style.dressed(chart, lang, len(rows) * BAR_PX, dark=dark)


def picked(selection: Mapping[str, object]) -> str | None:
    """The code of the row picked, from Streamlit's selection; None without one."""
    row = style.first_of(selection, SELECTION).get("row")
    return row if isinstance(row, str) and row else None


def summary(frame: pd.DataFrame, lang: str) -> str:
    """Say how many rows there are, and which asks, or has secured, most."""
    for name, told in (
        ("asked", mark("Money in {n} rows; most is asked for {row}: {amount}.")),
        ("committed", mark("Money in {n} rows; most is secured for {row}: {amount}.")),
    ):
        known = frame[[not pd.isna(value) for value in frame[name]]]
        if not known.empty:
            top = known.iloc[int(known[name].astype(float).argmax())]
            return translate(
                lang,
                told,
                n=len(frame),
                row=top["row_label"],
                amount=compact_money(lang, top[name], CURRENCY),
            )
    return translate(lang, "Money asked and secured: none is recorded for this choice.")


def _amount(value: object) -> Decimal | None:
    return value if isinstance(value, Decimal) else None


def _parts(frame: pd.DataFrame) -> pd.DataFrame:
    parts = [
        (str(record["row"]), name, 0.0, float(amount))
        for record in frame.to_dict("records")
        for name in AMOUNTS
        if (amount := _amount(record[name]))
    ]
    return pd.DataFrame(parts, columns=DRAWN)


def _bars(base: alt.Chart, name: str, x: alt.X, lang: str, dark: bool) -> alt.Chart:
    layer = LAYERS[name]
    one = base.transform_filter(alt.datum.kind == name)
    scale = alt.Scale(
        domain=list(LAYERS), range=[each.dark if dark else each.light for each in LAYERS.values()]
    )
    drawn: alt.Chart = one.mark_bar(size=layer.thick_px, **_outline(name, dark=dark)).encode(
        x=x,
        x2="end:Q",
        fill=alt.Fill("kind:N", scale=scale, legend=_key(lang)),
    )
    return drawn


def _outline(name: str, *, dark: bool) -> dict[str, Any]:
    match name:
        case "pledged":
            line = LAYERS[name].dark if dark else LAYERS[name].light
            return {"fillOpacity": 0, "stroke": line, "strokeDash": [4, 2], "strokeWidth": 1.5}
        case "asked":
            return {"stroke": signs.quiet(dark=dark), "strokeWidth": 1}
        case _:
            return {}


def _key(lang: str) -> alt.Legend:
    words = {kind: translate(lang, LAYERS[kind].label) for kind in AMOUNTS}
    key = style.legend(words, lang, 5)
    key["symbolStrokeColor"] = "transparent"  # the outline of a pledge is no part of the others
    return key


def _told(parts: pd.DataFrame, frame: pd.DataFrame, lang: str) -> pd.DataFrame:
    """A row's amounts in words; at its end stands what is asked or, where nothing is, secured."""
    longest = parts.groupby("row")["end"].max()
    told = []
    for record in frame.to_dict("records"):
        amounts = [_amount(record[name]) for name in AMOUNTS]
        words = [compact_money(lang, amount, CURRENCY) for amount in amounts]
        end = float(longest.get(str(record["row"]), 0.0))
        label = _end_label(record["asked"], record["committed"], lang)
        told.append((str(record["row"]), end, label, str(record["row_label"]), *words))
    return pd.DataFrame(told, columns=TOLD)


def _end_label(asked: object, committed: object, lang: str) -> str:
    if _amount(asked) is None and _amount(committed) is not None:
        amount = compact_money(lang, _amount(committed), CURRENCY)
        return translate(lang, "{amount} secured", amount=amount)
    return compact_money(lang, _amount(asked), CURRENCY)


def _tooltips(lang: str) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("row_label:N", title=translate(lang, "Row")),
        *(
            alt.Tooltip(f"{name}_told:N", title=translate(lang, layer.label))
            for name, layer in LAYERS.items()
        ),
    ]
