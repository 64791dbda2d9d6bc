"""Entering, amending and confirming: whole or not at all, by the right people, one at a time."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import Engine, func, select
from sqlmodel import Session, col

from ctai import db
from ctai.domain.activities import (
    ActivityDraft,
    CountryShare,
    OrganisationRole,
    Participation,
    SourceRef,
    Status,
    Text,
)
from ctai.domain.faults import Refused
from ctai.domain.money import BudgetKind
from ctai.domain.roles import SYSTEM, Role, Viewer, Visibility
from ctai.domain.scope import Scope
from ctai.models.activities import Activity, ActivityCell, ActivityText, BudgetLine
from ctai.models.records import Revision
from ctai.queries import activities, codes, heatmap, integrity, records
from ctai.services.activity_parts import cell_rows
from ctai.services.store_activity import CHANGED_MEANWHILE, NOT_YOURS, amend, confirm, enter
from tests.drafts import (
    ADMINISTRATOR,
    DESK,
    FOCAL_POINT,
    PEOPLE,
    TODAY,
    activity,
    add_code_lists,
    money,
)

Write = Callable[[Session], object]


@pytest.fixture
def house(engine: Engine) -> Engine:
    """A database that holds the code lists and nothing else."""
    with db.transaction(engine) as session:
        add_code_lists(session)
    return engine


def put(house: Engine, draft: ActivityDraft, author: Viewer = SYSTEM) -> int:
    """Enter an activity in a transaction of its own."""
    with db.transaction(house) as session:
        return enter(session, author, draft).activity_id


def version(house: Engine, number: int) -> int | None:
    """Give an activity's version."""
    with db.reading(house) as session:
        return activities.version_of(session, SYSTEM, number)


def stored(house: Engine, number: int) -> ActivityDraft:
    """Read an activity as it is stored."""
    with db.reading(house) as session:
        draft = records.draft_of(session, SYSTEM, number)
    assert draft is not None
    return draft


def revisions(house: Engine, number: int) -> list[tuple[str, str | None, str | None, str, str]]:
    """Give an activity's revisions, oldest first: field, old, new, who, why."""
    with db.reading(house) as session:
        rows = session.scalars(
            select(Revision).where(col(Revision.record_id) == number).order_by(col(Revision.id))
        )
        return [(row.field, row.old, row.new, row.actor, row.why) for row in rows]


def entering(author: Viewer, draft: ActivityDraft) -> Write:
    """Enter, later."""
    return lambda session: enter(session, author, draft)


def amending(
    author: Viewer, number: int, draft: ActivityDraft, version: int | None = None
) -> Write:
    """Amend, later."""
    return lambda session: amend(session, author, number, draft, version)


def confirming(author: Viewer, number: int, as_of: str | None = None) -> Write:
    """Confirm, later."""
    return lambda session: confirm(session, author, number, as_of)


def everything(house: Engine) -> tuple[int, ...]:
    """Count the rows of what a write could leave behind, and tell the data version."""
    with db.reading(house) as session:
        tables = (Activity, ActivityText, ActivityCell, BudgetLine, Revision)
        counts = [session.scalars(select(func.count()).select_from(t)).one() for t in tables]
        return (*counts, codes.data_version(session))


def counted(house: Engine) -> set[int]:
    """Give the numbers of the activities that count somewhere."""
    with db.reading(house) as session:
        assert not [*integrity.miscounted(session, SYSTEM, cell_rows)]
        return set(session.scalars(select(col(ActivityCell.activity_id))))


def refusal(house: Engine, write: Write) -> Refused:
    """Try a write that is refused, and see that it left nothing behind."""
    before = everything(house)
    with pytest.raises(Refused) as refused, db.transaction(house) as session:
        write(session)
    assert everything(house) == before
    return refused.value


FULL = replace(
    activity("Ports", ("NGA", "BFA"), ("IOM", "UNODC"), ("III.12", "II.13")),
    texts={"en": Text("Ports", "What is done"), "ar": Text("موانئ")},
    countries=(CountryShare("BFA", 25.0), CountryShare("NGA", 75.0)),
    participants=(
        Participation("Denmark", OrganisationRole.FUNDING),
        Participation("UNODC", OrganisationRole.IMPLEMENTING),
    ),
    budget=(replace(money("0.10"), donor="Denmark", value_date="2024-02", note="first part"),),
    sources=(SourceRef("https://example.org/1", "A", "2023", "n", "end", "2025"),),
    planned_start="2024",
    planned_end="2025-02",
    actual_end="2025-03-31",
    place="Lagos",
    note="Two\nlines",
    source_key="file-1",
)


