"""Chasing on the screen: who has told us what, what each has on record, and whom to ask next."""

import pandas as pd
import streamlit as st

from ctai.domain.confirmations import Confirmation, Turn
from ctai.domain.faults import Refused
from ctai.domain.reporting import QuarterAnswer, QuarterState, Statement, last_quarters
from ctai.domain.roles import Action, Extent, Viewer
from ctai.domain.scope import Scope
from ctai.figures import reporting, signs
from ctai.i18n import upkeep
from ctai.ui import half_typed, kept, labels, notices, record, store, tables
from ctai.ui.language import current, t, tn
from ctai.ui.store import upkeep as reads
from ctai.ui.writes import upkeep as writes

CHASING_FILTERS = ("country", "region", "pillar", "measure", "entity")
MOST_ROWS = 60
"""Entities drawn, the most silent first; the table has them all."""


def answer(found: pd.DataFrame) -> str:
    """Say how many entities told something of the last quarter that is over."""
    last = last_quarters(store.today(), 2)[0]
    states = found.loc[found["quarter"] == last, "state"]
    asked = int(states.ne(QuarterState.NOT_ASKED).sum())
    quarter = upkeep.quarter(current(), last)
    if not asked:
        return t("Nobody was asked about {quarter} yet, which is not silence.", quarter=quarter)
    silent = int(states.eq(QuarterState.SILENT).sum())
    return tn(
        "{n} of {asked} entities was silent about {quarter}.",
        "{n} of {asked} entities were silent about {quarter}.",
        silent,
        asked=labels.number(asked),
        quarter=quarter,
    )


def _silent_first(found: pd.DataFrame) -> list[str]:
    silent = found["state"].eq(QuarterState.SILENT).groupby(found["entity"]).sum()
    return [str(entity) for entity in silent.sort_values(ascending=False, kind="stable").index]


def matrix(found: pd.DataFrame, scope: Scope) -> tuple[str, str] | None:
    """Show the quarters of every entity; give the entity and quarter that was picked."""
    lang = current()
    rows = [(entity, entity) for entity in _silent_first(found)][:MOST_ROWS]
    selection = kept.chart(
        "reporting",
        lambda: reporting.matrix(found, rows, lang, dark=kept.is_dark()),
        found,
        rows,
        alt=reporting.summary(found, lang),
        key=f"reporting_{lang}_{scope.slug}_{len(scope.entity)}",
        on_select="rerun",
    )
    return reporting.picked(selection)


def volume(viewer: Viewer, found: pd.DataFrame) -> None:
    """List the entities with what each has on record, and whom to ask."""
    people = reads.focal_points(viewer)
    shown = kept.worked_out("volume", lambda: _volume(found, people), found, people)
    tables.show(
        shown,
        {
            "entities": t("Entity"),
            "records": t("Written"),
            "carried": t("Activities"),
            "stale": t("Stale"),
            "ask": t("Focal points"),
        },
        alt=t("What each entity has on record, and whom to ask"),
    )


def _volume(found: pd.DataFrame, people: dict[str, tuple[str, ...]]) -> pd.DataFrame:
    order = _silent_first(found)
    rows = found.groupby("entity")[["records", "activities", "stale"]].agg(
        {"records": "sum", "activities": "first", "stale": "first"}
    )
    rows = rows.reindex(order)
    return rows.assign(
        entities=order,
        carried=rows["activities"],
        ask=[labels.joined(people.get(entity, ())) or "–" for entity in order],
    )


def twin(found: pd.DataFrame, scope: Scope) -> None:
    """Fold the quarters under their picture as a table in words."""
    quarters = sorted(found["quarter"].unique())
    words = found.assign(told=[reporting.state_label(current(), code) for code in found["state"]])
    table = words.pivot_table(index="entity", columns="quarter", values="told", aggfunc="first")
    shown = table.reset_index().assign(name=lambda rows: [labels.entity(e) for e in rows["entity"]])
    tables.twin(
        t("The quarters as a table"),
        shown,
        {"name": t("Entity"), **{code: upkeep.quarter(current(), code) for code in quarters}},
        file="reporting",
        filters=scope.params,
    )


def say(viewer: Viewer, found: pd.DataFrame, picked: tuple[str, str] | None) -> None:
    """Let those who may say of a quarter that there is nothing to report, or that it was told."""
    entities = _may_speak_for(viewer)
    if not entities:
        return
    entity, quarter = picked or ("", "")
    with st.expander(
        t("Say what a quarter was"), icon=":material/record_voice_over:", expanded=bool(entity)
    ):
        quarters = last_quarters(store.today())[::-1]
        left, right = st.columns(2)
        chosen = left.selectbox(
            t("Entity"),
            entities,
            index=entities.index(entity) if entity in entities else 0,
            format_func=labels.entity,
            key=f"say_entity_{entity}_{quarter}_{current()}",
            placeholder="",
        )
        of = right.selectbox(
            t("Quarter"),
            quarters,
            index=quarters.index(quarter) if quarter in quarters else 0,
            format_func=lambda code: upkeep.quarter(current(), code),
            key=f"say_quarter_{entity}_{quarter}_{current()}",
            placeholder="",
        )
        _buttons(viewer, found, chosen, of)


