"""The needs page: for each role its own ladder, forms for what it may do, and refusals that keep
what was typed."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlmodel import Session, col
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Dataframe

from ctai import db
from ctai.domain.ladder import Answer, ConsentAnswer
from ctai.domain.need_moves import Move
from ctai.domain.needs import NeedState
from ctai.domain.roles import SYSTEM, Role, Visibility
from ctai.i18n.isolates import isolated
from ctai.models.ladder import Consent, Enquiry
from ctai.models.trust import CalendarDay, FormDraft
from ctai.queries import codes
from ctai.services.answer_capacity import answer_capacity
from ctai.services.ask_capacity import ask_capacity
from ctai.services.ask_consent import ask_consent
from ctai.services.move_need import move_need
from ctai.services.store_evidence import enter_need
from ctai.ui import store
from tests.app.conftest import opened
from tests.app.screen import READ, everything, reasons, row_picked, said
from tests.drafts import need

INSIDE = frozenset(Role) - {Role.COUNTERPART, Role.DONOR}
SECRET = "Only for the United Nations to read"


def a_need(url: str, visibility: Visibility = Visibility.PUBLIC) -> int:
    """Store a need of Nigeria about which UNODC is asked today."""
    with db.transaction(db.shared_engine(url)) as session:
        number = enter_need(
            session, SYSTEM, need("N-TEST", visibility=visibility), codes.known(session)
        )
        ask_capacity(session, SYSTEM, number, ["UNODC"], SECRET)
    return number


def question(url: str) -> Enquiry:
    with db.reading(db.shared_engine(url)) as session:
        return session.scalars(select(Enquiry).order_by(col(Enquiry.id).desc()).limit(1)).one()


def state_asked(url: str, number: int) -> int:
    """Have UNODC say that it can't, and ask Nigeria; give the number of the question."""
    asked = question(url).id or 0
    with db.transaction(db.shared_engine(url)) as session:
        answer_capacity(session, SYSTEM, asked, Answer.CANNOT, "No staff", "Chief")
        ask_consent(session, SYSTEM, number, ["NGA"])
    with db.reading(db.shared_engine(url)) as session:
        return session.scalars(select(func.max(col(Consent.id)))).one() or 0


def frame_of(at: AppTest, alt: str) -> Dataframe:
    """Give the table with this alternative text."""
    return next(frame for frame in at.dataframe if frame.proto.alt == alt)


def buttons(at: AppTest) -> set[str]:
    """Give the forms that can be sent."""
    keys = {str(button.key) for button in at.button}
    return {key.split("_")[0] for key in keys if key.endswith(":send")}


@pytest.mark.parametrize("lang", READ)
@pytest.mark.parametrize("role", Role)
def test_a_need_opens_for_each_role_with_the_forms_for_what_it_may_do(
    records: str, role: Role, lang: str
) -> None:
    at = opened(role, "need", lang=lang, need=str(a_need(records)))
    assert not at.exception
    assert not at.error
    assert at.title[0].value == isolated(lang, "Need N\\-TEST")
    expected = {
        Role.DESK_OFFICER: {"ask", "answer", "move"},
        Role.ADMINISTRATOR: {"ask", "answer", "move"},
        Role.FOCAL_POINT: {"answer"},
    }.get(role, set())
    assert buttons(at) - {"link"} == expected
    assert role in INSIDE or SECRET not in everything(at)


def test_the_ladder_is_for_the_united_nations(records: str) -> None:
    number = str(a_need(records))
    for role in Role:
        at = opened(role, "need", need=number)
        told = said(at, "It opens once the entities that were asked have answered.")
        assert told == (role in INSIDE), role


