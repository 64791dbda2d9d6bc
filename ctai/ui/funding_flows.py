"""The money against a funding request: by donor, and amount by amount."""

from decimal import Decimal

import pandas as pd
import streamlit as st

from ctai.domain.corrections import shortfalls
from ctai.domain.funding import OPEN_OUTSIDE
from ctai.domain.funding_history import FundingView, RecordedFlow
from ctai.domain.funding_money import Held, held
from ctai.domain.roles import Viewer
from ctai.ui import (
    funding_corrections,
    funding_labels,
    funding_steps,
    labels,
    notices,
    tables,
)
from ctai.ui.language import t


def show(viewer: Viewer, found: FundingView) -> None:
    """Show what each donor pledged, committed and paid, and what was spent of it."""
    flows = found.standing
    if not found.flows and found.state not in OPEN_OUTSIDE:
        return
    st.header(t("Money against it"), anchor=False)
    for fault in shortfalls(flows, found.state):
        st.warning(notices.sentence(fault))
    if not found.flows:
        st.caption(t("No money is on record yet."))
    else:
        everything = held(flows, found.asked)
        _secured(found, everything)
        donors = sorted({flow.donor for flow in flows})
        rows = [_held(donor, held(flows, found.asked, donor), found) for donor in donors]
        rows.append(_held(t("All donors"), everything, found))
        tables.show(
            pd.DataFrame(rows),
            {
                "donor": t("Donor"),
                "flow_pledged": t("Pledged, not secured"),
                "flow_committed": t("Committed"),
                "flow_paid": t("Paid"),
                "flow_spent": t("Spent"),
            },
            alt=t("Money by donor"),
            right=("flow_pledged", "flow_committed", "flow_paid", "flow_spent"),
        )
        _single_flows(found)
        funding_corrections.correct(viewer, found)
    funding_steps.record_money(viewer, found)


def _secured(found: FundingView, everything: Held) -> None:
    asked, committed = found.draft.total, everything.committed
    missing = None if asked is None or committed is None else asked - committed
    st.markdown(
        t(
            "{committed} of {asked} is secured; {missing} is still missing. A pledge secures "
            "nothing.",
            committed=funding_labels.money(committed or Decimal(0), found.draft.currency),
            asked=funding_labels.money(asked, found.draft.currency),
            missing=funding_labels.money(
                asked if missing is None else missing, found.draft.currency
            ),
        )
    )


def _held(name: str, own: Held, found: FundingView) -> dict[str, str]:
    amounts = {
        "flow_pledged": own.pledged,
        "flow_committed": own.committed,
        "flow_paid": own.disbursed,
        "flow_spent": own.spent,
    }
    return {"donor": name} | {
        column: "–" if amount is None else funding_labels.money(amount, found.draft.currency)
        for column, amount in amounts.items()
    }


def _single_flows(found: FundingView) -> None:
    gone = {one.reverses for one in found.flows}
    with st.expander(t("Each amount with its date"), icon=":material/receipt_long:"):
        tables.show(
            pd.DataFrame(
                [
                    {
                        "dated": labels.when(one.flow.happened),
                        "kind": labels.budget_kind(one.flow.kind),
                        "donor": one.flow.donor,
                        "number": labels.number(one.number),
                        "amount": funding_labels.money(one.flow.amount, one.flow.currency),
                        "corrected": _corrected(one, one.number in gone),
                        "reference": one.flow.reference,
                        "by": one.recorded_by,
                    }
                    for one in found.flows
                ]
            ),
            {
                "number": t("Number"),
                "dated": t("Date"),
                "kind": t("Kind of amount"),
                "donor": t("Donor"),
                "amount": t("Amount"),
                "corrected": t("Correction"),
                "reference": t("Reference"),
                "by": t("Recorded by"),
            },
            alt=t("Each amount of money"),
            right=("amount",),
        )


def _corrected(one: RecordedFlow, is_gone: bool) -> str:
    """Say of an entry that another took it back, or which one it takes back."""
    if one.reverses is not None:
        return t("takes back number {n}", n=labels.number(one.reverses))
    return t("taken back") if is_gone else ""
