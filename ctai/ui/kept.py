"""Kept: pictures and worded tables that were worked out from the very same input are shown again.

The key is the input itself, to the last value, beside language, theme and day: nothing can be
shown to somebody who was not given the rows it was made of. benchmarks/README.md has the numbers
that asked for it: drawing and wording cost ten times what showing does.
"""

import hashlib
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar, cast

import streamlit as st

from ctai.figures import specs, style
from ctai.ui import store
from ctai.ui.language import current

Made = TypeVar("Made")

MOST = 256
"""Things kept: some dozen pages in three languages and two themes; a few tens of MB at most."""


@dataclass(frozen=True)
class Drawn:
    """A chart as the browser takes it: its specification, and its rows by name."""

    spec: dict[str, Any]
    rows: dict[str, Any]


def is_dark() -> bool:
    """Tell whether the visitor's page is dark."""
    return st.context.theme.type == "dark"


def worked_out(name: str, make: Callable[[], Made], *given: object) -> Made:
    """Make something of what is given, or give what was made of the same before; don't change it.

    `name` says what is made; `given` is all that `make` uses, but for language, theme and day.
    """
    told = pickle.dumps((name, current(), is_dark(), store.today(), given), protocol=5)
    return cast(Made, _kept(hashlib.sha256(told).hexdigest(), make))


@st.cache_resource(max_entries=MOST, show_spinner=False)
def _kept(key: str, _make: Callable[[], object]) -> object:
    return _make()


def chart(
    name: str,
    draw: Callable[[], style.Figure],
    *given: object,
    alt: str,
    key: str | None = None,
    on_select: Literal["rerun", "ignore"] = "ignore",
) -> dict[str, Any]:
    """Show a chart and give its selection, empty where nothing is picked."""
    drawn = worked_out(name, lambda: Drawn(*specs.spec_of(draw())), *given)
    # Streamlit takes the data sets out of the specification that it is given.
    spec = {**drawn.spec, "datasets": dict(drawn.rows)}
    if on_select == "ignore":
        st.vega_lite_chart(spec=spec, alt=alt, key=key)
        return {}
    return dict(st.vega_lite_chart(spec=spec, alt=alt, key=key, on_select="rerun").selection)
