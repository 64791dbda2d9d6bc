"""Gap matrix: where needs are not answered, and why we think so."""

import streamlit as st

from ctai.domain.strategy import Level
from ctai.ui import charts, choice, evidence, filters, headline, saved_views, shell, store
from ctai.ui.language import t

viewer = shell.enter(__file__)

head = st.container()
scope = filters.scope(viewer, filters.EVIDENCE_FILTERS)
level = Level(choice.one(t("Show by"), "level", list(Level), charts.level_title, tabs=True))
gaps = store.gaps(viewer, scope, level)
headline.page(head, t("Which needs are not answered?"), headline.gaps(gaps))
saved_views.keep(viewer, ("gaps", "needs"), {**scope.params, "level": level.value})

picked = charts.gap_matrix(viewer, gaps, scope, level)
if picked is None:
    st.caption(t("Pick a cell to see its needs, activities and reckoning."))
else:
    evidence.explain(viewer, *picked, level)
