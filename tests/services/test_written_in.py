"""The language of a need, an assessment and a request is stored, kept, logged and checked."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlmodel import Session, col

from ctai.domain.assessments import assessment_faults
from ctai.domain.needs import need_faults
from ctai.domain.requests import request_faults
from ctai.domain.roles import SYSTEM
from ctai.models.records import Revision
from ctai.queries import assessments, need_drafts, requests
from ctai.services.amend_need import amend_need
from ctai.services.store_assessment import amend_assessment
from ctai.services.store_evidence import enter_assessment, enter_need, enter_request
from ctai.services.store_request import amend_request
from tests.drafts import KNOWN, add_code_lists, assessment, need, request


@pytest.fixture
def store(session: Session) -> Session:
    """A session on a store with the code lists."""
    add_code_lists(session)
    return session


def logged(session: Session) -> list[str | None]:
    """Give what the log says of languages, oldest first."""
    said = select(col(Revision.new)).where(col(Revision.field) == "written_in")
    return list(session.scalars(said.order_by(col(Revision.id))))


def test_a_need_keeps_its_language_when_something_else_is_amended(store: Session) -> None:
    number = enter_need(store, SYSTEM, replace(need("N-1"), language="fr"), KNOWN)
    found = need_drafts.draft_of(store, SYSTEM, number)
    assert found is not None
    amend_need(store, SYSTEM, number, replace(found, note="Lu deux fois"), 1, KNOWN)
    kept = need_drafts.draft_of(store, SYSTEM, number)
    assert kept is not None
    assert (kept.language, kept.note) == ("fr", "Lu deux fois")
    assert logged(store) == ["fr"]


def test_a_request_keeps_its_language_when_something_else_is_amended(store: Session) -> None:
    number = enter_request(store, SYSTEM, replace(request(), language="fr"), KNOWN)
    found = requests.draft_of(store, SYSTEM, number)
    assert found is not None
    amend_request(store, SYSTEM, number, replace(found, note="Lu"), 1, KNOWN)
    kept = requests.draft_of(store, SYSTEM, number)
    assert kept is not None
    assert (kept.language, kept.note) == ("fr", "Lu")


def test_the_language_of_an_assessment_can_be_corrected(store: Session) -> None:
    number = enter_assessment(store, SYSTEM, assessment(), KNOWN)
    found = assessments.draft_of(store, SYSTEM, number)
    assert found is not None
    assert found.language is None, "nobody has said"
    amend_assessment(store, SYSTEM, number, replace(found, language="fr"), 1, KNOWN)
    kept = assessments.draft_of(store, SYSTEM, number)
    assert kept is not None
    assert kept.language == "fr"
    assert logged(store) == ["fr"]


def test_an_unknown_language_is_refused() -> None:
    faults = [
        *need_faults(replace(need("N-1"), language="xx"), KNOWN),
        *assessment_faults(replace(assessment(), language="xx"), KNOWN),
        *request_faults(replace(request(), language="xx"), KNOWN),
    ]
    assert [fault.column for fault in faults] == ["language"] * 3
    assert all("“xx”" in fault.in_english() for fault in faults)
