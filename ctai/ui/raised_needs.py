"""Needs raised from a record: each finding or area with its needs, or the way to make it one."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd
import streamlit as st

from ctai.domain.evidence import EvidenceKind, Severity, is_more_open
from ctai.domain.faults import Fault, Refused, shown
from ctai.domain.money import CURRENCIES, AmountUnreadable, read_amount
from ctai.domain.raised_needs import NeedDetails, Origin
from ctai.domain.roles import Viewer, Visibility
from ctai.ui import form_fields, half_typed, labels, notices, record_links
from ctai.ui.half_typed import typed
from ctai.ui.language import t
from ctai.ui.store import requests as reads
from ctai.ui.writes import requests as writes


@dataclass(frozen=True)
class Part:
    """A finding or an area, as its need would begin: `floor` is the most open the need may be."""

    origin: Origin
    title: str
    countries: tuple[str, ...]
    floor: Visibility
    severity: Severity | None = None
    language: str | None = None


def under(viewer: Viewer, part: Part, needs: pd.DataFrame, *, may_raise: bool) -> None:
    """Show a part's needs, and for those who may, the way to make it a need."""
    number = part.origin.part_id
    own = needs["part_id"].isna() if number is None else needs["part_id"] == number
    for need in needs[own].itertuples():
        label = t(
            "Need {code}: {title} ({state})",
            code=str(need.code),
            title=labels.titled(str(need.title), need.language),
            state=labels.need_state(str(need.state)),
        )
        record_links.to_need(int(str(need.need_id)), label)
    if not may_raise:
        if not own.any():
            st.caption(t("No need rests on this yet."))
        return
    name = _name(part.origin)
    if st.query_params.get("raise") == name:
        _form(viewer, part, f"need:{name}")
        return
    st.button(
        t("Make it another need") if own.any() else t("Make it a need"),
        icon=":material/add_task:",
        key=f"raise {name}",
        type="tertiary" if own.any() else "secondary",
        on_click=_open,
        args=(name,),
    )


def _name(origin: Origin) -> str:
    part = "" if origin.part_id is None else f"-{origin.part_id}"
    return f"{origin.kind}-{origin.record_id}{part}"


def _open(name: str) -> None:
    st.query_params["raise"] = name


def _close() -> None:
    st.query_params.pop("raise", None)


def _values(part: Part) -> dict[str, object]:
    return {
        "title": part.title,
        "language": part.language,
        "for_whom": "",
        "countries": list(part.countries),
        "severity": part.severity.value if part.severity else None,
        "wanted_by": "",
        "cost": "",
        "currency": None,
        "rate": "",
        "rate_date": "",
        "visibility": part.floor.value,
        "note": "",
    }


def _form(viewer: Viewer, part: Part, form: str) -> None:
    values = _values(part)
    half_typed.begin(viewer, form, values)
    with st.container():
        title = t("A new need")
        st.markdown(f"**{title}**")
        fields(form, part.countries, part.floor)
        form_fields.area(form, "note", t("Note"))
        half_typed.keep(viewer, form, list(values))
        with st.container(horizontal=True):
            sent = st.button(
                t("Store the need"), type="primary", icon=":material/save:", key=f"store {form}"
            )
            st.button(t("Not now"), type="tertiary", key=f"not_now {form}", on_click=_close)
        if sent:
            _try(viewer, part, form)


def fields(form: str, countries: Sequence[str], floor: Visibility) -> None:
    """Ask what is needed, for whom, by when and at what cost; of some countries, if several."""
    _what(form, countries)
    _cost(form, floor)


def _what(form: str, countries: Sequence[str]) -> None:
    form_fields.titled(form, "title", t("What is needed, in one line"))
    left, middle, right = st.columns(3)
    with left:
        form_fields.line(
            form, "for_whom", t("For whom"), t("The office or the people that need it")
        )
        if len(countries) > 1:
            form_fields.many(
                form, "countries", t("Country, or countries"), countries, labels.country
            )
    with middle:
        codes = [severity.value for severity in Severity]
        form_fields.one(form, "severity", t("Severity"), codes, labels.severity)
    with right:
        form_fields.day(form, "wanted_by", t("Wanted by"))


