"""Reading files of records: told apart by their headers, turned into drafts, faults listed."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from ctai.domain.activities import (
    ActivityDraft,
    BudgetLine,
    CountryShare,
    MeasureLink,
    OrganisationRole,
    Participation,
    SourceRef,
    Status,
    Text,
)
from ctai.domain.arrivals import Row
from ctai.domain.faults import Fault, shown
from ctai.domain.money import AmountUnreadable, BudgetKind, read_amount
from ctai.domain.needs import (
    AssessmentDraft,
    AssessmentPart,
    Disclosure,
    EvidenceKind,
    LookedAt,
    NeedDraft,
    NeedState,
    RequestDraft,
    Severity,
)
from ctai.domain.roles import Visibility
from ctai.domain.strategy import by_code
from ctai.exchange.tables_in import FileUnusable, Line, Table, read_table, require

RECORD_COLUMNS = (
    "title",
    "entity",
    "country_iso3",
    "pillar",
    "measure",
    "kind",
    "status",
    "start_date",
    "end_date",
    "budget",
    "currency",
    "donor",
    "location",
    "source_url",
)
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
)
"""Columns in which the lines of one finding agree; its countries, codes and sources may differ."""

_SAME_IN_ALL = (
    "entity",
    "pillar",
    "measure",
    "status",
    "status_as_of",
    "end_date",
    "budget",
    "currency",
    "donor",
)
"""Columns in which the lines of one undertaking agree; its countries and places may differ."""

_SMALLEST_AMOUNT = Decimal("0.01")
_BRACKETED = re.compile(r"\s*\[([^\]]*budget[^\]]*)\]$")
Code = TypeVar("Code", bound=StrEnum)


def read_records(
    content: bytes, aliases: Mapping[str, str], visibility: Visibility
) -> Iterator[Row]:
    """Read a file of activities, assessments and requests, or one of needs.

    `aliases` gives an entity's acronym by its other names, in lower case. The header tells which
    layout it is; FileUnusable when it is neither. One row per record, in the file's order.
    """
    table = read_table(content)
    if "need_id" in table.columns:
        require(table, NEED_COLUMNS)
        reader: Callable[[list[Line]], Row] = lambda lines: _need(lines, visibility)  # noqa: E731
        groups = _grouped(table, _need_key)
    else:
        require(table, RECORD_COLUMNS)
        reader = lambda lines: _record(lines, aliases, visibility)  # noqa: E731
        groups = _grouped(table, _record_key)
    for place, fault in table.faults:
        yield Row(place, faults=(fault,))
    codes: set[str] = set()
    for lines in groups:
        faults = (*_differing(lines), *_repeated_codes(lines, codes))
        yield Row(_place(lines), faults=faults) if faults else reader(lines)


def _grouped(table: Table, key: Callable[[Line], tuple[str, ...]]) -> list[list[Line]]:
    """Bring together the lines that repeat one undertaking or finding, one line per country."""
    groups: defaultdict[tuple[str, ...], list[Line]] = defaultdict(list)
    for line in table.lines:
        groups[key(line)].append(line)
    return list(groups.values())


def _record_key(line: Line) -> tuple[str, ...]:
    return tuple(line.cells[name] for name in ("kind", "title", "start_date", "source_url"))


def _need_key(line: Line) -> tuple[str, ...]:
    """Tell findings apart; a rating is each country's own, other findings may name several."""
    same = (*_NEED_KEY, "state_as_of")
    own = line.cells["need_id"] if line.cells["evidence_kind"] == EvidenceKind.RATING else ""
    return (*(line.cells.get(name, "") for name in same), own)


def _differing(lines: list[Line]) -> Iterator[Fault]:
    """Refuse lines that repeat one undertaking and contradict each other, so that none is lost."""
    names = [name for name in _SAME_IN_ALL if name in lines[0].cells]
    differing = [name for name in names if len({line.cells[name] for line in lines}) > 1]
    if "need_id" not in lines[0].cells and differing:
        yield Fault(
            "These rows have the same title, start and source, but differ in {seen}. "
            "Make them equal, or give each its own title.",
            differing[0],
            {"seen": ", ".join(differing)},
        )


def _repeated_codes(lines: list[Line], codes: set[str]) -> Iterator[Fault]:
    """Refuse a need's code that another need of the file has; remember this need's own."""
    own = {line.cells["need_id"] for line in lines if line.cells.get("need_id")}
    for code in sorted(own & codes):
        yield Fault(
            "The code “{seen}” stands for another need of this file. Give each need its own.",
            "need_id",
            {"seen": shown(code)},
        )
    codes |= own


