"""Resources: what of a plan is funded, asked for or without money, by year and by donor."""

from collections.abc import Sequence

import pandas as pd

from ctai.domain.resources import Share
from ctai.figures import signs, stacks, style
from ctai.figures.signs import Paint
from ctai.i18n import plan_wording, translate

MARKS = {Share.FUNDED: "●", Share.ASKED: "◐", Share.UNFUNDED: "○"}


def _paint(share: Share, *, dark: bool) -> Paint:
    """The scale of amounts for money that is there or asked for, grey for what is not."""
    match share:
        case Share.FUNDED:
            return signs.amount(3, 5, dark=dark)
        case Share.ASKED:
            return signs.amount(1, 5, dark=dark)
        case Share.UNFUNDED:
            return signs.no_record(dark=dark)


def by_row(
    frame: pd.DataFrame, rows: Sequence[tuple[str, str]], lang: str, *, dark: bool = False
) -> style.Figure:
    """Draw a bar per row, such as a year or a donor, of its shares in whole US dollars.

    `frame` has row, share and amount, one row per row and share; `rows` are the codes with their
    words, in their order.
    """
    counts = {
        (str(row), str(share)): round(amount)
        for row, share, amount in frame[["row", "share", "amount"]].itertuples(index=False)
    }
    present = [one for one in rows if any(row == one[0] for row, _ in counts)]
    kinds = [
        stacks.Kind(
            share.value,
            f"{MARKS[share]} {plan_wording.share(lang, share)}",
            MARKS[share],
            _paint(share, dark=dark),
        )
        for share in Share
    ]
    title = translate(lang, "US dollars")
    return stacks.stack(counts, present, kinds, lang, title, dark=dark)
