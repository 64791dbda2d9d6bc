"""Deciding what two activities that look alike are to each other, and taking that back."""

from sqlalchemy import select
from sqlmodel import Session, col

from ctai.domain.activities import ActivityDraft
from ctai.domain.checks import LONGEST_TEXT, too_long
from ctai.domain.faults import Fault, Refused
from ctai.domain.kinds import RecordKind
from ctai.domain.overlap import Judgement
from ctai.domain.roles import Action, Viewer, Visibility
from ctai.i18n import mark
from ctai.models.activities import Activity
from ctai.models.exchange import OverlapDecision
from ctai.queries import records
from ctai.services.revisions import Change, log, now

NOT_YOURS = mark(
    "Neither of these two activities is yours. Ask a desk officer of one of their countries."
)
MOVED = mark("Somebody has decided on these two meanwhile. Look at it, then decide again.")

FIELD = "overlap"


def decide(
    session: Session,
    author: Viewer,
    one: int,
    other: int,
    judgement: Judgement,
    why: str = "",
    seen: Judgement | None = None,
) -> None:
    """Record what two activities are to each other, instead of what the author saw; Refused with
    every reason."""
    one, other = min(one, other), max(one, other)
    drafts = _held(session, author, one, other, list(too_long("why", why, LONGEST_TEXT)))
    row = _row(session, one, other)
    before = None if row is None else Judgement(row.judgement)
    if before is not seen:
        raise Refused([Fault(MOVED)])
    if row is None:
        keys = [drafts[number].source_key or "" for number in (one, other)]
        row = OverlapDecision(
            activity_id=one,
            other_id=other,
            judgement=judgement.value,
            own_key=keys[0],
            other_key=keys[1],
            decided_by=author.username,
            decided_at=now(),
        )
        session.add(row)
    row.judgement, row.why = judgement.value, why.strip()
    row.decided_by, row.decided_at = author.username, now()
    session.flush()
    _log(session, author, drafts, before, judgement, row.why)


def take_back(session: Session, author: Viewer, one: int, other: int) -> None:
    """Forget what was decided about two activities: they are proposed again; Refused if it is not
    the author's to say, or there is nothing to take back."""
    one, other = min(one, other), max(one, other)
    drafts = _held(session, author, one, other, [])
    row = _row(session, one, other)
    if row is None:
        raise Refused([Fault(MOVED)])
    before = Judgement(row.judgement)
    session.delete(row)
    session.flush()
    _log(session, author, drafts, before, None, "")


def _held(
    session: Session, author: Viewer, one: int, other: int, faults: list[Fault]
) -> dict[int, ActivityDraft]:
    """Lock two activities that the author sees and may decide about; Refused otherwise."""
    locked = select(col(Activity.id)).where(col(Activity.id).in_((one, other)))
    session.execute(locked.order_by(col(Activity.id)).with_for_update())
    drafts = records.drafts_of(session, author, (one, other))
    if len(drafts) < 2:  # a pair
        raise Refused([Fault("There is no such activity, or it is not open to you.")])
    if not any(
        author.may_touch(Action.CONFIRM, draft.iso3s, draft.entities) for draft in drafts.values()
    ):
        faults = [Fault(NOT_YOURS), *faults]
    if faults:
        raise Refused(faults)
    return drafts


def _row(session: Session, one: int, other: int) -> OverlapDecision | None:
    pair = select(OverlapDecision).where(
        col(OverlapDecision.activity_id) == one, col(OverlapDecision.other_id) == other
    )
    return session.scalars(pair.execution_options(populate_existing=True)).one_or_none()


def _log(
    session: Session,
    author: Viewer,
    drafts: dict[int, ActivityDraft],
    before: Judgement | None,
    after: Judgement | None,
    why: str,
) -> None:
    """Tell it in both histories; a restricted activity is named in none that is more open."""
    for number, draft in drafts.items():
        ((other, its),) = ((n, d) for n, d in drafts.items() if n != number)
        is_hidden = its.visibility is Visibility.RESTRICTED
        if is_hidden and draft.visibility is not Visibility.RESTRICTED:
            continue
        name = FIELD if is_hidden else f"{FIELD}_{other}"
        old, new = (None if one is None else one.value for one in (before, after))
        log(session, author, RecordKind.ACTIVITY, number, [Change(name, old, new)], why)
