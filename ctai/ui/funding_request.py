"""One funding request, whole: where it stands, what it says, its money, and what became of it."""

from decimal import Decimal

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ctai.domain.funding import EDITABLE, FundingState
from ctai.domain.funding_draft import FundingDraft
from ctai.domain.funding_history import FundingView
from ctai.domain.funding_money import Held, held
from ctai.domain.roles import Action, Viewer
from ctai.ui import (
    choice,
    funding_form,
    funding_labels,
    funding_steps,
    funding_tests,
    headline,
    labels,
    tables,
)
from ctai.ui.language import t
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
_ASIDE = {
    FundingState.RETURNED: FundingState.SUBMITTED,
    FundingState.DECLINED: FundingState.FUNDED,
    FundingState.WITHDRAWN: FundingState.DRAFT,
}
"""States beside that way, and the step in whose place they stand."""


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
    funding_steps.show(viewer, found)
    if found.state in EDITABLE and viewer.may_touch(Action.FILE_FUNDING, *found.owners):
        funding_form.change(viewer, found)
    else:
        _facts(found)
        _budget(found.draft)
        if found.tests:
            funding_tests.show(found.tests)
    _money(viewer, found)
    _reviews(found)
    _moves(found)


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
    """Show how far the request is on its way."""
    stands_for = _ASIDE.get(found.state, found.state)
    reached = _WAY.index(stands_for)
    passed = {move.after for move in found.moves}
    with st.container(horizontal=True, gap="xsmall"):
        for place, step in enumerate(_WAY):
            if place == reached:
                st.badge(
                    funding_labels.state(found.state),
                    icon=":material/radio_button_checked:",
                    color="blue",
                )
            elif step in passed and place < reached:
                st.badge(funding_labels.state(step), icon=":material/check:", color="green")
            else:
                st.badge(
                    funding_labels.state(step),
                    icon=":material/radio_button_unchecked:",
                    color="gray",
                )
        if found.round > 1:
            st.badge(t("Round {n} of review", n=labels.number(found.round)), color="orange")


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
    st.subheader(t("What and for whom"), anchor=False)
    hidden = [need for need in found.needs if not need.is_open]
    for need in found.needs:
        if need.is_open:
            st.markdown(t("**{code}** {title}", code=need.code, title=labels.plain(need.title)))
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
    st.subheader(t("Activities and budget"), anchor=False)
    if not draft.activities:
        st.caption(t("No activity is planned yet."))
        return
    frame = pd.DataFrame(
        [
            {
                "title": activity.title,
                "dated": t(
                    "{start} to {end}",
                    start=labels.when(activity.starts),
                    end=labels.when(activity.ends),
                ),
                "what": line.what if line else "",
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
            "dated": t("Dates"),
            "what": t("Budget line"),
            "amount": t("Amount"),
        },
        alt=t("Activities and budget lines of the request"),
    )


def _money(viewer: Viewer, found: FundingView) -> None:
    """Show what each donor pledged, committed and paid, and what was spent of it."""
    st.subheader(t("Money against it"), anchor=False)
    flows = [recorded.flow for recorded in found.flows]
    if not flows:
        st.caption(t("No money is on record. Pledges come once the request is endorsed."))
    else:
        everything = held(flows, found.asked)
        _secured(found, everything)
        donors = sorted({flow.donor for flow in flows})
        rows = [_held(donor, held(flows, found.asked, donor), found) for donor in donors]
        rows.append(_held(t("All donors"), everything, found))
        tables.show(
            pd.DataFrame(rows),
            {
                "donor": t("Donor"),
                "pledged": t("Pledged, not secured"),
                "committed": t("Committed"),
                "disbursed": t("Paid"),
                "spent": t("Spent"),
            },
            alt=t("Money by donor"),
        )
        _single_flows(found)
    funding_steps.record_money(viewer, found)


def _secured(found: FundingView, everything: Held) -> None:
    asked, committed = found.draft.total, everything.committed
    missing = None if asked is None or committed is None else asked - committed
    st.markdown(
        t(
            "{committed} of {asked} is secured; {missing} is still missing. A pledge secures "
            "nothing.",
            committed=funding_labels.money(committed or Decimal(0), found.draft.currency),
            asked=funding_labels.money(asked, found.draft.currency),
            missing=funding_labels.money(
                asked if missing is None else missing, found.draft.currency
            ),
        )
    )


def _held(name: str, own: Held, found: FundingView) -> dict[str, str]:
    amounts = {
        "pledged": own.pledged,
        "committed": own.committed,
        "disbursed": own.disbursed,
        "spent": own.spent,
    }
    return {"donor": name} | {
        column: "–" if amount is None else funding_labels.money(amount, found.draft.currency)
        for column, amount in amounts.items()
    }


def _single_flows(found: FundingView) -> None:
    with st.expander(t("Each amount with its date"), icon=":material/receipt_long:"):
        tables.show(
            pd.DataFrame(
                [
                    {
                        "dated": labels.when(one.flow.happened),
                        "kind": labels.budget_kind(one.flow.kind),
                        "donor": one.flow.donor,
                        "amount": funding_labels.money(one.flow.amount, one.flow.currency),
                        "reference": one.flow.reference,
                        "by": one.recorded_by,
                    }
                    for one in found.flows
                ]
            ),
            {
                "dated": t("Date"),
                "kind": t("Kind of amount"),
                "donor": t("Donor"),
                "amount": t("Amount"),
                "reference": t("Reference"),
                "by": t("Recorded by"),
            },
            alt=t("Each amount of money"),
        )


def _reviews(found: FundingView) -> None:
    if not found.reviews:
        return
    st.subheader(t("Review"), anchor=False)
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
            "reviewer": t("Who"),
        },
        alt=t("Answers of the review"),
    )


def _moves(found: FundingView) -> None:
    st.subheader(t("What became of it"), anchor=False)
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
        {"when": t("When"), "state": t("State"), "who": t("Who"), "comment": t("Comment")},
        alt=t("Moves of the request"),
    )
