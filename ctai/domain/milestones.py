"""Milestones in one line of text, as the grid and files show them, and read back from it."""

import re
from collections.abc import Sequence

from ctai.domain.plans import MilestoneDraft

_DATED = re.compile(r"(\d{4}(?:-\d{1,2}){0,2})(?:\s+|$)(.*)", re.DOTALL)


def written(milestones: Sequence[MilestoneDraft]) -> str:
    """Write milestones as one text, such as "2027-03 Training; 2027-09 Draft law"."""
    return "; ".join(f"{step.due or ''} {step.what}".strip() for step in milestones)


def read(text: str) -> tuple[MilestoneDraft, ...]:
    """Read milestones: set apart by ";" or lines, each with its date first where it has one.

    What begins like a date is taken as one; whether it is one, the rules of a plan tell.
    """
    steps = []
    for piece in re.split(r"[;\n]", text):
        if not piece.strip():
            continue
        dated = _DATED.fullmatch(piece.strip())
        what = dated.group(2) if dated else piece
        steps.append(MilestoneDraft(" ".join(what.split()), dated.group(1) if dated else None))
    return tuple(steps)
