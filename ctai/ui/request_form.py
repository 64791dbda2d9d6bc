"""The form of a request: who asks whom for what, area by area; it keeps itself while one types."""

from dataclasses import replace

import streamlit as st

from ctai.domain.activities import Status
from ctai.domain.faults import Refused
from ctai.domain.requests import RequestDraft, RequestItem
from ctai.domain.roles import Action, Role, Viewer, Visibility
from ctai.domain.strategy import by_code
from ctai.ui import (
    again,
    filters,
    form_fields,
    grids,
    half_typed,
    labels,
    notices,
    presses,
    record_labels,
    record_links,
    store,
)
from ctai.ui.half_typed import typed
from ctai.ui.language import current, t
from ctai.ui.store import requests as reads
from ctai.ui.writes import requests as writes

EMPTY = RequestDraft("", "", "", None, "", "", visibility=Visibility.UN_SYSTEM)
ITEM_COLUMNS = ("measure", "what")


def form_of(number: int | None) -> str:
    """Name the form of a request."""
    return "request:new" if number is None else f"request:{number}"


def show(viewer: Viewer, number: int | None) -> None:
    """Show the form of a new request, or of one to amend; once it is sent, go to it."""
    form = again.form(form_of(number))
    base = replace(EMPTY, language=current()) if number is None else reads.request(viewer, number)
    base = again.draft(viewer, base, number)
    if base is None:
        st.error(t("There is no such request, or it is not open to you."))
        return
    if number is not None and not viewer.may_touch(
        Action.AMEND, frozenset({base.country}), frozenset({base.addressed_to})
    ):
        st.warning(t("This record is not yours to change. You can read it."))
        return
    version = None if number is None else reads.request_version(viewer, number)
    values = _values(viewer, base, version)
    half_typed.begin(viewer, form, values)
    _asking(viewer, form)
    _areas(form)
    _rest(form)
    half_typed.keep(viewer, form, list(values))
    with st.container(horizontal=True):
        sent = presses.button(t("Save"), f"save {form}", icon=":material/save:", type="primary")
        form_fields.give_up(viewer, form)
    if sent:
        _try(viewer, form, number, base)


def _values(viewer: Viewer, draft: RequestDraft, version: int | None) -> dict[str, object]:
    """Give what the fields begin with: the record's values, or the author's own country."""
    desk = sorted(viewer.countries)[:1] if viewer.role is Role.DESK_OFFICER else []
    own = viewer.entity if viewer.role is Role.FOCAL_POINT else None
    rows = [
        {"measure": item.measure, "what": item.what, grids.NUMBER: item.item_id}
        for item in draft.items
    ]
    return {
        "version": version,
        "what": draft.what,
        "language": draft.language,
        "country": draft.country or next(iter(desk), None),
        "authority": draft.authority,
        "contact_office": draft.contact_office,
        "requested_on": draft.requested_on or "",
        "addressed_to": draft.addressed_to or own,
        "items": grids.rows_from(ITEM_COLUMNS, rows),
        "reasons": draft.reasons,
        "national_strategy": draft.national_strategy,
        "status": draft.status.value,
        "answered_on": draft.answered_on or "",
        "visibility": draft.visibility.value,
        "sources": "\n".join(source.url for source in draft.sources),
        "note": draft.note,
    }


def _asking(viewer: Viewer, form: str) -> None:
    form_fields.titled(
        form, "what", record_labels.field("what"), t("What the State asks for, in one line")
    )
    left, middle, right = st.columns(3)
    with left:
        form_fields.one(
            form, "country", t("Country"), filters.country_codes(viewer), labels.country
        )
        form_fields.day(form, "requested_on", record_labels.field("requested_on"))
    with middle:
        form_fields.line(form, "authority", record_labels.field("authority"))
        form_fields.line(form, "contact_office", record_labels.field("contact_office"))
    with right:
        form_fields.one(
            form,
            "addressed_to",
            record_labels.field("addressed_to"),
            list(store.entities(viewer)),
            labels.entity,
        )
        levels = [level.value for level in Visibility]
        form_fields.one(
            form, "visibility", t("Who may see it"), levels, labels.visibility, optional=False
        )


def _areas(form: str) -> None:
    st.markdown(f"**{record_labels.field('items')}**")
    st.caption(t("One row an area; each can become a need. The first names the main measure."))
    grids.edit(
        form,
        "items",
        [
            grids.Column("measure", t("Measure"), list(by_code()), labels.measure, 330),
            grids.Column("what", record_labels.field("what")),
        ],
        alt=record_labels.field("items"),
    )


def _rest(form: str) -> None:
    left, right = st.columns(2)
    with left:
        form_fields.area(form, "reasons", record_labels.field("reasons"), t("Why, and why now"))
        form_fields.sources(form)
    with right:
        form_fields.area(
            form,
            "national_strategy",
            record_labels.field("national_strategy"),
            t("The strategy that the request serves: its title or its address"),
        )
        form_fields.area(form, "note", t("Note"))
    left, right, _ = st.columns(3)
    with left:
        codes = [status.value for status in Status]
        form_fields.one(form, "status", t("Status"), codes, labels.status, optional=False)
    with right:
        form_fields.day(form, "answered_on", record_labels.field("answered_on"))


def written(form: str, base: RequestDraft) -> RequestDraft:
    """Read the form's fields as a draft."""
    items = tuple(
        RequestItem(row["measure"], row["what"], grids.number_in(row))
        for row in grids.texts(form, "items")
    )
    measures = [item.measure for item in items if item.measure]
    kept = base.measure if not measures or base.measure in measures else ""
    return replace(
        base,
        what=typed(form, "what"),
        language=typed(form, "language") or None,
        country=typed(form, "country"),
        authority=typed(form, "authority"),
        contact_office=typed(form, "contact_office"),
        requested_on=typed(form, "requested_on") or None,
        addressed_to=typed(form, "addressed_to"),
        measure=kept or next(iter(measures), ""),
        items=items,
        reasons=typed(form, "reasons"),
        national_strategy=typed(form, "national_strategy"),
        status=Status(typed(form, "status") or Status.UNKNOWN),
        answered_on=typed(form, "answered_on") or None,
        visibility=Visibility(typed(form, "visibility") or Visibility.UN_SYSTEM),
        sources=form_fields.sources_in(form, base.sources),
        note=typed(form, "note"),
    )


def _try(viewer: Viewer, form: str, number: int | None, base: RequestDraft) -> None:
    """Save, or say every reason why not; what was typed stays."""
    try:
        version = form_fields.version(form)
        stored = writes.save(viewer, written(form, base), number, version, again.number())
    except Refused as refusal:
        notices.refused(refusal.faults)
        if number is not None:
            # Told once, the author may save over the newer version that they now see.
            newest = reads.request_version(viewer, number)
            st.session_state[half_typed.key(form, "version")] = newest
        return
    half_typed.end(viewer, form)
    record_links.follow(stored, "request", "request")
