"""A returned request, assessment or need is taken up by its author, amended and sent again."""

from dataclasses import dataclass, replace
from typing import Any

import pytest
from sqlmodel import Session, select
from streamlit.testing.v1 import AppTest

from ctai import db
from ctai.domain.arrivals import Draft
from ctai.domain.kinds import RecordKind
from ctai.domain.roles import SYSTEM, Role, Viewer
from ctai.i18n import translate
from ctai.models.trust import Proposal
from ctai.queries import accepted, users
from ctai.services.decide_proposal import accept, give_back
from ctai.services.propose import submit
from tests.app.conftest import opened, turned
from tests.app.screen import READ, everything, reasons
from tests.requests_drafts import asked, details, item_ids, put_request, put_visit, visit
from tests.requests_drafts import raise_from_request as raised

COMMENT = "Say which border"


@dataclass(frozen=True)
class Kind:
    """A kind of record: its page, which is its parameter as well, and its field of one line."""

    kind: RecordKind
    stem: str
    line: str


KINDS = [
    Kind(RecordKind.REQUEST, "request", "what"),
    Kind(RecordKind.ASSESSMENT, "assessment", "title"),
    Kind(RecordKind.NEED, "need", "title"),
]
ANY = pytest.mark.parametrize("one", KINDS, ids=lambda one: one.stem)


def author(session: Session) -> Viewer:
    found = users.by_username(session, Role.FOCAL_POINT.value)
    assert found is not None
    return found.viewer


def stored(session: Session, one: Kind) -> int:
    """Store a record that is the focal point's own."""
    if one.kind is RecordKind.ASSESSMENT:
        return put_visit(session, visit())
    request = put_request(session, asked())
    if one.kind is RecordKind.REQUEST:
        return request
    return raised(session, SYSTEM, request, item_ids(session, request)[0], details())


def draft_of(url: str, one: Kind, number: int) -> Draft:
    with db.reading(db.shared_engine(url)) as session:
        found = accepted.current(session, SYSTEM, one.kind, number)
    assert found is not None
    return found.draft


def sent(session: Session, one: Kind, title: str) -> int:
    """Have the focal point send a new record for review; give the proposal's number."""
    if one.kind is RecordKind.NEED:
        request = put_request(session, asked())
        item = item_ids(session, request)[0]
        return raised(session, author(session), request, item, details(title))
    draft = asked() if one.kind is RecordKind.REQUEST else visit()
    number = submit(session, author(session), renamed(one, draft, title)).proposal_id
    assert number is not None
    return number


def renamed(one: Kind, draft: Draft, title: str) -> Draft:
    named: dict[str, Any] = {one.line: title}
    return replace(draft, **named)


def form_of(one: Kind, record: int | None, proposal: int) -> str:
    name = "amended_need" if one.kind is RecordKind.NEED else one.stem
    named = "new" if record is None and one.kind is not RecordKind.NEED else record
    return f"again-{proposal}:{name}:{named}"


def field(at: AppTest, form: str, name: str) -> Any:
    return at.main.get_by_key(f"{form}:{name}")


def saved(at: AppTest) -> AppTest:
    return next(one for one in at.main.button if one.label == "Save").click().run()


def states(url: str) -> list[str]:
    with db.reading(db.shared_engine(url)) as session:
        return [row.state for row in session.exec(select(Proposal).order_by("id"))]


@ANY
def test_a_returned_new_record_is_amended_and_sent_again(records: str, one: Kind) -> None:
    with db.transaction(db.shared_engine(records)) as session:
        proposal = sent(session, one, "First words")
        give_back(session, SYSTEM, proposal, COMMENT)
    page = opened(Role.FOCAL_POINT, "review", proposal=str(proposal))
    (link,) = [it for it in page.main.page_link if it.label == "Amend and send again"]
    assert link.proto.page == one.stem
    assert link.proto.query_string == f"again={proposal}"
    at = opened(Role.FOCAL_POINT, one.stem, again=str(proposal))
    assert any(COMMENT in info.value for info in at.info)
    form = form_of(one, None, proposal)
    assert field(at, form, one.line).value == "First words"
    field(at, form, one.line).set_value("")
    at = saved(at.run())
    assert reasons(at)
    assert states(records) == ["returned"]
    field(at, form, one.line).set_value("Second words")
    at = saved(at.run())
    assert not at.error
    assert states(records) == ["returned", "pending"]
    with db.transaction(db.shared_engine(records)) as session:
        number = accept(session, SYSTEM, int(at.query_params["proposal"]))
    assert getattr(draft_of(records, one, number), one.line) == "Second words"
    assert "again" not in at.query_params


