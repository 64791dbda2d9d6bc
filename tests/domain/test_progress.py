"""Progress: the newest word counts, a word has its reasons, and a plan's sum adds up."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctai.domain.needs import NeedState
from ctai.domain.plans import ItemDraft, ItemState
from ctai.domain.progress import Item, Milestone, NeedTold, Summary, Word, summary, word_faults
from ctai.domain.roles import Visibility
from tests.drafts import TODAY

NEED = NeedTold(1, "N-1", "Need", "II.13", None, None, NeedState.OPEN, Visibility.PUBLIC)
PLANNED, ONGOING, DONE, DROPPED = ItemState


def item(state: ItemState | None, *milestones: Milestone) -> Item:
    newest = None if state is None else Word(state, "2024-06")
    return Item(ItemDraft(1, "Act", number=1), NEED, milestones, newest)


def step(due: str | None, state: ItemState | None = None) -> Milestone:
    return Milestone(1, "Law", due, None if state is None else Word(state, "2024-06"))


def test_an_item_nobody_spoke_of_is_planned() -> None:
    assert item(None).state is PLANNED
    assert item(DONE).state is DONE


@pytest.mark.parametrize(
    ("due", "state", "is_overdue"),
    [
        ("2024-06-30", None, True),
        ("2024-06-30", ONGOING, True),
        ("2024-06-30", DONE, False),
        ("2024-06-30", DROPPED, False),
        ("2024-07-01", None, False),
        ("2024", None, False),
        ("2023", None, True),
        (None, None, False),
    ],
)
def test_a_milestone_is_overdue_when_its_date_has_surely_passed(
    due: str | None, state: ItemState | None, is_overdue: bool
) -> None:
    assert step(due, state).is_overdue(TODAY) is is_overdue


def test_a_plan_is_summed_up() -> None:
    items = (
        item(DONE, step("2024-01", DONE), step("2023")),
        item(None, step("2030")),
        item(DROPPED, step("2020")),
        item(ONGOING),
    )
    told = summary(items, TODAY)
    assert told == Summary(1, 1, 1, 1, milestones_done=1, milestones_overdue=1, milestones_due=1)
    assert told.items == 4
    assert told.share_done == pytest.approx(1 / 3)


def test_a_plan_without_items_has_no_share_rather_than_none_of_it() -> None:
    assert summary((), TODAY).share_done is None
    assert summary((item(DROPPED),), TODAY).share_done is None


@given(st.lists(st.sampled_from([None, *ItemState])), st.dates(date(2000, 1, 1)))
def test_every_item_is_counted_once(states: list[ItemState | None], today: date) -> None:
    told = summary([item(state) for state in states], today)
    assert told.items == len(states)
    assert told.share_done is None or 0 <= told.share_done <= 1


@pytest.mark.parametrize(
    ("word", "before", "columns"),
    [
        (Word(ONGOING, "2024-07-01"), None, []),
        (Word(ONGOING, "2024-07-02"), None, ["seen_on"]),
        (Word(ONGOING, ""), None, ["seen_on"]),
        (Word(ONGOING, "soon"), None, ["seen_on"]),
        (Word(DONE, "2024-05"), Word(ONGOING, "2024-06"), ["seen_on"]),
        (Word(DONE, "2024"), Word(ONGOING, "2024-06"), []),
        (Word(DROPPED, "2024-06"), None, ["note"]),
        (Word(DROPPED, "2024-06", "No partner"), None, []),
        (Word(ONGOING, "2024-06"), Word(DONE, "2024-06"), ["note"]),
        (Word(ONGOING, "2024-06", "Second round"), Word(DONE, "2024-06"), []),
        (Word(DONE, "2024-06"), Word(DONE, "2024-06"), []),
    ],
)
def test_a_word_is_refused_with_its_reasons(
    word: Word, before: Word | None, columns: list[str]
) -> None:
    assert [fault.column for fault in word_faults(word, before, TODAY)] == columns
