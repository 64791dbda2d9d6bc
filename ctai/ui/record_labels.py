"""Labels of records: how their kinds, their fields and the values of these read on the screen."""

import re
from collections.abc import Callable

from ctai.domain.dates import is_partial_date
from ctai.domain.kinds import RecordKind
from ctai.i18n import mark, plan_wording, record_wording
from ctai.ui import (
    funding_labels,
    labels,
    ladder_labels,
    overlap_labels,
    record_values,
    review_labels,
)
from ctai.ui.language import current, t

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
    "arrival": mark("Came in with"),
    "authority": mark("Authority that asks"),
    "basis": mark("How the measure is known"),
    "budget": mark("Money"),
    "code": mark("Number"),
    "cofunding": mark("Co-funding"),
    "confirmed_by": mark("Confirmed by"),
    "contact_office": mark("Contact office"),
    "copied_from": mark("Copied from"),
    "cost": mark("Cost"),
    "cost_rate": mark("US dollars for one unit"),
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
    "identifiers": mark("Identifiers elsewhere"),
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
    "organisations": mark("Other organisations"),
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
    "source_status": mark("Status as its source writes it"),
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
    "written_in": mark("Written in"),
    **{f"title_{lang}": text for lang, text in labels.TITLES.items()},
    **{f"description_{lang}": text for lang, text in labels.DESCRIPTIONS.items()},
}
_ITEM = re.compile(r"item_(\d+)(?:\.milestone_(\d+))?\.(\w+)")
_OVERLAP = re.compile(r"overlap(?:_(\d+))?")
_DAYS = {"working": mark("People work"), "holiday": mark("Holiday")}
_STATES: dict[str, Callable[[str], str]] = {
    RecordKind.NEED: labels.need_state,
    RecordKind.FUNDING_REQUEST: funding_labels.state,
    RecordKind.PROPOSAL: review_labels.state,
    RecordKind.PLAN: lambda code: plan_wording.plan_state(current(), code),
}


def kind(code: str) -> str:
    """Name a kind of record."""
    return record_wording.kind(current(), code)


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
    if found := _OVERLAP.fullmatch(name):
        return t("Overlap with activity {n}", n=found[1]) if found[1] else t("Overlap")
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
        return record_values.led_by(_DAYS, text)
    if _OVERLAP.fullmatch(name):
        return overlap_labels.judgement(text)
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
    return record_values.written(name, text)
