"""Your account: who you are here, how far you reach, your password, tokens and saved views."""

import streamlit as st

from ctai.ui import accounts, headline, labels, saved_views, shell, tokens
from ctai.ui.language import t

viewer = shell.enter(__file__)

headline.page(
    st.container(),
    t("Your account"),
    t("You are signed in as {name}, {role}.", name=viewer.username, role=labels.role(viewer.role)),
)
accounts.reach(viewer)
accounts.own_password()
tokens.own(viewer)
saved_views.own(viewer)
