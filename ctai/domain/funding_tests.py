"""Funding tests: what recorded answers say of each, what contradicts them, what lacks to fund."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ctai.domain.checks import LONGEST_TEXT, LONGEST_TITLE, too_long
from ctai.domain.faults import Fault, shown
from ctai.domain.ladder import (
    Answer,
    ConsentStanding,
    FundingTest,
    History,
    Rung,
    RungState,
    Standing,
)
from ctai.domain.needs import UNMET_STATES, NeedState
from ctai.domain.reasons import Reason
from ctai.domain.standing import consent_standing, current, offers_suffice, standing


@dataclass(frozen=True)
class ProposedTest:
    """What the recorded answers say of a test, for a person to confirm in words of their own."""

    test: FundingTest
    passed: bool
    reasons: tuple[Reason, ...]


def proposed_tests(history: History, today: date) -> tuple[ProposedTest, ...]:
    """Read the third test from the answers of rung 1, and the fourth from those of rung 2.

    The first two are for a person alone. Nothing is proposed while an answer can still come.
    """
    now = standing(history, today)
    proposed: list[ProposedTest] = []
    first, second = now.of(Rung.UN_CAPACITY), now.of(Rung.OUTSIDE)
    if first.state is RungState.DONE:
        able = any(
            enquiry.answer is Answer.CAN for enquiry in current(history.enquiries, Rung.UN_CAPACITY)
        )
        proposed.append(ProposedTest(FundingTest.NOT_FROM_UN, not able, first.why))
    if second.state is RungState.DONE:
        offered = now.consent is not ConsentStanding.REFUSED and offers_suffice(
            current(history.enquiries, Rung.OUTSIDE), history.cost_usd
        )
        proposed.append(ProposedTest(FundingTest.DONORS_UNLIKELY, not offered, second.why))
    return tuple(proposed)


def funding_test_faults(
    history: History,
    today: date,
    test: FundingTest,
    passed: bool | None,
    reason: str,
    answered_as: str,
) -> tuple[Fault, ...]:
    """List every reason not to record an answer to a test."""
    return (
        *_rung_faults(history, today),
        *contradictions(history, today, test, passed=passed),
        *_word_faults(passed, reason, answered_as),
    )


def _rung_faults(history: History, today: date) -> Iterator[Fault]:
    third = standing(history, today).of(Rung.FUNDING)
    if third.state is RungState.SHUT:
        yield Fault("The tests can't be answered yet: the third rung is shut.", "test")
        yield from (reason.as_fault("test") for reason in third.why)


def contradictions(
    history: History, today: date, test: FundingTest, *, passed: bool | None
) -> tuple[Fault, ...]:
    """Refuse a test that says the opposite of the recorded answers."""
    if not passed:
        return ()
    match test:
        case FundingTest.NOT_FROM_UN:
            able = [
                enquiry.entity
                for enquiry in current(history.enquiries, Rung.UN_CAPACITY)
                if enquiry.answer is Answer.CAN
            ]
            if able:
                return (
                    Fault(
                        "United Nations resources can meet the need: {entities} said so.",
                        "test",
                        {"entities": "; ".join(able)},
                    ),
                )
        case FundingTest.DONORS_UNLIKELY:
            asked = current(history.enquiries, Rung.OUTSIDE)
            is_closed = consent_standing(history, today) is ConsentStanding.REFUSED
            if not is_closed and offers_suffice(asked, history.cost_usd):
                offering = "; ".join(e.entity for e in asked if e.answer is Answer.OFFERS)
                return (
                    Fault(
                        "Help from outside is offered by {entities}: donors are not unlikely.",
                        "test",
                        {"entities": offering},
                    ),
                )
        case FundingTest.ESSENTIAL | FundingTest.SERVES_STRATEGY:
            pass
    return ()


def _word_faults(passed: bool | None, reason: str, answered_as: str) -> Iterator[Fault]:
    if passed is None:
        yield Fault("Say whether the test is met.", "passed")
    if not reason.strip():
        yield Fault("The reason is missing. Say why the test is met or not.", "reason")
    yield from too_long("reason", reason, LONGEST_TEXT)
    yield from role_faults(answered_as)


def role_faults(answered_as: str) -> Iterator[Fault]:
    """Refuse an answer that does not say in which role somebody gives it."""
    if not answered_as.strip():
        yield Fault("Say in which role you answer, such as Head of Section.", "answered_as")
    yield from too_long("answered_as", answered_as, LONGEST_TITLE)


def fundable(code: str, state: NeedState, now: Standing) -> tuple[Fault, ...]:
    """List every reason why no gap-filling funding may be asked for a need; empty where it may."""
    need = {"need": shown(code)}
    if state not in UNMET_STATES:
        return (Fault("Need {need} is no longer unmet: nothing is left to fund.", "need", need),)
    if now.of(Rung.FUNDING).state is RungState.SHUT:
        return (
            Fault(
                "Need {need} has not climbed to gap-filling funding yet. Its page says what is "
                "awaited.",
                "need",
                need,
            ),
        )
    return tuple(fault for test in FundingTest for fault in _missing_or_failed(test, now, need))


def _missing_or_failed(test: FundingTest, now: Standing, need: dict[str, str]) -> Iterator[Fault]:
    answer = now.test(test)
    if answer is None:
        yield _missing(test, need)
    elif not answer.passed:
        yield _failed(test, need)


def _missing(test: FundingTest, need: dict[str, str]) -> Fault:
    match test:
        case FundingTest.ESSENTIAL:
            return Fault("Need {need}: nobody has said whether it is essential.", "need", need)
        case FundingTest.SERVES_STRATEGY:
            return Fault(
                "Need {need}: nobody has said whether it serves the Strategy.", "need", need
            )
        case FundingTest.NOT_FROM_UN:
            return Fault(
                "Need {need}: nobody has said whether United Nations resources can meet it.",
                "need",
                need,
            )
        case FundingTest.DONORS_UNLIKELY:
            return Fault(
                "Need {need}: nobody has said whether donors are likely to fund it in time.",
                "need",
                need,
            )


def _failed(test: FundingTest, need: dict[str, str]) -> Fault:
    match test:
        case FundingTest.ESSENTIAL:
            return Fault("Need {need} was found not to be essential.", "need", need)
        case FundingTest.SERVES_STRATEGY:
            return Fault("Need {need} was found not to serve the Strategy.", "need", need)
        case FundingTest.NOT_FROM_UN:
            return Fault(
                "Need {need}: United Nations resources were found able to meet it.", "need", need
            )
        case FundingTest.DONORS_UNLIKELY:
            return Fault("Need {need}: donors were found likely to fund it in time.", "need", need)
