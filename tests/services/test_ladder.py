"""The ladder's writes: every right, every refusal, every line of the history; one at a time."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from threading import Barrier

import pytest
from sqlalchemy import Engine, func, select
from sqlmodel import Session, col

from ctai import db
from ctai.domain.climbing import Offer
from ctai.domain.faults import Refused
from ctai.domain.kinds import RecordKind
from ctai.domain.ladder import Answer, ConsentAnswer, Fit, FundingTest, MetAnswer, Rung, RungState
from ctai.domain.need_moves import Move
from ctai.domain.needs import NeedState
from ctai.domain.roles import SYSTEM, Role, Viewer, Visibility
from ctai.models.ladder import Consent, Enquiry, NeedActivity, NeedCheck, NeedTest
from ctai.models.needs import Need
from ctai.models.records import Revision
from ctai.queries import ladder
from ctai.services.answer_capacity import answer_capacity
from ctai.services.answer_consent import answer_consent
from ctai.services.answer_test import answer_test
from ctai.services.ask_capacity import ask_capacity
from ctai.services.ask_consent import ask_consent
from ctai.services.check_need import check_need
from ctai.services.edit_calendar import add_day, remove_day
from ctai.services.held_need import MOVED_MEANWHILE
from ctai.services.link_activity import link_activity
from ctai.services.move_need import move_need
from ctai.services.record_offer import record_offer
from ctai.services.share_outside import share_outside
from ctai.services.store_activity import enter
from ctai.services.store_evidence import enter_need
from tests.drafts import (
    ADMINISTRATOR,
    DESK,
    FOCAL_POINT,
    KNOWN,
    PEOPLE,
    activity,
    add_code_lists,
    need,
)
from tests.ladder_drafts import CONSENT_DUE, DUE, LATE, MONDAY

COUNTERPART = PEOPLE[Role.COUNTERPART]
DONOR = Viewer("dan", Role.DONOR, entity="Denmark")
ELSEWHERE = Viewer("eve", Role.DESK_OFFICER, frozenset({"BFA"}))
AS = "Chief of Branch"
TABLES = (Enquiry, Consent, NeedTest, NeedActivity, NeedCheck, Revision)

Write = Callable[[Session], object]


@pytest.fixture
def house(engine: Engine) -> Engine:
    """A store with the code lists."""
    with db.transaction(engine) as session:
        add_code_lists(session)
    return engine


def done(house: Engine, write: Write) -> object:
    with db.transaction(house) as session:
        return write(session)


def a_need(house: Engine, code: str = "N-1", *countries: str, **kwargs: Visibility) -> int:
    draft = need(code, countries or ("NGA",), **kwargs)
    with db.transaction(house) as session:
        return enter_need(session, SYSTEM, draft, KNOWN)


def counts(house: Engine) -> tuple[int, ...]:
    with db.reading(house) as session:
        return tuple(session.scalars(select(func.count()).select_from(t)).one() for t in TABLES)


def refused(house: Engine, write: Write) -> list[str]:
    """Try a write that is refused with nothing stored; give the columns of its reasons."""
    before = counts(house)
    with pytest.raises(Refused) as refusal, db.transaction(house) as session:
        write(session)
    assert counts(house) == before
    return [fault.column for fault in refusal.value.faults]


def standing(house: Engine, number: int, today: date = MONDAY) -> ladder.NeedStanding:
    with db.reading(house) as session:
        found = ladder.standing_of(session, SYSTEM, number, today)
    assert found is not None
    return found


def rungs(house: Engine, number: int, today: date = MONDAY) -> list[str]:
    found = standing(house, number, today).standing
    assert found is not None
    return [rung.state.value for rung in found.rungs]


def history(house: Engine, number: int) -> list[tuple[str, str | None, str | None, str, str]]:
    with db.reading(house) as session:
        rows = session.scalars(
            select(Revision)
            .where(
                col(Revision.record_kind) == RecordKind.NEED.value,
                col(Revision.record_id) == number,
                col(Revision.field).contains(":") | col(Revision.field).in_(["state"]),
                col(Revision.actor) != "system",
            )
            .order_by(col(Revision.id))
        ).all()
    return [(row.field, row.old, row.new, row.actor, row.why) for row in rows]


def asked(house: Engine, number: int, *entities: str, today: date = MONDAY) -> dict[str, int]:
    """Ask entities, and give the number of each one's newest question."""
    done(house, lambda s: ask_capacity(s, DESK, number, entities, "Can you?", today))
    return questions(house, number)


