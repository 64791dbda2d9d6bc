"""Values of records as the history and the review write them: codes by their names, dates worded.

The revision log holds plain texts; what is no code or date of a known place stays as it was typed.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial

from ctai.domain.activities import Basis, OrganisationRole
from ctai.domain.evidence import Disclosure, Finding, Severity
from ctai.domain.money import BudgetKind
from ctai.domain.reporting import QuarterAnswer
from ctai.i18n import mark
from ctai.ui import funding_labels, labels, ladder_labels
from ctai.ui.language import NAMES, t

_DATE = r"\d{4}(?:-\d\d){0,2}"
_ROLE = re.compile(r" \((\w+)\)")
_LINK = re.compile(r"([IVX]+\.\d+) \((.*)\)")
_MONEY = re.compile(
    rf"(?:({'|'.join(BudgetKind)}) )?(-?\d+(?:\.\d+)?) ([A-Z]{{3}})( \(several countries\))?"
    rf"(?: from (.+?)(?= on {_DATE}| · |$))?(?: on ({_DATE}))?( · .*)?"
)
_RATE = re.compile(rf"(\d+(?:\.\d+)?)(?: USD)?(?: on |\s\()({_DATE})\)?")
_GIVEN = re.compile(r"(\d+(?:\.\d+)?) from (.+)")
_SPAN = re.compile(rf"({_DATE})?/({_DATE})?")
_DONE = re.compile(rf"done ({_DATE})(?=;|$)")
_FOUND = re.compile(rf"\((?:({'|'.join(Severity)}), )?({'|'.join(Disclosure)})\)(?=;|$)")
_ROLE_CODES = {role.name.lower(): role for role in OrganisationRole}
_QUARTERS = {
    QuarterAnswer.NOTHING_TO_REPORT.value: mark("Nothing to report"),
    QuarterAnswer.REPORTED.value: mark("Told us by other means"),
}
_TRUTHS = {"yes": mark("Yes"), "no": mark("No")}
_CHANGED = {"changed": mark("Changed")}


def written(name: str, text: str) -> str:
    """Write a field's value in the visitor's language, where it is a code."""
    group, dot, part = name.rpartition(".")
    if dot and group == "flow":
        return _amount(text)
    write = _VALUES.get(part)
    return write(text) if write else text


def led_by(names: Mapping[str, str], text: str) -> str:
    """Write a text that begins with a code, and may go on with what somebody typed."""
    code, dot, rest = text.partition(" · ")
    return f"{t(names[code])}{dot}{rest}" if code in names else text


def _countries(text: str) -> str:
    parts = (part.partition(" ") for part in re.split("[;,] ", text))
    return labels.joined(f"{labels.country(iso3)}{gap}{rest}" for iso3, gap, rest in parts)


def _amounts(text: str) -> str:
    return labels.joined(_amount(part) for part in text.split("; "))


def _amount(text: str) -> str:
    """Write an amount with its kind; in brackets what it is for, who gives it, and its date."""
    found = _MONEY.fullmatch(text)
    if found is None:
        return text
    kind, amount, currency, is_shared, donor, day, note = found.groups(default="")
    beside = [
        *([t("several countries")] if is_shared else []),
        *([ladder_labels.who(donor)] if donor else []),
        *([labels.when(day)] if day else []),
    ]
    money = funding_labels.money(Decimal(amount), currency)
    told = f"{labels.budget_kind(kind)} {money}" if kind else money
    return _with(told, beside) + note


def _with(told: str, beside: list[str]) -> str:
    return f"{told} ({labels.joined(beside)})" if beside else told


def _rate(text: str) -> str:
    found = _RATE.fullmatch(text)
    return _with(found[1], [labels.when(found[2])]) if found else text


def _given(text: str) -> str:
    found = _GIVEN.fullmatch(text)
    return _with(found[1], [found[2]]) if found else text


def _dates(text: str) -> str:
    return labels.joined(_SPAN.sub(_span, part) for part in text.split("; "))


def _span(found: re.Match[str]) -> str:
    start, end = found.groups()
    if not end:
        return labels.when(start)
    return t("{start} to {end}", start=labels.when(start), end=labels.when(end))


def _measures(text: str) -> str:
    return labels.joined(_measure(part) for part in text.split("; "))


def _measure(text: str) -> str:
    found = _LINK.fullmatch(text)
    if found is None:
        return text
    words = (_WORDS[word]() if word in _WORDS else word for word in found[2].split(", "))
    return t("{measure} ({basis})", measure=labels.measure(found[1]), basis=labels.joined(words))


_WORDS: dict[str, Callable[[], str]] = {
    "main": lambda: t("main measure"),
    **{basis.value: partial(labels.basis, basis) for basis in Basis},
    **{finding.value: partial(labels.finding, finding) for finding in Finding},
}
"""What stands in brackets after the code of a measure."""


def _findings(text: str) -> str:
    return _FOUND.sub(_finding, text)


def _finding(found: re.Match[str]) -> str:
    severity, disclosed = found.groups()
    words = [labels.severity(severity)] if severity else []
    return f"({labels.joined([*words, labels.disclosure(disclosed)])})"


def _follow_up(text: str) -> str:
    return _DONE.sub(lambda found: t("done: {date}", date=labels.when(found[1])), text)


def _entities(text: str) -> str:
    return labels.joined(_entity(part) for part in text.split("; "))


def _entity(text: str) -> str:
    acronym = _ROLE.sub("", text)
    role = _ROLE.search(text)
    who = ladder_labels.who(acronym)
    if role is None or role[1] not in _ROLE_CODES:
        return who
    return f"{who} ({labels.organisation_role(_ROLE_CODES[role[1]])})"


def _whole_entity(acronym: str) -> str:
    who = ladder_labels.who(acronym)
    return labels.entity(acronym) if who == acronym else who


_VALUES: dict[str, Callable[[str], str]] = {
    "active": partial(led_by, _TRUTHS),
    "addressed_to": _whole_entity,
    "answer": partial(led_by, _QUARTERS),
    "basis": labels.basis,
    "budget": _amounts,
    "cofunding": _given,
    "cost": _amounts,
    "cost_rate": _rate,
    "countries": _countries,
    "country": labels.country,
    "dates": _dates,
    "disclosed": labels.disclosure,
    "discoveries": _findings,
    "entities": _entities,
    "entity": _whole_entity,
    "estimated_cost": _amounts,
    "evidence_kind": labels.evidence_kind,
    "follow_up": _follow_up,
    "joining": _entities,
    "language": lambda code: NAMES.get(code, code),
    "lead": _whole_entity,
    "measure": labels.measure,
    "measures": _measures,
    "password": partial(led_by, _CHANGED),
    "rate": _rate,
    "role": labels.role,
    "severity": labels.severity,
    "status": labels.status,
    "trusted_entity": _whole_entity,
    "visibility": labels.visibility,
    "written_in": lambda code: NAMES.get(code, code),
}
"""How the values of fields that hold codes are written."""
