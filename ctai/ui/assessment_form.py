"""The form of an assessment: who looked where and when, what was found, and what is due."""

from dataclasses import replace

import streamlit as st

from ctai.domain.activities import Basis, Status
from ctai.domain.assessments import (
    AssessmentDraft,
    AssessmentFinding,
    AssessmentPart,
    FollowUp,
    LookedAt,
)
from ctai.domain.evidence import Disclosure, Finding, Severity
from ctai.domain.faults import Refused
from ctai.domain.roles import Action, Role, Viewer, Visibility
from ctai.domain.strategy import by_code
from ctai.ui import (
    again,
    filters,
    form_fields,
    grids,
    half_typed,
    labels,
    notices,
    presses,
    record_labels,
    record_links,
    store,
)
from ctai.ui.grids import Column
from ctai.ui.half_typed import typed
from ctai.ui.language import current, t
from ctai.ui.store import requests as reads
from ctai.ui.writes import requests as writes

EMPTY = AssessmentDraft("", "", (), (), visibility=Visibility.UN_SYSTEM)
GRIDS = {
    "parts": ("start", "end", "place"),
    "looked_at": ("measure", "finding"),
    "discoveries": ("measure", "text", "severity", "disclosed"),
    "follow_ups": ("what", "due", "done_on"),
}
"""The form's grids and their columns."""


def form_of(number: int | None) -> str:
    """Name the form of an assessment."""
    return "assessment:new" if number is None else f"assessment:{number}"


def show(viewer: Viewer, number: int | None) -> None:
    """Show the form of a new assessment, or of one to amend; once it is sent, go to it."""
    form = again.form(form_of(number))
    base = (
        replace(EMPTY, language=current()) if number is None else reads.assessment(viewer, number)
    )
    base = again.draft(viewer, base, number)
    if base is None:
        st.error(t("There is no such assessment, or it is not open to you."))
        return
    if number is not None and not viewer.may_touch(
        Action.AMEND, frozenset(base.countries), base.entities
    ):
        st.warning(t("This record is not yours to change. You can read it."))
        return
    version = None if number is None else reads.assessment_version(viewer, number)
    values = _values(viewer, base, version)
    half_typed.begin(viewer, form, values)
    _who(viewer, form)
    _when(form)
    _found(form)
    _due(form)
    half_typed.keep(viewer, form, list(values))
    with st.container(horizontal=True):
        sent = presses.button(t("Save"), f"save {form}", icon=":material/save:", type="primary")
        form_fields.give_up(viewer, form)
    if sent:
        _try(viewer, form, number, base)


def _values(viewer: Viewer, draft: AssessmentDraft, version: int | None) -> dict[str, object]:
    """Give what the fields begin with: the record's values, or the author's own country."""
    desk = sorted(viewer.countries)[:1] if viewer.role is Role.DESK_OFFICER else []
    own = viewer.entity if viewer.role is Role.FOCAL_POINT else None
    return {
        "version": version,
        "title": draft.title,
        "language": draft.language,
        "lead": draft.lead or own,
        "joining": list(draft.joining),
        "countries": list(draft.countries) or desk,
        "status": draft.status.value,
        "visibility": draft.visibility.value,
        "findings": draft.findings,
        "disclosed": draft.disclosed.value,
        "sources": "\n".join(source.url for source in draft.sources),
        "note": draft.note,
        **{name: grids.rows_from(GRIDS[name], rows) for name, rows in _rows(draft).items()},
    }


def _rows(draft: AssessmentDraft) -> dict[str, list[dict[str, object]]]:
    return {
        "parts": [{"start": p.start, "end": p.end, "place": p.place} for p in draft.parts],
        "looked_at": [
            {"measure": link.measure, "finding": link.finding.value} for link in draft.measures
        ],
        "discoveries": [
            {
                "measure": found.measure,
                "text": found.text,
                "severity": found.severity,
                "disclosed": found.disclosed.value,
                grids.NUMBER: found.finding_id,
            }
            for found in draft.discoveries
        ],
        "follow_ups": [
            {"what": due.what, "due": due.due, "done_on": due.done_on} for due in draft.follow_ups
        ],
    }


def _who(viewer: Viewer, form: str) -> None:
    entities = list(store.entities(viewer))
    form_fields.titled(
        form, "title", record_labels.field("title"), t("What was looked at, in one line")
    )
    left, middle, right = st.columns(3)
    with left:
        form_fields.many(
            form,
            "countries",
            t("Country, or countries"),
            filters.country_codes(viewer),
            labels.country,
        )
        codes = [status.value for status in Status]
        form_fields.one(form, "status", t("Status"), codes, labels.status, optional=False)
    with middle:
        form_fields.one(form, "lead", record_labels.field("lead"), entities, labels.entity)
        levels = [level.value for level in Visibility]
        form_fields.one(
            form, "visibility", t("Who may see it"), levels, labels.visibility, optional=False
        )
    with right:
        form_fields.many(form, "joining", record_labels.field("joining"), entities, labels.entity)