def _place(lines: list[Line]) -> str:
    numbers = ", ".join(str(line.number) for line in lines)
    return f"row {numbers}" if len(lines) == 1 else f"rows {numbers}"


def _code(kind: type[Code], column: str, text: str, faults: list[Fault]) -> Code | None:
    """Read one of a list of codes; an unknown one is a fault that names them all."""
    try:
        return kind(text.strip().lower().replace(" ", "_"))
    except ValueError:
        wanted = ", ".join(kind)
        faults.append(
            Fault(
                "“{seen}” is not known here. Use one of {wanted}.",
                column,
                {"seen": shown(text), "wanted": wanted},
            )
        )
        return None


def _source_key(lines: list[Line]) -> str:
    joined = "\x1f".join(_record_key(lines[0]))
    return hashlib.sha256(joined.encode()).hexdigest()[:32]


def _countries(lines: list[Line]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.cells["country_iso3"].upper() for line in lines))


def _places(lines: list[Line]) -> str:
    return "; ".join(
        dict.fromkeys(line.cells["location"] for line in lines if line.cells["location"])
    )


def _sources(lines: list[Line]) -> tuple[SourceRef, ...]:
    urls = dict.fromkeys(line.cells["source_url"] for line in lines if line.cells["source_url"])
    return tuple(SourceRef(url) for url in urls)


def _record(lines: list[Line], aliases: Mapping[str, str], visibility: Visibility) -> Row:
    kind = lines[0].cells["kind"].lower()
    match kind:
        case "activity" | "":
            return _activity(lines, aliases, visibility)
        case "assessment":
            return _assessment(lines, aliases, visibility)
        case "request":
            return _request(lines, aliases, visibility)
        case _:
            fault = Fault(
                "“{seen}” is not known here. Use one of {wanted}.",
                "kind",
                {"seen": shown(kind), "wanted": "activity, assessment, request"},
            )
            return Row(_place(lines), faults=(fault,))


def _status(cells: Mapping[str, str], faults: list[Fault]) -> Status:
    if not cells["status"]:
        return Status.UNKNOWN
    return _code(Status, "status", cells["status"], faults) or Status.UNKNOWN


def _activity(lines: list[Line], aliases: Mapping[str, str], visibility: Visibility) -> Row:
    cells = lines[0].cells
    faults: list[Fault] = []
    status = _status(cells, faults)
    start, end = cells["start_date"] or None, cells["end_date"] or None
    happened = status in (Status.COMPLETED, Status.ONGOING, Status.SUSPENDED, Status.UNKNOWN)
    ended = status is Status.COMPLETED
    bracketed = _BRACKETED.search(cells["title"])
    budget = _budget(lines, cells, bracketed[1] if bracketed else "", faults)
    faults += _other_pillar(cells)
    donors = _donors(cells["donor"], aliases)
    draft = ActivityDraft(
        texts={"en": Text(_BRACKETED.sub("", cells["title"]))},
        countries=tuple(CountryShare(iso3) for iso3 in _countries(lines)),
        participants=_participants(_entity(cells["entity"], aliases), donors),
        status=status,
        status_as_of=cells.get("status_as_of") or _as_of(status, start, end),
        measures=_measures(cells),
        planned_start=None if happened else start,
        planned_end=None if ended else end,
        actual_start=start if happened else None,
        actual_end=end if ended else None,
        place=_places(lines),
        visibility=visibility,
        budget=budget,
        sources=_sources(lines),
        source_key=_source_key(lines),
    )
    return Row(_place(lines), None if faults else draft, tuple(faults))


def _as_of(status: Status, start: str | None, end: str | None) -> str | None:
    """Date a status by the file's own dates, since the layout has no column for it.

    Completed was true at the end; ongoing at the start, later is not known; planned at the latest
    when it should have begun.
    """
    return (end or start) if status is Status.COMPLETED else start


def _measures(cells: Mapping[str, str]) -> tuple[MeasureLink, ...]:
    return (MeasureLink(cells["measure"], is_main=True),) if cells["measure"] else ()


def _other_pillar(cells: Mapping[str, str]) -> Iterator[Fault]:
    """Refuse a pillar that is not its measure's: one of the two is a slip."""
    measure = by_code().get(cells["measure"])
    if measure is not None and cells["pillar"] not in ("", measure.pillar):
        yield Fault(
            "The pillar “{seen}” is not that of the measure, {wanted}. Correct one of the two.",
            "pillar",
            {"seen": shown(cells["pillar"]), "wanted": measure.pillar.value},
        )


