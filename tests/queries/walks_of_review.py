"""Walks of the reads of proposals: their entity's, their desks' and the administrators' to see."""

from ctai.domain.kinds import RecordKind
from ctai.domain.proposals import ProposalState
from ctai.domain.roles import Role
from ctai.models import draft_json
from ctai.models.trust import Proposal, ProposalCountry, TrustedEntity
from ctai.queries import accepted, proposals
from ctai.services.revisions import now
from tests.drafts import activity
from tests.queries.walk import Look, walks

PROPOSED = {
    "P": ("NGA", "UNODC"),
    "Q": ("BFA", "UNODC"),
    "R": ("NGA", "CTED"),
    "S": ("BFA", "CTED"),
}
SEEN = {Role.ADMINISTRATOR: "PQRS", Role.DESK_OFFICER: "PR", Role.FOCAL_POINT: "PQ"}
"""The desk is Nigeria's, the focal point UNODC's; nobody else sees what is not accepted."""


def _put(look: Look, state: ProposalState = ProposalState.PENDING) -> dict[str, int]:
    """Store a proposal per letter, each to amend the activity h; the walk's end undoes it."""
    numbers = {}
    for letter, (iso3, entity) in PROPOSED.items():
        row = Proposal(
            record_kind=RecordKind.ACTIVITY.value,
            action="amend",
            record_id=look.world.activities["h"],
            base_version=1,
            base=draft_json.written(activity("Before", (iso3,), (entity,))),
            draft=draft_json.written(activity(letter, (iso3,), (entity,))),
            title=letter,
            entity=entity,
            author="somebody",
            made_at=now(),
            state=state.value,
        )
        look.session.add(row)
        look.session.flush()
        numbers[letter] = row.id or 0
        look.session.add(ProposalCountry(proposal_id=numbers[letter], iso3=iso3))
    look.session.flush()
    return numbers


def _seen(look: Look) -> str:
    return SEEN.get(look.viewer.role, "")


@walks(proposals.waiting)
def _waiting(look: Look) -> None:
    _put(look)
    frame = proposals.waiting(look.session, look.viewer)
    assert "".join(frame["title"]) == _seen(look)
    assert list(frame["countries"]) == [PROPOSED[letter][0] for letter in _seen(look)]


@walks(proposals.decided)
def _decided(look: Look) -> None:
    _put(look)
    assert proposals.decided(look.session, look.viewer, 100).empty
    _put(look, ProposalState.RETURNED)
    frame = proposals.decided(look.session, look.viewer, 100)
    assert sorted(frame["title"]) == list(_seen(look))


@walks(proposals.count_waiting)
def _count_waiting(look: Look) -> None:
    _put(look, ProposalState.ACCEPTED)
    _put(look)
    assert proposals.count_waiting(look.session, look.viewer) == len(_seen(look))


@walks(proposals.pending_of)
def _pending_of(look: Look) -> None:
    numbers = _put(look)
    found = proposals.pending_of(
        look.session, look.viewer, RecordKind.ACTIVITY, look.world.activities["h"]
    )
    assert found == tuple(numbers[letter] for letter in _seen(look))


@walks(proposals.whole)
def _whole(look: Look) -> None:
    """What readers may not see of the record itself stays out of the proposal's view too."""
    for letter, number in _put(look).items():
        found = proposals.whole(look.session, look.viewer, number)
        assert (found is not None) == (letter in _seen(look))
        if found is not None:
            sees_record = "h" in look.sight.activities
            assert (found.now is not None) == sees_record


@walks(proposals.trusted)
def _trusted(look: Look) -> None:
    for entity in ("UNODC", "CTED"):
        look.session.add(TrustedEntity(entity=entity, trusted_by="ada", since=now()))
    look.session.flush()
    expected = {
        Role.ADMINISTRATOR: {"UNODC", "CTED"},
        Role.FOCAL_POINT: {"UNODC"},
    }.get(look.viewer.role, set())
    assert proposals.trusted(look.session, look.viewer) == expected


@walks(proposals.trust)
def _trust(look: Look) -> None:
    look.session.add(TrustedEntity(entity="CTED", trusted_by="ada", since=now()))
    look.session.flush()
    expected = ["CTED"] if look.viewer.role is Role.ADMINISTRATOR else []
    assert list(proposals.trust(look.session, look.viewer)["entity"]) == expected


@walks(accepted.current)
def _current(look: Look) -> None:
    for letter, number in look.world.activities.items():
        found = accepted.current(look.session, look.viewer, RecordKind.ACTIVITY, number)
        assert (found is not None) == (letter in look.sight.activities)
        if found is not None:
            assert found.version == 2