def _cost(form: str, floor: Visibility) -> None:
    amount, currency, seen_by = st.columns(3)
    with amount:
        form_fields.line(form, "cost", t("Estimated cost"), t("1700000; empty if not known"))
    with currency:
        form_fields.one(form, "currency", t("Currency"), sorted(CURRENCIES))
    with seen_by:
        levels = [level.value for level in Visibility if not is_more_open(level, floor)]
        form_fields.one(
            form,
            "visibility",
            t("Who may see it"),
            levels,
            labels.visibility,
            optional=False,
            hint=t("A need can't be open to more people than what it rests on."),
        )
    if typed(form, "currency") in ("", "USD"):
        return
    rate, rate_date, _ = st.columns(3)
    with rate:
        form_fields.line(form, "rate", t("US dollars for one unit"), "1.08")
    with rate_date:
        form_fields.day(form, "rate_date", t("Date of the rate"))


def _try(viewer: Viewer, part: Part, form: str) -> None:
    """Store the need, or say every reason why not; what was typed stays."""
    details, faults = written(form)
    faults += reads.need_faults(viewer, part.origin, details) if faults else []
    if faults:
        notices.refused(faults)
        return
    try:
        outcome = writes.raise_need(viewer, part.origin, details)
    except Refused as refusal:
        notices.refused(refusal.faults)
        return
    half_typed.end(viewer, form)
    _close()
    notices.later(
        t("Sent for review: it counts once the desk officer accepts it.")
        if outcome.waits
        else t("The need is stored.")
    )
    st.rerun()


def written(form: str) -> tuple[NeedDetails, list[Fault]]:
    """Read the form's fields; what can't be read is a fault, and is left out."""
    faults: list[Fault] = []
    has_cost = bool(typed(form, "cost"))
    cost = _cost_in(form, faults)
    currency = typed(form, "currency") or None
    is_foreign = currency not in (None, "USD")
    # An amount that can't be read is the one fault to tell: its currency is not wrong as well.
    is_whole = cost is not None or not has_cost
    rate = _rate_in(form, faults) if is_foreign else None
    details = NeedDetails(
        title=typed(form, "title"),
        language=typed(form, "language") or None,
        countries=form_fields.picked(form, "countries"),
        for_whom=typed(form, "for_whom"),
        severity=Severity(typed(form, "severity")) if typed(form, "severity") else None,
        wanted_by=typed(form, "wanted_by") or None,
        estimated_cost=cost,
        cost_currency=currency if is_whole else None,
        cost_rate_usd=rate if is_whole else None,
        cost_rate_date=(typed(form, "rate_date") or None) if is_whole and is_foreign else None,
        visibility=Visibility(typed(form, "visibility") or Visibility.RESTRICTED),
        note=typed(form, "note"),
    )
    return details, faults


def _cost_in(form: str, faults: list[Fault]) -> Decimal | None:
    text = typed(form, "cost")
    if not text:
        return None
    try:
        return read_amount(text)
    except AmountUnreadable:
        faults.append(
            Fault(
                "“{seen}” is not an amount. Write digits, such as 1700000.",
                "estimated_cost",
                {"seen": shown(text)},
            )
        )
        return None


def _rate_in(form: str, faults: list[Fault]) -> Decimal | None:
    text = typed(form, "rate")
    if text and text.isascii() and text.replace(".", "", 1).isdigit() and len(text) <= 20:
        return Decimal(text)
    if text:
        faults.append(
            Fault(
                "“{seen}” is not a rate. Write digits and a point, such as 1.08.",
                "cost_rate_usd",
                {"seen": shown(text)},
            )
        )
    return None


def origin_of_request(number: int, item_id: int | None) -> Origin:
    """Name an area of a request, or a whole one."""
    return Origin(EvidenceKind.REQUEST, number, item_id)


def origin_of_finding(number: int, finding_id: int | None) -> Origin:
    """Name a finding of an assessment."""
    return Origin(EvidenceKind.ASSESSMENT, number, finding_id)