def questions(house: Engine, number: int) -> dict[str, int]:
    found = standing(house, number).history.enquiries
    return {e.entity: e.number or 0 for e in sorted(found, key=lambda e: e.round)}


def unable(house: Engine, number: int) -> None:
    """Take a need to the second rung."""
    (question,) = asked(house, number, "UNODC").values()
    done(house, lambda s: answer_capacity(s, DESK, question, Answer.CANNOT, "No staff", AS, MONDAY))


def consented(house: Engine, number: int) -> None:
    """Have the State say yes."""
    done(house, lambda s: ask_consent(s, DESK, number, ["NGA"], MONDAY))
    question = standing(house, number).history.consents[-1].number or 0
    yes = ConsentAnswer.CONSENTS
    done(house, lambda s: answer_consent(s, COUNTERPART, question, yes, "", AS, MONDAY))


def at_the_top(house: Engine, number: int) -> None:
    """Take a need to the third rung: Denmark declines."""
    unable(house, number)
    consented(house, number)
    done(house, lambda s: share_outside(s, DESK, number, ["Denmark"], "", MONDAY))
    question = questions(house, number)["Denmark"]
    no = Answer.DECLINES
    done(house, lambda s: record_offer(s, DONOR, question, no, "Not ours", AS, None, MONDAY))


def answering(
    author: Viewer, question: int, answer: Answer, reason: str = "So", day: date = MONDAY
) -> Write:
    return lambda s: answer_capacity(s, author, question, answer, reason, AS, day)


def asking(number: int, entity: str) -> Write:
    return lambda s: ask_capacity(s, DESK, number, [entity], "", MONDAY)


def asking_consent(number: int) -> Write:
    return lambda s: ask_consent(s, DESK, number, ["NGA"], MONDAY)


def sharing(number: int, day: date = MONDAY) -> Write:
    return lambda s: share_outside(s, DESK, number, ["Denmark"], "", day)


def agreeing(author: Viewer, question: int, answer: ConsentAnswer, why: str, day: date) -> Write:
    return lambda s: answer_consent(s, author, question, answer, why, AS, day)


def offering(author: Viewer, question: int, answer: Answer, offer: Offer | None = None) -> Write:
    return lambda s: record_offer(s, author, question, answer, "So", AS, offer, MONDAY)


def judging(number: int, test: FundingTest, *, passed: bool) -> Write:
    return lambda s: answer_test(s, DESK, number, test, passed, "So", AS, None, MONDAY)


def linking(number: int, course: int, fit: Fit, seen: Fit | None = None) -> Write:
    return lambda s: link_activity(s, DESK, number, course, fit, "So", seen)


def checking(author: Viewer, number: int, answer: MetAnswer, version: int, day: date) -> Write:
    return lambda s: check_need(s, author, number, answer, "Still", AS, version, day)


# --- the whole way -------------------------------------------------------------------------------


def test_a_need_climbs_to_funding_on_recorded_answers_and_each_is_in_the_history(
    house: Engine,
) -> None:
    number = a_need(house)
    at_the_top(house, number)
    assert rungs(house, number) == ["done", "done", "open"]
    for test in FundingTest:
        done(house, judging(number, test, passed=True))
    with db.reading(house) as session:
        assert ladder.unfundable(session, DESK, [number], MONDAY) == []
    assert [(field, new, actor) for field, _, new, actor, _ in history(house, number)] == [
        ("asked:UNODC:1.1", DUE.isoformat(), "dora"),
        ("answer:UNODC:1.1", f"cannot · {AS}", "dora"),
        ("consent_asked:NGA:1", CONSENT_DUE.isoformat(), "dora"),
        ("consent:NGA:1", f"consents · {AS}", "cora"),
        ("asked:Denmark:2.1", DUE.isoformat(), "dora"),
        ("answer:Denmark:2.1", f"declines · {AS}", "dan"),
        *((f"test:{test.value}", f"met · {AS}", "dora") for test in FundingTest),
    ]


