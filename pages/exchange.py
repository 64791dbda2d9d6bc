"""Exchange: files that come in, rehearsed first, and the values that they offer for ours."""

import streamlit as st

from ctai.ui import arrivals, headline, offers, shell
from ctai.ui.language import t

viewer = shell.enter(__file__)

headline.page(
    st.container(),
    t("Which records does your file hold?"),
    t("Nothing is stored before you have seen what is right and what is not."),
)
arrivals.show(viewer)
offers.show(viewer)
arrivals.past(viewer)
