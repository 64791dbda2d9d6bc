"""Labels of review: how states, kinds and fields of proposals read on the screen."""

from typing import Literal

from ctai.domain.kinds import RecordKind
from ctai.domain.proposals import ProposalState, Proposed
from ctai.domain.roles import Viewer
from ctai.i18n import mark
from ctai.ui import labels
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
_KINDS = {
    RecordKind.ACTIVITY: mark("Activity"),
    RecordKind.ASSESSMENT: mark("Assessment"),
    RecordKind.REQUEST: mark("Request"),
    RecordKind.NEED: mark("Need"),
}
_FIELDS = {
    "addressed_to": mark("Addressed to"),
    "answered_on": mark("Answered on"),
    "authority": mark("Authority"),
    "code": mark("Code"),
    "dates": mark("Dates"),
    "disclosed": mark("What may be told"),
    "evidence": mark("Evidence"),
    "evidence_date": mark("Date of the evidence"),
    "evidence_kind": mark("Kind of evidence"),
    "findings": mark("Findings"),
    "follow_ups": mark("Follow-up"),
    "joining": mark("Joined by"),
    "lead": mark("Lead"),
    "measure": mark("Measure"),
    "requested_on": mark("Requested on"),
    "severity": mark("Severity"),
    "state": mark("State"),
    "state_as_of": mark("State as of"),
    "title": mark("Title"),
    "wanted_by": mark("Wanted by"),
    "what": mark("What is asked for"),
}
"""Fields of assessments, requests and needs; those of activities have theirs in `labels`."""

_DATES = frozenset(
    {
        "status_as_of",
        "planned_start",
        "planned_end",
        "actual_start",
        "actual_end",
        "evidence_date",
        "state_as_of",
        "wanted_by",
        "requested_on",
        "answered_on",
    }
)


def state(code: str) -> str:
    """Say what became of a proposal."""
    return t(_STATES[ProposalState(code)])


def action(code: str) -> str:
    """Say what a proposal would do."""
    return t(_ACTIONS[Proposed(code)])


def kind(code: str) -> str:
    """Name a kind of record that is reviewed."""
    return t(_KINDS[RecordKind(code)])


def field(name: str) -> str:
    """Name a field of a record of any kind."""
    return t(_FIELDS[name]) if name in _FIELDS else labels.field(name)


def value(name: str, text: str) -> str:
    """Write a field's value in the visitor's language, where it is a code or a date."""
    if not text:
        return ""
    if name == "status":
        return labels.status(text)
    if name == "visibility":
        return labels.visibility(text)
    if name == "state":
        return labels.need_state(text)
    if name in _DATES:
        return labels.when(text)
    if name == "countries":
        parts = (part.partition(" ") for part in text.split("; "))
        return labels.joined(f"{labels.country(iso3)}{gap}{rest}" for iso3, gap, rest in parts)
    return text


def when_it_counts(viewer: Viewer) -> str:
    """Tell when readers see what somebody changes."""
    if review.is_waiting_for_review(viewer):
        return t("Your change counts once the desk officer accepts it.")
    return t("Readers see your change as soon as you save.")
