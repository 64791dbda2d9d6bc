"""Pillar heatmap: how undertakings and money spread over the Strategy's four pillars."""

import streamlit as st

from ctai.domain.scope import Face
from ctai.ui import charts, choice, filters, headline, lists, shell, store
from ctai.ui.language import current, t

viewer = shell.enter(__file__)

head = st.container()
scope = filters.scope(viewer)
left, right = st.columns(2)
with left:
    face = Face(choice.one(t("Rows"), "face", list(Face), charts.face_title, tabs=True))
with right:
    unit = choice.one(t("Count"), "unit", charts.units(viewer, face, scope), charts.unit_title)

total = store.undertaking_total(viewer, scope)
headline.page(head, t("How is assistance spread over the pillars?"), headline.undertakings(total))

picked = charts.pillar_heatmap(viewer, face, unit, scope)
if picked is None:
    st.caption(t("Pick a cell to list its records."))
else:
    inside = charts.cell_scope(face, picked, scope)
    lists.table(store.listed(viewer, inside, lists.ROWS_A_PAGE, 0, current()), inside)

charts.heatmap_table(viewer, face, unit, scope)
