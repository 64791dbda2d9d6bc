"""One activity, whole: its facts, its sources, its history, and what its reader may do with it."""

from collections.abc import Iterator

import streamlit as st

from ctai.domain.activities import ActivityDraft, Basis, MeasureLink
from ctai.domain.faults import Refused
from ctai.domain.freshness import RUNNING, is_stale
from ctai.domain.kinds import RecordKind
from ctai.domain.roles import Action, Viewer
from ctai.i18n import numbers
from ctai.ui import (
    choice,
    facts,
    labels,
    notices,
    record_history,
    record_labels,
    store,
    waiting_changes,
    writes,
)
from ctai.ui.language import current, t
from ctai.ui.store import arrived


def show(viewer: Viewer, activity_id: int) -> None:
    """Show an activity that the URL names, with what the viewer may do."""
    draft = store.draft(viewer, activity_id)
    if draft is None:
        st.warning(t("There is no such activity, or it is not open to you."))
        return
    with st.container(border=True):
        _head(viewer, activity_id, draft)
        left, right = st.columns(2)
        with left:
            _facts(draft)
        with right:
            _strategy_and_money(draft)
        facts.sources(draft.sources)
        _history(viewer, activity_id)


def _words(draft: ActivityDraft) -> None:
    """Show title and description in the visitor's language, else in English, else in the first
    there is; the others beside them, each under its language.
    """
    shown = next(c for c in (current(), "en", *draft.texts) if c in draft.texts)
    for code, text in sorted(draft.texts.items(), key=lambda pair: pair[0] != shown):
        if code == shown:
            st.header(labels.titled(text.title, code), anchor=False)
        elif text.title:
            named = record_labels.field(f"title_{code}")
            st.markdown(f"**{named}**: {labels.plain(text.title)}")
        if text.description:
            st.markdown(labels.titled(text.description, code))


def _head(viewer: Viewer, activity_id: int, draft: ActivityDraft) -> None:
    _words(draft)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.badge(labels.status(draft.status), color="blue")
        st.badge(labels.visibility(draft.visibility), color="gray", icon=":material/visibility:")
        if draft.status in RUNNING and is_stale(draft.status_as_of, store.today()):
            st.badge(t("Stale: nobody has confirmed it in a year"), color="orange")
        is_held = waiting_changes.hold(viewer, RecordKind.ACTIVITY, activity_id)
        if not is_held and viewer.may_touch(Action.AMEND, draft.iso3s, draft.entities):
            st.page_link(
                "pages/enter.py",
                label=t("Amend"),
                icon=":material/edit:",
                query_params={**st.query_params.to_dict(), "activity": str(activity_id)},
            )
        if not is_held and viewer.may_touch(Action.CONFIRM, draft.iso3s, draft.entities):
            st.button(
                t("Still true today"),
                icon=":material/check:",
                on_click=_confirm,
                args=(viewer, activity_id),
                help=t("Confirms the status as of today, in your name."),
            )
        waiting_changes.show(viewer, RecordKind.ACTIVITY, activity_id)
        st.button(t("Close"), icon=":material/close:", type="tertiary", on_click=_close)


def _confirm(viewer: Viewer, activity_id: int) -> None:
    try:
        outcome = writes.confirm(viewer, activity_id)
    except Refused as refusal:
        notices.refused(refusal.faults)
        return
    if outcome.waits:
        notices.later(t("Sent for review: it counts once the desk officer accepts it."))
    else:
        notices.later(t("Confirmed as of today."))


def _close() -> None:
    choice.put("activity", [])


def _facts(draft: ActivityDraft) -> None:
    shares = {c.iso3: c.share_pct for c in draft.countries}
    facts.pairs(
        {
            t("Countries"): labels.joined(
                labels.country(iso3)
                if share is None
                else t("{country} ({share})", country=labels.country(iso3), share=f"{share:g} %")
                for iso3, share in shares.items()
            ),
            t("Entities"): labels.joined(
                t("{entity} ({role})", entity=p.entity, role=labels.organisation_role(p.role))
                for p in draft.participants
            ),
            t("Other organisations"): labels.joined(
                t(
                    "{entity} ({role})",
                    entity=labels.plain(one.name),
                    role=labels.organisation_role(one.role),
                )
                for one in draft.organisations
            ),
            t("Identifiers elsewhere"): labels.joined(
                labels.plain(one.value) for one in draft.identifiers
            ),
            t("Status as of"): labels.when(draft.status_as_of),
            t("Planned"): _span(draft.planned_start, draft.planned_end),
            t("Actual"): _span(draft.actual_start, draft.actual_end),
            t("Place"): labels.plain(draft.place),
        }
    )


def _basis(link: MeasureLink) -> str:
    """Say how a measure is known; what only a rule inferred counts nothing yet."""
    if not link.rule or link.basis is Basis.CONFIRMED:
        return labels.basis(link.basis)
    return t("by rule from sector {rule}; counts once it is confirmed", rule=link.rule)


def _span(start: str | None, end: str | None) -> str:
    if start is None and end is None:
        return ""
    return t("{start} to {end}", start=labels.when(start), end=labels.when(end))


def _strategy_and_money(draft: ActivityDraft) -> None:
    facts.pairs(
        {
            t("Measures"): labels.phrases(
                t(
                    "{measure} ({basis})",
                    measure=labels.measure(link.code),
                    basis=_basis(link),
                )
                for link in sorted(draft.measures, key=lambda link: not link.is_main)
            ),
            t("Money"): labels.phrases(
                t(
                    "{kind}: {amount}, for several countries together",
                    kind=labels.budget_kind(line.kind),
                    amount=numbers.money(current(), line.amount, line.currency),
                )
                if line.spans_countries
                else t(
                    "{kind}: {amount}",
                    kind=labels.budget_kind(line.kind),
                    amount=numbers.money(current(), line.amount, line.currency),
                )
                for line in draft.budget
            ),
            t("Note"): labels.plain(draft.note) or "–",
        }
    )


def _history(viewer: Viewer, activity_id: int) -> None:
    if not viewer.may(Action.SEE_HISTORY):
        return
    at, by = store.confirmed(viewer, activity_id)
    told = [*_origins(viewer, activity_id)]
    if at is not None:
        name = by or "–"
        told.append(t("Last confirmed {moment} by {name}.", moment=labels.moment(at), name=name))
    found = store.history(viewer, activity_id)
    title = t("History of the activity")
    record_history.fold(RecordKind.ACTIVITY, found, title, "  \n".join(told))


def _origins(viewer: Viewer, activity_id: int) -> Iterator[str]:
    """Tell which files gave the record, the newest first."""
    found = arrived.origins(viewer, RecordKind.ACTIVITY, activity_id)
    for at, file, place, name in found[["at", "name", "place", "brought_by"]].itertuples(False):
        yield t(
            "Given by the file {file} ({place}), brought in {moment} by {name}.",
            file=labels.plain(file),
            place=labels.plain(place),
            moment=labels.moment(at),
            name=name,
        )
