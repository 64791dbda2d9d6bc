"""The grid of a plan's draft: its items as rows, kept as they are typed, saved whole."""

import json
from typing import Any, cast

import pandas as pd
import streamlit as st

from ctai.domain.agreement import is_ready
from ctai.domain.faults import Fault, Refused
from ctai.domain.money import CURRENCIES
from ctai.domain.plans import PlanDraft, plan_faults
from ctai.domain.progress import Item, Version
from ctai.domain.roles import Viewer, Visibility
from ctai.i18n import direction
from ctai.ui import half_typed, labels, notices, plan, plan_labels, plan_rows, presses, store
from ctai.ui.language import current, t, tn
from ctai.ui.plan_rows import COLUMNS, Cells
from ctai.ui.store import plans
from ctai.ui.writes import plans as writes

FIELDS = ["title", "visibility", "note", "rows", "version", "base"]
TYPED = FIELDS[:4]
_FILLS = "plan_fills"


def draft(viewer: Viewer, version: Version, items: tuple[Item, ...]) -> bool:
    """Show a draft's form; give whether anything in it is not saved yet."""
    form = f"plan:{version.plan_id}"
    _fill(viewer, form, version, items)
    left, right = st.columns([3, 1])
    with left:
        st.text_input(
            t("Title of the plan"),
            key=half_typed.key(form, "title"),
            placeholder="",
            persist_state="session",
        )
    with right:
        st.selectbox(
            t("Who may see it"),
            list(Visibility),
            format_func=labels.visibility,
            key=half_typed.key(form, "visibility"),
            placeholder="",
            persist_state="session",
        )
    needs = _needs(viewer, version, items)
    _grid(viewer, form, needs)
    st.text_area(
        t("Note"),
        key=half_typed.key(form, "note"),
        height=68,
        placeholder="",
        persist_state="session",
    )
    is_changed = _values(form) != str(st.session_state[half_typed.key(form, "base")])
    if is_changed:
        half_typed.keep(viewer, form, FIELDS)
    _buttons(viewer, form, version, items, {one: n for one, (n, _) in needs.items()}, is_changed)
    return is_changed


def _fill(viewer: Viewer, form: str, version: Version, items: tuple[Item, ...]) -> None:
    """Fill the form from what is stored; anew where somebody stored more and nothing is typed."""
    stored = {
        "title": version.title,
        "visibility": version.visibility.value,
        "note": version.note,
        "rows": plan_rows.of_items(items),
    }
    base = json.dumps(stored, sort_keys=True, ensure_ascii=False)
    known = st.session_state.get(half_typed.key(form, "version"))
    if known not in (None, str(version.version)) and _values(form) == st.session_state.get(
        half_typed.key(form, "base")
    ):
        half_typed.end(viewer, form)
    half_typed.begin(viewer, form, {**stored, "version": str(version.version), "base": base})


def _values(form: str) -> str:
    values = {name: st.session_state.get(half_typed.key(form, name)) for name in TYPED}
    return json.dumps(values, sort_keys=True, ensure_ascii=False)


def _needs(viewer: Viewer, version: Version, items: tuple[Item, ...]) -> dict[str, tuple[int, str]]:
    """Give number and title of the needs that an item may answer, by code."""
    found = {one.code: (one.number, one.title) for one in plans.choices(viewer, version.iso3)}
    planned = {one.need.code: (one.need.number, one.need.title) for one in items}
    return {**planned, **found}


def _grid(viewer: Viewer, form: str, needs: dict[str, tuple[int, str]]) -> None:
    rows, frame = half_typed.key(form, "rows"), half_typed.key(form, "frame")
    mounted = half_typed.key(form, "mounted")
    if str(st.session_state.get(mounted)) not in st.session_state or frame not in st.session_state:
        # An editor counts its edits from the rows it began with: these stay while it is shown,
        # and other rows are another editor, or the browser would lay its old edits over them.
        st.session_state[_FILLS] = st.session_state.get(_FILLS, 0) + 1
        st.session_state[mounted] = half_typed.key(form, f"editor_{st.session_state[_FILLS]}")
        st.session_state[frame] = st.session_state[rows]
    shown = COLUMNS[1:]
    edited = st.data_editor(
        pd.DataFrame(st.session_state[frame], columns=list(COLUMNS), dtype=object),
        key=st.session_state[mounted],
        num_rows="dynamic",
        hide_index=True,
        column_order=shown if direction(current()) == "ltr" else shown[::-1],
        column_config=_columns(viewer, needs),
        alt=t("Items of the draft, to be edited"),
        placeholder="",
    )
    st.session_state[rows] = _cells(edited)


