"""Tokens: shown once, kept as a digest, ended at once, and on record; and saved views."""

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from ctai import db
from ctai.domain import tokens as rules
from ctai.domain.faults import Refused
from ctai.domain.roles import SYSTEM, Role, Viewer
from ctai.models.people import ApiToken, SavedView
from ctai.models.records import Revision
from ctai.queries import saved_views, tokens
from ctai.services import revisions
from ctai.services import set_password as passwords
from ctai.services.add_user import add_user
from ctai.services.admit_token import admit, note_use
from ctai.services.keep_view import keep_view, remove_view
from ctai.services.make_token import make_token
from ctai.services.revoke_token import revoke_token
from ctai.services.set_user_active import set_user_active

VERA, OTTO = Viewer("vera", Role.VIEWER), Viewer("otto", Role.VIEWER)


@pytest.fixture
def known(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """A store with two viewers and an administrator."""
    monkeypatch.setattr(passwords, "COST", 4)
    with db.transaction(engine) as session:
        for name, role in (("vera", "viewer"), ("otto", "viewer"), ("ada", "administrator")):
            add_user(session, SYSTEM, name, role)
    return engine


def _made(engine: Engine, author: Viewer = VERA, name: str = "Power BI", days: int = 30) -> str:
    with db.transaction(engine) as session:
        return make_token(session, author, name, days)


def _admitted(engine: Engine, secret: str) -> Viewer | None:
    with db.reading(engine) as session:
        found = admit(session, secret)
    return None if found is None else found.viewer


def test_a_token_opens_for_its_owner_and_only_its_digest_is_kept(
    known: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    secret = _made(known)
    assert rules.FORM.fullmatch(secret)
    assert _admitted(known, secret) == VERA
    with db.reading(known) as session:
        kept = repr(session.exec(select(ApiToken)).one()) + repr(
            [row.model_dump() for row in session.exec(select(Revision))]
        )
    assert secret not in kept + caplog.text
    assert rules.digest_of(secret) in kept
    assert secret[: rules.HINT_LETTERS] in kept


def test_a_token_is_refused_when_altered_by_a_letter(known: Engine) -> None:
    secret = _made(known)
    for other in (secret[:-1], secret + "A", secret.upper(), secret[5:], "", "ctai_" + "A" * 43):
        assert _admitted(known, other) is None


@pytest.mark.parametrize(
    ("name", "days", "columns"),
    [
        ("", 30, {"name"}),
        ("x" * 81, 30, {"name"}),
        ("a\nb", 30, {"name"}),
        ("fine", 0, {"days"}),
        ("fine", 366, {"days"}),
        ("", -1, {"name", "days"}),
    ],
)
def test_every_reason_is_told_at_once(
    known: Engine, name: str, days: int, columns: set[str]
) -> None:
    with pytest.raises(Refused) as refused:
        _made(known, name=name, days=days)
    assert {fault.column for fault in refused.value.faults} == columns


def test_a_token_holds_until_it_expires(known: Engine) -> None:
    secret = _made(known, days=1)
    now = revisions.now()
    with db.reading(known) as session:
        assert admit(session, secret, now + timedelta(hours=23)) is not None
        assert admit(session, secret, now + timedelta(hours=25)) is None


def test_only_its_owner_and_administrators_revoke_a_token(known: Engine) -> None:
    secrets = [_made(known), _made(known)]
    with db.reading(known) as session:
        numbers = [token.number for token in reversed(tokens.owned(session, VERA))]
    with pytest.raises(Refused), db.transaction(known) as session:
        revoke_token(session, OTTO, numbers[0])
    assert _admitted(known, secrets[0]) == VERA
    for author, number in zip((VERA, SYSTEM), numbers, strict=True):
        with db.transaction(known) as session:
            revoke_token(session, author, number)
            revoke_token(session, author, number)
    assert [_admitted(known, secret) for secret in secrets] == [None, None]
    with db.reading(known) as session:
        rows = session.exec(select(Revision).where(Revision.field == "token")).all()
    assert [(row.actor, row.old is None) for row in rows] == [
        ("vera", True),
        ("vera", True),
        ("vera", False),
        ("system", False),
    ]


def test_a_closed_account_opens_nothing(known: Engine) -> None:
    secret = _made(known)
    with db.transaction(known) as session:
        set_user_active(session, SYSTEM, "vera", active=False)
    assert _admitted(known, secret) is None
    with pytest.raises(Refused):
        _made(known)


def test_two_at_once_do_not_go_over_the_most(
    known: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "MOST_VALID", 3)

    def attempt(_: int) -> bool:
        try:
            _made(known)
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(attempt, range(6))) == 3


def test_a_use_is_noted_without_raising_the_data_version(known: Engine) -> None:
    secret = _made(known)
    with db.reading(known) as session:
        found = admit(session, secret)
    assert found is not None
    assert found.is_note_due
    with db.transaction(known) as session:
        note_use(session, found.token)
    with db.reading(known) as session:
        again = admit(session, secret)
    assert again is not None
    assert not again.is_note_due


def test_a_view_keeps_the_filters_that_mean_something_for_its_list(session: Session) -> None:
    add_user(session, SYSTEM, "vera", "viewer")
    asked = {"country": "NGA,BFA", "level": "pillar", "status": "ongoing", "page": "2", "text": ""}
    keep_view(session, VERA, " Gaps ", "gaps", asked)
    keep_view(session, VERA, "All", "activities", {"text": "a & b = c"})
    newest, first = saved_views.owned(session, VERA)
    assert first.name == "Gaps"
    assert first.params == {"country": "NGA,BFA", "level": "pillar"}
    assert newest.params == {"text": "a & b = c"}
    remove_view(session, OTTO, first.number)
    assert len(session.exec(select(SavedView)).all()) == 2
    remove_view(session, VERA, first.number)
    assert [view.name for view in saved_views.owned(session, VERA)] == ["All"]


def test_a_view_that_cannot_be_kept_is_refused(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_user(session, SYSTEM, "vera", "viewer")
    monkeypatch.setattr("ctai.domain.saved_views.MOST_KEPT", 0)
    many = {"country": ",".join(["NGA"] * 600)}
    with pytest.raises(Refused) as refused:
        keep_view(session, VERA, "", "needs", many)
    assert len(refused.value.faults) == 3


def test_the_address_of_a_view_that_was_removed_never_leads_to_another(session: Session) -> None:
    add_user(session, SYSTEM, "vera", "viewer")
    first = keep_view(session, VERA, "One", "needs", {})
    remove_view(session, VERA, first)
    session.flush()
    assert keep_view(session, VERA, "Two", "gaps", {}) != first
