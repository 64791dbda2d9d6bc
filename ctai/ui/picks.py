"""Picks: one thing picked in a picture or in its table, where the last pick counts."""

from typing import TypeVar, cast

import streamlit as st

Picked = TypeVar("Picked")


def latest(name: str, *places: Picked | None) -> Picked | None:
    """Give what was picked last, of what each place holds now; None where none holds anything.

    A picture can't be worked by keys: whoever has no mouse picks in its table.
    """
    key = f"picks_{name}"
    before, counting = st.session_state.get(key, ((), None))
    for place, held in enumerate(places):
        is_new = place >= len(before) or held != before[place]
        if is_new and held is not None:
            counting = held
    if counting not in places:
        counting = next((held for held in places if held is not None), None)
    st.session_state[key] = (places, counting)
    return cast(Picked | None, counting)