def test_no_funding_may_be_asked_before_every_test_is_met(house: Engine) -> None:
    number, other = a_need(house), a_need(house, "N-2")
    at_the_top(house, number)
    with db.reading(house) as session:
        faults = ladder.unfundable(session, DESK, [number, other, 999], MONDAY)
    assert len(faults) == 4 + 1 + 1


def test_a_deadline_keeps_to_the_calendar(house: Engine) -> None:
    done(house, lambda s: add_day(s, ADMINISTRATOR, "2024-07-04", False, "A holiday"))
    number = a_need(house)
    asked(house, number, "UNODC")
    assert standing(house, number).history.enquiries[0].due_on == DUE + timedelta(days=1)


def test_an_answer_after_its_date_is_refused_and_a_new_round_opens(house: Engine) -> None:
    number = a_need(house)
    question = asked(house, number, "UNODC")["UNODC"]
    late = answering(FOCAL_POINT, question, Answer.CAN, day=LATE)
    assert refused(house, late) == ["answer"]
    again = asked(house, number, "UNODC", today=LATE)["UNODC"]
    assert again != question
    rounds = {e.round: e.answer for e in standing(house, number).history.enquiries}
    assert rounds == {1: Answer.SILENT, 2: None}
    assert ("answer:UNODC:1.1", None, "silent", "dora", "") in history(house, number)
    assert refused(house, late) == ["answer"]


def test_silence_is_recorded_by_whoever_climbs_on(house: Engine) -> None:
    number = a_need(house)
    asked(house, number, "UNODC", "CTED")
    done(house, lambda s: ask_consent(s, DESK, number, ["NGA"], LATE))
    found = standing(house, number).history.enquiries
    assert {(e.answer, e.answered_by, e.answered_on) for e in found} == {
        (Answer.SILENT, "dora", LATE)
    }


def test_no_objection_in_time_lets_a_need_be_shared(house: Engine) -> None:
    number = a_need(house)
    unable(house, number)
    assert refused(house, sharing(number)) == ["country"]
    done(house, lambda s: ask_consent(s, DESK, number, ["NGA"], MONDAY))
    assert refused(house, sharing(number, CONSENT_DUE)) == ["country"]
    done(house, sharing(number, CONSENT_DUE + timedelta(days=1)))
    assert "Denmark" in questions(house, number)


def test_an_objection_closes_sharing_and_opens_the_tests(house: Engine) -> None:
    number = a_need(house)
    unable(house, number)
    done(house, lambda s: ask_consent(s, DESK, number, ["NGA"], MONDAY))
    question = standing(house, number).history.consents[0].number or 0
    no = ConsentAnswer.OBJECTS
    assert refused(house, agreeing(COUNTERPART, question, no, "", MONDAY)) == ["reason"]
    done(house, agreeing(COUNTERPART, question, no, "Sensitive", MONDAY))
    assert rungs(house, number) == ["done", "done", "open"]
    assert refused(house, sharing(number, LATE)) == ["country"]


def test_nothing_restricted_is_shared_outside(house: Engine) -> None:
    number = a_need(house, visibility=Visibility.RESTRICTED)
    unable(house, number)
    assert refused(house, lambda s: ask_consent(s, DESK, number, ["NGA"], MONDAY)) == ["visibility"]


def test_a_capable_entity_keeps_the_second_rung_shut(house: Engine) -> None:
    number = a_need(house)
    question = asked(house, number, "UNODC")["UNODC"]
    done(house, lambda s: answer_capacity(s, FOCAL_POINT, question, Answer.CAN, "Yes", AS, MONDAY))
    assert refused(house, lambda s: ask_consent(s, DESK, number, ["NGA"], LATE)) == ["rung", "rung"]
    assert refused(house, sharing(number, LATE)) == ["rung", "rung", "country"]


def test_an_offer_keeps_its_amount_with_its_rate(house: Engine) -> None:
    number = a_need(house)
    unable(house, number)
    consented(house, number)
    done(house, lambda s: share_outside(s, DESK, number, ["Denmark"], "", MONDAY))
    question = questions(house, number)["Denmark"]
    money = Offer(Decimal("500000.25"), "DKK", Decimal("0.145"), "2024-06-28")
    unrated = replace(money, rate_usd=None)
    assert refused(house, offering(DONOR, question, Answer.OFFERS, unrated)) == ["rate_usd"]
    for rate in ("1e12", "0", "NaN"):
        wild = replace(money, rate_usd=Decimal(rate))
        assert refused(house, offering(DONOR, question, Answer.OFFERS, wild)) == ["rate_usd"]
    done(house, offering(DONOR, question, Answer.OFFERS, money))
    found = next(e for e in standing(house, number).history.enquiries if e.rung is Rung.OUTSIDE)
    assert found.amount_usd == Decimal("72500.04")
    assert rungs(house, number)[2] == RungState.SHUT
    assert history(house, number)[-1][2] == f"offers · 500000.25 DKK · {AS}"


