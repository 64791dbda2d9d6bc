"""Keep a briefing that is issued: who took it, for whom, from which data, and its hash."""

from sqlmodel import Session

from ctai.domain.briefing import Briefing, Format, Pinned, audience_faults, no_visit
from ctai.domain.faults import Fault, Refused
from ctai.domain.roles import Action, Viewer
from ctai.i18n import mark
from ctai.models.briefings import IssuedBriefing
from ctai.queries import briefings
from ctai.services.revisions import now

NOT_YOURS = mark("Your role takes no briefing along.")


def issue_briefing(
    session: Session, author: Viewer, asked: Briefing, pinned: Pinned, form: Format, digest: str
) -> int:
    """Keep a briefing and give its number; Refused with every reason why its author may not.

    No record is changed and the row is never altered: it is its own history, so neither a revision
    nor a change of the data.
    """
    faults = list(audience_faults(asked, author))
    if asked.visit is not None and not briefings.is_visit_seen(session, author, asked):
        faults.append(no_visit(asked.visit))
    if not author.may(Action.EXPORT):
        faults.append(Fault(NOT_YOURS))
    if faults:
        raise Refused(faults)
    row = IssuedBriefing(
        issued_by=author.username,
        issued_at=now(),
        audience=asked.audience.value,
        entity=asked.entity,
        countries=",".join(asked.scope.country),
        pillars=",".join(asked.scope.pillar),
        visit=asked.visit,
        lang=asked.lang,
        as_of=asked.as_of.isoformat(),
        as_of_number=pinned.as_of,
        since=None if asked.since is None else asked.since.isoformat(),
        since_number=pinned.since,
        format=form.value,
        digest=digest,
    )
    session.add(row)
    session.flush()
    assert row.id is not None, "a stored row has its number"  # noqa: S101
    return row.id
