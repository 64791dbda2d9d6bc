"""Steps: small forms that send one decision, keep what was typed when refused, and say why.

On a page that begins and ends with `begin` and `end`, what is typed comes back by itself.
"""

import json
from collections.abc import Callable, Iterable, Sequence

import streamlit as st

from ctai.domain.faults import Fault, Refused
from ctai.domain.roles import Viewer
from ctai.ui import half_typed, labels, ladder_labels, notices, placed, store
from ctai.ui.language import current, t
from ctai.ui.store import forms as reads
from ctai.ui.writes import forms as writes

_FAULTS = "{}:faults"
_SHOWN = "steps_shown"
_FIELDS = "steps_fields"
"""Where a run notes the fields that a page shows."""
_TEXTS = "steps_texts"
"""Where a visit notes which fields hold what somebody wrote in their own words."""
_SEEDS = "steps_seeds"
"""Where a visit keeps what fields were filled with: that was not typed."""
_KEPT = "steps_kept:{}"
"""Where a visit keeps what it last stored of a page."""


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


def begin(viewer: Viewer, page: str) -> None:
    """Begin a page of forms; once a visit, what its author had typed into them stands there."""
    st.session_state[_SHOWN], st.session_state[_FIELDS] = [], []
    if _KEPT.format(page) in st.session_state:
        return
    found = reads.kept(viewer, page)
    st.session_state[_KEPT.format(page)] = found[0] if found else _written({})
    if found:
        for name, value in json.loads(found[0]).items():
            st.session_state.setdefault(name, value)
        st.caption(t("You see what you had typed until {moment}.", moment=labels.moment(found[1])))


def end(viewer: Viewer, page: str) -> None:
    """End a page of forms: keep what stands in them, and say why one was refused that is no longer
    there, for what it was for was decided meanwhile."""
    shown = {_FAULTS.format(form) for form in st.session_state.get(_SHOWN, ())}
    refused = [str(n) for n in st.session_state if str(n).endswith(_FAULTS.format(""))]
    for name in refused:
        if name not in shown:
            notices.refused(ladder_labels.worded(fault) for fault in st.session_state.pop(name))
            _give_back(name.removesuffix(_FAULTS.format("")))
    _keep(viewer, page, st.session_state.pop(_FIELDS, ()))


def _give_back(form: str) -> None:
    """Show what somebody had written in a form that is gone, so that they can take it elsewhere."""
    names = [n for n in st.session_state.get(_TEXTS, ()) if n.startswith(f"{form}:")]
    texts = [text for n in names if (text := str(st.session_state.get(n) or "").strip())]
    if texts:
        half_typed.give_back("\n\n".join(texts))


def _keep(viewer: Viewer, page: str, fields: Iterable[str]) -> None:
    """Keep what was typed on a page, if it changed; not while looking back, nor what was seeded."""
    if store.asked_day():
        return
    seeds, kept = st.session_state.get(_SEEDS, {}), _KEPT.format(page)
    typed_in = {
        name: value
        for name in fields
        if (value := st.session_state.get(name)) and value != seeds.get(name)
    }
    content = _written(typed_in)
    if content == st.session_state.get(kept):
        return
    if typed_in:
        writes.keep(viewer, page, content)
    else:
        writes.forget(viewer, page)
    st.session_state[kept] = content


def _written(values: dict[str, object]) -> str:
    return json.dumps(values, sort_keys=True, ensure_ascii=False)


def noted(name: str, codes: Sequence[str] | None = None) -> str:
    """Note a field by its name as one to keep; a code that is no longer to choose is forgotten."""
    if _FIELDS in st.session_state:
        st.session_state[_FIELDS] = [*st.session_state[_FIELDS], name]
    if codes is not None and st.session_state.get(name) not in (None, *codes):
        st.session_state[name] = None
    return name


def _seeded(name: str, value: object) -> None:
    st.session_state[name] = value
    st.session_state[_SEEDS] = {**st.session_state.get(_SEEDS, {}), name: value}


def _own_words(form: str, field: str) -> str:
    name = noted(key(form, field))
    st.session_state[_TEXTS] = {**st.session_state.get(_TEXTS, {}), name: True}
    return name


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
    name = _own_words(form, field)
    if seed and name not in st.session_state:
        _seeded(name, seed)
    st.text_area(label, key=name, placeholder=hint, height=80, persist_state="session")


def line(form: str, field: str, label: str, hint: str = "") -> None:
    """Show a field for one line of text."""
    st.text_input(label, key=_own_words(form, field), placeholder=hint, persist_state="session")


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
    name = noted(key(form, f"{field}_{current()}"), codes)
    if seed is not None and name not in st.session_state:
        _seeded(name, seed)
    st.radio(
        label,
        list(codes),
        index=None,
        format_func=label_of,
        key=name,
        horizontal=True,
        persist_state="session",
    )


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
    name = noted(key(form, field))
    if name in st.session_state:
        placed.put(name, [code for code in st.session_state[name] if code in codes])
    elif seed:
        _seeded(name, list(seed))
    st.multiselect(
        label,
        codes,
        format_func=label_of,
        key=name,
        placeholder="",
        select_all=False,
        persist_state="session",
    )
