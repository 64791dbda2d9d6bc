"""Reading activities, assessments and requests: lines, one a country, become one draft."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal

from ctai.domain.activities import (
    ActivityDraft,
    BudgetLine,
    CountryShare,
    MeasureLink,
    OrganisationRole,
    Participation,
    Status,
    Text,
)
from ctai.domain.arrivals import Row
from ctai.domain.faults import Fault, shown
from ctai.domain.money import AmountUnreadable, BudgetKind, read_amount
from ctai.domain.needs import AssessmentDraft, AssessmentPart, LookedAt, RequestDraft
from ctai.domain.strategy import by_code
from ctai.exchange.lines_in import code_of, countries_of, language_of, place_of, sources_of
from ctai.exchange.reading import Reading
from ctai.exchange.tables_in import Line
from ctai.i18n.tongues import tongue

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
    "title_language",
    "planned_start",
    "planned_end",
    "actual_start",
    "actual_end",
)
"""Columns in which the lines of one undertaking agree; its countries and places may differ."""

NEEDED = ("title", "country_iso3")
"""The columns without which nothing can be made of a list."""


_SMALLEST_AMOUNT = Decimal("0.01")
_BRACKETED = re.compile(r"\s*\[([^\]]*budget[^\]]*)\]$")


def record_key(line: Line) -> tuple[str, ...]:
    """Tell undertakings apart; lines that agree here are one, in several countries."""
    if line.cells.get("identifier"):
        return (line.cells["kind"], line.cells["identifier"])
    return tuple(line.cells[name] for name in ("kind", "title", "start_date", "source_url"))


def differing(lines: list[Line]) -> Iterator[Fault]:
    """Refuse lines that repeat one undertaking and contradict each other, so that none is lost."""
    names = [name for name in _SAME_IN_ALL if name in lines[0].cells]
    found = [name for name in names if len({line.cells[name] for line in lines}) > 1]
    if found:
        yield Fault(
            "These rows have the same title, start and source, but differ in {seen}. "
            "Make them equal, or give each its own title.",
            found[0],
            {"seen": ", ".join(found)},
        )


def record(lines: list[Line], reading: Reading) -> Row:
    """Turn lines that agree in `record_key` into a draft of their kind, or faults."""
    kind = lines[0].cells["kind"].lower()
    match kind:
        case "activity" | "":
            return _activity(lines, reading)
        case "assessment":
            return _assessment(lines, reading)
        case "request":
            return _request(lines, reading)
        case _:
            fault = Fault(
                "“{seen}” is not known here. Use one of {wanted}.",
                "kind",
                {"seen": shown(kind), "wanted": "activity, assessment, request"},
            )
            return Row(place_of(lines), faults=(fault,))


def _status(cells: Mapping[str, str], faults: list[Fault]) -> Status:
    if not cells["status"]:
        return Status.UNKNOWN
    return code_of(Status, "status", cells["status"], faults) or Status.UNKNOWN


def _activity(lines: list[Line], reading: Reading) -> Row:
    cells = lines[0].cells
    faults: list[Fault] = []
    status = _status(cells, faults)
    start, end = cells["start_date"] or None, cells["end_date"] or None
    happened = status in (Status.COMPLETED, Status.ONGOING, Status.SUSPENDED, Status.UNKNOWN)
    ended = status is Status.COMPLETED
    bracketed = _BRACKETED.search(cells["title"])
    budget = _budget(lines, cells, bracketed[1] if bracketed else "", faults)
    faults += _other_pillar(cells)
    donors = _entities(cells["donor"], reading.aliases)
    language = language_of(lines) or tongue(cells["title"]) or reading.language or "en"
    draft = ActivityDraft(
        texts={language: Text(_BRACKETED.sub("", cells["title"]), cells.get("description", ""))},
        countries=tuple(CountryShare(iso3) for iso3 in countries_of(lines)),
        participants=_participants(
            _entities(cells["entity"] or reading.entity or "", reading.aliases), donors
        ),
        status=status,
        status_as_of=cells.get("status_as_of") or _as_of(status, start, end),
        measures=_measures(cells),
        planned_start=cells.get("planned_start") or (None if happened else start),
        planned_end=cells.get("planned_end") or (None if ended else end),
        actual_start=cells.get("actual_start") or (start if happened else None),
        actual_end=cells.get("actual_end") or (end if ended else None),
        place=_places(lines),
        visibility=reading.visibility,
        budget=budget,
        sources=sources_of(lines),
        source_key=_source_key(lines, reading),
        note=cells.get("note", ""),
    )
    says = reading.says
    if cells.get("identifier"):
        says |= {f"texts.{language}"}
    return Row(place_of(lines), draft, tuple(faults), says=says)


def _as_of(status: Status, start: str | None, end: str | None) -> str | None:
    """Date a status by the file's own dates, where it has no column for it.

    Completed was true at the end; ongoing at the start, later is not known; requested and planned
    at the latest when it should have begun, or today when that is still to come.
    """
    if status is Status.COMPLETED:
        return end or start
    if start and status in (Status.REQUESTED, Status.PLANNED):
        return min(start, datetime.now(UTC).date().isoformat())
    return start


def _measures(cells: Mapping[str, str]) -> tuple[MeasureLink, ...]:
    codes = dict.fromkeys(filter(None, map(str.strip, cells["measure"].split(";"))))
    return tuple(MeasureLink(code, is_main=at == 0) for at, code in enumerate(codes))


def _other_pillar(cells: Mapping[str, str]) -> Iterator[Fault]:
    """Refuse a pillar that is not its measure's: one of the two is a slip."""
    measure = by_code().get(cells["measure"].partition(";")[0].strip())
    if measure is not None and cells["pillar"] not in ("", measure.pillar):
        yield Fault(
            "The pillar “{seen}” is not that of the measure, {wanted}. Correct one of the two.",
            "pillar",
            {"seen": shown(cells["pillar"]), "wanted": measure.pillar.value},
        )


