"""What was typed is kept for its author, replaced as they go on, and forgotten when it was sent."""

import pytest
from sqlmodel import Session

from ctai.domain.faults import Refused
from ctai.domain.roles import SYSTEM, Role, Viewer
from ctai.queries import codes, forms
from ctai.services import set_password
from ctai.services.add_user import add_user
from ctai.services.keep_form import LONGEST, forget_form, keep_form

ADA, BEN = (Viewer(name, Role.VIEWER) for name in ("ada", "ben"))


@pytest.fixture
def known(session: Session, monkeypatch: pytest.MonkeyPatch) -> Session:
    monkeypatch.setattr(set_password, "COST", 4)
    for person in (ADA, BEN):
        add_user(session, SYSTEM, person.username, "viewer", password="correct horse battery")
    return session


def kept(session: Session, viewer: Viewer, form: str) -> str | None:
    found = forms.kept(session, viewer, form)
    return None if found is None else found[0]


def test_the_newest_text_of_each_form_is_kept_for_its_author_alone(known: Session) -> None:
    keep_form(known, ADA, "plan:1", '{"title": "a"}')
    keep_form(known, ADA, "plan:1", '{"title": "ab"}')
    keep_form(known, ADA, "plan:2", "{}")
    assert kept(known, ADA, "plan:1") == '{"title": "ab"}'
    assert kept(known, BEN, "plan:1") is None
    forget_form(known, BEN, "plan:1")
    assert kept(known, ADA, "plan:1") is not None
    forget_form(known, ADA, "plan:1")
    assert kept(known, ADA, "plan:1") is None
    assert kept(known, ADA, "plan:2") == "{}"


def test_typing_changes_no_data_that_others_read(known: Session) -> None:
    before = codes.data_version(known)
    keep_form(known, ADA, "plan:1", "{}")
    assert codes.data_version(known) == before


def test_a_form_without_end_is_refused(known: Session) -> None:
    with pytest.raises(Refused):
        keep_form(known, ADA, "plan:1", "x" * (LONGEST + 1))
    assert kept(known, ADA, "plan:1") is None