def _may_speak_for(viewer: Viewer) -> list[str]:
    match viewer.extent(Action.STATE_REPORTING):
        case Extent.ALL:
            kinds = store.entities(viewer)
            return [entity for entity, kind in kinds.items() if kind != "donor"]
        case Extent.OWN if viewer.entity:
            return [viewer.entity]
        case _:
            return []


def _buttons(viewer: Viewer, found: pd.DataFrame, entity: str, quarter: str) -> None:
    here = found[(found["entity"] == entity) & (found["quarter"] == quarter)]
    seen = next((said for said in here["said"] if isinstance(said, str)), None)
    if not here.empty:
        st.caption(
            t(
                "As far as we know: {state}.",
                state=reporting.state_label(current(), str(here["state"].iloc[0])),
            )
        )
    form = f"quarter:{entity}:{quarter}"
    half_typed.begin(viewer, form, {"note": ""})
    st.text_input(t("Note, if any"), key=half_typed.key(form, "note"), placeholder="")
    half_typed.keep(viewer, form, ["note"])
    with st.container(horizontal=True):
        for said, label in (
            (QuarterAnswer.NOTHING_TO_REPORT, t("Nothing to report")),
            (QuarterAnswer.REPORTED, t("Told us by other means")),
        ):
            st.button(
                label,
                key=f"say_{said}",
                type="primary" if said is QuarterAnswer.NOTHING_TO_REPORT else "secondary",
                on_click=_say,
                args=(viewer, form, entity, quarter, said, seen),
            )


def _say(
    viewer: Viewer, form: str, entity: str, quarter: str, said: QuarterAnswer, seen: str | None
) -> None:
    statement = Statement(entity, quarter, said, half_typed.typed(form, "note"))
    try:
        writes.say(viewer, statement, None if seen is None else QuarterAnswer(seen))
    except Refused as refusal:
        notices.refused(refusal.faults)
    else:
        half_typed.end(viewer, form)
        notices.later(t("Stored."))


def first_to_ask(viewer: Viewer, scope: Scope) -> None:
    """List the confirmations that would change the matrix most, and show the one that is picked."""
    st.header(t("Which confirmations would change the matrix most?"), anchor=False)
    told = reads.most_telling(viewer, scope)
    if not told:
        st.caption(
            t(
                "No confirmation would lower the gap score here: where a need is unmet, no faded "
                "activity stands against it."
            )
        )
        return
    st.caption(
        t(
            "If the activity still is as it was, the gap score falls by so much. Each line is "
            "reckoned by itself, on the matrix as it stands today."
        )
    )
    named = store.activities_named(viewer, tuple(one.activity_id for one in told), current())
    people = reads.focal_points(viewer)
    shown = _worded(told, named, people)
    row = tables.show(
        shown,
        {
            "chased": t("Activity"),
            "entities": t("Entities"),
            "where": t("Countries"),
            "fall": t("Gap score falls by"),
            "turns": t("What turns"),
            "held": t("Status as of"),
            "ask": t("Whom to ask"),
        },
        alt=t("The confirmations that would change the matrix most"),
        key=f"telling_{current()}_{scope.slug}_{len(scope.entity)}",
    )
    if row is None:
        st.caption(t("Pick a line to see the record, and to confirm it if it is yours."))
        return
    for turn in told[row].turns:
        st.markdown(_turn(turn))
    record.show(viewer, told[row].activity_id)


def _worded(
    told: tuple[Confirmation, ...], named: pd.DataFrame, people: dict[str, tuple[str, ...]]
) -> pd.DataFrame:
    by_number = named.set_index("activity_id")
    rows = []
    for one in told:
        entities = str(by_number.loc[one.activity_id, "entities"])
        ask = [name for entity in entities.split("; ") for name in people.get(entity, ())]
        rows.append(
            {
                "chased": by_number.loc[one.activity_id, "title"],
                "entities": entities,
                "where": labels.joined(labels.country(iso3) for iso3 in one.countries),
                "held": t(
                    "{status}, {date}",
                    status=labels.status(one.status),
                    date=labels.when(one.as_of),
                ),
                "fall": labels.number(one.fall, 2),
                "turns": labels.joined(_turn_in_signs(turn) for turn in one.turns) or "–",
                "ask": labels.joined(ask) or "–",
            }
        )
    return pd.DataFrame(rows)


def _turn_in_signs(turn: Turn) -> str:
    return t(
        "{measure}: {before} → {after}",
        measure=turn.measure,
        before=signs.STATES[turn.before].symbol,
        after=signs.STATES[turn.after].symbol,
    )


def _turn(turn: Turn) -> str:
    return t(
        "{country}, {measure}: from “{before}” to “{after}”",
        country=labels.country(turn.iso3),
        measure=turn.measure,
        before=labels.state(turn.before),
        after=labels.state(turn.after),
    )
