"""Asking a need's States whether it may be shared outside; no objection in time is consent."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import Session

from ctai.domain.climbing import consent_asking_faults
from ctai.domain.faults import Refused
from ctai.domain.kinds import RecordKind
from ctai.domain.ladder import CONSENT_WORKING_DAYS
from ctai.domain.roles import Action, Viewer
from ctai.domain.working_days import add_working_days
from ctai.models.ladder import Consent
from ctai.queries import calendar
from ctai.services.held_need import hold, record_silence
from ctai.services.revisions import Change, log, now


def ask_consent(
    session: Session,
    author: Viewer,
    need_id: int,
    countries: Iterable[str],
    today: date | None = None,
) -> date:
    """Ask States and give the last day on which they may object; Refused with every reason."""
    day, asked = today or now().date(), sorted(set(countries))
    held = hold(session, author, need_id, day)
    faults = [
        *held.rights(author, Action.CLIMB),
        *consent_asking_faults(held.history, held.state, held.visibility, asked, day),
    ]
    if faults:
        raise Refused(faults)
    record_silence(session, author, held, day)
    due = add_working_days(day, CONSENT_WORKING_DAYS, calendar.exceptions(session))
    rounds = {c.iso3: c.round for c in sorted(held.history.consents, key=lambda c: c.round)}
    rows = [
        Consent(
            need_id=held.number,
            iso3=iso3,
            round=rounds.get(iso3, 0) + 1,
            asked_by=author.username,
            asked_on=day.isoformat(),
            due_on=due.isoformat(),
        )
        for iso3 in asked
    ]
    session.add_all(rows)
    session.flush()
    changes = [Change(f"consent_asked:{row.iso3}:{row.round}", None, row.due_on) for row in rows]
    log(session, author, RecordKind.NEED, held.number, changes)
    return due
