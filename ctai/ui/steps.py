"""Steps: small forms that send one decision, keep what was typed when refused, and say why."""

from collections.abc import Callable, Sequence

import streamlit as st

from ctai.domain.faults import Fault, Refused
from ctai.ui import ladder_labels, notices
from ctai.ui.language import current, t

_FAULTS = "{}:faults"
_SHOWN = "steps_shown"


def key(form: str, field: str) -> str:
    """Name a form's field in the visit's memory."""
    return f"{form}:{field}"


def typed(form: str, field: str) -> str:
    """Give what stands in a field of text, without outer spaces."""
    return str(st.session_state.get(key(form, field)) or "").strip()


def picked(form: str, field: str) -> list[str]:
    """Give the codes chosen in a field of several."""
    return list(st.session_state.get(key(form, field)) or [])


def send(form: str, label: str, write: Callable[[], None], told: str) -> None:
    """Show why a form was refused, and the button that sends it; `told` is said once it is done."""
    st.session_state[_SHOWN] = [*st.session_state.get(_SHOWN, ()), form]
    faults: Sequence[Fault] = st.session_state.get(_FAULTS.format(form), ())
    if faults:
        notices.refused(ladder_labels.worded(fault) for fault in faults)
    st.button(
        label,
        type="primary",
        key=key(form, "send"),
        on_click=_attempt,
        args=(form, write, told),
    )


def begin() -> None:
    """Begin a page of forms."""
    st.session_state[_SHOWN] = []


def end() -> None:
    """Say why a form was refused that is no longer there: what it was for was decided meanwhile."""
    shown = {_FAULTS.format(form) for form in st.session_state.get(_SHOWN, ())}
    refused = [str(n) for n in st.session_state if str(n).endswith(_FAULTS.format(""))]
    for name in refused:
        if name not in shown:
            notices.refused(ladder_labels.worded(fault) for fault in st.session_state.pop(name))


def _attempt(form: str, write: Callable[[], None], told: str) -> None:
    try:
        write()
    except Refused as refusal:
        st.session_state[_FAULTS.format(form)] = refusal.faults
        return
    for name in [str(n) for n in st.session_state if str(n).startswith(f"{form}:")]:
        del st.session_state[name]
    notices.later(told)


def words(form: str, field: str, label: str, seed: str = "", hint: str = "") -> None:
    """Show a field for some lines of text."""
    if seed and key(form, field) not in st.session_state:
        st.session_state[key(form, field)] = seed
    st.text_area(label, key=key(form, field), placeholder=hint, height=80, persist_state="session")


def line(form: str, field: str, label: str, hint: str = "") -> None:
    """Show a field for one line of text."""
    st.text_input(label, key=key(form, field), placeholder=hint, persist_state="session")


def role(form: str) -> None:
    """Ask in which role somebody answers; without it no answer is stored."""
    line(form, "role", t("In which role do you answer?"), t("Such as Head of Section"))


def one_of(
    form: str,
    field: str,
    label: str,
    codes: Sequence[str],
    label_of: Callable[[str], str],
    seed: str | None = None,
) -> None:
    """Let one of a few codes be chosen; nothing is chosen beforehand unless `seed` proposes it.

    The language is part of the name: a widget keeps its labels as long as its name.
    """
    name = key(form, f"{field}_{current()}")
    if seed is not None and name not in st.session_state:
        st.session_state[name] = seed
    st.radio(label, list(codes), index=None, format_func=label_of, key=name, horizontal=True)


def chosen(form: str, field: str) -> str | None:
    """Give the code chosen of a few; None where none is."""
    found = st.session_state.get(key(form, f"{field}_{current()}"))
    return str(found) if found else None


def several(
    form: str,
    field: str,
    label: str,
    codes: Sequence[str],
    label_of: Callable[[str], str],
    seed: Sequence[str] = (),
) -> None:
    """Let several codes be chosen."""
    name = key(form, field)
    if name in st.session_state:
        st.session_state[name] = [code for code in st.session_state[name] if code in codes]
    elif seed:
        st.session_state[name] = list(seed)
    st.multiselect(
        label,
        codes,
        format_func=label_of,
        key=name,
        placeholder="",
        select_all=False,
        persist_state="session",
    )
