"""What waits, on the screen: by urgency, each with a link to where it is done."""

from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st

from ctai.domain.notices import Notice, Urgency, Waiting, days_left, urgency
from ctai.domain.roles import Viewer
from ctai.domain.scope import Freshness
from ctai.i18n import mark, upkeep
from ctai.ui import freshness_labels, labels, shell, store
from ctai.ui.language import current, t, tn

_URGENCIES = {
    Urgency.OVERDUE: mark("Late"),
    Urgency.SOON: mark("Within a week"),
    Urgency.LATER: mark("Later"),
    Urgency.UNDATED: mark("Without a date"),
}
_ICONS = {
    Waiting.ENQUIRY: ":material/contact_support:",
    Waiting.OUTSIDE: ":material/handshake:",
    Waiting.NO_ANSWER: ":material/hourglass_bottom:",
    Waiting.CONSENT: ":material/how_to_vote:",
    Waiting.PROPOSAL: ":material/rate_review:",
    Waiting.FUNDING_REVIEW: ":material/fact_check:",
    Waiting.FUNDING_RETURNED: ":material/undo:",
    Waiting.STALE_RECORDS: ":material/update:",
    Waiting.NEED_DUE: ":material/event:",
    Waiting.FOLLOW_UP: ":material/event_repeat:",
    Waiting.NEED_CHECK: ":material/task_alt:",
    Waiting.QUARTER: ":material/calendar_month:",
}
_PAGES = {
    Waiting.ENQUIRY: ("need", "need"),
    Waiting.OUTSIDE: ("need", "need"),
    Waiting.NO_ANSWER: ("need", "need"),
    Waiting.CONSENT: ("need", "need"),
    Waiting.NEED_DUE: ("need", "need"),
    Waiting.NEED_CHECK: ("need", "need"),
    Waiting.PROPOSAL: ("review", "proposal"),
    Waiting.FUNDING_REVIEW: ("funding_request", "funding"),
    Waiting.FUNDING_RETURNED: ("funding_request", "funding"),
    Waiting.FOLLOW_UP: ("assessment", "assessment"),
}
"""Where something is done: the page, and the parameter that names the record there."""
OF_COUNTRIES = frozenset({Waiting.CONSENT, Waiting.NEED_DUE, Waiting.NEED_CHECK})
"""Kinds that tell the countries concerned, where the others tell an entity."""
MOST_A_GROUP = 50


def answer(found: Sequence[Notice]) -> str:
    """Say how much waits, and how much of it is late."""
    if not found:
        return t("Nothing waits for you.")
    late = sum(urgency(notice.due, store.today()) is Urgency.OVERDUE for notice in found)
    waits = tn("{n} matter waits for you.", "{n} matters wait for you.", len(found))
    return f"{waits} {tn('{n} is late.', '{n} are late.', late)}" if late else waits


def show(viewer: Viewer, found: Sequence[Notice]) -> None:
    """List what waits, what is late first."""
    if not found:
        st.caption(
            t(
                "Questions to you or your entity, changes and requests to review, dates that come "
                "near and records gone stale will stand here."
            )
        )
        return
    for wanted in Urgency:
        here = [n for n in found if urgency(n.due, store.today()) is wanted]
        if here:
            st.subheader(
                t("{group} ({n})", group=t(_URGENCIES[wanted]), n=labels.number(len(here))),
                anchor=False,
            )
            for notice in here[:MOST_A_GROUP]:
                _line(viewer, notice)
            if len(here) > MOST_A_GROUP:
                st.caption(t("Only the first {n} are listed.", n=labels.number(MOST_A_GROUP)))
    if any(notice.due for notice in found):
        st.link_button(
            t("Dates for your calendar"),
            f"./download/dates.ics?{urlencode({'lang': current()})}",
            icon=":material/calendar_add_on:",
            help=t("A file that calendars read. Restricted records are named by number only."),
            type="tertiary",
        )


def sentence(notice: Notice) -> str:
    """Say what waits, in the visitor's language."""
    return upkeep.sentence(
        current(),
        notice.kind,
        notice.subject,
        notice.about,
        notice.count,
        places=notice.kind in OF_COUNTRIES,
    )


def _line(viewer: Viewer, notice: Notice) -> None:
    place = place_of(viewer, notice)
    left = days_left(notice.due, store.today())
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        with st.container(width=190):
            st.markdown(f"**{labels.led(upkeep.waiting(current(), notice.kind))}**")
        with st.container(width="stretch"):
            told = labels.plain(sentence(notice))
            if place is None:
                st.markdown(told)
            else:
                stem, params = place
                st.page_link(
                    f"pages/{stem}.py",
                    label=told,
                    icon=_ICONS[notice.kind],
                    query_params={"lang": current(), **params},
                )
            if left is None:
                since = labels.when(notice.since.date().isoformat())
                counted = notice.kind is Waiting.STALE_RECORDS
                st.caption(t("no date") if counted else t("waiting since {date}", date=since))
            else:
                st.caption(
                    t(
                        "{date}: {late}",
                        date=labels.when(notice.due),
                        late=freshness_labels.late(left),
                    )
                )


def place_of(viewer: Viewer, notice: Notice) -> tuple[str, dict[str, str]] | None:
    """Tell on which page something is done, with its parameters; None where there is none."""
    match notice.kind:
        case Waiting.STALE_RECORDS:
            own = {"entity": viewer.entity} if viewer.entity else {}
            if viewer.countries:
                own = {"country": ",".join(sorted(viewer.countries))}
            return "activities", {**own, "freshness": Freshness.STALE.value}
        case Waiting.QUARTER:
            return "chasing", {"entity": notice.about}
        case kind:
            stem, parameter = _PAGES[kind]
    place = shell.PAGES.get(stem)
    if place is None or not notice.opens:
        return None
    if place.needs is not None and not viewer.may(place.needs):
        return None
    return stem, {parameter: str(notice.opens)}