def test_a_refused_answer_keeps_what_was_typed_and_a_good_one_is_shown(records: str) -> None:
    number = a_need(records)
    form = f"answer_{question(records).id}"
    at = opened(Role.FOCAL_POINT, "need", need=str(number))
    at.text_area(key=f"{form}:reason").set_value("Two trainers are free")
    at.button(key=f"{form}:send").click().run()
    assert reasons(at) == [
        "Choose one of the answers.",
        "Say in which role you answer, such as Head of Section.",
    ]
    assert at.text_area(key=f"{form}:reason").value == "Two trainers are free"
    assert question(records).answer is None
    at.radio(key=f"{form}:answer_en").set_value(Answer.CAN)
    at.text_input(key=f"{form}:role").set_value("Chief of Branch")
    at.button(key=f"{form}:send").click().run()
    assert not at.error
    stored = question(records)
    assert (stored.answer, stored.answered_by) == (Answer.CAN, Role.FOCAL_POINT.value)
    assert said(at, "Two trainers are free")
    assert f"{form}:send" not in {button.key for button in at.button}


def test_entities_are_asked_from_the_page(records: str) -> None:
    number = a_need(records)
    at = opened(Role.DESK_OFFICER, "need", need=str(number))
    form = f"ask_{number}"
    at.button(key=f"{form}:send").click().run()
    assert reasons(at) == ["Choose at least one entity to ask."]
    at.multiselect(key=f"{form}:entities").set_value(["CTED"])
    at.button(key=f"{form}:send").click().run()
    assert not at.error
    assert question(records).entity == "CTED"
    assert question(records).asked_by == Role.DESK_OFFICER.value


def test_a_pick_is_not_sent_back_over_one_made_meanwhile(records: str) -> None:
    number = a_need(records)
    at = opened(Role.DESK_OFFICER, "need", need=str(number))
    at.multiselect(key=f"ask_{number}:entities").set_value(["CTED"]).run()
    assert not at.multiselect(key=f"ask_{number}:entities").proto.set_value


def test_a_state_answers_about_a_need_that_it_does_not_see(records: str) -> None:
    number = a_need(records, Visibility.UN_SYSTEM)
    asked = state_asked(records, number)
    for role in (Role.DONOR, Role.COUNTERPART):
        shown = everything(opened(role, "need", need=str(number)))
        assert ("Need N" in shown) == (role is Role.COUNTERPART)
    at = opened(Role.COUNTERPART, "need", need=str(number))
    assert SECRET not in everything(at)
    form = f"consent_{asked}"
    at.radio(key=f"{form}:answer_en").set_value(ConsentAnswer.OBJECTS)
    at.text_input(key=f"{form}:role").set_value("Director")
    at.button(key=f"{form}:send").click().run()
    assert reasons(at) == ["The reason is missing. Say in a line why."]
    at.text_area(key=f"{form}:reason").set_value("Sensitive")
    at.button(key=f"{form}:send").click().run()
    with db.reading(db.shared_engine(records)) as session:
        assert session.get_one(Consent, asked).answer == ConsentAnswer.OBJECTS


def test_what_is_typed_into_an_answer_outlives_its_visit_and_is_its_authors_alone(
    records: str,
) -> None:
    number = a_need(records)
    form = f"answer_{question(records).id}"
    at = opened(Role.FOCAL_POINT, "need", need=str(number))
    at.radio(key=f"{form}:answer_en").set_value(Answer.CANNOT)
    at.text_area(key=f"{form}:reason").set_value("Half a sent").run()
    again = opened(Role.FOCAL_POINT, "need", need=str(number))
    assert again.text_area(key=f"{form}:reason").value == "Half a sent"
    assert again.radio(key=f"{form}:answer_en").value == Answer.CANNOT
    other = opened(Role.ADMINISTRATOR, "need", need=str(number))
    assert other.text_area(key=f"{form}:reason").value == ""
    again.text_area(key=f"{form}:reason").set_value("No staff")
    again.text_input(key=f"{form}:role").set_value("Chief")
    again.button(key=f"{form}:send").click().run()
    assert not again.error
    with db.reading(db.shared_engine(records)) as session:
        assert session.scalars(select(func.count()).select_from(FormDraft)).one() == 0


def test_who_answers_second_reads_why_it_is_refused_and_what_they_had_written(
    records: str,
) -> None:
    number = a_need(records)
    asked = question(records).id or 0
    form = f"answer_{asked}"
    at = opened(Role.FOCAL_POINT, "need", need=str(number))
    with db.transaction(db.shared_engine(records)) as session:
        answer_capacity(session, SYSTEM, asked, Answer.CANNOT, "No staff", "Chief")
    at.radio(key=f"{form}:answer_en").set_value(Answer.CAN)
    at.text_area(key=f"{form}:reason").set_value("Two trainers are free in March")
    at.text_input(key=f"{form}:role").set_value("Chief")
    at.button(key=f"{form}:send").click().run()
    assert len(reasons(at)) == 1
    assert any("Two trainers are free in March" in code.value for code in at.code)


