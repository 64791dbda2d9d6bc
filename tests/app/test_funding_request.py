"""The page of a funding request: what was typed stays, steps are for those who may take them."""

from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import col, select
from streamlit.testing.v1 import AppTest

from ctai import db
from ctai.domain.funding import FundingState
from ctai.domain.funding_history import FundingView
from ctai.domain.money import BudgetKind
from ctai.domain.roles import SYSTEM, Role, Viewer, Visibility
from ctai.models.funding import FundingRequest
from ctai.models.needs import Need
from ctai.queries import funding as reads
from ctai.services import fund
from ctai.services.record_flow import record_flow
from tests.app.conftest import opened, turned
from tests.app.screen import everything, reasons, said, sent, table
from tests.funding_drafts import (
    NEXT_YEAR,
    answer_tests,
    brought_to,
    climb_to_funding,
    flow,
    funding,
)

AUTHOR = Viewer("focal_point", Role.FOCAL_POINT, entity="UNODC")
REVIEWER = Viewer("desk_officer", Role.DESK_OFFICER, frozenset({"NGA"}))
S = FundingState


def answered(url: str, code: str = "N-NGA-012") -> int:
    """Answer the four tests of an unmet need of Nigeria and give its number."""
    with db.transaction(db.shared_engine(url)) as session:
        number = session.scalars(select(col(Need.id)).where(col(Need.code) == code)).one()
        assert number is not None
        climb_to_funding(session, number)
        answer_tests(session, number)
        return number


def at(url: str, state: FundingState, *, visibility: Visibility = Visibility.PUBLIC) -> int:
    need = answered(url)
    with db.transaction(db.shared_engine(url)) as session:
        draft = funding((need,), visibility=visibility)
        return brought_to(session, state, (), author=AUTHOR, reviewer=REVIEWER, draft=draft)


def seen(url: str, number: int) -> FundingView:
    with db.reading(db.shared_engine(url)) as session:
        found = reads.view(session, SYSTEM, number)
    assert found is not None
    return found


def only(url: str) -> int:
    with db.reading(db.shared_engine(url)) as session:
        number = session.scalars(select(col(FundingRequest.id))).one()
    assert number is not None
    return number


def field(at: AppTest, form: str, name: str) -> Any:
    return at.main.get_by_key(f"{form}:{name}")


def filled(at: AppTest, form: str, **values: object) -> AppTest:
    for name, value in values.items():
        field(at, form, name).set_value(value)
    return at.run()


def test_a_draft_is_begun_from_a_need_and_opened_once_it_is_saved(records: str) -> None:
    need = answered(records)
    at = opened(Role.FOCAL_POINT, "funding_request", need=str(need))
    form = f"funding:need-{need}"
    assert field(at, form, "needs").value == [str(need)]
    assert field(at, form, "entity").value == "UNODC"
    assert set(table(at, "The four tests of each need")["passed"]) == {"✓ Passed"}
    filled(at, form, title="Border *posts*")
    at.button(key="funding_save").click().run()
    assert not at.exception
    assert not at.error
    number = only(records)
    assert at.query_params["funding"] == [str(number)] or at.query_params["funding"] == str(number)
    assert [title.value for title in at.title] == ["Border \\*posts\\*"]
    assert seen(records, number).draft.title == "Border *posts*"
    assert [toast.value for toast in at.toast] == ["Saved as a draft."]


def test_a_refusal_tells_every_reason_and_keeps_what_was_typed(records: str) -> None:
    need = answered(records)
    at = opened(Role.FOCAL_POINT, "funding_request", need=str(need))
    form = f"funding:need-{need}"
    filled(at, form, title="Posts", total="1,5", rate_date="soon", objective="Keep me")
    at.button(key="funding_submit").click().run()
    told = reasons(at)
    assert "“1,5” is not an amount. Write digits, such as 1700000." in told
    assert any(reason.startswith("“soon” is not a date.") for reason in told)
    assert {
        "Say by when the money is needed.",
        "The risks are missing. Say what could go wrong and what you do about it.",
        "The total is missing. Say how much is asked.",
    } <= set(told)
    assert field(at, form, "objective").value == "Keep me"
    assert field(at, form, "total").value == "1,5"


