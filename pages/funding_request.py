"""Funding request: one whole, with what may be done with it now; or the form for a new one."""

import streamlit as st

from ctai.ui import funding_request, shell

viewer = shell.enter(__file__)

head = st.container()
funding_request.show(viewer, head)