def test_what_is_entered_is_read_again(house: Engine) -> None:
    draft = stored(house, put(house, FULL))
    as_sets = {
        name: set(getattr(FULL, name))
        for name in ("countries", "participants", "measures", "budget", "sources")
    }
    assert {name: set(getattr(draft, name)) for name in as_sets} == as_sets
    assert draft.texts == FULL.texts
    rest = {name: getattr(FULL, name) for name in as_sets} | {"texts": FULL.texts}
    assert replace(draft, **rest) == FULL


def test_entering_leaves_one_revision_for_each_field_and_raises_the_version(house: Engine) -> None:
    with db.reading(house) as session:
        before = codes.data_version(session)
    start = datetime.now(UTC)
    with db.transaction(house) as session:
        number = enter(session, DESK, activity(), why="from a letter").activity_id
    log = revisions(house, number)
    expected = {
        name: text for name, text in records.fields_of(stored(house, number)).items() if text
    }
    assert {field: new for field, _, new, _, _ in log} == expected
    assert len(log) == len(expected)
    assert {(old, who, why) for _, old, _, who, why in log} == {(None, "dora", "from a letter")}
    with db.reading(house) as session:
        moments = set(session.scalars(select(col(Revision.at))))
        assert codes.data_version(session) == before + 1
    assert all(start <= at <= datetime.now(UTC) for at in moments)
    assert all(at.utcoffset() == timedelta(0) for at in moments)


def test_amending_leaves_one_revision_for_each_changed_field(house: Engine) -> None:
    number = put(house, activity())
    seen = len(revisions(house, number))
    changed = replace(activity("Ports", ("NGA", "BFA")), place="Lagos", status=Status.PLANNED)
    with db.transaction(house) as session:
        told = amend(session, DESK, number, changed, version=1, why="a visit")
    assert (told.is_new, told.is_changed) == (False, True)
    assert sorted(revisions(house, number)[seen:]) == [
        ("countries", "NGA", "BFA; NGA", "dora", "a visit"),
        ("place", None, "Lagos", "dora", "a visit"),
        ("status", "ongoing", "planned", "dora", "a visit"),
        ("title_en", "Border workshop", "Ports", "dora", "a visit"),
    ]
    assert version(house, number) == 2
    assert counted(house) == {number}


def test_an_amendment_that_changes_nothing_writes_nothing(house: Engine) -> None:
    number = put(house, FULL)
    before = everything(house)
    for draft in (stored(house, number), FULL):  # read as 0.1, typed as 0.10
        with db.transaction(house) as session:
            told = amend(session, ADMINISTRATOR, number, draft, version=1)
        assert (told.is_new, told.is_changed) == (False, False)
    assert everything(house) == before
    assert version(house, number) == 1


SMALL_CHANGES = [
    replace(FULL, texts={"en": Text("Ports", "Else"), "ar": Text("موانئ")}),
    replace(FULL, texts={"en": Text("Ports", "What is done")}),
    replace(FULL, budget=(replace(FULL.budget[0], note="second part"),)),
    replace(FULL, budget=(replace(FULL.budget[0], value_date="2024-03"),)),
    replace(FULL, budget=(replace(FULL.budget[0], kind=BudgetKind.PLEDGE),)),
    replace(FULL, sources=(replace(FULL.sources[0], claim_value="2026"),)),
    replace(FULL, sources=(replace(FULL.sources[0], published="2024"),)),
    replace(FULL, visibility=Visibility.RESTRICTED),
    replace(FULL, planned_end=None),
]


def test_every_change_however_small_is_stored_and_logged(house: Engine) -> None:
    number = put(house, FULL)
    for draft in (*SMALL_CHANGES, FULL):
        seen = len(revisions(house, number))
        with db.transaction(house) as session:
            assert amend(session, SYSTEM, number, draft).is_changed
        again = stored(house, number)
        assert again.texts == draft.texts
        assert (again.budget, again.sources) == (draft.budget, draft.sources)
        assert (again.visibility, again.planned_end) == (draft.visibility, draft.planned_end)
        assert len(revisions(house, number)) > seen
        assert counted(house) == {number}


def test_confirming_says_since_when_and_by_whom(house: Engine) -> None:
    number = put(house, activity(status_as_of="2023-01"))
    seen = len(revisions(house, number))
    with db.transaction(house) as session:
        confirm(session, FOCAL_POINT, number, "2024-06-30", why="asked them")
    with db.transaction(house) as session:
        confirm(session, DESK, number, "2024-06-30")
    assert revisions(house, number)[seen:] == [
        ("status_as_of", "2023-01", "2024-06-30", "fred", "asked them"),
        ("confirmed_by", None, "fred", "fred", "asked them"),
        ("confirmed_by", "fred", "dora", "dora", ""),
    ]
    assert stored(house, number).status_as_of == "2024-06-30"
    with db.reading(house) as session:
        moment, name = activities.confirmed(session, SYSTEM, number)
    assert name == "dora"
    assert moment is not None
    assert version(house, number) == 3
    assert counted(house) == {number}


