"""Preparing a briefing: of what, for whom, as of which day, compared with which."""

from dataclasses import replace
from datetime import date, timedelta

import streamlit as st

from ctai.briefings.build import AUDIENCES
from ctai.briefings.document import Document
from ctai.briefings.views import View
from ctai.domain.briefing import Audience, Briefing, audience_faults
from ctai.domain.faults import Fault, Refused
from ctai.domain.roles import Role, Viewer
from ctai.ui import (
    briefing_abouts,
    briefing_show,
    choice,
    downloads,
    headline,
    issued,
    labels,
    looking_back,
    notices,
    store,
)
from ctai.ui.language import current, t, tn
from ctai.ui.store import briefings, moments

AUDIENCE = "audience"
ENTITY = "entity"
SINCE = "changed_since"
"""The URL's parameters; `since` is the filter of when activities ran, on all other pages."""


def asked(viewer: Viewer) -> Briefing:
    """Read from the URL what is asked for; the first choice stands for what can't be."""
    scope, visit = briefing_abouts.asked(viewer)
    since = _day(st.query_params.get(SINCE, ""))
    bare = Briefing(Audience.PUBLIC, current(), store.today(), scope, since, visit=visit)
    open_to = _audiences(viewer, bare)
    code = st.query_params.get(AUDIENCE, "")
    audience = next((one for one in open_to if one == code), next(iter(open_to), bare.audience))
    entities = open_to.get(audience, [""])
    entity = next((e for e in choice.chosen(ENTITY) if e in entities), entities[0])
    return replace(bare, audience=audience, entity=entity or None)


def read(viewer: Viewer, wanted: Briefing) -> Document | None:
    """Read a briefing; None where there is none, and the page says why."""
    try:
        return briefings.document(viewer, wanted)
    except Refused as refusal:
        st.title(t("Briefing"), anchor=False)
        for fault in refusal.faults:
            st.warning(notices.sentence(fault), icon=":material/history:")
        if wanted.since is not None:
            st.button(t("Compare with no day"), on_click=choice.put, args=(SINCE, ()))
        return None


def prepare(viewer: Viewer, wanted: Briefing, document: Document, views: tuple[View, ...]) -> None:
    """Show the choices, what will be on each view, and the ways out: screen, files, link."""
    answer = tn("{n} view for the screen.", "{n} views for the screen.", len(views))
    headline.page(st.container(), t("What does the meeting need to know?"), answer)
    left, right = st.columns([2, 3], gap="large")
    with left:
        _choices(viewer, wanted)
        issued.link()
    with right, st.container(border=True):
        st.header(document.title, anchor=False)
        lines = (f"{number}. {labels.plain(one.title)}" for number, one in enumerate(views, 1))
        st.markdown("\n".join(lines))
        st.button(
            t("Show on the screen"),
            icon=":material/slideshow:",
            type="primary",
            on_click=briefing_show.turn,
            args=(1,),
        )
        st.caption(
            t(
                "Arrow keys turn the views, Escape comes back here. "
                "The document holds what a screen has no room for."
            )
        )
        downloads.briefing(_params(wanted))
        st.caption(t("Link to the first view, for whoever may sign in:"))
        st.code(headline.address({briefing_show.VIEW: "1"}), language=None, wrap_lines=True)


def _params(wanted: Briefing) -> dict[str, str]:
    """Write a briefing as the parameters of its files."""
    found = {
        **wanted.scope.params,
        "audience": wanted.audience.value,
        "visit": "" if wanted.visit is None else str(wanted.visit),
        "entity": wanted.entity or "",
        "as_of": wanted.as_of.isoformat(),
        "since": "" if wanted.since is None else wanted.since.isoformat(),
        "lang": wanted.lang,
    }
    return {name: text for name, text in found.items() if text}


def _audiences(viewer: Viewer, bare: Briefing) -> dict[Audience, list[str]]:
    """Give the audiences that one may brief, each with the entities that may be it.

    "" is an audience that is no one entity.
    """
    entities = list(store.entities(viewer))
    if viewer.role in (Role.FOCAL_POINT, Role.DONOR) and viewer.entity:
        entities = [viewer.entity]
    named = {
        Audience.ENTITY: entities,
        Audience.DONOR: ["", *entities],
    }
    found = {
        audience: [
            code
            for code in named.get(audience, [""])
            if _may_be(viewer, replace(bare, audience=audience, entity=code or None))
        ]
        for audience in Audience
    }
    return {audience: codes for audience, codes in found.items() if codes}


def _may_be(viewer: Viewer, wanted: Briefing) -> bool:
    """Tell whether one may brief an audience; days have faults of their own."""
    if audience_faults(replace(wanted, since=None), viewer):
        return False
    return wanted.visit is None or briefings.is_visit_seen(viewer, wanted)


def _choices(viewer: Viewer, wanted: Briefing) -> None:
    briefing_abouts.choose(viewer, wanted)
    open_to = _audiences(viewer, wanted)
    choice.one(
        t("Who it is for"), AUDIENCE, list(open_to), lambda code: t(AUDIENCES[Audience(code)])
    )
    entities = open_to[wanted.audience]
    if len(entities) > 1:
        every = t("All donors")
        choice.one(t("Entity"), ENTITY, entities, lambda code: code or every)
    looking_back.choose("briefing_as_of")
    _compare(viewer, wanted)


def _compare(viewer: Viewer, wanted: Briefing) -> None:
    """Let a day be chosen whose state is compared with; none is offered before there is a past."""
    first = moments.first()
    last = wanted.as_of - timedelta(days=1)
    if first is None or first > last:
        st.caption(t("No earlier day is on record to compare with."))
        return
    key = f"briefing_since_{current()}_{wanted.since or ''}"
    st.date_input(
        t("Compare with a day"),
        value=None if wanted.since is None else wanted.since,
        min_value=min(first, wanted.since or first),
        max_value=max(last, wanted.since or last),
        format="YYYY-MM-DD",
        key=key,
        on_change=_since_changed,
        args=(key,),
        help=t("A view then tells what changed since the end of that day."),
    )
    _since_last(viewer, wanted)


def _since_last(viewer: Viewer, wanted: Briefing) -> None:
    """Offer the day that the last briefing of the same was of, unless it is the one chosen."""
    last = briefings.last(viewer, wanted)
    if last is None or last.asked.as_of == wanted.since:
        return
    day = last.asked.as_of.isoformat()
    st.button(
        t("Since the last briefing: {date}", date=labels.when(day)),
        icon=":material/update:",
        on_click=choice.put,
        args=(SINCE, (day,)),
        help=t("The last one issued on the same, for the same reader: as of that day."),
    )


def _since_changed(key: str) -> None:
    day = st.session_state[key]
    choice.put(SINCE, [day.isoformat()] if isinstance(day, date) else [])


def _day(text: str) -> date | None:
    """Read a day of the URL; what is none is said and left out."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        fault = Fault("“{seen}” is not a day such as 2026-06-30.", SINCE, {"seen": text[:40]})
        st.warning(notices.sentence(fault))
        return None