# --- refusals ------------------------------------------------------------------------------------


def test_every_reason_is_given_at_once_and_nothing_is_stored(house: Engine) -> None:
    number = a_need(house)
    question = asked(house, number, "UNODC")["UNODC"]
    wrong = [
        (
            lambda s: ask_capacity(s, ELSEWHERE, number, ["Denmark", "X", "UNODC"], "", MONDAY),
            ["", "entity", "entity", "entity"],
        ),
        (lambda s: ask_capacity(s, DESK, number, [], "", MONDAY), ["entity"]),
        (
            lambda s: answer_capacity(s, DESK, question, Answer.OFFERS, " ", "", MONDAY),
            ["answer", "reason", "answered_as"],
        ),
        (lambda s: answer_capacity(s, DESK, 999, Answer.CAN, "Yes", AS, MONDAY), [""]),
        (
            lambda s: ask_consent(s, ELSEWHERE, number, ["BFA"], MONDAY),
            ["", "rung", "rung", "country"],
        ),
        (
            lambda s: share_outside(s, DESK, number, ["UNODC"], "", MONDAY),
            ["rung", "rung", "country", "entity"],
        ),
        (
            lambda s: answer_test(
                s, DESK, number, FundingTest.ESSENTIAL, None, "", "", None, MONDAY
            ),
            ["test", "test", "passed", "reason", "answered_as"],
        ),
        (
            lambda s: link_activity(s, ELSEWHERE, number, 999, None, ""),
            ["", "activity_id", "decision", "reason"],
        ),
        (lambda s: move_need(s, ELSEWHERE, number, Move(NeedState.WITHDRAWN), 1), ["", "reason"]),
        (
            lambda s: check_need(s, FOCAL_POINT, number, None, "", "", 1),
            ["", "state", "answer", "answered_as"],
        ),
    ]
    for write, columns in wrong:
        assert refused(house, write) == columns


def test_a_question_in_a_donors_hands_is_not_an_entitys(house: Engine) -> None:
    number = a_need(house)
    question = asked(house, number, "UNODC")["UNODC"]
    assert refused(house, offering(DESK, question, Answer.OFFERS)) == ["rung"]


@pytest.mark.parametrize(
    ("author", "capacity", "consent", "climb"),
    [
        (PEOPLE[Role.VIEWER], False, False, False),
        (DESK, True, True, True),
        (ELSEWHERE, False, False, False),
        (FOCAL_POINT, True, False, False),
        (replace(FOCAL_POINT, entity="CTED"), False, False, False),
        (COUNTERPART, False, True, False),
        (replace(COUNTERPART, countries=frozenset({"BFA"})), False, False, False),
        (DONOR, False, False, False),
        (ADMINISTRATOR, True, True, True),
    ],
)
def test_each_role_writes_what_is_its_own(
    house: Engine, author: Viewer, capacity: bool, consent: bool, climb: bool
) -> None:
    number = a_need(house)
    question = asked(house, number, "UNODC")["UNODC"]
    tries: list[tuple[bool, Write]] = [
        (climb, lambda s: ask_capacity(s, author, number, ["CTED"], "", MONDAY)),
        (
            capacity,
            lambda s: answer_capacity(s, author, question, Answer.CANNOT, "No", AS, MONDAY),
        ),
    ]
    for allowed, write in tries:
        if allowed:
            done(house, write)
        else:
            refused(house, write)
    if not capacity:
        done(house, lambda s: answer_capacity(s, DESK, question, Answer.CANNOT, "No", AS, MONDAY))
    done(house, lambda s: ask_consent(s, DESK, number, ["NGA"], LATE))
    agreed = standing(house, number).history.consents[0].number or 0
    says = ConsentAnswer.CONSENTS
    write = agreeing(author, agreed, says, "", LATE)
    if consent:
        done(house, write)
    else:
        refused(house, write)


