"""Every page, in every language, for every role: it opens, or says that it does not."""

import pytest

from ctai.domain.roles import Role, Viewer
from ctai.i18n import LANGUAGES, direction, translate
from ctai.ui.shell import PAGES
from tests.app.conftest import QUIET, number_of, opened, turned, visit
from tests.app.screen import everything, links, untold

REFUSAL = "Your role does not open this page."


def may_open(role: Role, stem: str) -> bool:
    needs = PAGES[stem].needs
    return needs is None or Viewer(role.value, role).may(needs)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("role", Role)
@pytest.mark.usefixtures("shelf")
def test_every_page_opens_or_refuses_in_every_language(role: Role, lang: str) -> None:
    at = visit(role, lang=lang).run()
    for stem in PAGES:
        turned(at, stem)
        told = [error.value for error in at.error]
        assert told == ([] if may_open(role, stem) else [translate(lang, REFUSAL)]), stem
        assert not at.exception, stem
        assert at.title, stem
        assert untold(at, lang) == [], stem
        assert f'data-lang="{lang}" data-dir="{direction(lang)}"' in at.html[0].value
        assert at.query_params["lang"] == lang


@pytest.mark.parametrize("role", Role)
@pytest.mark.usefixtures("shelf")
def test_no_link_of_any_page_leads_to_a_refusal(role: Role) -> None:
    at = visit(role, activity="1").run()
    for stem in (stem for stem in PAGES if may_open(role, stem)):
        turned(at, stem)
        led = {page or next(iter(PAGES)) for page, _ in links(at)}
        assert {stem for stem in led if not may_open(role, stem)} == set()
        assert len(led) >= 8


@pytest.mark.parametrize("role", [Role.VIEWER, Role.DONOR, Role.COUNTERPART, Role.DESK_OFFICER])
@pytest.mark.usefixtures("shelf")
def test_what_a_role_may_not_see_is_nowhere_on_any_page(role: Role) -> None:
    hidden = {
        Role.VIEWER: {"Zumbrota", "Xochimilco"},
        Role.DESK_OFFICER: {"Xochimilco"},  # of another country
    }.get(role, set(QUIET.values()))
    at = visit(role).run()
    for stem in (stem for stem in PAGES if may_open(role, stem)):
        for country in ("NGA", "BFA"):
            turned(at, stem, country=country)
            shown = everything(at)
            assert {word for word in hidden if word in shown} == set(), (stem, country)


@pytest.mark.usefixtures("shelf")
def test_what_others_may_not_see_is_there_for_those_who_may() -> None:
    words = {word for (iso3, _), word in QUIET.items() if iso3 == "NGA"}
    for role in (Role.ADMINISTRATOR, Role.DESK_OFFICER, Role.FOCAL_POINT):
        for stem in ("activities", "country"):
            shown = everything(opened(role, stem, country="NGA"))
            assert {word for word in words if word in shown} == words, (role, stem)


@pytest.mark.usefixtures("shelf")
def test_a_counterpart_finds_no_other_country_on_any_page() -> None:
    at = visit(Role.COUNTERPART).run()
    for stem in ("overview", "gap_matrix", "country", "activities", "pillar_heatmap"):
        turned(at, stem, country="BFA")
        assert "N-BFA-" not in everything(at), stem
        assert not at.exception


def test_an_unknown_record_and_one_that_is_not_open_say_the_same(shelf: str) -> None:
    told = set()
    for number in (str(number_of(shelf, "Zumbrota course")), "999999"):
        at = opened(Role.VIEWER, "activities", activity=number)
        told.add(tuple(warning.value for warning in at.warning))
        assert "Zumbrota" not in everything(at)
    assert len(told) == 1
    assert told != {()}
