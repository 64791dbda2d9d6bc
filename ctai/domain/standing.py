"""Standing: which rung of the ladder is open to a need, and why, from what is recorded."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from ctai.domain.ladder import (
    Answer,
    Consent,
    ConsentAnswer,
    ConsentStanding,
    Enquiry,
    FundingTest,
    History,
    Rung,
    RungStanding,
    RungState,
    Standing,
    Tested,
)
from ctai.domain.reasons import Reason


def standing(history: History, today: date) -> Standing:
    """Work out how a need stands today; an entity asked again counts by its newest round only."""
    first = _un_capacity(current(history.enquiries, Rung.UN_CAPACITY), today)
    consent = consent_standing(history, today)
    second = _outside(history, first, consent, today)
    tests = newest_tests(history.tests)
    is_offered = consent is not ConsentStanding.REFUSED and offers_suffice(
        current(history.enquiries, Rung.OUTSIDE), history.cost_usd
    )
    third = _funding(second, tests, is_offered=is_offered)
    run_out = tuple(e for e in history.enquiries if e.has_run_out(today))
    return Standing((first, second, third), consent, tests, run_out)


def current(enquiries: Iterable[Enquiry], rung: Rung) -> tuple[Enquiry, ...]:
    """Give the newest enquiry to each entity on a rung, in the order in which they were asked."""
    newest: dict[str, Enquiry] = {}
    for enquiry in sorted(enquiries, key=lambda e: (e.round, e.asked_on, e.entity)):
        if enquiry.rung is rung:
            newest[enquiry.entity] = enquiry
    return tuple(newest.values())


def current_consents(consents: Iterable[Consent]) -> dict[str, Consent]:
    """Give the newest question of consent to each State."""
    return {c.iso3: c for c in sorted(consents, key=lambda c: c.round)}


def newest_tests(tests: Iterable[Tested]) -> tuple[Tested, ...]:
    """Give the newest answer to each test, in the order of the tests."""
    newest = {answer.test: answer for answer in sorted(tests, key=lambda a: a.number)}
    return tuple(newest[test] for test in FundingTest if test in newest)


def _entities(enquiries: Iterable[Enquiry]) -> str:
    return "; ".join(enquiry.entity for enquiry in enquiries)


def _answered(enquiries: Iterable[Enquiry], answer: Answer) -> tuple[Enquiry, ...]:
    return tuple(e for e in enquiries if e.answer is answer)


def _silent(enquiries: Iterable[Enquiry], today: date) -> tuple[Enquiry, ...]:
    return tuple(e for e in enquiries if e.answer is Answer.SILENT or e.has_run_out(today))


def _un_capacity(asked: tuple[Enquiry, ...], today: date) -> RungStanding:
    """The first rung is open from the start, until all who were asked have answered."""
    rung = Rung.UN_CAPACITY
    if not asked:
        why = Reason("No entity has been asked yet. Ask those whose mandate fits.")
        return RungStanding(rung, RungState.OPEN, (why,))
    able = _answered(asked, Answer.CAN)
    awaited = tuple(e for e in asked if e.is_awaited(today))
    reasons = _capacity_reasons(asked, today)
    if able or not awaited:
        return RungStanding(rung, RungState.DONE, reasons, awaited)
    return RungStanding(rung, RungState.OPEN, (_awaiting(awaited), *reasons), awaited)


def _awaiting(awaited: tuple[Enquiry, ...]) -> Reason:
    due = min(enquiry.due_on for enquiry in awaited)
    places = {"entities": _entities(awaited), "date": due.isoformat()}
    return Reason("Awaited by {date}: an answer from {entities}.", places)


def _capacity_reasons(asked: tuple[Enquiry, ...], today: date) -> tuple[Reason, ...]:
    able = _named(_answered(asked, Answer.CAN))
    with_money = _named(_answered(asked, Answer.CAN_WITH_MONEY))
    unable = _named(_answered(asked, Answer.CANNOT))
    silent = _named(_silent(asked, today))
    return _told(
        Reason("Can answer the need from their own means: {entities}.", able),
        Reason("Could answer the need with money: {entities}.", with_money),
        Reason("Cannot answer the need: {entities}.", unable),
        Reason("Silent until their date had passed: {entities}.", silent),
    )


def _named(enquiries: Iterable[Enquiry]) -> dict[str, str]:
    return {"entities": _entities(enquiries)}


def _told(*reasons: Reason) -> tuple[Reason, ...]:
    """Leave out the reasons that name nobody."""
    return tuple(reason for reason in reasons if reason.places["entities"])


def consent_standing(history: History, today: date) -> ConsentStanding:
    """Tell whether a need may be shared: each of its States must agree, one objection is enough."""
    newest = current_consents(history.consents)
    asked = [newest.get(iso3) for iso3 in history.countries]
    if any(c is not None and c.answer is ConsentAnswer.OBJECTS for c in asked):
        return ConsentStanding.REFUSED
    if not asked or any(c is None for c in asked):
        return ConsentStanding.NOT_ASKED
    if all(c is not None and c.is_given(today) for c in asked):
        return ConsentStanding.GIVEN
    return ConsentStanding.AWAITED


def _outside(
    history: History, below: RungStanding, consent: ConsentStanding, today: date
) -> RungStanding:
    rung = Rung.OUTSIDE
    shut = _why_outside_is_shut(history, below)
    if shut:
        return RungStanding(rung, RungState.SHUT, shut)
    asked = current(history.enquiries, rung)
    reasons = _outside_reasons(asked, today)
    if consent is ConsentStanding.REFUSED:
        return RungStanding(rung, RungState.DONE, (_objection(history), *reasons))
    if consent is not ConsentStanding.GIVEN:
        awaiting, wait = _consent_wait(history, today)
        return RungStanding(rung, RungState.OPEN, (wait, *reasons), awaiting)
    if not asked:
        why = Reason("The State does not object. Share the need with a provider or donor by name.")
        return RungStanding(rung, RungState.OPEN, (why,))
    awaited = tuple(e for e in asked if e.is_awaited(today))
    if awaited and not offers_suffice(asked, history.cost_usd):
        return RungStanding(rung, RungState.OPEN, (_awaiting(awaited), *reasons), awaited)
    return RungStanding(rung, RungState.DONE, reasons, awaited)


def _why_outside_is_shut(history: History, below: RungStanding) -> tuple[Reason, ...]:
    if below.state is RungState.OPEN:
        if not below.awaited:
            return (Reason("It opens once the entities of the United Nations have been asked."),)
        return (Reason("It opens once the entities that were asked have answered."),)
    able = _answered(current(history.enquiries, Rung.UN_CAPACITY), Answer.CAN)
    if not able:
        return ()
    places = {"entities": _entities(able)}
    return (
        Reason(
            "It stays shut: the need can be answered within the United Nations, by {entities}.",
            places,
        ),
    )


def _objection(history: History) -> Reason:
    newest = current_consents(history.consents)
    objecting = [
        iso3
        for iso3 in history.countries
        if iso3 in newest and newest[iso3].answer is ConsentAnswer.OBJECTS
    ]
    places = {"countries": "; ".join(objecting)}
    return Reason("Sharing was refused by {countries}: help from outside is closed.", places)


def _consent_wait(history: History, today: date) -> tuple[tuple[Consent, ...], Reason]:
    newest = current_consents(history.consents)
    unasked = [iso3 for iso3 in history.countries if iso3 not in newest]
    awaiting = tuple(
        newest[iso3]
        for iso3 in history.countries
        if iso3 in newest and newest[iso3].is_awaited(today)
    )
    if unasked:
        places = {"countries": "; ".join(unasked)}
        return awaiting, Reason(
            "Not yet asked whether the need may be shared: {countries}.", places
        )
    due = max(consent.due_on for consent in awaiting)
    places = {"countries": "; ".join(c.iso3 for c in awaiting), "date": due.isoformat()}
    return awaiting, Reason(
        "The need may be shared after {date}, unless {countries} objects until then.", places
    )


def _outside_reasons(asked: tuple[Enquiry, ...], today: date) -> tuple[Reason, ...]:
    return _told(
        Reason("Offer help: {entities}.", _named(_answered(asked, Answer.OFFERS))),
        Reason("Decline: {entities}.", _named(_answered(asked, Answer.DECLINES))),
        Reason("Silent until their date had passed: {entities}.", _named(_silent(asked, today))),
    )


def offers_suffice(asked: Iterable[Enquiry], cost_usd: Decimal | None) -> bool:
    """Tell whether what is offered may meet the need.

    Only amounts that are all known and stay below a known cost are too little; help in kind, or a
    cost that nobody has estimated, is not called insufficient.
    """
    offers = _answered(asked, Answer.OFFERS)
    amounts = [offer.amount_usd for offer in offers]
    known = [amount for amount in amounts if amount is not None]
    if not offers or cost_usd is None or len(known) < len(amounts):
        return bool(offers)
    return sum(known) >= cost_usd


def _funding(below: RungStanding, tests: tuple[Tested, ...], *, is_offered: bool) -> RungStanding:
    rung = Rung.FUNDING
    if below.state is not RungState.DONE:
        why = Reason("It opens once help from outside has been sought without success.")
        return RungStanding(rung, RungState.SHUT, (why,))
    if is_offered:
        why = Reason("It stays shut: help from outside is offered.")
        return RungStanding(rung, RungState.SHUT, (why,))
    missing = len(FundingTest) - len(tests)
    failed = sum(not answer.passed for answer in tests)
    if missing:
        places = {"n": str(len(tests)), "of": str(len(FundingTest))}
        why = Reason("{n} of {of} tests of gap-filling funding have an answer.", places)
        return RungStanding(rung, RungState.OPEN, (why,))
    if failed:
        why = Reason("A test is not met: no gap-filling funding can be asked for.")
        return RungStanding(rung, RungState.DONE, (why,))
    why = Reason("All four tests are met: funding may be asked for.")
    return RungStanding(rung, RungState.DONE, (why,))
