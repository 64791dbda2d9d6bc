"""Waiting: what waits for whoever asks, what is late first."""

import streamlit as st

from ctai.ui import headline, shell, waiting
from ctai.ui.language import t
from ctai.ui.store import upkeep

viewer = shell.enter(__file__)

found = upkeep.waiting(viewer)
headline.page(st.container(), t("What waits for me?"), waiting.answer(found))
waiting.show(viewer, found)
