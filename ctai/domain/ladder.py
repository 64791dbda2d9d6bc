"""The ladder: existing UN capacity, then help from outside, then gap-filling funding."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import IntEnum, StrEnum

from ctai.domain.money import in_usd
from ctai.domain.reasons import Reason

CAPACITY_WORKING_DAYS = 10
"""An entity answers within two working weeks: time to ask a field office, short enough that the
rung below can't hold a need back for months."""

CONSENT_WORKING_DAYS = 5
"""The State may object to sharing its need within one working week (the Initiative's rule)."""

OFFER_WORKING_DAYS = 10
"""Providers and donors get the time that entities get."""

CHECK_AFTER_MONTHS = 12
"""The requester is asked a year after an answer whether the need was met: effects show by then,
and those who asked are still in office (the Initiative's rule)."""


class Rung(IntEnum):
    """A step of the ladder; each opens on the recorded answers of the one below."""

    UN_CAPACITY = 1
    OUTSIDE = 2
    FUNDING = 3


class Answer(StrEnum):
    """What was answered to an enquiry: the first three by an entity, the next two from outside."""

    CAN = "can"
    CAN_WITH_MONEY = "can_with_money"
    CANNOT = "cannot"
    OFFERS = "offers"
    DECLINES = "declines"
    SILENT = "silent"
    """Nothing came by the date; recorded when somebody climbs on."""


CAPACITY_ANSWERS = (Answer.CAN, Answer.CAN_WITH_MONEY, Answer.CANNOT)
OUTSIDE_ANSWERS = (Answer.OFFERS, Answer.DECLINES)


class ConsentAnswer(StrEnum):
    """What the requesting State said to sharing its need outside the United Nations."""

    CONSENTS = "consents"
    OBJECTS = "objects"


class FundingTest(StrEnum):
    """The four tests of gap-filling funding, in their order."""

    ESSENTIAL = "essential"
    SERVES_STRATEGY = "serves_strategy"
    NOT_FROM_UN = "not_from_un"
    DONORS_UNLIKELY = "donors_unlikely"


class Fit(StrEnum):
    """What a person decided of an activity that may answer a need."""

    ANSWERS = "answers"
    DOES_NOT = "does_not"


class MetAnswer(StrEnum):
    """What the requester says twelve months after an answer."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"


class RungState(StrEnum):
    """How far a rung is."""

    SHUT = "shut"
    OPEN = "open"
    DONE = "done"


class ConsentStanding(StrEnum):
    """Whether a need may be shared outside, over all its countries."""

    NOT_ASKED = "not_asked"
    AWAITED = "awaited"
    GIVEN = "given"
    REFUSED = "refused"


@dataclass(frozen=True)
class Enquiry:
    """A question to an entity, a provider or a donor, as it is recorded."""

    rung: Rung
    entity: str
    asked_on: date
    due_on: date
    round: int = 1
    number: int | None = None
    question: str = ""
    answer: Answer | None = None
    answered_on: date | None = None
    answered_by: str = ""
    answered_as: str = ""
    reason: str = ""
    amount: Decimal | None = None
    currency: str = ""
    rate_usd: Decimal | None = None
    rate_date: str | None = None

    def is_awaited(self, today: date) -> bool:
        """Tell whether an answer can still come: on the last day it can."""
        return self.answer is None and today <= self.due_on

    def has_run_out(self, today: date) -> bool:
        """Tell whether the date passed without an answer and nobody has recorded the silence."""
        return self.answer is None and today > self.due_on

    @property
    def amount_usd(self) -> Decimal | None:
        """Give the amount offered in US dollars; None where amount or rate is not known."""
        return in_usd(self.amount, self.currency, self.rate_usd)


@dataclass(frozen=True)
class Consent:
    """A State asked whether its need may be shared, as it is recorded."""

    iso3: str
    asked_on: date
    due_on: date
    round: int = 1
    number: int | None = None
    answer: ConsentAnswer | None = None
    answered_on: date | None = None
    answered_by: str = ""
    answered_as: str = ""
    reason: str = ""

    def is_awaited(self, today: date) -> bool:
        """Tell whether an answer can still come: on the last day it can."""
        return self.answer is None and today <= self.due_on

    def is_given(self, today: date) -> bool:
        """Tell whether the State consents: by its word, or as it did not object in time."""
        if self.answer is None:
            return today > self.due_on
        return self.answer is ConsentAnswer.CONSENTS


@dataclass(frozen=True)
class Tested:
    """An answer to one of the four tests, as it is recorded."""

    test: FundingTest
    passed: bool
    reason: str
    answered_as: str = ""
    answered_by: str = ""
    answered_on: date | None = None
    number: int = 0


@dataclass(frozen=True)
class History:
    """All that is recorded on the ladder of one need.

    `cost_usd` is None where the cost, or its rate, is not known.
    """

    countries: tuple[str, ...]
    enquiries: tuple[Enquiry, ...] = ()
    consents: tuple[Consent, ...] = ()
    tests: tuple[Tested, ...] = ()
    cost_usd: Decimal | None = None


@dataclass(frozen=True)
class RungStanding:
    """How one rung stands and why; `due` is the next date by which an answer must come."""

    rung: Rung
    state: RungState
    why: tuple[Reason, ...]
    awaited: tuple[Enquiry | Consent, ...] = ()

    @property
    def due(self) -> date | None:
        """Give the next date by which an answer must come."""
        return min((asked.due_on for asked in self.awaited), default=None)


@dataclass(frozen=True)
class Standing:
    """How a need stands on the ladder on one day; `rungs` from the lowest to the highest.

    `tests` holds the answer that counts to each test that has one; `run_out` the enquiries whose
    date passed without an answer, and whose silence nobody has recorded yet.
    """

    rungs: tuple[RungStanding, RungStanding, RungStanding]
    consent: ConsentStanding
    tests: tuple[Tested, ...]
    run_out: tuple[Enquiry, ...]

    def of(self, rung: Rung) -> RungStanding:
        """Give one rung."""
        return self.rungs[rung - 1]

    @property
    def reached(self) -> RungStanding:
        """Give the highest rung that is not shut."""
        return next(r for r in reversed(self.rungs) if r.state is not RungState.SHUT)

    @property
    def due(self) -> date | None:
        """Give the next date by which an answer must come, on any rung; None where none is due."""
        return min((rung.due for rung in self.rungs if rung.due is not None), default=None)

    def test(self, test: FundingTest) -> Tested | None:
        """Give the answer that counts to a test."""
        return next((answer for answer in self.tests if answer.test is test), None)