def grown(at: AppTest, alt: str, *rows: dict[str, str]) -> AppTest:
    """Add rows to a grid, as a browser would."""
    (grid,) = (frame for frame in at.data_editor if frame.proto.alt == alt)
    return sent(at, grid, {"edited_rows": {}, "added_rows": list(rows), "deleted_rows": []})


def test_activities_and_budget_lines_are_added_in_grids_and_summed(records: str) -> None:
    need = answered(records)
    at = opened(Role.FOCAL_POINT, "funding_request", need=str(need))
    form = f"funding:need-{need}"
    filled(at, form, title="Posts", needed_by=f"{NEXT_YEAR}", objective="Safer", risks="Few")
    year = str(NEXT_YEAR)
    plan = "Activities of the request, to be edited"
    budget = "Budget lines of the request, to be edited"
    grown(at, plan, {"title": "Train", "starts": year, "ends": year})
    grown(
        at,
        budget,
        {"activity": "Train", "what": "Hall", "amount": "1,000.50"},
        {"activity": "Train", "what": "Travel", "amount": "2000"},
        {"activity": "Swim", "what": "Pool", "amount": "lots"},
    )
    at.button(key="funding_submit").click().run()
    assert reasons(at) == [
        "The budget line “Pool” names no activity of the request. Choose one.",
        "“lots” is not an amount. Write digits, such as 1700000.",
        "The total is missing. Say how much is asked.",
    ]
    again = opened(Role.FOCAL_POINT, "funding_request", need=str(need))
    assert len(again.session_state[f"{form}:lines"]) == 3
    grid = next(frame for frame in again.data_editor if frame.proto.alt == budget)
    edits = {"edited_rows": {}, "added_rows": [], "deleted_rows": [2]}
    sent(again, grid, edits)
    (take,) = (one for one in again.button if one.label == "Take this sum as the total")
    take.click().run()
    assert field(again, form, "total").value == "3000.50"
    again.button(key="funding_submit").click().run()
    assert not again.error
    found = seen(records, only(records))
    assert found.state is S.SUBMITTED
    assert found.draft.total == Decimal("3000.50")
    assert [(one.title, len(one.lines)) for one in found.draft.activities] == [("Train", 2)]


def test_what_was_typed_is_there_after_a_lost_connection(records: str) -> None:
    number = at(records, S.DRAFT)
    form = f"funding:{number}"
    filled(
        opened(Role.FOCAL_POINT, "funding_request", funding=str(number)),
        form,
        risks="Typed before the line broke",
        total="12x",
    )
    again = opened(Role.FOCAL_POINT, "funding_request", funding=str(number))
    assert field(again, form, "risks").value == "Typed before the line broke"
    assert field(again, form, "total").value == "12x"
    assert seen(records, number).draft.risks != "Typed before the line broke"
    others = opened(Role.ADMINISTRATOR, "funding_request", funding=str(number))
    assert field(others, form, "risks").value == seen(records, number).draft.risks
    again.button(key="funding_forget").click().run()
    assert field(again, form, "risks").value == seen(records, number).draft.risks


def test_what_was_typed_stays_when_its_author_looks_elsewhere(records: str) -> None:
    number = at(records, S.DRAFT)
    form = f"funding:{number}"
    at_page = opened(Role.FOCAL_POINT, "funding_request", funding=str(number))
    filled(at_page, form, risks="Not yet saved")
    turned(at_page, "overview")
    turned(at_page, "funding_request", funding=str(number))
    assert field(at_page, form, "risks").value == "Not yet saved"
    assert len(at_page.session_state[f"{form}:lines"]) == 2


