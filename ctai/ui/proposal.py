"""One proposed change, whole: what is new in it, beside what readers see, and the decision."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from ctai.domain.faults import Refused
from ctai.domain.kinds import RecordKind
from ctai.domain.proposals import ProposalState, Proposed
from ctai.domain.roles import Action, Viewer
from ctai.ui import (
    again,
    choice,
    half_typed,
    labels,
    notices,
    record_labels,
    record_links,
    review_labels,
)
from ctai.ui.language import t
from ctai.ui.store import review as reads
from ctai.ui.writes import review as writes


@dataclass(frozen=True)
class Decision:
    """A proposal that its viewer has before them, in the version that they see."""

    viewer: Viewer
    proposal_id: int
    version: int

    @property
    def form(self) -> str:
        """Name the form that keeps the comment while it is typed."""
        return f"review:{self.proposal_id}"

    @property
    def comment(self) -> str:
        """Give what stands in the comment's box."""
        return half_typed.typed(self.form, "comment")

    def is_over(self) -> None:
        """Forget the comment of a decision that is made."""
        half_typed.end(self.viewer, self.form)


def show(viewer: Viewer, proposal_id: int) -> None:
    """Show a change with its differences, and what the viewer may do about it."""
    found = reads.whole(viewer, proposal_id)
    if found is None:
        st.warning(t("There is no such change, or it is not open to you."))
        return
    with st.container(border=True):
        _head(found)
        _outcome(found)
        _differences(found)
        _record(found)
        if found.is_pending and viewer.may(Action.REVIEW_CHANGES):
            _decide(Decision(viewer, proposal_id, found.version), found)
        elif comment := Decision(viewer, proposal_id, found.version).comment:
            # Somebody else decided first: what was typed is not lost with the form.
            half_typed.give_back(comment)
        _own(viewer, found)


def _head(found: reads.Whole) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header(labels.plain(found.title), anchor=False, width="stretch")
        st.button(t("Close"), icon=":material/close:", type="tertiary", on_click=_close)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.badge(review_labels.action(found.action), color="blue")
        st.badge(record_labels.kind(found.kind), color="gray")
        st.badge(review_labels.state(found.state), color=review_labels.STATE_COLOURS[found.state])
    st.caption(
        t(
            "Sent by {name} of {entity}, {moment}. Countries: {countries}.",
            name=labels.plain(found.author),
            entity=labels.plain(found.entity or "–"),
            moment=labels.moment(found.made_at),
            countries=labels.joined(labels.country(iso3) for iso3 in found.countries),
        )
    )
    if found.why:
        st.markdown(t("Reason given: {why}", why=labels.plain(found.why)))


def _close() -> None:
    choice.put("proposal", [])


def _outcome(found: reads.Whole) -> None:
    """Say what was decided, by whom, and the comment."""
    if found.is_pending or found.decided_by is None:
        return
    st.info(
        t(
            "{state} by {name}, {moment}. Comment: {comment}",
            state=review_labels.state(found.state),
            name=labels.plain(found.decided_by),
            moment=labels.moment(found.decided_at),
            comment=labels.plain(found.comment or "–"),
        )
    )


def _differences(found: reads.Whole) -> None:
    """Show field by field what is new, beside what was there and, if it moved on, what is there."""
    if found.is_overtaken:
        st.warning(
            t(
                "The record has changed since this was written. The last column is what readers "
                "see now; a change that is overtaken is returned."
            ),
            icon=":material/warning:",
        )
    columns = {"before": t("Before"), "after": t("After")}
    if found.action is Proposed.ENTER:
        columns = {"after": t("As proposed")}
    elif found.is_overtaken:
        columns["now"] = t("Now")
    rows = [
        (change.field, [getattr(change, column) for column in columns]) for change in found.changes
    ]
    _table(found.kind, rows, list(columns.values()), t("What this change would change"))


def _table(
    kind: RecordKind, rows: list[tuple[str, list[str]]], headings: list[str], alt: str
) -> None:
    """Show fields with all of their text: a decision must not hang on what a cell cut off."""
    shown = pd.DataFrame(
        [
            (
                record_labels.field(name),
                *(labels.plain(record_labels.value(kind, name, text)) or "–" for text in texts),
            )
            for name, texts in rows
        ],
        columns=[t("What"), *headings],
    )
    st.table(shown, hide_index=True, border="horizontal", alt=alt)


def _record(found: reads.Whole) -> None:
    """Fold the whole record under its differences, and lead to the accepted one."""
    if found.action is not Proposed.ENTER:
        with st.expander(t("The whole record as proposed"), icon=":material/description:"):
            rows = [(name, [text]) for name, text in reads.fields_of(found).items() if text]
            _table(found.kind, rows, [t("As proposed")], t("The whole record as proposed"))
    if found.record_id is not None:
        record_links.to_record(found.kind, found.record_id, t("The record as readers see it"))


def _decide(decision: Decision, found: reads.Whole) -> None:
    if found.author == decision.viewer.username:
        st.caption(t("This is your own change: somebody else decides on it."))
        return
    half_typed.begin(decision.viewer, decision.form, {"comment": ""})
    st.text_area(
        t("Comment; needed to return it"),
        key=half_typed.key(decision.form, "comment"),
        height=68,
        placeholder="",
        persist_state="session",
    )
    half_typed.keep(decision.viewer, decision.form, ["comment"])
    with st.container(horizontal=True):
        st.button(
            t("Accept"),
            type="primary",
            icon=":material/check:",
            on_click=_accept,
            args=(decision,),
            key="review_accept",
        )
        st.button(
            t("Return"),
            icon=":material/reply:",
            on_click=_give_back,
            args=(decision,),
            key="review_return",
        )


def _accept(decision: Decision) -> None:
    try:
        writes.accept(decision.viewer, decision.proposal_id, decision.version, decision.comment)
    except Refused as refusal:
        notices.refused(refusal.faults)
        return
    decision.is_over()
    notices.later(t("Accepted: readers see it from now on."))


def _give_back(decision: Decision) -> None:
    try:
        writes.give_back(decision.viewer, decision.proposal_id, decision.version, decision.comment)
    except Refused as refusal:
        notices.refused(refusal.faults)
        return
    decision.is_over()
    notices.later(t("Returned to its author with your comment."))


def _own(viewer: Viewer, found: reads.Whole) -> None:
    """Offer its author to amend it and send it again, or to take it back."""
    if not found.may_come_again(viewer.username):
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        again.link(found.kind, found.proposal_id, found.record_id)
        if found.state is ProposalState.PENDING:
            st.button(
                t("Withdraw"),
                icon=":material/undo:",
                on_click=_withdraw,
                args=(viewer, found.proposal_id),
                key="review_withdraw",
            )


def _withdraw(viewer: Viewer, proposal_id: int) -> None:
    try:
        writes.withdraw(viewer, proposal_id)
    except Refused as refusal:
        notices.refused(refusal.faults)
    else:
        notices.later(t("Withdrawn: nothing has changed."))
