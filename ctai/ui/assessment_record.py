"""One assessment on the screen: who looked where and when, what was found, and its needs."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ctai.domain.assessments import AssessmentDraft, AssessmentFinding, FollowUp, LookedAt
from ctai.domain.dates import last_day
from ctai.domain.evidence import Disclosure
from ctai.domain.kinds import RecordKind
from ctai.domain.raised_needs import floor_of_finding
from ctai.domain.roles import Action, Viewer
from ctai.ui import (
    facts,
    headline,
    labels,
    raised_needs,
    record_labels,
    record_links,
    store,
    waiting_changes,
)
from ctai.ui.language import t, tn
from ctai.ui.store import requests as reads


def show(viewer: Viewer, head: DeltaGenerator, number: int) -> None:
    """Show an assessment that the URL names, with what the viewer may do."""
    draft = reads.assessment(viewer, number)
    if draft is None:
        headline.page(head, t("What was found?"), t("There is nothing to show here."))
        st.warning(t("There is no such assessment, or it is not open to you."))
        record_links.close_button()
        return
    headline.page(head, labels.titled(draft.title, draft.language), dated(draft))
    _buttons(viewer, number, draft)
    with st.container(border=True):
        told(draft)
    _findings(viewer, number, draft)
    _follow_ups(draft)
    facts.sources(draft.sources)
    facts.history(viewer, RecordKind.ASSESSMENT, number)


def dated(draft: AssessmentDraft) -> str:
    """Say how old an assessment is, and how much it found."""
    found = tn("{n} finding is recorded.", "{n} findings are recorded.", len(draft.discoveries))
    if draft.newest_date is None:
        return t("{found} When it took place is not known.", found=found)
    return t(
        "{found} It is {age} old: {date}.",
        found=found,
        age=labels.age_since(draft.newest_date, store.today()),
        date=labels.when(draft.newest_date),
    )


def _buttons(viewer: Viewer, number: int, draft: AssessmentDraft) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.badge(labels.status(draft.status), color="blue")
        st.badge(labels.visibility(draft.visibility), color="gray", icon=":material/visibility:")
        is_held = waiting_changes.hold(viewer, RecordKind.ASSESSMENT, number)
        if not is_held and viewer.may_touch(
            Action.AMEND, frozenset(draft.countries), draft.entities
        ):
            st.button(t("Amend"), icon=":material/edit:", on_click=record_links.amend)
        waiting_changes.show(viewer, RecordKind.ASSESSMENT, number)
        record_links.close_button()


def as_it_stands(viewer: Viewer, number: int | None) -> None:
    """Fold away under a form the record that it amends, as it is stored now; nothing for none."""
    if number is None:
        return
    draft = reads.assessment(viewer, number)
    if draft is not None:
        with st.expander(t("The record as it stands now"), icon=":material/visibility:"):
            told(draft)
    record_links.back_button()


def told(draft: AssessmentDraft) -> None:
    """Write an assessment's facts."""
    left, right = st.columns(2)
    with left:
        facts.pairs(
            {
                t("Countries"): labels.joined(labels.country(iso3) for iso3 in draft.countries),
                record_labels.field("lead"): labels.entity(draft.lead),
                record_labels.field("joining"): labels.joined(draft.joining) or "–",
            }
        )
        for part in draft.parts:
            span = t("{start} to {end}", start=labels.when(part.start), end=labels.when(part.end))
            text = span if part.end else labels.when(part.start)
            lines = [text, labels.plain(part.place)]
            st.markdown(f"- {' — '.join(line for line in lines if line)}")
    with right:
        title = t("Measures looked at")
        st.markdown(f"**{title}**")
        st.markdown("\n".join(f"- {_looked_at(link)}" for link in draft.measures) or "–")
    facts.text(record_labels.field("findings"), draft.findings)
    st.caption(labels.disclosure(draft.disclosed))
    facts.text(t("Note"), draft.note)


def _looked_at(link: LookedAt) -> str:
    found = labels.finding(link.finding)
    return t("{measure} ({found})", measure=labels.measure(link.measure), found=found)


def _findings(viewer: Viewer, number: int, draft: AssessmentDraft) -> None:
    st.header(t("Findings"), anchor=False)
    if not draft.discoveries:
        st.caption(t("No single finding is recorded. Amend the assessment to add them."))
        return
    needs = reads.needs_of_assessment(viewer, number)
    may = viewer.may_touch(Action.ENTER, frozenset(draft.countries), draft.entities)
    for found in draft.discoveries:
        with st.container(border=True):
            st.markdown(labels.plain(found.text) or f"*{_unread(found)}*")
            st.caption(
                t(
                    "{measure} · Severity: {severity} · {disclosure}",
                    measure=labels.measure(found.measure),
                    severity=labels.severity(found.severity),
                    disclosure=labels.disclosure(found.disclosed),
                )
            )
            part = raised_needs.Part(
                raised_needs.origin_of_finding(number, found.finding_id),
                found.text[:400],
                draft.countries,
                floor_of_finding(draft, found),
                found.severity,
                draft.language,
            )
            raised_needs.under(viewer, part, needs, may_raise=may)


def _unread(found: AssessmentFinding) -> str:
    if found.disclosed is Disclosure.WITHHELD:
        return t("This finding is withheld; that it exists is all that is recorded.")
    return t("This finding exists; its text is not public.")


def _follow_ups(draft: AssessmentDraft) -> None:
    st.header(t("Follow-up"), anchor=False)
    if not draft.follow_ups:
        st.caption(t("Nothing is recorded as due after this assessment."))
        return
    st.markdown("\n".join(f"- {_due(one)}" for one in draft.follow_ups))


def _due(one: FollowUp) -> str:
    what = labels.plain(one.what)
    if one.done_on:
        return t("{what}: done, {date}", what=what, date=labels.when(one.done_on))
    if one.due is None:
        return t("{what}: due; by when is not recorded", what=what)
    if last_day(one.due) < store.today():
        return t(
            "{what}: overdue since {date}, {age}",
            what=what,
            date=labels.when(one.due),
            age=labels.age_since(one.due, store.today()),
        )
    return t("{what}: due by {date}", what=what, date=labels.when(one.due))
