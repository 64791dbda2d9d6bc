"""Rows of the ladder: what is recorded of needs, read as plain values."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlmodel import Session, col

from ctai.domain.dates import first_day, last_day
from ctai.domain.ladder import (
    Answer,
    Consent,
    ConsentAnswer,
    Enquiry,
    FundingTest,
    History,
    Rung,
    Tested,
)
from ctai.domain.money import in_usd
from ctai.domain.roles import Viewer
from ctai.models.ladder import Consent as ConsentRow
from ctai.models.ladder import Enquiry as EnquiryRow
from ctai.models.ladder import NeedTest
from ctai.models.needs import Need, NeedCountry
from ctai.queries.visible import consents_seen, enquiries_seen, needs_seen, workings_seen

NEEDS_A_BATCH = 10_000
"""Numbers in one statement: SQLite takes some thirty thousand places, PostgreSQL sixty."""


def histories(session: Session, viewer: Viewer, need_ids: Iterable[int]) -> Mapping[int, History]:
    """Give what is recorded on the ladders of needs, as far as a viewer may see it, by number."""
    asked, found = list(need_ids), {}
    for first in range(0, len(asked), NEEDS_A_BATCH):
        found.update(_batch(session, viewer, asked[first : first + NEEDS_A_BATCH]))
    return found


def _batch(session: Session, viewer: Viewer, need_ids: list[int]) -> dict[int, History]:
    statement = select(
        col(Need.id), col(Need.estimated_cost), col(Need.cost_currency), col(Need.cost_rate_usd)
    ).where(col(Need.id).in_(need_ids))
    costs = {
        number: in_usd(cost, currency or "", rate)
        for number, cost, currency, rate in session.execute(needs_seen(statement, viewer))
        if number is not None
    }
    countries = _countries(session, viewer, costs)
    enquiries = _enquiries(session, viewer, costs)
    consents = _consents(session, viewer, costs)
    tests = _tests(session, viewer, costs)
    return {
        number: History(
            tuple(countries[number]),
            tuple(enquiries[number]),
            tuple(consents[number]),
            tuple(tests[number]),
            cost,
        )
        for number, cost in costs.items()
    }


def _countries(
    session: Session, viewer: Viewer, numbers: Iterable[int]
) -> defaultdict[int, list[str]]:
    statement = (
        select(col(NeedCountry.need_id), col(NeedCountry.iso3))
        .where(col(NeedCountry.need_id).in_(list(numbers)))
        .order_by(col(NeedCountry.need_id), col(NeedCountry.iso3))
    )
    if viewer.reach is not None:
        statement = statement.where(col(NeedCountry.iso3).in_(viewer.reach))
    found: defaultdict[int, list[str]] = defaultdict(list)
    for number, iso3 in session.execute(statement):
        found[number].append(iso3)
    return found


def _enquiries(
    session: Session, viewer: Viewer, numbers: Iterable[int]
) -> defaultdict[int, list[Enquiry]]:
    rows = select(EnquiryRow).where(col(EnquiryRow.need_id).in_(list(numbers)))
    found: defaultdict[int, list[Enquiry]] = defaultdict(list)
    for row in session.scalars(enquiries_seen(rows, viewer).order_by(col(EnquiryRow.id))):
        found[row.need_id].append(enquiry_of(row))
    return found


def enquiry_of(row: EnquiryRow) -> Enquiry:
    """Read an enquiry from its row."""
    return Enquiry(
        rung=Rung(row.rung),
        entity=row.entity,
        asked_on=first_day(row.asked_on),
        due_on=last_day(row.due_on),
        round=row.round,
        number=row.id,
        question=row.question,
        answer=Answer(row.answer) if row.answer else None,
        answered_on=first_day(row.answered_on) if row.answered_on else None,
        answered_by=row.answered_by or "",
        answered_as=row.answered_as,
        reason=row.reason,
        amount=row.amount,
        currency=row.currency or "",
        rate_usd=row.rate_usd,
        rate_date=row.rate_date,
    )


def _consents(
    session: Session, viewer: Viewer, numbers: Iterable[int]
) -> defaultdict[int, list[Consent]]:
    rows = select(ConsentRow).where(col(ConsentRow.need_id).in_(list(numbers)))
    found: defaultdict[int, list[Consent]] = defaultdict(list)
    for row in session.scalars(consents_seen(rows, viewer).order_by(col(ConsentRow.id))):
        found[row.need_id].append(consent_of(row))
    return found


def consent_of(row: ConsentRow) -> Consent:
    """Read a question of consent from its row."""
    return Consent(
        iso3=row.iso3,
        asked_on=first_day(row.asked_on),
        due_on=last_day(row.due_on),
        round=row.round,
        number=row.id,
        answer=ConsentAnswer(row.answer) if row.answer else None,
        answered_on=first_day(row.answered_on) if row.answered_on else None,
        answered_by=row.answered_by or "",
        answered_as=row.answered_as,
        reason=row.reason,
    )


def _tests(
    session: Session, viewer: Viewer, numbers: Iterable[int]
) -> defaultdict[int, list[Tested]]:
    rows = select(NeedTest).where(col(NeedTest.need_id).in_(list(numbers)))
    seen = workings_seen(rows, viewer, col(NeedTest.need_id)).order_by(col(NeedTest.id))
    found: defaultdict[int, list[Tested]] = defaultdict(list)
    for row in session.scalars(seen):
        found[row.need_id].append(
            Tested(
                FundingTest(row.test),
                row.passed,
                row.reason,
                row.answered_as,
                row.answered_by,
                row.answered_at.date(),
                row.id or 0,
            )
        )
    return found
