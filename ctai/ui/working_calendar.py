"""The calendar of working days on the screen: what differs from Monday to Friday."""

import pandas as pd
import streamlit as st

from ctai.domain.roles import Viewer
from ctai.ui import labels, steps, tables
from ctai.ui.language import t, tn
from ctai.ui.store import ladder as reads
from ctai.ui.writes import ladder as writes

_FORM = "calendar"
Days = list[tuple[str, bool, str]]


def answer(days: Days) -> str:
    """Say how many days differ."""
    if not days:
        return t("Monday to Friday: no day differs yet.")
    return tn(
        "Monday to Friday, but for {n} day.", "Monday to Friday, but for {n} days.", len(days)
    )


def days() -> Days:
    """Read the days that differ."""
    return reads.calendar_days()


def calendar(viewer: Viewer, days: Days) -> None:
    """List the days that differ; the one picked can be taken out again."""
    if not days:
        st.caption(t("Deadlines count every weekday. Enter the holidays that they should skip."))
        return
    frame = pd.DataFrame(days, columns=["day", "works", "named"])
    shown = frame.assign(
        when=[labels.when(day) for day in frame["day"]],
        kind=[t("People work") if works else t("Holiday") for works in frame["works"]],
    )
    row = tables.show(
        shown,
        {"when": t("Day"), "kind": t("Kind"), "named": t("Name")},
        alt=t("Days that differ from the week's rule"),
        key="calendar_days",
    )
    if row is None:
        st.caption(t("Pick a day to take it out of the calendar."))
        return
    day = str(frame["day"].iloc[row])
    steps.send(
        "calendar_out",
        t("Take {day} out", day=labels.when(day)),
        lambda: writes.remove_day(viewer, day),
        t("The day follows the week's rule again."),
    )


def new(viewer: Viewer) -> None:
    """Let a day be put into the calendar."""
    st.header(t("Add a day"), anchor=False)
    with st.container(width=560):
        steps.line(_FORM, "day", t("Day"), t("Such as 2026-05-01"))
        steps.one_of(_FORM, "kind", t("Kind"), [_OFF, _ON], _kind, _OFF)
        steps.line(_FORM, "named", t("Name"))

        def write() -> None:
            works = steps.chosen(_FORM, "kind") == _ON
            writes.add_day(viewer, steps.typed(_FORM, "day"), works, steps.typed(_FORM, "named"))

        steps.send(_FORM, t("Add the day"), write, t("The calendar is changed."))
    st.caption(t("Dates that were given stay as they are; new ones keep to the calendar."))


def _kind(code: str) -> str:
    return t("People work") if code == _ON else t("Holiday")


_OFF, _ON = "holiday", "working"
