"""The whole way of one case, by services alone: each step reads later as it read then."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy import Engine

from ctai import db
from tests.whole_way import from_the_money as later
from tests.whole_way import the_plan
from tests.whole_way import to_the_tests as first
from tests.whole_way.case import DONOR, NEED, READER, READERS, STATE, Case, begun
from tests.whole_way.shown import Shown, at_a_glance, shown

STEPS: dict[Callable[[Case], None], dict[str, str]] = {
    first.the_request_gets_an_area: {"cell": "1 of 2 open, 2 activities"},
    first.the_assessment_gets_a_finding: {},
    first.each_becomes_a_need: {
        "need": "open open shut shut",
        "told": "tests 0 links 0 checks 0",
        "cell": "2 of 3 open, 2 activities",
        "sees": "dora fred vera",
    },
    first.entities_are_asked: {"awaited": "dora fred"},
    first.entities_answer: {"need": "open done open shut", "awaited": ""},
    first.the_state_is_asked: {"awaited": "dora sami"},
    first.the_state_consents: {"awaited": ""},
    first.the_need_is_shared: {"sees": "dora fred nora vera", "awaited": "dora nora"},
    first.the_donor_offers_too_little: {"need": "open done done open", "awaited": ""},
    first.three_tests_are_answered: {"told": "tests 3 links 0 checks 0"},
    the_plan.a_plan_is_built: {"plans": "draft 0/90"},
    the_plan.the_plan_is_filled: {"plans": "draft 0/2"},
    the_plan.the_plan_is_agreed: {"plans": "agreed 0/2"},
    later.the_need_is_opened_to_all: {"sees": "dora sami fred nora vera olga"},
    later.the_money_is_asked_too_early: {"money": "draft 0 0 140000"},
    first.the_last_test_is_answered: {
        "need": "open done done done",
        "told": "tests 4 links 0 checks 0",
    },
    later.the_money_is_asked: {"money": "submitted 0 0 140000"},
    later.the_request_is_returned: {},
    later.the_request_is_endorsed: {"money": "endorsed 0 0 140000"},
    later.the_money_is_pledged: {"money": "offered 0 0 140000"},
    later.the_money_is_committed: {"money": "funded 90000 0 140000"},
    later.an_activity_is_entered: {},
    later.the_activity_is_accepted: {"cell": "2 of 3 open, 3 activities"},
    later.the_activity_answers_the_need: {
        "need": "being_answered done done done",
        "told": "tests 4 links 1 checks 0",
    },
    later.the_money_is_paid_and_spent: {"money": "funded 90000 90000 140000"},
    the_plan.a_newer_plan_supersedes: {"plans": "superseded 0/2, agreed 1/2"},
    later.the_need_is_addressed: {
        "need": "addressed done done done",
        "cell": "1 of 3 open, 3 activities",
    },
    later.the_request_is_reported_and_closed: {"money": "closed 90000 90000 140000"},
    later.the_state_is_asked_a_year_later: {"told": "tests 4 links 1 checks 1"},
}
"""The steps in their order, and what each changes of the case as `at_a_glance` tells it."""
OUTSIDE_THE_DESK = (STATE, DONOR, READER)


@dataclass(frozen=True)
class Taken:
    """What everybody was shown after a step, by their names."""

    step: str
    number: int
    case: Case
    """The case as it was then: of which day, and with which records."""
    shown: dict[str, Shown]
    glance: dict[str, str]


def test_the_case_reads_later_as_it_read_after_each_step(engine: Engine) -> None:
    case = begun(engine)
    taken: list[Taken] = []
    for step, changes in STEPS.items():
        before = taken[-1].glance if taken else {}
        step(case)
        taken.append(_taken(case, step.__name__))
        changed = {n: told for n, told in taken[-1].glance.items() if told != before.get(n, "")}
        assert changed == changes, step.__name__
    for one in taken:
        for reader, read in _shown(one.case, one.number).items():
            for what, told in read.items():
                assert told == one.shown[reader][what], (one.step, reader, what)
    _look_back_when_it_is_restricted(case, taken)


def _look_back_when_it_is_restricted(case: Case, taken: list[Taken]) -> None:
    """See that those who may not see the need today see it in no day gone by."""
    later.the_need_is_restricted(case)
    number = case.version
    for one in [*taken[2::9], taken[-1]]:
        read = _shown(one.case, one.number)
        for reader in OUTSIDE_THE_DESK:
            # What the State is asked about it is told, as it was told then.
            told = {what: str(v) for what, v in read[reader.username].items() if what != "asked"}
            assert not [what for what in told if NEED in told[what]], (one.step, reader)
            assert read[reader.username]["ladder"][0] is None
        assert NEED in str(read["dora"]["ladder"])
    assert case.version == number


def _taken(case: Case, step: str) -> Taken:
    then, now = _shown(case), replace(case, numbers=dict(case.numbers))
    with db.reading(case.engine) as session:
        return Taken(step, case.version, now, then, at_a_glance(session, case, then))


def _shown(case: Case, as_of: int | None = None) -> dict[str, Shown]:
    with db.reading(case.engine, as_of) as session:
        return {one.username: shown(session, one, case.numbers, case.day) for one in READERS}
