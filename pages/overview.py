"""Overview for the Executive Office: what is open, since when, what is done, what changed."""

import streamlit as st

from ctai.domain.strategy import Level
from ctai.ui import charts, filters, headline, overview, shell, store
from ctai.ui.language import t

viewer = shell.enter(__file__)

head = st.container()
scope = filters.scope(viewer, filters.EVIDENCE_FILTERS)
needs = store.needs_of(viewer, scope)
headline.page(head, t("What needs attention?"), headline.needs(needs))

overview.figures(viewer, scope, needs)
left, right = st.columns(2)
with left:
    st.header(t("How long needs have waited"), anchor=False)
    charts.needs_by_age(needs, scope)
with right:
    st.header(t("Gaps by pillar"), anchor=False)
    charts.states_by_pillar(store.gaps(viewer, scope, Level.MEASURE), scope)

st.header(t("Oldest needs without an answer"), anchor=False)
overview.oldest(needs, scope)
st.header(t("Not completed, and not confirmed in a year"), anchor=False)
overview.stale(viewer, scope)
st.header(t("What changed"), anchor=False)
overview.changes(viewer)
