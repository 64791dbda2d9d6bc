"""One funding request, whole: where it stands, what it says, its money, and what became of it."""

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ctai.domain.funding import EDITABLE, FundingState
from ctai.domain.funding_draft import FundingDraft
from ctai.domain.funding_history import FundingView
from ctai.domain.kinds import RecordKind
from ctai.domain.roles import Action, Viewer
from ctai.ui import (
    choice,
    funding_flows,
    funding_form,
    funding_labels,
    funding_steps,
    funding_tests,
    headline,
    labels,
    record_history,
    shell,
    tables,
)
from ctai.ui.language import current, t
from ctai.ui.store import funding as reads

_WAY = (
    FundingState.DRAFT,
    FundingState.SUBMITTED,
    FundingState.UNDER_REVIEW,
    FundingState.ENDORSED,
    FundingState.OFFERED,
    FundingState.FUNDED,
    FundingState.REPORTED,
    FundingState.CLOSED,
)
"""The states of a request that goes well, in their order."""


def show(viewer: Viewer, head: DeltaGenerator) -> None:
    """Show the request that the URL names, or the form for a new one."""
    number = choice.number("funding")
    if number is None:
        headline.page(
            head,
            t("What shall be funded?"),
            t("A request answers recorded needs that nobody can meet from existing means."),
        )
        funding_form.new(viewer, choice.number("need"))
        return
    found = reads.view(viewer, number)
    if found is None:
        headline.page(head, t("Funding request"), t("Nothing is shown."))
        st.warning(t("There is no such funding request, or it is not open to you."))
        return
    headline.page(head, labels.plain(found.draft.title), _answer(found))
    _way(found)
    _returned(found)
    # What is written or judged comes before the step; elsewhere the step is what one came for.
    steps_last = found.state in {*EDITABLE, FundingState.UNDER_REVIEW}
    if not steps_last:
        funding_steps.show(viewer, found)
    if found.state in EDITABLE and viewer.may_touch(Action.FILE_FUNDING, *found.owners):
        funding_form.change(viewer, found)
    else:
        _facts(found)
        _budget(found.draft)
        if found.tests:
            funding_tests.show(found.tests)
    if steps_last:
        funding_steps.show(viewer, found)
    funding_flows.show(viewer, found)
    _reviews(found)
    _moves(found)
    _history(viewer, found.number)


def _answer(found: FundingView) -> str:
    return t(
        "{code} for {countries} by {entity} asks {amount}. {state} since {moment}.",
        code=found.code,
        countries=labels.joined(labels.country(iso3) for iso3 in found.countries),
        entity=found.draft.entity,
        amount=funding_labels.money(found.draft.total, found.draft.currency),
        state=funding_labels.state(found.state),
        moment=labels.moment(found.state_since),
    )


def _way(found: FundingView) -> None:
    """Show how far the request is on its way: what is behind it, where it is, what may come."""
    done, coming = _around(found)
    with st.container(horizontal=True, gap="xsmall"):
        for step in done:
            st.badge(funding_labels.state(step), icon=":material/check:", color="green")
        st.badge(
            funding_labels.state(found.state), icon=":material/radio_button_checked:", color="blue"
        )
        for step in coming:
            st.badge(
                funding_labels.state(step), icon=":material/radio_button_unchecked:", color="gray"
            )
        if found.round > 1:
            st.badge(t("Round {n} of review", n=labels.number(found.round)), color="orange")


def _around(
    found: FundingView,
) -> tuple[tuple[FundingState, ...], tuple[FundingState, ...]]:
    if found.state in _WAY:
        place = _WAY.index(found.state)
        return _WAY[:place], _WAY[place + 1 :]
    if found.state is FundingState.RETURNED:
        place = _WAY.index(FundingState.ENDORSED)
        return _WAY[:place], _WAY[place:]
    passed = {move.after for move in found.moves}
    return tuple(step for step in _WAY if step in passed), ()


