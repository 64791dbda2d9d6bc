"""What every chart shares: labels that fit, in both directions of writing."""

import pytest

from ctai.domain.activities import Status
from ctai.domain.reporting import QuarterState
from ctai.domain.resources import Share
from ctai.figures import funding_bars, reporting, signs, style
from ctai.i18n import LANGUAGES, plan_wording, translate


def test_a_label_takes_two_lines_at_most_and_says_where_it_is_cut() -> None:
    assert style.two_lines("Borders", 20, "en") == ["Borders"]
    assert style.two_lines("Border and customs control", 20, "en") == [
        "Border and customs",
        "control",
    ]
    cut = style.two_lines("Border and customs control of persons and arms", 20, "en")
    assert len(cut) == 2
    assert cut[1].endswith("…")


def test_an_empty_label_is_an_empty_line() -> None:
    assert style.two_lines("", 20, "en") == [""]


def test_a_title_of_another_direction_keeps_its_own_in_arabic() -> None:
    assert style.two_lines("2 to 5 years", 20, "ar") == ["\u20682 to 5 years\u2069"]
    assert style.two_lines("I · الظروف", 20, "ar") == ["I · الظروف"]


def test_a_mark_picked_is_read_and_anything_else_is_nothing() -> None:
    assert style.first_of({"cell": [{"a": 1}, {"a": 2}]}, "cell") == {"a": 1}
    assert style.first_of({}, "cell") == {}
    for odd in (None, "a", [], [1], {"a": 1}):
        assert style.first_of({"cell": odd}, "cell") == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_words_of_every_key_fit_a_narrow_place(lang: str) -> None:
    words = [
        *(f"{sign.symbol} {translate(lang, sign.label)}" for sign in signs.STATES.values()),
        *(style.status_label(lang, status) for status in Status),
        *(reporting.state_label(lang, state) for state in QuarterState),
        *(translate(lang, layer.label) for layer in funding_bars.LAYERS.values()),
        *(f"● {plan_wording.share(lang, share)}" for share in Share),
    ]
    assert len(words) > 20
    letter_px = style.LETTER_PX * 11 / 12  # a key is written smaller there
    assert [one for one in words if len(one) * letter_px > style.KEY_PX] == []