def test_a_version_that_changed_meanwhile_is_told_and_the_text_kept(records: str) -> None:
    number = at(records, S.DRAFT)
    form = f"funding:{number}"
    one = opened(Role.FOCAL_POINT, "funding_request", funding=str(number))
    other = opened(Role.ADMINISTRATOR, "funding_request", funding=str(number))
    filled(other, form, title="The other's").button(key="funding_save").click().run()
    filled(one, form, title="Mine").button(key="funding_save").click().run()
    assert any("Somebody changed this request meanwhile." in reason for reason in reasons(one))
    assert field(one, form, "title").value == "Mine"
    assert seen(records, number).draft.title == "The other's"


def test_a_request_goes_from_draft_to_endorsement_on_the_screen(records: str) -> None:
    number = at(records, S.DRAFT)
    author = opened(Role.FOCAL_POINT, "funding_request", funding=str(number))
    author.button(key="funding_submit").click().run()
    assert not author.error
    assert seen(records, number).state is S.SUBMITTED
    desk = opened(Role.DESK_OFFICER, "funding_request", funding=str(number))
    desk.button(key="funding_under_review").click().run()
    assert seen(records, number).state is S.UNDER_REVIEW
    desk.button(key="funding_endorsed").click().run()
    assert "Questions of the review without an answer: 8. Answer all 8 to endorse." in reasons(desk)
    form = f"funding_step:{number}"
    for radio in desk.main.radio:
        radio.set_value("yes")
    filled(desk, form, lasting="partly", comment="Good")
    desk.button(key="funding_endorsed").click().run()
    assert reasons(desk) == ["Answers without a reason: 1. Say why for each “partly” and “no”."]
    assert field(desk, form, "comment").value == "Good"
    filled(desk, form, lasting_why="Staff may leave")
    desk.button(key="funding_endorsed").click().run()
    assert not desk.error
    found = seen(records, number)
    assert (found.state, found.moves[-1].comment, len(found.reviews)) == (S.ENDORSED, "Good", 8)
    assert len(table(desk, "Answers of the review")) == 8
    history = table(desk, "History of the request")
    assert list(history["new"][history["what"] == "State"]) == [
        "Endorsed",
        "Under review",
        "Submitted",
    ]
    assert "Will the result last after the money ends?" in set(history["what"])


def test_what_to_change_stands_above_the_form_of_a_returned_request(records: str) -> None:
    number = at(records, S.RETURNED)
    author = opened(Role.FOCAL_POINT, "funding_request", funding=str(number))
    assert [one.value for one in author.warning] == ["To be changed: Say more"]
    author.button(key="funding_submit").click().run()
    assert (seen(records, number).state, seen(records, number).round) == (S.SUBMITTED, 2)
    assert said(author, "Round 2 of review")


def test_money_is_recorded_and_shown_by_donor(records: str) -> None:
    number = at(records, S.ENDORSED)
    desk = opened(Role.DESK_OFFICER, "funding_request", funding=str(number))
    form = f"funding_flow:{number}"
    filled(desk, form, kind="commitment", donor="DNK", amount="1000.01")
    desk.button(key="funding_record").click().run()
    assert len(reasons(desk)) == 1
    assert "1,000.01 USD" in reasons(desk)[0]
    assert field(desk, form, "amount").value == "1000.01"
    filled(desk, form, amount="400")
    desk.button(key="funding_record").click().run()
    assert not desk.error
    shown = table(desk, "Money by donor")
    assert list(shown["donor"]) == ["DNK", "All donors"]
    assert set(shown["flow_committed"]) == {"US$\u00a0400"}
    assert set(shown["flow_pledged"]) == {"–"}


def test_an_entry_that_was_wrong_is_taken_back_and_its_lack_is_told(records: str) -> None:
    number = at(records, S.ENDORSED)
    _funded(records, number)
    desk = opened(Role.DESK_OFFICER, "funding_request", funding=str(number))
    assert not desk.warning
    form = f"funding_correction:{number}"
    (entry,) = seen(records, number).flows
    filled(desk, form, entry=str(entry.number))
    assert len(desk.warning) == 1
    desk.button(key="funding_correct").click().run()
    assert reasons(desk) == ["Say in a line why the entry is wrong."]
    assert field(desk, form, "entry").value == str(entry.number)
    filled(desk, form, why="A zero too many")
    desk.button(key="funding_correct").click().run()
    assert not desk.error
    assert [toast.value for toast in desk.toast] == ["Taken back: both entries stay on record."]
    assert seen(records, number).standing == ()
    assert len(seen(records, number).flows) == 2
    (short,) = [one.value for one in desk.warning]
    assert short.startswith("No commitment is recorded, and a pledge secures nothing.")
    assert "funding_correct" not in {button.key for button in desk.main.button}
    shown = table(desk, "Each amount of money")
    assert list(shown["corrected"]) == ["taken back", f"takes back number {entry.number}"]
    assert list(shown["amount"]) == ["US$\u00a0400", "-US$\u00a0400"]


