"""Reasons: why something stands as it does, in a sentence that a person can check."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ctai.domain.faults import Fault


@dataclass(frozen=True)
class Reason:
    """One reason: the English sentence, which is the key of its translation, and its places.

    A place named `entities` or `countries` holds codes joined with "; ", `date` an ISO date,
    `n` and `of` whole numbers; all others are shown as they are.
    """

    message: str
    places: Mapping[str, str] = field(default_factory=dict)

    def as_fault(self, column: str = "") -> Fault:
        """Give the reason as one for which a write is refused."""
        return Fault(self.message, column, self.places)
