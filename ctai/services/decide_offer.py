"""Deciding on a value that a file offers: it is taken into the record, or ours is left as it is."""

from sqlalchemy import Select, select
from sqlmodel import Session, col

from ctai.domain.arrivals import OfferState
from ctai.domain.faults import Fault, Refused
from ctai.domain.kinds import RecordKind
from ctai.domain.proposals import countries_of, entities_of
from ctai.domain.roles import Action, Viewer
from ctai.domain.settling import values_of, with_values
from ctai.i18n import mark
from ctai.models import draft_json
from ctai.models.exchange import ArrivedFile, ArrivedRecord, OfferedValue
from ctai.queries import accepted
from ctai.services import propose
from ctai.services.revisions import now

NOT_OPEN = mark("There is no such offer, or it is not yours to decide.")
DECIDED = mark("Somebody has decided on this value already. Look at the record.")
ORIGIN = "{file} · {place}"


def decide_offer(session: Session, author: Viewer, number: int, to: OfferState) -> None:
    """Take an offered value, or leave ours; Refused where it is not the author's or is decided.

    What a focal point takes waits for review, as whatever they write.
    """
    found = session.scalars(_locked(number)).one_or_none()
    arrived = None if found is None else session.get(ArrivedRecord, found.arrived_id)
    if found is None or arrived is None:
        raise Refused([Fault(NOT_OPEN)])
    kind = RecordKind(arrived.record_kind)
    ours = accepted.current(session, author, kind, arrived.record_id)
    if ours is None or not author.may_touch(
        Action.AMEND, countries_of(ours.draft), entities_of(ours.draft)
    ):
        raise Refused([Fault(NOT_OPEN)])
    if found.state != OfferState.OPEN.value:
        raise Refused([Fault(DECIDED)])
    if to is OfferState.TAKEN:
        given = values_of(draft_json.read(kind, arrived.draft))
        draft = with_values(ours.draft, {found.field: given[found.field]})
        why = _origin(session, arrived)
        propose.submit(session, author, draft, arrived.record_id, ours.version, why)
    found.state, found.decided_by, found.decided_at = to.value, author.username, now()
    session.flush()


def _origin(session: Session, arrived: ArrivedRecord) -> str:
    file = session.get(ArrivedFile, arrived.file_id)
    return ORIGIN.format(file=file.name if file else "", place=arrived.place)


def _locked(number: int) -> Select[OfferedValue]:
    return select(OfferedValue).where(col(OfferedValue.id) == number).with_for_update()
