"""Labels: how codes read on the screen, in the visitor's language and the official wording."""

import math
import re
from collections.abc import Iterable
from datetime import date, datetime

from ctai.domain.activities import Basis, OrganisationRole
from ctai.domain.dates import age_days
from ctai.domain.gaps import CellState
from ctai.domain.money import BudgetKind
from ctai.domain.needs import Disclosure, EvidenceKind
from ctai.domain.roles import Role, Visibility
from ctai.domain.strategy import Level
from ctai.figures import signs
from ctai.i18n import dates, direction, mark, names, numbers, wording
from ctai.ui.language import current, t
from ctai.ui.session import ROLE_NAMES

_VISIBILITIES = {
    Visibility.PUBLIC: mark("Public"),
    Visibility.UN_SYSTEM: mark("United Nations system"),
    Visibility.RESTRICTED: mark("Restricted"),
}
_EVIDENCE = {
    EvidenceKind.ASSESSMENT: mark("Assessment"),
    EvidenceKind.RATING: mark("Rating"),
    EvidenceKind.RECOMMENDATION: mark("Recommendation"),
    EvidenceKind.REQUEST: mark("Request"),
}
_DISCLOSURES = {
    Disclosure.YES: mark("Text disclosed"),
    Disclosure.PARTLY: mark("Exists; text not public"),
    Disclosure.WITHHELD: mark("Findings withheld"),
    Disclosure.UNKNOWN: mark("Findings not recorded here"),
}
_ORGANISATION_ROLES = {
    OrganisationRole.FUNDING: mark("Funding"),
    OrganisationRole.ACCOUNTABLE: mark("Accountable"),
    OrganisationRole.EXTENDING: mark("Extending"),
    OrganisationRole.IMPLEMENTING: mark("Implementing"),
}
_BUDGET_KINDS = {
    BudgetKind.BUDGET: mark("Budget"),
    BudgetKind.PLEDGE: mark("Pledge"),
    BudgetKind.COMMITMENT: mark("Commitment"),
    BudgetKind.DISBURSEMENT: mark("Disbursement"),
    BudgetKind.EXPENDITURE: mark("Spending"),
}
_BASES = {
    Basis.INFERRED: mark("Measure inferred"),
    Basis.CONFIRMED: mark("Measure confirmed"),
}

TITLES = {
    "en": mark("Title in English"),
    "fr": mark("Title in French"),
    "ar": mark("Title in Arabic"),
}
DESCRIPTIONS = {
    "en": mark("Description in English"),
    "fr": mark("Description in French"),
    "ar": mark("Description in Arabic"),
}

_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:])")


def plain(typed: str) -> str:
    """Show what somebody typed as it stands, where Streamlit reads Markdown."""
    return _MARKUP.sub(r"\\\1", typed)


def status(code: str) -> str:
    """Name an activity's status."""
    return wording.status(current(), code)


def state(code: str) -> str:
    """Name a cell's state, with its sign."""
    sign = signs.STATES[CellState(code)]
    return f"{sign.symbol} {t(sign.label)}"


def need_state(code: str) -> str:
    """Name a need's state."""
    return wording.need_state(current(), code)


def severity(code: str | None) -> str:
    """Name a severity; what the source does not say stays unsaid."""
    return wording.severity(current(), code) if isinstance(code, str) else t("not stated")


def step(code: str) -> str:
    """Name a partnership's step."""
    return wording.step(current(), code)


def visibility(code: str) -> str:
    """Name who a record is meant for."""
    return t(_VISIBILITIES[Visibility(code)])


def evidence_kind(code: str) -> str:
    """Name a kind of evidence."""
    return t(_EVIDENCE[EvidenceKind(code)])


def disclosure(code: str) -> str:
    """Say what may be told of a finding."""
    return t(_DISCLOSURES[Disclosure(code)])


def organisation_role(code: str | int) -> str:
    """Name an entity's role in an activity."""
    return t(_ORGANISATION_ROLES[OrganisationRole(int(code))])


def budget_kind(code: str) -> str:
    """Name a kind of budget line."""
    return t(_BUDGET_KINDS[BudgetKind(code)])


def basis(code: str) -> str:
    """Say whether a measure was inferred or confirmed."""
    return t(_BASES[Basis(code)])


def role(code: str) -> str:
    """Name a visitor's role."""
    return t(ROLE_NAMES[Role(code)])


def country(iso3: str) -> str:
    """Name a Member State."""
    return names.country_name(current(), iso3)


def countries(codes: str) -> str:
    """Name the Member States of a text of codes."""
    return joined(country(iso3) for iso3 in codes.split("; ") if iso3)


def entity(acronym: str) -> str:
    """Name an entity with its acronym first, by which people look it up."""
    name = names.entity_name(current(), acronym)
    return acronym if name == acronym else led(f"{acronym} · {name}")


def region(code: str) -> str:
    """Name a region."""
    return names.region_name(current(), code)


def led(text: str) -> str:
    """Begin a text in the direction of the language, whatever script its first letter has."""
    return f"\u200f{text}" if direction(current()) == "rtl" else text


def joined(parts: Iterable[str]) -> str:
    """Write several names one after the other, as the language separates them."""
    return ("، " if current() == "ar" else ", ").join(parts)


def pillar(code: str) -> str:
    """Name a pillar, short."""
    return led(f"{code} · {names.pillar_name(current(), code)}")


def measure(code: str) -> str:
    """Name a measure with its code."""
    return led(f"{code} · {names.measure_title(current(), code)}")


def theme(code: str) -> str:
    """Name a theme."""
    return wording.theme(current(), code)


def group(code: str, level: Level) -> str:
    """Name a measure, theme or pillar."""
    match level:
        case Level.MEASURE:
            return measure(code)
        case Level.THEME:
            return theme(code)
        case Level.PILLAR:
            return pillar(code)


def when(iso: object) -> str:
    """Write a date as precisely as it is known."""
    return dates.partial_date(current(), iso if isinstance(iso, str) else None)


def short_day(day: date) -> str:
    """Write a whole day in few letters."""
    return led(dates.short_day(current(), day))


def moment(at: datetime | None) -> str:
    """Write a moment."""
    return led(dates.moment(current(), at))


def age(days: float | None) -> str:
    """Write an age in years and months."""
    return dates.age(current(), None if days is None or math.isnan(days) else int(days))


def age_since(iso: object, today: date) -> str:
    """Write how long ago something happened, as far as its date is known."""
    return age(age_days(iso if isinstance(iso, str) else None, today))


def number(value: float | None, decimals: int = 0) -> str:
    """Write a number."""
    return numbers.number(current(), value, decimals)


def percent(share: float | None) -> str:
    """Write a share of 1 as a percentage."""
    return numbers.percent(current(), share)
