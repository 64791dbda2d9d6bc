"""Pillar heatmap: how undertakings and money spread over the Strategy's four pillars."""

import streamlit as st

from ctai.domain.scope import Face
from ctai.ui import choice, filters, headline, heatmaps, shell, store
from ctai.ui.language import t

viewer = shell.enter(__file__)

head = st.container()
scope = filters.scope(viewer)
left, right = st.columns([2, 1])
with left:
    face = Face(choice.one(t("Rows"), "face", list(Face), heatmaps.face_title, tabs=True))
with right:
    units = heatmaps.units(viewer, face, scope)
    unit = choice.one(t("Count"), "unit", units, heatmaps.unit_title)

totals = store.undertaking_totals(viewer, scope)
headline.page(head, t("How is assistance spread over the pillars?"), headline.undertakings(totals))

picked = heatmaps.show(viewer, face, unit, scope)
if picked is None:
    st.caption(t("Pick a cell to list its records."))
else:
    heatmaps.records(viewer, face, picked, scope)
