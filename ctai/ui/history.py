"""History: who changed which value of which record, when and why, narrowed and page by page."""

import pandas as pd
import streamlit as st

from ctai.domain.faults import Refused
from ctai.domain.history import WANTED, Wanted, wanted_of
from ctai.domain.kinds import RecordKind
from ctai.domain.roles import Action, Viewer
from ctai.i18n import mark, numbers
from ctai.ui import choice, labels, notices, tables
from ctai.ui.language import current, t
from ctai.ui.store import changes as reads

ROWS_A_PAGE = 50
PAGE = "history_page"
_KINDS: dict[str, str] = {
    "": mark("All records"),
    RecordKind.ACTIVITY: mark("Activity"),
    RecordKind.ASSESSMENT: mark("Assessment"),
    RecordKind.REQUEST: mark("Request"),
    RecordKind.NEED: mark("Need"),
    RecordKind.FUNDING_REQUEST: mark("Funding request"),
    RecordKind.PLAN: mark("Action plan"),
    RecordKind.PROPOSAL: mark("Proposed change"),
    RecordKind.REPORTING: mark("Reporting"),
    RecordKind.USER: mark("Account"),
    RecordKind.REFERENCE: mark("Code list"),
}


_FIELDS = {
    "title": mark("Title"),
    "code": mark("Code"),
    "measure": mark("Measure"),
    "severity": mark("Severity"),
    "wanted_by": mark("Wanted by"),
    "evidence": mark("Evidence"),
    "evidence_date": mark("Date of the evidence"),
    "state": mark("State"),
    "state_as_of": mark("State as of"),
    "lead": mark("Lead"),
    "joining": mark("Joining entities"),
    "dates": mark("Dates"),
    "what": mark("What is asked for"),
    "country": mark("Country"),
    "authority": mark("Authority"),
    "requested_on": mark("Requested on"),
    "addressed_to": mark("Addressed to"),
    "answered_on": mark("Answered on"),
    "part": mark("Part"),
    "rows": mark("Rows"),
}
"""Fields that other records than activities have; a code without a name is shown as it is."""


def wanted(viewer: Viewer) -> Wanted:
    """Show what the history can be narrowed by, and give what is chosen; it stands in the URL."""
    found = _from_url()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        kinds = [
            code for code in _KINDS if code not in _OF_USERS or viewer.may(Action.MANAGE_USERS)
        ]
        choice.one(t("Record"), "kind", [str(code) for code in kinds], _kind)
        choice.text(t("Number"), "record")
        fields = ["", *reads.field_codes(viewer)]
        choice.one(t("Field"), "field", fields, _field)
        choice.text(t("Who"), "actor", placeholder=t("Username"))
        choice.text(t("Since"), "changed_since", placeholder=t("2017 or 2017-08"))
        choice.text(t("Until"), "changed_until", placeholder=t("2017 or 2017-08"))
        if found.params:
            st.button(t("Clear"), icon=":material/close:", type="tertiary", on_click=_clear)
    return found


_OF_USERS = (RecordKind.USER, RecordKind.REFERENCE)
"""Kinds that only administrators see."""


def _from_url() -> Wanted:
    params = {name: st.query_params.get(name, "") for name in WANTED}
    try:
        return wanted_of(params)
    except Refused as refusal:
        for fault in refusal.faults:
            st.warning(notices.sentence(fault))
        bad = {fault.column for fault in refusal.faults}
        return wanted_of({name: text for name, text in params.items() if name not in bad})


def _kind(code: str) -> str:
    return t(_KINDS[code])


def _field(code: str) -> str:
    if not code:
        return t("All fields")
    return t(_FIELDS[code]) if code in _FIELDS else labels.field(code)


def _clear() -> None:
    for name in (*WANTED, PAGE):
        choice.put(name, [])


def page(viewer: Viewer, asked: Wanted) -> tuple[pd.DataFrame, int, bool]:
    """Give a page of changes, its number, and whether older ones follow."""
    number = choice.number(PAGE) or 1
    # One more than is shown tells whether there is a next page; to count all would be slow.
    found = reads.changes(viewer, asked, ROWS_A_PAGE + 1, (number - 1) * ROWS_A_PAGE, current())
    return found.head(ROWS_A_PAGE), number, len(found) > ROWS_A_PAGE


def answer(found: pd.DataFrame, number: int) -> str:
    """Say when the newest change that is listed was made."""
    if found.empty:
        return t("No change on record fits.")
    if number > 1:
        return t("Older changes, from {moment} back.", moment=labels.moment(found["at"].iloc[0]))
    return t("The newest change was made {moment}.", moment=labels.moment(found["at"].iloc[0]))


def rows(found: pd.DataFrame, asked: Wanted) -> None:
    """List changes; a picked one narrows the list to its record."""
    shown = found.assign(
        when=[labels.moment(moment) for moment in found["at"]],
        value=[_field(code) for code in found["field"]],
        name=[
            _record(str(kind), int(number), title)
            for kind, number, title in zip(
                found["record_kind"], found["record_id"], found["title"], strict=True
            )
        ],
    )
    picked = tables.show(
        shown,
        {
            "when": t("When"),
            "actor": t("Who"),
            "name": t("Record"),
            "value": t("What"),
            "old": t("Before"),
            "new": t("After"),
            "why": t("Why"),
        },
        alt=t("Changes of records"),
        file="history",
        filters=asked.params,
        # What is narrowed names the table, or its picked row would be picked again.
        key=f"history_{'_'.join(asked.params.values())}_{choice.number(PAGE)}_{current()}",
    )
    if picked is not None:
        _narrow(str(found["record_kind"].iloc[picked]), int(found["record_id"].iloc[picked]))


def _record(kind: str, number: int, title: object) -> str:
    named = _kind(kind)
    if isinstance(title, str):
        return t("{kind} {number}: {title}", kind=named, number=number, title=title)
    return t("{kind} {number}", kind=named, number=number)


def _narrow(kind: str, number: int) -> None:
    if choice.chosen("record") == (str(number),) and choice.chosen("kind") == (kind,):
        return
    choice.put("kind", [kind])
    choice.put("record", [str(number)])
    choice.put(PAGE, [])
    st.rerun()


def record_link(asked: Wanted) -> None:
    """Lead to the activity whose history is shown."""
    if asked.kind == RecordKind.ACTIVITY and asked.record:
        st.page_link(
            "pages/activities.py",
            label=t("Open the record"),
            icon=":material/open_in_new:",
            query_params={**st.query_params.to_dict(), "activity": asked.record},
        )


def pager(number: int, more: bool) -> None:
    """Turn to newer and older changes."""
    if number == 1 and not more:
        return
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="center"):
        st.button(
            t("Newer changes"),
            icon=":material/chevron_left:",
            disabled=number == 1,
            on_click=_turn,
            args=(number - 1,),
        )
        st.markdown(t("Page {page}", page=numbers.number(current(), number)), width="content")
        st.button(
            t("Older changes"),
            icon=":material/chevron_right:",
            disabled=not more,
            on_click=_turn,
            args=(number + 1,),
        )


def _turn(number: int) -> None:
    choice.put(PAGE, [str(number)] if number > 1 else [])
