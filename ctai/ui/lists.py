"""Lists of activities: a page of rows, each leading to its record."""

import pandas as pd
import streamlit as st

from ctai.domain.roles import Viewer
from ctai.domain.scope import Scope
from ctai.ui import freshness_labels, labels, pager, store, tables
from ctai.ui.language import current, t

PAGE = "page"
ROWS_A_PAGE = 50
"""What fits three screens; more would make every rerun heavier than its reader needs."""


def activities(viewer: Viewer, scope: Scope, count: int) -> None:
    """Show a page of a scope's activities; a picked row is opened through the URL."""
    pages = max(1, -(-count // ROWS_A_PAGE))
    page = min(pager.page_number(PAGE), pages)
    found = store.listed(viewer, scope, ROWS_A_PAGE, (page - 1) * ROWS_A_PAGE, current())
    # The record that is open names the table: closing it unticks its row, or it would open again.
    opened_now = st.query_params.get("activity", "")
    picked = rows(found, scope, key=f"activities_{page}_{current()}_{opened_now}")
    if picked is not None:
        opened = str(picked)
        if st.query_params.get("activity") != opened:
            st.query_params["activity"] = opened
            st.rerun()
    pager.show(
        PAGE,
        page,
        back=t("Earlier page"),
        on=t("Next page"),
        position=t("Page {page} of {pages}", page=labels.number(page), pages=labels.number(pages)),
        more=page < pages,
    )


def rows(
    found: pd.DataFrame, scope: Scope, key: str | None = None, file: str = "activities"
) -> int | None:
    """Show activities as a table; give the number of the one picked."""
    shown = found.assign(
        country=[labels.countries(joined) for joined in found["countries"]],
        entities=[labels.joined(codes.split("; ")) for codes in found["entities"]],
        measures=[labels.joined(codes.split("; ")) for codes in found["measures"]],
        state=[labels.status(code) for code in found["status"]],
        dated=[labels.when(iso) for iso in found["status_as_of"]],
        fresh=[
            freshness_labels.activity(status, as_of)
            for status, as_of in zip(found["status"], found["status_as_of"], strict=True)
        ],
    )
    row = tables.show(
        shown,
        {
            "title": t("Activity"),
            "country": t("Countries"),
            "entities": t("Entities"),
            "measures": t("Measures"),
            "state": t("Status"),
            "dated": t("Status as of"),
            "fresh": t("Freshness"),
        },
        alt=t("List of activities"),
        file=file,
        filters=scope.params,
        key=key,
    )
    return None if row is None else int(found["activity_id"].iloc[row])
