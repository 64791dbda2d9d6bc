"""Keep what somebody has typed into a form: a lost connection or a restart loses nothing."""

from sqlalchemy import delete
from sqlmodel import Session, col

from ctai.domain.faults import Fault, Refused
from ctai.domain.roles import Viewer
from ctai.i18n import mark
from ctai.models.trust import FormDraft
from ctai.services.revisions import now

LONGEST = 1_000_000
"""Characters of one form; the largest that people fill in hold some ten thousand."""
TOO_MUCH = mark(
    "This form holds too much to be kept for another visit. What you typed stays as long as you "
    "are here: shorten its texts, or send it before you leave."
)


def keep_form(session: Session, author: Viewer, form: str, content: str) -> None:
    """Keep a form's content, JSON by field, in place of what was kept before.

    Private to its author, so neither a revision nor a change of the data.
    """
    if len(content) > LONGEST:
        raise Refused([Fault(TOO_MUCH)])
    kept = session.get(FormDraft, (author.username, form))
    if kept is None:
        kept = FormDraft(username=author.username, form=form, content="", saved_at=now())
        session.add(kept)
    kept.content, kept.saved_at = content, now()
    session.flush()


def forget_form(session: Session, author: Viewer, form: str) -> None:
    """Forget what was kept of a form, once it was sent or given up."""
    session.execute(
        delete(FormDraft).where(
            col(FormDraft.username) == author.username, col(FormDraft.form) == form
        )
    )