def _participants(entity: str, donors: list[str]) -> tuple[Participation, ...]:
    funding = dict.fromkeys(donor for donor in donors)
    carrier = (Participation(entity, OrganisationRole.IMPLEMENTING),) if entity else ()
    return (*carrier, *(Participation(donor, OrganisationRole.FUNDING) for donor in funding))


def _entity(name: str, aliases: Mapping[str, str]) -> str:
    return aliases.get(name.casefold(), name)


def _donors(text: str, aliases: Mapping[str, str]) -> list[str]:
    """Read the donors of a cell such as "Denmark; United States"."""
    return [_entity(name.strip(), aliases) for name in text.split(";") if name.strip()]


def _budget(
    lines: list[Line], cells: Mapping[str, str], remark: str, faults: list[Fault]
) -> tuple[BudgetLine, ...]:
    if not cells["budget"]:
        return ()
    try:
        amount = read_amount(cells["budget"])
        if 0 < abs(amount) < _SMALLEST_AMOUNT:  # would be stored as zero
            raise AmountUnreadable(cells["budget"])
    except AmountUnreadable:
        faults.append(
            Fault(
                "“{seen}” is not an amount. Write digits, such as 1700000.",
                "budget",
                {"seen": shown(cells["budget"])},
            )
        )
        return ()
    spans = len(_countries(lines)) > 1 or "multi-country" in remark
    currency = cells["currency"].upper()
    return (BudgetLine(BudgetKind.BUDGET, amount, currency, spans, note=remark),)


def _assessment(lines: list[Line], aliases: Mapping[str, str], visibility: Visibility) -> Row:
    cells = lines[0].cells
    faults: list[Fault] = []
    start, end = cells["start_date"] or None, cells["end_date"] or None
    draft = AssessmentDraft(
        title=cells["title"],
        lead=_entity(cells["entity"], aliases),
        countries=_countries(lines),
        measures=(LookedAt(cells["measure"]),) if cells["measure"] else (),
        parts=(AssessmentPart(start, end, _places(lines)),) if start or end else (),
        status=_status(cells, faults),
        visibility=visibility,
        sources=_sources(lines),
        source_key=_source_key(lines),
    )
    return Row(_place(lines), None if faults else draft, tuple(faults))


def _request(lines: list[Line], aliases: Mapping[str, str], visibility: Visibility) -> Row:
    cells = lines[0].cells
    faults: list[Fault] = []
    status = _status(cells, faults)
    if len(_countries(lines)) > 1:
        faults.append(Fault("A request is one State's. Give each State its own row.", "country"))
    draft = RequestDraft(
        country=_countries(lines)[0],
        what=cells["title"],
        authority="",
        requested_on=cells["start_date"] or None,
        addressed_to=_entity(cells["entity"], aliases),
        measure=cells["measure"],
        status=status,
        answered_on=(cells["end_date"] or None) if status is Status.COMPLETED else None,
        visibility=visibility,
        sources=_sources(lines),
        source_key=_source_key(lines),
    )
    return Row(_place(lines), None if faults else draft, tuple(faults))


def _need(lines: list[Line], visibility: Visibility) -> Row:
    cells = lines[0].cells
    faults: list[Fault] = []
    kind = _code(EvidenceKind, "evidence_kind", cells["evidence_kind"], faults)
    state = _code(NeedState, "state_as_of_source", cells["state_as_of_source"], faults)
    disclosed = _code(Disclosure, "disclosed", cells["disclosed"] or "unknown", faults)
    severity = _code(Severity, "severity", cells["severity"], faults) if cells["severity"] else None
    if kind is None or state is None or disclosed is None or faults:
        return Row(_place(lines), faults=tuple(faults))
    codes = {line.cells["country_iso3"].upper(): line.cells["need_id"] for line in reversed(lines)}
    countries = _countries(lines)
    draft = NeedDraft(
        code=cells["need_id"],
        title=cells["title"],
        countries=countries,
        country_codes=tuple(codes[iso3] for iso3 in countries),
        measure=cells["measure"],
        evidence_kind=kind,
        evidence_body=cells["evidence_body"],
        evidence_title=cells["evidence_title"],
        evidence_date=cells["evidence_date"] or None,
        evidence_ref=cells["evidence_ref"],
        state=state,
        state_as_of=cells.get("state_as_of") or cells["evidence_date"] or None,
        severity=severity,
        wanted_by=cells["wanted_by"] or None,
        disclosed=disclosed,
        visibility=visibility,
        sources=_sources(lines),
        note=cells["note"],
    )
    return Row(_place(lines), draft)


__all__ = ["FileUnusable", "read_records"]
