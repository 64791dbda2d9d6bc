"""Resources on the screen: what of a plan is funded, asked for and without money, and for whom."""

from collections.abc import Callable
from typing import Final

import pandas as pd
import streamlit as st

from ctai.domain.progress import Version
from ctai.domain.resources import Resources, Share, by_year, ranked
from ctai.domain.roles import Viewer
from ctai.figures import resources as bars
from ctai.i18n import names, plan_wording
from ctai.ui import downloads, kept, labels, plan_labels, store, tables
from ctai.ui.language import current, t, tn
from ctai.ui.store import plans

NOBODY: Final = "–"
"""The row of what no donor has committed, and of what has no date."""
AMOUNTS: Final = ("cost", *(share.value for share in Share))


def of_version(viewer: Viewer, version: Version | None) -> Resources | None:
    """Reckon the money for a version, of what its reader may see."""
    return None if version is None else plans.resources(viewer, version.plan_id)


def answer(found: Resources | None) -> str:
    """Say what of the plan's cost is funded, asked for and without money, and what is unknown."""
    if found is None:
        return t("No action plan is recorded here that you may see.")
    reckoning = found.reckoning
    total = reckoning.total()
    if total is None:
        return t("No item of this plan has a known cost yet.")
    sentence = t(
        "Of {total} planned, {funded} is funded, {asked} is asked for and {unfunded} has no money "
        "yet.",
        total=plan_labels.usd(total),
        funded=plan_labels.usd(reckoning.total(Share.FUNDED)),
        asked=plan_labels.usd(reckoning.total(Share.ASKED)),
        unfunded=plan_labels.usd(reckoning.total(Share.UNFUNDED)),
    )
    return " ".join([sentence, *_unknown(found)])


def _unknown(found: Resources) -> list[str]:
    told = []
    if found.reckoning.without_cost:
        told.append(
            tn(
                "The cost of {n} item is not known.",
                "The cost of {n} items is not known.",
                found.reckoning.without_cost,
            )
        )
    if found.reckoning.without_rate:
        told.append(
            tn(
                "{n} amount has no dated rate and is left out.",
                "{n} amounts have no dated rate and are left out.",
                found.reckoning.without_rate,
            )
        )
    return told


def pictures(found: Resources) -> None:
    """Show the money by year and by donor, each with its table."""
    costed = {one.number: one for one in found.costed}
    years = [
        (NOBODY if year is None else str(year), part.share.value, float(amount))
        for part in found.reckoning.parts
        for year, amount in by_year(part, costed[part.item]).items()
    ]
    if not years:
        return
    donors = [
        (part.donor or NOBODY, part.share.value, float(part.amount_usd))
        for part in found.reckoning.parts
    ]
    st.header(t("By year"), anchor=False)
    _bars("year", years, _year, t("Year"), t("The plan's cost by year"))
    st.header(t("By donor"), anchor=False)
    _bars("donor", donors, _donor, t("Donor"), t("The plan's cost by donor"))


def _year(code: str) -> str:
    return t("Date not known") if code == NOBODY else code


def _donor(code: str) -> str:
    return t("No donor yet") if code == NOBODY else names.entity_name(current(), code)


def _bars(
    name: str,
    told: list[tuple[str, str, float]],
    word: Callable[[str], str],
    heading: str,
    alt: str,
) -> None:
    parts = pd.DataFrame(told, columns=["row", "share", "amount"])
    frame = parts.groupby(["row", "share"])["amount"].sum().reset_index()
    codes = sorted(set(frame["row"]), key=lambda code: (code == NOBODY, code))
    rows = [(code, word(code)) for code in codes]
    lang = current()
    kept.chart(
        f"resources_{name}",
        lambda: bars.by_row(frame, rows, lang, dark=kept.is_dark()),
        frame,
        rows,
        alt=alt,
    )
    table = frame.pivot_table(index="row", columns="share", values="amount", aggfunc="sum")
    table = table.reindex(index=codes, columns=[share.value for share in Share]).reset_index()
    with st.expander(t("The picture as a table"), icon=":material/table:"):
        tables.show(
            table.assign(row=[word(code) for code in table["row"]]),
            {"row": heading, **{share.value: plan_labels.share(share) for share in Share}},
            alt=alt,
            amounts=AMOUNTS[1:],
        )


def by_item(version: Version, found: Resources) -> None:
    """Show each item's cost and what of it is paid for, and the file."""
    st.header(t("By item"), anchor=False)
    if not found.items:
        st.info(t("This version has no item that you may see."))
        return
    tables.show(
        kept.worked_out("resources_table", lambda: _words(found), found),
        _headings(),
        alt=t("Items of the plan and the money for them"),
        amounts=AMOUNTS,
        file="plan_money",
        filters={"plan": str(version.plan_id)},
    )
    spare = sum(found.reckoning.unplaced.values())
    if spare:
        st.caption(
            t(
                "{amount} of the requests' money is for no item here: it is more than the items "
                "cost, or their cost is not known.",
                amount=plan_labels.usd(spare),
            )
        )


def _headings() -> dict[str, str]:
    return {
        "code": t("Need"),
        "title": t("Action"),
        "severity": t("Severity"),
        "entities": t("Entity"),
        "cost": t("Cost in US dollars"),
        **{share.value: plan_labels.share(share) for share in Share},
    }


def _words(found: Resources) -> pd.DataFrame:
    rows = []
    for one in found.items:
        cost = one.draft.cost_usd
        shares = [
            None if cost is None else float(found.reckoning.of_item(one.number, share))
            for share in Share
        ]
        told = (one.need.code, one.draft.action, labels.severity(one.need.severity))
        rows.append((*told, one.draft.entity, None if cost is None else float(cost), *shares))
    frame = pd.DataFrame(rows, columns=["code", "title", "severity", "entities", *AMOUNTS])
    return frame.astype(dict.fromkeys(AMOUNTS, float))


def hand_out(viewer: Viewer, version: Version) -> None:
    """Show the list that can be handed to any donor, and its files."""
    st.header(t("To hand to a donor"), anchor=False)
    found = plans.for_donors(viewer, version.plan_id)
    if found is None:
        st.info(t("This version is not open to donors: only an agreed and public plan is."))
        return
    st.caption(
        t(
            "The gravest needs first, then the longest waiting, then the least costly. "
            "Items that may not be shared are left out."
        )
    )
    if not found.items:
        st.info(t("No item of this plan may be shared with donors."))
        return
    tables.show(
        kept.worked_out(
            "hand_out", lambda: _words(ranked(found, store.today())), found, store.today()
        ),
        _headings(),
        alt=t("Costed list for donors"),
        amounts=AMOUNTS,
    )
    asked = {"plan": str(version.plan_id)}
    with st.container(horizontal=True):
        downloads.link("plan_for_donors", asked)
        downloads.workbook("plan_for_donors", asked)


def meanings() -> None:
    """Say what each word of the page means."""
    with st.expander(t("How this is reckoned"), icon=":material/info:"):
        st.markdown("\n".join(f"- {sentence}" for sentence in _meanings()))


def _meanings() -> list[str]:
    return [
        t(plan_wording.FUNDED_MEANS),
        t(plan_wording.ASKED_MEANS),
        t(plan_wording.UNFUNDED_MEANS),
        t(plan_wording.SPLIT_MEANS),
        t(plan_wording.YEARS_MEAN),
        t(plan_wording.RATES_MEAN),
    ]
