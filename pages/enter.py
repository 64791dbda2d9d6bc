"""Quick entry: a new activity in three fields, or an amendment of one."""

import streamlit as st

from ctai.ui import forms, shell

viewer = shell.enter(__file__)

forms.page(viewer, st.container())
