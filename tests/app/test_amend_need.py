"""A need amended on its page: by its desk at once, by a focal point after review, by no others."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from ctai import db
from ctai.domain.activities import Basis
from ctai.domain.needs import NeedDraft
from ctai.domain.roles import SYSTEM, Role, Visibility
from ctai.i18n import translate
from ctai.models.trust import FormDraft
from ctai.queries import codes, need_drafts
from ctai.services.amend_need import amend_need
from ctai.services.decide_proposal import accept
from ctai.services.store_need import enter_need
from ctai.services.store_request import enter_request
from tests import drafts
from tests.app.conftest import opened
from tests.app.screen import READ, reasons, said
from tests.requests_drafts import asked, details, item_ids, raise_from_request

TITLE = "Passport readers for the lake's posts"


def raised(url: str, visibility: Visibility = Visibility.UN_SYSTEM) -> int:
    """Give a need of Nigeria that rests on a request to UNODC."""
    with db.transaction(db.shared_engine(url)) as session:
        draft = asked(visibility=visibility)
        request = enter_request(session, SYSTEM, draft, codes.known(session))
        item = item_ids(session, request)[0]
        return raise_from_request(session, SYSTEM, request, item, details())


def found(url: str, number: int) -> NeedDraft:
    with db.reading(db.shared_engine(url)) as session:
        need = need_drafts.draft_of(session, SYSTEM, number)
    assert need is not None
    return need


def opened_form(role: Role, number: int, **query: str) -> AppTest:
    return opened(role, "need", need=str(number), amend="1", **query)


def field(at: AppTest, number: int, name: str) -> Any:
    return at.main.get_by_key(f"amended_need:{number}:{name}")


def filled_in(at: AppTest, number: int, **values: object) -> AppTest:
    for name, value in values.items():
        field(at, number, name).set_value(value)
    return at.run()


def saved(at: AppTest, number: int) -> AppTest:
    return at.button(key=f"save amended_need:{number}").click().run()


def test_a_desk_officer_amends_a_need_in_every_field(records: str) -> None:
    number = raised(records)
    before = found(records, number)
    page = opened(Role.DESK_OFFICER, "need", need=str(number))
    next(one for one in page.main.button if one.label == "Amend").click().run()
    at = filled_in(
        page,
        number,
        title=TITLE,
        for_whom="Border police",
        measure="II.14",
        severity="low",
        wanted_by="2027-03",
        cost="1 500",
        currency="CHF",
        visibility="restricted",
        sources="https://example.org/letter",
        note="Seen on the spot",
    )
    at = saved(filled_in(at, number, rate="1.13", rate_date="2026-02-16"), number)
    assert not at.error
    after = found(records, number)
    kept = ("code", "evidence_title", "evidence_date", "request_id", "request_item_id", "state")
    assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]
    assert after == replace(
        before,
        title=TITLE,
        measure="II.14",
        severity=after.severity,
        wanted_by="2027-03",
        estimated_cost=Decimal(1500),
        cost_currency="CHF",
        cost_rate_usd=Decimal("1.13"),
        cost_rate_date="2026-02-16",
        visibility=Visibility.RESTRICTED,
        basis=Basis.CONFIRMED,
        sources=after.sources,
        note="Seen on the spot",
    )
    assert after.severity == "low"
    assert [source.url for source in after.sources] == ["https://example.org/letter"]
    assert at.query_params["need"] == str(number)
    assert "amend" not in at.query_params
    assert at.title[0].value == TITLE
    with db.reading(db.shared_engine(records)) as session:
        assert not session.exec(select(FormDraft)).all()


def test_a_form_that_is_sent_as_it_was_found_changes_nothing(records: str) -> None:
    number = raised(records)
    before = found(records, number)
    at = saved(opened_form(Role.DESK_OFFICER, number), number)
    assert not at.error
    assert found(records, number) == before
    with db.reading(db.shared_engine(records)) as session:
        assert need_drafts.version_of(session, SYSTEM, number) == 1


def test_what_a_focal_point_amends_waits_for_its_desk(records: str) -> None:
    number = raised(records)
    at = opened_form(Role.FOCAL_POINT, number)
    at = saved(filled_in(at, number, title=TITLE), number)
    assert not at.error
    assert [toast.value for toast in at.toast] == [
        "Sent for review: it counts once the desk officer accepts it."
    ]
    assert found(records, number).title == "Passport readers"
    for role in (Role.FOCAL_POINT, Role.DESK_OFFICER, Role.VIEWER):
        page = opened(role, "need", need=str(number))
        assert said(page, "A change waits for review") is (role is not Role.VIEWER)
        labels = [one.label for one in page.main.button]
        assert ("Amend" in labels) is (role is Role.DESK_OFFICER)
    with db.transaction(db.shared_engine(records)) as session:
        accept(session, SYSTEM, int(at.query_params["proposal"]))
    assert found(records, number).title == TITLE


def test_every_reason_is_named_at_once_and_what_was_typed_stays(records: str) -> None:
    number = raised(records)
    before = found(records, number)
    at = opened_form(Role.DESK_OFFICER, number)
    at = filled_in(at, number, title="", wanted_by="soon", cost="a lot", note="Kept")
    at = saved(at, number)
    assert len(reasons(at)) == 3
    assert any("“a lot” is not an amount" in one for one in reasons(at))
    assert any("“soon” is not a date" in one for one in reasons(at))
    assert any("no title" in one for one in reasons(at))
    assert field(at, number, "note").value == "Kept"
    assert field(at, number, "cost").value == "a lot"
    assert found(records, number) == before
    again = opened_form(Role.DESK_OFFICER, number)
    assert field(again, number, "note").value == "Kept"


def test_a_need_is_not_made_more_open_than_what_it_rests_on(records: str) -> None:
    number = raised(records)
    at = opened_form(Role.DESK_OFFICER, number)
    assert field(at, number, "visibility").options == ["United Nations system", "Restricted"]


def test_a_newer_version_is_told_before_it_is_written_over(records: str) -> None:
    number = raised(records)
    at = filled_in(opened_form(Role.DESK_OFFICER, number), number, for_whom="Mine")
    with db.transaction(db.shared_engine(records)) as session:
        theirs = replace(found(records, number), note="Theirs")
        amend_need(session, SYSTEM, number, theirs, 1, codes.known(session))
    at = saved(at, number)
    assert any("Somebody changed this record" in one for one in reasons(at))
    assert found(records, number).for_whom == "Border police"
    assert not saved(at, number).error
    assert found(records, number).for_whom == "Mine"


def test_evidence_that_is_a_document_is_amended_with_its_need(records: str) -> None:
    with db.transaction(db.shared_engine(records)) as session:
        draft = drafts.need("N-TEST-1", ("NGA",))
        number = enter_need(session, SYSTEM, draft, codes.known(session))
    at = opened_form(Role.DESK_OFFICER, number)
    at = saved(filled_in(at, number, evidence_title="Visit of 2024", evidence_date="2024"), number)
    assert not at.error
    after = found(records, number)
    assert (after.evidence_title, after.evidence_date) == ("Visit of 2024", "2024")
    number = raised(records)
    at = opened_form(Role.DESK_OFFICER, number)
    assert "Title of the document" not in [one.label for one in at.main.text_input]


@pytest.mark.parametrize("lang", READ)
@pytest.mark.parametrize("role", Role)
def test_only_those_whose_it_is_are_offered_to_amend_it(
    records: str, role: Role, lang: str
) -> None:
    number = raised(records, Visibility.PUBLIC)
    may = role in (Role.DESK_OFFICER, Role.FOCAL_POINT, Role.ADMINISTRATOR)
    page = opened(role, "need", need=str(number), lang=lang)
    assert (translate(lang, "Amend") in [one.label for one in page.main.button]) is may
    form = opened_form(role, number, lang=lang)
    assert not form.exception
    assert bool(form.main.text_input) is may


@pytest.mark.parametrize("asked_for", ["0", "-1", "abc", "9" * 40])
@pytest.mark.usefixtures("shelf")
def test_a_number_that_is_no_needs_breaks_nothing(asked_for: str) -> None:
    at = opened(Role.ADMINISTRATOR, "need", need=asked_for, amend="1")
    assert not at.exception
