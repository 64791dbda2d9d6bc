"""Saved views on the screen: a list with its filters kept under an address, listed and removed."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from ctai.domain.faults import Refused
from ctai.domain.roles import Action, Viewer
from ctai.domain.saved_views import SavedView
from ctai.i18n import mark
from ctai.ui import labels, notices, store, tables
from ctai.ui.language import t
from ctai.ui.store import tokens
from ctai.ui.writes import tokens as writes

_LISTS = {
    "activities": mark("Activities"),
    "needs": mark("Needs"),
    "gaps": mark("Gap matrix"),
    "assessments": mark("Assessments"),
    "requests": mark("Requests"),
}


def keep(viewer: Viewer, lists: Sequence[str], params: Mapping[str, str]) -> None:
    """Offer to keep one of some lists, narrowed as it is on the page; a kept view is of today."""
    if not viewer.may(Action.EXPORT) or store.asked_day():
        return
    with (
        st.popover(t("Keep this view"), icon=":material/bookmark_add:", type="tertiary"),
        st.form("keep_view", clear_on_submit=True, border=False),
    ):
        what = lists[0]
        if len(lists) > 1:
            what = st.radio(t("List"), lists, format_func=_list, horizontal=True)
        name = st.text_input(t("Name of the view"), placeholder="", autocomplete="off")
        pressed = st.form_submit_button(t("Keep"), type="primary")
    if pressed:
        try:
            writes.keep(viewer, name, what, params)
        except Refused as refusal:
            notices.refused(refusal.faults)
        else:
            st.success(t("The view is kept. Its address stands on the page “Your account”."))


def own(viewer: Viewer) -> None:
    """List one's saved views with their addresses, and let them be removed."""
    found = tokens.views(viewer)
    if not found:
        return
    st.header(t("Saved views"), anchor=False)
    st.markdown(
        t(
            "Each address gives its list as CSV, always of today. A spreadsheet asks for it with "
            "one of your tokens as the password."
        )
    )
    shown = pd.DataFrame(
        {
            "name": [labels.plain(one.name) for one in found],
            "list": [_list(one.what) for one in found],
            "filters": [" · ".join(one.params.values()) for one in found],
            "address": [_address(one) for one in found],
        }
    )
    headings = {
        "name": t("View"),
        "list": t("List"),
        "filters": t("Filters"),
        "address": t("Address"),
    }
    row = tables.show(shown, headings, alt=t("Saved views"), key="saved_views")
    if row is None:
        st.caption(t("Pick a view to copy its address or to remove it."))
        return
    st.code(_address(found[row]), language=None)
    st.button(t("Remove"), on_click=_remove, args=(viewer, found[row].number), key="remove_view")


def _list(what: str) -> str:
    return t(_LISTS[what])


def _address(view: SavedView) -> str:
    """Write the view's address under which this page was reached."""
    page = (st.context.url or "").partition("?")[0]
    return f"{page.rpartition('/')[0]}/{view.address}"


def _remove(viewer: Viewer, number: int) -> None:
    writes.remove(viewer, number)
    notices.later(t("The view is removed."))
