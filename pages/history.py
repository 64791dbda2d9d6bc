"""History: who changed which value of which record, when and why."""

import streamlit as st

from ctai.ui import headline, history, shell
from ctai.ui.language import t

viewer = shell.enter(__file__)

head = st.container()
asked = history.wanted(viewer)
found, number, more = history.page(viewer, asked)
headline.page(head, t("Who changed what, and why?"), history.answer(found, number))

history.record_link(asked)
history.rows(found, asked)
history.turns(number, more)
