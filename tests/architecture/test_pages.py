"""Pages stay thin and locked, and the front door stays a door."""

from collections.abc import Callable

import pytest

from tests.architecture import page_rules
from tests.architecture.sources import Source, listing, parse, python_files

Rule = Callable[[Source], list[str]]

PAGE_RULES: list[Rule] = [
    page_rules.entered_late,
    page_rules.fat_page,
    page_rules.thinking_page,
]
GOOD_PAGE = '''"""Gap matrix: where needs are not answered."""

import streamlit as st

from ctai.figures import matrix
from ctai.ui import shell, store

shell.enter(__file__, title="x")

gaps = store.gaps()
if gaps.empty and not gaps.columns.empty:
    st.stop()
st.altair_chart(matrix.by_measure(gaps), alt=matrix.summary(gaps))
'''
GOOD_DOOR = '''"""The front door."""

from streamlit.starlette import App

from ctai import server
from ctai.ui import shell

app = App(__file__, routes=server.ROUTES, middleware=server.middleware())

shell.main()
'''
BAD_PAGES: list[tuple[Rule, str, str]] = [
    (page_rules.entered_late, GOOD_PAGE.replace("shell.enter", "shell.leave"), "pages/gaps.py"),
    (page_rules.entered_late, GOOD_PAGE.replace("__file__, ", ""), "pages/gaps.py"),
    (page_rules.entered_late, GOOD_PAGE.replace("shell.enter", "x = 1\nshell.enter"), "gaps.py"),
    (page_rules.entered_late, '"""Nothing else."""', "pages/gaps.py"),
    (page_rules.fat_page, GOOD_PAGE, "pages/1_gaps.py"),
    (page_rules.fat_page, GOOD_PAGE, "pages/Gaps.py"),
    (page_rules.fat_page, GOOD_PAGE, "pages/🗺gaps.py"),
    (page_rules.fat_page, GOOD_PAGE + "\n" * 60, "pages/gaps.py"),
    (page_rules.thinking_page, "def f():\n    pass", "pages/gaps.py"),
    (page_rules.thinking_page, "class A:\n    pass", "pages/gaps.py"),
    (page_rules.thinking_page, "x = lambda: 1", "pages/gaps.py"),
    (page_rules.thinking_page, "x = a / b", "pages/gaps.py"),
    (page_rules.thinking_page, "x += 1", "pages/gaps.py"),
    (page_rules.thinking_page, "x = '%s' % y", "pages/gaps.py"),
    (page_rules.thinking_page, "x = sum(y)", "pages/gaps.py"),
    (page_rules.thinking_page, "from sqlmodel import select", "pages/gaps.py"),
    (page_rules.thinking_page, "from ctai.queries import needs", "pages/gaps.py"),
    (page_rules.thinking_page, "from ctai import queries", "pages/gaps.py"),
    (page_rules.thinking_page, "if True:\n    import sqlalchemy.orm", "pages/gaps.py"),
]
BAD_DOORS = {
    "no shell": GOOD_DOOR.replace("shell.main()", ""),
    "no server": GOOD_DOOR.replace("app = App", "other = App"),
    "another file": GOOD_DOOR.replace("__file__", '"pages/gaps.py"'),
    "two shells": GOOD_DOOR + "shell.main()\n",
    "a helper": GOOD_DOOR + "def f():\n    pass\n",
    "an exception": GOOD_DOOR.replace("shell.main()", "if open_day:\n    shell.main()"),
    "thinking": GOOD_DOOR.replace("server.ROUTES", "server.ROUTES + more"),
}


@pytest.mark.parametrize("rule", PAGE_RULES, ids=lambda rule: rule.__name__)
def test_every_page_is_thin_and_locked(rule: Rule) -> None:
    pages = python_files("pages")
    assert pages
    found = {page.path: rule(page) for page in pages}
    assert not any(found.values()), listing(found)


def test_pages_lie_flat() -> None:
    assert {page.path.parent.as_posix() for page in python_files("pages")} == {"pages"}


def test_the_front_door_is_only_a_door() -> None:
    (door,) = python_files("app.py")
    assert page_rules.wide_front_door(door) == []


@pytest.mark.parametrize("rule", PAGE_RULES, ids=lambda rule: rule.__name__)
def test_a_good_page_is_let_through(rule: Rule) -> None:
    assert rule(parse(GOOD_PAGE, "pages/gap_matrix.py")) == []


@pytest.mark.parametrize(("rule", "text", "path"), BAD_PAGES)
def test_a_bad_page_is_found(rule: Rule, text: str, path: str) -> None:
    assert rule(parse(text, path)) != []


def test_a_good_door_is_let_through() -> None:
    assert page_rules.wide_front_door(parse(GOOD_DOOR, "app.py")) == []


@pytest.mark.parametrize("text", BAD_DOORS.values(), ids=BAD_DOORS)
def test_a_bad_door_is_found(text: str) -> None:
    assert page_rules.wide_front_door(parse(text, "app.py")) != []
