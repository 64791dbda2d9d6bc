"""The ladder: existing UN capacity, then help from outside, then gap-filling funding."""

from enum import IntEnum, StrEnum


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
