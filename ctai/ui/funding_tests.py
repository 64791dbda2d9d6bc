"""The four tests of gap-filling funding, as the ladder of each need answered them."""

import pandas as pd
import streamlit as st

from ctai.domain.funding_history import AnsweredTest
from ctai.ui import funding_labels, labels, tables
from ctai.ui.language import t


def show(tests: tuple[AnsweredTest, ...]) -> None:
    """Show how each test of each need stands; they are answered on the need's own ladder."""
    st.header(t("The four tests"), anchor=False)
    if not tests:
        st.caption(t("Choose a need to see how its four tests stand."))
        return
    frame = pd.DataFrame(
        [
            {
                "code": one.need_code,
                "test": funding_labels.test(one.test),
                "passed": funding_labels.passed(one.passed),
                "said": one.reason,
                "by": labels.joined(filter(None, (one.answered_by, one.answered_as))),
                "dated": labels.when(one.answered_at.date().isoformat()) if one.answered_at else "",
            }
            for one in tests
        ]
    )
    tables.show(
        frame,
        {
            "code": t("Need"),
            "test": t("Test"),
            "passed": t("Answer"),
            "said": t("Reason"),
            "by": t("Answered by"),
            "dated": t("When"),
        },
        alt=t("The four tests of each need"),
    )
    st.caption(t("Answered on each need's ladder; a request is submitted once all have passed."))
