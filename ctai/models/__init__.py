"""Tables: columns, keys and checks; no query and no rule."""

from ctai.models import activities, needs, people, records, reference
from ctai.models.base import Base

__all__ = ["Base", "activities", "needs", "people", "records", "reference"]
