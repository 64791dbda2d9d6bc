"""Links from one record to another: the one place that knows which page shows which."""

import pandas as pd
import streamlit as st

from ctai.ui import labels, notices, writes
from ctai.ui.language import t

OWN = ("activity", "request", "assessment", "need", "proposal", "again", "amend", "raise")
"""Parameters of the pages of records: a link to another record leaves them behind."""


def from_row(found: pd.DataFrame, picked: int | None, kind: str, title: str) -> None:
    """Link to the request or assessment of the row that was picked, or say that one can be."""
    if picked is None:
        st.caption(t("Pick a row to open its record."))
        return
    row = found.iloc[picked]
    _link(kind, int(row[f"{kind}_id"]), t("Open: {title}", title=labels.plain(str(row[title]))))


def to_need(number: int, label: str) -> None:
    """Link to a need."""
    _link("need", number, label)


def _link(stem: str, number: int, label: str) -> None:
    kept = {name: text for name, text in st.query_params.to_dict().items() if name not in OWN}
    st.page_link(
        f"pages/{stem}.py",
        label=label,
        icon=":material/open_in_new:",
        query_params={**kept, stem: str(number)},
    )


def to_page(stem: str, **params: str) -> None:
    """Go to a page of records, with the filters of this one."""
    kept = {name: text for name, text in st.query_params.to_dict().items() if name not in OWN}
    st.switch_page(f"pages/{stem}.py", query_params={**kept, **params})


def follow(outcome: writes.Outcome, stem: str, name: str) -> None:
    """Go to the stored record on its page, under its parameter, or to what waits for review."""
    if outcome.waits:
        notices.later(t("Sent for review: it counts once the desk officer accepts it."))
        to_page("review", proposal=str(outcome.proposal_id))
    notices.later(t("Saved."))
    to_page(stem, **{name: str(outcome.record_id)})


def amend() -> None:
    """Open the form of the record that is open."""
    st.query_params["amend"] = "1"


def _stop_amending() -> None:
    st.query_params.pop("amend", None)


def back_button() -> None:
    """Offer to go back from a form to its record; what was typed is kept."""
    st.button(
        t("Back to the record"),
        icon=":material/undo:",
        type="tertiary",
        on_click=_stop_amending,
    )


def leave_record() -> None:
    """Close what is open: the page then shows its list."""
    for name in OWN:
        st.query_params.pop(name, None)


def close_button() -> None:
    """Offer to close the record."""
    st.button(t("Close"), icon=":material/close:", type="tertiary", on_click=leave_record)
