"""The pipeline's downloads hold what their reader may see, narrowed as the address asks."""

import csv
import io

import pytest
from sqlmodel import Session

from ctai import files
from ctai.domain.faults import Refused
from ctai.domain.funding import FundingState
from ctai.domain.money import BudgetKind
from ctai.domain.picking import NotProven
from ctai.domain.roles import SYSTEM, Role, Viewer
from ctai.services.store_evidence import enter_need
from tests.drafts import ADMINISTRATOR, KNOWN, PEOPLE, add_code_lists, need
from tests.pipeline_drafts import flow, store_request


@pytest.fixture(autouse=True)
def stored(session: Session) -> None:
    """An endorsed request of Nigeria and a draft of Burkina Faso."""
    add_code_lists(session)
    number = enter_need(session, SYSTEM, need(), KNOWN)
    pledge = flow(BudgetKind.PLEDGE, 10)
    store_request(session, "F-1", [number], total=300, flows=[pledge])
    store_request(session, "F-2", [], ("BFA",), entity="CTED", state=FundingState.DRAFT, total=500)


def told(session: Session, what: str, viewer: Viewer, **asked: str) -> list[dict[str, str]]:
    text = b"".join(files.csv_of(what, session, viewer, asked, "en")).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_file_of_requests_holds_what_its_reader_sees(session: Session) -> None:
    everything = told(session, "funding", ADMINISTRATOR)
    assert [line["request"] for line in everything] == ["F-1", "F-2"]
    assert [line["request"] for line in told(session, "funding", PEOPLE[Role.DONOR])] == ["F-1"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"country": "BFA"}, ["F-2"]),
        ({"entity": "UNODC"}, ["F-1"]),
        ({"donor": "Denmark"}, ["F-1"]),
        ({"funding_state": "draft,endorsed"}, ["F-1", "F-2"]),
        ({"funding_state": "closed"}, []),
        ({"pillar": "II"}, ["F-1"]),
    ],
)
def test_a_file_is_narrowed_as_the_page_is(
    session: Session, asked: dict[str, str], found: list[str]
) -> None:
    lines = told(session, "funding", ADMINISTRATOR, **asked)
    assert [line["request"] for line in lines] == found


def test_sums_leave_drafts_out_unless_they_are_asked_for(session: Session) -> None:
    (line,) = told(session, "funding_sums", ADMINISTRATOR)
    assert (line["country"], line["asked_usd"], line["pledged_usd"]) == ("NGA", "300.00", "10.00")
    (draft,) = told(
        session, "funding_sums", ADMINISTRATOR, funding_state="draft", money_by="entity"
    )
    assert (draft["entity"], draft["asked_usd"]) == ("CTED", "500.00")


def test_what_if_is_reckoned_for_its_reader(session: Session) -> None:
    (line,) = told(session, "what_if", PEOPLE[Role.DONOR], amount="300")
    assert (line["picked"], line["request"], line["closes"]) == ("1", "F-1", "N-1")
    (left,) = told(session, "what_if", ADMINISTRATOR, amount="300", country="BFA")
    assert (left["picked"], left["reasons"]) == ("0", "other_country")


@pytest.mark.parametrize(
    ("what", "asked", "column"),
    [
        ("funding", {"funding_state": "nonsense"}, "funding_state"),
        ("funding", {"donor": "Nobody"}, "donor"),
        ("funding_sums", {"money_by": "year"}, "money_by"),
        ("what_if", {"amount": "x"}, "amount"),
    ],
)
def test_what_cannot_be_asked_for_is_refused(
    session: Session, what: str, asked: dict[str, str], column: str
) -> None:
    with pytest.raises(Refused) as refusal:
        told(session, what, ADMINISTRATOR, **asked)
    assert [fault.column for fault in refusal.value.faults] == [column]


def test_an_answer_that_is_not_proven_is_refused(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_given: object) -> None:
        raise NotProven

    monkeypatch.setattr("ctai.domain.what_if.best", never)
    with pytest.raises(Refused, match="could not be proven in time"):
        told(session, "what_if", ADMINISTRATOR)