def test_a_test_is_filled_in_from_the_answers_and_recorded_by_a_person(records: str) -> None:
    number = a_need(records)
    asked = state_asked(records, number)
    with db.transaction(db.shared_engine(records)) as session:
        row = session.get_one(Consent, asked)
        row.answer, row.answered_on = ConsentAnswer.OBJECTS.value, row.asked_on
        row.answered_as = "Director"
    at = opened(Role.DESK_OFFICER, "need", need=str(number))
    form = f"test_{number}_not_from_un"
    assert at.radio(key=f"{form}:passed_en").value == "yes"
    assert at.text_area(key=f"{form}:reason").value == "Cannot answer the need: UNODC."
    assert at.radio(key=f"test_{number}_essential:passed_en").value is None
    at.text_input(key=f"{form}:role").set_value("Desk officer")
    at.button(key=f"{form}:send").click().run()
    assert not at.error
    assert said(at, "{n} of {of} tests of gap-filling funding have an answer.", n="1", of="4")


def test_a_page_that_is_out_of_date_moves_nothing(records: str) -> None:
    number = a_need(records)
    at = opened(Role.DESK_OFFICER, "need", need=str(number))
    with db.transaction(db.shared_engine(records)) as session:
        move_need(session, SYSTEM, number, Move(NeedState.WITHDRAWN, "Overtaken"), 1)
    form = f"move_{number}"
    at.radio(key=f"{form}:to_en").set_value(NeedState.WITHDRAWN)
    at.text_area(key=f"{form}:reason").set_value("Mine")
    at.button(key=f"{form}:send").click().run()
    assert buttons(at) == set()
    assert said(at, "{state}. {age}", state="Withdrawn", age="It was found") or not at.exception


@pytest.mark.usefixtures("shelf")
def test_a_need_that_is_not_there_says_so() -> None:
    at = opened(Role.VIEWER, "need", need="999999")
    assert said(at, "There is no such need, or it is not open to you.")
    assert at.title


@pytest.mark.usefixtures("shelf")
def test_the_list_leads_to_a_need() -> None:
    at = opened(Role.VIEWER, "need", country="BFA")
    row_picked(at, frame_of(at, "Unmet needs, oldest first"), 0)
    assert at.query_params["need"]
    assert said(at, "The ladder")


def test_what_waits_for_me_stands_on_the_list(records: str) -> None:
    number = a_need(records)
    for role in Role:
        at = opened(role, "need")
        led = {link.proto.query_string for link in at.page_link}
        is_asked = role in {Role.FOCAL_POINT, Role.DESK_OFFICER, Role.ADMINISTRATOR}
        assert any(f"need={number}" in query for query in led) == is_asked, role


def test_the_calendar_is_edited_by_an_administrator(records: str) -> None:
    at = opened(Role.ADMINISTRATOR, "calendar")
    monday = store.today() - timedelta(days=store.today().weekday())
    at.text_input(key="calendar:day").set_value(monday.isoformat())
    at.button(key="calendar:send").click().run()
    assert reasons(at) == ["Name the day, such as Labour Day."]
    at.text_input(key="calendar:named").set_value("A holiday")
    at.button(key="calendar:send").click().run()
    with db.reading(db.shared_engine(records)) as session:
        assert session.scalars(select(col(CalendarDay.day))).all() == [monday.isoformat()]
    assert said(at, "Monday to Friday, but for {n} day.", n="1")
    row_picked(at, frame_of(at, "Days that differ from the week's rule"), 0)
    at.button(key="calendar_out:send").click().run()
    with db.reading(db.shared_engine(records)) as session:
        assert count_days(session) == 0


def count_days(session: Session) -> int:
    return session.scalars(select(func.count()).select_from(CalendarDay)).one()
