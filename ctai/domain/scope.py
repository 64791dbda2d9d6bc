"""The scope of a view: the filters that all pages share, as codes that can stand in a URL."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum

from ctai.domain.activities import Status
from ctai.domain.dates import is_partial_date
from ctai.domain.faults import Fault, Refused, shown
from ctai.domain.strategy import Pillar, by_code

LONGEST_SEARCH = 200


class Freshness(StrEnum):
    """Whether an activity's status can still be believed."""

    FRESH = "fresh"
    STALE = "stale"


class MoneyKnown(StrEnum):
    """What is known of an activity's money."""

    STATED = "stated"
    SECURED = "secured"
    NOT_STATED = "not_stated"


class Face(StrEnum):
    """What the rows of the heatmap are."""

    COUNTRY = "country"
    ENTITY = "entity"
    YEAR = "year"


@dataclass(frozen=True)
class Scope:
    """What a reader is looking at; an empty filter lets everything through.

    Codes: ISO alpha-3 countries, M49 regions, pillars, measures, entity acronyms, IATI roles,
    statuses; `since` and `until` are reduced-precision dates within which an activity ran.
    """

    country: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    pillar: tuple[str, ...] = ()
    measure: tuple[str, ...] = ()
    entity: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    freshness: str = ""
    money: str = ""
    text: str = ""

    @property
    def slug(self) -> str:
        """Name a file after the scope: ASCII codes, such as BFA_II; "all" without a filter."""
        parts = [*self.country, *self.region, *self.pillar, *self.measure, *self.status]
        safe = "_".join("".join(char for char in part if char.isalnum()) for part in parts)
        return safe[:80] or "all"

    @property
    def params(self) -> dict[str, str]:
        """Write the scope as URL parameters; empty filters are left out."""
        texts = {f.name: getattr(self, f.name) for f in fields(self)}
        joined = {n: v if isinstance(v, str) else ",".join(v) for n, v in texts.items()}
        return {name: text for name, text in joined.items() if text}

    def only(self, names: Iterable[str]) -> "Scope":
        """Keep some filters and clear the others."""
        kept = set(names)
        blank = Scope()
        return replace(
            self, **{f.name: getattr(blank, f.name) for f in fields(self) if f.name not in kept}
        )


FILTERS = tuple(f.name for f in fields(Scope))


def scope_of(
    params: Mapping[str, str], regions: Mapping[str, str], entities: Iterable[str]
) -> Scope:
    """Read a scope from URL parameters; Refused names every code that is not known.

    `regions` gives the M49 region of every Member State by its ISO alpha-3 code.
    """
    known: dict[str, set[str]] = {
        "country": set(regions),
        "region": set(regions.values()),
        "entity": set(entities),
        "pillar": set(Pillar),
        "measure": set(by_code()),
        "status": set(Status),
        "role": {"1", "2", "3", "4"},
        "freshness": set(Freshness),
        "money": set(MoneyKnown),
    }
    faults = [
        Fault("“{seen}” is not a code of this filter.", name, {"seen": shown(code)})
        for name, codes in known.items()
        for code in _split(params.get(name, ""))
        if code not in codes
    ]
    faults += [
        Fault("“{seen}” is not a date such as 2017 or 2017-08.", name, {"seen": shown(text)})
        for name in ("since", "until")
        if (text := params.get(name, "")) and not is_partial_date(text)
    ]
    faults += [
        Fault("“{seen}” is not a code of this filter.", name, {"seen": shown(params[name])})
        for name in ("freshness", "money")
        if len(_split(params.get(name, ""))) > 1  # each known, but one at a time
    ]
    if faults:
        raise Refused(faults)
    single = {n: params.get(n, "").strip(", ") for n in ("since", "until", "freshness", "money")}
    return Scope(
        country=_split(params.get("country", "")),
        region=_split(params.get("region", "")),
        pillar=_split(params.get("pillar", "")),
        measure=_split(params.get("measure", "")),
        entity=_split(params.get("entity", "")),
        role=_split(params.get("role", "")),
        status=_split(params.get("status", "")),
        text=searched(params.get("text", "")),
        **single,
    )


def searched(text: str) -> str:
    """Read what a link asks to be looked for: at its longest, and without NUL, which stands in no
    record and which PostgreSQL takes for an error."""
    return text.replace("\0", "")[:LONGEST_SEARCH]


def _split(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
