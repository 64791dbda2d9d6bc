"""The pillar heatmap on the screen: its faces, its units, its records and its table."""

import pandas as pd
import streamlit as st

from ctai.domain.roles import Viewer
from ctai.domain.scope import Face, Scope
from ctai.domain.strategy import Pillar
from ctai.figures import heatmap
from ctai.i18n import mark, names, numbers
from ctai.ui import filters, kept, labels, lists, picks, store, tables
from ctai.ui.language import current, t

FACES = {
    Face.COUNTRY: mark("Country by pillar"),
    Face.ENTITY: mark("Entity by pillar"),
    Face.YEAR: mark("Year by pillar"),
}
COUNT = "count"
MOST_RECORDS = 500
MOST_ROWS = 60
"""Rows drawn; the table and the file have them all."""


def face_title(code: str) -> str:
    """Name a face of the heatmap."""
    return t(FACES[Face(code)])


def units(viewer: Viewer, face: Face, scope: Scope) -> list[str]:
    """List what can be shown in a cell: undertakings, then each kind of amount and currency."""
    found = store.money(viewer, face, scope)[["kind", "currency"]].drop_duplicates()
    return [
        COUNT,
        *sorted(f"{kind}_{currency}" for kind, currency in found.itertuples(index=False)),
    ]


def unit_title(code: str) -> str:
    """Name a unit."""
    if code == COUNT:
        return t("Number of undertakings")
    kind, _, currency = code.partition("_")
    return t("{kind} in {currency}", kind=labels.budget_kind(kind), currency=currency)


def _values(viewer: Viewer, face: Face, unit: str, scope: Scope) -> pd.DataFrame:
    """Give row, pillar, value and its wording, of the unit that is asked for."""
    read = store.undertakings if unit == COUNT else store.money
    found = read(viewer, face, scope)
    return kept.worked_out("heatmap_values", lambda: _worded(found, unit), found, unit)


def _worded(given: pd.DataFrame, unit: str) -> pd.DataFrame:
    if unit == COUNT:
        found = given.rename(columns={"undertakings": "value"})
        found["value_label"] = [labels.number(n) for n in found["value"]]
    else:
        kind, _, currency = unit.partition("_")
        found = given[(given["kind"] == kind) & (given["currency"] == currency)].copy()
        found["value_label"] = [
            numbers.compact_money(current(), amount, currency) for amount in found["amount"]
        ]
        found["value"] = found["amount"].astype(float)
    rows = [None if pd.isna(row) else _code(row) for row in found["row"]]
    found["row"] = pd.Series(rows, dtype=object, index=found.index)
    return found[["row", "pillar", "value", "value_label"]]


def _code(row: object) -> str:
    return str(int(row)) if isinstance(row, float) else str(row)


def _rows(
    viewer: Viewer, face: Face, found: pd.DataFrame, most: int | None = None
) -> list[tuple[str, str]]:
    """Order the rows: partner States first, entities by size, years by time; unknown last."""
    present = list(found["row"].dropna().unique())
    match face:
        case Face.COUNTRY:
            order = [iso3 for iso3 in filters.country_codes(viewer) if iso3 in present]
            named = [(iso3, labels.country(iso3)) for iso3 in order]
            rest = t("Several countries together")
        case Face.ENTITY:
            sizes = found.groupby("row")["value"].sum().sort_values(ascending=False)
            named = [(str(row), str(row)) for row in sizes.index]
            rest = t("Entity not known")
        case Face.YEAR:
            named = [(year, year) for year in sorted(present)]
            rest = t("Start not known")
    return [*named[:most], *([("", rest)] if found["row"].isna().any() else [])]


def show(viewer: Viewer, face: Face, unit: str, scope: Scope) -> tuple[str | None, str] | None:
    """Show the heatmap with its table; give the row and pillar picked, the row None if unknown."""
    lang = current()
    key = f"heatmap_{face}_{unit}_{lang}_{scope.slug}"
    found = _values(viewer, face, unit, scope)
    rows = _rows(viewer, face, found, MOST_ROWS)
    selection = kept.chart(
        "heatmap",
        lambda: heatmap.heatmap(found, rows, "value", lang, unit_title(unit), dark=kept.is_dark()),
        found,
        rows,
        unit,
        alt=heatmap.summary(found, rows, "value", lang),
        key=key,
        on_select="rerun",
    )
    below = _twin(found, _rows(viewer, face, found), face, unit, scope, f"{key}_table")
    picked = picks.latest(key, heatmap.picked(selection), below)
    return None if picked is None else (picked[0] or None, picked[1])


def records(viewer: Viewer, face: Face, cell: tuple[str | None, str], scope: Scope) -> None:
    """List the undertakings that a cell counts."""
    row, pillar = cell
    name = labels.country(row) if row and face is Face.COUNTRY else row
    st.header(
        t("{row}: {pillar}", row=name or t("not known"), pillar=labels.pillar(pillar)),
        anchor=False,
    )
    st.caption(t("All undertakings of this row and pillar, also those without a stated amount."))
    found = store.cell_activities(viewer, face, cell, scope, MOST_RECORDS, current())
    if len(found) == MOST_RECORDS:
        st.caption(t("Only the newest {n} are listed.", n=labels.number(MOST_RECORDS)))
    lists.rows(found, scope.only(()), file="")


def _twin(
    found: pd.DataFrame,
    rows: list[tuple[str, str]],
    face: Face,
    unit: str,
    scope: Scope,
    key: str,
) -> tuple[str, str] | None:
    """Fold the heatmap under it as a table, a row a line and a pillar a column; give the cell."""
    table = kept.worked_out("heatmap_table", lambda: _table(found, rows, face), found, rows, face)
    cell = tables.twin_of_cells(
        t("The heatmap as a table"),
        table,
        {
            "name": face_title(face),
            **{p.value: names.pillar_name(current(), p.value) for p in Pillar},
        },
        file="heatmap",
        filters={**scope.params, "face": face.value, "unit": unit},
        key=key,
    )
    if cell is None or cell[1] not in set(Pillar):
        return None
    return rows[cell[0]][0], cell[1]


def _table(found: pd.DataFrame, rows: list[tuple[str, str]], face: Face) -> pd.DataFrame:
    table = (
        found.assign(row=found["row"].fillna(""))
        .pivot_table(index="row", columns="pillar", values="value_label", aggfunc="first")
        .reindex(index=[code for code, _ in rows], columns=list(Pillar))
        .reset_index()
    )
    table["name"] = [label for _, label in rows]
    if face is Face.ENTITY:
        table["name"] = [labels.entity(code) for code in table["row"]]
    return table
