"""Rules for what people see: every word goes through t(), every picture has words beside it."""

import ast
import inspect
import io
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import streamlit as st

from tests.architecture.sources import Source, calls, dotted, imported

COMMANDS = {
    name: tuple(inspect.signature(getattr(st, name)).parameters)
    for name in dir(st)
    if name.islower() and not name.startswith("_") and inspect.isroutine(getattr(st, name))
}
# `rows.map(…)` may be a chart or a table's own method: these names count only behind `st.`.
AMBIGUOUS = frozenset(
    name
    for kind in (str, list, dict, set, pd.DataFrame, pd.Series, logging.Logger, io.StringIO, Path)
    for name in dir(kind)
)
# Not words but code, markup or data.
NOT_WORDS = frozenset({"code", "echo", "html", "json", "latex", "mermaid_chart"})
FIRST_IS_WORDS = frozenset(
    {"args", "body", "label", "page_title", "placeholder", "tabs", "text", "title"}
)
SPEAKS = {
    name
    for name, parameters in COMMANDS.items()
    if parameters and parameters[0] in FIRST_IS_WORDS and name not in NOT_WORDS
}
NEEDS_WORDS_BESIDE = {name for name, parameters in COMMANDS.items() if "alt" in parameters}
WORD_KEYWORDS = frozenset(
    {
        "alt", "body", "caption", "description", "heading", "help", "label", "page_title",
        "placeholder", "text", "title", "tooltip",
    }
)  # fmt: skip
TRANSLATES = frozenset({"t", "tn"})
SHORT_CODE = re.compile(r":[\w/+-]+:")
NETWORK = re.compile(r"(?:https?|wss?|ftp)://|[\"'(]\s*//[a-z0-9]", re.IGNORECASE)


def commands(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Give every call of a Streamlit command, on `st` or on a container such as a column."""
    for name, call in calls(tree):
        receiver, _, command = name.rpartition(".")
        if command in COMMANDS and (
            receiver.split(".")[0] == "st"
            or (isinstance(call.func, ast.Attribute) and command not in AMBIGUOUS)
        ):
            yield command, call


def untranslated(source: Source) -> list[str]:
    """No word reaches the screen except through t() or tn()."""
    faults = []
    for command, call in commands(source.tree):
        if command in SPEAKS:
            shown = call.args if COMMANDS[command][0] == "args" else call.args[:1]
            faults += [
                f"{call.lineno}: {command} shows “{w}”" for arg in shown for w in _words(arg)
            ]
    for name, call in calls(source.tree):
        if "column_config." in name:
            faults += [
                f"{call.lineno}: {name} shows “{w}”" for a in call.args[:1] for w in _words(a)
            ]
        if name in TRANSLATES:
            continue  # t("{n} of {label}", label="x"): places, not parameters
        for keyword in call.keywords:
            if keyword.arg in WORD_KEYWORDS:
                faults += [
                    f"{call.lineno}: {keyword.arg}= shows “{w}”" for w in _words(keyword.value)
                ]
    return faults


def glued(source: Source) -> list[str]:
    """A sentence is translated whole: other languages put its parts in another order."""
    faults = []
    for node in ast.walk(source.tree):
        match node:
            case ast.BinOp(left=left, op=ast.Add() | ast.Mod(), right=right):
                if _is_translation(left) or _is_translation(right):
                    faults.append(f"{node.lineno}: glues a translation to something")
            case ast.Call(func=ast.Attribute(value=value, attr="format")):
                if _is_translation(value):
                    faults.append(f"{node.lineno}: formats a translation; name the places in t()")
            case ast.Call(args=[ast.JoinedStr() | ast.BinOp(), *_]):
                if _is_translation(node):
                    faults.append(f"{node.lineno}: translates a sentence made at run time")
    return faults


def without_alt(source: Source) -> list[str]:
    """A chart, map, table or picture carries words for who can't see it."""
    return [
        f"{call.lineno}: {command} has no alt="
        for command, call in commands(source.tree)
        if command in NEEDS_WORDS_BESIDE and "alt" not in {keyword.arg for keyword in call.keywords}
    ]


def unsafe_markup(source: Source) -> list[str]:
    """Text somebody typed never becomes markup."""
    return [
        f"{call.lineno}: {name} allows HTML"
        for name, call in calls(source.tree)
        if "unsafe_allow_html" in {keyword.arg for keyword in call.keywords}
    ]


def hidden_commands(source: Source) -> list[str]:
    """Commands are called as st.title(…), so that the other rules see them."""
    return [
        f"{line}: imports {name} by itself"
        for line, name in imported(source.tree)
        if name.startswith("streamlit.") and name.removeprefix("streamlit.") in {*COMMANDS, "*"}
    ]


def network_addresses(text: str) -> list[str]:
    """Nothing that the browser loads names another host."""
    return [
        f"{number}: {line.strip()}"
        for number, line in enumerate(text.splitlines(), start=1)
        if NETWORK.search(line)
    ]


def _is_translation(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and dotted(node.func).split(".")[-1] in TRANSLATES


def _words(node: ast.expr) -> Iterator[str]:
    """Give the literal words in an expression, not those inside a call such as t(…)."""
    match node:
        case ast.Constant(value=str(text)):
            if any(map(str.isalpha, SHORT_CODE.sub("", text))):
                yield text
        case ast.Call() | ast.Lambda() | ast.Compare() | ast.Subscript():
            return
        case ast.IfExp(body=body, orelse=orelse):
            yield from _words(body)
            yield from _words(orelse)
        case _:
            for part in ast.iter_child_nodes(node):
                if isinstance(part, ast.expr):
                    yield from _words(part)
