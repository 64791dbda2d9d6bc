"""Labels of records: how their kinds, their fields and the values of these read on the screen."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial

from ctai.domain.activities import Basis, OrganisationRole
from ctai.domain.dates import is_partial_date
from ctai.domain.evidence import Finding
from ctai.domain.kinds import RecordKind
from ctai.domain.money import BudgetKind
from ctai.domain.reporting import QuarterAnswer
from ctai.i18n import mark, plan_wording
from ctai.ui import evidence_labels, funding_labels, labels, ladder_labels, review_labels
from ctai.ui.language import current, t

_KINDS = {
    RecordKind.ACTIVITY: mark("Activity"),
    RecordKind.ASSESSMENT: mark("Assessment"),
    RecordKind.REQUEST: mark("Request"),
    RecordKind.NEED: mark("Need"),
    RecordKind.FUNDING_REQUEST: mark("Funding request"),
    RecordKind.PLAN: mark("Action plan"),
    RecordKind.PROPOSAL: mark("Proposed change"),
    RecordKind.REPORTING: mark("Reporting"),
    RecordKind.USER: mark("Account"),
    RecordKind.REFERENCE: mark("Code list"),
}
_FIELDS = {
    "accepted_by": mark("Accepted by"),
    "action": mark("Action"),
    "active": mark("May sign in"),
    "activities": mark("Activities and budget"),
    "actual_end": mark("Actual end"),
    "actual_start": mark("Actual start"),
    "addressed_to": mark("Addressed to"),
    "agreed_on": mark("Agreed on"),
    "agreed_with": mark("Agreed with"),
    "answer": mark("Answer"),
    "answered_on": mark("Answered on"),
    "authority": mark("Authority that asks"),
    "basis": mark("How the measure is known"),
    "budget": mark("Money"),
    "code": mark("Number"),
    "cofunding": mark("Co-funding"),
    "confirmed_by": mark("Confirmed by"),
    "contact_office": mark("Contact office"),
    "copied_from": mark("Copied from"),
    "cost": mark("Cost"),
    "countries": mark("Countries"),
    "country": mark("Country"),
    "currency": mark("Currency"),
    "dates": mark("Dates"),
    "disclosed": mark("Disclosure"),
    "discoveries": mark("Findings"),
    "ends": mark("End"),
    "entities": mark("Entities"),
    "entity": mark("Entity"),
    "estimated_cost": mark("Estimated cost"),
    "evidence": mark("Evidence"),
    "evidence_date": mark("Date of the evidence"),
    "evidence_kind": mark("Kind of evidence"),
    "findings": mark("Findings in general"),
    "follow_up": mark("Follow-up"),
    "follow_ups": mark("Follow-up"),
    "for_whom": mark("For whom"),
    "items": mark("Areas in which help is asked for"),
    "joining": mark("Entities that joined"),
    "language": mark("Language"),
    "lead": mark("Lead entity"),
    "measure": mark("Main measure of the Strategy"),
    "measures": mark("Measures"),
    "milestones": mark("Milestones"),
    "national_strategy": mark("National strategy"),
    "need": mark("Need"),
    "needed_by": mark("Money needed by"),
    "needs": mark("Needs that it answers"),
    "note": mark("Note"),
    "objective": mark("Objective"),
    "parent_id": mark("Programme"),
    "part": mark("Part"),
    "password": mark("Password"),
    "place": mark("Place"),
    "planned_end": mark("Planned end"),
    "planned_start": mark("Planned start"),
    "quarter": mark("Quarter"),
    "rate": mark("US dollars for one unit"),
    "reasons": mark("Reasons"),
    "requested_on": mark("Requested on"),
    "risks": mark("Risks"),
    "role": mark("Role"),
    "round": mark("Round"),
    "rows": mark("Rows"),
    "severity": mark("Severity"),
    "sources": mark("Sources"),
    "starts": mark("Start"),
    "state": mark("State"),
    "state_as_of": mark("State as of"),
    "state_seen_on": mark("State as of"),
    "status": mark("Status"),
    "status_as_of": mark("Status as of"),
    "title": mark("Title"),
    "total": mark("Total asked"),
    "trusted_entity": mark("Trusted entity"),
    "username": mark("Username"),
    "visibility": mark("Who may see it"),
    "wanted_by": mark("Wanted by"),
    "what": mark("What is asked for"),
    **{f"title_{lang}": text for lang, text in labels.TITLES.items()},
    **{f"description_{lang}": text for lang, text in labels.DESCRIPTIONS.items()},
}
_ITEM = re.compile(r"item_(\d+)(?:\.milestone_(\d+))?\.(\w+)")
_ROLE = re.compile(r" \((\w+)\)")
_LINK = re.compile(r"([IVX]+\.\d+) \((.*)\)")
_MONEY = re.compile(rf"(?:({'|'.join(BudgetKind)}) )?(\d+(?:\.\d+)?) ([A-Z]{{3}})")
_ROLE_CODES = {role.name.lower(): role for role in OrganisationRole}
_DAYS = {"working": mark("Working day"), "holiday": mark("Day off")}
_QUARTERS = {
    QuarterAnswer.NOTHING_TO_REPORT.value: mark("Nothing to report"),
    QuarterAnswer.REPORTED.value: mark("Told us by other means"),
}
_TRUTHS = {"yes": mark("Yes"), "no": mark("No")}
_STATES: dict[str, Callable[[str], str]] = {
    RecordKind.NEED: labels.need_state,
    RecordKind.FUNDING_REQUEST: funding_labels.state,
    RecordKind.PROPOSAL: review_labels.state,
    RecordKind.PLAN: lambda code: plan_wording.plan_state(current(), code),
}


def kind(code: str) -> str:
    """Name a kind of record."""
    return t(_KINDS[RecordKind(code)])


def field(name: str) -> str:
    """Name a field of a record of any kind, as its form, its review and its history call it."""
    if name in _FIELDS:
        return t(_FIELDS[name])
    if found := _ITEM.fullmatch(name):
        item, milestone, part = found.groups()
        if milestone:
            return t("Item {n}, milestone {m}: {field}", n=item, m=milestone, field=field(part))
        return t("Item {n}: {field}", n=item, field=field(part))
    if name.startswith("calendar:"):
        return labels.when(name.removeprefix("calendar:"))
    if ":" in name:
        return ladder_labels.field(name)
    return funding_labels.field(name) if "." in name else name


def value(kind: str, name: str, text: object) -> str:
    """Write a field's value in the visitor's language, where it is a code or a date; "" for none.

    `kind` is the record's: the states of needs and of plans have names of their own.
    """
    if not isinstance(text, str) or not text:
        return ""
    if name.startswith("calendar:"):
        return _led_by(_DAYS, text)
    if ":" in name:
        return ladder_labels.value(name, text)
    if name.startswith("review."):
        code, gap, comment = text.partition(" ")
        return f"{funding_labels.answer(code)}{gap}{comment}"
    if name.endswith(".state"):
        return plan_wording.item_state(current(), text)
    if name == "state":
        return _STATES[kind](text) if kind in _STATES else text
    if is_partial_date(text):
        return labels.when(text)
    written = _VALUES.get(name.rpartition(".")[2])
    return written(text) if written else text


def _led_by(names: Mapping[str, str], text: str) -> str:
    code, dot, rest = text.partition(" · ")
    return f"{t(names[code])}{dot}{rest}" if code in names else text


def _countries(text: str) -> str:
    parts = (part.partition(" ") for part in re.split("[;,] ", text))
    return labels.joined(f"{labels.country(iso3)}{gap}{rest}" for iso3, gap, rest in parts)


def _amounts(text: str) -> str:
    return labels.joined(_amount(part) for part in text.split("; "))


def _amount(text: str) -> str:
    found = _MONEY.match(text)
    if found is None:
        return text
    written = funding_labels.money(Decimal(found[2]), found[3]) + text[found.end() :]
    return f"{labels.budget_kind(found[1])} {written}" if found[1] else written


def _measures(text: str) -> str:
    return labels.joined(_measure(part) for part in text.split("; "))


def _measure(text: str) -> str:
    found = _LINK.fullmatch(text)
    if found is None:
        return text
    words = (_WORDS[word]() if word in _WORDS else word for word in found[2].split(", "))
    return f"{found[1]} ({labels.joined(words)})"


_WORDS: dict[str, Callable[[], str]] = {
    "main": lambda: t("main measure"),
    **{basis.value: partial(labels.basis, basis) for basis in Basis},
    **{finding.value: partial(evidence_labels.finding, finding) for finding in Finding},
}
"""What stands in brackets after the code of a measure."""


def _entities(text: str) -> str:
    return labels.joined(_entity(part) for part in text.split("; "))


def _entity(text: str) -> str:
    acronym = _ROLE.sub("", text)
    role = _ROLE.search(text)
    who = ladder_labels.who(acronym)
    if role is None or role[1] not in _ROLE_CODES:
        return who
    return f"{who} ({labels.organisation_role(_ROLE_CODES[role[1]])})"


_VALUES: dict[str, Callable[[str], str]] = {
    "active": lambda text: _led_by(_TRUTHS, text),
    "addressed_to": ladder_labels.who,
    "answer": lambda text: _led_by(_QUARTERS, text),
    "basis": labels.basis,
    "budget": _amounts,
    "cost": _amounts,
    "countries": _countries,
    "country": labels.country,
    "disclosed": labels.disclosure,
    "entities": _entities,
    "entity": ladder_labels.who,
    "estimated_cost": _amounts,
    "evidence_kind": labels.evidence_kind,
    "joining": _entities,
    "lead": ladder_labels.who,
    "measure": labels.measure,
    "measures": _measures,
    "role": labels.role,
    "severity": labels.severity,
    "status": labels.status,
    "visibility": labels.visibility,
}
"""How the values of fields that hold codes are written."""
