"""What tests of figures share: small frames of known numbers, and a way into a chart's spec."""

import json
from typing import Any

import pandas as pd

from ctai.domain.gaps import GAP_COLUMNS, CellState
from ctai.figures import style

ROWS = [("I.1", "I.1 · Conflicts"), ("II.13", "II.13 · Borders"), ("II.14", "II.14 · Travel")]
COLUMNS = [("NGA", "Nigeria"), ("BFA", "Burkina Faso")]


def gap(iso3: str, group: str, state: CellState, **values: Any) -> dict[str, Any]:
    """A row as domain.gaps gives it; what is not named is nought."""
    row: dict[str, Any] = dict.fromkeys(GAP_COLUMNS[:-1], 0)
    row |= {"answered_share": float("nan"), "evidence_date": None, "stale": False}
    row |= {"evidence_age_days": float("nan"), "iso3": iso3, "group": group, "state": state}
    return row | values


def gaps() -> pd.DataFrame:
    """Two countries, three cells: one of them old."""
    return pd.DataFrame(
        [
            gap(
                "NGA",
                "II.13",
                CellState.NOTHING_YET,
                needs=7,
                open_needs=7,
                score=14.0,
                evidence_date="2024-05",
                evidence_age_days=700.0,
            ),
            gap(
                "BFA",
                "II.13",
                CellState.ANSWERED,
                needs=2,
                answered_share=1.0,
                evidence_date="2012",
                evidence_age_days=5000.0,
                stale=True,
            ),
            gap("BFA", "I.1", CellState.ACTIVITY_ONLY, activities=3, stale=True),
        ]
    )


def no_gaps() -> pd.DataFrame:
    """The frame of gaps without a row."""
    return pd.DataFrame(columns=GAP_COLUMNS[:-1])


def spec(chart: style.Figure) -> dict[str, Any]:
    """The chart's specification; Altair validates it against the schema on the way."""
    found: dict[str, Any] = chart.to_dict()
    return found


def words(chart: style.Figure) -> str:
    """The specification as text, without the address of its own schema."""
    found = spec(chart)
    found.pop("$schema")
    return json.dumps(found, ensure_ascii=False)


def rows(chart: style.Figure) -> list[dict[str, Any]]:
    """Every row that travels to the browser."""
    return [row for data in spec(chart)["datasets"].values() for row in data]


def scales(chart: style.Figure, channel: str) -> list[dict[str, Any]]:
    """The scales of a channel, in all layers."""
    found: list[dict[str, Any]] = []

    def look(part: dict[str, Any]) -> None:
        scale = part.get("encoding", {}).get(channel, {}).get("scale")
        if scale:
            found.append(scale)
        for layer in part.get("layer", []):
            look(layer)

    look(spec(chart))
    return found


def selections(chart: style.Figure) -> dict[str, list[str]]:
    """The selections by name, with the fields that they tell."""
    return {
        param["name"]: param["select"]["fields"]
        for param in spec(chart).get("params", [])
        if "select" in param
    }
