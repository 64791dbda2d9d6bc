"""The pipeline's sums on the screen: asked, pledged, secured, paid out and spent, and how long."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from ctai.domain.pipeline import Asking, Narrowing, counted, usual_days
from ctai.domain.pipeline_sums import Face, Sums, by_face, total
from ctai.figures import funding_bars
from ctai.ui import choice, kept, labels, pipeline_labels, store, tables
from ctai.ui.language import current, t, tn

MOST_ROWS = 40
"""Rows drawn; the table and the file have them all."""


def show(found: Sequence[Asking], narrowed_to: Narrowing, filters: dict[str, str]) -> None:
    """Show the money by country, pillar, entity, donor or state, with its table and file."""
    if not found:
        return
    st.header(t("Asked, pledged, secured, paid out and spent"), anchor=False)
    face = Face(choice.one(t("Sum up by"), "money_by", list(Face), pipeline_labels.face, tabs=True))
    inside = counted(found, narrowed_to)
    rows = by_face(inside, face)
    frame = kept.worked_out("pipeline_sums", lambda: _frame(rows, face), rows, face)
    drawn = frame.head(MOST_ROWS)
    chosen = "_".join(f"{name}={text}" for name, text in filters.items())
    selection = kept.chart(
        "funding_bars",
        lambda: funding_bars.funding_bars(drawn, current(), dark=kept.is_dark()),
        drawn,
        alt=funding_bars.summary(drawn, current()),
        key=f"funding_bars_{face}_{current()}_{chosen}",
        on_select="rerun",
    )
    _narrow(funding_bars.picked(selection), rows, face)
    _notes(total(inside), len(rows), face)
    tables.twin(
        t("The sums as a table"),
        kept.worked_out("pipeline_sums_table", lambda: _worded(rows, face), rows, face),
        {
            "name": pipeline_labels.face(face),
            "requests": t("Requests"),
            "asked": t("Asked"),
            "pledged": t("Pledged"),
            "secured": t("Secured"),
            "paid": t("Paid out"),
            "spent": t("Spent"),
        },
        file="funding_sums",
        filters={**filters, "money_by": face.value},
        right=("asked", "pledged", "secured", "paid", "spent"),
    )


_FILTERS = {Face.STATE: "funding_state"}


def _narrow(picked: str | None, rows: Sequence[Sums], face: Face) -> None:
    """Show a picked row's requests alone: it becomes the filter."""
    st.caption(t("Pick a row to see its requests alone."))
    if picked is not None and picked in {sums.key for sums in rows}:
        name = _FILTERS.get(face, face.value)
        if choice.chosen(name) != (picked,):
            choice.put(name, [picked])
            st.rerun()


def _frame(rows: Sequence[Sums], face: Face) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "row": [sums.key or "" for sums in rows],
            "row_label": [pipeline_labels.key(face, sums.key) for sums in rows],
            "asked": [sums.ask_usd for sums in rows],
            "pledged": [sums.money.pledged for sums in rows],
            "committed": [sums.money.committed for sums in rows],
            "disbursed": [sums.money.disbursed for sums in rows],
            "spent": [sums.money.spent for sums in rows],
        },
        dtype=object,
    )


def _worded(rows: Sequence[Sums], face: Face) -> pd.DataFrame:
    asked = [
        t("not by donor") if face is Face.DONOR else pipeline_labels.dollars(sums.ask_usd)
        for sums in rows
    ]
    return pd.DataFrame(
        {
            "name": [pipeline_labels.key(face, sums.key) for sums in rows],
            "requests": [sums.requests for sums in rows],
            "asked": asked,
            "pledged": [pipeline_labels.dollars(sums.money.pledged) for sums in rows],
            "secured": [pipeline_labels.dollars(sums.money.committed) for sums in rows],
            "paid": [pipeline_labels.dollars(sums.money.disbursed) for sums in rows],
            "spent": [pipeline_labels.dollars(sums.money.spent) for sums in rows],
        }
    )


def _notes(whole: Sums, rows: int, face: Face) -> None:
    """Say how to read the bars, and what is not in them."""
    told = [
        t(
            "In US dollars at each amount's dated rate. What is spent was paid out, what is paid "
            "out was secured: the bars lie in each other and are not added. A pledge is an outline "
            "and never secured. Drafts, declined and withdrawn requests count only where the "
            "filter names them."
        )
    ]
    if face in (Face.COUNTRY, Face.PILLAR):
        told.append(
            t("A request of several needs or countries is split evenly, so that rows add up.")
        )
    if whole.without_usd:
        told.append(
            tn(
                "{n} request has no amount known in US dollars and is not in the sums: {codes}.",
                "{n} requests have no amount known in US dollars and are not in the sums: {codes}.",
                len(whole.without_usd),
                codes=labels.told(labels.plain(code) for code in whole.without_usd),
            )
        )
    if whole.money.unrated:
        told.append(
            tn(
                "{n} amount pledged or given has no rate and is not in the sums.",
                "{n} amounts pledged or given have no rate and are not in the sums.",
                whole.money.unrated,
            )
        )
    if rows > MOST_ROWS:
        told.append(t("Only the largest {n} rows are drawn.", n=labels.number(MOST_ROWS)))
    st.caption(" ".join(told))


def waits(found: Sequence[Asking]) -> None:
    """Show how long requests stay in each state."""
    usual = usual_days(found, store.today())
    if not usual:
        return
    st.header(t("How long requests stay in each state"), anchor=False)
    shown = pd.DataFrame(
        [
            (pipeline_labels.state(state), stays, labels.age(days))
            for state, (stays, days) in usual.items()
        ],
        columns=["state", "stays", "usual"],
    )
    tables.show(
        shown,
        {"state": t("State"), "stays": t("Times entered"), "usual": t("Usual stay (median)")},
        alt=t("How long requests stay in each state"),
    )
