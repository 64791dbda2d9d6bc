"""A change that is taken up again: its author amends what waits or was returned, and sends it anew.

The URL names it as `again`; the record that it changes, if there is one, stands there as ever.
"""

import streamlit as st

from ctai.domain.kinds import RecordKind
from ctai.domain.proposals import AnyDraft
from ctai.domain.roles import Viewer
from ctai.ui import choice, labels, record_links
from ctai.ui.language import t
from ctai.ui.store import review

_ENTRY = {
    RecordKind.ASSESSMENT: ("assessment", "assessment"),
    RecordKind.REQUEST: ("request", "request"),
    RecordKind.NEED: ("need", "need"),
}
"""The page whose form writes a kind of record, and the parameter that names the record there."""


def number() -> int | None:
    """Give the number of the change that is taken up; None where none is."""
    return choice.number("again")


def form(name: str) -> str:
    """Name a form, apart from the form of the record where a change is taken up."""
    return name if number() is None else f"again-{number()}:{name}"


def draft(viewer: Viewer, base: AnyDraft | None, record_id: int | None) -> AnyDraft | None:
    """Give what a form begins from: `base`, or in its place the change that is taken up.

    None where there is no such change, or it is another record's.
    """
    again = number()
    if again is None or base is None:
        return base
    found = review.taken_up(viewer, again, type(base))
    if found is None or found[1] != record_id:
        return None
    return found[0]


def returned(viewer: Viewer) -> None:
    """Show above the form what the desk wants changed, and the way back to the change."""
    again = number()
    found = None if again is None else review.whole(viewer, again)
    if found is None:
        return
    if found.comment:
        st.info(
            t(
                "{name} returned it: {comment}",
                name=labels.plain(found.decided_by or "–"),
                comment=labels.plain(found.comment),
            ),
            icon=":material/reply:",
        )
    st.page_link(
        "pages/review.py",
        label=t("Back to the change"),
        icon=":material/undo:",
        query_params=record_links.query(proposal=found.proposal_id),
    )


def link(kind: RecordKind, proposal_id: int, record_id: int | None) -> None:
    """Lead to the form that takes a change up."""
    stem, name = _ENTRY.get(kind, ("enter", ""))
    of_record = {name: record_id} if name and record_id is not None else {}
    st.page_link(
        f"pages/{stem}.py",
        label=t("Amend and send again"),
        icon=":material/edit:",
        query_params=record_links.query(again=proposal_id, **of_record),
    )
