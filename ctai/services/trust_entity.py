"""Trust an entity: its focal points' changes count at once; or end that trust."""

from collections.abc import Iterator

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from ctai.domain.checks import LONGEST_TEXT, too_long
from ctai.domain.faults import Fault, Refused, shown
from ctai.domain.kinds import RecordKind
from ctai.domain.roles import Action, Viewer
from ctai.i18n import mark
from ctai.models.reference import Entity
from ctai.models.trust import TrustedEntity
from ctai.services.revisions import Change, log, now

NOT_YOURS = mark("Only an administrator may say which entities pass without review.")


def trust_entity(session: Session, author: Viewer, entity: str, why: str = "") -> None:
    """Let an entity's focal points write without review; Refused with every reason."""
    faults = [*_faults(author, why)]
    if session.get(Entity, entity) is None:
        faults.append(
            Fault("The entity “{seen}” is unknown. Use its acronym.", "entity", _seen(entity))
        )
    if faults:
        raise Refused(faults)
    try:
        with session.begin_nested():
            row = TrustedEntity(entity=entity, trusted_by=author.username, since=now(), why=why)
            session.add(row)
    except IntegrityError as error:
        again = Fault("{seen} is trusted already.", "entity", _seen(entity))
        raise Refused([again]) from error
    change = Change("trusted_entity", None, entity)
    log(session, author, RecordKind.REFERENCE, 0, [change], why)


def end_trust(session: Session, author: Viewer, entity: str, why: str = "") -> None:
    """Have an entity's changes reviewed again from now on; Refused with every reason."""
    faults = [*_faults(author, why)]
    kept = session.get(TrustedEntity, entity, with_for_update=True)
    if kept is None:
        faults.append(Fault("{seen} is not trusted.", "entity", _seen(entity)))
    if faults or kept is None:
        raise Refused(faults)
    session.delete(kept)
    session.flush()
    change = Change("trusted_entity", entity, None)
    log(session, author, RecordKind.REFERENCE, 0, [change], why)


def _faults(author: Viewer, why: str) -> Iterator[Fault]:
    if not author.may(Action.MANAGE_RULES):
        yield Fault(NOT_YOURS)
    yield from too_long("why", why, LONGEST_TEXT)


def _seen(entity: str) -> dict[str, str]:
    return {"seen": shown(entity)}
