"""Tables: columns, keys and checks; no query and no rule."""

from ctai.models import (
    activities,
    briefings,
    funding,
    ladder,
    needs,
    past,
    people,
    plans,
    records,
    reference,
    trust,
)
from ctai.models.base import Base

__all__ = [
    "Base",
    "activities",
    "briefings",
    "funding",
    "ladder",
    "needs",
    "past",
    "people",
    "plans",
    "records",
    "reference",
    "trust",
]
