"""Bars of resources: each share is drawn once, with its sign and number, and the sum at the end."""

import json

import pandas as pd
import pytest

from ctai.domain.resources import Share
from ctai.figures import resources
from ctai.i18n import LANGUAGES
from tests.figures import drawn

ROWS = [("2025", "2025"), ("2026", "2026"), ("2027", "2027")]
MONEY = pd.DataFrame(
    [("2026", "funded", 400.4), ("2026", "unfunded", 1200.0), ("2025", "asked", 200.0)],
    columns=["row", "share", "amount"],
)


def test_shares_follow_each_other_and_a_row_without_money_is_left_out() -> None:
    rows = drawn.rows(resources.by_row(MONEY, ROWS, "en"))
    parts = [(row["row"], row["key"], row["start"], row["end"]) for row in rows if "key" in row]
    assert parts == [
        ("2025", "asked", 0, 200),
        ("2026", "funded", 0, 400),
        ("2026", "unfunded", 400, 1600),
    ]
    assert [row["label"] for row in rows if "key" not in row] == ["200", "1,600"]


def test_no_share_is_told_by_its_colour_alone() -> None:
    assert len(set(resources.MARKS.values())) == len(Share)
    rows = drawn.rows(resources.by_row(MONEY, ROWS, "en"))
    labels = [row["label"] for row in rows if "key" in row]
    assert labels == ["◐ 200", "● 400", "○ 1,200"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("dark", [True, False])
def test_the_same_money_is_the_same_picture_and_loads_nothing(lang: str, dark: bool) -> None:
    first, again = (drawn.spec(resources.by_row(MONEY, ROWS, lang, dark=dark)) for _ in range(2))
    assert first == again
    assert "url" not in json.dumps(first["datasets"])


def test_no_money_is_said_in_words() -> None:
    empty = drawn.spec(resources.by_row(MONEY[:0], ROWS, "en"))
    assert "There is nothing to draw" in json.dumps(empty)
