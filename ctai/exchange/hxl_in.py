"""Reading tagged lists (HXL 1.1, and its tags of 2014): who does what where."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ctai.domain.activities import (
    ActivityDraft,
    CountryShare,
    Identifier,
    Organisation,
    OrganisationRole,
    Participation,
    SourceRef,
    Status,
    Text,
)
from ctai.domain.arrivals import Row
from ctai.domain.checks import LONGEST_PLACE
from ctai.domain.faults import Fault, shown
from ctai.domain.roles import Visibility
from ctai.exchange.dates_in import as_iso
from ctai.exchange.lines_in import grouped, place_of
from ctai.exchange.tables_in import FileUnusable, Line, Table
from ctai.exchange.words_in import country_code, status_code
from ctai.i18n import mark
from ctai.i18n.tongues import tongue

NO_WORK = mark("No tag of this file says what is done. One of {wanted} is needed.")
STATUSES = mark(
    "The rows of this activity differ in their status: {seen}. It is kept as not known."
)
_EARLY = {"#period_date": "#date", "#lat_deg": "#geo+lat", "#lon_deg": "#geo+lon"}
"""Tags of 2014, before attributes; the others of that time read as a tag and an attribute."""
_HAPPENED = (Status.COMPLETED, Status.ONGOING, Status.SUSPENDED, Status.UNKNOWN)
_COLUMNS = (
    ("donor", "#org", {"funder"}),
    ("org_acronym", "#org", {"acronym"}),
    ("org_ref", "#org", {"id", "code", "ref"}),
    ("org_type", "#org", {"type"}),
    ("org", "#org", set()),
    ("code", "#activity", {"id", "code"}),
    ("title", "#activity", set()),
    ("sector", "#sector", set()),
    ("sector", "#subsector", set()),
    ("status", "#status", set()),
    ("iso3", "#country", {"code", "iso3"}),
    ("country", "#country", set()),
    ("start", "#date", {"start"}),
    ("end", "#date", {"end"}),
    ("told", "#date", set()),
    ("url", "#meta", {"url"}),
    *((f"{level}_code", f"#{level}", {"code"}) for level in ("adm1", "adm2", "adm3", "adm4")),
    *((level, f"#{level}", set[str]()) for level in ("adm1", "adm2", "adm3", "adm4", "loc")),
)
"""What a tag says: the first line whose tag it is and one of whose attributes it has."""
_PLACES = ("loc", "adm4", "adm3", "adm2", "adm1")


@dataclass(frozen=True)
class Places:
    """What a list may name: ISO alpha-3 codes by alpha-2, and acronyms by name in lower case."""

    countries: Mapping[str, str]
    aliases: Mapping[str, str]


def column_of(tag: str) -> str:
    """Tell what a tag says, whatever the order of its attributes; "" for one that is not read."""
    plain = "".join(tag.casefold().split())
    plain = _EARLY.get(plain, plain.replace("_", "+"))
    base, *attributes = plain.split("+")
    for column, wanted, any_of in _COLUMNS:
        if base == wanted and (not any_of or any_of & set(attributes)):
            return column
    return ""


def read_tagged(table: Table, listed: Places, visibility: Visibility) -> Iterator[Row]:
    """Read one activity of an organisation in a country as one record, its places together."""
    columns = _columns(table.tags, len(table.columns))
    if not {"title", "code"} & set(columns):
        raise FileUnusable(Fault(NO_WORK, places={"wanted": "#activity, #activity+code"}))
    known = table.named(columns)
    if table.remarks:
        yield Row("", remarks=table.remarks)
    for lines in grouped(lambda: known.lines, _key):
        place = place_of(lines)
        if lines[0].faults:
            yield Row(place, faults=lines[0].faults)
        else:
            yield _row(lines, place, listed, visibility)


def _columns(tags: Sequence[str], width: int) -> list[str]:
    """Name the columns by their tags; of two that say the same, the first is read."""
    found: list[str] = []
    for tag in (*tags, *[""] * width)[:width]:
        column = column_of(tag)
        found.append("" if column in found else column)
    return found


def _key(line: Line) -> tuple[str, ...]:
    names = ("org", "org_acronym", "org_ref", "code", "title", "country", "iso3", "sector")
    return (*(line.cells.get(name, "") for name in names), line.cells.get("adm1_code", "")[:2])


def _row(lines: list[Line], place: str, listed: Places, visibility: Visibility) -> Row:
    cells = lines[0].cells
    raw = list(dict.fromkeys(_all(lines, "status")))
    remarks = (Fault(STATUSES, "status", {"seen": shown("; ".join(raw))}),) if raw[1:] else ()
    status = _status(raw)
    start, end = _first(lines, "start"), _last(lines, "end")
    happened, ended = status in _HAPPENED, status is Status.COMPLETED
    participants, organisations = _who(cells, listed.aliases)
    title = cells.get("title") or cells.get("code", "")
    iso3 = _country(cells, listed.countries)
    joined = "\x1f".join(_key(lines[0]))
    draft = ActivityDraft(
        texts={tongue(title) or "en": Text(title)},
        countries=(CountryShare(iso3),) if iso3 else (),
        participants=participants,
        organisations=organisations,
        status=status,
        status_as_of=_last(lines, "told") or (end if ended else start),
        source_status="; ".join(raw),
        planned_start=None if happened else start,
        planned_end=None if ended else end,
        actual_start=start if happened else None,
        actual_end=end if ended else None,
        place=_shortened(_place(line.cells) for line in lines),
        visibility=visibility,
        sources=tuple(SourceRef(url) for url in dict.fromkeys(_all(lines, "url"))),
        source_key=f"hxl:{hashlib.sha256(joined.encode()).hexdigest()[:32]}",
        note=cells.get("sector", ""),
        identifiers=_identifiers(cells),
    )
    return Row(place, draft, remarks=remarks)


def _status(raw: Sequence[str]) -> Status:
    if len(raw) != 1:
        return Status.UNKNOWN
    code = status_code(raw[0])
    return Status(code) if code in list(Status) else Status.UNKNOWN


def _all(lines: list[Line], column: str) -> list[str]:
    return [line.cells[column] for line in lines if line.cells.get(column)]


def _dates(lines: list[Line], column: str) -> list[str]:
    """Give the days of a column; a word such as June, which has no year, is none."""
    found = (as_iso(text) for text in _all(lines, column))
    return [day for day in found if day[:4].isdecimal()]


def _first(lines: list[Line], column: str) -> str | None:
    return min(_dates(lines, column), default=None)


def _last(lines: list[Line], column: str) -> str | None:
    return max(_dates(lines, column), default=None)


def _country(cells: Mapping[str, str], by_alpha2: Mapping[str, str]) -> str:
    """Give the country that a row names, else the one with whose letters its area's code begins."""
    named = country_code(cells.get("iso3") or cells.get("country", ""))
    area = cells.get("adm1_code") or cells.get("adm2_code", "")
    return by_alpha2.get(named.upper(), named) or by_alpha2.get(area[:2].upper(), "")


