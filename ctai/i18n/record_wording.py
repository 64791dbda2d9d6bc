"""Wording of codes of records: kinds, levels and findings, the same on screen and in files."""

from decimal import Decimal

from ctai.i18n import dates, numbers
from ctai.i18n.catalogue import mark, translate

VISIBILITIES = {
    "public": mark("Public"),
    "un_system": mark("United Nations system"),
    "restricted": mark("Restricted"),
}
EVIDENCE_KINDS = {
    "assessment": mark("Assessment"),
    "rating": mark("Rating"),
    "recommendation": mark("Recommendation"),
    "request": mark("Request"),
}
DISCLOSURES = {
    "yes": mark("Text disclosed"),
    "partly": mark("Exists; text not public"),
    "withheld": mark("Findings withheld"),
    "unknown": mark("Findings not recorded here"),
}
FINDINGS = {
    "need": mark("A need was found"),
    "no_need": mark("No need was found"),
    "not_recorded": mark("What was found is not recorded"),
}
BUDGET_KINDS = {
    "budget": mark("Budget"),
    "pledge": mark("Pledge"),
    "commitment": mark("Commitment"),
    "disbursement": mark("Disbursement"),
    "expenditure": mark("Spending"),
}
BASES = {
    "inferred": mark("Measure inferred"),
    "confirmed": mark("Measure confirmed"),
}
LEFT_OUT = {
    "other_country": mark("It is also, or only, for a country outside the earmark."),
    "other_pillar": mark("It also, or only, serves a pillar outside the earmark."),
    "other_entity": mark("Its entity is outside the earmark."),
    "too_late": mark("It ends on {date}, after the latest date."),
    "end_unknown": mark("When it ends is not known, so that it may be after the latest date."),
    "amount_unknown": mark("What it asks is not known in US dollars."),
    "no_need": mark("It has no unmet need that you may see."),
    "nothing_new": mark("The picks close all of its needs already."),
    "too_dear": mark("It asks more than the whole amount; {short} more would be needed."),
    "too_dear_now": mark("Beside the picks too little is left; {short} more would pay for it."),
}
KINDS = {
    "activity": mark("Activity"),
    "assessment": mark("Assessment"),
    "request": mark("Request"),
    "need": mark("Need"),
    "funding_request": mark("Funding request"),
    "plan": mark("Action plan"),
    "proposal": mark("Proposed change"),
    "reporting": mark("Reporting"),
    "user": mark("Account"),
    "reference": mark("Code list"),
}


def visibility(lang: str, code: str) -> str:
    """Name who a record is meant for."""
    return translate(lang, VISIBILITIES[code])


def evidence_kind(lang: str, code: str) -> str:
    """Name a kind of evidence."""
    return translate(lang, EVIDENCE_KINDS[code])


def disclosure(lang: str, code: str) -> str:
    """Say what may be told of a finding."""
    return translate(lang, DISCLOSURES[code])


def finding(lang: str, code: str) -> str:
    """Say what an assessment found on a measure."""
    return translate(lang, FINDINGS[code])


def budget_kind(lang: str, code: str) -> str:
    """Name a kind of budget line."""
    return translate(lang, BUDGET_KINDS[code])


def basis(lang: str, code: str) -> str:
    """Say whether a measure was inferred or confirmed."""
    return translate(lang, BASES[code])


def kind(lang: str, code: str) -> str:
    """Name a kind of record."""
    return translate(lang, KINDS[code])


def left_out(lang: str, code: str, ends: str | None, short_usd: Decimal | None) -> str:
    """Say why a funding request is left out: it ends then, or asks for so many dollars more."""
    short = numbers.money(lang, short_usd, "USD")
    return translate(lang, LEFT_OUT[code], date=dates.partial_date(lang, ends), short=short)