STEPS: dict[tuple[Role, FundingState], set[str]] = {
    (Role.FOCAL_POINT, S.SUBMITTED): {"withdrawn"},
    (Role.FOCAL_POINT, S.ENDORSED): {"withdrawn"},
    (Role.FOCAL_POINT, S.FUNDED): {"reported"},
    (Role.DESK_OFFICER, S.SUBMITTED): {"under_review", "withdrawn"},
    (Role.DESK_OFFICER, S.ENDORSED): {"offered", "withdrawn", "record"},
    (Role.DESK_OFFICER, S.FUNDED): {"reported", "record", "correct"},
    (Role.ADMINISTRATOR, S.SUBMITTED): {"under_review", "withdrawn"},
    (Role.ADMINISTRATOR, S.ENDORSED): {"offered", "withdrawn", "record"},
    (Role.ADMINISTRATOR, S.FUNDED): {"reported", "record", "correct"},
}


@pytest.mark.parametrize("state", [S.SUBMITTED, S.ENDORSED, S.FUNDED])
def test_each_role_is_offered_its_own_steps_and_no_others(
    records: str, state: FundingState
) -> None:
    number = at(records, S.ENDORSED if state is S.FUNDED else state)
    if state is S.FUNDED:
        _funded(records, number)
    for role in Role:
        shown = opened(role, "funding_request", funding=str(number))
        buttons = {
            str(button.key).removeprefix("funding_")
            for button in shown.main.button
            if str(button.key).startswith("funding_")
        }
        assert buttons == STEPS.get((role, state), set()), role
        assert not shown.exception


def _funded(url: str, number: int) -> None:
    with db.transaction(db.shared_engine(url)) as session:
        record_flow(session, REVIEWER, number, flow(BudgetKind.COMMITMENT, 400, "DNK"))
        fund.offer(session, REVIEWER, number)
        fund.fund(session, REVIEWER, number)


@pytest.mark.parametrize("role", Role)
def test_a_draft_that_is_not_open_and_one_that_is_not_there_say_the_same(
    records: str, role: Role
) -> None:
    number = at(records, S.DRAFT)
    told = []
    for asked in (str(number), "999999"):
        shown = opened(role, "funding_request", funding=asked)
        told.append([one.value for one in shown.warning])
        assert not shown.exception
    own = role in (Role.FOCAL_POINT, Role.DESK_OFFICER, Role.ADMINISTRATOR)
    assert (told[0] == told[1]) != own


def test_donors_and_partners_read_no_word_of_the_review(records: str) -> None:
    number = at(records, S.ENDORSED)
    for role in (Role.DONOR, Role.COUNTERPART):
        shown = opened(role, "funding_request", funding=str(number))
        assert [title.value for title in shown.title] == ["Border posts in the north"]
        assert "desk_officer" not in everything(shown)
        assert list(table(shown, "Moves of the request")["state"]) == ["Endorsed"]
        assert table(shown, "Answers of the review").empty


@pytest.mark.parametrize("role", [Role.VIEWER, Role.DONOR, Role.COUNTERPART])
@pytest.mark.usefixtures("records")
def test_who_may_not_write_requests_is_told_where_to_read_them(role: Role) -> None:
    shown = opened(role, "funding_request")
    assert [one.value for one in shown.info] == [
        "Desk officers and focal points write funding requests. "
        "To read one, open it from the pipeline."
    ]
    assert not shown.main.button
