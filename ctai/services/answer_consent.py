"""Recording whether a State lets its need be shared outside the United Nations."""

from datetime import date

from sqlalchemy import select
from sqlmodel import Session, col

from ctai.domain.climbing import consent_faults, unmet_faults
from ctai.domain.faults import Fault, Refused
from ctai.domain.kinds import RecordKind
from ctai.domain.ladder import ConsentAnswer
from ctai.domain.roles import Action, Viewer
from ctai.models.ladder import Consent
from ctai.queries.ladder_rows import consent_of
from ctai.queries.visible import consents_seen
from ctai.services.held_need import NO_SUCH_QUESTION, hold_for_its_state
from ctai.services.revisions import Change, log, now


def answer_consent(
    session: Session,
    author: Viewer,
    consent_id: int,
    answer: ConsentAnswer | None,
    reason: str,
    answered_as: str,
    today: date | None = None,
) -> None:
    """Record a State's answer; Refused with every reason, also when one is there already."""
    day = today or now().date()
    need_of = select(col(Consent.need_id)).where(col(Consent.id) == consent_id)
    need_id = session.scalars(consents_seen(need_of, author)).one_or_none()
    if need_id is None:
        raise Refused([Fault(NO_SUCH_QUESTION)])
    held = hold_for_its_state(session, need_id, day)
    one = select(Consent).where(col(Consent.id) == consent_id)
    row = session.scalars(one.execution_options(populate_existing=True)).one()
    if not author.may_touch(Action.ANSWER_CONSENT, frozenset({row.iso3}), frozenset()):
        raise Refused([Fault(NO_SUCH_QUESTION)])
    faults = [
        *unmet_faults(held.state),
        *consent_faults(consent_of(row), answer, reason, answered_as, day),
    ]
    if faults or answer is None:
        raise Refused(faults)
    row.answer = answer.value
    row.reason = reason.strip()
    row.answered_on = day.isoformat()
    row.answered_by = author.username
    row.answered_as = answered_as.strip()
    session.flush()
    said = f"{row.answer} · {row.answered_as}"
    changes = [Change(f"consent:{row.iso3}:{row.round}", None, said)]
    log(session, author, RecordKind.NEED, held.number, changes, row.reason)
