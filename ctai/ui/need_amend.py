"""The form that amends a need: what is lacking, for whom, by when, at what cost, and its sources.

What it rests on stays; its state is moved on its own page, step by step.
"""

from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ctai.domain.activities import Basis
from ctai.domain.evidence import EvidenceKind
from ctai.domain.faults import Fault, Refused
from ctai.domain.needs import NeedDraft
from ctai.domain.raised_needs import with_details
from ctai.domain.roles import Viewer, Visibility
from ctai.domain.strategy import by_code
from ctai.ui import (
    again,
    filters,
    form_fields,
    half_typed,
    headline,
    labels,
    notices,
    raised_needs,
    record_labels,
    record_links,
    review_labels,
)
from ctai.ui.half_typed import typed
from ctai.ui.language import t
from ctai.ui.store import need_drafts as reads
from ctai.ui.writes import requests as writes

EMPTY = NeedDraft(None, "", (), "", EvidenceKind.RECOMMENDATION, "", "", None)
_EVIDENCE = ("evidence_body", "evidence_title", "evidence_date", "evidence_ref")
"""What is said of a need's evidence where that is no record of its own."""


def show(viewer: Viewer, head: DeltaGenerator, number: int | None) -> None:
    """Show the form of a need, or of a change that is taken up again; once it is sent, go to it."""
    headline.page(head, t("What has changed?"), review_labels.when_it_counts(viewer))
    again.returned(viewer)
    stored = EMPTY if number is None else reads.need(viewer, number)
    base = again.draft(viewer, stored, number)
    if base is None:
        st.error(t("There is no such need, or it is not open to you."))
        return
    if number is not None and not reads.may_amend(viewer, base):
        st.warning(t("This record is not yours to change. You can read it."))
        return
    form = again.form(f"amended_need:{number}")
    values = _values(base, None if number is None else reads.version(viewer, number))
    half_typed.begin(viewer, form, values)
    _fields(viewer, form, base)
    half_typed.keep(viewer, form, list(values))
    with st.container(horizontal=True):
        sent = st.button(t("Save"), type="primary", icon=":material/save:", key=f"save {form}")
        form_fields.give_up(viewer, form)
    if sent:
        _try(viewer, form, number, base)


def _values(need: NeedDraft, version: int | None) -> dict[str, object]:
    """Give what the fields begin with: the need's values."""
    cost, rate = need.estimated_cost, need.cost_rate_usd
    return {
        "version": version,
        "title": need.title,
        "language": need.language,
        "for_whom": need.for_whom,
        "countries": list(need.countries),
        "severity": need.severity.value if need.severity else None,
        "wanted_by": need.wanted_by or "",
        "cost": "" if cost is None else f"{cost:f}",
        "currency": need.cost_currency,
        "rate": "" if rate is None else f"{rate:f}",
        "rate_date": need.cost_rate_date or "",
        "visibility": need.visibility.value,
        "measure": need.measure,
        **{name: getattr(need, name) or "" for name in _EVIDENCE},
        "sources": "\n".join(source.url for source in need.sources),
        "note": need.note,
    }


def _fields(viewer: Viewer, form: str, base: NeedDraft) -> None:
    rests_on = reads.evidence_of(viewer, base)
    if rests_on is None:
        countries = list(dict.fromkeys([*base.countries, *filters.country_codes(viewer)]))
        raised_needs.fields(form, countries, Visibility.PUBLIC)
    else:
        raised_needs.fields(form, rests_on.countries, rests_on.floor)
    form_fields.one(form, "measure", t("Measure"), list(by_code()), labels.measure, optional=False)
    if base.is_of_no_record:
        _evidence(form)
    left, right = st.columns(2)
    with left:
        form_fields.sources(form)
    with right:
        form_fields.area(form, "note", t("Note"))


def _evidence(form: str) -> None:
    """Ask what says that the need exists, where that is no request or assessment on record."""
    st.markdown(f"**{record_labels.field('evidence')}**")
    left, right = st.columns(2)
    with left:
        form_fields.line(form, "evidence_body", t("Body that found the need"))
        form_fields.day(form, "evidence_date", record_labels.field("evidence_date"))
    with right:
        form_fields.line(form, "evidence_title", t("Title of the document"))
        form_fields.line(form, "evidence_ref", t("Place in the document, or its number"))


def written(form: str, base: NeedDraft) -> tuple[NeedDraft, list[Fault]]:
    """Read the form's fields as a draft; what can't be read is a fault, and is left out."""
    details, faults = raised_needs.written(form)
    measure = typed(form, "measure")
    draft = replace(
        with_details(base, details),
        measure=measure,
        # What a person now says of it is confirmed.
        basis=base.basis if measure == base.measure else Basis.CONFIRMED,
        sources=form_fields.sources_in(form, base.sources),
    )
    if base.is_of_no_record:
        draft = replace(
            draft,
            evidence_body=typed(form, "evidence_body"),
            evidence_title=typed(form, "evidence_title"),
            evidence_date=typed(form, "evidence_date") or None,
            evidence_ref=typed(form, "evidence_ref"),
        )
    return draft, faults


def _try(viewer: Viewer, form: str, number: int | None, base: NeedDraft) -> None:
    """Save, or say every reason why not; what was typed stays."""
    draft, faults = written(form, base)
    if faults:
        notices.refused([*faults, *reads.amended_faults(viewer, draft)])
        return
    try:
        version = form_fields.version(form)
        stored = writes.save(viewer, draft, number, version, again.number())
    except Refused as refusal:
        notices.refused(refusal.faults)
        if number is not None:
            # Told once, the author may save over the newer version that they now see.
            st.session_state[half_typed.key(form, "version")] = reads.version(viewer, number)
        return
    half_typed.end(viewer, form)
    record_links.follow(stored, "need", "need")
