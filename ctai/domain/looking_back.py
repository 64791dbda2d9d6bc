"""Looking back: the day that is looked at, and that nobody changes anything there."""

from dataclasses import dataclass, fields
from datetime import date

from ctai.domain.faults import Fault, Refused, shown
from ctai.domain.roles import Action, Extent, Viewer

READING = frozenset(
    {
        Action.SEE_PUBLIC,
        Action.SEE_UN_SYSTEM,
        Action.SEE_RESTRICTED,
        Action.SEE_HISTORY,
        Action.EXPORT,
    }
)
"""What can be done without changing anything, and so on a day gone by."""

PARAMETER = "as_of"


@dataclass(frozen=True)
class AsOf:
    """A day gone by, in UTC, and the number of the data version with which it ended."""

    day: date
    number: int


class LookingBack(Viewer):
    """Somebody who looks at a day gone by: sees what their role sees, and may change nothing."""

    def extent(self, action: Action) -> Extent:
        """Tell how far this viewer may do something: no writing."""
        return super().extent(action) if action in READING else Extent.NONE


def looking_back(viewer: Viewer) -> LookingBack:
    """Take every right to write from a viewer."""
    return LookingBack(**{field.name: getattr(viewer, field.name) for field in fields(viewer)})


def past_day(asked: str, today: date) -> date:
    """Read a day gone by; Refused says why there is none to look at."""
    try:
        day = date.fromisoformat(asked) if len(asked) == len("2026-06-30") else None
    except ValueError:
        day = None
    if day is None:
        fault = Fault(
            "“{seen}” is not a day such as 2026-06-30.", PARAMETER, {"seen": shown(asked)}
        )
        raise Refused([fault])
    if day >= today:
        seen = {"seen": day.isoformat()}
        raise Refused(
            [Fault("{seen} is not over yet. Choose a day before today.", PARAMETER, seen)]
        )
    return day