@ANY
def test_a_change_taken_up_again_keeps_what_others_stored_meanwhile(
    records: str, one: Kind
) -> None:
    with db.transaction(db.shared_engine(records)) as session:
        number = stored(session, one)
        found = accepted.current(session, SYSTEM, one.kind, number)
        assert found is not None
        mine = renamed(one, found.draft, "First words")
        proposal = submit(session, author(session), mine, number, found.version).proposal_id or 0
        theirs = replace(found.draft, note="Theirs")
        submit(session, SYSTEM, theirs, number, found.version)
    query = {one.stem: str(number), "again": str(proposal)}
    page = opened(Role.FOCAL_POINT, "review", proposal=str(proposal))
    (link,) = [it for it in page.main.page_link if it.label == "Amend and send again"]
    assert sorted(link.proto.query_string.split("&")) == sorted(
        f"{name}={text}" for name, text in query.items()
    )
    at = opened(Role.FOCAL_POINT, one.stem, **query)
    form = form_of(one, number, proposal)
    assert field(at, form, one.line).value == "First words"
    assert field(at, form, "note").value == "Theirs"
    field(at, form, one.line).set_value("Second words")
    at = saved(at.run())
    assert not at.error
    # What waited is withdrawn: its author has sent another version in its place.
    assert states(records) == ["withdrawn", "pending"]
    with db.transaction(db.shared_engine(records)) as session:
        accept(session, SYSTEM, int(at.query_params["proposal"]))
    after = draft_of(records, one, number)
    assert (getattr(after, one.line), after.note) == ("Second words", "Theirs")


@ANY
def test_what_is_typed_into_a_change_is_kept_apart_from_the_records_form(
    records: str, one: Kind
) -> None:
    with db.transaction(db.shared_engine(records)) as session:
        proposal = sent(session, one, "First words")
        give_back(session, SYSTEM, proposal, COMMENT)
    form = form_of(one, None, proposal)
    at = opened(Role.FOCAL_POINT, one.stem, again=str(proposal))
    field(at, form, "note").set_value("Half typed").run()
    del at.query_params["again"]
    turned(at, one.stem)
    assert "Half typed" not in everything(at)
    again = opened(Role.FOCAL_POINT, one.stem, again=str(proposal))
    assert field(again, form, "note").value == "Half typed"


@ANY
@pytest.mark.parametrize("lang", READ)
def test_nobody_takes_up_a_change_of_somebody_elses(records: str, one: Kind, lang: str) -> None:
    with db.transaction(db.shared_engine(records)) as session:
        proposal = sent(session, one, "Words of somebody else")
    for role in set(Role) - {Role.FOCAL_POINT}:
        at = opened(role, one.stem, again=str(proposal), lang=lang)
        assert not at.exception
        assert len(at.error) == 1
        assert translate(lang, "Save") not in [it.label for it in at.main.button]
        assert "Words of somebody else" not in "".join(str(it.value) for it in at.main.text_input)


@ANY
@pytest.mark.parametrize("wrong", ["0", "999", "abc", "9" * 17])
@pytest.mark.usefixtures("shelf")
def test_a_number_that_is_no_changes_breaks_nothing(one: Kind, wrong: str) -> None:
    for role in (Role.FOCAL_POINT, Role.VIEWER):
        at = opened(role, one.stem, again=wrong)
        assert not at.exception
        assert not [error for error in at.error if "reference" in error.value]
