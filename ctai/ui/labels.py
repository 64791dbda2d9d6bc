"""Labels: how codes read on the screen, in the visitor's language and the official wording."""

import math
import re
from collections.abc import Iterable
from datetime import date, datetime

from ctai.domain.activities import OrganisationRole
from ctai.domain.dates import age_days
from ctai.domain.gaps import CellState
from ctai.domain.roles import Role
from ctai.domain.strategy import Level
from ctai.figures import signs
from ctai.i18n import (
    dates,
    direction,
    lists,
    mark,
    names,
    numbers,
    record_wording,
    tongues,
    wording,
)
from ctai.i18n.isolates import isolated
from ctai.ui.language import current, t
from ctai.ui.session import ROLE_NAMES

_ORGANISATION_ROLES = {
    OrganisationRole.FUNDING: mark("Funding"),
    OrganisationRole.ACCOUNTABLE: mark("Accountable"),
    OrganisationRole.EXTENDING: mark("Extending"),
    OrganisationRole.IMPLEMENTING: mark("Implementing"),
}

TITLES = {
    "en": mark("Title in English"),
    "fr": mark("Title in French"),
    "ar": mark("Title in Arabic"),
    "zh": mark("Title in Chinese"),
    "ru": mark("Title in Russian"),
    "es": mark("Title in Spanish"),
}
DESCRIPTIONS = {
    "en": mark("Description in English"),
    "fr": mark("Description in French"),
    "ar": mark("Description in Arabic"),
    "zh": mark("Description in Chinese"),
    "ru": mark("Description in Russian"),
    "es": mark("Description in Spanish"),
}

_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:])")


def plain(typed: str) -> str:
    """Show what somebody typed as it stands, where Streamlit reads Markdown; each line of another
    direction keeps to its own.
    """
    lines = (isolated(current(), line) for line in typed.split("\n"))
    return _MARKUP.sub(r"\\\1", "\n".join(lines))


def given(typed: str, stated: str = "") -> str:
    """Write words of a record as they were given: in their own direction, and behind the code of
    their language where it is known and not the visitor's; a narrow column cuts off their end.
    """
    code = tongues.sign(current(), typed, stated)
    return f"{code} {isolated(current(), typed)}" if code else isolated(current(), typed)


def titled(typed: str, stated: object) -> str:
    """Show a title as it was given, where Streamlit reads Markdown; behind it stands the code of
    its language where it is known and not the visitor's. What nobody has stated is no text.
    """
    code = tongues.sign(current(), typed, stated if isinstance(stated, str) else "")
    return f"{plain(typed)} {plain(code)}".rstrip()


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
    return record_wording.visibility(current(), code)


def evidence_kind(code: str) -> str:
    """Name a kind of evidence."""
    return record_wording.evidence_kind(current(), code)


def disclosure(code: str) -> str:
    """Say what may be told of a finding."""
    return record_wording.disclosure(current(), code)


def finding(code: str) -> str:
    """Say what an assessment found on a measure."""
    return record_wording.finding(current(), code)


def organisation_role(code: str | int) -> str:
    """Name an entity's role in an activity."""
    return t(_ORGANISATION_ROLES[OrganisationRole(int(code))])


def budget_kind(code: str) -> str:
    """Name a kind of budget line."""
    return record_wording.budget_kind(current(), code)


def basis(code: str) -> str:
    """Say whether a measure was inferred or confirmed."""
    return record_wording.basis(current(), code)


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
    return lists.listed(current(), parts)


def phrases(parts: Iterable[str]) -> str:
    """Write several phrases, which may hold commas, one after the other."""
    return lists.phrases(current(), parts)


def told(parts: Iterable[str]) -> str:
    """Write several names as a sentence lists them."""
    return lists.told(current(), parts)


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
