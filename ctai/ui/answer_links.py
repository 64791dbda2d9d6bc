"""Links between needs and activities: what answers a need, and what is proposed, with reasons."""

import streamlit as st

from ctai.domain.ladder import Fit
from ctai.domain.roles import Action, Viewer
from ctai.domain.scope import Scope
from ctai.ui import labels, ladder_labels, rungs, steps, store
from ctai.ui.language import current, t
from ctai.ui.store import ladder as reads
from ctai.ui.store.ladder import NeedStanding
from ctai.ui.writes import ladder as writes

_SHOWN_FIRST = 3
_MOST_OFFERED = 300
"""Activities that a select box offers; it is searched by typing."""


def answers(viewer: Viewer, found: NeedStanding) -> None:
    """Show the activities that somebody decided on, and propose others with their reasons."""
    if not viewer.may(Action.SEE_UN_SYSTEM):
        return
    st.header(t("Which activities answer it?"), anchor=False)
    numbers = tuple(link.activity_id for link in found.links)
    titles = _titles(viewer, numbers)
    if not numbers:
        st.caption(t("No activity is linked yet. Those proposed below need a person's decision."))
    for link in found.links:
        with st.container(border=True):
            title = titles.get(link.activity_id)
            _title(link.activity_id, title)
            st.markdown(
                t(
                    "**{decision}** · {name}, {moment}. {reason}",
                    decision=ladder_labels.fit(link.decision),
                    name=labels.plain(link.decided_by),
                    moment=labels.moment(link.decided_at),
                    reason=labels.plain(link.reason),
                )
            )
            if title is not None and rungs.may_climb(viewer, found):
                _decide(viewer, found.need.id, link.activity_id, link.decision)
    _proposed(viewer, found)
    if rungs.may_climb(viewer, found):
        _another(viewer, found)


def _another(viewer: Viewer, found: NeedStanding) -> None:
    """Let an activity be linked that was not proposed, of the need's countries, newest first."""
    number, form = found.need.id, f"link_{found.need.id}_other"
    scope = Scope(country=found.countries)
    listed = store.listed(viewer, scope, _MOST_OFFERED, 0, current())
    decided = {link.activity_id for link in found.links}
    titles = {
        str(n): str(title)
        for n, title in zip(listed["activity_id"], listed["title"], strict=True)
        if n not in decided
    }
    if not titles:
        return
    with st.expander(t("Decide on another activity"), icon=":material/add_link:"):
        st.selectbox(
            t("Activity"),
            list(titles),
            index=None,
            format_func=lambda code: titles[code],
            key=steps.noted(steps.key(form, "activity"), list(titles)),
            placeholder="",
            persist_state="session",
        )
        steps.one_of(form, "fit", t("Does it answer the need?"), list(Fit), ladder_labels.fit)
        steps.words(form, "reason", t("Reason"))

        def write() -> None:
            said = steps.chosen(form, "fit")
            activity_id = int(steps.typed(form, "activity") or 0)
            reason = steps.typed(form, "reason")
            writes.link(viewer, number, activity_id, Fit(said) if said else None, reason, None)

        steps.send(form, t("Record the decision"), write, t("The decision is recorded."))


def _titles(viewer: Viewer, numbers: tuple[int, ...]) -> dict[int, str]:
    named = store.activities_named(viewer, numbers, current())
    return {
        int(n): str(title) for n, title in zip(named["activity_id"], named["title"], strict=True)
    }


def _title(number: int, title: str | None) -> None:
    if title is None:
        st.markdown(t("An activity that is not open to you."))
        return
    st.page_link(
        "pages/activities.py",
        label=labels.plain(title),
        icon=":material/open_in_new:",
        query_params={**_elsewhere(), "activity": str(number)},
    )


def _elsewhere() -> dict[str, str]:
    return {name: text for name, text in st.query_params.to_dict().items() if name != "need"}


def _proposed(viewer: Viewer, found: NeedStanding) -> None:
    proposals = reads.proposed_answers(viewer, found.need.id)
    if not proposals:
        st.caption(t("No other activity on record fits this need."))
        return
    st.markdown(t("**Proposed**, best first: a person decides"))
    titles = _titles(viewer, tuple(proposal.activity_id for proposal in proposals))
    shown = [p for p in proposals if p.activity_id in titles]
    for position, proposal in enumerate(shown):
        if position == _SHOWN_FIRST and not st.toggle(
            t("Show {n} more", n=labels.number(len(shown) - _SHOWN_FIRST)), key="more_proposals"
        ):
            return
        with st.container(border=True):
            _title(proposal.activity_id, titles[proposal.activity_id])
            why = " ".join(ladder_labels.said(reason) for reason in proposal.reasons)
            score = labels.number(proposal.score)
            st.markdown(t("{why} :gray[{score} of 100]", why=why, score=score))
            if rungs.may_climb(viewer, found):
                _decide(viewer, found.need.id, proposal.activity_id, None)


def _decide(viewer: Viewer, number: int, activity_id: int, seen: Fit | None) -> None:
    form = f"link_{number}_{activity_id}"
    label = t("Decide") if seen is None else t("Decide anew")
    with st.expander(label, icon=":material/link:"):
        steps.one_of(form, "fit", t("Does it answer the need?"), list(Fit), ladder_labels.fit)
        steps.words(form, "reason", t("Reason"))

        def write() -> None:
            said = steps.chosen(form, "fit")
            reason = steps.typed(form, "reason")
            writes.link(viewer, number, activity_id, Fit(said) if said else None, reason, seen)

        steps.send(form, t("Record the decision"), write, t("The decision is recorded."))
