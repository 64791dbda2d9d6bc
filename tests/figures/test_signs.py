"""Signs are told apart by shape, by colour, and by eyes that mix colours up; and can be read."""

from itertools import combinations, pairwise

import pytest

from ctai.domain.activities import Status
from ctai.domain.gaps import CellState
from ctai.domain.strategy import Pillar
from ctai.figures import signs

TEXT_CONTRAST = 4.5  # WCAG 2.2, 1.4.3
SHAPE_CONTRAST = 3.0  # WCAG 2.2, 1.4.11
JUST_TOLD = 11.0  # CIE76; about 2 is the least difference that an eye sees side by side
GROUNDS = {False: "#FFFFFF", True: "#14191F"}  # .streamlit/config.toml

# Machado, Oliveira and Fernandes 2009, severity 1.0: what eyes without one kind of cone see.
EYES = {
    "all": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "no green": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "no blue": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def linear(colour: str) -> list[float]:
    parts = [part / 255 for part in bytes.fromhex(colour.removeprefix("#"))]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]


def contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        red, green, blue = linear(colour)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def lab(colour: str, eyes: str) -> tuple[float, float, float]:
    """CIE L*a*b* (D65) of a colour as these eyes see it."""
    rgb = linear(colour)
    red, green, blue = (
        min(max(sum(w * c for w, c in zip(row, rgb, strict=True)), 0.0), 1.0) for row in EYES[eyes]
    )
    xyz = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883,
    )
    x, y, z = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(one: str, other: str, eyes: str) -> float:
    pairs = zip(lab(one, eyes), lab(other, eyes), strict=True)
    return float(sum((a - b) ** 2 for a, b in pairs) ** 0.5)


def test_every_state_and_every_status_has_a_sign() -> None:
    assert set(signs.STATES) == set(CellState)
    assert set(signs.STATUSES) == set(Status)
    assert set(signs.PILLARS) == set(Pillar)


def test_every_state_has_its_own_symbol_and_label() -> None:
    states = signs.STATES.values()
    assert len({sign.symbol for sign in states}) == len(CellState)
    assert len({sign.label for sign in states}) == len(CellState)
    assert all(len(sign.symbol) == 1 for sign in states)


@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize("dark", GROUNDS)
def test_every_state_has_its_own_colour_for_all_eyes(dark: bool, eyes: str) -> None:
    fills = {state: sign.paint(dark=dark).fill for state, sign in signs.STATES.items()}
    # Nothing known and nothing needed are both quiet greys: hatching and a dash tell them apart.
    quiet = {CellState.NOT_ASSESSED, CellState.NO_NEED}
    alike = [
        (one, other, round(distance(fills[one], fills[other], eyes), 1))
        for one, other in combinations(fills, 2)
        if {one, other} != quiet and distance(fills[one], fills[other], eyes) < JUST_TOLD
    ]
    assert alike == []


@pytest.mark.parametrize("dark", GROUNDS)
def test_what_is_written_on_a_state_can_be_read(dark: bool) -> None:
    for state, sign in signs.STATES.items():
        for stale in (False, True):
            paint = sign.paint(stale=stale, dark=dark)
            assert contrast(paint.fill, paint.text) >= TEXT_CONTRAST, (state, stale)


@pytest.mark.parametrize("dark", GROUNDS)
def test_what_is_written_on_amounts_and_pillars_can_be_read(dark: bool) -> None:
    amounts = [
        signs.amount(step, steps, dark=dark) for steps in range(1, 6) for step in range(steps)
    ]
    for paint in [*amounts, *signs.PILLARS.values()]:
        assert contrast(paint.fill, paint.text) >= TEXT_CONTRAST, paint


@pytest.mark.parametrize("dark", GROUNDS)
def test_writing_on_the_page_can_be_read(dark: bool) -> None:
    for colour in (signs.ink(dark=dark), signs.quiet(dark=dark)):
        assert contrast(colour, GROUNDS[dark]) >= TEXT_CONTRAST


@pytest.mark.parametrize("dark", GROUNDS)
def test_every_status_stands_out_from_the_page_and_from_the_others(dark: bool) -> None:
    looks = {
        (sign.colour(dark=dark), sign.filled, sign.dash): status
        for status, sign in signs.STATUSES.items()
    }
    assert len(looks) == len(Status)
    for colour, _, _ in looks:
        assert contrast(colour, GROUNDS[dark]) >= SHAPE_CONTRAST, colour


@pytest.mark.parametrize("dark", GROUNDS)
def test_an_old_answer_is_grey_and_never_green(dark: bool) -> None:
    old = signs.STATES[CellState.ANSWERED].paint(stale=True, dark=dark).fill
    parts = bytes.fromhex(old.removeprefix("#"))
    assert max(parts) - min(parts) <= 24


@pytest.mark.parametrize("dark", GROUNDS)
def test_the_larger_an_amount_the_more_it_stands_out_from_the_page(dark: bool) -> None:
    fills = [signs.amount(step, 5, dark=dark).fill for step in range(5)]
    assert set(fills) == set(signs.SCALE)
    seen = [contrast(fill, GROUNDS[dark]) for fill in fills]
    assert seen == sorted(seen)
    assert seen[-1] >= SHAPE_CONTRAST
    assert all(far / near > 1.25 for near, far in pairwise(seen))  # each step is told from the next
