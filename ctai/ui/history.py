"""History: who changed which value of which record, when and why, narrowed and page by page."""

import pandas as pd
import streamlit as st

from ctai.domain.faults import Refused
from ctai.domain.history import WANTED, Wanted, wanted_of
from ctai.domain.kinds import RecordKind
from ctai.domain.roles import Action, Viewer
from ctai.ui import choice, labels, notices, pager, record_labels, record_links, tables
from ctai.ui.language import current, t
from ctai.ui.store import changes as reads

ROWS_A_PAGE = 50
PAGE = "history_page"


def wanted(viewer: Viewer) -> Wanted:
    """Show what the history can be narrowed by, and give what is chosen; it stands in the URL."""
    found = _from_url()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        may_manage = viewer.may(Action.MANAGE_USERS)
        kinds = [kind.value for kind in RecordKind if may_manage or kind not in _OF_USERS]
        choice.one(t("Record"), "kind", ["", *kinds], _kind)
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
    return record_labels.kind(code) if code else t("All records")


def _field(code: str) -> str:
    return record_labels.field(code) if code else t("All fields")


def _clear() -> None:
    for name in (*WANTED, PAGE):
        choice.put(name, [])


def page(viewer: Viewer, asked: Wanted) -> tuple[pd.DataFrame, int, bool]:
    """Give a page of changes, its number, and whether older ones follow."""
    number = pager.page_number(PAGE)
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
        value=[record_labels.field(code) for code in found["field"]],
        old=_values(found, "old"),
        new=_values(found, "new"),
        record=[
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
            "record": t("Record"),
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


def _values(found: pd.DataFrame, column: str) -> list[str]:
    codes = zip(found["record_kind"], found["field"], found[column], strict=True)
    return [record_labels.value(str(kind), str(name), text) for kind, name, text in codes]


def _record(kind: str, number: int, title: object) -> str:
    named = _kind(kind)
    if isinstance(title, str):
        return t("{kind} {number}: {title}", kind=named, number=number, title=title)
    # What is about no single record has the number 0: code lists, the calendar, who is trusted.
    return t("{kind} {number}", kind=named, number=number) if number else named


def _narrow(kind: str, number: int) -> None:
    if choice.chosen("record") == (str(number),) and choice.chosen("kind") == (kind,):
        return
    choice.put("kind", [kind])
    choice.put("record", [str(number)])
    choice.put(PAGE, [])
    st.rerun()


def record_link(asked: Wanted) -> None:
    """Lead to the record whose history is shown."""
    if asked.kind and asked.record:
        record_links.to_record(RecordKind(asked.kind), int(asked.record), t("Open the record"))


def turns(number: int, more: bool) -> None:
    """Turn to newer and older changes."""
    pager.show(
        PAGE,
        number,
        back=t("Newer changes"),
        on=t("Older changes"),
        position=t("Page {page}", page=labels.number(number)),
        more=more,
    )
