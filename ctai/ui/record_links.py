"""Links from one record to another: the one place that knows which page shows which."""

import pandas as pd
import streamlit as st

from ctai.domain.kinds import RecordKind
from ctai.ui import labels, notices, writes
from ctai.ui.language import t

OWN = (
    "activity",
    "request",
    "assessment",
    "need",
    "proposal",
    "again",
    "amend",
    "raise",
    "funding",
    "plan",
    "issued",
)
"""Parameters of the pages of records: a link to another record leaves them behind."""

_PAGES = {
    RecordKind.ACTIVITY: ("activities", "activity"),
    RecordKind.ASSESSMENT: ("assessment", "assessment"),
    RecordKind.REQUEST: ("request", "request"),
    RecordKind.NEED: ("need", "need"),
    RecordKind.FUNDING_REQUEST: ("funding_request", "funding"),
    RecordKind.PLAN: ("plan", "plan"),
}
"""The page that shows a kind of record, and the parameter that names the record there."""


def from_row(found: pd.DataFrame, picked: int | None, kind: str, title: str) -> None:
    """Link to the request or assessment of the row that was picked, or say that one can be."""
    if picked is None:
        st.caption(t("Pick a row to open its record."))
        return
    row = found.iloc[picked]
    given = labels.titled(str(row[title]), row["language"])
    to_record(RecordKind(kind), int(row[f"{kind}_id"]), t("Open: {title}", title=given))


def to_need(number: int, label: str) -> None:
    """Link to a need."""
    to_record(RecordKind.NEED, number, label)


def to_record(kind: RecordKind, number: int, label: str) -> None:
    """Link to a record on the page that shows its kind; nothing where no page does."""
    if kind not in _PAGES:
        return
    stem, name = _PAGES[kind]
    st.page_link(
        f"pages/{stem}.py",
        label=label,
        icon=":material/open_in_new:",
        query_params=query(**{name: number}),
    )


def query(**numbers: int) -> dict[str, str]:
    """Give the query of a link: the page's own, but for the records that it opens."""
    kept = {name: text for name, text in st.query_params.to_dict().items() if name not in OWN}
    return kept | {name: str(number) for name, number in numbers.items()}


def to_page(stem: str, **params: str) -> None:
    """Go to a page of records, with the filters of this one."""
    st.switch_page(f"pages/{stem}.py", query_params={**query(), **params})


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
    for name in ("amend", "again"):
        st.query_params.pop(name, None)


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
