"""Labels of requests, assessments and needs: how their fields and findings read on the screen."""

from ctai.domain.evidence import Finding
from ctai.i18n import mark
from ctai.ui import labels
from ctai.ui.language import t

_FINDINGS = {
    Finding.NEED: mark("A need was found"),
    Finding.NO_NEED: mark("No need was found"),
    Finding.NOT_RECORDED: mark("What was found is not recorded"),
}
_FIELDS = {
    "what": mark("What is asked for"),
    "country": mark("Country"),
    "authority": mark("Authority that asks"),
    "contact_office": mark("Contact office"),
    "requested_on": mark("Requested on"),
    "addressed_to": mark("Addressed to"),
    "measure": mark("Main measure of the Strategy"),
    "items": mark("Areas in which help is asked for"),
    "reasons": mark("Reasons"),
    "national_strategy": mark("National strategy"),
    "answered_on": mark("Answered on"),
    "title": mark("Title"),
    "lead": mark("Lead entity"),
    "joining": mark("Entities that joined"),
    "dates": mark("Dates"),
    "findings": mark("Findings in general"),
    "disclosed": mark("Disclosure"),
    "discoveries": mark("Findings"),
    "follow_up": mark("Follow-up"),
}


def field(name: str) -> str:
    """Name a field of a request or an assessment, as the form and the history call it."""
    return t(_FIELDS[name]) if name in _FIELDS else labels.field(name)


def finding(code: str) -> str:
    """Say what an assessment found on a measure."""
    return t(_FINDINGS[Finding(code)])
