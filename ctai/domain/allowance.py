"""Allowance: how many requests in a while, so that no program takes the server from others."""

from dataclasses import dataclass, field

BURST = 60
"""Requests at once: what a workbook with some dozen tables asks for when it is opened."""
A_SECOND = 1.0
"""Requests a second from then on: a page of 1,000 rows each, a million rows in some 17 minutes; or
one request that asks for all of them."""


@dataclass
class Allowance:
    """A bucket of requests that fills by time, for each of those who ask; of one process only.

    Moments are seconds of a clock that never runs back. https://en.wikipedia.org/wiki/Token_bucket
    """

    burst: int = BURST
    a_second: float = A_SECOND
    _left: dict[int, tuple[float, float]] = field(default_factory=dict)

    def wait_s(self, who: int, now: float) -> float:
        """Take one request; 0 where it may be answered, else the seconds until one may."""
        left, since = self._left.get(who, (float(self.burst), now))
        left = min(self.burst, left + (now - since) * self.a_second)
        if left < 1:
            self._left[who] = (left, now)
            return (1 - left) / self.a_second
        self._left[who] = (left - 1, now)
        return 0.0

    def forget(self) -> None:
        """Give everybody a full bucket again."""
        self._left.clear()
