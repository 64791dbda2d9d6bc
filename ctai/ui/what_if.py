"""What if, on the screen: an amount with its earmarks, what it would pay for, and why."""

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal

import pandas as pd
import streamlit as st

from ctai.domain.faults import Refused
from ctai.domain.money import CURRENCIES
from ctai.domain.needs import Severity
from ctai.domain.picking import NotProven
from ctai.domain.pipeline_sums import Key
from ctai.domain.purse import ASKED, USUAL_AMOUNT, Purse, purse_of
from ctai.domain.roles import Viewer
from ctai.domain.strategy import Pillar
from ctai.domain.what_if import Answer, Pick
from ctai.figures import balance
from ctai.files.funding import NOT_PROVEN
from ctai.i18n import names, numbers
from ctai.ui import (
    choice,
    downloads,
    filters,
    kept,
    labels,
    notices,
    pipeline,
    pipeline_labels,
    store,
    tables,
)
from ctai.ui.language import current, t, tn
from ctai.ui.store import pipeline as reads

USD = pipeline_labels.USD

MOST_LEFT_OUT = 40
"""Requests left out that are listed; the file has them all."""


def purse(viewer: Viewer) -> Purse | None:
    """Show amount and earmarks, and give them; None, with every reason, where they are unusable."""
    params = _amount()
    codes = _earmarks(viewer)
    params["by"] = st.query_params.get("by", "")
    try:
        return purse_of(params, codes["country"], codes["pillar"], codes["entity"])
    except Refused as refusal:
        st.error(
            "\n".join(
                [t("This can't be reckoned yet. Please mend:"), ""]
                + [f"- {labels.plain(notices.sentence(fault))}" for fault in refusal.faults]
            ),
            icon=":material/error:",
        )
        return None


def _amount() -> dict[str, str]:
    currencies = [USD, *sorted(CURRENCIES - {USD})]
    columns = st.columns([2, 2, 1, 1])
    with columns[0]:
        choice.text(t("Amount"), "amount", placeholder=numbers.number(current(), USUAL_AMOUNT))
    with columns[1]:
        currency = choice.one(t("Currency"), "currency", currencies, _currency)
    if currency != USD:
        with columns[2]:
            choice.text(t("US dollars for one unit"), "rate", placeholder="1.085")
        with columns[3]:
            choice.text(t("Date of the rate"), "rate_date", placeholder="2026-11-20")
    return {**{name: st.query_params.get(name, "") for name in ASKED}, "currency": currency}


def _currency(code: str) -> str:
    return labels.led(f"{code} · {names.currency_name(current(), code)}")


def _earmarks(viewer: Viewer) -> dict[str, tuple[str, ...]]:
    known = {
        "country": filters.country_codes(viewer),
        "pillar": [pillar.value for pillar in Pillar],
        "entity": list(store.entities(viewer)),
    }
    columns = st.columns(4)
    with columns[0]:
        choice.many(t("Only for these countries"), "country", known["country"], labels.country)
    with columns[1]:
        choice.many(t("Only for these pillars"), "pillar", known["pillar"], labels.pillar)
    with columns[2]:
        choice.many(t("Only through these entities"), "entity", known["entity"], labels.entity)
    with columns[3]:
        choice.text(t("To be spent by"), "by", placeholder=t("2027 or 2027-06"))
    return {
        name: tuple(code for code in choice.chosen(name) if code in codes)
        for name, codes in known.items()
    }


def found(viewer: Viewer, asked: Purse | None) -> Answer | None:
    """Reckon what a purse would do; None, with the reason, where that can't be said."""
    if asked is None:
        return None
    try:
        return reads.what_if(viewer, asked)
    except NotProven:
        st.warning(t(NOT_PROVEN), icon=":material/hourglass_disabled:")
        return None


def answer(told: Answer | None, asked: Purse | None) -> str:
    """Say in one sentence what the amount would do."""
    if told is None or asked is None:
        return t("The answer stands here once the amount and its earmarks can be used.")
    amount = _given(asked)
    if not told.picks and not told.left_out:
        return t(
            "No endorsed request that you may see waits for money, so {amount} has nothing to do.",
            amount=amount,
        )
    if not told.picks:
        return t("{amount} pays for no endorsed request; the reasons stand below.", amount=amount)
    paid = tn(
        "{amount} pays for {n} endorsed request and leaves {left}.",
        "{amount} pays for {n} endorsed requests and leaves {left}.",
        len(told.picks),
        amount=amount,
        left=pipeline_labels.told(told.left_usd),
    )
    closed = tn("That closes {n} unmet need.", "That closes {n} unmet needs.", len(told.closed))
    return f"{paid} {closed}"


def _given(asked: Purse) -> str:
    own = labels.plain(numbers.money(current(), asked.amount, asked.currency))
    if asked.currency == USD:
        return own
    return t(
        "{amount} (about {usd} at the rate of {date})",
        amount=own,
        usd=pipeline_labels.told(asked.amount_usd),
        date=labels.when(asked.rate_date),
    )


