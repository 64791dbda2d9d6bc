"""People: who may sign in, in what role, and since when."""

import streamlit as st

from ctai.ui import accounts, headline, shell
from ctai.ui.language import t
from ctai.ui.store import people

viewer = shell.enter(__file__)

headline.page(
    st.container(), t("Who may sign in?"), t("A new account's password is shown once, here.")
)
accounts.people(viewer, people.accounts(viewer))
accounts.new(viewer)
