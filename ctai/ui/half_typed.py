"""Half-typed forms: what stands in a form's fields is kept on each run and comes back by itself.

A form is not `st.form`, which leaves what is typed in the browser until it is sent. Its fields'
keys begin with the form's name and a colon: `half_typed.key("funding:new", "title")`.
"""

import json

import streamlit as st

from ctai.domain.roles import Viewer
from ctai.ui import labels, store
from ctai.ui.language import t
from ctai.ui.store import forms as reads
from ctai.ui.writes import forms as writes

_OPEN = "half_typed:{}"
"""Where a visit keeps what it last stored of a form."""
_FIRST = "half_typed_first:{}"
"""Where a visit keeps what a form was filled with where nothing had been typed yet."""


def key(form: str, field: str) -> str:
    """Name a form's field in the visit's memory."""
    return f"{form}:{field}"


def typed(form: str, field: str) -> str:
    """Give what stands in a field of text, without outer spaces."""
    return str(st.session_state.get(key(form, field)) or "").strip()


def begin(viewer: Viewer, form: str, values: dict[str, object]) -> None:
    """Fill a form's fields once a visit: with what its author had typed, else with `values`.

    Values are texts, truths, lists of texts, or lists of rows of these.
    """
    if _OPEN.format(form) in st.session_state:
        return
    found = reads.kept(viewer, form)
    kept: dict[str, object] = json.loads(found[0]) if found else {}
    start = {**values, **kept}
    for field, value in start.items():
        st.session_state[key(form, field)] = value
    # As if it had been stored: a form that is only looked at leaves nothing behind.
    st.session_state[_OPEN.format(form)] = _written(start)
    st.session_state[_FIRST.format(form)] = "" if found else _written(values)
    if found:
        st.caption(t("You see what you had typed until {moment}.", moment=labels.moment(found[1])))


def keep(viewer: Viewer, form: str, fields: list[str]) -> None:
    """Keep what stands in a form's fields now, if it changed since the last run.

    What is too much to be kept stays in the visit, and each run says so.
    Not while looking back: nothing is written then.
    """
    if store.asked_day():
        return
    values = {field: st.session_state.get(key(form, field)) for field in fields}
    content = _written(values)
    if content != st.session_state.get(_OPEN.format(form)) and writes.keep(viewer, form, content):
        st.session_state[_OPEN.format(form)] = content


def _written(values: dict[str, object]) -> str:
    return json.dumps(values, sort_keys=True, ensure_ascii=False)


def end(viewer: Viewer, form: str) -> None:
    """Forget a form that was sent or given up; the next one begins anew."""
    writes.forget(viewer, form)
    for name in [str(n) for n in st.session_state]:
        if name.startswith(f"{form}:") or name in (_OPEN.format(form), _FIRST.format(form)):
            del st.session_state[name]


def give_back(text: str) -> None:
    """Show what somebody had written in a form that is gone, so that they can take it elsewhere."""
    st.caption(t("What you had written:"))
    st.code(text, language=None, wrap_lines=True)


def is_untouched(form: str, fields: list[str]) -> bool:
    """Tell whether a form of this visit holds what it was filled with, and nothing typed."""
    now = _written({field: st.session_state.get(key(form, field)) for field in fields})
    return st.session_state.get(_FIRST.format(form)) == now
