"""Reading the screen as AppTest holds it: all of it, its numbers, and what a click sends."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pandas as pd
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest

from ctai.i18n import translate

READ = ("en", "fr", "ar")
"""Languages in which a page's own sentences are read: both directions, and one more plural. Every
page opens in all of them in test_pages_open.py."""


def everything(at: AppTest) -> str:
    """Give all that the browser was sent, also inside tables, charts and maps."""
    pieces = []
    for node in at._tree:
        proto = getattr(node, "proto", None)
        if proto is not None:
            pieces.append(proto.SerializeToString().decode("utf-8", "ignore"))
            pieces.append(str(proto))
        if node.type == "dataframe":
            pieces.append(node.value.to_csv())  # type: ignore[union-attr]  # only tables have a value with to_csv
    return "\n".join([*pieces, json.dumps(dict(at.query_params))])


def table(at: AppTest, alt: str) -> pd.DataFrame:
    """Give the table with this alternative text, in English; empty where it says that none fits."""
    found = [frame for frame in (*at.dataframe, *at.table) if frame.proto.alt == alt]
    return found[0].value if found else pd.DataFrame()


def links(at: AppTest) -> Iterator[tuple[str, str]]:
    """Give every link inside the app: the page's stem, and the parameters."""
    for link in at.page_link:
        yield link.proto.page, link.proto.query_string


def figure(at: AppTest, label: str) -> str:
    """Give the value of a figure by its English label."""
    return next(metric.value for metric in at.metric if metric.label == label)


def said(at: AppTest, message: str, **places: object) -> bool:
    """Tell whether a sentence stands somewhere on the page, in English."""
    wanted = translate("en", message, **places)
    return any(wanted in str(getattr(node, "value", "")) for node in at._tree)


def reasons(at: AppTest) -> list[str]:
    """List the reasons of a refusal."""
    return [
        line.removeprefix("- ")
        for error in at.error
        for line in error.value.splitlines()
        if line.startswith("- ")
    ]


def element(at: AppTest, kind: str, key: str = "") -> Any:
    """Give the one element of a kind that AppTest has no class for, by how its key begins."""
    keyed = (node for node in at._tree if node.type == kind)
    (found,) = (node for node in keyed if str(getattr(node, "key", "")).startswith(key))
    return found


def sent(at: AppTest, target: Any, value: object) -> AppTest:
    """Run the page with a value that a browser sent for an element, whatever it may be."""
    states = at._tree.get_widget_states()
    kept = [state for state in states.widgets if state.id != target.proto.id]
    if isinstance(value, list):
        state = WidgetState(id=target.proto.id)
        state.string_array_value.data[:] = value
    else:
        text = value if isinstance(value, str) else json.dumps(value)
        state = WidgetState(id=target.proto.id, string_value=text)
    del states.widgets[:]
    states.widgets.extend([*kept, state])
    return at._run(states)


def picked(at: AppTest, target: Any, **point: str) -> AppTest:
    """Click a mark of a chart with these fields."""
    selection = "cell" if target.type == "vega_lite_chart" else ""
    return sent(at, target, {"selection": {selection: [point]}})


def row_picked(at: AppTest, target: Any, row: int) -> AppTest:
    """Tick a row of a table."""
    return sent(at, target, {"selection": {"rows": [row], "columns": [], "cells": []}})


LETTERS = {"ar": "\u0600-\u06ff", "zh": "\u4e00-\u9fff", "ru": "\u0400-\u04ff"}
"""The letters of languages that are not written in Latin ones."""


def untold(at: AppTest, lang: str) -> list[str]:
    """List pictures and tables whose text for those who can't see them lacks, or is in English."""
    pictures = [node for node in at._tree if hasattr(getattr(node, "proto", None), "alt")]
    told = [(str(node.type), str(node.proto.alt)) for node in pictures]
    letter = re.compile(f"[{LETTERS.get(lang, 'A-Za-z')}]")
    return [
        f"{kind}: {text}"
        for kind, text in told
        if not letter.search(text) or (lang != "en" and translate(lang, text) != text)
    ]
