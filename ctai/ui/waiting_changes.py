"""Changes of a record that wait for review: beside it, and in the way of another."""

import streamlit as st

from ctai.domain.kinds import RecordKind
from ctai.domain.roles import Viewer
from ctai.ui.language import t
from ctai.ui.store import review


def hold(viewer: Viewer, kind: RecordKind, number: int) -> bool:
    """Tell whether a change that waits keeps the viewer from writing another.

    One change of an entity to a record waits at a time: it is amended on the page Review.
    """
    return review.is_waiting_for_review(viewer) and bool(review.pending_of(viewer, kind, number))


def show(viewer: Viewer, kind: RecordKind, number: int) -> None:
    """Say that changes of a record wait, and lead to each."""
    for proposal_id in review.pending_of(viewer, kind, number):
        st.badge(t("A change waits for review"), color="orange", icon=":material/rate_review:")
        st.page_link(
            "pages/review.py",
            label=t("Look at it"),
            query_params={**st.query_params.to_dict(), "proposal": str(proposal_id)},
        )
