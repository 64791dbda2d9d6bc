"""The picture of reporting: a sign and a word in each cell, and no address in it."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from ctai.domain.reporting import QuarterState, last_quarters
from ctai.figures import reporting, style
from ctai.i18n import LANGUAGES
from tests.figures import drawn

QUARTERS = last_quarters(date(2026, 11, 25), 5)
ROWS = [("UNODC", "UNODC"), ("CTED", "CTED")]
FRAME = pd.DataFrame(
    [
        ("UNODC", quarter, state.value, n)
        for n, (quarter, state) in enumerate(zip(QUARTERS, QuarterState, strict=True))
    ]
    + [("IOM", QUARTERS[0], QuarterState.SILENT.value, 0)],
    columns=["entity", "quarter", "state", "records"],
)


def draw(frame: pd.DataFrame = FRAME, lang: str = "en", **options: Any) -> style.Figure:
    return reporting.matrix(frame, ROWS, lang, dark=options.get("dark", False))


def test_each_state_has_its_own_sign_beside_its_colour() -> None:
    cells = drawn.rows(draw())
    assert len(cells) == len(QuarterState)
    assert len({cell["symbol"] for cell in cells}) == len(QuarterState)
    assert len({reporting.paint(state).fill for state in QuarterState}) == len(QuarterState)
    assert cells[0]["records"] == "0"


def test_an_entity_that_is_not_listed_is_left_out() -> None:
    assert "IOM" not in drawn.words(draw())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("dark", [False, True])
def test_no_address_is_drawn_and_the_same_frame_gives_the_same_picture(
    lang: str, dark: bool
) -> None:
    words = drawn.words(draw(lang=lang, dark=dark))
    assert "http" not in words
    assert words == drawn.words(draw(lang=lang, dark=dark))


def test_the_picture_is_told_in_words() -> None:
    told = reporting.summary(FRAME, "en")
    assert "2 entities over 5 quarters: 1 reported" in told
    assert "2 silent" in told
    assert reporting.summary(FRAME.iloc[:0], "en").startswith("Reporting by quarter: no entity")


def test_a_pick_names_entity_and_quarter_and_nothing_else_is_taken() -> None:
    assert drawn.selections(draw()) == {"cell": ["entity", "quarter"]}
    assert reporting.picked({"cell": [{"entity": "UNODC", "quarter": "2026-Q3"}]}) == (
        "UNODC",
        "2026-Q3",
    )
    assert reporting.picked({"cell": [{"entity": 3}]}) is None
    assert reporting.picked({}) is None


def test_nothing_to_draw_says_so() -> None:
    assert "nothing to draw" in drawn.words(draw(FRAME.iloc[:0]))
