"""Review on the screen: a focal point sends, a desk decides, and readers see it only then."""

from collections.abc import Iterator

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from ctai import db
from ctai.domain.roles import SYSTEM, Role
from ctai.i18n import translate
from ctai.i18n.isolates import isolated
from ctai.models.records import Revision
from ctai.models.trust import Proposal
from ctai.services import decide_proposal, store_activity, trust_entity
from ctai.ui import language
from tests import drafts
from tests.app.conftest import number_of, opened, turned
from tests.app.screen import READ, everything, reasons, said, table
from tests.app.test_entry import SENT, TITLE, count, enter, field, put, stored
from tests.app.test_exchange import GOOD, HEADER, brought

CHANGED = "Upholstery of patrol boats, finished"
WAITING = "Changes that wait for review"


def sent_for_review(url: str, **query: str) -> int:
    """Enter a record as the focal point and give the proposal's number."""
    at = enter(opened(Role.FOCAL_POINT, "enter", **query))
    assert not at.error
    return int(at.query_params["proposal"])


def states(url: str) -> list[str]:
    with db.reading(db.shared_engine(url)) as session:
        return [row.state for row in session.exec(select(Proposal).order_by("id"))]


def decided(number: int, button: str, comment: str = "", **query: str) -> AppTest:
    """Open a change as the desk and press a button."""
    at = opened(Role.DESK_OFFICER, "review", proposal=str(number), **query)
    at.text_area(key=f"review:{number}:comment").set_value(comment)
    return at.button(key=f"review_{button}").click().run()


@pytest.fixture
def speaking(lang: str) -> Iterator[None]:
    """Have AppTest ask for widgets' labels, outside of any run, in the visit's language."""
    before = language._settled.set(lang)
    yield
    language._settled.reset(before)


@pytest.mark.usefixtures("speaking")
@pytest.mark.parametrize("lang", READ)
def test_a_focal_point_sends_a_desk_accepts_and_readers_see_it_only_then(
    records: str, lang: str
) -> None:
    before = count(records)
    at = opened(Role.FOCAL_POINT, "enter", lang=lang)
    for name, value in {f"title_{lang}": TITLE, "countries": ["NGA"], "entity": "UNODC"}.items():
        field(at, name).set_value(value)
    at.button(key="entry_save").click().run()
    number = int(at.query_params["proposal"])
    assert [toast.value for toast in at.toast] == [translate(lang, SENT)]
    assert isolated(lang, TITLE) in [head.value for head in at.header]
    assert count(records) == before
    reader = opened(Role.VIEWER, "activities", lang=lang)
    assert TITLE not in everything(reader)
    desk = opened(Role.DESK_OFFICER, "review", lang=lang)
    assert TITLE in everything(desk)
    decided(number, "accept", lang=lang)
    assert number_of(records, TITLE)
    assert states(records) == ["accepted"]
    assert TITLE in everything(reader.run())


def test_a_change_shows_before_and_after_and_readers_keep_the_accepted_version(
    records: str,
) -> None:
    number = put(records, drafts.activity(TITLE))
    at = opened(Role.FOCAL_POINT, "enter", activity=str(number))
    field(at, "title_en").set_value(CHANGED)
    at.button(key="entry_save").click().run()
    desk = opened(Role.DESK_OFFICER, "review", proposal=at.query_params["proposal"])
    rows = table(desk, "What this change would change")
    assert rows.to_numpy().tolist() == [["Title in English", TITLE, CHANGED]]
    for role in (Role.FOCAL_POINT, Role.DESK_OFFICER, Role.VIEWER):
        page = opened(role, "activities", activity=str(number))
        assert TITLE in [head.value for head in page.header]
        assert said(page, "A change waits for review") is (role is not Role.VIEWER)
        assert CHANGED not in everything(page)
        may_amend = "Amend" in [link.label for link in page.main.page_link]
        assert may_amend is (role is Role.DESK_OFFICER)


def test_a_returned_change_is_amended_and_sent_again(records: str) -> None:
    number = sent_for_review(records)
    refused = decided(number, "return")
    assert reasons(refused) == ["The comment is missing. Say what its author is to change."]
    decided(number, "return", "Say which port.")
    assert states(records) == ["returned"]
    own = opened(Role.FOCAL_POINT, "review", proposal=str(number))
    assert any("Say which port" in info.value for info in own.info)
    (link,) = [one for one in own.main.page_link if one.label == "Amend and send again"]
    assert f"again={number}" in link.proto.query_string
    at = opened(Role.FOCAL_POINT, "enter", again=str(number))
    assert any("Say which port" in info.value for info in at.info)
    assert field(at, "title_en").value == TITLE
    field(at, "title_en").set_value(CHANGED)
    at.button(key="entry_save").click().run()
    decided(int(at.query_params["proposal"]), "accept")
    assert stored(records, number_of(records, CHANGED)).entities == {"UNODC"}
    assert states(records) == ["returned", "accepted"]


def test_a_comment_outlives_its_visit_and_another_desks_decision(records: str) -> None:
    number = sent_for_review(records)
    box = f"review:{number}:comment"
    opened(Role.DESK_OFFICER, "review", proposal=str(number)).text_area(key=box).set_value(
        "Say which border"
    ).run()
    at = opened(Role.DESK_OFFICER, "review", proposal=str(number))
    assert at.text_area(key=box).value == "Say which border"
    with db.transaction(db.shared_engine(records)) as session:
        decide_proposal.accept(session, SYSTEM, number)
    at.button(key="review_return").click().run()
    assert len(reasons(at)) == 1
    assert "Say which border" in [code.value for code in at.code]


