"""The read-only API over the wire: the lists as files give them, to whom they are open."""

import csv
import io
import time
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from sqlalchemy import Engine, update
from sqlmodel import Session, col

from ctai import db
from ctai.domain.roles import SYSTEM, Role, Visibility
from ctai.domain.tokens import Token
from ctai.files import FILES, csv_of
from ctai.files.lists import LISTS
from ctai.models.people import ApiToken, User
from ctai.models.records import DataMoment
from ctai.queries import tokens, users
from ctai.server import api_tokens
from ctai.services.keep_view import keep_view, remove_view
from ctai.services.revoke_token import revoke_token
from ctai.services.set_user_active import set_user_active
from ctai.services.sign_in import COOKIE, token_for
from ctai.services.store_activity import amend
from ctai.settings import settings
from tests.drafts import KNOWN, PEOPLE, activity
from tests.server.asking import Answer, Tokens, ask, basic

SEEN = {
    Role.VIEWER: {"public in NGA", "public in BFA", "un_system in NGA", "un_system in BFA"},
    Role.DESK_OFFICER: {
        "public in NGA",
        "public in BFA",
        "un_system in NGA",
        "un_system in BFA",
        "restricted in NGA",
    },
    Role.COUNTERPART: {"public in NGA"},
    Role.DONOR: {"public in NGA", "public in BFA"},
}
"""By hand, from the table in SECURITY.md; UNODC carries all, so its focal point sees all."""
EVERY = {f"{level.value} in {iso3}" for level in Visibility for iso3 in ("NGA", "BFA")}
DONOR = Role.DONOR


def test_a_token_reads_what_its_owner_may_see_and_nothing_else(address: str, store: Tokens) -> None:
    for role in Role:
        seen = SEEN.get(role, EVERY)
        answer = ask(address, "activities.json", store[role])
        assert {row["title"] for row in answer.json["data"]} == seen
        assert answer.json["total"] == int(answer.headers["x-total-count"]) == len(seen)
        assert not any(title in answer.text for title in EVERY - seen)


def test_a_list_has_the_bytes_of_the_file_that_its_reader_may_download(
    address: str, store: Tokens, engine: Engine
) -> None:
    for role in Role:
        for name in LISTS.keys() & FILES.keys():
            with db.reading(engine) as session:
                file = b"".join(csv_of(name, session, PEOPLE[role], {}, "ar"))
            assert ask(address, f"{name}.csv?lang=ar", store[role]).body == file


def test_json_and_csv_tell_the_same(address: str, store: Tokens) -> None:
    for name in LISTS:
        rows = ask(address, f"{name}.json", store[Role.VIEWER]).json["data"]
        text = ask(address, f"{name}.csv", store[Role.VIEWER]).body.decode("utf-8-sig")
        told = [{n: "" if v is None else str(v) for n, v in row.items()} for row in rows]
        assert told == list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("form", ["json", "csv"])
