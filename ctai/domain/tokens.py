"""Personal tokens for the read-only API: what one may be called, how long it holds, how it looks.

A token is 256 random bits, so that nobody guesses one and a plain SHA-256 of it is enough to keep:
a slow hash protects secrets that people choose.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ctai.domain.faults import Fault, shown

BEGINS = "ctai_"
"""What every token begins with, so that one that leaked is recognised by whoever finds it."""
FORM = re.compile(r"ctai_[A-Za-z0-9_-]{43}")
RANDOM_BYTES = 32
HINT_LETTERS = 9
"""As much of a token as its owner is shown again: the beginning, and four letters of the secret."""
LONGEST_NAME = 80
LONGEST_DAYS = 365
"""A token that nobody remembers must not open the door for ever."""
USUAL_DAYS = 90
MOST_VALID = 20
"""Valid tokens of one account: one for each program that reads, and some to spare."""


class TokenState(StrEnum):
    """Whether a token still opens anything."""

    VALID = "valid"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True)
class Token:
    """A token as it is listed: never the secret, nor the digest of it."""

    number: int
    name: str
    hint: str
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None

    def state(self, now: datetime) -> TokenState:
        """Tell whether it still opens anything."""
        if self.revoked_at is not None:
            return TokenState.REVOKED
        return TokenState.VALID if now < self.expires_at else TokenState.EXPIRED


def digest_of(secret: str) -> str:
    """Give what is kept of a token: the SHA-256 of it, in hexadecimal."""
    return hashlib.sha256(secret.encode()).hexdigest()


def faults_of(name: str, days: int) -> Iterator[Fault]:
    """List what is wrong with a new token's name and the days for which it is to hold."""
    yield from faults_of_name(name)
    if not 1 <= days <= LONGEST_DAYS:
        places = {"seen": shown(days), "most": str(LONGEST_DAYS)}
        yield Fault("A token can't hold for {seen} days. Choose 1 to {most}.", "days", places)


def faults_of_name(name: str) -> Iterator[Fault]:
    """List what is wrong with the name of something that somebody keeps for themselves."""
    if not name.strip() or len(name) > LONGEST_NAME or not name.isprintable():
        places = {"seen": shown(name), "most": str(LONGEST_NAME)}
        yield Fault("“{seen}” can't be a name. Use 1 to {most} letters.", "name", places)