def _returned(found: FundingView) -> None:
    """Put what to change above the form of a returned request."""
    comments = [one.comment for one in found.moves if one.after is FundingState.RETURNED]
    if found.state is FundingState.RETURNED and comments:
        st.warning(
            t("To be changed: {comment}", comment=labels.plain(comments[-1])),
            icon=":material/undo:",
        )


def _facts(found: FundingView) -> None:
    draft = found.draft
    st.header(t("What and for whom"), anchor=False)
    hidden = [need for need in found.needs if not need.is_open]
    for need in found.needs:
        if need.is_open and "need" in shell.PAGES:
            st.page_link(
                "pages/need.py",
                label=funding_labels.need_line(need),
                icon=":material/arrow_outward:",
                query_params={"need": str(need.need_id), "lang": current()},
            )
        elif need.is_open:
            st.markdown(funding_labels.need_line(need))
    if hidden:
        st.caption(t("It also answers needs that are not open to you."))
    left, right = st.columns(2)
    with left:
        _pairs(
            {
                t("Objective"): labels.plain(draft.objective),
                t("Entity that delivers"): labels.entity(draft.entity),
                t("Money needed by"): labels.when(draft.needed_by),
            }
        )
    with right:
        _pairs(
            {
                t("Risks"): labels.plain(draft.risks),
                t("Co-funding"): _cofunding(draft),
                t("Who may see it"): labels.visibility(draft.visibility),
            }
        )


def _cofunding(draft: FundingDraft) -> str:
    amount = funding_labels.money(draft.cofunding, draft.currency)
    if not draft.cofunding_from:
        return amount if draft.cofunding is not None else ""
    return t("{amount} from {who}", amount=amount, who=labels.plain(draft.cofunding_from))


def _pairs(pairs: dict[str, str]) -> None:
    lines = [f"**{label}**: {text or t('not known')}" for label, text in pairs.items()]
    st.markdown("  \n".join(lines))


def _budget(draft: FundingDraft) -> None:
    st.header(t("Activities and budget"), anchor=False)
    if not draft.activities:
        st.caption(t("No activity is planned yet."))
        return
    frame = pd.DataFrame(
        [
            {
                "title": activity.title,
                "starts": labels.when(activity.starts),
                "ends": labels.when(activity.ends),
                "line": line.what if line else "",
                "amount": funding_labels.money(line.amount, draft.currency) if line else "",
            }
            for activity in draft.activities
            for line in activity.lines or (None,)
        ]
    )
    tables.show(
        frame,
        {
            "title": t("Activity"),
            "starts": t("Start"),
            "ends": t("End"),
            "line": t("Budget line"),
            "amount": t("Amount"),
        },
        right=("amount",),
        alt=t("Activities and budget lines of the request"),
    )


def _reviews(found: FundingView) -> None:
    if not found.reviews:
        return
    st.header(t("Review"), anchor=False)
    tables.show(
        pd.DataFrame(
            [
                {
                    "round": labels.number(one.round),
                    "question": funding_labels.question(one.question),
                    "answer": funding_labels.answer(one.reply.answer),
                    "comment": one.reply.comment,
                    "reviewer": one.reviewer,
                }
                for one in found.reviews
            ]
        ),
        {
            "round": t("Round"),
            "question": t("Question"),
            "answer": t("Answer"),
            "comment": t("Reason"),
            "reviewer": t("Reviewer"),
        },
        alt=t("Answers of the review"),
    )


def _moves(found: FundingView) -> None:
    st.header(t("What became of it"), anchor=False)
    tables.show(
        pd.DataFrame(
            [
                {
                    "when": labels.moment(one.at),
                    "state": funding_labels.state(one.after),
                    "who": one.actor,
                    "comment": one.comment,
                }
                for one in found.moves
            ]
        ),
        {"when": t("When"), "state": t("State"), "who": t("Moved by"), "comment": t("Comment")},
        alt=t("Moves of the request"),
    )


def _history(viewer: Viewer, number: int) -> None:
    if not viewer.may(Action.SEE_HISTORY):
        return
    record_history.fold(
        RecordKind.FUNDING_REQUEST, reads.history(viewer, number), t("History of the request")
    )
