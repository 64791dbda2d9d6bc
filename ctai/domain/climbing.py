"""Climbing: every reason not to ask, share, or answer on the ladder of a need."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ctai.domain.checks import LONGEST_TEXT, bad_date, too_long
from ctai.domain.faults import Fault, shown
from ctai.domain.funding_money import rate_faults
from ctai.domain.funding_tests import role_faults
from ctai.domain.ladder import (
    CAPACITY_ANSWERS,
    OUTSIDE_ANSWERS,
    Answer,
    Consent,
    ConsentAnswer,
    ConsentStanding,
    Enquiry,
    History,
    Rung,
    RungState,
)
from ctai.domain.money import CURRENCIES, LARGEST_AMOUNT
from ctai.domain.needs import UNMET_STATES, NeedState
from ctai.domain.roles import Visibility
from ctai.domain.standing import current, current_consents, standing

UN_KINDS = frozenset({"member", "observer", "external"})
"""Kinds of entity that can be asked for United Nations capacity; `external` holds entities of the
system that are not of the Task Force, beside others."""
OUTSIDE_KINDS = frozenset({"donor", "external"})
"""Kinds of entity with which a need can be shared outside."""


@dataclass(frozen=True)
class Offer:
    """What an answer from outside holds beside its words; None where nothing is said of money."""

    amount: Decimal | None = None
    currency: str | None = None
    rate_usd: Decimal | None = None
    rate_date: str | None = None


def asking_faults(
    history: History,
    state: NeedState,
    kinds: dict[str, str],
    asked: Iterable[str],
    question: str,
    today: date,
) -> tuple[Fault, ...]:
    """List every reason not to ask entities for their capacity; `kinds` gives each entity's."""
    entities = list(asked)
    return (
        *unmet_faults(state),
        *_whom_faults(entities, kinds, UN_KINDS),
        *_pending_faults(history, Rung.UN_CAPACITY, entities, today),
        *too_long("question", question, LONGEST_TEXT),
    )


def unmet_faults(state: NeedState) -> Iterator[Fault]:
    """Refuse a step on the ladder of a need that lacks nothing any more."""
    if state not in UNMET_STATES:
        yield Fault("This need is no longer unmet, so nothing is asked about it any more.", "need")


def _whom_faults(
    entities: list[str], kinds: dict[str, str], allowed: frozenset[str]
) -> Iterator[Fault]:
    if not entities:
        yield Fault("Choose at least one entity to ask.", "entity")
    if len(set(entities)) < len(entities):
        yield Fault("An entity is named twice. Ask each one once.", "entity")
    for entity in entities:
        if entity not in kinds:
            yield Fault(
                "“{seen}” is not a listed entity. Give its acronym, such as UNODC.",
                "entity",
                {"seen": shown(entity)},
            )
        elif kinds[entity] not in allowed and allowed is UN_KINDS:
            yield Fault(
                "{seen} is a donor, and is asked on the second rung.",
                "entity",
                {"seen": shown(entity)},
            )
        elif kinds[entity] not in allowed:
            yield Fault(
                "{seen} is of the United Nations, and is asked on the first rung.",
                "entity",
                {"seen": shown(entity)},
            )


def _pending_faults(
    history: History, rung: Rung, entities: Iterable[str], today: date
) -> Iterator[Fault]:
    pending = {e.entity: e for e in current(history.enquiries, rung) if e.is_awaited(today)}
    for entity in entities:
        if entity in pending:
            yield Fault(
                "{seen} has been asked already and may answer until {date}.",
                "entity",
                {"seen": shown(entity), "date": pending[entity].due_on.isoformat()},
            )


def consent_asking_faults(
    history: History,
    state: NeedState,
    visibility: Visibility,
    countries: Iterable[str],
    today: date,
) -> tuple[Fault, ...]:
    """List every reason not to ask States whether their need may be shared outside."""
    return (
        *unmet_faults(state),
        *_secrecy_faults(visibility),
        *_outside_faults(history, today),
        *_state_faults(history, list(countries), today),
    )


def _secrecy_faults(visibility: Visibility) -> Iterator[Fault]:
    if visibility is Visibility.RESTRICTED:
        yield Fault(
            "This need is restricted, and nothing restricted is shared outside the United "
            "Nations. Make it less restricted first.",
            "visibility",
        )


def _outside_faults(history: History, today: date) -> Iterator[Fault]:
    rung = standing(history, today).of(Rung.OUTSIDE)
    if rung.state is RungState.SHUT:
        yield Fault("Help from outside can't be sought yet.", "rung")
        yield from (reason.as_fault("rung") for reason in rung.why)


def _state_faults(history: History, countries: list[str], today: date) -> Iterator[Fault]:
    if not countries:
        yield Fault("The country is missing. Choose at least one Member State.", "country")
    newest = current_consents(history.consents)
    for iso3 in countries:
        if iso3 not in history.countries:
            yield Fault(
                "{countries} does not have this need, and is not asked about it.",
                "country",
                {"countries": shown(iso3)},
            )
        elif iso3 in newest and newest[iso3].is_awaited(today):
            yield Fault(
                "{countries} has been asked already and may answer until {date}.",
                "country",
                {"countries": iso3, "date": newest[iso3].due_on.isoformat()},
            )


