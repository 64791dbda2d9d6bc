"""Specifications: a chart written out once, as the browser takes it, with its rows apart."""

from threading import Lock
from typing import Any

import altair as alt

from ctai.figures.style import Figure

_SETTINGS = Lock()
"""Altair's theme and data transformer are the process's: one chart at a time is written out."""


def spec_of(figure: Figure) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give a chart as a Vega-Lite specification, and by name the frames that it draws."""
    names: dict[int, str] = {}
    rows: dict[str, Any] = {}

    def name_it(data: Any, *_args: Any, **_options: Any) -> Any:
        name = names.setdefault(id(data), f"rows_{len(names)}")
        rows[name] = data
        return {"name": name}

    alt.data_transformers.register("named", name_it)
    with _SETTINGS, alt.theme.enable("none"), alt.data_transformers.enable("named"):
        return figure.to_dict(), rows
