"""Chasing: who has told us what in which quarter, and whose confirmation would change most."""

import streamlit as st

from ctai.ui import chasing, filters, headline, shell
from ctai.ui.language import t
from ctai.ui.store import upkeep

viewer = shell.enter(__file__)

head = st.container()
scope = filters.scope(viewer, chasing.CHASING_FILTERS)
found = upkeep.quarters(viewer, scope)
headline.page(head, t("Who has told us what, and whom do we ask next?"), chasing.answer(found))

left, right = st.columns(2, gap="medium")
with left:
    picked = chasing.matrix(found, scope)
with right:
    chasing.volume(viewer, found)

chasing.twin(found, scope)
chasing.say(viewer, found, picked)
chasing.first_to_ask(viewer, scope)
