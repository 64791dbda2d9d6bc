"""Saved views: a list with its filters that somebody keeps under a stable address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ctai.domain.scope import FILTERS

CELL_FILTERS = ("country", "region", "pillar", "measure")
"""Filters that mean something for needs, assessments, requests and gaps."""
NARROWED_BY: Mapping[str, tuple[str, ...]] = {
    "activities": FILTERS,
    "needs": CELL_FILTERS,
    "gaps": (*CELL_FILTERS, "level"),
    "assessments": CELL_FILTERS,
    "requests": CELL_FILTERS,
}
"""The lists that the API gives, each with the parameters that narrow it."""
MOST_KEPT = 100
LONGEST_QUERY = 2000


@dataclass(frozen=True)
class SavedView:
    """A list's name and its filters as URL parameters, under a number."""

    number: int
    name: str
    what: str
    params: Mapping[str, str]
    made_at: datetime

    @property
    def address(self) -> str:
        """Where it stands, below the app's own address."""
        return f"api/v1/views/{self.number}.csv"


def kept_of(what: str, params: Mapping[str, str]) -> dict[str, str]:
    """Give the filters of a list; those that mean nothing for it are left out."""
    return {name: params[name] for name in NARROWED_BY[what] if params.get(name)}