def _who(
    cells: Mapping[str, str], aliases: Mapping[str, str]
) -> tuple[tuple[Participation, ...], tuple[Organisation, ...]]:
    participants: list[Participation] = []
    organisations: list[Organisation] = []
    names = [cells.get("org", ""), cells.get("org_acronym", "")]
    for given, role in (
        (names, OrganisationRole.IMPLEMENTING),
        ([cells.get("donor", "")], OrganisationRole.FUNDING),
    ):
        known = [aliases[name.casefold()] for name in given if name.casefold() in aliases]
        ref = cells.get("org_ref", "") if role is OrganisationRole.IMPLEMENTING else ""
        name = next(filter(None, given), ref)
        kind = cells.get("org_type", "")
        if known:
            participants.append(Participation(known[0], role))
        elif name:
            code = kind if kind.isdecimal() and len(kind) == len("21") else ""
            organisations.append(Organisation(name, role, ref, code if ref else ""))
    return tuple(participants), tuple(organisations)


def _identifiers(cells: Mapping[str, str]) -> tuple[Identifier, ...]:
    """Take a code for the activity's IATI identifier where it begins with its organisation's."""
    code, ref = cells.get("code", ""), cells.get("org_ref", "")
    is_iati = bool(ref) and code.casefold().startswith(f"{ref.casefold()}-")
    return (Identifier("iati", code),) if is_iati else ()


def _place(cells: Mapping[str, str]) -> str:
    return ", ".join(dict.fromkeys(cells[name] for name in _PLACES if cells.get(name)))


def _shortened(places: Iterator[str]) -> str:
    """Join places, each once; of more than a record holds, those that fit."""
    found = ""
    for place in dict.fromkeys(filter(None, places)):
        longer = f"{found}; {place}" if found else place
        if len(longer) > LONGEST_PLACE - 3:
            return f"{found}; …"
        found = longer
    return found