def test_a_donor_answers_for_itself_alone(house: Engine) -> None:
    number = a_need(house)
    unable(house, number)
    consented(house, number)
    done(house, lambda s: share_outside(s, DESK, number, ["Denmark"], "", MONDAY))
    question = questions(house, number)["Denmark"]
    no = Answer.DECLINES
    for other in (replace(DONOR, entity="Norway"), FOCAL_POINT, COUNTERPART, PEOPLE[Role.DONOR]):
        assert refused(house, offering(other, question, no)) == [""]
    done(house, lambda s: record_offer(s, DONOR, question, no, "No", AS, None, MONDAY))


# --- states and links ----------------------------------------------------------------------------


def an_activity(house: Engine, *countries: str) -> int:
    with db.transaction(house) as session:
        draft = activity(countries=countries or ("NGA",))
        return enter(session, SYSTEM, draft, KNOWN).activity_id


def moved(number: int, to: NeedState, version: int, **words: str) -> Write:
    return lambda s: move_need(s, DESK, number, Move(to, **words), version, MONDAY)


def test_a_need_is_answered_checked_and_opens_again(house: Engine) -> None:
    number, course = a_need(house), an_activity(house)
    assert refused(house, moved(number, NeedState.BEING_ANSWERED, 1)) == ["state"]
    done(house, lambda s: link_activity(s, DESK, number, course, Fit.ANSWERS, "Same border"))
    done(house, moved(number, NeedState.BEING_ANSWERED, 1))
    done(house, moved(number, NeedState.ADDRESSED, 2, answered_on="2024-06"))
    early = checking(COUNTERPART, number, MetAnswer.NOT_MET, 3, date(2025, 6, 29))
    assert refused(house, early) == ["answer"]
    due = date(2025, 6, 30)
    not_met = MetAnswer.NOT_MET
    done(house, lambda s: check_need(s, COUNTERPART, number, not_met, "Still", AS, 3, due))
    found = standing(house, number)
    assert (found.state, found.need.answered_on, found.need.version) == (NeedState.OPEN, None, 4)
    assert [(field, old, new) for field, old, new, _, _ in history(house, number)][1:] == [
        ("state", "open", "being_answered"),
        ("state", "being_answered", "addressed"),
        ("check:2025-06-30", None, f"not_met · {AS}"),
        ("state", "addressed", "open"),
    ]


def test_a_met_need_is_not_asked_about_again(house: Engine) -> None:
    number = a_need(house)
    question = asked(house, number, "UNODC")["UNODC"]
    done(house, lambda s: answer_capacity(s, FOCAL_POINT, question, Answer.CAN, "Yes", AS, MONDAY))
    done(house, moved(number, NeedState.BEING_ANSWERED, 1))
    assert refused(house, moved(number, NeedState.ADDRESSED, 2, answered_on="2024")) == ["reason"]
    done(house, moved(number, NeedState.ADDRESSED, 2, answered_on="2024-06", reason="A course"))
    assert standing(house, number).check_due == date(2025, 6, 30)
    later = date(2025, 7, 1)
    done(house, checking(DESK, number, MetAnswer.MET, 3, later))
    assert standing(house, number).check_due is None
    assert standing(house, number).state is NeedState.ADDRESSED
    assert refused(house, checking(DESK, number, MetAnswer.MET, 4, later)) == ["answer"]


def test_a_decision_on_a_link_replaces_only_what_its_author_saw(house: Engine) -> None:
    number, course, abroad = a_need(house), an_activity(house), an_activity(house, "BFA")
    done(house, linking(number, course, Fit.ANSWERS))
    assert refused(house, linking(number, course, Fit.DOES_NOT)) == [""]
    done(house, linking(number, course, Fit.DOES_NOT, Fit.ANSWERS))
    assert [link.decision for link in standing(house, number).links] == [Fit.DOES_NOT]
    assert refused(house, linking(number, abroad, Fit.ANSWERS)) == ["activity_id"]
    assert [row[1:3] for row in history(house, number)] == [
        (None, "answers"),
        ("answers", "does_not"),
    ]