def _when(form: str) -> None:
    columns = [
        Column("start", t("Start"), width=130),
        Column("end", t("End"), width=130),
        Column("place", t("Place")),
    ]
    _grid(form, "parts", t("Dated parts"), columns, t("Dates such as 2009, 2009-02 or 2009-02-16."))


def _found(form: str) -> None:
    measures, severities = list(by_code()), [severity.value for severity in Severity]
    findings = [finding.value for finding in Finding]
    _grid(
        form,
        "looked_at",
        t("Measures looked at"),
        [
            Column("measure", t("Measure"), measures, labels.measure, 420),
            Column("finding", t("What was found"), findings, labels.finding),
        ],
        t("A measure with a finding below counts as looked at."),
    )
    disclosures = [disclosed.value for disclosed in Disclosure]
    _grid(
        form,
        "discoveries",
        t("Findings"),
        [
            Column("measure", t("Measure"), measures, labels.measure, 200),
            Column("text", t("What was found"), width=300),
            Column("severity", t("Severity"), severities, labels.severity, 90),
            Column("disclosed", t("Disclosure"), disclosures, labels.disclosure, 160),
        ],
        t("One row a finding; each can become a need. A withheld finding is kept without text."),
    )
    left, right = st.columns([2, 1])
    with left:
        form_fields.area(form, "findings", record_labels.field("findings"))
    with right:
        form_fields.one(
            form,
            "disclosed",
            t("Disclosure of the findings in general"),
            disclosures,
            labels.disclosure,
            optional=False,
        )


def _due(form: str) -> None:
    columns = [
        Column("what", t("What is due")),
        Column("due", t("Due by"), width=130),
        Column("done_on", t("Done on"), width=130),
    ]
    _grid(form, "follow_ups", t("Follow-up"), columns)
    left, right = st.columns(2)
    with left:
        form_fields.sources(form)
    with right:
        form_fields.area(form, "note", t("Note"))


def _grid(form: str, name: str, title: str, columns: list[Column], hint: str = "") -> None:
    st.markdown(f"**{title}**")
    if hint:
        st.caption(hint)
    grids.edit(form, name, columns, alt=title)


def written(form: str, base: AssessmentDraft) -> AssessmentDraft:
    """Read the form's fields as a draft."""
    return replace(
        base,
        title=typed(form, "title"),
        language=typed(form, "language") or None,
        lead=typed(form, "lead"),
        joining=form_fields.picked(form, "joining"),
        countries=form_fields.picked(form, "countries"),
        status=Status(typed(form, "status") or Status.UNKNOWN),
        visibility=Visibility(typed(form, "visibility") or Visibility.UN_SYSTEM),
        findings=typed(form, "findings"),
        disclosed=Disclosure(typed(form, "disclosed") or Disclosure.UNKNOWN),
        sources=form_fields.sources_in(form, base.sources),
        note=typed(form, "note"),
        parts=tuple(
            AssessmentPart(row["start"] or None, row["end"] or None, row["place"])
            for row in grids.texts(form, "parts")
        ),
        measures=_measures(form, base),
        discoveries=tuple(
            AssessmentFinding(
                row["measure"],
                row["text"],
                Severity(row["severity"]) if row["severity"] else None,
                Disclosure(row["disclosed"] or Disclosure.UNKNOWN),
                grids.number_in(row),
            )
            for row in grids.texts(form, "discoveries")
        ),
        follow_ups=tuple(
            FollowUp(row["what"], row["due"] or None, row["done_on"] or None)
            for row in grids.texts(form, "follow_ups")
        ),
    )


def _measures(form: str, base: AssessmentDraft) -> tuple[LookedAt, ...]:
    """Read the measures looked at; what a person now says of one is confirmed."""
    before = {(link.measure, link.finding): link for link in base.measures}
    given = [
        (row["measure"], Finding(row["finding"] or Finding.NOT_RECORDED))
        for row in grids.texts(form, "looked_at")
    ]
    return tuple(before.get(one, LookedAt(*one, Basis.CONFIRMED)) for one in given)


def _try(viewer: Viewer, form: str, number: int | None, base: AssessmentDraft) -> None:
    """Save, or say every reason why not; what was typed stays."""
    try:
        version = form_fields.version(form)
        stored = writes.save(viewer, written(form, base), number, version, again.number())
    except Refused as refusal:
        notices.refused(refusal.faults)
        if number is not None:
            # Told once, the author may save over the newer version that they now see.
            newest = reads.assessment_version(viewer, number)
            st.session_state[half_typed.key(form, "version")] = newest
        return
    half_typed.end(viewer, form)
    record_links.follow(stored, "assessment", "assessment")