def test_what_others_changed_meanwhile_is_shown_and_kept(records: str) -> None:
    number = put(records, drafts.activity(TITLE))
    at = opened(Role.FOCAL_POINT, "enter", activity=str(number))
    field(at, "title_en").set_value(CHANGED)
    at.button(key="entry_save").click().run()
    proposal = int(at.query_params["proposal"])
    with db.transaction(db.shared_engine(records)) as session:
        theirs = drafts.activity(TITLE, budget=(drafts.money(5),))
        store_activity.amend(session, SYSTEM, number, theirs)
    desk = decided(proposal, "accept")
    assert any("The record has changed since this was written" in one for one in reasons(desk))
    assert list(table(desk, "What this change would change"))[1:] == ["Before", "After", "Now"]
    decided(proposal, "return", "Look at the money.")
    again = opened(Role.FOCAL_POINT, "enter", again=str(proposal))
    again.button(key="entry_save").click().run()
    decided(int(again.query_params["proposal"]), "accept")
    kept = stored(records, number)
    assert (kept.texts["en"].title, len(kept.budget)) == (CHANGED, 1)


def test_confirmations_are_accepted_together(records: str) -> None:
    numbers = [put(records, drafts.activity(f"{TITLE} {n}")) for n in range(3)]
    for number in numbers:
        at = opened(Role.FOCAL_POINT, "activities", activity=str(number))
        next(b for b in at.main.button if b.label == "Still true today").click().run()
        assert [toast.value for toast in at.toast] == [SENT]
    desk = opened(Role.DESK_OFFICER, "review")
    assert len(table(desk, WAITING)) == 3
    for box in desk.checkbox[:2]:
        box.set_value(True)
    desk.button(key="review_accept_ticked").click().run()
    assert sorted(states(records)) == ["accepted", "accepted", "pending"]
    dates = [stored(records, number).status_as_of or "" for number in numbers]
    assert sum(day > "2026" for day in dates) == 2


def test_an_author_withdraws_what_waits(records: str) -> None:
    number = sent_for_review(records)
    at = opened(Role.FOCAL_POINT, "review", proposal=str(number))
    assert not [b for b in at.main.button if b.key in ("review_accept", "review_return")]
    at.button(key="review_withdraw").click().run()
    assert states(records) == ["withdrawn"]


def test_an_administrator_lets_an_entity_pass_and_ends_it(records: str) -> None:
    at = opened(Role.ADMINISTRATOR, "review")
    at.selectbox(key="trust_entity").set_value("UNODC")
    at.text_input(key="trust_why").set_value("long practice")
    at.button(key="trust_add").click().run()
    assert not at.error
    assert said(
        opened(Role.FOCAL_POINT, "review"), "Your entity is trusted: your changes count at once."
    )
    focal = enter(opened(Role.FOCAL_POINT, "enter"))
    assert [toast.value for toast in focal.toast] == ["Saved."]
    assert number_of(records, TITLE)
    at.button(key="trust_end_UNODC").click().run()
    assert said(at, "None: every focal point's change waits for a desk officer.")
    with db.reading(db.shared_engine(records)) as session:
        logged = session.exec(select(Revision).where(Revision.field == "trusted_entity")).all()
    assert [(one.actor, one.old, one.new, one.why) for one in logged] == [
        ("administrator", None, "UNODC", "long practice"),
        ("administrator", "UNODC", None, ""),
    ]


def test_a_focal_points_file_waits_row_by_row(records: str) -> None:
    before = count(records)
    at = brought(Role.FOCAL_POINT, HEADER + GOOD)
    button = next(b for b in at.main.button if b.label == "Send 1 good record for review")
    at = button.click().run()
    assert [toast.value for toast in at.toast] == ["1 record waits for review."]
    assert count(records) == before
    assert "Kiln repair" in everything(opened(Role.DESK_OFFICER, "review"))
    with db.transaction(db.shared_engine(records)) as session:
        trust_entity.trust_entity(session, SYSTEM, "UNODC")
    assert not [b for b in store_labels(brought(Role.FOCAL_POINT, HEADER + GOOD)) if "good" in b]


def store_labels(at: AppTest) -> list[str]:
    return [button.label for button in at.main.button]


@pytest.mark.parametrize("role", [Role.VIEWER, Role.DONOR, Role.COUNTERPART])
def test_who_neither_writes_nor_decides_finds_nothing_of_what_waits(
    records: str, role: Role
) -> None:
    number = sent_for_review(records)
    at = opened(role, "review", proposal=str(number))
    assert TITLE not in everything(at)
    assert said(at, "Your role does not open this page.")
    assert TITLE not in everything(turned(at, "activities"))


@pytest.mark.parametrize("asked", ["0", "999", "abc", "9" * 17])
def test_a_number_that_is_no_changes_breaks_nothing(records: str, asked: str) -> None:
    del records
    for stem in ("review", "enter"):
        at = opened(Role.FOCAL_POINT, stem, proposal=asked, again=asked)
        assert not at.exception
        assert not [error for error in at.error if "reference" in error.value]


def test_nobody_takes_up_a_change_of_somebody_elses(records: str) -> None:
    number = sent_for_review(records)
    for role in (Role.DESK_OFFICER, Role.ADMINISTRATOR):
        at = opened(role, "enter", again=str(number))
        assert [error.value for error in at.error] == [
            "There is no such activity, or it is not open to you."
        ]
