"""What can be asked of the API, declared once: requests are read by it, and the API described."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from starlette.requests import Request

from ctai.domain.activities import Status
from ctai.domain.faults import Fault, shown
from ctai.domain.looking_back import PARAMETER
from ctai.domain.scope import LONGEST_SEARCH, Freshness, MoneyKnown
from ctai.domain.strategy import Level, Pillar, by_code
from ctai.files.lists import Listing
from ctai.i18n import LANGUAGES, mark
from ctai.server.problems import Problem

MOST_ROWS = 1000
"""Rows of a page: some 1 MB, which any reader takes at once. Without a limit all are streamed."""
HIGHEST = 2**31 - 1
"""The highest number of a row in PostgreSQL."""

Schema = Mapping[str, object]


@dataclass(frozen=True)
class Parameter:
    """A parameter: what it does, and which values it takes, as JSON Schema; several joined by ","
    where `is_many`."""

    summary: str
    schema: Schema
    is_many: bool = False


def _codes(summary: str, known: list[str]) -> Parameter:
    return Parameter(summary, {"type": "string", "enum": known}, is_many=True)


def _code_like(summary: str, pattern: str) -> Parameter:
    return Parameter(summary, {"type": "string", "pattern": pattern}, is_many=True)


def _number(summary: str, least: int, most: int) -> Parameter:
    return Parameter(summary, {"type": "integer", "minimum": least, "maximum": most})


_DATE: Schema = {"type": "string", "pattern": r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"}

LIMIT, AFTER, LANG = "limit", "after", "lang"
PARAMETERS = {
    "country": _code_like(mark("Country"), "^[A-Z]{3}$"),
    "region": _code_like(mark("Region"), "^[0-9]{3}$"),
    "pillar": _codes(mark("Pillar"), list(Pillar)),
    "measure": _codes(mark("Measure"), list(by_code())),
    "entity": _code_like(mark("Entity"), "^[^,]+$"),
    "role": _codes(mark("Role of the entity"), ["1", "2", "3", "4"]),
    "status": _codes(mark("Status"), list(Status)),
    "since": Parameter(mark("Running since"), _DATE),
    "until": Parameter(mark("Running until"), _DATE),
    "freshness": Parameter(mark("Freshness"), {"type": "string", "enum": list(Freshness)}),
    "money": Parameter(mark("Money"), {"type": "string", "enum": list(MoneyKnown)}),
    "text": Parameter(
        mark("Words in the title"),
        {"type": "string", "minLength": 1, "maxLength": LONGEST_SEARCH},
    ),
    "level": Parameter(mark("how finely"), {"type": "string", "enum": list(Level)}),
    PARAMETER: Parameter(
        mark("as it was at the end of this day, in UTC"), {"type": "string", "format": "date"}
    ),
    LANG: Parameter(mark("the language of names"), {"type": "string", "enum": list(LANGUAGES)}),
    LIMIT: _number(mark("how many rows; all of them where this is left out"), 1, MOST_ROWS),
    AFTER: _number(mark("where to go on, as the page before says in its “next”"), 0, HIGHEST),
}


@dataclass(frozen=True)
class Ask:
    """A request for a list: its filters, the language of names, and the rows wanted."""

    filters: Mapping[str, str]
    after: int
    limit: int | None

    @property
    def key(self) -> str:
        """Tell it from every other request for the same list."""
        return repr((sorted(self.filters.items()), self.after, self.limit))


def names_of(listing: Listing) -> tuple[str, ...]:
    """Name the parameters that a list takes."""
    past = (PARAMETER,) if listing.has_past else ()
    return (*listing.filters, *past, LANG, LIMIT, AFTER)


def read(request: Request, listing: Listing, kept: Mapping[str, str] | None = None) -> Ask:
    """Read what is asked of a list; Problem names every parameter that can't be used.

    `kept` are the filters of a saved view, which leaves only day, language and page to be asked.
    """
    known = names_of(listing)
    if kept is not None:
        known = tuple(name for name in known if name not in listing.filters)
    given = request.query_params
    faults = list(_unknown(given.keys(), known))
    texts = {}
    for name in dict.fromkeys(name for name in given if name in known):
        several = given.getlist(name)
        faults += _faults(name, PARAMETERS[name], several)
        texts[name] = ",".join(several)
    if faults:
        raise Problem(400, faults)
    limit, after = texts.pop(LIMIT, None), texts.pop(AFTER, "0")
    return Ask({**(kept or {}), **texts}, int(after), None if limit is None else int(limit))


def _unknown(given: Iterable[str], known: tuple[str, ...]) -> Iterator[Fault]:
    wanted = ", ".join(known)
    for name in dict.fromkeys(given):
        if name not in known:
            places = {"seen": shown(name), "wanted": wanted}
            yield Fault("“{seen}” is not known here. Use one of {wanted}.", shown(name), places)


def _faults(name: str, parameter: Parameter, several: list[str]) -> Iterator[Fault]:
    parts = [
        part for text in several for part in (text.split(",") if parameter.is_many else [text])
    ]
    if not all(part.strip() for part in parts) or (len(several) > 1 and not parameter.is_many):
        yield Fault("Give this once and not empty, or leave it out.", name)
        return
    schema = parameter.schema
    for part in parts:
        if schema["type"] == "integer" and not _is_within(part, schema):
            places = {
                "seen": shown(part),
                "least": str(schema["minimum"]),
                "most": str(schema["maximum"]),
            }
            yield Fault("“{seen}” is not a whole number from {least} to {most}.", name, places)
        known = schema.get("enum")
        if isinstance(known, list) and part.strip() not in known:
            places = {"seen": shown(part), "wanted": ", ".join(known)}
            yield Fault("“{seen}” is not known here. Use one of {wanted}.", name, places)
        longest = schema.get("maxLength")
        if isinstance(longest, int) and len(part) > longest:
            places = {"most": str(longest)}
            yield Fault("This is too long. Use at most {most} letters.", name, places)


def _is_within(text: str, schema: Schema) -> bool:
    is_number = text.isascii() and text.isdigit() and len(text) <= len(str(HIGHEST))
    return is_number and int(str(schema["minimum"])) <= int(text) <= int(str(schema["maximum"]))
