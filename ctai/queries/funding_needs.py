"""The needs under funding requests: which can be picked, what is known of them, their tests."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import select
from sqlmodel import Session, col

from ctai.domain.funding_draft import NeedFacts
from ctai.domain.funding_history import AnsweredTest
from ctai.domain.ladder import FundingTest
from ctai.domain.needs import UNMET_STATES, NeedState
from ctai.domain.roles import Action, Role, Viewer, Visibility
from ctai.models.funding import FundingNeed, FundingRequest
from ctai.models.ladder import NeedTest
from ctai.models.needs import Need, NeedCountry
from ctai.queries.visible import funding_seen, needs_seen, workings_seen


def pickable(session: Session, viewer: Viewer) -> tuple[NeedFacts, ...]:
    """List the unmet needs for which a viewer may write a request, by code.

    A desk's are those of its countries, a focal point's all that they see.
    """
    if not viewer.may(Action.FILE_FUNDING):
        return ()
    statement = select(col(Need.id)).where(
        col(Need.state).in_([state.value for state in UNMET_STATES])
    )
    if viewer.role is Role.DESK_OFFICER:
        own = select(col(NeedCountry.need_id)).where(col(NeedCountry.iso3).in_(viewer.countries))
        statement = statement.where(col(Need.id).in_(own))
    return _facts(session, session.scalars(needs_seen(statement, viewer)))


def needs_of(session: Session, viewer: Viewer, request_id: int) -> tuple[NeedFacts, ...]:
    """Give the needs of a request that a viewer sees, by code.

    A need that is not open to them keeps its number and what the rules ask, within the United
    Nations; outside it is not named at all.
    """
    seen = funding_seen(
        select(col(FundingRequest.id)).where(col(FundingRequest.id) == request_id), viewer
    )
    named = select(col(FundingNeed.need_id)).where(col(FundingNeed.request_id).in_(seen))
    numbers = set(session.scalars(named))
    visible = select(col(Need.id)).where(col(Need.id).in_(numbers))
    open_numbers = set(session.scalars(needs_seen(visible, viewer)))
    found = []
    for need in _facts(session, numbers):
        if need.need_id in open_numbers:
            reach = viewer.reach
            countries = tuple(c for c in need.countries if reach is None or c in reach)
            found.append(NeedFacts(need.need_id, need.code, need.title, countries, *_rules(need)))
        elif viewer.may(Action.SEE_UN_SYSTEM):
            number = f"#{need.need_id}"
            found.append(
                NeedFacts(need.need_id, number, "", need.countries, *_rules(need), is_open=False)
            )
    return tuple(found)


def _rules(need: NeedFacts) -> tuple[Visibility, NeedState]:
    return need.visibility, need.state


def needs_known(
    session: Session, viewer: Viewer, numbers: Iterable[int], request_id: int | None = None
) -> dict[int, NeedFacts]:
    """Read by number those needs that a viewer sees, and those that a request already names."""
    statement = select(col(Need.id)).where(col(Need.id).in_(list(numbers)))
    found = {
        need.need_id: need
        for need in _facts(session, session.scalars(needs_seen(statement, viewer)))
    }
    if request_id is None:
        return found
    return {need.need_id: need for need in needs_of(session, viewer, request_id)} | found


def _facts(session: Session, numbers: Iterable[int | None]) -> tuple[NeedFacts, ...]:
    asked = list(numbers)
    countries: defaultdict[int, list[str]] = defaultdict(list)
    rows = select(col(NeedCountry.need_id), col(NeedCountry.iso3)).where(
        col(NeedCountry.need_id).in_(asked)
    )
    for need_id, iso3 in session.execute(rows.order_by(col(NeedCountry.iso3))):
        countries[need_id].append(iso3)
    found = session.execute(
        select(col(Need.id), col(Need.code), col(Need.title), col(Need.visibility), col(Need.state))
        .where(col(Need.id).in_(asked))
        .order_by(col(Need.code))
    )
    return tuple(
        NeedFacts(
            number, code, title, tuple(countries[number]), Visibility(level), NeedState(state)
        )
        for number, code, title, level, state in found
    )


def tests_of(session: Session, viewer: Viewer, need_ids: Iterable[int]) -> tuple[AnsweredTest, ...]:
    """Read the newest answers to the four tests of some needs, by code and in the tests' order.

    Needs whose workings the viewer may not see are left out.
    """
    seen = (
        select(col(NeedCountry.need_id), col(Need.code))
        .join(Need, col(Need.id) == col(NeedCountry.need_id))
        .where(col(NeedCountry.need_id).in_(list(need_ids)))
    )
    narrowed = workings_seen(seen, viewer, col(NeedCountry.need_id))
    codes: dict[int, str] = dict(session.execute(narrowed).all())
    answers = select(NeedTest).where(col(NeedTest.need_id).in_(codes)).order_by(col(NeedTest.id))
    newest = {(row.need_id, row.test): row for row in session.scalars(answers)}
    return tuple(
        _result(need_id, code, test, newest.get((need_id, test.value)))
        for need_id, code in sorted(codes.items(), key=lambda pair: pair[1])
        for test in FundingTest
    )


def _result(need_id: int, code: str, test: FundingTest, row: NeedTest | None) -> AnsweredTest:
    if row is None:
        return AnsweredTest(need_id, code, test, None)
    return AnsweredTest(
        need_id,
        code,
        test,
        row.passed,
        row.reason,
        row.answered_by,
        row.answered_as,
        row.answered_at,
    )
