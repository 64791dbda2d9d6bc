"""What a list's lines are read with, and of which values a list speaks."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from ctai.domain.roles import Visibility

SPEAKS_OF = {
    "country_iso3": ("countries", "country"),
    "entity": ("participants", "lead", "addressed_to"),
    "donor": ("participants",),
    "status": ("status", "answered_on"),
    "status_as_of": ("status_as_of",),
    "measure": ("measures", "measure"),
    "start_date": ("planned_start", "actual_start", "parts", "requested_on"),
    "end_date": ("planned_end", "actual_end", "parts", "answered_on"),
    "planned_start": ("planned_start",),
    "planned_end": ("planned_end",),
    "actual_start": ("actual_start",),
    "actual_end": ("actual_end",),
    "location": ("place", "parts"),
    "budget": ("budget",),
    "source_url": ("sources",),
    "note": ("note",),
}
"""The values of which a file speaks by having a column; an empty cell says that there is none.

Titles are what records are found by, unless they have an identifier. Without a column of its own
the day of a status is worked out, and may come out otherwise.
"""


@dataclass(frozen=True)
class Reading:
    """What a file's lines are read with: names of entities in lower case, who may see what they
    give, the columns that the file has, whose it is and in which language it is headed.
    """

    aliases: Mapping[str, str]
    visibility: Visibility
    columns: frozenset[str]
    entity: str | None = None
    language: str = ""

    @cached_property
    def says(self) -> frozenset[str]:
        """Give the values of which the file speaks."""
        return frozenset(name for column in self.columns for name in SPEAKS_OF.get(column, ()))