def test_confirming_without_a_date_means_today(house: Engine) -> None:
    number = put(house, activity(status_as_of=None))
    with db.transaction(house) as session:
        confirm(session, DESK, number)
    assert stored(house, number).status_as_of is not None
    assert counted(house) == {number}


def test_a_status_is_not_confirmed_as_of_a_day_to_come(house: Engine) -> None:
    number = put(house, activity())
    for as_of in ("soon", "2099-01-01"):
        refused = refusal(house, confirming(DESK, number, as_of))
        assert [fault.column for fault in refused.faults] == ["status_as_of"]


# --- refusals ------------------------------------------------------------------------------------


def test_a_refused_entry_stores_nothing_and_gives_every_reason(house: Engine) -> None:
    draft = replace(activity(countries=("BFA",)), texts={}, status_as_of="2099")
    refused = refusal(house, entering(DESK, draft))
    assert [fault.column for fault in refused.faults] == ["title", "status_as_of", "country"]


def test_a_refused_amendment_leaves_the_record_as_it_was(house: Engine) -> None:
    number = put(house, activity())
    bad = replace(activity("Renamed"), measures=())
    bad = replace(bad, budget=(money(-1),))
    refused = refusal(house, amending(DESK, number, bad))
    assert [fault.column for fault in refused.faults] == ["amount"]
    assert stored(house, number).texts == {"en": Text("Border workshop")}


def test_a_refusal_takes_the_callers_whole_transaction_with_it(house: Engine) -> None:
    def good_then_bad(session: Session) -> None:
        enter(session, DESK, activity("Good"))
        enter(session, DESK, activity(""))

    refusal(house, good_then_bad)


def test_there_is_nothing_to_amend_or_confirm_where_nothing_is(house: Engine) -> None:
    for write in (amending(ADMINISTRATOR, 404, activity()), confirming(ADMINISTRATOR, 404)):
        assert "no such activity" in refusal(house, write).faults[0].message


def test_a_hidden_record_is_refused_in_the_words_of_a_missing_one(house: Engine) -> None:
    secret = activity(countries=("BFA",), entities=("CTED",), visibility=Visibility.RESTRICTED)
    number = put(house, secret)
    for author in (DESK, FOCAL_POINT):
        hidden = refusal(house, amending(author, number, activity()))
        missing = refusal(house, amending(author, 404, activity()))
        assert hidden.faults == missing.faults
        assert refusal(house, confirming(author, number)).faults == hidden.faults


MOVES = [
    (DESK, ("NGA", "CTED"), ("NGA", "IOM"), True),
    (DESK, ("NGA", "CTED"), ("BFA", "CTED"), False),
    (DESK, ("BFA", "CTED"), ("NGA", "CTED"), False),
    (FOCAL_POINT, ("BFA", "UNODC"), ("MDG", "UNODC"), True),
    (FOCAL_POINT, ("BFA", "UNODC"), ("BFA", "CTED"), False),
    (FOCAL_POINT, ("BFA", "CTED"), ("BFA", "UNODC"), False),
    (ADMINISTRATOR, ("BFA", "CTED"), ("NGA", "UNODC"), True),
]


def test_a_record_is_moved_neither_out_of_nor_into_what_is_ones_own(house: Engine) -> None:
    for author, before, after, allowed in MOVES:
        number = put(house, activity("It", before[:1], before[1:]))
        draft = activity("It", after[:1], after[1:])
        if allowed:
            with db.transaction(house) as session:
                assert amend(session, author, number, draft).is_changed
        else:
            refusal(house, amending(author, number, draft))


def test_who_may_not_change_a_record_is_told_whom_to_ask(house: Engine) -> None:
    number = put(house, activity("It", ("BFA",), ("CTED",)))
    refused = refusal(house, confirming(DESK, number))
    assert [fault.message for fault in refused.faults] == [NOT_YOURS]


def test_who_only_reads_enters_nothing(house: Engine) -> None:
    for role in (Role.VIEWER, Role.COUNTERPART, Role.DONOR):
        refusal(house, entering(PEOPLE[role], activity()))


# --- two at a time -------------------------------------------------------------------------------


def test_an_amendment_of_an_old_version_is_refused(house: Engine) -> None:
    number = put(house, activity())
    with db.transaction(house) as session:
        amend(session, DESK, number, activity("First"), version=1)
    refused = refusal(house, amending(FOCAL_POINT, number, activity("Second"), 1))
    assert [fault.message for fault in refused.faults] == [CHANGED_MEANWHILE]
    assert stored(house, number).texts["en"].title == "First"


def test_a_confirmation_makes_an_older_form_out_of_date(house: Engine) -> None:
    number = put(house, activity())
    with db.transaction(house) as session:
        confirm(session, DESK, number, "2024-06-30")
    refusal(house, amending(DESK, number, activity("Second"), 1))


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


