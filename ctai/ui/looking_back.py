"""Looking back: the day that every page is shown as of, chosen at the side, said at the top."""

from datetime import date, timedelta

import streamlit as st

from ctai.domain.faults import Refused
from ctai.domain.looking_back import PARAMETER
from ctai.ui import labels, notices
from ctai.ui.language import current, t
from ctai.ui.store import moments


def banner() -> None:
    """Say which day a page is shown as of, with the way back; or why it is not the one asked for.

    A link's day that can't be shown leaves the page at today.
    """
    asked = st.query_params.get(PARAMETER, "")
    if not asked:
        return
    then = moments.looked_at()
    with st.container(horizontal=True, vertical_alignment="center"):
        if then is None:
            st.warning(_refusal(asked), icon=":material/history:")
        else:
            day = labels.when(then.day.isoformat())
            st.info(
                t("As it was at the end of {date}. Nothing can be changed here.", date=day),
                icon=":material/history:",
            )
        st.button(t("Back to today"), icon=":material/today:", on_click=_put, args=(None,))


def _refusal(asked: str) -> str:
    try:
        moments.read(asked)
    except Refused as refusal:
        return t(
            "{reason} You see today instead.",
            reason=" ".join(notices.sentence(fault) for fault in refusal.faults),
        )
    return ""


def choose(name: str = "as_of") -> None:
    """Let a day gone by be chosen; it stands in the URL. `name` tells two places apart."""
    first = moments.first()
    if first is None:
        return
    then = moments.looked_at()
    # A new key per language and day: the widget would keep its own choice over that of a link.
    key = f"{name}_{current()}_{then.day if then else ''}"
    st.date_input(
        t("As of a day"),
        value=None if then is None else then.day,
        min_value=first,
        max_value=moments.present() - timedelta(days=1),
        format="YYYY-MM-DD",
        key=key,
        on_change=_chosen,
        args=(key,),
        help=t("Shows every page and file as it was at the end of that day."),
    )


def _chosen(key: str) -> None:
    day = st.session_state[key]
    _put(day if isinstance(day, date) else None)


def _put(day: date | None) -> None:
    if day is not None:
        st.query_params[PARAMETER] = day.isoformat()
    elif PARAMETER in st.query_params:
        del st.query_params[PARAMETER]