def test_pages_join_to_the_whole(address: str, store: Tokens, form: str) -> None:
    token = store[Role.ADMINISTRATOR]
    for name in ("activities", "gaps", "codelists/status"):
        whole = ask(address, f"{name}.{form}", token)
        total = int(whole.headers["x-total-count"])
        assert len(_rows(whole.body, form)) == total > 1
        for limit in range(1, total + 2):
            pages = _pages(address, f"{name}.{form}", limit, token)
            assert [row for page in pages for row in _rows(page.body, form)] == _rows(
                whole.body, form
            )
            assert len(pages) == -(-total // limit)


def _pages(address: str, path: str, limit: int, token: str) -> list[Answer]:
    following: str | None = f"{path}?limit={limit}"
    pages = []
    while following:
        pages.append(ask(address, following, token))
        link = pages[-1].headers.get("link", "").partition(">")[0].removeprefix("<")
        if path.endswith("json"):
            assert pages[-1].json["next"] == (link or None)
        following = f"{path.rpartition('/')[0]}/{link}".lstrip("/") if link else None
    return pages


def _rows(body: bytes, form: str) -> list[str]:
    lines = body.decode("utf-8-sig").splitlines()
    if form == "csv":
        return lines[1:]
    return [line.rstrip(",") for line in lines[1:] if line.startswith("{")]


def test_lists_are_narrowed_by_the_filters_of_the_screen(address: str, store: Tokens) -> None:
    token = store[Role.ADMINISTRATOR]
    assert ask(address, "activities?country=NGA&status=ongoing", token).json["total"] == 3
    assert ask(address, "activities?text=restricted", token).json["total"] == 2
    assert ask(address, "activities?country=NGA,BFA&pillar=I", token).json["total"] == 0
    assert ask(address, "gaps?level=pillar&country=NGA", token).json["data"][0]["group"] == "II"


REFUSED = (
    "contry=NGA",
    "country=XXX",
    "country=",
    "limit=0",
    "limit=1001",
    "limit=two",
    "limit=1&limit=2",
    "after=-1",
    "lang=de",
    "since=soon",
    "as_of=2999-01-01",
    "as_of=yesterday",
    f"text={'x' * 201}",
)


def test_what_cannot_be_asked_is_refused_by_its_name(address: str, store: Tokens) -> None:
    for query in REFUSED:
        answer = ask(address, f"activities?{query}", store[Role.VIEWER])
        assert answer.status == 400, query
        assert answer.headers["content-type"] == "application/problem+json"
        assert [error["parameter"] for error in answer.json["errors"]] == [query.split("=")[0]]


def test_filters_that_a_list_cannot_apply_are_refused_not_ignored(
    address: str, store: Tokens
) -> None:
    assert ask(address, "needs?status=open", store[Role.VIEWER]).status == 400
    assert ask(address, "codelists/pillar?as_of=2020-01-01", store[Role.VIEWER]).status == 400


def test_problems_are_told_in_the_language_asked_for(address: str, store: Tokens) -> None:
    told = {
        ask(address, "nothing", store[Role.VIEWER], Accept_Language=lang).json["detail"]
        for lang in ("en", "fr", "ar", "zh", "ru", "es")
    }
    assert len(told) == 6


FORMS = {
    "": "application/json",
    "text/csv": "text/csv; charset=utf-8",
    "application/json;q=0.5, text/csv": "text/csv; charset=utf-8",
    "text/html, */*;q=0.1": "application/json",
}


def test_the_reader_says_in_which_form(address: str, store: Tokens) -> None:
    for accept, kind in FORMS.items():
        answer = ask(address, "activities", store[Role.VIEWER], Accept=accept)
        assert answer.headers["content-type"] == kind


def test_a_form_that_there_is_not_is_refused(address: str, store: Tokens) -> None:
    assert ask(address, "activities", store[Role.VIEWER], Accept="image/png").status == 406
    assert ask(address, "activities.xml", store[Role.VIEWER]).status == 404
    assert ask(address, "activities.", store[Role.VIEWER]).status == 404


def test_nothing_new_is_told_without_a_body_until_something_changes(
    address: str, store: Tokens, engine: Engine
) -> None:
    first = ask(address, "activities", store[DONOR])
    tag = first.headers["etag"]
    again = ask(address, "activities", store[DONOR], If_None_Match=f'"x", W/{tag}')
    assert (again.status, again.body) == (304, b"")
    assert ask(address, "activities?limit=1", store[DONOR], If_None_Match=tag).status == 200
    assert ask(address, "activities", store[Role.VIEWER], If_None_Match=tag).status == 200
    with db.transaction(engine) as session:
        amend(session, SYSTEM, 1, activity("Amended"), known=KNOWN)
    changed = ask(address, "activities", store[DONOR], If_None_Match=tag)
    assert changed.status == 200
    assert "Amended" in changed.text


def test_a_role_counts_from_the_next_request_on(
    address: str, store: Tokens, engine: Engine
) -> None:
    tag = ask(address, "activities", store[Role.VIEWER]).headers["etag"]
    with db.transaction(engine) as session:
        demoted = update(User).where(col(User.username) == "vera").values(role="donor")
        session.execute(demoted)
    answer = ask(address, "activities", store[Role.VIEWER], If_None_Match=tag)
    assert answer.json["total"] == len(SEEN[DONOR])


def test_without_a_valid_token_nothing_is_told(address: str, store: Tokens) -> None:
    forged = store[DONOR][:-1] + ("a" if store[DONOR][-1] != "a" else "b")
    for token in ("", "ctai_", forged, "x" * 48, "ctai_" + "é" * 43):
        answer = ask(address, "activities", **_bearer(token))
        assert answer.status == 401
        assert "Basic" in answer.headers["www-authenticate"]
        assert "NGA" not in answer.text


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {quote(token)}"} if token else {}


def test_a_spreadsheet_sends_the_token_as_a_password(address: str, store: Tokens) -> None:
    answer = ask(address, "activities.csv", Authorization=basic(store[DONOR]))
    assert answer.status == 200
    for header in ("Basic", "Basic !!!", "Basic " + "w6k=", "Digest x"):
        assert ask(address, "activities.csv", Authorization=header).status == 401


def test_a_cookie_opens_nothing(address: str, store: Tokens) -> None:
    cookie = f"{COOKIE}={token_for(settings(), PEOPLE[Role.ADMINISTRATOR])}"
    assert ask(address, "activities", Cookie=cookie).status == 401


def test_other_sites_are_not_let_in_and_headers_are_those_of_every_answer(
    address: str, store: Tokens
) -> None:
    answer = ask(address, "activities", store[DONOR], Origin="https://example.org")
    assert not [name for name in answer.headers if name.startswith("access-control")]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers


def test_one_can_only_read(address: str, store: Tokens) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
        answer = ask(address, "activities", store[DONOR], method)
        assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")


def test_head_tells_the_headers_of_get(address: str, store: Tokens) -> None:
    got, head = (ask(address, "activities.csv?limit=1", store[DONOR], m) for m in ("GET", "HEAD"))
    assert head.body == b""
    for name in ("etag", "x-total-count", "link", "content-type"):
        assert got.headers[name] == head.headers[name]


def test_a_program_that_asks_too_often_waits_and_no_other_does(
    address: str, store: Tokens, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api_tokens.allowance, "burst", 2)
    monkeypatch.setattr(api_tokens.allowance, "a_second", 0.001)
    statuses = [ask(address, "codelists/pillar", store[DONOR]).status for _ in range(3)]
    assert statuses == [200, 200, 429]
    refused = ask(address, "codelists/pillar", store[DONOR])
    assert int(refused.headers["retry-after"]) > 0
    assert ask(address, "codelists/pillar", store[Role.VIEWER]).status == 200


def test_a_day_gone_by_is_given_as_it_was(address: str, store: Tokens, engine: Engine) -> None:
    now = datetime.now(UTC)
    with db.transaction(engine) as session:
        session.execute(update(DataMoment).values(at=now - timedelta(days=3)))
    with db.transaction(engine) as session:
        amend(
            session, SYSTEM, 1, activity("Amended", visibility=Visibility.RESTRICTED), known=KNOWN
        )
    then = (now - timedelta(days=2)).date()
    titles = {
        role: [row["title"] for row in ask(address, path, store[role]).json["data"]]
        for role in (DONOR, Role.ADMINISTRATOR)
        for path in [f"activities?as_of={then}"]
    }
    assert titles[DONOR] == ["public in BFA"]  # what is closed today is closed then
    assert "public in NGA" in titles[Role.ADMINISTRATOR]
    assert "Amended" not in titles[Role.ADMINISTRATOR]


def test_a_token_is_noted_as_used_and_ends_when_revoked_expired_or_its_account_is_closed(
    address: str, store: Tokens, engine: Engine
) -> None:
    assert ask(address, "codelists/pillar", store[DONOR]).status == 200
    token = _used(engine)
    with db.transaction(engine) as session:
        revoke_token(session, PEOPLE[DONOR], token.number)
        set_user_active(session, SYSTEM, "vera", active=False)
        expired = update(ApiToken).where(col(ApiToken.user_id) == _number(session, "cora"))
        session.execute(expired.values(expires_at=datetime.now(UTC)))
    for role in (DONOR, Role.VIEWER, Role.COUNTERPART):
        assert ask(address, "codelists/pillar", store[role]).status == 401


def _used(engine: Engine) -> Token:
    """Wait for the use to be noted, which is done after the answer has gone out."""
    for _ in range(500):
        with db.reading(engine) as session:
            (token,) = tokens.owned(session, PEOPLE[DONOR])
        if token.used_at is not None:
            return token
        time.sleep(0.01)
    raise AssertionError("a use was never noted")


def _number(session: Session, username: str) -> int:
    account = users.by_username(session, username)
    assert account is not None
    return account.id


def test_a_saved_view_is_a_list_under_an_address_that_only_its_keeper_has(
    address: str, store: Tokens, engine: Engine
) -> None:
    with db.transaction(engine) as session:
        kept = {"country": "NGA", "nothing": "x"}
        number = keep_view(session, PEOPLE[DONOR], "Mine", "activities", kept)
    answer = ask(address, f"views/{number}.csv", store[DONOR])
    assert answer.body == ask(address, "activities.csv?country=NGA", store[DONOR]).body
    page = ask(address, f"views/{number}.json?limit=1&lang=fr", store[DONOR])
    assert page.json["data"][0]["country_name"] == "Nigéria"
    assert ask(address, f"views/{number}?country=BFA", store[DONOR]).status == 400
    for other in (f"views/{number}", "views/0", "views/x", "views/99999999999999999999"):
        assert ask(address, other, store[Role.ADMINISTRATOR]).status == 404
    with db.transaction(engine) as session:
        remove_view(session, PEOPLE[Role.ADMINISTRATOR], number)
    assert ask(address, f"views/{number}", store[DONOR]).status == 200
    with db.transaction(engine) as session:
        remove_view(session, PEOPLE[DONOR], number)
    assert ask(address, f"views/{number}", store[DONOR]).status == 404
