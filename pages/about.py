"""About: how coverage and gaps are reckoned, from what sources, and what the figures can't say."""

import streamlit as st

from ctai.ui import about, headline, shell
from ctai.ui.language import t

shell.enter(__file__)

headline.page(
    st.container(), t("How do we know, and how sure are we?"), t("Method, constants and sources.")
)
about.method()
about.signs()
about.constants()
about.sources()
about.disclaimer()
