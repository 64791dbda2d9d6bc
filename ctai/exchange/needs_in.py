"""Reading needs: the lines of one finding, one a country, become one draft."""

from collections.abc import Iterator

from ctai.domain.arrivals import Row
from ctai.domain.faults import Fault, shown
from ctai.domain.needs import Disclosure, EvidenceKind, NeedDraft, NeedState, Severity
from ctai.domain.roles import Visibility
from ctai.exchange.lines_in import code_of, countries_of, language_of, place_of, sources_of
from ctai.exchange.tables_in import Line

SAID = frozenset(
    {"title", "countries", "measure", "evidence_kind", "evidence_body", "evidence_title"}
    | {"evidence_date", "evidence_ref", "state", "state_as_of", "severity", "wanted_by"}
    | {"disclosed", "sources", "note"}
)
"""The values of which every file of needs speaks."""

NEED_COLUMNS = (
    "need_id",
    "country_iso3",
    "measure",
    "title",
    "severity",
    "wanted_by",
    "evidence_kind",
    "evidence_body",
    "evidence_title",
    "evidence_date",
    "evidence_ref",
    "state_as_of_source",
    "disclosed",
    "source_url",
    "note",
)
_NEED_KEY = (
    "measure",
    "title",
    "severity",
    "wanted_by",
    "evidence_kind",
    "evidence_body",
    "evidence_title",
    "evidence_date",
    "evidence_ref",
    "state_as_of_source",
    "disclosed",
    "note",
    "language",
)
"""Columns in which the lines of one finding agree; its countries, codes and sources may differ."""


def need_key(line: Line) -> tuple[str, ...]:
    """Tell findings apart; a rating is each country's own, other findings may name several."""
    same = (*_NEED_KEY, "state_as_of")
    own = line.cells["need_id"] if line.cells["evidence_kind"] == EvidenceKind.RATING else ""
    return (*(line.cells.get(name, "") for name in same), own)


def repeated_codes(lines: list[Line], codes: set[str]) -> Iterator[Fault]:
    """Refuse a need's code that another need of the file has; remember this need's own."""
    own = {line.cells["need_id"] for line in lines if line.cells.get("need_id")}
    for code in sorted(own & codes):
        yield Fault(
            "The code “{seen}” stands for another need of this file. Give each need its own.",
            "need_id",
            {"seen": shown(code)},
        )
    codes |= own
    numbered = {(line.cells["country_iso3"].upper(), line.cells["need_id"]) for line in lines}
    for iso3 in sorted({pair[0] for pair in numbered if _codes_there(pair[0], numbered) > 1}):
        yield Fault(
            "“{seen}” has the same need under two codes. Keep one of these rows.",
            "country_iso3",
            {"seen": shown(iso3)},
        )


def _codes_there(iso3: str, numbered: set[tuple[str, str]]) -> int:
    return sum(country == iso3 for country, _ in numbered)


def need(lines: list[Line], visibility: Visibility) -> Row:
    """Turn the lines of one finding into a draft, with what could not be read."""
    cells = lines[0].cells
    faults: list[Fault] = []
    kind = code_of(EvidenceKind, "evidence_kind", cells["evidence_kind"], faults)
    state = code_of(NeedState, "state_as_of_source", cells["state_as_of_source"], faults)
    disclosed = code_of(Disclosure, "disclosed", cells["disclosed"] or "unknown", faults)
    severity = (
        code_of(Severity, "severity", cells["severity"], faults) if cells["severity"] else None
    )
    codes = {line.cells["country_iso3"].upper(): line.cells["need_id"] for line in reversed(lines)}
    countries = countries_of(lines)
    draft = NeedDraft(
        code=cells["need_id"],
        title=cells["title"],
        countries=countries,
        country_codes=tuple(codes[iso3] for iso3 in countries),
        measure=cells["measure"],
        evidence_kind=kind or EvidenceKind.ASSESSMENT,
        evidence_body=cells["evidence_body"],
        evidence_title=cells["evidence_title"],
        evidence_date=cells["evidence_date"] or None,
        evidence_ref=cells["evidence_ref"],
        state=state or NeedState.OPEN,
        state_as_of=cells.get("state_as_of") or cells["evidence_date"] or None,
        severity=severity,
        wanted_by=cells["wanted_by"] or None,
        disclosed=disclosed or Disclosure.UNKNOWN,
        visibility=visibility,
        sources=sources_of(lines),
        note=cells["note"],
        language=language_of(lines),
    )
    return Row(place_of(lines), draft, tuple(faults), says=SAID)
