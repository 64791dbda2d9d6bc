"""Headlines: the question of a page, and its answer in one sentence with its date."""

from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import urlencode

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ctai.domain.gaps import CellState
from ctai.domain.needs import UNMET_STATES
from ctai.domain.overlap_totals import Totals
from ctai.domain.scope import Scope
from ctai.ui import labels, notices, store
from ctai.ui.language import t, tn


def page(head: DeltaGenerator, question: str, answer: str) -> None:
    """Write into a page's head its question, the answer to it, dated today, and its address."""
    notices.show_kept()
    with head:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.title(question, anchor=False, width="stretch")
            with st.popover(t("Share"), icon=":material/share:", type="tertiary"):
                st.caption(t("Whoever may sign in sees this view, as far as their role reaches."))
                st.code(address(), language=None, wrap_lines=True)
        today = labels.when(store.today().isoformat())
        st.markdown(t("{answer} :gray[As of {date}.]", answer=answer, date=today))


def address(more: Mapping[str, str] = MappingProxyType({})) -> str:
    """Give the view's address without a visit's own parts, and with more parameters."""
    query = urlencode({**st.query_params.to_dict(), **more}, safe=",")
    base = (st.context.url or "").split("?")[0]
    return f"{base}?{query}" if query else base


def needs(found: pd.DataFrame) -> str:
    """Say how many needs are open and how old the oldest is."""
    unmet = found[found["state"].isin(UNMET_STATES)]
    count = int(unmet["need_id"].nunique())
    dated = unmet["evidence_date"].dropna()
    sentence = tn(
        "{n} recorded need is unmet as far as its source says.",
        "{n} recorded needs are unmet as far as their sources say.",
        count,
    )
    if dated.empty:
        return sentence
    oldest = t("The oldest has waited since {date}.", date=labels.when(min(dated)))
    return f"{sentence} {oldest}"


def gaps(found: pd.DataFrame) -> str:
    """Say in how many cells nothing has answered a need yet."""
    states = found["state"].value_counts()
    nothing = int(states.get(CellState.NOTHING_YET, 0))
    needing = int(found["needs"].gt(0).sum())
    if not needing:
        return t("No need is recorded here; that is not the same as no need.")
    return tn(
        "In {n} of {all} cells with a recorded need, nothing answers it yet.",
        "In {n} of {all} cells with recorded needs, nothing answers them yet.",
        nothing,
        all=labels.number(needing),
    )


def undertakings(counted: Totals) -> str:
    """Say how many undertakings are counted, each once, and how many without those recorded
    twice."""
    sentence = tn(
        "{n} undertaking is recorded; each counts once, by its main measure.",
        "{n} undertakings are recorded; each counts once, by its main measure.",
        counted.gross,
    )
    if counted.net == counted.gross:
        return sentence
    net = tn(
        "Without those that are recorded twice it is {n}.",
        "Without those that are recorded twice they are {n}.",
        counted.net,
    )
    return f"{sentence} {net}"


def activities(count: int, scope: Scope) -> str:
    """Say how many activities fit."""
    if scope == Scope():
        return tn("{n} activity is recorded.", "{n} activities are recorded.", count)
    return tn("{n} activity fits the filter.", "{n} activities fit the filter.", count)


def standing(countries: pd.DataFrame) -> str:
    """Say which country has the most open needs."""
    known = countries[countries["open_needs"].notna()]
    if known.empty:
        return t("No need is recorded here; that is not the same as no need.")
    top = known.sort_values("open_needs").iloc[-1]
    return t(
        "{country} has the most unmet needs on record: {n}.",
        country=top["name"],
        n=labels.number(top["open_needs"]),
    )
