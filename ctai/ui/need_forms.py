"""Forms of a need's state: being answered, answered, withdrawn, and the check a year later."""

import streamlit as st

from ctai.domain.ladder import MetAnswer
from ctai.domain.need_moves import MOVES, Move
from ctai.domain.needs import NeedState
from ctai.domain.roles import Action, Viewer
from ctai.ui import labels, ladder_labels, steps, store
from ctai.ui.language import t
from ctai.ui.store.ladder import NeedStanding
from ctai.ui.writes import ladder as writes


def move(viewer: Viewer, found: NeedStanding) -> None:
    """Let a need be moved to a state that may follow on its present one."""
    countries = frozenset(found.history.countries)
    targets = [state for state in NeedState if state in MOVES[found.state]]
    if not targets or not viewer.may_touch(Action.CLIMB, countries, frozenset()):
        return
    number, version = found.need.id, found.need.version
    form = f"move_{number}"
    with st.expander(t("Move the need to its next state"), icon=":material/flag:"):
        st.caption(t("Now: {state}", state=labels.need_state(found.need.state)))
        steps.one_of(form, "to", t("Next state"), targets, labels.need_state)
        if NeedState.ADDRESSED in targets:
            steps.line(form, "answered_on", t("Answered on"), t("2017, 2017-08 or 2017-08-28"))
        steps.words(form, "reason", t("Reason, needed for a withdrawal"))

        def write() -> None:
            to = steps.chosen(form, "to")
            step = Move(
                NeedState(to) if to else found.state,
                steps.typed(form, "reason"),
                steps.typed(form, "answered_on") or None,
            )
            writes.move(viewer, number, step, version)

        steps.send(form, t("Move"), write, t("The need was moved."))


def checks(viewer: Viewer, found: NeedStanding) -> None:
    """Tell what the requester said a year after an answer, and let it answer once it is due."""
    for said in found.checks:
        st.markdown(
            t(
                "Twelve-month check: **{answer}** · {role}, {date}. {comment}",
                answer=ladder_labels.met(said.answer),
                role=labels.plain(said.answered_as),
                date=labels.when(said.answered_on),
                comment=labels.plain(said.comment),
            )
        )
    due, state = found.check_due, found.state
    if due is None or state is not NeedState.ADDRESSED:
        return
    when = labels.when(due.isoformat())
    if store.today() < due:
        st.caption(t("From {date} on the requester is asked whether the need was met.", date=when))
        return
    countries = frozenset(found.countries)
    if viewer.may_touch(Action.ANSWER_CONSENT, countries, frozenset()):
        _check(viewer, found, when)
    else:
        st.caption(t("Since {date} the requester is asked whether the need was met.", date=when))


def _check(viewer: Viewer, found: NeedStanding, when: str) -> None:
    number, version = found.need.id, found.need.version
    form = f"check_{number}"
    with st.expander(t("Was the need met?"), icon=":material/fact_check:", expanded=True):
        st.markdown(t("Asked since {date}, twelve months after the answer.", date=when))
        steps.one_of(form, "answer", t("Answer"), list(MetAnswer), ladder_labels.met)
        steps.words(form, "comment", t("What is still lacking?"))
        steps.role(form)

        def write() -> None:
            said = steps.chosen(form, "answer")
            chosen = MetAnswer(said) if said else None
            comment, role = steps.typed(form, "comment"), steps.typed(form, "role")
            writes.check(viewer, number, chosen, comment, role, version)

        steps.send(form, t("Record the answer"), write, t("The answer is recorded."))
