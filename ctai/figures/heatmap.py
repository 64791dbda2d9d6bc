"""The heatmap: countries, entities or years by pillar, with the number printed in each cell."""

from collections.abc import Mapping
from typing import Final

import altair as alt
import pandas as pd

from ctai.domain.strategy import Pillar
from ctai.figures import signs, style
from ctai.figures.worldmap import breaks_of
from ctai.i18n import translate
from ctai.i18n.names import pillar_name
from ctai.i18n.numbers import number

SELECTION: Final = "cell"
CELL_FIELDS: Final = ("row", "pillar")
VALUE_LABEL: Final = "value_label"
DRAWN: Final = [*CELL_FIELDS, "key", "written", "ink", "row_label", "pillar_label", "value_label"]
"""All that travels to the browser."""

NO_RECORD: Final = "no_record"

# Long amounts are set smaller where a cell is narrow.
_FITTING = "clamp(bandwidth('x') / length(datum.written) / 0.55, 8.5, 12.5)"


def heatmap(
    frame: pd.DataFrame,
    rows: style.Labels,
    value: str,
    lang: str,
    value_title: str,
    *,
    dark: bool = False,
) -> style.Figure:
    """Draw one value per row and pillar, where `rows` are codes with labels, in order.

    `frame` has row, pillar and the column named by `value`; an optional column `value_label` is
    printed instead of the number, such as a short amount of money. A row None stands for "" in
    `rows`. A cell without a value says that there is no record: that is not zero. The selection
    `cell` names row and pillar.
    """
    select = style.one_of(SELECTION, CELL_FIELDS)
    if not rows:
        return style.empty(lang, dark=dark, select=select)
    pillars = [(str(p), pillar_name(lang, p)) for p in Pillar]
    cells, paints = _cells(frame, rows, value, lang, dark)
    x, y = style.grid(rows, pillars, "row", "pillar", lang)
    base = alt.Chart(cells).encode(x=x, y=y)
    scale = alt.Scale(domain=list(paints), range=[paint.fill for paint in paints.values()])
    numbers = base.mark_text(aria=False, fontSize=alt.ExprRef(_FITTING))
    chart = style.layers(
        base.mark_rect(aria=False).encode(fill=alt.Fill("key:N", scale=scale, legend=None)),
        numbers.encode(text="written:N", color=alt.Color("ink:N", scale=None, legend=None)),
        style.targets(base, select, _tooltips(lang, value_title), dark=dark),
    )
    return style.dressed(chart, lang, len(rows) * style.ROW_PX, dark=dark)


def picked(selection: Mapping[str, object]) -> tuple[str, str] | None:
    """The row and pillar of the cell picked, from Streamlit's selection; None without one."""
    cell = style.first_of(selection, SELECTION)
    row, pillar = cell.get("row"), cell.get("pillar")
    if not isinstance(row, str) or not isinstance(pillar, str) or pillar not in set(Pillar):
        return None
    return row, pillar


def summary(frame: pd.DataFrame, rows: style.Labels, value: str, lang: str) -> str:
    """Say how many cells have a record, and where the largest value is."""
    labels = dict(rows)
    known = _listed(frame, labels).dropna(subset=[value])
    if known.empty:
        return translate(lang, "Heatmap by pillar: nothing is recorded for this choice.")
    top = known.iloc[int(known[value].astype(float).argmax())]
    return translate(
        lang,
        "Heatmap of {rows} rows by pillar: {cells} of {all} cells have a record. The largest "
        "value is {value}, for {row} in pillar {pillar}.",
        rows=number(lang, len(labels)),
        cells=number(lang, len(known)),
        all=number(lang, len(labels) * len(Pillar)),
        value=_written(top, value, lang),
        row=labels[str(top["row"])],
        pillar=str(top["pillar"]),
    )


def _listed(frame: pd.DataFrame, labels: Mapping[str, str]) -> pd.DataFrame:
    rows = frame.assign(row=frame["row"].astype(object).fillna("").astype(str))
    return rows[rows["row"].isin(list(labels))].reset_index(drop=True)


def _written(row: "pd.Series[str]", value: str, lang: str) -> str:
    label = row.get(VALUE_LABEL)
    return label if isinstance(label, str) else number(lang, float(row[value]))


def _cells(
    frame: pd.DataFrame, rows: style.Labels, value: str, lang: str, dark: bool
) -> tuple[pd.DataFrame, dict[str, signs.Paint]]:
    known = _listed(frame, dict(rows)).dropna(subset=[value])
    breaks = breaks_of(float(amount) for amount in known[value])
    written = {
        (str(row["row"]), str(row["pillar"])): (
            max(sum(1 for lower in breaks if lower <= float(row[value])) - 1, 0),
            _written(row, value, lang),
        )
        for _, row in known.iterrows()
    }
    paints = {NO_RECORD: signs.no_record(dark=dark)} | {
        str(step): signs.amount(step, len(breaks), dark=dark) for step in range(len(breaks))
    }
    cells = []
    for code, label in rows:
        for pillar in Pillar:
            step, text = written.get((code, pillar), (None, "·"))
            key = NO_RECORD if step is None else str(step)
            told = translate(lang, "no record") if step is None else text
            names = (label, style.pillar_label(lang, pillar))
            cells.append((code, str(pillar), key, text, paints[key].text, *names, told))
    return pd.DataFrame(cells, columns=DRAWN), paints


def _tooltips(lang: str, value_title: str) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("row_label:N", title=translate(lang, "Row")),
        alt.Tooltip("pillar_label:N", title=translate(lang, "Pillar")),
        alt.Tooltip("value_label:N", title=value_title),
    ]
