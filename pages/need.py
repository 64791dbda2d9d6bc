"""Needs: the unmet ones with the rung that each has reached, or one with its whole ladder."""

import streamlit as st

from ctai.ui import again, choice, filters, headline, need, shell, unmet
from ctai.ui.language import t
from ctai.ui.store import ladder

viewer = shell.enter(__file__)

head = st.container()
opened = choice.number("need")
if again.number() is not None or (opened is not None and choice.chosen("amend")):
    need.amend(viewer, head, opened)
    st.stop()
if opened is not None:
    need.show(viewer, head, opened)
    st.stop()

scope = filters.scope(viewer, filters.EVIDENCE_FILTERS)
found = ladder.unmet(viewer, scope)
headline.page(head, t("Which needs are unmet, and what do they wait for?"), unmet.answer(found))
unmet.waiting(viewer)
rung = unmet.rung(found)
unmet.needs(found, scope, rung)
