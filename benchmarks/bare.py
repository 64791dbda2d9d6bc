"""Bare pages: the elements of a real page, precomputed, shown by Streamlit and nothing else.

`record` keeps what a real page sent. Run as a script by Streamlit, this file shows it again: the
same blocks around the same elements, with the same chart specifications, map and frames through
`st.vega_lite_chart`, `st.pydeck_chart` and `st.dataframe`, the same texts and the same widgets;
no sign-in, no database, no rules, no figures. What it takes is what Streamlit itself takes.
"""

import json
import os
import pickle
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]  # it carries no types
import pydeck as pdk
import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.proto.Block_pb2 import Block
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

RECORDED = "BENCH_RECORDED"
"""The environment variable that names the folder of recorded pages; the URL's `page` names one."""

Place = tuple[int, ...]
Shown = Callable[[DeltaGenerator], object]
Page = list[tuple[Place, Block | Shown]]


def record(messages: Sequence[ForwardMsg], file: Path) -> None:
    """Keep the last message of each place of a page, in the order of places."""
    last = {tuple(message.metadata.delta_path): message for message in messages}
    kept = [last[place].SerializeToString() for place in sorted(last)]
    file.write_bytes(pickle.dumps(kept))


@cache
def recorded(file: Path) -> Page:
    """Read a recorded page and precompute what it shows, once a process."""
    page: Page = []
    for data in pickle.loads(file.read_bytes()):  # noqa: S301  # written by this very run
        message = ForwardMsg.FromString(data)
        place = tuple(message.metadata.delta_path)
        if message.delta.WhichOneof("type") == "add_block":
            page.append((place, message.delta.add_block))
        else:
            page.append((place, _shown(message.delta.new_element, "-".join(map(str, place)))))
    return page


def show(page: Page) -> None:
    """Show a page: blocks first come before what is in them, since places are in order."""
    inside: dict[Place, DeltaGenerator] = {(0,): st._main, (1,): st.sidebar}
    for place, what in page:
        parent = inside[place[:-1]]
        if isinstance(what, Block):
            inside[place] = parent._block(what)
        else:
            what(parent)


def _shown(element: Element, key: str) -> Shown:
    """Choose the call that shows an element; its arguments are worked out here, beforehand."""
    kind = element.WhichOneof("type") or "empty"
    heavy = _HEAVY.get(kind) or _WIDGETS.get(kind)
    if heavy is not None:
        return heavy(element, key)
    proto = getattr(element, kind)
    if kind == "markdown":
        return lambda at: at.markdown(proto.body)
    if kind == "heading":
        return lambda at: at.header(proto.body, anchor=False)
    if kind == "metric":
        return lambda at: at.metric(proto.label, proto.body)
    return lambda at: at._enqueue(kind, proto)


def _frame(data: bytes) -> pd.DataFrame:
    frame: pd.DataFrame = pa.ipc.open_stream(data).read_all().to_pandas()
    return frame


def _dataframe(element: Element, key: str) -> Shown:
    proto = element.dataframe
    frame = _frame(proto.arrow_data.data)
    configured = json.loads(proto.columns or "{}")
    pick: dict[str, Any] = {"on_select": "rerun", "key": key} if proto.selection_mode else {}
    return lambda at: at.dataframe(frame, column_config=configured, alt=proto.alt, **pick)


def _chart(element: Element, key: str) -> Shown:
    proto = element.vega_lite_chart
    spec = json.loads(proto.spec)
    sets = {named.name: _frame(named.data.data) for named in proto.datasets}
    pick: dict[str, Any] = {"on_select": "rerun", "key": key} if proto.selection_mode else {}
    # Streamlit takes the data sets out of the specification that it is given: a new one each time.
    return lambda at: at.vega_lite_chart(
        spec={**spec, "datasets": dict(sets)}, alt=proto.alt, **pick
    )


def _map(element: Element, key: str) -> Shown:
    proto = element.deck_gl_json_chart
    deck = _Deck(proto.json)
    return lambda at: at.pydeck_chart(deck, on_select="rerun", key=key, alt=proto.alt)


class _Deck(pdk.Deck):  # type: ignore[misc]  # pydeck carries no types
    """A map whose JSON is there already."""

    def __init__(self, text: str) -> None:
        super().__init__(map_provider=None)
        self.text = text

    def to_json(self) -> str:
        return self.text


def _multiselect(element: Element, key: str) -> Shown:
    proto = element.multiselect
    options = list(proto.options)
    return lambda at: at.multiselect(proto.label, options, key=key)


def _selectbox(element: Element, key: str) -> Shown:
    proto = element.selectbox
    options = list(proto.options)
    return lambda at: at.selectbox(proto.label, options, key=key)


def _button(element: Element, key: str) -> Shown:
    return lambda at: at.button(element.button.label, key=key)


def _text_input(element: Element, key: str) -> Shown:
    return lambda at: at.text_input(element.text_input.label, key=key)


def _buttons(element: Element, key: str) -> Shown:
    proto = element.button_group
    options = [option.content for option in proto.options]
    return lambda at: at.segmented_control(proto.label or key, options, key=key)


_HEAVY: dict[str, Callable[[Element, str], Shown]] = {
    "dataframe": _dataframe,
    "vega_lite_chart": _chart,
    "deck_gl_json_chart": _map,
}
_WIDGETS: dict[str, Callable[[Element, str], Shown]] = {
    "multiselect": _multiselect,
    "selectbox": _selectbox,
    "button": _button,
    "text_input": _text_input,
    "button_group": _buttons,
}

if __name__ == "__main__" and RECORDED in os.environ:
    show(recorded(Path(os.environ[RECORDED]) / f"{st.query_params['page']}.messages"))
