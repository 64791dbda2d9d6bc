"""Placed: what a run puts into a widget, and only where something else stands in it.

A value that a run puts is sent to the browser, over whatever was picked there meanwhile: on a slow
link the second of two quick picks would go. One that stands there already is not sent.
"""

import streamlit as st


def put(name: str, value: object) -> None:
    """Put a value into the widget of a name."""
    if name not in st.session_state or st.session_state[name] != value:
        st.session_state[name] = value
