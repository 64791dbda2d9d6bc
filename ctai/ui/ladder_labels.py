"""Labels of the ladder: how its codes, reasons and history read on the screen."""

import re
from collections.abc import Mapping
from dataclasses import replace

from ctai.domain.dates import is_partial_date
from ctai.domain.faults import Fault
from ctai.domain.ladder import (
    Answer,
    ConsentAnswer,
    Fit,
    FundingTest,
    MetAnswer,
    Rung,
    RungState,
)
from ctai.domain.reasons import Reason
from ctai.i18n import mark, wording
from ctai.ui import labels
from ctai.ui.language import current, t

_SHORT_RUNGS = {
    Rung.UN_CAPACITY: mark("1 · UN capacity"),
    Rung.OUTSIDE: mark("2 · Outside"),
    Rung.FUNDING: mark("3 · Funding"),
}
_RUNG_STATES = {
    RungState.SHUT: mark("○ Not open yet"),
    RungState.OPEN: mark("◐ Open"),
    RungState.DONE: mark("● Done"),
}
_ANSWERS = {
    Answer.CAN: mark("Can, from its own means"),
    Answer.CAN_WITH_MONEY: mark("Can, with money"),
    Answer.CANNOT: mark("Cannot"),
    Answer.OFFERS: mark("Offers help"),
    Answer.DECLINES: mark("Declines"),
    Answer.SILENT: mark("Silent until the date had passed"),
}
_CONSENTS = {
    ConsentAnswer.CONSENTS: mark("Consents to sharing"),
    ConsentAnswer.OBJECTS: mark("Objects to sharing"),
}
_TESTS = {
    FundingTest.ESSENTIAL: mark("The need is essential"),
    FundingTest.SERVES_STRATEGY: mark("Answering it serves the Strategy"),
    FundingTest.NOT_FROM_UN: mark("United Nations resources can't meet it"),
    FundingTest.DONORS_UNLIKELY: mark("Donors are unlikely to fund it in the time needed"),
}
_FITS = {Fit.ANSWERS: mark("Answers the need"), Fit.DOES_NOT: mark("Does not answer the need")}
_MET = {
    MetAnswer.MET: mark("The need was met"),
    MetAnswer.PARTLY: mark("It was met in part"),
    MetAnswer.NOT_MET: mark("It was not met"),
}


def rung(code: int) -> str:
    """Name a rung."""
    return wording.rung(current(), int(code))


def short_rung(code: int) -> str:
    """Name a rung where there is little room."""
    return labels.led(t(_SHORT_RUNGS[Rung(code)]))


def rung_state(code: str) -> str:
    """Name how far a rung is, with its sign."""
    return t(_RUNG_STATES[RungState(code)])


def answer(code: str) -> str:
    """Name an answer to an enquiry."""
    return t(_ANSWERS[Answer(code)])


def consent(code: str) -> str:
    """Name a State's answer."""
    return t(_CONSENTS[ConsentAnswer(code)])


def funding_test(code: str) -> str:
    """Name a test of gap-filling funding."""
    return t(_TESTS[FundingTest(code)])


def passed(is_met: bool) -> str:
    """Say whether a test is met, with its sign."""
    return t("✓ Met") if is_met else t("✗ Not met")


def fit(code: str) -> str:
    """Name a decision on an activity."""
    return t(_FITS[Fit(code)])


def met(code: str) -> str:
    """Name what the requester says a year later."""
    return t(_MET[MetAnswer(code)])


def who(entity: str) -> str:
    """Name an entity shortly: its acronym, or the State's name where the donor is a State."""
    try:
        return labels.country(entity)
    except KeyError:
        return entity


def told(reason: Reason) -> str:
    """Write a reason as plain text."""
    return t(reason.message, **_worded(reason.places))


def said(reason: Reason) -> str:
    """Write a reason where Markdown is read."""
    places = {name: labels.plain(text) for name, text in _worded(reason.places).items()}
    return t(reason.message, **places)


def worded(fault: Fault) -> Fault:
    """Give a fault of the ladder with its codes and dates as people read them."""
    return replace(fault, places=_worded(fault.places))


def _worded(places: Mapping[str, str]) -> dict[str, str]:
    return {name: _place(name, value) for name, value in places.items()}


def _place(name: str, value: str) -> str:
    match name:
        case "date" if is_partial_date(value):
            return labels.when(value)
        case "entities":
            return labels.joined(who(entity) for entity in value.split("; "))
        case "countries":
            return labels.joined(
                labels.country(code) if _ISO3.fullmatch(code) else code
                for code in value.split("; ")
            )
        case "n" | "of":
            return labels.number(int(value))
        case _:
            return value


_MET_WORD = "met"
_ISO3 = re.compile("[A-Z]{3}")


def field(name: str) -> str:
    """Name a step of the ladder by its field in a need's history, and whom it concerns."""
    kind, _, rest = name.partition(":")
    whom, _, _ = rest.partition(":")
    match kind:
        case "asked":
            return t("{who} asked, to answer by", who=who(whom))
        case "answer":
            return t("Answer of {who}", who=who(whom))
        case "consent_asked":
            return t("{who} asked for consent, may object until", who=labels.country(whom))
        case "consent":
            return t("Consent of {who}", who=labels.country(whom))
        case "test":
            return t("Test: {test}", test=funding_test(whom))
        case "activity":
            return t("Activity {n}", n=whom)
        case "check":
            return t("Twelve-month check, due {date}", date=labels.when(whom))
        case _:
            return name


_CODES = {
    **{code.value: text for code, text in _ANSWERS.items()},
    **{code.value: text for code, text in _CONSENTS.items()},
    **{code.value: text for code, text in _FITS.items()},
    **{code.value: text for code, text in _MET.items()},
}


def value(name: str, text: object) -> str:
    """Write a value of a need's history; what is typed stays as it is, nothing is a dash."""
    if not isinstance(text, str):
        return "–"
    if is_partial_date(text):
        return labels.when(text)
    code, dot, rest = text.partition(" · ")
    if name.startswith("test:"):
        return f"{passed(code == _MET_WORD)}{dot}{rest}"
    return f"{t(_CODES[code])}{dot}{rest}" if code in _CODES and ":" in name else text