def test_of_two_amendments_of_one_version_at_once_exactly_one_wins(house: Engine) -> None:
    number = put(house, activity())
    for turn in range(1, 6):
        titles = [f"{who} {turn}" for who in ("one", "other", "third")]
        writes = [amending(DESK, number, activity(title), turn) for title in titles]
        won = together(house, writes)
        assert won.count(True) == 1
        assert stored(house, number).texts["en"].title == titles[won.index(True)]
        assert version(house, number) == turn + 1
    assert [row[0] for row in revisions(house, number)].count("title_en") == 6
    assert counted(house) == {number}


def test_a_confirmation_and_an_amendment_at_once_lose_nothing(house: Engine) -> None:
    number = put(house, activity())
    for turn in range(5):
        status = Status.ONGOING if turn % 2 else Status.PLANNED
        draft = replace(stored(house, number), place=f"Place {turn}", status=status)
        won = together(
            house,
            [
                amending(DESK, number, draft),
                confirming(FOCAL_POINT, number, f"2024-06-{turn + 1:02d}"),
            ],
        )
        assert won == [True, True]
        assert stored(house, number).place == f"Place {turn}"
        assert counted(house) == {number}
    assert version(house, number) == 11


def test_entries_at_once_each_get_a_number_and_a_version_of_the_data(house: Engine) -> None:
    before = everything(house)[-1]
    drafts = [activity(f"Workshop {n}") for n in range(4)]
    won = together(house, [entering(DESK, draft) for draft in drafts])
    assert won == [True] * 4
    assert everything(house)[-1] == before + 4
    assert len(counted(house)) == 4


# --- programmes and their parts ------------------------------------------------------------------


def total(house: Engine) -> int:
    """Count the undertakings."""
    with db.reading(house) as session:
        return heatmap.total(session, SYSTEM, Scope(), TODAY)


def test_a_programme_is_not_counted_besides_its_parts(house: Engine) -> None:
    programme = put(house, activity("Programme"))
    assert counted(house) == {programme}
    one = put(house, activity("Part one", parent_id=programme))
    two = put(house, activity("Part two", parent_id=programme))
    assert counted(house) == {one, two}
    assert total(house) == 2


def test_amending_or_confirming_a_programme_does_not_count_it_again(house: Engine) -> None:
    programme = put(house, activity("Programme"))
    part = put(house, activity("Part", parent_id=programme))
    with db.transaction(house) as session:
        amend(session, DESK, programme, activity("Programme renamed"))
        confirm(session, DESK, programme, "2024-06-30")
    assert counted(house) == {part}


def test_moving_the_last_part_away_lets_a_programme_count_again(house: Engine) -> None:
    programme, other = put(house, activity("Programme")), put(house, activity("Other"))
    one = put(house, activity("One", parent_id=programme))
    two = put(house, activity("Two", parent_id=programme))
    with db.transaction(house) as session:
        amend(session, DESK, one, activity("One", parent_id=other))
    assert counted(house) == {one, two}
    with db.transaction(house) as session:
        amend(session, DESK, two, activity("Two"))
    assert counted(house) == {programme, one, two}
    with db.transaction(house) as session:
        amend(session, DESK, one, activity("One"))
    assert counted(house) == {programme, other, one, two}


def test_an_activity_is_never_a_part_of_itself(house: Engine) -> None:
    top = put(house, activity("Top"))
    middle = put(house, activity("Middle", parent_id=top))
    low = put(house, activity("Low", parent_id=middle))
    for parent in (top, middle, low):
        draft = activity("Top", parent_id=parent)
        refused = refusal(house, amending(DESK, top, draft))
        assert [fault.column for fault in refused.faults] == ["parent_id"]
    assert counted(house) == {low}


def test_a_hidden_or_missing_programme_is_no_parent(house: Engine) -> None:
    secret = put(house, activity("Secret", ("BFA",), visibility=Visibility.RESTRICTED))
    for parent in (secret, 404):
        draft = activity("Part", parent_id=parent)
        refused = refusal(house, entering(DESK, draft))
        assert [fault.column for fault in refused.faults] == ["parent_id"]
    assert put(house, activity("Part", parent_id=secret), FOCAL_POINT)


def test_what_counts_nothing_has_cells_without_weight(house: Engine) -> None:
    for status in (Status.CANCELLED, Status.SUSPENDED, Status.REQUESTED, Status.UNKNOWN):
        put(house, activity(f"It is {status}", status=status))
    with db.reading(house) as session:
        cells = session.scalars(select(ActivityCell)).all()
    assert len(cells) == 4
    assert {(cell.weight, cell.scale, cell.fades_from) for cell in cells} == {(0.0, 0.0, None)}
