"""The screen's writes of review: decisions on what waits, and who is trusted."""

from collections.abc import Iterable

from ctai.domain.faults import Fault, Refused
from ctai.domain.roles import Viewer
from ctai.services import decide_proposal, trust_entity
from ctai.ui import writes


def accept(viewer: Viewer, proposal_id: int, version: int | None, comment: str) -> int:
    """Let a change count and give its record's number; raise Refused with reasons."""
    with writes.writing() as session:
        return decide_proposal.accept(session, viewer, proposal_id, version, comment)


def accept_several(viewer: Viewer, proposal_ids: Iterable[int]) -> tuple[int, list[Fault]]:
    """Let several changes count, each by itself; give how many did, and why the others did not."""
    count = 0
    faults: list[Fault] = []
    for proposal_id in proposal_ids:
        try:
            accept(viewer, proposal_id, None, "")
        except Refused as refusal:
            faults += refusal.faults
        else:
            count += 1
    return count, faults


def give_back(viewer: Viewer, proposal_id: int, version: int | None, comment: str) -> None:
    """Return a change to its author with a comment; raise Refused with reasons."""
    with writes.writing() as session:
        decide_proposal.give_back(session, viewer, proposal_id, comment, version)


def withdraw(viewer: Viewer, proposal_id: int) -> None:
    """Take one's own change back; raise Refused with reasons."""
    with writes.writing() as session:
        decide_proposal.withdraw(session, viewer, proposal_id)


def trust(viewer: Viewer, entity: str, why: str) -> None:
    """Let an entity's changes count at once; raise Refused with reasons."""
    with writes.writing() as session:
        trust_entity.trust_entity(session, viewer, entity, why)


def end_trust(viewer: Viewer, entity: str) -> None:
    """Have an entity's changes reviewed again; raise Refused with reasons."""
    with writes.writing() as session:
        trust_entity.end_trust(session, viewer, entity)
