"""Presses that send a form with a grid in it: neither the press nor the last cell is lost.

A grid tells an edit 150 ms after it was made, which may be after the button under it was pressed.
The edit then begins the run anew: a plain button would have forgotten its press by then, and a run
that is quick enough would store the form without the edit.
"""

import time
from typing import Literal

import streamlit as st

GRID_SECONDS = 0.3
"""How long a press waits for a grid: twice what the grid takes, since a busy browser is late."""

LASTING_SECONDS = 20.0
"""How long a press outlives the run it began: longer than any run of a form's page takes."""

_PRESSED = "presses:{}"


def button(
    label: str,
    key: str,
    *,
    icon: str,
    type: Literal["primary", "secondary", "tertiary"] = "secondary",
    help: str | None = None,
) -> bool:
    """Show a button, and tell once for each press that what the form holds now can be sent."""
    st.button(label, key=key, icon=icon, type=type, help=help, on_click=_note, args=(key,))
    pressed = _PRESSED.format(key)
    at = st.session_state.get(pressed)
    if at is None:
        return False
    time.sleep(GRID_SECONDS)
    st.empty()  # Here Streamlit ends this run if a grid has told an edit: the next one sends it.
    del st.session_state[pressed]
    return bool(time.monotonic() - at < LASTING_SECONDS)


def _note(key: str) -> None:
    st.session_state[_PRESSED.format(key)] = time.monotonic()
