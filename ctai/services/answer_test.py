"""Answering one of the four tests of gap-filling funding: the third rung."""

from datetime import date

from sqlmodel import Session

from ctai.domain.climbing import unmet_faults
from ctai.domain.faults import Fault, Refused
from ctai.domain.funding_tests import funding_test_faults
from ctai.domain.kinds import RecordKind
from ctai.domain.ladder import FundingTest, Tested
from ctai.domain.roles import Action, Viewer
from ctai.models.ladder import NeedTest
from ctai.services.held_need import MOVED_MEANWHILE, hold, record_silence
from ctai.services.revisions import Change, log, now


def answer_test(
    session: Session,
    author: Viewer,
    need_id: int,
    test: FundingTest,
    passed: bool | None,
    reason: str,
    answered_as: str,
    seen: int | None = None,
    today: date | None = None,
) -> None:
    """Record an answer to a test, which counts from now on; Refused with every reason.

    `seen` is the number of the answer that the author was looking at, None where there was none:
    a second decision at the same moment is refused.
    """
    day = today or now().date()
    held = hold(session, author, need_id, day)
    before = held.standing.standing.test(test) if held.standing.standing else None
    faults = [
        *held.rights(author, Action.CLIMB),
        *unmet_faults(held.state),
        *funding_test_faults(held.history, day, test, passed, reason, answered_as),
    ]
    if (before.number if before else None) != seen:
        faults.append(Fault(MOVED_MEANWHILE))
    if faults or passed is None:
        raise Refused(faults)
    record_silence(session, author, held, day)
    row = NeedTest(
        need_id=held.number,
        test=test.value,
        passed=passed,
        reason=reason.strip(),
        answered_by=author.username,
        answered_as=answered_as.strip(),
        answered_at=now(),
    )
    session.add(row)
    session.flush()
    said = f"{_word(passed)} · {row.answered_as}"
    changes = [Change(f"test:{test.value}", _told(before), said)]
    log(session, author, RecordKind.NEED, held.number, changes, row.reason)


def _word(passed: bool) -> str:
    return "met" if passed else "not_met"


def _told(before: Tested | None) -> str | None:
    return None if before is None else f"{_word(before.passed)} · {before.answered_as}"
