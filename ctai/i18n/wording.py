"""Wording of codes: how states, severities and themes read, the same on screen and in files."""

from ctai.i18n.catalogue import mark, translate
from ctai.i18n.names import term

CELL_STATES = {
    "not_assessed": mark("Not assessed"),
    "no_need": mark("Assessed, no need"),
    "nothing_yet": mark("Need, nothing yet"),
    "partly_answered": mark("Need, partly answered"),
    "answered": mark("Need, answered"),
    "activity_only": mark("Activity without a recorded need"),
}
NEED_STATES = {
    "open": mark("Open"),
    "being_answered": mark("Being answered"),
    "partly_addressed": mark("Partly addressed"),
    "addressed": mark("Addressed"),
    "withdrawn": mark("Withdrawn"),
}
STEPS = {
    "requested": mark("Partnership requested"),
    "active": mark("Partnership active"),
    "suspended": mark("Partnership suspended"),
    "resumed": mark("Partnership resumed"),
    "concluded": mark("Partnership ended"),
}
RUNGS = {
    1: mark("Existing United Nations capacity"),
    2: mark("Assistance from outside"),
    3: mark("Gap-filling funding"),
}
SEVERITIES = {"high": mark("High"), "medium": mark("Medium"), "low": mark("Low")}
THEMES = {
    "development": mark("Development, inclusion and conflict prevention"),
    "education": mark("Dialogue, education and prevention online"),
    "legal": mark("Legislation and treaties"),
    "justice": mark("Criminal justice"),
    "police": mark("Police, information and linked crimes"),
    "borders": mark("Borders, travel and documents"),
    "transport": mark("Aviation, maritime and transport security"),
    "financing": mark("Money-laundering and terrorist financing"),
    "cbrn": mark("Chemical, biological, radiological and nuclear"),
    "targets": mark("Vulnerable targets and civil protection"),
    "rights": mark("Human rights and refugee law"),
    "victims": mark("Victims of terrorism"),
    "coordination": mark("Coordination and good practice"),
}


def cell_state(lang: str, code: str) -> str:
    """Name the state of a country's measure, theme or pillar."""
    return translate(lang, CELL_STATES[code])


def need_state(lang: str, code: str) -> str:
    """Name the state of a need, as of its source."""
    return translate(lang, NEED_STATES[code])


def step(lang: str, code: str) -> str:
    """Name a step in a State's partnership."""
    return translate(lang, STEPS[code])


def rung(lang: str, number: int) -> str:
    """Name a rung of the ladder."""
    return translate(lang, RUNGS[number])


def severity(lang: str, code: str) -> str:
    """Name a severity."""
    return translate(lang, SEVERITIES[code])


def theme(lang: str, code: str) -> str:
    """Name a theme of the Strategy."""
    return translate(lang, THEMES[code])


def status(lang: str, code: str) -> str:
    """Name an activity's status, in the official wording where there is one."""
    is_unknown = code == "unknown"
    return translate(lang, "Status not known") if is_unknown else term(lang, f"status.{code}")
