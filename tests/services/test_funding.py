"""Funding requests stored: whole or not at all, by the right people, one move at a time."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from threading import Barrier

import pytest
from sqlalchemy import Engine, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from ctai import db
from ctai.domain.faults import Refused
from ctai.domain.funding import MOVES, FundingState, Reply, ReviewAnswer, ReviewQuestion
from ctai.domain.funding_draft import FundingDraft, PlannedActivity, PlannedLine
from ctai.domain.funding_history import FundingView, moves_open
from ctai.domain.funding_money import held
from ctai.domain.history import Wanted
from ctai.domain.kinds import RecordKind
from ctai.domain.ladder import FundingTest
from ctai.domain.money import BudgetKind
from ctai.domain.roles import SYSTEM, Role, Viewer, Visibility
from ctai.models.funding import (
    FundingActivity,
    FundingCountry,
    FundingFlow,
    FundingLine,
    FundingMove,
    FundingNeed,
    FundingRequest,
    FundingReview,
)
from ctai.models.needs import Need
from ctai.models.records import Revision
from ctai.queries import funding as reads
from ctai.queries import history, pipeline, records, resources
from ctai.services import file_funding, review_funding
from ctai.services.funding_moves import CHANGED_MEANWHILE, NO_SUCH, NOT_YOURS
from ctai.services.record_flow import record_flow
from ctai.services.reverse_flow import reverse_flow
from ctai.services.store_evidence import enter_need
from tests.drafts import ADMINISTRATOR, KNOWN, PEOPLE, add_code_lists, need
from tests.funding_drafts import (
    AUTHOR,
    COLLEAGUE,
    MADE,
    NEXT_YEAR,
    REVIEWER,
    YES,
    answer_tests,
    brought_to,
    climb_to_funding,
    flow,
    funding,
    need_with_tests,
)

S = FundingState
Write = Callable[[Session], object]
TABLES = (FundingActivity, FundingCountry, FundingLine, FundingMove, FundingNeed, FundingRequest)


@pytest.fixture
def house(engine: Engine) -> Engine:
    """A database with the code lists and one need of Nigeria that passed its tests: number 1."""
    with db.transaction(engine) as session:
        add_code_lists(session)
        assert need_with_tests(session) == 1
    return engine


def at(house: Engine, state: FundingState, draft: FundingDraft | None = None) -> int:
    with db.transaction(house) as session:
        return brought_to(session, state, (1,), draft=draft)


def seen(house: Engine, number: int, viewer: Viewer = SYSTEM) -> FundingView:
    with db.reading(house) as session:
        found = reads.view(session, viewer, number)
    assert found is not None
    return found


def does(house: Engine, write: Write) -> None:
    with db.transaction(house) as session:
        write(session)


def refusal(house: Engine, write: Write) -> list[str]:
    with pytest.raises(Refused) as told, db.transaction(house) as session:
        write(session)
    return [fault.message for fault in told.value.faults]


def rows(house: Engine) -> dict[str, int]:
    with db.reading(house) as session:
        return {
            table.__tablename__: session.scalars(select(func.count()).select_from(table)).one()
            for table in (*TABLES, FundingReview, FundingFlow, Revision)
        }


def making(after: FundingState, actor: Viewer, number: int, version: int | None = None) -> Write:
    """Give the write by which somebody moves a request into a state."""

    return lambda session: MADE[after](session, actor, number, version)


def saving(actor: Viewer, number: int, draft: FundingDraft, version: int | None = None) -> Write:
    return lambda session: file_funding.save(session, actor, number, draft, version)


def sending(actor: Viewer, number: int, draft: FundingDraft) -> Write:
    return lambda session: file_funding.submit(session, actor, draft, number)


def recording(actor: Viewer, number: int, kind: BudgetKind, amount: str | int = 1000) -> Write:
    return lambda session: record_flow(session, actor, number, flow(kind, amount))


# --- writing -------------------------------------------------------------------------------------


def test_a_draft_is_stored_whole_and_read_back_as_written(house: Engine) -> None:
    draft = replace(
        funding(currency="EUR", rate="1.0812345678"),
        cofunding=Decimal("12.50"),
        cofunding_from="Ministry",
        note="Ask again",
        activities=(
            PlannedActivity("Train", "2030", "2031-05", (PlannedLine("Trainers", Decimal(400)),)),
            PlannedActivity("Equip", None, None, ()),
            PlannedActivity(
                "Visit",
                "2030-01-02",
                "2030-01-03",
                (PlannedLine("Hall", Decimal("0.01")), PlannedLine("Travel", Decimal("599.99"))),
            ),
        ),
    )
    with db.transaction(house) as session:
        number = file_funding.start(session, AUTHOR, draft)
    found = seen(house, number)
    assert found.draft == draft
    assert (found.state, found.round, found.version, found.author) == (S.DRAFT, 1, 1, "fred")
    assert found.countries == ("NGA",)
    assert [(move.before, move.after, move.actor) for move in found.moves] == [
        (None, S.DRAFT, "fred")
    ]


def test_three_facts_are_enough_for_a_draft(house: Engine) -> None:
    draft = FundingDraft("Posts", "UNODC", (1,))
    with db.transaction(house) as session:
        number = file_funding.start(session, AUTHOR, draft)
    assert seen(house, number).draft == draft


def test_requests_are_numbered_by_country_and_year(house: Engine) -> None:
    with db.transaction(house) as session:
        other = need_with_tests(session, "N-2", ("BFA", "NGA"))
        numbers = [
            file_funding.start(session, ADMINISTRATOR, funding(needs))
            for needs in ((1,), (1,), (other,), (1, other))
        ]
    codes = [seen(house, number).code for number in numbers]
    year = NEXT_YEAR - 1
    ends = [code.removeprefix("F-").replace(f"-{year}", "") for code in codes]
    assert ends == ["NGA-001", "NGA-002", "BFA-001", "NGA-003"]
    assert seen(house, numbers[2]).countries == ("BFA", "NGA")


def test_a_draft_that_can_not_be_kept_leaves_nothing(house: Engine) -> None:
    before = rows(house)
    told = refusal(
        house, lambda session: file_funding.start(session, AUTHOR, FundingDraft("", "NASA"))
    )
    assert len(told) == 4
    assert rows(house) == before


def test_saving_logs_each_changed_field_and_raises_the_version(house: Engine) -> None:
    number = at(house, S.DRAFT)
    changed = replace(funding(), title="Posts in the south", risks="None that we know")
    does(house, lambda session: file_funding.save(session, AUTHOR, number, changed, 1, "Better"))
    assert seen(house, number).draft == changed
    assert seen(house, number).version == 2
    with db.reading(house) as session:
        found = session.execute(
            select(col(Revision.field), col(Revision.old), col(Revision.new), col(Revision.why))
            .where(col(Revision.record_kind) == "funding_request", col(Revision.why) == "Better")
            .order_by(col(Revision.id))
        ).all()
    assert [tuple(row) for row in found] == [
        ("title", "Border posts in the north", "Posts in the south", "Better"),
        (
            "risks",
            "Officers may be moved away; two are trained for each post.",
            "None that we know",
            "Better",
        ),
    ]
    does(house, lambda session: file_funding.save(session, AUTHOR, number, changed, 2))
    assert seen(house, number).version == 2


def test_an_older_version_is_not_saved_over_a_newer_one(house: Engine) -> None:
    number = at(house, S.DRAFT)
    one, other = replace(funding(), title="One"), replace(funding(), title="Other")
    does(house, lambda session: file_funding.save(session, AUTHOR, number, one, 1))
    told = refusal(house, lambda session: file_funding.save(session, AUTHOR, number, other, 1))
    assert told == [CHANGED_MEANWHILE]
    assert seen(house, number).draft.title == "One"


def test_only_a_draft_or_a_returned_request_is_rewritten(house: Engine) -> None:
    changed = replace(funding(), title="Quite another")
    for state in set(S) - {S.DRAFT, S.RETURNED}:
        number = at(house, state)
        assert refusal(house, saving(AUTHOR, number, changed)) == [file_funding.NOT_NOW]
        assert refusal(house, sending(AUTHOR, number, changed)) == [file_funding.NOT_NOW]


def test_submitting_tells_every_reason_at_once(house: Engine) -> None:
    with db.transaction(house) as session:
        untested = need_with_tests(session, "N-2", passed=False)
    draft = FundingDraft("", "UNODC", (1, untested), currency="EUR", total=Decimal(5))
    told = refusal(house, lambda session: file_funding.submit(session, AUTHOR, draft))
    assert len(told) == 11
    assert rows(house)["funding_request"] == 0


def test_submitting_stores_what_was_written_and_sends_it(house: Engine) -> None:
    number = at(house, S.DRAFT)
    changed = replace(funding(), title="Posts in the south")
    does(house, lambda session: file_funding.submit(session, AUTHOR, changed, number, 1, "Please"))
    found = seen(house, number)
    assert (found.state, found.round, found.draft) == (S.SUBMITTED, 1, changed)
    assert found.moves[-1].comment == "Please"
    with db.transaction(house) as session:
        straight = file_funding.submit(session, AUTHOR, funding())
    assert [move.after for move in seen(house, straight).moves] == [S.DRAFT, S.SUBMITTED]


@pytest.mark.parametrize("passed", [True, False, None])
def test_nothing_is_submitted_before_the_four_tests_have_passed(
    house: Engine, passed: bool | None
) -> None:
    with db.transaction(house) as session:
        number = enter_need(session, SYSTEM, need("N-2"), KNOWN)
        climb_to_funding(session, number)
        if passed is not None:
            answer_tests(session, number, passed=passed)
    draft = funding((number,))
    if passed:
        does(house, lambda session: file_funding.submit(session, AUTHOR, draft))
    else:
        told = refusal(house, lambda session: file_funding.submit(session, AUTHOR, draft))
        assert len(told) == len(FundingTest)
        assert all(("nobody has said" in one) is (passed is None) for one in told)


def test_a_need_that_has_not_climbed_to_funding_stops_a_request(house: Engine) -> None:
    with db.transaction(house) as session:
        number = enter_need(session, SYSTEM, need("N-2"), KNOWN)
    with pytest.raises(Refused) as told, db.transaction(house) as session:
        file_funding.submit(session, AUTHOR, funding((number,)))
    (fault,) = told.value.faults
    assert "has not climbed to gap-filling funding yet" in fault.message
    assert fault.places == {"need": "N-2"}


# --- who may -------------------------------------------------------------------------------------

PATH = [S.SUBMITTED, S.UNDER_REVIEW, S.ENDORSED, S.OFFERED, S.FUNDED, S.REPORTED, S.CLOSED]
EDGES = [(before, after) for before, moves in MOVES.items() for after in moves]
OWN_SIDE = {Role.FOCAL_POINT, Role.DESK_OFFICER, Role.ADMINISTRATOR}
DESK_ONLY = {Role.DESK_OFFICER, Role.ADMINISTRATOR}
STRANGERS = {
    Role.DESK_OFFICER: Viewer("bea", Role.DESK_OFFICER, frozenset({"BFA"})),
    Role.FOCAL_POINT: Viewer("cleo", Role.FOCAL_POINT, entity="CTED"),
}


def prepared(house: Engine, before: FundingState, after: FundingState) -> int:
    """Bring a request before a move, with the money on record that the move needs."""
    number = at(house, before)
    if after is S.OFFERED:
        does(house, lambda s: record_flow(s, SYSTEM, number, flow(BudgetKind.PLEDGE, 1)))
    if after is S.FUNDED:
        does(house, lambda s: record_flow(s, SYSTEM, number, flow(BudgetKind.COMMITMENT, 1)))
    return number


@pytest.mark.parametrize("role", Role)
def test_a_role_makes_exactly_the_moves_of_its_right(house: Engine, role: Role) -> None:
    # Somebody else of the role than the author and the reviewer, who have written and decided.
    person = replace(PEOPLE[role], username=f"another {role}")
    for before, after in EDGES:
        number = prepared(house, before, after)
        own = after in (S.SUBMITTED, S.WITHDRAWN, S.REPORTED)
        if role in (OWN_SIDE if own else DESK_ONLY):
            assert after in moves_open(person, seen(house, number, person))
            does(house, making(after, person, number))
            assert seen(house, number).state is after
        else:
            assert set(refusal(house, making(after, person, number))) & {NOT_YOURS, NO_SUCH}
            assert seen(house, number).state is before


@pytest.mark.parametrize("role", STRANGERS)
def test_nobody_moves_what_is_another_desks_or_entitys(house: Engine, role: Role) -> None:
    for before, after in EDGES:
        number = prepared(house, before, after)
        told = refusal(house, making(after, STRANGERS[role], number))
        assert set(told) & {NOT_YOURS, NO_SUCH}
        assert seen(house, number).state is before


def test_no_service_makes_a_move_that_is_not_in_the_table(house: Engine) -> None:
    for before in S:
        number = at(house, before)
        counted = rows(house)
        for after in set(S) - {S.DRAFT} - set(MOVES[before]):
            refusal(house, making(after, ADMINISTRATOR, number))
            assert seen(house, number).state is before
            assert rows(house) == counted


@pytest.mark.parametrize("role", Role)
def test_drafts_are_started_by_desks_and_focal_points_for_their_own(
    house: Engine, role: Role
) -> None:
    person = PEOPLE[role]
    if role in OWN_SIDE:
        does(house, lambda session: file_funding.start(session, person, funding()))
    else:
        assert refusal(house, lambda session: file_funding.start(session, person, funding()))
    if role in STRANGERS:
        stranger = STRANGERS[role]
        told = refusal(house, lambda session: file_funding.start(session, stranger, funding()))
        assert told == [file_funding.NOT_YOUR_SCOPE]


def test_a_request_is_not_given_away_to_another_entity(house: Engine) -> None:
    number = at(house, S.DRAFT)
    given = funding(entity="CTED")
    told = refusal(house, lambda session: file_funding.save(session, AUTHOR, number, given))
    assert told == [file_funding.NOT_YOUR_SCOPE]


def test_a_request_is_not_more_open_than_its_need(house: Engine) -> None:
    with db.transaction(house) as session:
        number = need_with_tests(session, "N-2", visibility=Visibility.RESTRICTED)
    draft = funding((number,))
    with pytest.raises(Refused) as told, db.transaction(house) as session:
        file_funding.start(session, REVIEWER, draft)
    (fault,) = told.value.faults
    assert fault.places == {"seen": "N-2"}
    closed = replace(draft, visibility=Visibility.RESTRICTED)
    does(house, lambda session: file_funding.start(session, REVIEWER, closed))


@pytest.mark.parametrize("is_gone", [False, True], ids=["served", "taken out"])
def test_a_need_restricted_since_is_named_in_the_history_to_those_who_see_it(
    house: Engine, is_gone: bool
) -> None:
    with db.transaction(house) as session:
        other = need_with_tests(session, "N-2")
        number = file_funding.start(session, AUTHOR, funding((1, other)))
    with db.transaction(house) as session:
        if is_gone:
            file_funding.save(session, AUTHOR, number, funding((other,)))
        session.execute(update(Need).where(col(Need.id) == 1).values(visibility="restricted"))
        file_funding.submit(session, AUTHOR, funding((other,)), number)

    def told(viewer: Viewer) -> set[str]:
        with db.reading(house) as session:
            every = history.changes(session, viewer, Wanted(kind="funding_request"), 1000, 0)
            own = records.history(session, viewer, RecordKind.FUNDING_REQUEST, number)
        names = [f"{frame['old'].to_list()} {frame['new'].to_list()}" for frame in (every, own)]
        assert not own.empty
        return {code for code in ("N-1", "N-2") for name in names if code in name}

    assert told(PEOPLE[Role.VIEWER]) == set()
    assert told(REVIEWER) == {"N-1", "N-2"}


# --- nobody reviews what they wrote ---------------------------------------------------------------

REVIEWS = [
    (S.SUBMITTED, S.UNDER_REVIEW),
    (S.UNDER_REVIEW, S.RETURNED),
    (S.UNDER_REVIEW, S.ENDORSED),
]
OWN_WRITING = (
    "You have written in this request, and nobody reviews what they wrote. "
    "Ask a colleague to review it."
)


@pytest.mark.parametrize("writer", [REVIEWER, ADMINISTRATOR, SYSTEM])
@pytest.mark.parametrize(("before", "after"), REVIEWS)
def test_an_author_reviews_nothing_of_their_own(
    house: Engine, writer: Viewer, before: FundingState, after: FundingState
) -> None:
    with db.transaction(house) as session:
        number = brought_to(session, before, (1,), author=writer, reviewer=COLLEAGUE)
    assert refusal(house, making(after, writer, number)) == [OWN_WRITING]
    assert after not in moves_open(writer, seen(house, number, writer))


@pytest.mark.parametrize(("before", "after"), REVIEWS)
def test_who_amended_another_ones_draft_reviews_it_no_more(
    house: Engine, before: FundingState, after: FundingState
) -> None:
    number = at(house, S.DRAFT)
    amended = replace(funding(), title="Amended")
    does(house, lambda session: file_funding.save(session, REVIEWER, number, amended))
    does(house, lambda session: file_funding.submit(session, AUTHOR, funding(), number))
    if before is S.UNDER_REVIEW:
        does(house, making(before, COLLEAGUE, number))
    assert refusal(house, making(after, REVIEWER, number)) == [OWN_WRITING]


@pytest.mark.parametrize(("before", "after"), REVIEWS)
def test_who_only_submitted_it_reviews_it_no_more(
    house: Engine, before: FundingState, after: FundingState
) -> None:
    number = at(house, S.DRAFT)
    does(house, lambda session: file_funding.submit(session, REVIEWER, funding(), number))
    if before is S.UNDER_REVIEW:
        does(house, making(before, COLLEAGUE, number))
    assert refusal(house, making(after, REVIEWER, number)) == [OWN_WRITING]


@pytest.mark.parametrize(
    "amended",
    [
        replace(funding(), objective="Another"),
        replace(funding(), risks="Another"),
        replace(funding(), note="Another"),
        replace(funding(), cofunding=Decimal(5), cofunding_from="Mali"),
        replace(funding(), needed_by=f"{NEXT_YEAR}-05"),
        replace(funding(), visibility=Visibility.RESTRICTED),
        replace(funding(), rate_usd=Decimal(1), rate_date="2024-01-01"),
    ],
)
def test_a_reviewer_who_amends_what_came_back_has_become_a_writer(
    house: Engine, amended: FundingDraft
) -> None:
    number = at(house, S.RETURNED)
    does(house, lambda session: file_funding.save(session, REVIEWER, number, amended))
    does(house, lambda session: file_funding.submit(session, AUTHOR, amended, number))
    assert refusal(house, making(S.UNDER_REVIEW, REVIEWER, number)) == [OWN_WRITING]
    does(house, making(S.UNDER_REVIEW, COLLEAGUE, number))
    for after in (S.RETURNED, S.ENDORSED):
        assert refusal(house, making(after, REVIEWER, number)) == [OWN_WRITING]


@pytest.mark.parametrize("role", [Role.DESK_OFFICER, Role.ADMINISTRATOR])
def test_a_new_role_does_not_make_the_author_a_reviewer(house: Engine, role: Role) -> None:
    number = at(house, S.SUBMITTED)
    promoted = replace(PEOPLE[role], username=AUTHOR.username)
    assert refusal(house, making(S.UNDER_REVIEW, promoted, number)) == [OWN_WRITING]


def test_who_wrote_the_report_does_not_close_on_it(house: Engine) -> None:
    number = at(house, S.FUNDED)
    does(house, making(S.REPORTED, REVIEWER, number))
    assert refusal(house, making(S.CLOSED, REVIEWER, number)) == [OWN_WRITING]
    does(house, making(S.CLOSED, COLLEAGUE, number))


def test_a_reviewer_reviews_again_what_others_mended(house: Engine) -> None:
    number = at(house, S.RETURNED)
    does(house, making(S.SUBMITTED, AUTHOR, number))
    does(house, making(S.UNDER_REVIEW, REVIEWER, number))
    does(house, making(S.ENDORSED, REVIEWER, number))
    found = seen(house, number)
    assert (found.state, found.round) == (S.ENDORSED, 2)


# --- the review ----------------------------------------------------------------------------------


def test_a_review_keeps_its_answers_by_round(house: Engine) -> None:
    number = at(house, S.UNDER_REVIEW)
    replies = {ReviewQuestion.LASTING: Reply(ReviewAnswer.NO, "Staff leave")}
    does(
        house,
        lambda s: review_funding.send_back(s, REVIEWER, number, replies, "Plan for turnover"),
    )
    does(house, making(S.SUBMITTED, AUTHOR, number))
    does(house, making(S.UNDER_REVIEW, COLLEAGUE, number))
    does(house, making(S.ENDORSED, COLLEAGUE, number))
    found = seen(house, number)
    first = [one for one in found.reviews if one.round == 1]
    assert [(one.question, one.reply, one.reviewer) for one in first] == [
        (ReviewQuestion.LASTING, Reply(ReviewAnswer.NO, "Staff leave"), "dora")
    ]
    second = {one.question: one.reply for one in found.reviews if one.round == 2}
    assert second == YES
    assert [move.comment for move in found.moves if move.after is S.RETURNED] == [
        "Plan for turnover"
    ]


def test_endorsing_with_gaps_a_no_or_no_reason_leaves_nothing(house: Engine) -> None:
    number = at(house, S.UNDER_REVIEW)
    before = rows(house)
    replies = {ReviewQuestion.LASTING: Reply(ReviewAnswer.NO)}
    told = refusal(house, lambda s: review_funding.endorse(s, REVIEWER, number, replies))
    assert len(told) == 3
    assert rows(house) == before


def test_an_endorsement_of_an_older_version_is_refused(house: Engine) -> None:
    number = at(house, S.UNDER_REVIEW)
    version = seen(house, number).version
    told = refusal(house, making(S.ENDORSED, REVIEWER, number, version - 1))
    assert told == [CHANGED_MEANWHILE]
    does(house, making(S.ENDORSED, REVIEWER, number, version))


# --- money ---------------------------------------------------------------------------------------


def test_money_is_recorded_as_it_comes_and_conserved(house: Engine) -> None:
    number = at(house, S.FUNDED)  # 1 pledged and 500 committed by Denmark
    for kind, amount in ((BudgetKind.DISBURSEMENT, 300), (BudgetKind.EXPENDITURE, 300)):
        does(house, recording(REVIEWER, number, kind, amount))
    for over, more in (
        (BudgetKind.COMMITMENT, "500.01"),
        (BudgetKind.DISBURSEMENT, "200.01"),
        (BudgetKind.EXPENDITURE, "0.01"),
    ):
        told = refusal(house, recording(REVIEWER, number, over, more))
        assert len(told) == 1
    assert len(seen(house, number).flows) == 4


@pytest.mark.parametrize("role", Role)
def test_money_is_recorded_by_desks_and_administrators(house: Engine, role: Role) -> None:
    number = at(house, S.ENDORSED)
    write = recording(PEOPLE[role], number, BudgetKind.PLEDGE)
    if role in DESK_ONLY:
        does(house, write)
    else:
        assert set(refusal(house, write)) & {NOT_YOURS, NO_SUCH}


def correcting(actor: Viewer, number: int, entry: int, why: str = "Typed twice") -> Write:
    return lambda session: reverse_flow(session, actor, number, entry, why)


def test_an_entry_that_was_wrong_is_taken_back_and_both_stay(house: Engine) -> None:
    number = at(house, S.FUNDED)  # 1 pledged and 500 committed by Denmark
    before = seen(house, number)
    _, wrong = before.flows
    does(house, correcting(REVIEWER, number, wrong.number, " A zero too many "))
    after = seen(house, number)
    assert [one for one in after.flows if one.reverses is None] == [*before.flows]
    (reversal,) = [one for one in after.flows if one.reverses is not None]
    assert (reversal.reverses, reversal.flow.amount) == (wrong.number, -wrong.flow.amount)
    assert reversal.flow.reference == "A zero too many"
    assert (reversal.recorded_by, after.version) == (REVIEWER.username, before.version + 1)
    assert held(after.standing, after.asked).committed is None
    assert after.state is S.FUNDED
    with db.reading(house) as session:
        log = session.scalars(select(Revision).order_by(col(Revision.id).desc()).limit(1)).one()
    assert (log.field, log.new, log.why) == ("flow.commitment", None, "A zero too many")
    assert log.old == "500.00 USD from Denmark on 2024-06-30"
    does(house, recording(REVIEWER, number, BudgetKind.COMMITMENT, 50))
    assert held(seen(house, number).standing, after.asked).committed == 50


def test_an_entry_is_taken_back_once_and_never_what_took_it_back(house: Engine) -> None:
    number = at(house, S.FUNDED)
    entry = seen(house, number).flows[0].number
    does(house, correcting(REVIEWER, number, entry))
    reversal = next(one.number for one in seen(house, number).flows if one.reverses)
    other = at(house, S.FUNDED)
    stored = rows(house)
    for wrong in (entry, reversal, 9_999, seen(house, other).flows[0].number):
        assert len(refusal(house, correcting(REVIEWER, number, wrong))) == 1
    with pytest.raises(IntegrityError), db.transaction(house) as session:
        session.execute(update(FundingFlow).values(reverses_id=entry))
    with pytest.raises(IntegrityError), db.transaction(house) as session:
        session.execute(update(FundingFlow).values(amount=Decimal(-1)))
    assert rows(house) == stored


def test_payments_are_corrected_before_what_they_came_out_of(house: Engine) -> None:
    number = at(house, S.FUNDED)
    does(house, recording(REVIEWER, number, BudgetKind.DISBURSEMENT, 300))
    commitment, payment = (
        next(one.number for one in seen(house, number).flows if one.flow.kind is kind)
        for kind in (BudgetKind.COMMITMENT, BudgetKind.DISBURSEMENT)
    )
    assert len(refusal(house, correcting(REVIEWER, number, commitment))) == 2
    does(house, correcting(REVIEWER, number, payment))
    does(house, correcting(REVIEWER, number, commitment))


@pytest.mark.parametrize("role", Role)
def test_money_is_corrected_by_desks_and_administrators(house: Engine, role: Role) -> None:
    number = at(house, S.OFFERED)
    entry = seen(house, number).flows[0].number
    write = correcting(PEOPLE[role], number, entry)
    if role in DESK_ONLY:
        does(house, write)
        return
    stored = rows(house)
    assert set(refusal(house, write)) & {NOT_YOURS, NO_SUCH}
    assert rows(house) == stored


def test_of_two_who_take_one_entry_back_at_once_one_is_refused(house: Engine) -> None:
    number = at(house, S.FUNDED)
    entry = seen(house, number).flows[0].number
    writes = [correcting(actor, number, entry) for actor in (REVIEWER, SYSTEM)]
    assert sorted(together(house, writes)) == [False, True]


def test_what_was_taken_back_is_in_no_sum(house: Engine) -> None:
    number = at(house, S.FUNDED)
    with db.reading(house) as session:
        assert {pot.donor for pot in resources.pots(session, SYSTEM, [1])[0]} == {"Denmark"}
    for one in seen(house, number).flows:
        does(house, correcting(REVIEWER, number, one.number))
    with db.reading(house) as session:
        (asking,) = pipeline.askings(session, SYSTEM)
        assert resources.pots(session, SYSTEM, [1])[0] == ()
    assert asking.flows == ()


def test_an_author_may_record_money_and_what_donors_decided(house: Engine) -> None:
    with db.transaction(house) as session:
        number = brought_to(session, S.ENDORSED, (1,), author=COLLEAGUE, reviewer=REVIEWER)
    does(house, lambda s: record_flow(s, COLLEAGUE, number, flow(BudgetKind.COMMITMENT)))
    for after in (S.OFFERED, S.FUNDED):
        does(house, making(after, COLLEAGUE, number))


def test_a_pledge_alone_funds_nothing(house: Engine) -> None:
    number = at(house, S.OFFERED)
    (told,) = refusal(house, making(S.FUNDED, REVIEWER, number))
    assert told.startswith("No commitment is recorded, and a pledge secures nothing.")
    assert seen(house, number).state is S.OFFERED


# --- two at once ---------------------------------------------------------------------------------


def together(house: Engine, writes: list[Write]) -> list[bool]:
    """Try writes at the same moment, each in its thread and session; tell which were stored."""
    gate = Barrier(len(writes))

    def attempt(write: Write) -> bool:
        gate.wait(timeout=10)
        try:
            with db.transaction(house) as session:
                write(session)
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(len(writes)) as pool:
        return [*pool.map(attempt, writes)]


CLASHES = [
    (S.SUBMITTED, [S.UNDER_REVIEW, S.UNDER_REVIEW]),
    (S.SUBMITTED, [S.UNDER_REVIEW, S.WITHDRAWN]),
    (S.UNDER_REVIEW, [S.ENDORSED, S.ENDORSED]),
    (S.UNDER_REVIEW, [S.ENDORSED, S.RETURNED]),
    (S.UNDER_REVIEW, [S.RETURNED, S.RETURNED, S.ENDORSED, S.WITHDRAWN]),
    (S.DRAFT, [S.SUBMITTED, S.SUBMITTED]),
    (S.OFFERED, [S.DECLINED, S.DECLINED]),
    (S.REPORTED, [S.CLOSED, S.CLOSED]),
]


@pytest.mark.parametrize(("before", "tried"), CLASHES)
def test_of_moves_at_the_same_moment_exactly_one_is_made(
    house: Engine, before: FundingState, tried: list[FundingState]
) -> None:
    for _ in range(3):
        number = at(house, before)
        moves = len(seen(house, number).moves)
        people = [
            AUTHOR
            if after in (S.WITHDRAWN, S.SUBMITTED)
            else replace(REVIEWER, username=f"reviewer {index}")
            for index, after in enumerate(tried)
        ]
        won = together(
            house, [making(a, person, number) for a, person in zip(tried, people, strict=True)]
        )
        if S.WITHDRAWN in tried and won.count(True) == 2:
            # Taken up, then withdrawn: one after the other, as the table allows.
            assert seen(house, number).state is S.WITHDRAWN
            assert len(seen(house, number).moves) == moves + 2
            continue
        assert won.count(True) == 1
        assert seen(house, number).state is tried[won.index(True)]
        assert len(seen(house, number).moves) == moves + 1


def test_two_of_one_version_never_both_decide(house: Engine) -> None:
    for _ in range(3):
        number = at(house, S.SUBMITTED)
        version = seen(house, number).version
        writes = [
            making(S.UNDER_REVIEW, REVIEWER, number, version),
            making(S.WITHDRAWN, AUTHOR, number, version),
        ]
        assert together(house, writes).count(True) == 1


def test_two_saves_of_one_version_at_once_lose_nothing(house: Engine) -> None:
    number = at(house, S.DRAFT)
    for turn in range(1, 4):
        drafts = [replace(funding(), title=f"{who} {turn}") for who in ("one", "other")]
        won = together(
            house,
            [saving(AUTHOR, number, draft, turn) for draft in drafts],
        )
        assert won.count(True) == 1
        assert seen(house, number).draft == drafts[won.index(True)]


def test_the_last_of_the_money_is_taken_once(house: Engine) -> None:
    number = at(house, S.FUNDED)
    take = recording(REVIEWER, number, BudgetKind.DISBURSEMENT, 400)
    assert together(house, [take, take, take]).count(True) == 1


def test_requests_started_at_once_have_numbers_of_their_own(house: Engine) -> None:
    begin: Write = lambda s: file_funding.start(s, AUTHOR, funding())  # noqa: E731
    assert together(house, [begin] * 4) == [True] * 4
    with db.reading(house) as session:
        codes = set(session.scalars(select(col(FundingRequest.code))))
    assert {code[-3:] for code in codes} == {"001", "002", "003", "004"}
