"""The screen's reads of a need that is amended, and of what it rests on."""

from dataclasses import dataclass

from ctai.domain.faults import Fault
from ctai.domain.needs import NeedDraft
from ctai.domain.raised_needs import floor_of_finding
from ctai.domain.roles import Viewer, Visibility
from ctai.queries import codes
from ctai.queries import need_drafts as drafts
from ctai.services import amend_need
from ctai.ui import store
from ctai.ui.store import requests


@dataclass(frozen=True)
class RestsOn:
    """What a need rests on: its countries, and the most open that the need may be."""

    countries: tuple[str, ...]
    floor: Visibility


def need(viewer: Viewer, number: int) -> NeedDraft | None:
    """Read a need afresh."""
    with store.reading() as session:
        return drafts.draft_of(session, viewer, number)


def version(viewer: Viewer, number: int) -> int | None:
    """Read the version of a need that a form starts from."""
    with store.reading() as session:
        return drafts.version_of(session, viewer, number)


def may_amend(viewer: Viewer, draft: NeedDraft) -> bool:
    """Tell whether a need is the viewer's to amend."""
    with store.reading() as session:
        return amend_need.may_amend(session, viewer, draft)


def amended_faults(viewer: Viewer, draft: NeedDraft) -> list[Fault]:
    """List what is wrong with a need as it would become, before it is tried."""
    with store.reading() as session:
        return amend_need.amended_faults(session, viewer, draft, codes.known(session))


def evidence_of(viewer: Viewer, draft: NeedDraft) -> RestsOn | None:
    """Read what a need rests on; None where that is no record, or one closed to the viewer."""
    if draft.request_id is not None:
        asked = requests.request(viewer, draft.request_id)
        return None if asked is None else RestsOn((asked.country,), asked.visibility)
    visit = requests.assessment(viewer, draft.assessment_id or 0)
    if visit is None:
        return None
    found = [one for one in visit.discoveries if one.finding_id == draft.finding_id]
    floor = floor_of_finding(visit, found[0]) if found else visit.visibility
    return RestsOn(visit.countries, floor)