def sharing_faults(
    history: History,
    state: NeedState,
    visibility: Visibility,
    kinds: dict[str, str],
    asked: Iterable[str],
    question: str,
    today: date,
) -> tuple[Fault, ...]:
    """List every reason not to share a need with providers or donors by name."""
    entities = list(asked)
    return (
        *unmet_faults(state),
        *_secrecy_faults(visibility),
        *_outside_faults(history, today),
        *_consent_faults(standing(history, today).consent),
        *_whom_faults(entities, kinds, OUTSIDE_KINDS),
        *_pending_faults(history, Rung.OUTSIDE, entities, today),
        *too_long("question", question, LONGEST_TEXT),
    )


def _consent_faults(consent: ConsentStanding) -> Iterator[Fault]:
    match consent:
        case ConsentStanding.NOT_ASKED:
            yield Fault("Ask each State first whether its need may be shared.", "country")
        case ConsentStanding.AWAITED:
            yield Fault("A State may still object to sharing. Wait until its date.", "country")
        case ConsentStanding.REFUSED:
            yield Fault("A State objects to sharing this need.", "country")
        case ConsentStanding.GIVEN:
            return


def capacity_faults(
    enquiry: Enquiry, answer: Answer | None, reason: str, answered_as: str, today: date
) -> tuple[Fault, ...]:
    """List every reason not to record what an entity can do."""
    return (
        *_kind_faults(enquiry, Rung.UN_CAPACITY),
        *_time_faults(enquiry, today),
        *_answer_faults(answer, CAPACITY_ANSWERS),
        *_reason_faults(reason),
        *role_faults(answered_as),
    )


def offer_faults(
    enquiry: Enquiry,
    answer: Answer | None,
    reason: str,
    answered_as: str,
    offer: Offer,
    today: date,
) -> tuple[Fault, ...]:
    """List every reason not to record what a provider or donor answered."""
    return (
        *_kind_faults(enquiry, Rung.OUTSIDE),
        *_time_faults(enquiry, today),
        *_answer_faults(answer, OUTSIDE_ANSWERS),
        *_reason_faults(reason),
        *role_faults(answered_as),
        *_money_faults(answer, offer),
    )


def _kind_faults(enquiry: Enquiry, rung: Rung) -> Iterator[Fault]:
    if enquiry.rung is not rung:
        yield Fault("This question belongs to another rung of the ladder.", "rung")


def _time_faults(asked: Enquiry | Consent, today: date) -> Iterator[Fault]:
    if asked.answer is not None:
        yield Fault(
            "This question was answered on {date}. Ask again to open a new round.",
            "answer",
            {"date": (asked.answered_on or asked.due_on).isoformat()},
        )
    elif today > asked.due_on:
        yield Fault(
            "The date, {date}, has passed. Ask again to open a new round.",
            "answer",
            {"date": asked.due_on.isoformat()},
        )


def _answer_faults(answer: Answer | None, allowed: tuple[Answer, ...]) -> Iterator[Fault]:
    if answer not in allowed:
        yield Fault("Choose one of the answers.", "answer")


def _reason_faults(reason: str) -> Iterator[Fault]:
    if not reason.strip():
        yield Fault("The reason is missing. Say in a line why.", "reason")
    yield from too_long("reason", reason, LONGEST_TEXT)


def consent_faults(
    consent: Consent, answer: ConsentAnswer | None, reason: str, answered_as: str, today: date
) -> tuple[Fault, ...]:
    """List every reason not to record what a State answered; only an objection needs a reason."""
    needs_reason = answer is ConsentAnswer.OBJECTS
    return (
        *_time_faults(consent, today),
        *([] if answer else [Fault("Choose one of the answers.", "answer")]),
        *(_reason_faults(reason) if needs_reason else too_long("reason", reason, LONGEST_TEXT)),
        *role_faults(answered_as),
    )


def _money_faults(answer: Answer | None, offer: Offer) -> Iterator[Fault]:
    if offer.amount is None:
        return
    seen = {"seen": shown(offer.amount)}
    if answer is Answer.DECLINES:
        yield Fault("Who declines offers no amount. Leave it empty.", "amount")
    if not offer.amount.is_finite() or not 0 < offer.amount <= LARGEST_AMOUNT:
        yield Fault("The amount {seen} can't be right. Give one above zero.", "amount", seen)
    elif offer.amount != offer.amount.quantize(Decimal("0.01")):
        yield Fault(
            "The amount {seen} has more than two decimals. Round it to two.", "amount", seen
        )
    if offer.currency not in CURRENCIES:
        yield Fault(
            "“{seen}” is not a known currency. Give an ISO 4217 code such as USD.",
            "currency",
            {"seen": shown(offer.currency or "")},
        )
    elif offer.currency != "USD" and (offer.rate_usd is None or not offer.rate_date):
        yield Fault("Give the rate to US dollars and its date, or the amount in USD.", "rate_usd")
    if offer.rate_usd is not None:
        yield from rate_faults(offer.rate_usd)
    yield from bad_date("rate_date", offer.rate_date)