def _columns(viewer: Viewer, needs: dict[str, tuple[int, str]]) -> dict[str, Any]:
    def named(code: str | float) -> str:
        return labels.led(f"{code} · {needs[str(code)][1]}") if code in needs else str(code)

    date_help = t("2017, 2017-08 or 2017-08-28")
    config = st.column_config
    return {
        "need": config.SelectboxColumn(
            t("Need"), options=list(needs), format_func=named, width=170
        ),
        "action": config.TextColumn(t("Action"), width=200),
        "entity": config.SelectboxColumn(
            t("Entity"), options=list(store.entities(viewer)), width=80
        ),
        "starts": config.TextColumn(t("Start"), help=date_help, width=75),
        "ends": config.TextColumn(t("End"), help=date_help, width=75),
        "cost": config.TextColumn(t("Cost"), help=t("Empty where it is not known."), width=80),
        "currency": config.SelectboxColumn(t("Currency"), options=sorted(CURRENCIES), width=75),
        "rate_usd": config.TextColumn(
            t("Rate in US dollars"), help=t("US dollars for one unit of the currency."), width=90
        ),
        "rate_date": config.TextColumn(t("Rate of"), help=date_help, width=75),
        "milestones": config.TextColumn(
            t("Milestones"),
            help=t("Each with its date first, set apart by “;”: 2027-03 Course; 2027-06 Law"),
            width=230,
        ),
    }


def _cells(edited: pd.DataFrame) -> list[Cells]:
    rows = edited.astype(object).where(edited.notna(), None).to_dict("records")
    return [{name: row[name] and str(row[name]) for name in COLUMNS} for row in rows]


def _buttons(
    viewer: Viewer,
    form: str,
    version: Version,
    items: tuple[Item, ...],
    needs: dict[str, int],
    is_changed: bool,
) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        saved = presses.button(
            t("Save"), f"plan_save_{version.plan_id}", icon=":material/save:", type="primary"
        )
        built = presses.button(
            t("Build from open needs"),
            "plan_build",
            icon=":material/construction:",
            help=t("Adds an item for each unmet need that has none; saves first."),
        )
        if is_changed:
            st.button(
                t("Drop what I typed"),
                type="tertiary",
                icon=":material/undo:",
                key="plan_drop",
                on_click=half_typed.end,
                args=(viewer, form),
            )
            st.caption(t("Not saved yet; what you typed is kept."))
        _take_out(form, needs, items)
    if saved and _save(viewer, form, version, items, needs):
        notices.later(t("Saved."))
        st.rerun()
    if built and (not is_changed or _save(viewer, form, version, items, needs)):
        half_typed.end(viewer, form)
        plan.build(viewer, version.iso3)


def _take_out(form: str, needs: dict[str, int], items: tuple[Item, ...]) -> None:
    """Offer to leave out what can't be agreed yet: it waits for the next building of a plan."""
    rows = half_typed.key(form, "rows")
    typed = cast(list[Cells], st.session_state[rows])
    ready = [row for row in typed if any(map(is_ready, plan_rows.read([row], needs, items).items))]
    left_out = len(typed) - len(ready)
    if (
        ready
        and left_out
        and presses.button(
            tn(
                "Take out {n} item without entity or dates",
                "Take out {n} items without entity or dates",
                left_out,
            ),
            "plan_take_out",
            icon=":material/playlist_remove:",
            help=t(
                "Only items with action, entity and dates can be agreed. Save to take them out."
            ),
        )
    ):
        st.session_state[rows] = ready
        del st.session_state[half_typed.key(form, "frame")]
        st.rerun()


def _save(
    viewer: Viewer, form: str, version: Version, items: tuple[Item, ...], needs: dict[str, int]
) -> bool:
    """Store what stands in the form; or say every reason why not, and keep it."""
    typed = cast(list[Cells], st.session_state[half_typed.key(form, "rows")])
    found = plan_rows.read(typed, needs, items)
    written = PlanDraft(
        version.iso3,
        half_typed.typed(form, "title"),
        found.items,
        Visibility(half_typed.typed(form, "visibility")),
        half_typed.typed(form, "note"),
    )
    seen = half_typed.key(form, "version")
    faults: list[Fault] = [*found.faults]
    if faults:
        named = tuple(sorted({one.need_id for one in found.items if one.need_id is not None}))
        faults += plan_faults(written, plans.known(viewer, named), store.today())
    else:
        try:
            writes.save(viewer, version.plan_id, written, int(st.session_state[seen]))
        except Refused as refusal:
            faults += refusal.faults
    if not faults:
        half_typed.end(viewer, form)
        return True
    codes = {number: code for code, number in needs.items()}
    plan_labels.refused(faults, [codes.get(one.need_id or 0, "") for one in found.items])
    st.session_state[seen] = str(version.version)
    return False
