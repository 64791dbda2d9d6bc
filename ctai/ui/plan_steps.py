"""The steps of a plan's life: that it was agreed, and how far its items are."""

import streamlit as st

from ctai.domain.faults import Refused
from ctai.domain.plans import ItemState, PlanState
from ctai.domain.progress import Item, Version, Word
from ctai.domain.roles import Viewer, Visibility
from ctai.ui import half_typed, labels, notices, plan, plan_labels, store
from ctai.ui.language import t
from ctai.ui.writes import plans as writes

AGREEMENT = ["agreed_on", "agreed_with", "visibility"]
PROGRESS = ["what", "state", "seen_on", "note"]


def agreement(viewer: Viewer, version: Version, *, is_unsaved: bool) -> None:
    """Let it be recorded that a draft was agreed with the Member State."""
    form = f"agree:{version.plan_id}"
    with st.expander(t("Record that it was agreed"), icon=":material/handshake:"):
        half_typed.begin(
            viewer,
            form,
            {
                "agreed_on": store.today().isoformat(),
                "agreed_with": "",
                "visibility": version.visibility.value,
            },
        )
        st.caption(
            t(
                "An agreed version is never changed again; the one before it is superseded. "
                "The State sees it unless it is restricted, donors where it is public."
            )
        )
        day, partner, level = st.columns([1, 2, 1])
        with day:
            _line(form, "agreed_on", t("Agreed on"), t("2017, 2017-08 or 2017-08-28"))
        with partner:
            _line(form, "agreed_with", t("Agreed with"), t("The authority or office of the State"))
        with level:
            st.selectbox(
                t("Who may see it"),
                list(Visibility),
                format_func=labels.visibility,
                key=half_typed.key(form, "visibility"),
                placeholder="",
                persist_state="session",
            )
        if half_typed.typed(form, "agreed_with"):
            half_typed.keep(viewer, form, AGREEMENT)
        if is_unsaved:
            st.caption(t("Save your changes first: what is agreed is what is stored."))
        if st.button(
            t("Freeze as agreed"),
            icon=":material/lock:",
            key=f"plan_agree_{version.plan_id}",
            disabled=is_unsaved,
        ):
            _agree(viewer, form, version)


def _line(form: str, name: str, label: str, placeholder: str) -> None:
    st.text_input(
        label,
        key=half_typed.key(form, name),
        placeholder=placeholder,
        persist_state="session",
    )


def _agree(viewer: Viewer, form: str, version: Version) -> None:
    try:
        writes.agree(
            viewer,
            version.plan_id,
            version.version,
            half_typed.typed(form, "agreed_on"),
            half_typed.typed(form, "agreed_with"),
            Visibility(half_typed.typed(form, "visibility")),
        )
    except Refused as refusal:
        plan_labels.refused(refusal.faults)
        return
    half_typed.end(viewer, form)
    notices.later(t("Version {n} is agreed.", n=labels.number(version.number)))
    st.rerun()


def progress(viewer: Viewer, version: Version, items: tuple[Item, ...]) -> None:
    """Let it be recorded how far an item of the agreed version is, or one of its milestones."""
    if version.state is not PlanState.AGREED or not plan.may_plan(viewer, version.iso3):
        return
    names = _names(items)
    if not names:
        return
    form = f"progress:{version.plan_id}"
    with st.expander(t("Record progress"), icon=":material/flag:"):
        half_typed.begin(
            viewer,
            form,
            {
                "what": next(iter(names)),
                "state": ItemState.ONGOING.value,
                "seen_on": store.today().isoformat(),
                "note": "",
            },
        )
        if st.session_state[half_typed.key(form, "what")] not in names:
            st.session_state[half_typed.key(form, "what")] = next(iter(names))
        _progress_fields(form, names)
        if half_typed.typed(form, "note"):
            half_typed.keep(viewer, form, PROGRESS)
        if st.button(
            t("Save"), type="primary", icon=":material/save:", key=f"progress_{version.plan_id}"
        ):
            _record(viewer, form, items)


def _progress_fields(form: str, names: dict[str, str]) -> None:
    what, state, day = st.columns([3, 1, 1])
    with what:
        st.selectbox(
            t("Item or milestone"),
            list(names),
            format_func=lambda code: names.get(code, code),
            key=half_typed.key(form, "what"),
            placeholder="",
            persist_state="session",
        )
    with state:
        st.selectbox(
            t("State"),
            list(ItemState),
            format_func=plan_labels.item_state,
            key=half_typed.key(form, "state"),
            placeholder="",
            persist_state="session",
        )
    with day:
        _line(form, "seen_on", t("Seen on"), t("2017, 2017-08 or 2017-08-28"))
    _line(form, "note", t("Note"), t("What was seen; why it was dropped or taken up again"))


def _names(items: tuple[Item, ...]) -> dict[str, str]:
    """Name each item and, after it, its milestones; the codes are their numbers."""
    names: dict[str, str] = {}
    for one in items:
        names[f"{one.number}"] = plan_labels.item(one)
        for step in one.milestones:
            what = plan_labels.milestone(step)
            names[f"{one.number}.{step.number}"] = labels.led(f"{one.need.code} · {what}")
    return names


def _record(viewer: Viewer, form: str, items: tuple[Item, ...]) -> None:
    number, _, step = half_typed.typed(form, "what").partition(".")
    item = next(one for one in items if str(one.number) == number)
    told = None if item.newest is None else item.newest.number
    if step:
        newest = next(one.newest for one in item.milestones if str(one.number) == step)
        told = None if newest is None else newest.number
    word = Word(
        ItemState(half_typed.typed(form, "state")),
        half_typed.typed(form, "seen_on"),
        half_typed.typed(form, "note"),
    )
    try:
        writes.record(viewer, item.number, int(step) if step else None, told, word)
    except Refused as refusal:
        plan_labels.refused(refusal.faults)
        return
    half_typed.end(viewer, form)
    notices.later(t("Saved."))
    st.rerun()
