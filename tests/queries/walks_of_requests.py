"""Walks of requests, assessments and needs, each read whole."""

from collections.abc import Callable

from sqlalchemy import insert, update
from sqlmodel import col

from ctai.domain.evidence import Disclosure
from ctai.domain.roles import Action, Role
from ctai.models.needs import Assessment, AssessmentFinding, Need
from ctai.queries import assessments, need_drafts, requests
from tests.queries.walk import Look, letters_of, walks

HIDDEN, OPEN = "Wolverhampton", "Vladikavkaz"


def _found(numbers: dict[str, int], read: Callable[[int], object]) -> str:
    """Give the letters of the records that a read finds."""
    return "".join(sorted(letter for letter, n in numbers.items() if read(n) is not None))


@walks(requests.draft_of)
def _request(look: Look) -> None:
    found = _found(look.world.requests, lambda n: requests.draft_of(look.session, look.viewer, n))
    assert found == look.sight.requests


@walks(requests.version_of)
def _request_version(look: Look) -> None:
    found = _found(look.world.requests, lambda n: requests.version_of(look.session, look.viewer, n))
    assert found == look.sight.requests


@walks(requests.needs_of)
def _request_needs(look: Look) -> None:
    number = look.world.requests["A"]
    look.session.execute(update(Need).values(request_id=number))
    frame = requests.needs_of(look.session, look.viewer, number)
    # The request is UNODC's: what rests on it is the focal point's own.
    is_theirs = look.viewer.role is Role.FOCAL_POINT
    expected = "".join(look.world.needs) if is_theirs else look.sight.needs
    assert letters_of(look.world.needs, frame["need_id"]) == expected
    assert requests.needs_of(look.session, look.viewer, look.world.requests["B"]).empty


@walks(assessments.draft_of)
def _assessment(look: Look) -> None:
    number = look.world.assessments["A"]
    texts = {Disclosure.YES: OPEN, Disclosure.PARTLY: HIDDEN, Disclosure.WITHHELD: ""}
    rows = [
        {
            "assessment_id": number,
            "position": place,
            "measure": "II.13",
            "finding": text,
            "disclosed": disclosed.value,
        }
        for place, (disclosed, text) in enumerate(texts.items())
    ]
    look.session.execute(insert(AssessmentFinding), rows)
    look.session.execute(
        update(Assessment).where(col(Assessment.id) == number).values(findings=HIDDEN)
    )
    found = _found(
        look.world.assessments, lambda n: assessments.draft_of(look.session, look.viewer, n)
    )
    assert found == look.sight.assessments
    draft = assessments.draft_of(look.session, look.viewer, number)
    assert draft is not None
    inside = look.viewer.may(Action.SEE_UN_SYSTEM)
    assert [d.text for d in draft.discoveries] == [OPEN, HIDDEN if inside else "", ""]
    assert draft.findings == (HIDDEN if inside else "")


@walks(assessments.version_of)
def _assessment_version(look: Look) -> None:
    found = _found(
        look.world.assessments, lambda n: assessments.version_of(look.session, look.viewer, n)
    )
    assert found == look.sight.assessments


@walks(assessments.needs_of)
def _assessment_needs(look: Look) -> None:
    number = look.world.assessments["A"]
    look.session.execute(update(Need).values(assessment_id=number))
    frame = assessments.needs_of(look.session, look.viewer, number)
    assert letters_of(look.world.needs, frame["need_id"]) == look.sight.needs


@walks(need_drafts.draft_of)
def _need(look: Look) -> None:
    found = _found(look.world.needs, lambda n: need_drafts.draft_of(look.session, look.viewer, n))
    assert found == look.sight.needs


@walks(need_drafts.version_of)
def _need_version(look: Look) -> None:
    found = _found(look.world.needs, lambda n: need_drafts.version_of(look.session, look.viewer, n))
    assert found == look.sight.needs