def _participants(carriers: list[str], donors: list[str]) -> tuple[Participation, ...]:
    return (
        *(Participation(one, OrganisationRole.IMPLEMENTING) for one in dict.fromkeys(carriers)),
        *(Participation(donor, OrganisationRole.FUNDING) for donor in dict.fromkeys(donors)),
    )


def _entity(name: str, aliases: Mapping[str, str]) -> str:
    return aliases.get(name.casefold(), name)


def _entities(text: str, aliases: Mapping[str, str]) -> list[str]:
    """Read the names of a cell such as "Denmark; United States"."""
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
    spans = len(countries_of(lines)) > 1 or "multi-country" in remark
    currency = cells["currency"].upper()
    return (BudgetLine(BudgetKind.BUDGET, amount, currency, spans, note=remark),)


def _assessment(lines: list[Line], reading: Reading) -> Row:
    cells = lines[0].cells
    faults: list[Fault] = []
    start, end = cells["start_date"] or None, cells["end_date"] or None
    draft = AssessmentDraft(
        title=cells["title"],
        lead=_entity(cells["entity"] or reading.entity or "", reading.aliases),
        countries=countries_of(lines),
        measures=(LookedAt(cells["measure"]),) if cells["measure"] else (),
        parts=(AssessmentPart(start, end, _places(lines)),) if start or end else (),
        status=_status(cells, faults),
        visibility=reading.visibility,
        sources=sources_of(lines),
        source_key=_source_key(lines, reading),
        language=language_of(lines),
    )
    return Row(place_of(lines), draft, tuple(faults), says=reading.says)


def _request(lines: list[Line], reading: Reading) -> Row:
    cells = lines[0].cells
    faults: list[Fault] = []
    status = _status(cells, faults)
    if len(countries_of(lines)) > 1:
        faults.append(Fault("A request is one State's. Give each State its own row.", "country"))
    draft = RequestDraft(
        country=countries_of(lines)[0],
        what=cells["title"],
        authority="",
        requested_on=cells["start_date"] or None,
        addressed_to=_entity(cells["entity"] or reading.entity or "", reading.aliases),
        measure=cells["measure"],
        status=status,
        answered_on=(cells["end_date"] or None) if status is Status.COMPLETED else None,
        visibility=reading.visibility,
        sources=sources_of(lines),
        source_key=_source_key(lines, reading),
        language=language_of(lines),
    )
    return Row(place_of(lines), draft, tuple(faults), says=reading.says)


def _source_key(lines: list[Line], reading: Reading) -> str:
    own = lines[0].cells.get("identifier")
    whose = (reading.entity or "", lines[0].cells["entity"]) if own else ()
    joined = "\x1f".join((*record_key(lines[0]), *whose))
    return hashlib.sha256(joined.encode()).hexdigest()[:32]


def _places(lines: list[Line]) -> str:
    return "; ".join(
        dict.fromkeys(line.cells["location"] for line in lines if line.cells["location"])
    )
