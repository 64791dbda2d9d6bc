"""The entry form: three fields are enough, the rest is offered; what was typed is never lost."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from ctai.domain.activities import (
    ActivityDraft,
    Basis,
    BudgetLine,
    CountryShare,
    MeasureLink,
    OrganisationRole,
    Participation,
    SourceRef,
    Status,
    Text,
)
from ctai.domain.faults import Fault, Refused, shown
from ctai.domain.money import CURRENCIES, AmountUnreadable, BudgetKind, read_amount
from ctai.domain.roles import Role, Viewer, Visibility
from ctai.domain.strategy import by_code
from ctai.i18n import LANGUAGES
from ctai.ui import filters, labels, notices, store
from ctai.ui.language import NAMES, current, t

_SEED = "entry_seed"
_BASE = "entry_base"
_ANYWAY = "entry_anyway"
_BUDGET = "entry_budget_rows"
MONEY_COLUMNS = ["kind", "amount", "currency", "several_countries", "donor"]
EMPTY = ActivityDraft(texts={}, countries=(), participants=())


def _key(name: str) -> str:
    return f"entry_{name}"


def _typed(name: str) -> str:
    return str(st.session_state.get(_key(name)) or "").strip()


def _picked(name: str) -> list[str]:
    return list(st.session_state.get(_key(name)) or [])


def activity(viewer: Viewer, activity_id: int | None) -> int | None:
    """Show the form for a new activity, or to amend one; give its number once it is stored."""
    _seed(viewer, activity_id)
    if activity_id is None:
        _start_from_last(viewer)
    with st.form("entry", border=False):
        _needed(viewer)
        with st.expander(t("More, as far as you know it"), expanded=activity_id is not None):
            _offered(viewer)
        submitted = st.form_submit_button(
            t("Save"), type="primary", icon=":material/save:", key="entry_save"
        )
    if submitted or st.session_state.pop(_ANYWAY, False):
        return _try(viewer, activity_id, is_sure=not submitted)
    return None


def _seed(viewer: Viewer, activity_id: int | None) -> None:
    """Fill the form from the record once, so that a rerun keeps what was typed over it."""
    seed = f"{activity_id}"
    if st.session_state.get(_SEED) == seed:
        return
    found = EMPTY if activity_id is None else store.draft(viewer, activity_id)
    if found is None:
        st.error(t("There is no such activity, or it is not open to you."))
        st.stop()
    version = None if activity_id is None else store.version(viewer, activity_id)
    fill(viewer, found, version, seed)


def fill(viewer: Viewer, draft: ActivityDraft, version: int | None, seed: str) -> None:
    """Put a draft's values into the form's fields."""
    st.session_state[_SEED] = seed
    st.session_state[_BASE] = (draft, version)
    primary = next((code for code in (current(), "en") if code in draft.texts), None)
    primary = primary or next(iter(draft.texts), current())
    values: dict[str, object] = {"language": primary}
    for code in LANGUAGES:
        text = draft.texts.get(code, Text(""))
        values |= {f"title_{code}": text.title, f"description_{code}": text.description}
    own = viewer.entity if viewer.role is Role.FOCAL_POINT else None
    by_role = {
        role: [p.entity for p in draft.participants if p.role is role] for role in OrganisationRole
    }
    carriers = by_role[OrganisationRole.IMPLEMENTING]
    main = next((link for link in draft.measures if link.is_main), None)
    desk = sorted(viewer.countries)[:1] if viewer.role is Role.DESK_OFFICER else []
    shares = [c.share_pct for c in draft.countries]
    values |= {
        "countries": [c.iso3 for c in draft.countries] or desk,
        "shares": ", ".join(f"{share:g}" for share in shares if share is not None),
        "entity": carriers[0] if carriers else own,
        "also": carriers[1:],
        **{f"role_{int(role)}": by_role[role] for role in list(OrganisationRole)[:3]},
        "status": draft.status.value if draft is not EMPTY else Status.PLANNED.value,
        "status_as_of": draft.status_as_of or (store.today().isoformat() if not carriers else ""),
        "measure": main.code if main else None,
        "other_measures": [link.code for link in draft.measures if not link.is_main],
        "confirmed": bool(main and main.basis is Basis.CONFIRMED),
        "planned_start": draft.planned_start or "",
        "planned_end": draft.planned_end or "",
        "actual_start": draft.actual_start or "",
        "actual_end": draft.actual_end or "",
        "place": draft.place,
        "visibility": draft.visibility.value,
        "parent": "" if draft.parent_id is None else str(draft.parent_id),
        "sources": "\n".join(source.url for source in draft.sources),
        "note": draft.note,
    }
    for name, value in values.items():
        st.session_state[_key(name)] = value
    st.session_state[_BUDGET] = [_budget_row(line) for line in draft.budget]


def _budget_row(line: BudgetLine) -> list[object]:
    return [line.kind.value, f"{line.amount:f}", line.currency, line.spans_countries, line.donor]


def _start_from_last(viewer: Viewer) -> None:
    last = store.last_entered(viewer)
    if last is None:
        return
    st.button(
        t("Start from my last record"),
        icon=":material/content_copy:",
        on_click=_copy_last,
        args=(viewer, last),
        help=t("Copies everything but the title and the sources."),
    )


def _copy_last(viewer: Viewer, last: int) -> None:
    found = store.draft(viewer, last)
    if found is not None:
        copied = replace(found, texts={}, sources=(), source_key=None)
        fill(viewer, copied, None, "None")


def _needed(viewer: Viewer) -> None:
    primary = _typed("language") or current()
    st.text_input(
        t("Title, in {language}", language=NAMES.get(primary, primary)),
        key=_key(f"title_{primary}"),
        placeholder=t("What is done, in one line"),
        persist_state="session",
    )
    left, right = st.columns(2)
    with left:
        st.multiselect(
            t("Country, or countries"),
            filters.country_codes(viewer),
            format_func=labels.country,
            key=_key("countries"),
            placeholder="",
            persist_state="session",
        )
    with right:
        _entity_box(viewer, t("Entity that carries it out"), "entity")


def _entity_box(viewer: Viewer, label: str, name: str) -> None:
    st.selectbox(
        label,
        list(store.entities(viewer)),
        index=None,
        format_func=labels.entity,
        key=_key(name),
        placeholder="",
        persist_state="session",
    )


def _offered(viewer: Viewer) -> None:
    _status_and_dates()
    _strategy()
    _people(viewer)
    _words()
    _money(viewer)
    _rest()


def _status_and_dates() -> None:
    left, right = st.columns(2)
    with left:
        _select(t("Status"), "status", list(Status), labels.status)
    with right:
        _line(t("Status true as of"), "status_as_of")
    fields = {
        "planned_start": t("Planned start"),
        "planned_end": t("Planned end"),
        "actual_start": t("Actual start"),
        "actual_end": t("Actual end"),
    }
    for column, (name, label) in zip(st.columns(4), fields.items(), strict=True):
        with column:
            _line(label, name)


def _select(label: str, name: str, codes: Sequence[str], label_of: Callable[[str], str]) -> None:
    st.selectbox(
        label, codes, format_func=label_of, key=_key(name), placeholder="", persist_state="session"
    )


def _several(label: str, name: str, codes: Sequence[str], label_of: Callable[[str], str]) -> None:
    st.multiselect(
        label, codes, format_func=label_of, key=_key(name), placeholder="", persist_state="session"
    )


def _line(label: str, name: str) -> None:
    st.text_input(
        label, key=_key(name), placeholder=t("2017, 2017-08 or 2017-08-28"), persist_state="session"
    )


def _strategy() -> None:
    left, right = st.columns(2)
    with left:
        st.selectbox(
            t("Main measure of the Strategy"),
            list(by_code()),
            index=None,
            format_func=labels.measure,
            key=_key("measure"),
            placeholder="",
            persist_state="session",
        )
        st.checkbox(
            t("I know that these measures are right"),
            key=_key("confirmed"),
            persist_state="session",
        )
    with right:
        _several(t("Other measures"), "other_measures", list(by_code()), labels.measure)


def _people(viewer: Viewer) -> None:
    entities = list(store.entities(viewer))
    left, right = st.columns(2)
    with left:
        _several(t("Also carried out by"), "also", entities, labels.entity)
        _several(t("Funding"), "role_1", entities, labels.entity)
    with right:
        _several(t("Accountable"), "role_2", entities, labels.entity)
        _several(t("Extending"), "role_3", entities, labels.entity)


def _words() -> None:
    primary = _typed("language") or current()
    for code in LANGUAGES:
        name = NAMES[code]
        if code != primary:
            st.text_input(
                t("Title, in {language}", language=name),
                key=_key(f"title_{code}"),
                placeholder="",
                persist_state="session",
            )
        st.text_area(
            t("Description, in {language}", language=name),
            key=_key(f"description_{code}"),
            height=68,
            placeholder="",
            persist_state="session",
        )


def _money(viewer: Viewer) -> None:
    rows = pd.DataFrame(st.session_state[_BUDGET], columns=MONEY_COLUMNS)
    edited = st.data_editor(
        rows.astype({"several_countries": bool}),
        key=f"entry_budget_{st.session_state[_SEED]}",
        num_rows="dynamic",
        hide_index=True,
        alt=t("Budget lines of the activity"),
        column_config={
            "kind": st.column_config.SelectboxColumn(
                t("Kind of amount"), options=list(BudgetKind), format_func=_kind_name
            ),
            "amount": st.column_config.TextColumn(t("Amount")),
            "currency": st.column_config.SelectboxColumn(t("Currency"), options=sorted(CURRENCIES)),
            "several_countries": st.column_config.CheckboxColumn(
                t("Covers several countries"), default=False
            ),
            "donor": st.column_config.SelectboxColumn(
                t("Donor"), options=list(store.entities(viewer))
            ),
        },
    )
    st.session_state[_key("budget")] = edited


def _kind_name(code: str | float) -> str:
    return labels.budget_kind(str(code))


def _rest() -> None:
    left, right = st.columns(2)
    with left:
        st.text_input(t("Place"), key=_key("place"), placeholder="", persist_state="session")
        _select(t("Who may see it"), "visibility", list(Visibility), labels.visibility)
    with right:
        st.text_input(
            t("Number of the programme it is part of"),
            key=_key("parent"),
            placeholder="",
            persist_state="session",
        )
        st.text_input(
            t("Countries' shares in per cent, in the order above"),
            key=_key("shares"),
            placeholder=t("60, 40; empty if not known"),
            persist_state="session",
        )
    st.text_area(
        t("Sources: one web address a line"),
        key=_key("sources"),
        height=68,
        placeholder="",
        persist_state="session",
    )
    st.text_area(t("Note"), key=_key("note"), height=68, placeholder="", persist_state="session")


def _try(viewer: Viewer, activity_id: int | None, *, is_sure: bool) -> int | None:
    """Save, or say every reason why not; ask first when there may be such a record already."""
    written, faults = _written()
    faults += store.faults(viewer, written, activity_id)
    if faults:
        notices.refused(faults)
        return None
    if activity_id is None and not is_sure and _has_twins(viewer, written):
        return None
    _, version = st.session_state[_BASE]
    try:
        number = store.save(viewer, written, activity_id, version)
    except Refused as refusal:
        notices.refused(refusal.faults)
        st.session_state[_BASE] = (
            written,
            None if activity_id is None else store.version(viewer, activity_id),
        )
        return None
    st.session_state.pop(_SEED, None)
    notices.later(t("Saved."))
    return number


def _has_twins(viewer: Viewer, written: ActivityDraft) -> bool:
    title = next(text.title for text in written.texts.values() if text.title)
    twins = store.twins(viewer, title, written.iso3s)
    if not twins:
        return False
    st.warning(t("This may be recorded already. Look at these first:"), icon=":material/warning:")
    for twin in twins:
        st.page_link(
            "pages/activities.py",
            label=twin.title,
            icon=":material/open_in_new:",
            query_params={**st.query_params.to_dict(), "activity": str(twin.activity_id)},
        )
    st.button(t("It is another one: save it"), on_click=_save_anyway, key="entry_anyway_button")
    return True


def _save_anyway() -> None:
    st.session_state[_ANYWAY] = True


def _written() -> tuple[ActivityDraft, list[Fault]]:
    """Read the form's fields as a draft; what can't be read is a fault, and is left out."""
    base, _ = st.session_state[_BASE]
    faults: list[Fault] = []
    texts = {code: text for code, text in base.texts.items() if code not in LANGUAGES}
    for code in LANGUAGES:
        title, description = _typed(f"title_{code}"), _typed(f"description_{code}")
        if title or description:
            texts[code] = Text(title, description)
    draft = replace(
        base,
        texts=texts,
        countries=_countries(faults),
        participants=_participants(),
        measures=_measures(),
        status=Status(_typed("status") or Status.UNKNOWN),
        status_as_of=_typed("status_as_of") or None,
        planned_start=_typed("planned_start") or None,
        planned_end=_typed("planned_end") or None,
        actual_start=_typed("actual_start") or None,
        actual_end=_typed("actual_end") or None,
        place=_typed("place"),
        visibility=Visibility(_typed("visibility") or Visibility.UN_SYSTEM),
        budget=_budget(base, faults),
        sources=_sources(base),
        parent_id=_parent(faults),
        note=_typed("note"),
    )
    return draft, faults


def _countries(faults: list[Fault]) -> tuple[CountryShare, ...]:
    codes = _picked("countries")
    text = _typed("shares")
    shares: list[float | None] = [None] * len(codes)
    if text:
        parts = text.replace(";", ",").split(",")
        try:
            shares = [float(part) for part in parts]
        except ValueError:
            shares = []
        if len(shares) != len(codes):
            faults.append(
                Fault(
                    "“{seen}” is not one share for each country. Write numbers such as 60, 40.",
                    "share_pct",
                    {"seen": shown(text)},
                )
            )
            shares = [None] * len(codes)
    return tuple(map(CountryShare, codes, shares))


def _participants() -> tuple[Participation, ...]:
    carriers = [_typed("entity"), *_picked("also")]
    found = [Participation(e, OrganisationRole.IMPLEMENTING) for e in carriers if e]
    for role in list(OrganisationRole)[:3]:
        found += [Participation(entity, role) for entity in _picked(f"role_{int(role)}")]
    return tuple(found)


def _measures() -> tuple[MeasureLink, ...]:
    basis = Basis.CONFIRMED if st.session_state.get(_key("confirmed")) else Basis.INFERRED
    main = _typed("measure")
    others = tuple(MeasureLink(code, False, basis) for code in _picked("other_measures"))
    return (*((MeasureLink(main, True, basis),) if main else ()), *others)


def _budget(base: ActivityDraft, faults: list[Fault]) -> tuple[BudgetLine, ...]:
    edited: pd.DataFrame = st.session_state[_key("budget")]
    kept = {(line.kind.value, f"{line.amount:f}", line.currency): line for line in base.budget}
    lines = []
    for row in edited.where(edited.notna(), None).to_dict("records"):
        if not row["amount"] and not row["kind"]:
            continue
        try:
            amount = read_amount(str(row["amount"] or ""))
        except AmountUnreadable:
            faults.append(
                Fault(
                    "“{seen}” is not an amount. Write digits, such as 1700000.",
                    "budget",
                    {"seen": shown(row["amount"] or "")},
                )
            )
            continue
        kind, currency = str(row["kind"] or ""), str(row["currency"] or "")
        if kind not in set(BudgetKind):
            faults.append(Fault("Say what kind of amount it is.", "budget"))
            continue
        line = BudgetLine(
            BudgetKind(kind),
            amount,
            currency,
            bool(row["several_countries"]),
            donor=str(row["donor"]) if row["donor"] else None,
        )
        before = kept.get((kind, f"{amount:f}", currency))
        lines.append(
            replace(line, value_date=before.value_date, note=before.note) if before else line
        )
    return tuple(lines)


def _sources(base: ActivityDraft) -> tuple[SourceRef, ...]:
    kept = {source.url: source for source in base.sources}
    urls = [line.strip() for line in _typed("sources").splitlines() if line.strip()]
    return tuple(kept.get(url, SourceRef(url)) for url in dict.fromkeys(urls))


def _parent(faults: list[Fault]) -> int | None:
    text = _typed("parent")
    if text and not text.isdigit():
        faults.append(
            Fault("“{seen}” is not the number of an activity.", "parent_id", {"seen": shown(text)})
        )
    return int(text) if text.isdigit() else None
