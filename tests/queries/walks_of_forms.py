"""Walk of the reads of half-typed forms: nobody but who typed sees them."""

from sqlmodel import Session

from ctai.domain.roles import Viewer
from ctai.models.people import User
from ctai.queries import forms
from ctai.services import revisions
from ctai.services.keep_form import keep_form
from tests.drafts import PEOPLE
from tests.queries.walk import Look, walks


def with_account(session: Session, person: Viewer) -> Viewer:
    """Give somebody the account that what they keep hangs on."""
    moment = revisions.now()
    session.add(
        User(
            username=person.username,
            role=person.role.value,
            password_hash="none",
            tokens_void_before=moment,
            created_at=moment,
        )
    )
    session.flush()
    return person


@walks(forms.kept)
def _kept(look: Look) -> None:
    for person in PEOPLE.values():
        keep_form(look.session, with_account(look.session, person), "f", f'"{person.username}"')
    found = forms.kept(look.session, look.viewer, "f")
    assert found is not None
    assert found[0] == f'"{look.viewer.username}"'
    assert forms.kept(look.session, look.viewer, "another") is None
