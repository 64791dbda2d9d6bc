"""Every module keeps the rules of the house, and each rule tells a bad module from a good one."""

from collections.abc import Callable

import pytest

from tests.architecture import room_rules
from tests.architecture.sources import Source, listing, parse, python_files

Rule = Callable[[Source], list[str]]

EVERYWHERE = ("app.py", "ctai", "pages", "migrations")
RULES: dict[Rule, tuple[str, ...]] = {
    room_rules.missing_sentence: ("app.py", "ctai", "pages"),
    room_rules.empty_names: (*EVERYWHERE, "benchmarks", "tests"),
    room_rules.too_long: ("ctai",),
    room_rules.catches_everything: EVERYWHERE,
    room_rules.prints: EVERYWHERE,
    room_rules.impure_imports: ("ctai/domain",),
}

GOOD = '"""One sentence."""\n\nimport csv\n\nimport pandas as pd\n\nfrom ctai.domain import money\n'
BAD: list[tuple[Rule, str, str]] = [
    (room_rules.missing_sentence, "x = 1", "ctai/gaps.py"),
    (room_rules.empty_names, GOOD, "ctai/utils.py"),
    (room_rules.empty_names, GOOD, "ctai/helpers/gaps.py"),
    (room_rules.empty_names, GOOD, "ctai/services/process_request.py"),
    (room_rules.too_long, "x = 1\n" * 301, "ctai/gaps.py"),
    (room_rules.too_long, "def f():\n" + "    x = 1\n" * 60, "ctai/gaps.py"),
    (room_rules.too_long, "class A:\n  async def f():\n" + "    x = 1\n" * 60, "ctai/gaps.py"),
    (room_rules.catches_everything, "try:\n    x\nexcept:\n    pass", "ctai/gaps.py"),
    (room_rules.catches_everything, "try:\n    x\nexcept Exception:\n    pass", "ctai/gaps.py"),
    (
        room_rules.catches_everything,
        "try:\n    x\nexcept (OSError, builtins.BaseException) as e:\n    pass",
        "ctai/gaps.py",
    ),
    (room_rules.catches_everything, "with suppress(Exception):\n    x", "ctai/gaps.py"),
    (room_rules.prints, "print('x')", "ctai/gaps.py"),
    (room_rules.impure_imports, "import streamlit", "ctai/domain/gaps.py"),
    (room_rules.impure_imports, "from sqlalchemy.orm import x", "ctai/domain/gaps.py"),
    (room_rules.impure_imports, "from ctai import db", "ctai/domain/gaps.py"),
    (room_rules.impure_imports, "import os", "ctai/domain/gaps.py"),
    (room_rules.impure_imports, "from urllib.request import urlopen", "ctai/domain/gaps.py"),
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_module_keeps_the_rules_of_the_house(rule: Rule) -> None:
    sources = python_files(*RULES[rule])
    assert len(sources) > 1
    found = {source.path: rule(source) for source in sources}
    assert not any(found.values()), listing(found)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_good_module_is_let_through(rule: Rule) -> None:
    assert rule(parse(GOOD, "ctai/domain/gaps.py")) == []


@pytest.mark.parametrize(("rule", "text", "path"), BAD)
def test_a_bad_module_is_found(rule: Rule, text: str, path: str) -> None:
    assert rule(parse(text, path)) != []


def test_the_command_line_may_print() -> None:
    assert room_rules.prints(parse("print('x')", "ctai/cli/brief.py")) == []
