"""Issued briefings are kept, and opened again they say what they said, or tell that they don't."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from ctai import db
from ctai.briefings import issued
from ctai.briefings.build import build, built
from ctai.domain.activities import Status
from ctai.domain.briefing import Audience, Briefing, Format, Pinned
from ctai.domain.faults import Refused
from ctai.domain.roles import SYSTEM, Role, Viewer, Visibility
from ctai.domain.scope import Scope
from ctai.models.activities import ActivityText
from ctai.models.briefings import IssuedBriefing
from ctai.models.records import Revision
from ctai.queries import briefings, codes
from ctai.services.issue_briefing import issue_briefing
from ctai.services.store_activity import amend, enter
from tests.briefings.conftest import happened
from tests.drafts import KNOWN, PEOPLE, activity

TODAY = datetime.now(UTC).date()
THEN = date(2024, 6, 30)
NGA = Scope(country=("NGA",))
DORA, VERA = PEOPLE[Role.DESK_OFFICER], PEOPLE[Role.VIEWER]
OF_TODAY = Briefing(Audience.EXECUTIVE, "en", TODAY, NGA)
OF_THEN = replace(OF_TODAY, as_of=THEN)
PUBLIC = replace(OF_TODAY, audience=Audience.PUBLIC)
OF_UNODC = replace(OF_TODAY, audience=Audience.ENTITY, entity="UNODC")


def number_of(engine: Engine, title: str) -> int:
    with db.reading(engine) as session:
        one = select(col(ActivityText.activity_id)).where(col(ActivityText.title) == title)
        return session.scalars(one).one()


def write(engine: Engine) -> None:
    """Enter a record and amend another."""
    with db.transaction(engine) as session:
        enter(session, SYSTEM, activity("New course"), KNOWN)
    other = activity("Radio course", status=Status.COMPLETED)
    with db.transaction(engine) as session:
        amend(session, SYSTEM, number_of(engine, "Radio course"), other, known=KNOWN)


def restrict(engine: Engine) -> None:
    hidden = activity("Radio course", visibility=Visibility.RESTRICTED)
    with db.transaction(engine) as session:
        amend(session, SYSTEM, number_of(engine, "Radio course"), hidden, known=KNOWN)


def test_what_is_issued_is_kept_with_who_when_for_whom_and_its_hash(store: Engine) -> None:
    asked = Briefing(Audience.ENTITY, "fr", TODAY, NGA, since=THEN, entity="UNODC")
    before = datetime.now(UTC)
    taken = issued.issue(store, DORA, asked, Format.PDF, TODAY)
    with db.reading(store) as session:
        (kept,) = briefings.listed(session, DORA)
        newest = codes.data_version(session)
    assert kept.number == taken.number
    assert (kept.by, kept.asked, kept.format) == ("dora", asked, Format.PDF)
    assert kept.pinned == Pinned(newest, newest)
    assert kept.digest == taken.document.digest
    assert before <= kept.at <= datetime.now(UTC)
    assert taken.content.startswith(b"%PDF")


@pytest.mark.parametrize("asked", [OF_TODAY, OF_THEN, replace(OF_TODAY, since=THEN)], ids=str)
def test_opened_again_it_is_the_same_byte_by_byte_whatever_was_written_since(
    store: Engine, asked: Briefing
) -> None:
    taken = issued.issue(store, DORA, asked, Format.PDF, TODAY)
    write(store)
    again = issued.reopen(store, DORA, taken.number)
    assert again.is_same
    assert again.faults == ()
    assert again.content == taken.content


def test_a_briefing_of_today_follows_the_data_and_one_of_then_does_not(store: Engine) -> None:
    today, then = (build(store, DORA, one, TODAY) for one in (OF_TODAY, OF_THEN))
    write(store)
    assert build(store, DORA, OF_TODAY, TODAY).digest != today.digest
    assert build(store, DORA, OF_THEN, TODAY).digest == then.digest


def test_the_figures_follow_the_data(store: Engine) -> None:
    def counted(asked: Briefing) -> dict[str, str]:
        document = build(store, DORA, asked, TODAY)
        return {entry.asked: entry.worded for entry in document.ledger}

    before = counted(OF_TODAY)
    write(store)
    after = counted(OF_TODAY)
    assert (before["activities"], after["activities"]) == ("2", "3")
    assert after["activities status=completed"] == "1"
    told = counted(replace(OF_TODAY, since=THEN))
    assert (told["changes turn=new"], told["changes turn=closed"]) == ("1", "1")


def test_what_was_restricted_since_is_not_disclosed_and_the_difference_is_told(
    store: Engine,
) -> None:
    taken = issued.issue(store, VERA, PUBLIC, Format.PDF, TODAY)
    assert "Radio course" in taken.document.canonical.decode()
    restrict(store)
    again = issued.reopen(store, VERA, taken.number)
    assert "Radio course" not in again.document.canonical.decode()
    assert not again.is_same
    (fault,) = again.faults
    assert "restricted" in fault.in_english()


def test_a_day_to_compare_with_discloses_nothing_that_was_restricted_since(store: Engine) -> None:
    restrict(store)
    document = build(store, VERA, replace(PUBLIC, since=THEN), TODAY)
    assert "Radio course" not in document.canonical.decode()


def test_issuing_lets_no_cache_go_and_writes_no_revision(store: Engine) -> None:
    def state() -> tuple[int, int]:
        with db.reading(store) as session:
            rows = session.scalars(select(func.count()).select_from(Revision)).one()
            return codes.data_version(session), rows

    before = state()
    issued.issue(store, DORA, OF_TODAY, Format.PDF, TODAY)
    assert state() == before


@pytest.mark.parametrize(
    ("author", "asked"),
    [
        (VERA, OF_UNODC),
        (PEOPLE[Role.FOCAL_POINT], replace(OF_UNODC, entity="IOM")),
        (PEOPLE[Role.COUNTERPART], OF_TODAY),
        (PEOPLE[Role.DONOR], OF_TODAY),
        (PEOPLE[Role.COUNTERPART], replace(PUBLIC, scope=Scope())),
        (DORA, replace(OF_UNODC, scope=Scope(country=("BFA",)))),
    ],
    ids=str,
)
def test_a_briefing_that_is_refused_leaves_nothing(
    store: Engine, author: Viewer, asked: Briefing
) -> None:
    with pytest.raises(Refused):
        issued.issue(store, author, asked, Format.PDF, TODAY)
    with pytest.raises(Refused), db.transaction(store) as session:
        issue_briefing(session, author, asked, Pinned(1), Format.PDF, "0" * 64)
    with db.reading(store) as session:
        assert briefings.listed(session, SYSTEM) == ()


def test_a_briefing_is_opened_again_only_by_whom_it_is_open_to(store: Engine) -> None:
    taken = issued.issue(store, DORA, OF_TODAY, Format.PDF, TODAY)
    for role in (Role.VIEWER, Role.FOCAL_POINT, Role.COUNTERPART, Role.DONOR):
        with pytest.raises(issued.NotOpen, match="no briefing"):
            issued.reopen(store, PEOPLE[role], taken.number)
    assert issued.reopen(store, SYSTEM, taken.number).is_same
    for none in (taken.number + 1, 0, 2**31, 10**30):
        with pytest.raises(issued.NotOpen, match="no briefing"):
            issued.reopen(store, SYSTEM, none)


def test_a_country_that_is_no_longer_known_is_a_refusal_and_no_error(store: Engine) -> None:
    taken = issued.issue(store, DORA, PUBLIC, Format.PDF, TODAY)
    with db.transaction(store) as session:
        session.execute(update(IssuedBriefing).values(countries="XXX"))
    with pytest.raises(Refused, match="“XXX” is not a code"):
        issued.reopen(store, DORA, taken.number)


def test_since_the_last_is_since_the_day_of_the_last_on_the_same_for_the_same_reader(
    store: Engine,
) -> None:
    earlier = replace(OF_TODAY, as_of=THEN - timedelta(days=1))
    for asked in (earlier, replace(OF_THEN, lang="fr", since=earlier.as_of), OF_TODAY, PUBLIC):
        issued.issue(store, DORA, asked, Format.PDF, TODAY)
    assert issued.since_last(store, DORA, OF_TODAY) == replace(OF_TODAY, since=THEN)
    assert issued.since_last(store, DORA, OF_THEN).since == earlier.as_of
    for none in (earlier, PUBLIC, replace(OF_TODAY, scope=Scope(pillar=("II",))), OF_UNODC):
        with pytest.raises(Refused, match="Name a day to compare with"):
            issued.since_last(store, DORA, none)


def test_what_somebody_else_issued_is_not_told_by_the_day_of_the_last(store: Engine) -> None:
    issued.issue(store, DORA, replace(PUBLIC, as_of=THEN), Format.PDF, TODAY)
    with pytest.raises(Refused, match="No briefing of this was issued"):
        issued.since_last(store, VERA, PUBLIC)
    assert issued.since_last(store, SYSTEM, PUBLIC).since == THEN


def test_who_sees_less_than_before_does_not_open_what_they_issued(store: Engine) -> None:
    taken = issued.issue(store, DORA, OF_UNODC, Format.PDF, TODAY)
    demoted = replace(DORA, role=Role.VIEWER)
    with pytest.raises(Refused, match="sees less"):
        issued.reopen(store, demoted, taken.number)


@pytest.mark.parametrize(
    ("asked", "word"),
    [
        (replace(OF_TODAY, as_of=date(2024, 2, 1)), "as_of · 2024-02-01 is before the first day"),
        (replace(OF_THEN, since=date(2024, 2, 1)), "since · 2024-02-01 is before the first day"),
        (replace(OF_TODAY, as_of=date(2999, 1, 1)), "as_of · 2999-01-01 is yet to come"),
        (replace(OF_THEN, since=THEN), "is not before 2024-06-30"),
    ],
)
def test_a_day_that_can_not_be_told_of_is_refused(
    store: Engine, asked: Briefing, word: str
) -> None:
    with pytest.raises(Refused, match=word):
        build(store, DORA, asked, TODAY)


def test_a_database_that_holds_nothing_gives_a_briefing_that_says_so(engine: Engine) -> None:
    made = built(engine, SYSTEM, replace(OF_TODAY, scope=Scope()), TODAY)
    assert made.pinned == Pinned(0)
    assert "No activity is recorded here" in made.document.canonical.decode()


def test_the_steps_are_told_in_order(store: Engine) -> None:
    steps: list[str] = []
    issued.issue(store, DORA, OF_TODAY, Format.PDF, TODAY, steps.append)
    assert steps == [issued.READING, issued.SETTING]


def test_the_database_keeps_no_half_a_briefing(store: Engine) -> None:
    issued.issue(store, DORA, OF_TODAY, Format.PDF, TODAY)
    for wrong in ({"digest": "abc"}, {"since": "2024-01-01"}, {"audience": "press"}):
        with pytest.raises(IntegrityError), db.transaction(store) as session:
            session.execute(update(IssuedBriefing).values(wrong))


def test_a_number_stands_for_one_state_whatever_day_it_is_built_on(store: Engine) -> None:
    made = built(store, DORA, OF_TODAY, TODAY)
    write(store)
    happened(store, datetime(2024, 4, 1, tzinfo=UTC))
    later = build(store, DORA, OF_THEN, TODAY)
    assert "New course" in later.canonical.decode()
    assert "New course" not in made.document.canonical.decode()
