"""Widgets whose codes live in the URL: what is chosen can be shared, in any language."""

from collections.abc import Callable, Iterable, Sequence

import streamlit as st

from ctai.domain.faults import shown
from ctai.ui import language, placed
from ctai.ui.language import t


def chosen(name: str) -> tuple[str, ...]:
    """Give the codes of a URL parameter."""
    return tuple(part for part in st.query_params.get(name, "").split(",") if part)


def put(name: str, codes: Iterable[str]) -> None:
    """Write the codes of a URL parameter; without codes it goes."""
    text = ",".join(codes)
    if text:
        st.query_params[name] = text
    elif name in st.query_params:
        del st.query_params[name]


def _key(name: str) -> str:
    """Name a widget; with the language, since a widget keeps its labels as long as its name."""
    return f"choice_{name}_{language.current()}"


def _many_changed(name: str, key: str) -> None:
    put(name, st.session_state[key])


def many(label: str, name: str, codes: Sequence[str], label_of: Callable[[str], str]) -> None:
    """Let several codes be chosen; they stand in the URL, joined by commas."""
    key = _key(name)
    placed.put(key, [code for code in chosen(name) if code in codes])
    st.multiselect(
        label,
        codes,
        format_func=label_of,
        key=key,
        placeholder="",
        select_all=False,
        on_change=_many_changed,
        args=(name, key),
    )


def pills(label: str, name: str, codes: Sequence[str], label_of: Callable[[str], str]) -> None:
    """Let several of a few codes be switched on and off; they stand in the URL."""
    key = _key(name)
    placed.put(key, [code for code in chosen(name) if code in codes])
    st.pills(
        label,
        codes,
        selection_mode="multi",
        format_func=label_of,
        key=key,
        label_visibility="collapsed",
        on_change=_many_changed,
        args=(name, key),
    )


def _one_changed(name: str, key: str, default: str) -> None:
    picked = st.session_state[key]
    put(name, [picked] if picked and picked != default else [])


def one(
    label: str,
    name: str,
    codes: Sequence[str],
    label_of: Callable[[str], str],
    *,
    tabs: bool = False,
) -> str:
    """Let one code be chosen and give it; the first is taken where the URL says nothing else."""
    key = _key(name)
    asked = next((code for code in chosen(name) if code in codes), codes[0])
    if chosen(name) and asked not in chosen(name):
        st.warning(
            t(
                "The link asks for “{seen}”, which is unknown or not open to you. "
                "You see this instead: {shown}.",
                seen=shown(st.query_params[name]),
                shown=label_of(asked),
            )
        )
    st.session_state[key] = asked  # Always: a label may be new, such as a state in it.
    if tabs:
        st.segmented_control(
            label,
            codes,
            format_func=label_of,
            key=key,
            required=True,
            on_change=_one_changed,
            args=(name, key, codes[0]),
        )
    else:
        st.selectbox(
            label,
            codes,
            format_func=label_of,
            key=key,
            placeholder="",
            on_change=_one_changed,
            args=(name, key, codes[0]),
        )
    return asked


def _text_changed(name: str, key: str) -> None:
    put(name, [" ".join(st.session_state[key].replace(",", " ").split())])


def text(label: str, name: str, placeholder: str = "", icon: str | None = None) -> None:
    """Let some words be typed; they stand in the URL."""
    key = _key(name)
    placed.put(key, st.query_params.get(name, ""))
    st.text_input(
        label,
        key=key,
        placeholder=placeholder,
        icon=icon,
        on_change=_text_changed,
        args=(name, key),
    )


def number(name: str) -> int | None:
    """Give a whole number that the URL names, such as a record's; None without one."""
    asked = st.query_params.get(name, "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 18 else None
