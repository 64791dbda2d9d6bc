"""Walks of the reads of tokens and saved views: their owner's, and for tokens administrators'."""

import pytest

from ctai.domain.faults import Refused
from ctai.domain.roles import Role
from ctai.queries import saved_views, tokens
from ctai.services.keep_view import keep_view
from ctai.services.make_token import make_token
from tests.drafts import PEOPLE
from tests.queries.walk import Look, walks
from tests.queries.walks_of_forms import with_account


def _make_tokens(look: Look) -> None:
    for person in PEOPLE.values():
        with_account(look.session, person)
        make_token(look.session, person, f"of {person.username}", 30)


@walks(tokens.owned)
def _owned(look: Look) -> None:
    _make_tokens(look)
    found = tokens.owned(look.session, look.viewer)
    assert [token.name for token in found] == [f"of {look.viewer.username}"]


@walks(tokens.of_account)
def _of_account(look: Look) -> None:
    _make_tokens(look)
    if look.viewer.role is not Role.ADMINISTRATOR:
        with pytest.raises(Refused):
            tokens.of_account(look.session, look.viewer, "vera")
        return
    (found,) = tokens.of_account(look.session, look.viewer, "vera")
    assert found.name == "of vera"


@walks(saved_views.owned)
def _views(look: Look) -> None:
    _keep_views(look)
    found = saved_views.owned(look.session, look.viewer)
    assert [view.name for view in found] == [look.viewer.username]


@walks(saved_views.one)
def _view(look: Look) -> None:
    kept = _keep_views(look)
    for username, number in kept.items():
        found = saved_views.one(look.session, look.viewer, number)
        assert (found is not None) == (username == look.viewer.username)


def _keep_views(look: Look) -> dict[str, int]:
    kept = {}
    for person in PEOPLE.values():
        with_account(look.session, person)
        kept[person.username] = keep_view(look.session, person, person.username, "needs", {})
    return kept
