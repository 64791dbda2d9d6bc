"""Form fields that keep themselves: each belongs to a half-typed form and stays when one leaves."""

from collections.abc import Callable, Sequence

import streamlit as st

from ctai.domain.activities import SourceRef
from ctai.domain.roles import Viewer
from ctai.i18n import LANGUAGES
from ctai.ui import half_typed, record_labels
from ctai.ui.half_typed import key, typed
from ctai.ui.language import NAMES, t


def line(form: str, name: str, label: str, placeholder: str = "", hint: str = "") -> None:
    """Ask for one line."""
    st.text_input(
        label,
        key=key(form, name),
        placeholder=placeholder,
        help=hint or None,
        persist_state="session",
    )


def titled(form: str, name: str, label: str, placeholder: str = "") -> None:
    """Ask for the line by which people know a record, and for the language of its texts."""
    words, tongue = st.columns([5, 1])
    with words:
        line(form, name, label, placeholder)
    with tongue:
        one(form, "language", record_labels.field("written_in"), LANGUAGES, NAMES.__getitem__)


def day(form: str, name: str, label: str) -> None:
    """Ask for a date, as precisely as it is known."""
    line(form, name, label, t("2017, 2017-08 or 2017-08-28"))


def area(form: str, name: str, label: str, placeholder: str = "") -> None:
    """Ask for a longer text."""
    st.text_area(
        label,
        key=key(form, name),
        height=68,
        placeholder=placeholder,
        persist_state="session",
    )


def one(
    form: str,
    name: str,
    label: str,
    codes: Sequence[str],
    label_of: Callable[[str], str] = str,
    *,
    optional: bool = True,
    hint: str = "",
) -> None:
    """Ask for one of some codes; with `optional` it may stay empty."""
    st.selectbox(
        label,
        codes,
        index=None if optional else 0,
        format_func=label_of,
        key=key(form, name),
        placeholder="",
        help=hint or None,
        persist_state="session",
    )


def many(
    form: str, name: str, label: str, codes: Sequence[str], label_of: Callable[[str], str]
) -> None:
    """Ask for several codes."""
    st.multiselect(
        label,
        codes,
        format_func=label_of,
        key=key(form, name),
        placeholder="",
        select_all=False,
        persist_state="session",
    )


def sources(form: str) -> None:
    """Ask where a record was read."""
    area(form, "sources", t("Sources: one web address a line"))


def picked(form: str, name: str) -> tuple[str, ...]:
    """Give the codes chosen in a field."""
    return tuple(st.session_state.get(key(form, name)) or ())


def sources_in(form: str, known: tuple[SourceRef, ...]) -> tuple[SourceRef, ...]:
    """Read the addresses; one that was there before keeps all that is known of it."""
    kept = {source.url: source for source in known}
    urls = [one.strip() for one in typed(form, "sources").splitlines() if one.strip()]
    return tuple(kept.get(url, SourceRef(url)) for url in dict.fromkeys(urls))


def version(form: str) -> int | None:
    """Give the version of the record that a form was begun on; None for a new one."""
    found = st.session_state.get(key(form, "version"))
    return found if isinstance(found, int) else None


def give_up(viewer: Viewer, form: str) -> None:
    """Offer to forget what was typed."""
    st.button(
        t("Forget what I typed"),
        icon=":material/restart_alt:",
        type="tertiary",
        key=f"give_up {form}",
        on_click=half_typed.end,
        args=(viewer, form),
    )
