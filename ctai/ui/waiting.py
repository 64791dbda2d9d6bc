"""What waits, on the screen: by urgency, each with a link to where it is done."""

from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st

from ctai.domain.dates import Precision, precision
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
MOST_A_GROUP = 50


def answer(found: Sequence[Notice]) -> str:
    """Say how much waits, and how much of it is late."""
    if not found:
        return t("Nothing waits for you.")
    late = sum(urgency(notice.due, store.today()) is Urgency.OVERDUE for notice in found)
    waits = tn("{n} matter waits for you.", "{n} matters wait for you.", len(found))
    if not late:
        return waits
    overdue = tn("{n} is late.", "{n} are late.", late)
    return f"{waits} {overdue}"


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
            st.header(
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
    return upkeep.sentence(current(), notice.kind, notice.subject, notice.about, notice.count)


def _line(viewer: Viewer, notice: Notice) -> None:
    """Show one matter: its kind as the way to it, its date, and under both what it is about."""
    kind, icon = upkeep.waiting(current(), notice.kind), _ICONS[notice.kind]
    place = place_of(viewer, notice)
    with st.container(gap=None):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            if place is None:
                st.markdown(f"{icon} **{kind}**", width="content")
            else:
                stem, params = place
                st.page_link(
                    f"pages/{stem}.py",
                    label=f"**{kind}**",
                    icon=icon,
                    query_params={"lang": current(), **params},
                )
            st.caption(_when(notice), width="content")
        st.markdown(labels.plain(sentence(notice)))


def _when(notice: Notice) -> str:
    """Tell the date and what is left; in days only where the day is known, or is over."""
    left = days_left(notice.due, store.today())
    if notice.due is None or left is None:
        if notice.kind is Waiting.STALE_RECORDS:
            return t("no date")
        return t("waiting since {date}", date=labels.when(notice.since.date().isoformat()))
    day = labels.when(notice.due)
    if left >= 0 and precision(notice.due) is not Precision.DAY:
        return t("by the end of {date}", date=day)
    return t("{date}: {late}", date=day, late=freshness_labels.late(left))


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
