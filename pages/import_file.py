"""Bring in a file: what would be stored and refused is told first, then the good rows are kept."""

import streamlit as st

from ctai.ui import arrivals, headline, shell
from ctai.ui.language import t

viewer = shell.enter(__file__)

headline.page(
    st.container(),
    t("Which records does your file hold?"),
    t("Nothing is stored before you have seen what is right and what is not."),
)
arrivals.show(viewer)
