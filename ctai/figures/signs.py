"""Signs: the symbol and the colours that a state, a status, a pillar or an amount has everywhere.

No sign rests on colour alone, no pair is red and green, and what is old or unknown is never a
colour of success. tests/figures/test_signs.py measures contrast and what colour-blind eyes see.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from ctai.domain.activities import Status
from ctai.domain.gaps import CellState
from ctai.domain.strategy import Pillar
from ctai.i18n import wording


@dataclass(frozen=True)
class Paint:
    """A fill and the colour of what is written on it, as #RRGGBB."""

    fill: str
    text: str


@dataclass(frozen=True)
class Sign:
    """How a state looks: one glyph, an English msgid, and paints on a light and a dark page.

    The old paints are for evidence that is stale.
    """

    symbol: str
    label: str
    light: Paint
    dark: Paint
    light_old: Paint
    dark_old: Paint

    def paint(self, *, stale: bool = False, dark: bool = False) -> Paint:
        """The paint for evidence of this age on a page of this kind."""
        if stale:
            return self.dark_old if dark else self.light_old
        return self.dark if dark else self.light


@dataclass(frozen=True)
class StatusSign:
    """How an activity's status looks: a colour, whole or outlined, and the outline's dashes."""

    light: str
    dark: str
    filled: bool = True
    dash: tuple[int, ...] = (1, 0)

    def colour(self, *, dark: bool = False) -> str:
        """The colour on a page of this kind."""
        return self.dark if dark else self.light


_INK, _PALE = "#1F2A35", "#F4F7FA"
_NOT_ASSESSED = Paint("#EEF0F2", "#5A6672"), Paint("#1E252D", "#A9B4BF")
_ACTIVITY_ONLY = Paint("#A9D5EE", "#0B3A54"), Paint("#19587B", "#E3F2FA")

STATES: Final[Mapping[CellState, Sign]] = MappingProxyType(
    {
        CellState.NOTHING_YET: Sign(
            "●",
            wording.CELL_STATES["nothing_yet"],
            light=Paint("#BC4708", "#FFFFFF"),
            dark=Paint("#EC7A43", "#14191F"),
            light_old=Paint("#E0B4A0", _INK),
            dark_old=Paint("#7A4A35", _PALE),
        ),
        CellState.PARTLY_ANSWERED: Sign(
            "◐",
            wording.CELL_STATES["partly_answered"],
            light=Paint("#F5BE4F", _INK),
            dark=Paint("#E3AF45", "#14191F"),
            light_old=Paint("#F1E3C2", _INK),
            dark_old=Paint("#675632", _PALE),
        ),
        CellState.ANSWERED: Sign(
            "✓",
            wording.CELL_STATES["answered"],
            light=Paint("#0E7490", "#FFFFFF"),
            dark=Paint("#3FA9C4", "#14191F"),
            light_old=Paint("#A9B2BB", _INK),
            dark_old=Paint("#59636D", "#FFFFFF"),
        ),
        CellState.ACTIVITY_ONLY: Sign(
            "◇",
            wording.CELL_STATES["activity_only"],
            *_ACTIVITY_ONLY,
            *_ACTIVITY_ONLY,  # there is no evidence that could grow old
        ),
        CellState.NO_NEED: Sign(
            "–",
            wording.CELL_STATES["no_need"],
            light=Paint("#CDD2D7", _INK),
            dark=Paint("#4B535B", _PALE),
            light_old=Paint("#CDD2D7", "#4A545E"),
            dark_old=Paint("#4B535B", "#D5DCE2"),
        ),
        CellState.NOT_ASSESSED: Sign(
            "?", wording.CELL_STATES["not_assessed"], *_NOT_ASSESSED, *_NOT_ASSESSED
        ),
    }
)
"""Every state, from the one that asks most of a reader to the one of which nothing is known."""

STATUSES: Final[Mapping[Status, StatusSign]] = MappingProxyType(
    {
        Status.REQUESTED: StatusSign("#6B5BA8", "#B3A8E3", filled=False, dash=(3, 2)),
        Status.PLANNED: StatusSign("#00689D", "#85CBEA", filled=False),
        Status.ONGOING: StatusSign("#0090C8", "#33B2E6"),
        Status.COMPLETED: StatusSign("#004F7A", "#B0DDF2"),
        Status.SUSPENDED: StatusSign("#966400", "#E6C25F", filled=False, dash=(6, 2, 1, 2)),
        Status.CANCELLED: StatusSign("#6B7680", "#A9B4BF", filled=False, dash=(1, 2)),
        Status.UNKNOWN: StatusSign("#87919B", "#77838E"),
    }
)
"""Every status, in the order in which an activity goes through them."""

PILLARS: Final[Mapping[Pillar, Paint]] = MappingProxyType(
    {
        Pillar.I: Paint("#1D4F73", "#FFFFFF"),
        Pillar.II: Paint("#5AAAD6", _INK),
        Pillar.III: Paint("#B5DAEE", _INK),
        Pillar.IV: Paint("#B9BEC4", _INK),
    }
)
"""Blues and a grey: pillars are told by their numerals, and must not look like a state."""

SCALE: Final = ("#D8EEF9", "#A6D8EF", "#66BDE3", "#0079B0", "#004F7A")
"""Amounts in steps of UN blue, from the one nearest to a white page to the one nearest to a dark.

It passes over the lightness of the accent (CIE L* 61), so that a partner's outline on the map is
seen on every step.
"""

_SCALE_TEXT: Final = (_INK, _INK, _INK, "#FFFFFF", "#FFFFFF")


def amount(step: int, steps: int, *, dark: bool = False) -> Paint:
    """The paint of a class of amounts, counted from 0, where there are so many classes.

    The more there is, the more it stands out from the page: on a dark one it grows lighter.
    """
    last = len(SCALE) - 1
    place = 2 if steps < 2 else min(round(step * last / (steps - 1)), last)
    if dark:
        place = last - place
    return Paint(SCALE[place], _SCALE_TEXT[place])


def no_record(*, dark: bool = False) -> Paint:
    """The paint where nothing is known: that of a cell which nobody has assessed."""
    return STATES[CellState.NOT_ASSESSED].paint(dark=dark)


def ink(*, dark: bool = False) -> str:
    """The colour of writing that stands on the page itself."""
    return "#E6EAEE" if dark else _INK


def quiet(*, dark: bool = False) -> str:
    """The colour of what is written small or ruled thin on the page itself."""
    return "#A9B4BF" if dark else "#5A6672"
