"""The screen's writes of the ladder: each one transaction; Refused with every reason."""

from collections.abc import Iterable

from ctai.domain.climbing import Offer
from ctai.domain.ladder import Answer, ConsentAnswer, Fit, FundingTest, MetAnswer
from ctai.domain.need_moves import Move
from ctai.domain.roles import Viewer
from ctai.services import (
    answer_capacity,
    answer_consent,
    answer_test,
    ask_capacity,
    ask_consent,
    check_need,
    edit_calendar,
    link_activity,
    move_need,
    record_offer,
    share_outside,
)
from ctai.ui import writes


def ask(viewer: Viewer, need_id: int, entities: Iterable[str], question: str) -> None:
    """Ask entities for their capacity."""
    with writes.writing() as session:
        ask_capacity.ask_capacity(session, viewer, need_id, entities, question)


def answer(viewer: Viewer, enquiry_id: int, said: Answer | None, reason: str, role: str) -> None:
    """Record what an entity can do."""
    with writes.writing() as session:
        answer_capacity.answer_capacity(session, viewer, enquiry_id, said, reason, role)


def ask_states(viewer: Viewer, need_id: int, countries: Iterable[str]) -> None:
    """Ask States whether their need may be shared."""
    with writes.writing() as session:
        ask_consent.ask_consent(session, viewer, need_id, countries)


def answer_for_state(
    viewer: Viewer, consent_id: int, said: ConsentAnswer | None, reason: str, role: str
) -> None:
    """Record what a State answered."""
    with writes.writing() as session:
        answer_consent.answer_consent(session, viewer, consent_id, said, reason, role)


def share(viewer: Viewer, need_id: int, entities: Iterable[str], question: str) -> None:
    """Share a need with providers and donors."""
    with writes.writing() as session:
        share_outside.share_outside(session, viewer, need_id, entities, question)


def offer(
    viewer: Viewer, enquiry_id: int, said: Answer | None, reason: str, role: str, money: Offer
) -> None:
    """Record what a provider or a donor answered."""
    with writes.writing() as session:
        record_offer.record_offer(session, viewer, enquiry_id, said, reason, role, money)


def judge(
    viewer: Viewer,
    need_id: int,
    test: FundingTest,
    passed: bool | None,
    reason: str,
    role: str,
    seen: int | None,
) -> None:
    """Record an answer to a test of gap-filling funding."""
    with writes.writing() as session:
        answer_test.answer_test(session, viewer, need_id, test, passed, reason, role, seen)


def link(
    viewer: Viewer, need_id: int, activity_id: int, fit: Fit | None, reason: str, seen: Fit | None
) -> None:
    """Record whether an activity answers a need."""
    with writes.writing() as session:
        link_activity.link_activity(session, viewer, need_id, activity_id, fit, reason, seen)


def move(viewer: Viewer, need_id: int, step: Move, version: int) -> None:
    """Move a need to its next state."""
    with writes.writing() as session:
        move_need.move_need(session, viewer, need_id, step, version)


def check(
    viewer: Viewer, need_id: int, said: MetAnswer | None, comment: str, role: str, version: int
) -> None:
    """Record whether the requester finds its need met."""
    with writes.writing() as session:
        check_need.check_need(session, viewer, need_id, said, comment, role, version)


def add_day(viewer: Viewer, day: str, works: bool, name: str) -> None:
    """Put a day into the calendar."""
    with writes.writing() as session:
        edit_calendar.add_day(session, viewer, day, works, name)


def remove_day(viewer: Viewer, day: str) -> None:
    """Take a day out of the calendar."""
    with writes.writing() as session:
        edit_calendar.remove_day(session, viewer, day)
