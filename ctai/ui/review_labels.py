"""Labels of review: how the states and actions of proposals read on the screen."""

from typing import Literal

from ctai.domain.proposals import ProposalState, Proposed
from ctai.domain.roles import Viewer
from ctai.i18n import mark
from ctai.ui.language import t
from ctai.ui.store import review

_STATES = {
    ProposalState.PENDING: mark("Waits for review"),
    ProposalState.ACCEPTED: mark("Accepted"),
    ProposalState.RETURNED: mark("Returned"),
    ProposalState.WITHDRAWN: mark("Withdrawn"),
}
Colour = Literal["orange", "green", "red", "gray"]
STATE_COLOURS: dict[ProposalState, Colour] = {
    ProposalState.PENDING: "orange",
    ProposalState.ACCEPTED: "green",
    ProposalState.RETURNED: "red",
    ProposalState.WITHDRAWN: "gray",
}
_ACTIONS = {
    Proposed.ENTER: mark("New record"),
    Proposed.AMEND: mark("Change"),
    Proposed.CONFIRM: mark("Confirmation"),
}


def state(code: str) -> str:
    """Say what became of a proposal."""
    return t(_STATES[ProposalState(code)])


def action(code: str) -> str:
    """Say what a proposal would do."""
    return t(_ACTIONS[Proposed(code)])


def when_it_counts(viewer: Viewer) -> str:
    """Tell when readers see what somebody changes."""
    if review.is_waiting_for_review(viewer):
        return t("Your change counts once the desk officer accepts it.")
    return t("Readers see your change as soon as you save.")
