"""The language of the screen: which one, every sentence in it, and the direction of the page."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from html import escape

import streamlit as st

from ctai.i18n import LANGUAGES, direction, mark, translate, translate_plural

NAMES = {
    "en": "English",
    "fr": "Français",
    "ar": "العربية",
    "zh": "中文",
    "ru": "Русский",
    "es": "Español",
}
"""Languages by their own names: whoever needs the switch may not read the present language."""
PARAMETER = "lang"


_settled: ContextVar[str | None] = ContextVar("language", default=None)


def current() -> str:
    """The language chosen in the URL or in this visit, else the browser's, else English."""
    return _settled.get() or _asked()


@contextmanager
def settled() -> Iterator[None]:
    """Hold the language for a run of the page, which asks for it thousands of times."""
    before = _settled.set(_asked())
    try:
        yield
    finally:
        _settled.reset(before)


def _asked() -> str:
    asked = st.query_params.get(PARAMETER, "")
    if asked in LANGUAGES:
        st.session_state[PARAMETER] = asked
    return str(st.session_state.get(PARAMETER) or _of_the_browser() or LANGUAGES[0])


def t(message: str, /, **places: object) -> str:
    """The sentence in the visitor's language, with its {places} filled."""
    return translate(current(), message, **places)


def tn(one: str, many: str, n: int, /, **places: object) -> str:
    """The form of the sentence that the number asks for."""
    return translate_plural(current(), one, many, n, **places)


CHOSEN = """
[data-variant="segmented_control"][data-selected="true"] p { color: light-dark(#00689D, #5BC4F0); }
"""
"""Streamlit writes what is chosen in its accent: a contrast of 3.4 on a dark ground."""


STREAMLITS = {
    "Skip to main content": mark("Skip to the content"),
    "Sidebar": mark("Pages of the system"),
    "Collapse sidebar": mark("Fold the menu away"),
    "Expand sidebar": mark("Open the menu"),
    "Main menu": mark("Settings of the display"),
    "Theme": mark("Colours"),
    "System": mark("As on this device"),
    "Light": mark("Light"),
    "Dark": mark("Dark"),
    "Rerun": mark("Load again"),
    "Print": mark("Print"),
    "Open": mark("Open the list"),
    "Close": mark("Close"),
    "Clear all": mark("Remove everything chosen"),
    "Clear value": mark("Clear the field"),
    "Selected values": mark("What is chosen"),
    "Show password": mark("Show the password"),
    "Hide password": mark("Hide the password"),
    "Increment": mark("One step more"),
    "Decrement": mark("One step less"),
    "Copy to clipboard": mark("Copy"),
    "Notifications": mark("Messages"),
    "Upload": mark("Choose a file"),
    "20MB per file • CSV": mark("CSV, at most 20 MB"),
    "Add row": mark("Add a row"),
    "Delete row(s)": mark("Delete the rows"),
    "Clear selection": mark("Clear the selection"),
    "Show/hide columns": mark("Show or hide columns"),
    "Search": mark("Search the table"),
    "Fullscreen": mark("Fill the screen"),
    "Close fullscreen": mark("Leave the full screen"),
}
"""Names that Streamlit gives to controls of its own, in English only, and ours for them."""


def use() -> None:
    """Tell the browser the page's language and direction; keep a chosen language in the URL."""
    lang = current()
    if PARAMETER in st.session_state and st.query_params.get(PARAMETER) != lang:
        st.query_params[PARAMETER] = lang
    words = json.dumps({name: t(ours) for name, ours in STREAMLITS.items()}, ensure_ascii=False)
    st.html(
        f'<script src="./app/static/lang.js" data-lang="{lang}" data-dir="{direction(lang)}"'
        f' data-words="{escape(words)}"></script><style>{CHOSEN}</style>',
        unsafe_allow_javascript=True,
    )


def switch() -> None:
    """Show the languages to choose from."""
    lang = current()
    st.segmented_control(
        t("Language"),
        LANGUAGES,
        default=lang,
        format_func=NAMES.__getitem__,
        # A new key per language: the widget would keep its own choice over that of a link.
        key=f"language_switch_{lang}",
        on_change=_choose,
        args=(f"language_switch_{lang}",),
        label_visibility="collapsed",
        required=True,
    )


def _choose(key: str) -> None:
    chosen = st.session_state[key]
    if chosen in LANGUAGES:
        st.session_state[PARAMETER] = chosen
        st.query_params[PARAMETER] = chosen


def _of_the_browser() -> str:
    code = (st.context.locale or "").split("-")[0].lower()
    return code if code in LANGUAGES else ""