def show(told: Answer | None, asked: Purse | None) -> None:
    """Show the picks with their reasons, the balance before and after, and what is left out."""
    if told is None or asked is None:
        return
    st.caption(
        t(
            "The best set there is, by these criteria in this order: most unmet need by severity, "
            "most needs, longest waits (ten years a need at most), least money. A request is paid "
            "for whole or not at all, a need counts once, and only requests and needs that your "
            "role sees are compared."
        )
    )
    if told.picks:
        _balance(told)
        st.header(t("What it would pay for"), anchor=False)
        for place, pick in enumerate(told.picks, start=1):
            _pick(place, pick)
    _left_out(told)
    if told.picks or told.left_out:
        downloads.link("what_if", _params(asked))


def _pick(place: int, pick: Pick) -> None:
    asking = pick.asking
    with st.container(border=True, gap="xsmall"):
        left, right = st.columns([5, 1], vertical_alignment="top")
        with left:
            pipeline.title(asking)
            st.markdown(
                t(
                    ":gray[{place}. {entity} · {countries}]",
                    place=labels.number(place),
                    entity=labels.plain(asking.entity),
                    countries=pipeline_labels.countries(asking),
                )
            )
        with right:
            cost = pipeline_labels.told(pick.cost_usd)
            st.markdown(f"**{cost}**", text_alignment="right")
        st.markdown(labels.plain(reason(pick)))
        st.caption(
            "  \n".join(
                labels.led(f"{labels.plain(need.code)}: {labels.plain(need.title)}")
                for need in pick.needs
            )
        )


def reason(pick: Pick) -> str:
    """Say why a request is picked: what it closes that no pick before it does, and since when."""
    sentence = tn(
        "Closes {n} need that no pick above closes ({severities}), of weight {weight}.",
        "Closes {n} needs that no pick above closes ({severities}), of weight {weight}.",
        len(pick.needs),
        severities=_severities(pick),
        weight=labels.number(pick.weight, 0 if pick.weight == int(pick.weight) else 1),
    )
    if pick.oldest is None:
        return sentence
    waited = t("The oldest evidence is of {date}.", date=labels.when(pick.oldest))
    return f"{sentence} {waited}"


def _severities(pick: Pick) -> str:
    counts = Counter(need.severity for need in pick.needs)
    order: list[Severity | None] = [*Severity, None]
    return labels.joined(
        t("{severity}: {n}", severity=labels.severity(each), n=labels.number(counts[each]))
        for each in order
        if counts[each]
    )


def _balance(told: Answer) -> None:
    st.header(t("Secured money by pillar, without and with the picks"), anchor=False)
    for column, heading, amounts in zip(
        st.columns(2),
        (t("Without the picks"), t("With the picks")),
        (told.before, told.after),
        strict=True,
    ):
        with column:
            st.markdown(
                t(
                    "**{when}** :gray[{total} in all]",
                    when=heading,
                    total=pipeline_labels.told(sum(amounts.values(), Decimal(0))),
                )
            )
            _balance_chart(amounts)
    keys: list[Key] = [*Pillar, *([None] if None in told.after else [])]
    nothing = Decimal(0)
    tables.twin(
        t("The balance as a table"),
        pd.DataFrame(
            {
                "name": [labels.led(balance.pillar_words(current(), key)) for key in keys],
                "before": [pipeline_labels.dollars(told.before.get(key, nothing)) for key in keys],
                "after": [pipeline_labels.dollars(told.after.get(key, nothing)) for key in keys],
            }
        ),
        {"name": t("Pillar"), "before": t("Without the picks"), "after": t("With the picks")},
        file="",
        filters={},
        right=("before", "after"),
    )


def _balance_chart(amounts: Mapping[Key, Decimal]) -> None:
    given = dict(amounts)
    kept.chart(
        "pillar_balance",
        lambda: balance.balance(given, current(), dark=kept.is_dark()),
        given,
        alt=balance.summary(given, current()),
    )


def _left_out(told: Answer) -> None:
    if not told.left_out:
        return
    st.header(t("What is left out, and why"), anchor=False)
    lines = [
        t(
            "**{code}** {title} ({countries}, {asked}): {reason}",
            code=labels.plain(left.asking.code),
            title=labels.plain(left.asking.title),
            countries=pipeline_labels.countries(left.asking),
            asked=pipeline_labels.told(left.cost_usd),
            reason=labels.plain(pipeline_labels.reasons(left)),
        )
        for left in told.left_out[:MOST_LEFT_OUT]
    ]
    st.markdown("\n".join(f"- {line}" for line in lines))
    more = len(told.left_out) - MOST_LEFT_OUT
    if more > 0:
        st.caption(tn("{n} more stands in the file.", "{n} more stand in the file.", more))


def _params(asked: Purse) -> dict[str, str]:
    """Write a purse as a file's parameters."""
    given = {
        "amount": str(asked.amount),
        "currency": asked.currency,
        "rate": "" if asked.rate_usd is None else str(asked.rate_usd),
        "rate_date": asked.rate_date,
        "by": asked.latest,
        "country": ",".join(asked.countries),
        "pillar": ",".join(asked.pillars),
        "entity": ",".join(asked.entities),
    }
    return {name: text for name, text in given.items() if text}
