"""Turning the pages of a list; the page's number stands in the URL."""

import streamlit as st

from ctai.i18n import direction
from ctai.ui import choice
from ctai.ui.language import current


def page_number(parameter: str) -> int:
    """Give the page that the URL asks for, from 1."""
    return choice.number(parameter) or 1


def show(parameter: str, number: int, *, back: str, on: str, position: str, more: bool) -> None:
    """Offer the pages before and after, under their labels; nothing where there is but one."""
    if number == 1 and not more:
        return
    ways = ("left", "right") if direction(current()) == "ltr" else ("right", "left")
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="center"):
        st.button(
            back,
            icon=f":material/chevron_{ways[0]}:",
            disabled=number == 1,
            on_click=_turn,
            args=(parameter, number - 1),
        )
        st.markdown(position, width="content")
        st.button(
            on,
            icon=f":material/chevron_{ways[1]}:",
            disabled=not more,
            on_click=_turn,
            args=(parameter, number + 1),
        )


def _turn(parameter: str, number: int) -> None:
    choice.put(parameter, [str(number)] if number > 1 else [])