def test_a_withdrawn_need_climbs_no_further(house: Engine) -> None:
    number = a_need(house)
    question = asked(house, number, "CTED")["CTED"]
    done(house, moved(number, NeedState.WITHDRAWN, 1, reason="Overtaken"))
    assert refused(house, answering(DESK, question, Answer.CAN)) == ["need"]
    assert refused(house, lambda s: ask_capacity(s, DESK, number, ["UNODC"], "", MONDAY)) == [
        "need"
    ]
    assert refused(house, moved(number, NeedState.WITHDRAWN, 2, reason="Again")) == ["state"]


def test_the_calendar_is_an_administrators(house: Engine) -> None:
    assert refused(house, lambda s: add_day(s, DESK, "2024-07-06", False, "")) == [
        "",
        "day",
        "name",
    ]
    done(house, lambda s: add_day(s, ADMINISTRATOR, "2024-07-04", False, "A holiday"))
    again = lambda s: add_day(s, ADMINISTRATOR, "2024-07-04", False, "A holiday")  # noqa: E731
    assert refused(house, again) == ["day"]
    assert refused(house, lambda s: remove_day(s, FOCAL_POINT, "2024-07-04")) == [""]
    done(house, lambda s: remove_day(s, ADMINISTRATOR, "2024-07-04"))
    assert refused(house, lambda s: remove_day(s, ADMINISTRATOR, "2024-07-04")) == ["day"]


# --- two at a time -------------------------------------------------------------------------------


def together(house: Engine, writes: list[Write]) -> list[bool]:
    """Try writes at the same moment, each in its thread and session; tell which were stored."""
    gate = Barrier(len(writes))

    def attempt(write: Write) -> bool:
        gate.wait(timeout=10)
        try:
            done(house, write)
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(len(writes)) as pool:
        return [*pool.map(attempt, writes)]


def test_of_two_answers_to_one_question_exactly_one_is_stored(house: Engine) -> None:
    for turn in range(4):
        number = a_need(house, f"N-{turn}")
        question = asked(house, number, "UNODC")["UNODC"]
        answers = [(DESK, Answer.CANNOT), (FOCAL_POINT, Answer.CAN), (ADMINISTRATOR, Answer.CANNOT)]
        won = together(
            house,
            [answering(author, question, answer) for author, answer in answers],
        )
        assert won.count(True) == 1
        author, answer = answers[won.index(True)]
        (stored,) = standing(house, number).history.enquiries
        assert (stored.answer, stored.answered_by) == (answer, author.username)
        assert len([row for row in history(house, number) if row[0].startswith("answer:")]) == 1


def test_of_two_who_move_a_need_exactly_one_does(house: Engine) -> None:
    for turn in range(4):
        number = a_need(house, f"N-{turn}")
        names = ["One", "Other", "Third"]
        won = together(
            house,
            [moved(number, NeedState.WITHDRAWN, 1, reason=who) for who in names],
        )
        assert won.count(True) == 1
        assert [row[4] for row in history(house, number)] == [names[won.index(True)]]
        with db.reading(house) as session:
            assert session.get_one(Need, number).version == 2


def test_the_same_question_is_not_asked_twice_at_once(house: Engine) -> None:
    number = a_need(house)
    assert together(house, [asking(number, "UNODC")] * 3).count(True) == 1
    assert len(standing(house, number).history.enquiries) == 1


def test_one_answer_to_a_test_is_stored_of_two_at_once(house: Engine) -> None:
    number = a_need(house)
    at_the_top(house, number)
    tests = [judging(number, FundingTest.ESSENTIAL, passed=p) for p in (True, False)]
    assert together(house, tests).count(True) == 1
    assert len(standing(house, number).history.tests) == 1


def test_a_climb_and_a_new_question_at_once_leave_one_truth(house: Engine) -> None:
    """A State is asked while another entity is: the climb came first, or it was refused."""
    for turn in range(4):
        number = a_need(house, f"N-{turn}")
        unable(house, number)
        both = together(house, [asking(number, "CTED"), asking_consent(number)])
        assert both[0]
        assert len(standing(house, number).history.consents) == int(both[1])


def test_an_old_view_of_a_need_is_refused(house: Engine) -> None:
    number = a_need(house)
    done(house, lambda s: setattr(s.get_one(Need, number), "version", 2))
    with pytest.raises(Refused) as refusal:
        done(house, moved(number, NeedState.WITHDRAWN, 1, reason="Overtaken"))
    assert [fault.message for fault in refusal.value.faults] == [MOVED_MEANWHILE]
