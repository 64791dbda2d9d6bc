"""What the lists of requests and of assessments come to, in one sentence each."""

import pandas as pd

from ctai.domain.activities import Status
from ctai.ui import labels
from ctai.ui.language import t, tn


def waiting(found: pd.DataFrame) -> str:
    """Say how many requests wait for an answer, and since when the oldest does."""
    open_ones = found[found["status"].eq(Status.REQUESTED) & found["answered_on"].isna()]
    sentence = tn(
        "{n} recorded request waits for an answer.",
        "{n} recorded requests wait for an answer.",
        len(open_ones),
    )
    dated = open_ones["requested_on"].dropna()
    if dated.empty:
        return sentence
    oldest = t("The oldest has waited since {date}.", date=labels.when(min(dated)))
    return f"{sentence} {oldest}"


def assessed(found: pd.DataFrame) -> str:
    """Say how many assessments are recorded."""
    return tn(
        "{n} assessment is recorded.",
        "{n} assessments are recorded.",
        int(found["assessment_id"].nunique()),
    )
