"""The entry form's fields as a draft: filled from one, and read back into one."""

from dataclasses import replace

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
from ctai.domain.faults import Fault, shown
from ctai.domain.money import AmountUnreadable, BudgetKind, read_amount
from ctai.domain.roles import Role, Viewer, Visibility
from ctai.i18n import LANGUAGES
from ctai.ui import half_typed, store
from ctai.ui.language import current

FORM = "entry_form"
"""Where a visit keeps the name of the form that it has open, such as entry:new or entry:12."""
MONEY_COLUMNS = ["kind", "amount", "currency", "several_countries", "donor"]
FIELDS = [
    "language",
    "version",
    *(f"{what}_{code}" for code in LANGUAGES for what in ("title", "description")),
    *("countries", "shares", "entity", "also", "role_1", "role_2", "role_3"),
    *("status", "status_as_of", "measure", "other_measures", "confirmed"),
    *("planned_start", "planned_end", "actual_start", "actual_end", "place"),
    *("visibility", "parent", "sources", "note", "budget"),
]
"""All that is kept of a half-typed form: what `values_of` gives."""
EMPTY = ActivityDraft(texts={}, countries=(), participants=())


def key(name: str) -> str:
    """Name a field of the form that is open, in the visit's memory."""
    return half_typed.key(st.session_state[FORM], name)


def typed(name: str) -> str:
    """Give what stands in a field, without outer spaces."""
    return half_typed.typed(st.session_state[FORM], name)


def _picked(name: str) -> list[str]:
    return list(st.session_state.get(key(name)) or [])


def values_of(viewer: Viewer, draft: ActivityDraft, version: int | None) -> dict[str, object]:
    """Give the form's fields as a draft fills them, by name."""
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
    return values | {
        "version": version,
        "countries": [c.iso3 for c in draft.countries] or desk,
        "shares": ", ".join(f"{share:g}" for share in shares if share is not None),
        "entity": carriers[0] if carriers else own,
        "also": carriers[1:],
        **{f"role_{int(role)}": by_role[role] for role in list(OrganisationRole)[:3]},
        "status": draft.status.value if draft is not EMPTY else Status.UNKNOWN.value,
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
        "budget": [_budget_row(line) for line in draft.budget],
    }


def _budget_row(line: BudgetLine) -> list[object]:
    return [line.kind.value, f"{line.amount:f}", line.currency, line.spans_countries, line.donor]


def written() -> tuple[ActivityDraft, list[Fault]]:
    """Read the form's fields as a draft; what can't be read is a fault, and is left out."""
    base: ActivityDraft = st.session_state[key("base")]
    faults: list[Fault] = []
    texts = {code: text for code, text in base.texts.items() if code not in LANGUAGES}
    for code in LANGUAGES:
        title, description = typed(f"title_{code}"), typed(f"description_{code}")
        if title or description:
            texts[code] = Text(title, description)
    draft = replace(
        base,
        texts=texts,
        countries=_countries(faults),
        participants=_participants(),
        measures=_measures(base),
        status=Status(typed("status") or Status.UNKNOWN),
        status_as_of=typed("status_as_of") or None,
        planned_start=typed("planned_start") or None,
        planned_end=typed("planned_end") or None,
        actual_start=typed("actual_start") or None,
        actual_end=typed("actual_end") or None,
        place=typed("place"),
        visibility=Visibility(typed("visibility") or Visibility.UN_SYSTEM),
        budget=_budget(base, faults),
        sources=_sources(base),
        parent_id=_parent(faults),
        note=typed("note"),
    )
    return draft, faults


def _countries(faults: list[Fault]) -> tuple[CountryShare, ...]:
    codes = _picked("countries")
    text = typed("shares")
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
    carriers = [typed("entity"), *_picked("also")]
    found = [Participation(e, OrganisationRole.IMPLEMENTING) for e in carriers if e]
    for role in list(OrganisationRole)[:3]:
        found += [Participation(entity, role) for entity in _picked(f"role_{int(role)}")]
    return tuple(found)


def _measures(base: ActivityDraft) -> tuple[MeasureLink, ...]:
    """Read the measures; one that a rule inferred stays so until somebody confirms it."""
    is_confirmed = bool(st.session_state.get(key("confirmed")))
    basis = Basis.CONFIRMED if is_confirmed else Basis.INFERRED
    rules = {} if is_confirmed else {link.code: link.rule for link in base.measures}
    main = typed("measure")
    picked = [(main, True)] if main else []
    picked += [(code, False) for code in _picked("other_measures")]
    return tuple(MeasureLink(c, is_main, basis, rules.get(c, "")) for c, is_main in picked)


def _budget(base: ActivityDraft, faults: list[Fault]) -> tuple[BudgetLine, ...]:
    kept = {(line.kind.value, f"{line.amount:f}", line.currency): line for line in base.budget}
    lines = []
    for cells in st.session_state[key("budget")]:
        row = dict(zip(MONEY_COLUMNS, cells, strict=True))
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
    urls = [line.strip() for line in typed("sources").splitlines() if line.strip()]
    return tuple(kept.get(url, SourceRef(url)) for url in dict.fromkeys(urls))


def _parent(faults: list[Fault]) -> int | None:
    text = typed("parent")
    if text and not text.isdigit():
        faults.append(
            Fault("“{seen}” is not the number of an activity.", "parent_id", {"seen": shown(text)})
        )
    return int(text) if text.isdigit() else None
