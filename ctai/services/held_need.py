"""A need held for a decision: its row locked, its ladder read behind the lock, its silence told."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlmodel import Session, col

from ctai.domain.faults import Fault, Refused
from ctai.domain.kinds import RecordKind
from ctai.domain.ladder import Answer, History
from ctai.domain.needs import NeedState
from ctai.domain.roles import SYSTEM, Action, Viewer, Visibility
from ctai.i18n import mark
from ctai.models.ladder import Enquiry
from ctai.models.needs import Need
from ctai.queries.ladder import NeedStanding, standing_of
from ctai.queries.visible import needs_seen
from ctai.services.revisions import Change, log, now

NO_SUCH_NEED = mark("There is no such need, or it is not open to you.")
NO_SUCH_QUESTION = mark("There is no such question, or it is not yours to answer.")
NOT_YOURS_TO_CLIMB = mark("This need is not yours to take up the ladder. Ask its desk officer.")
MOVED_MEANWHILE = mark(
    "Somebody changed this need while you were looking at it. Your text is kept: look at the new "
    "state, then decide again."
)


@dataclass(frozen=True)
class HeldNeed:
    """A need whose row is locked until the transaction ends, with all that is on record of it."""

    row: Need
    standing: NeedStanding

    @property
    def number(self) -> int:
        """Give the need's number."""
        return self.standing.need.id

    @property
    def history(self) -> History:
        """Give what is recorded on its ladder."""
        return self.standing.history

    @property
    def state(self) -> NeedState:
        """Give its state."""
        return self.standing.state

    @property
    def visibility(self) -> Visibility:
        """Give who may see it."""
        return Visibility(self.row.visibility)

    @property
    def countries(self) -> frozenset[str]:
        """Give all its countries."""
        return frozenset(self.history.countries)

    def rights(self, author: Viewer, action: Action) -> list[Fault]:
        """Refuse an author to whom an action on this need is not granted."""
        if author.may_touch(action, self.countries, frozenset()):
            return []
        return [Fault(NOT_YOURS_TO_CLIMB)]


def hold(session: Session, author: Viewer, need_id: int, today: date) -> HeldNeed:
    """Lock a need that its author may see; Refused where there is none.

    Of two who decide at once, the second reads what the first recorded.
    """
    statement = needs_seen(select(Need).where(col(Need.id) == need_id), author)
    return _held(session, need_id, session.scalars(statement).first() is not None, today)


def hold_for_its_state(session: Session, need_id: int, today: date) -> HeldNeed:
    """Lock a need about which a State was asked, whether or not the State sees the record."""
    return _held(session, need_id, True, today)


def _held(session: Session, need_id: int, is_open: bool, today: date) -> HeldNeed:
    locked = (
        select(Need)
        .where(col(Need.id) == need_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    row = session.scalars(locked).one_or_none() if is_open else None
    found = standing_of(session, SYSTEM, need_id, today) if row is not None else None
    if row is None or found is None:
        raise Refused([Fault(NO_SUCH_NEED)])
    return HeldNeed(row, found)


def record_silence(session: Session, author: Viewer, held: HeldNeed, today: date) -> None:
    """Record as silent, in the author's name, every enquiry whose date passed without answer."""
    overdue = [e.number for e in held.history.enquiries if e.has_run_out(today)]
    rows = session.scalars(
        select(Enquiry)
        .where(col(Enquiry.id).in_(overdue))
        .execution_options(populate_existing=True)
    ).all()
    for row in rows:
        row.answer = Answer.SILENT.value
        row.answered_on = today.isoformat()
        row.answered_by = author.username
    session.flush()
    if rows:
        changes = [Change(answer_field(row), None, Answer.SILENT.value) for row in rows]
        log(session, author, RecordKind.NEED, held.number, changes)


def question_field(row: Enquiry) -> str:
    """Name in the history the question to an entity."""
    return f"asked:{row.entity}:{row.rung}.{row.round}"


def answer_field(row: Enquiry) -> str:
    """Name in the history the answer of an entity."""
    return f"answer:{row.entity}:{row.rung}.{row.round}"


def touched(row: Need) -> None:
    """Mark a need's own row as changed."""
    row.version += 1
    row.changed_at = now()
