"""Briefings at the server: to whom they are open, named in codes, and kept as issued."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from ctai import db
from ctai.briefings.formats import FORMATS
from ctai.domain.briefing import Audience, Format, Issued
from ctai.domain.roles import SYSTEM, Role, Viewer, Visibility
from ctai.i18n import LANGUAGES, direction, translate
from ctai.models.briefings import IssuedBriefing
from ctai.models.people import User
from ctai.queries import briefings
from ctai.services import set_password
from ctai.services.add_user import add_user
from ctai.services.sign_in import token_for
from ctai.services.store_activity import amend, enter
from ctai.services.store_evidence import enter_assessment
from ctai.settings import settings
from tests.drafts import KNOWN, PEOPLE, activity, add_code_lists, assessment
from tests.test_server import Answer, get

GOOD = "correct horse battery"
TODAY = datetime.now(UTC).date().isoformat()
DORA, DAN = PEOPLE[Role.DESK_OFFICER], PEOPLE[Role.DONOR]


@pytest.fixture(autouse=True)
def installation(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An installation with an account per role and a course in Nigeria."""
    monkeypatch.setenv("CTAI_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("CTAI_COOKIE_KEY", "k" * 32)
    monkeypatch.setattr(set_password, "COST", 4)
    settings.cache_clear()
    with db.transaction(db.shared_engine(sqlite_url)) as session:
        add_code_lists(session)
        enter(session, SYSTEM, activity("Border course"), KNOWN)
        enter_assessment(session, SYSTEM, assessment(), KNOWN)
        quiet = assessment("Quiet visit", visibility=Visibility.UN_SYSTEM)
        enter_assessment(session, SYSTEM, quiet, KNOWN)
        for one in PEOPLE.values():
            countries = sorted(one.countries)
            add_user(session, SYSTEM, one.username, one.role, countries, one.entity, GOOD)
    yield
    db.shared_engine(sqlite_url).dispose()
    settings.cache_clear()


def asked(viewer: Viewer, query: str, form: str = "pdf") -> Answer:
    return get(f"/download/briefing.{form}", query, token_for(settings(), viewer))


def kept() -> tuple[Issued, ...]:
    with db.reading(db.shared_engine(settings().database_url)) as session:
        return briefings.listed(session, SYSTEM)


@pytest.mark.parametrize("form", FORMATS)
def test_a_briefing_is_sent_with_a_name_of_codes_and_kept(form: Format) -> None:
    answer = asked(DORA, "country=NGA&pillar=II&audience=executive&lang=ar", form)
    assert answer.status == 200
    assert answer.headers["content-type"] == FORMATS[form].media_type
    name = f"briefing_NGA_II_executive_ar_{TODAY}.{form}"
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["cache-control"] == "no-store"
    (one,) = kept()
    assert (one.by, one.format, one.asked.lang) == ("dora", form, "ar")
    assert b"".join(answer.pieces)[:4] in (b"%PDF", b"PK\x03\x04")


@pytest.mark.parametrize("form", FORMATS)
def test_a_visit_is_sent_under_its_number_and_kept(form: Format) -> None:
    answer = asked(DORA, "visit=2&audience=executive&lang=fr", form)
    assert answer.status == 200
    name = f"briefing_visit_2_executive_fr_{TODAY}.{form}"
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    (one,) = kept()
    assert (one.asked.visit, one.asked.scope.country) == (2, ("NGA",))


def test_an_unknown_language_is_the_browsers_as_on_every_page() -> None:
    answer = asked(DORA, "audience=public&lang=tlh")
    assert answer.status == 200
    assert kept()[0].asked.lang == "en"


def test_without_a_language_the_browsers_is_taken() -> None:
    answer = get(
        "/download/briefing.pdf", "audience=public", token_for(settings(), DAN), accept="fr-CA"
    )
    assert answer.status == 200
    assert "_public_fr_" in answer.headers["content-disposition"]


def test_nobody_is_briefed_without_signing_in() -> None:
    assert get("/download/briefing.pdf", "audience=public").status == 401
    assert get("/download/briefing.pdf", "audience=public", "a.b.c").status == 401
    assert kept() == ()


@pytest.mark.parametrize(
    ("viewer", "query", "said"),
    [
        (DAN, "audience=executive", "sees less than this audience"),
        (DAN, "audience=donor&entity=Denmark", "sees less than this audience"),
        (
            DORA,
            "audience=entity&entity=UNODC&country=BFA",
            "restricted records of your own countries",
        ),
        (DORA, "audience=state", "of one country"),
        (DORA, "audience=entity", "Choose the entity"),
        (DORA, "audience=entity&entity=SPECTRE&country=NGA", "“SPECTRE” is unknown"),
        (DORA, "audience=press", "Choose one of: executive"),
        (DORA, "", "is no audience"),
        (DORA, "audience=public&country=XXX", "“XXX” is not a code"),
        (DORA, "audience=public&pillar=V", "“V” is not a code"),
        (DORA, "audience=public&as_of=2099-01-01", "yet to come"),
        (DORA, "audience=public&as_of=2001-01-01", "before the first day on record"),
        (DORA, "audience=public&as_of=now", "not a day such as"),
        (DORA, "audience=public&since=2099-01-01", "not before"),
        (DORA, "audience=public&since=2001-01-01", "before the first day on record"),
        (DORA, "audience=public&visit=99", "There is no visit 99, or it is not open"),
        (DORA, "audience=public&visit=2", "There is no visit 2, or it is not open"),
        (DAN, "audience=public&visit=2", "There is no visit 2, or it is not open"),
        (DORA, "audience=public&visit=first", "There is no visit first, or it is not open"),
        (DORA, "audience=public&visit=1&country=BFA", "does not go to BFA"),
    ],
)
def test_what_can_not_be_given_is_told_and_leaves_nothing(
    viewer: Viewer, query: str, said: str
) -> None:
    answer = asked(viewer, f"{query}&lang=en")
    assert answer.status == 400
    assert answer.headers["content-type"].startswith("text/plain")
    assert said in answer.text
    assert kept() == ()


def test_an_unknown_format_is_refused() -> None:
    assert "no format of a briefing" in asked(DORA, "audience=public", "odt").text
    assert asked(DORA, "audience=public", "csv").status == 404


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_refusal_is_told_in_the_readers_language(lang: str) -> None:
    answer = asked(DORA, f"country=NGA&audience=nobody&lang={lang}")
    sentence = "“{seen}” is no audience. Choose one of: {wanted}."
    told = translate(lang, sentence, seen="nobody", wanted=", ".join(Audience))
    assert (answer.status, answer.text) == (400, f"audience · {told}")


def again(viewer: Viewer | None, number: int | str, query: str = "lang=en") -> Answer:
    token = None if viewer is None else token_for(settings(), viewer)
    return get(f"/download/briefing/{number}", query, token)


def restrict() -> None:
    """Restrict the course that was told of."""
    with db.transaction(db.shared_engine(settings().database_url)) as session:
        hidden = activity("Border course", visibility=Visibility.RESTRICTED)
        amend(session, SYSTEM, 1, hidden, known=KNOWN)


@pytest.mark.parametrize("form", FORMATS)
def test_an_issued_briefing_is_sent_again_as_it_was_and_not_issued_once_more(form: Format) -> None:
    first = asked(DORA, "country=NGA&audience=executive&lang=ar", form)
    with db.transaction(db.shared_engine(settings().database_url)) as session:
        enter(session, SYSTEM, activity("Radio course"), KNOWN)
    second = again(DORA, 1, "lang=fr")
    assert second.status == 200
    assert second.pieces == first.pieces
    for name in ("content-type", "content-disposition", "cache-control"):
        assert second.headers[name] == first.headers[name]
    assert len(kept()) == 1


def test_nobody_is_given_an_issued_briefing_without_signing_in() -> None:
    asked(DORA, "country=NGA&audience=executive")
    assert again(None, 1).status == 401
    assert get("/download/briefing/1", "", "a.b.c").status == 401


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_briefing_that_is_not_open_and_one_that_there_is_not_are_answered_alike(
    lang: str,
) -> None:
    asked(DORA, "country=NGA&audience=executive")
    wanted = "There is no briefing {seen}, or it is not open to you."
    for role in (Role.VIEWER, Role.FOCAL_POINT, Role.COUNTERPART, Role.DONOR):
        for number in ("1", "2", "999999999999"):
            answer = again(PEOPLE[role], number, f"lang={lang}")
            assert answer.status == 404
            assert answer.text == translate(lang, wanted, seen=number)
            assert answer.headers["content-type"] == "text/plain; charset=utf-8"


def test_what_is_no_number_is_not_found() -> None:
    for number in ("one", "-1", "1.5", "1'", "1/2", "٣", "9" * 30, "9" * 5000):
        assert again(DORA, number).status == 404


def test_who_sees_less_than_when_they_issued_it_is_told_so() -> None:
    asked(DORA, "country=NGA&audience=entity&entity=UNODC")
    with db.transaction(db.shared_engine(settings().database_url)) as session:
        session.execute(update(User).values(role="viewer"))
    answer = again(DORA, 1)
    assert answer.status == 403
    assert (
        answer.text == "audience · Your role sees less than this audience. Choose another audience."
    )


def test_a_country_that_is_no_longer_known_is_told_and_no_error() -> None:
    asked(DORA, "country=NGA&audience=executive")
    with db.transaction(db.shared_engine(settings().database_url)) as session:
        session.execute(update(IssuedBriefing).values(countries="XXX"))
    answer = again(DORA, 1)
    assert answer.status == 403
    assert "“XXX” is not a code of this filter." in answer.text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_that_differs_is_told_of_before_it_is_given(lang: str) -> None:
    first = asked(DORA, "country=NGA&audience=public")
    digest = kept()[0].digest
    restrict()
    told = again(DORA, 1, f"lang={lang}")
    assert told.status == 409
    assert told.headers["content-type"] == "text/html; charset=utf-8"
    assert "content-disposition" not in told.headers
    assert f'<html lang="{lang}" dir="{direction(lang)}">' in told.text
    assert translate(lang, "Briefing {number} is no longer the same", number=1) in told.text
    assert digest in told.text
    assert "Border course" not in told.text
    (link,) = re.findall(r'href="\?([^"]*)"', told.text)
    taken = again(DORA, 1, link.replace("&amp;", "&"))
    assert taken.status == 200
    assert taken.headers["content-type"] == "application/pdf"
    name = f"briefing_NGA_public_en_{TODAY}_not_as_issued.pdf"
    assert name in taken.headers["content-disposition"]
    assert taken.pieces != first.pieces
    assert len(kept()) == 1


def test_what_is_given_is_what_was_told_of() -> None:
    asked(DORA, "country=NGA&audience=public")
    digest = kept()[0].digest
    restrict()
    for other in (digest, "0" * 64, ""):
        assert again(DORA, 1, f"lang=en&content={other}").status == 409
