"""The heatmap prints each number, and does not take a missing record for nought."""

from typing import Any

import pandas as pd
import pytest

from ctai.domain.strategy import Pillar
from ctai.figures import heatmap, signs
from ctai.i18n import LANGUAGES
from tests.figures import drawn

ROWS = [("NGA", "Nigeria"), ("BFA", "Burkina Faso"), ("", "Several countries")]
FRAME = pd.DataFrame(
    [("NGA", "II", 1250), ("BFA", "I", 3), (None, "IV", 40), ("TCD", "I", 99)],
    columns=["row", "pillar", "undertakings"],
)
NOTHING = FRAME.iloc[:0]


def draw(frame: pd.DataFrame = FRAME, lang: str = "en", **options: Any) -> Any:
    return heatmap.heatmap(frame, ROWS, "undertakings", lang, "Undertakings", **options)


def cells(frame: pd.DataFrame = FRAME) -> dict[tuple[str, str], dict[str, Any]]:
    return {(row["row"], row["pillar"]): row for row in drawn.rows(draw(frame))}


def test_every_row_and_pillar_is_drawn_once() -> None:
    assert set(cells()) == {(code, pillar) for code, _ in ROWS for pillar in Pillar}


def test_numbers_are_written_as_the_language_writes_them() -> None:
    assert cells()["NGA", "II"]["written"] == "1,250"
    assert "1\u202f250" in drawn.words(draw(lang="fr"))


def test_no_record_is_not_nought() -> None:
    cell = cells()["BFA", "III"]
    assert (cell["written"], cell["value_label"]) == ("·", "no record")
    assert cell["key"] == heatmap.NO_RECORD


def test_nought_is_a_record() -> None:
    frame = FRAME.assign(undertakings=[0, 3, 40, 99])
    assert cells(frame)["NGA", "II"]["written"] == "0"


def test_a_row_that_is_not_known_stands_under_its_own_label() -> None:
    assert cells()["", "IV"]["written"] == "40"


def test_a_row_that_is_not_listed_is_left_out() -> None:
    assert "TCD" not in drawn.words(draw())


def test_an_amount_is_printed_as_it_is_given() -> None:
    frame = FRAME.assign(value_label=["US$ 1K", "US$ 3", "US$ 40", "US$ 99"])
    assert cells(frame)["NGA", "II"]["written"] == "US$ 1K"


def test_larger_numbers_are_darker_and_their_writing_flips() -> None:
    (scale,) = drawn.scales(draw(), "fill")
    fills = dict(zip(scale["domain"], scale["range"], strict=True))
    large, small = cells()["NGA", "II"], cells()["BFA", "I"]
    assert fills[large["key"]] == signs.SCALE[-1]
    assert large["ink"] == "#FFFFFF" != small["ink"]


def test_arabic_begins_on_the_right() -> None:
    assert {scale["reverse"] for scale in drawn.scales(draw(lang="ar"), "x")} == {True}
    assert {scale["reverse"] for scale in drawn.scales(draw(), "x")} == {False}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("frame", [FRAME, NOTHING], ids=["some", "none"])
def test_the_spec_is_valid_names_no_address_and_is_the_same_each_time(
    lang: str, dark: bool, frame: pd.DataFrame
) -> None:
    first, second = (drawn.words(draw(frame, lang, dark=dark)) for _ in range(2))
    assert first == second
    assert "http" not in first
    assert '"url"' not in first


def test_only_the_columns_that_are_drawn_travel() -> None:
    assert {name for row in drawn.rows(draw()) for name in row} == set(heatmap.DRAWN)


def test_without_rows_it_says_so_and_keeps_its_selection() -> None:
    chart = heatmap.heatmap(NOTHING, [], "undertakings", "en", "Undertakings")
    assert "There is nothing to draw" in drawn.words(chart)
    assert drawn.selections(chart) == {"cell": ["row", "pillar"]}


def test_a_click_names_row_and_pillar() -> None:
    assert drawn.selections(draw()) == {"cell": ["row", "pillar"]}
    assert heatmap.picked({"cell": [{"row": "NGA", "pillar": "II"}]}) == ("NGA", "II")
    assert heatmap.picked({"cell": [{"row": "", "pillar": "II"}]}) == ("", "II")


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"cell": []},
        {"cell": None},
        {"cell": [{"row": "NGA"}]},
        {"cell": [{"row": "NGA", "pillar": "V"}]},
        {"cell": [{"row": 2017, "pillar": "II"}]},
        {"cell": [{"row": "NGA", "pillar": ["II"]}]},
    ],
)
def test_an_odd_selection_is_none(payload: dict[str, Any]) -> None:
    assert heatmap.picked(payload) is None


def test_the_summary_gives_the_numbers() -> None:
    told = heatmap.summary(FRAME, ROWS, "undertakings", "en")
    assert "3 of 12 cells have a record" in told
    assert "1,250, for Nigeria in pillar II" in told


def test_the_summary_of_nothing_says_so() -> None:
    assert "nothing is recorded" in heatmap.summary(NOTHING, ROWS, "undertakings", "en")
