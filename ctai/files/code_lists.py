"""Code lists: every code that a list, a filter or a file may name, with its name in a language."""

from collections.abc import Callable, Iterable

from ctai.db import Session
from ctai.domain.activities import Basis, Status
from ctai.domain.evidence import Disclosure, EvidenceKind, Finding, Severity
from ctai.domain.gaps import CellState
from ctai.domain.needs import NeedState
from ctai.domain.roles import Visibility
from ctai.domain.strategy import Pillar, Theme, by_code
from ctai.i18n import names, record_wording, wording
from ctai.queries import codes

Codes = list[tuple[str, str, str | None]]
"""Code, name, and the code of what it is part of: a State's region, a measure's pillar, an
organisation's kind."""


def _countries(session: Session, lang: str) -> Codes:
    regions = codes.regions(session)
    return [(iso3, names.country_name(lang, iso3), regions[iso3]) for iso3 in sorted(regions)]


def _regions(session: Session, lang: str) -> Codes:
    known = sorted(set(codes.regions(session).values()))
    return [(code, names.region_name(lang, code), None) for code in known]


def _entities(session: Session, lang: str) -> Codes:
    kinds = codes.entities(session)
    return [(acronym, names.entity_name(lang, acronym), kinds[acronym]) for acronym in kinds]


def _measures(_session: Session, lang: str) -> Codes:
    return [
        (code, names.measure_title(lang, code), measure.pillar.value)
        for code, measure in by_code().items()
    ]


def _named(
    known: Iterable[str], name: Callable[[str, str], str]
) -> Callable[[Session, str], Codes]:
    listed = [str(code) for code in known]
    return lambda _session, lang: [(code, name(lang, code), None) for code in listed]


def _pillar(lang: str, code: str) -> str:
    return names.pillar_name(lang, code)


CODE_LISTS: dict[str, Callable[[Session, str], Codes]] = {
    "country": _countries,
    "region": _regions,
    "entity": _entities,
    "measure": _measures,
    "pillar": _named(Pillar, _pillar),
    "theme": _named(Theme, wording.theme),
    "status": _named(Status, wording.status),
    "visibility": _named(Visibility, record_wording.visibility),
    "severity": _named([level.value for level in Severity], wording.severity),
    "need_state": _named(NeedState, wording.need_state),
    "cell_state": _named(CellState, wording.cell_state),
    "finding": _named(Finding, record_wording.finding),
    "evidence_kind": _named(EvidenceKind, record_wording.evidence_kind),
    "disclosure": _named(Disclosure, record_wording.disclosure),
    "basis": _named(Basis, record_wording.basis),
}
"""Code lists by name, which is that of the column or filter that has their codes."""
