"""Balance: how secured money is spread over the pillars, as shares that two charts can compare."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

import altair as alt
import pandas as pd

from ctai.domain.strategy import Pillar
from ctai.figures import style
from ctai.figures.stacks import BAR_PX, ends
from ctai.i18n import translate
from ctai.i18n.names import pillar_name
from ctai.i18n.numbers import compact_money, percent

DRAWN: Final = ["row", "start", "end", "label", "row_label", "told"]
"""All that travels to the browser."""

Amounts = Mapping[str | None, Decimal]
"""US dollars by pillar; None is what has no pillar on record."""


def balance(amounts: Amounts, lang: str, *, dark: bool = False) -> style.Figure:
    """Draw each pillar's share of the money; the scale is always the whole, so that charts compare.

    A pillar without money is drawn as nought: all of the money is known.
    """
    total = sum(amounts.values(), Decimal(0))
    if not total:
        return style.empty(lang, dark=dark)
    rows = _rows(amounts, lang)
    bars = pd.DataFrame(
        [
            (
                code,
                0.0,
                share := float(amounts.get(code or None, Decimal(0)) / total),
                percent(lang, share),
                words,
                compact_money(lang, amounts.get(code or None, Decimal(0)), "USD"),
            )
            for code, words in rows
        ],
        columns=DRAWN,
    )
    scale = alt.Scale(domain=[0, 1.2], nice=False, reverse=style.is_rtl(lang))
    x = alt.X("start:Q", axis=None, scale=scale)
    y = style.rows_of(rows, "row", lang, 0.35)
    base = alt.Chart(bars).encode(y=y, tooltip=_tooltips(lang))
    fill = "#33B2E6" if dark else "#0079B0"
    chart = style.layers(
        base.mark_bar(fill=fill).encode(x=x, x2="end:Q"), ends(base, x, lang, dark, weight="bold")
    )
    return style.dressed(chart, lang, len(rows) * BAR_PX, dark=dark)


def summary(amounts: Amounts, lang: str) -> str:
    """Say how much money there is, and which pillar has the largest share."""
    total = sum(amounts.values(), Decimal(0))
    if not total:
        return translate(lang, "Money by pillar: none is secured.")
    largest = max(amounts, key=lambda key: amounts[key])
    return translate(
        lang,
        "{total} by pillar; the largest share, {share}, goes to {pillar}.",
        total=compact_money(lang, total, "USD"),
        share=percent(lang, float(amounts[largest] / total)),
        pillar=pillar_words(lang, largest),
    )


def pillar_words(lang: str, pillar: str | None) -> str:
    """Name a pillar, short; None is money whose pillar is not on record."""
    if pillar is None:
        return translate(lang, "Pillar not known")
    return f"{pillar} · {pillar_name(lang, pillar)}"


def _rows(amounts: Amounts, lang: str) -> list[tuple[str, str]]:
    known = [(pillar.value, pillar_words(lang, pillar.value)) for pillar in Pillar]
    return [*known, ("", pillar_words(lang, None))] if amounts.get(None) else known


def _tooltips(lang: str) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("row_label:N", title=translate(lang, "Pillar")),
        alt.Tooltip("label:N", title=translate(lang, "Share of the money")),
        alt.Tooltip("told:N", title=translate(lang, "Amount")),
    ]
