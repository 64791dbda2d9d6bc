"""The colours can be read, and every setting is one that Streamlit knows."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from streamlit import config

from tests.architecture.sources import ROOT

SETTINGS = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
TEXT_CONTRAST = 4.5  # WCAG 2.2, 1.4.3
SHAPE_CONTRAST = 3.0  # WCAG 2.2, 1.4.11
WHITE = "#FFFFFF"  # Streamlit writes on a primary button in white


def contrast(one: str, other: str) -> float:
    """Give the contrast of two colours, 1 to 21, as WCAG 2.2 defines it."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (red, green, blue)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def options(settings: dict[str, Any], section: str = "") -> Iterator[str]:
    for name, value in settings.items():
        if isinstance(value, dict):
            yield from options(value, f"{section}{name}.")
        else:
            yield f"{section}{name}"


def test_contrast_is_measured_as_defined() -> None:
    assert contrast("#000000", WHITE) == pytest.approx(21)
    assert contrast("#777777", WHITE) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_text_stands_out_from_every_ground(mode: str) -> None:
    theme = SETTINGS["theme"][mode]
    texts = {name: value for name, value in theme.items() if re.search("[tT]extColor|link", name)}
    grounds = {name: value for name, value in theme.items() if name.endswith("ackgroundColor")}
    assert len(texts) > 5
    assert len(grounds) > 2
    too_faint = [
        (text, ground, round(contrast(texts[text], grounds[ground]), 2))
        for text in texts
        for ground in grounds
        if contrast(texts[text], grounds[ground]) < TEXT_CONTRAST
    ]
    assert too_faint == []


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_a_button_can_be_read_and_seen(mode: str) -> None:
    theme = SETTINGS["theme"][mode]
    assert contrast(theme["primaryColor"], WHITE) >= TEXT_CONTRAST
    assert contrast(theme["primaryColor"], theme["backgroundColor"]) >= SHAPE_CONTRAST


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_marks_in_charts_stand_out(mode: str) -> None:
    theme = SETTINGS["theme"][mode]
    for colour in theme["chartCategoricalColors"]:
        assert contrast(colour, theme["backgroundColor"]) >= SHAPE_CONTRAST, colour


@pytest.mark.parametrize("option", list(options(SETTINGS)))
def test_streamlit_knows_every_setting(option: str) -> None:
    config.get_option(option)  # raises for a name it does not know


def test_an_unknown_setting_is_found() -> None:
    with pytest.raises(RuntimeError):
        config.get_option("theme.light.primaryColour")


def test_streamlit_tells_nobody_about_its_use() -> None:
    assert SETTINGS["browser"]["gatherUsageStats"] is False
    assert SETTINGS["client"]["showErrorLinks"] is False
    assert SETTINGS["browser"]["serverAddress"]
