"""Pipeline: what funding requests ask, how far each is, and what of the money is really there."""

import streamlit as st

from ctai.ui import filters, headline, pipeline, pipeline_sums, shell
from ctai.ui.language import t

viewer = shell.enter(__file__)

head = st.container()
scope = filters.scope(viewer, pipeline.FILTERS)
narrowing = pipeline.narrowing(viewer, scope)
found = pipeline.askings(viewer, narrowing)
headline.page(head, t("Where does the money stand?"), pipeline.answer(found, narrowing))

chosen = pipeline.params(scope, narrowing)
pipeline_sums.show(found, narrowing, chosen)
pipeline.requests(found, chosen)
pipeline_sums.waits(found)
