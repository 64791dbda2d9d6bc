"""Examples for tests of the ladder: enquiries, consents and tests that are on record."""

from datetime import date, timedelta

from hypothesis import strategies as st

from ctai.domain.ladder import (
    CAPACITY_ANSWERS,
    OUTSIDE_ANSWERS,
    Answer,
    Consent,
    ConsentAnswer,
    Enquiry,
    FundingTest,
    History,
    Rung,
    Tested,
)

MONDAY = date(2024, 7, 1)
"""The day on which everything is asked."""
DUE = date(2024, 7, 15)
LATE = DUE + timedelta(days=1)
CONSENT_DUE = date(2024, 7, 8)


def asked(
    entity: str = "UNODC",
    answer: Answer | None = None,
    rung: Rung = Rung.UN_CAPACITY,
    round: int = 1,
    due: date = DUE,
) -> Enquiry:
    """Give an enquiry of `MONDAY`."""
    return Enquiry(
        rung,
        entity,
        MONDAY,
        due,
        round,
        answer=answer,
        answered_on=MONDAY if answer else None,
        reason="Because" if answer else "",
    )


def consent(
    iso3: str = "NGA", answer: ConsentAnswer | None = None, round: int = 1, due: date = CONSENT_DUE
) -> Consent:
    """Give a question of consent of `MONDAY`."""
    return Consent(iso3, MONDAY, due, round, answer=answer, answered_on=MONDAY if answer else None)


def judged(test: FundingTest, passed: bool = True, number: int = 1) -> Tested:
    """Give an answer to a test."""
    return Tested(test, passed, "Because", "Head of Section", number=number)


DATES = st.integers(-20, 20).map(lambda days: MONDAY + timedelta(days=days))


def _enquiries(rung: Rung, answers: tuple[Answer, ...]) -> st.SearchStrategy[Enquiry]:
    return st.builds(
        asked,
        st.sampled_from(["UNODC", "CTED", "IOM"]),
        st.sampled_from([None, Answer.SILENT, *answers]),
        st.just(rung),
        st.integers(1, 3),
        DATES,
    )


HISTORIES = st.builds(
    History,
    st.sampled_from([("NGA",), ("BFA", "NGA")]),
    st.lists(
        _enquiries(Rung.UN_CAPACITY, CAPACITY_ANSWERS) | _enquiries(Rung.OUTSIDE, OUTSIDE_ANSWERS),
        max_size=6,
        unique_by=lambda e: (e.rung, e.entity, e.round),
    ).map(tuple),
    st.lists(
        st.builds(
            consent,
            st.sampled_from(["NGA", "BFA"]),
            st.sampled_from([None, *ConsentAnswer]),
            st.integers(1, 3),
            DATES,
        ),
        max_size=4,
        unique_by=lambda c: (c.iso3, c.round),
    ).map(tuple),
    st.lists(
        st.builds(judged, st.sampled_from(list(FundingTest)), st.booleans(), st.integers(1, 100)),
        max_size=6,
        unique_by=lambda t: t.number,
    ).map(tuple),
)
"""Any history, also one that no sequence of writes could leave behind."""
