"""Section: a visit, who makes it, when and where, what it looks at, and what comes of it."""

from collections.abc import Iterable

import pandas as pd

from ctai.briefings.document import Block, Column, Heading, Paragraph, Section, Table, Text
from ctai.briefings.facts import Facts, activity_code, assessment_code, rows
from ctai.briefings.ledger import Figure
from ctai.briefings.sections import visit_findings
from ctai.briefings.sections.records import span
from ctai.briefings.visiting import Visit
from ctai.briefings.writer import Words, Writer, of
from ctai.domain.assessments import FollowUp
from ctai.domain.dates import first_day
from ctai.domain.visits import Due, Phase, due, phase
from ctai.i18n import record_wording, wording

SHOWN = 25
"""Activities that are listed."""


def blocks(w: Writer, facts: Facts, visit: Visit) -> list[Block]:
    """Tell of a visit: what is known of it, and how things stand on what it looks at."""
    return [
        Heading(w.say("The visit"), section=Section.VISIT),
        Paragraph(sentence(w, facts, visit), "lead"),
        *_company(w, visit),
        *_parts(w, visit),
        *_ahead(w, facts, visit),
        *_looked_at(w, facts, visit),
        *visit_findings.blocks(w, visit),
        *_follow_ups(w, facts, visit),
        *_needs(w, facts, visit),
        *_activities(w, facts, visit),
    ]


def essence(w: Writer, facts: Facts, visit: Visit) -> list[Block]:
    """Say in a few sentences who visits when, and what is due or stands there."""
    found = [Paragraph(sentence(w, facts, visit)), Paragraph(_standing(w, facts, visit))]
    if visit.draft.follow_ups:
        found.append(Paragraph(followed(w, facts, visit)))
    return list(found)


def sentence(w: Writer, facts: Facts, visit: Visit) -> Text:
    """Say which visit it is, who leads it, and when."""
    draft = visit.draft
    places = {
        "title": w.given(draft.title, draft.language),
        "lead": Words(draft.lead),
        "date": _when(w, visit),
    }
    match phase(draft, facts.day):
        case Phase.TO_COME:
            return w.t("A visit to come: {title}. It is led by {lead}. Date: {date}.", **places)
        case Phase.UNDER_WAY:
            return w.t("A visit under way: {title}. It is led by {lead}. Date: {date}.", **places)
        case Phase.OVER:
            return w.t("A visit made: {title}. It was led by {lead}. Date: {date}.", **places)
        case Phase.OFF:
            return w.t(
                "A visit that was called off or suspended: {title}. It was to be led by {lead}. "
                "Date: {date}.",
                **places,
            )
        case Phase.UNTOLD:
            return w.t(
                "A visit of which nobody has recorded whether it took place: {title}. Lead: "
                "{lead}. Date: {date}.",
                **places,
            )


def _when(w: Writer, visit: Visit) -> Words:
    """Write from the first known date to the last one."""
    starts = [part.start for part in visit.draft.parts if part.start]
    return span(w, min(starts, key=first_day, default=None), visit.draft.newest_date)


def _company(w: Writer, visit: Visit) -> list[Block]:
    countries = w.countries("; ".join(visit.countries))
    told = [Paragraph(w.t("Countries: {countries}.", countries=countries))]
    if visit.draft.joining:
        entities = Words(", ".join(visit.draft.joining))
        told.append(Paragraph(w.t("Joining: {entities}.", entities=entities)))
    return list(told)


def _parts(w: Writer, visit: Visit) -> list[Block]:
    if not visit.draft.parts:
        return [Paragraph(w.t("When and where it takes place is not recorded."))]
    columns = (Column(w.say("Start"), 2), Column(w.say("End"), 2), Column(w.say("Place"), 5))
    lines = tuple(
        (
            of(w.date(part.start)),
            of(w.date(part.end)),
            of(Words(part.place or w.say("not known"))),
        )
        for part in visit.draft.parts
    )
    return [Table(w.say("Parts of the visit"), columns, lines)]


def _standing(w: Writer, facts: Facts, visit: Visit) -> Text:
    """Say how many needs are unmet, and how much is done, on what the visit looks at."""
    return w.t(
        "On what it looks at, unmet needs on record: {needs}; activities on record: {activities}.",
        needs=_unmet(w, facts, visit, visit.measures),
        activities=_active(w, facts, visit, visit.measures),
    )


def _ahead(w: Writer, facts: Facts, visit: Visit) -> list[Block]:
    """Say how things stand before the visit, and what waits for the State."""
    found = [Paragraph(_standing(w, facts, visit))]
    asked = f"visit {assessment_code(visit.number)} needs"
    if visit.consents:
        n = w.ledger.count(f"{asked} consent=awaited", visit.consents)
        found.append(
            Paragraph(
                w.tn(
                    "For {n} need there, the State is asked whether it may be shared outside the "
                    "United Nations.",
                    "For {n} needs there, the State is asked whether they may be shared outside "
                    "the United Nations.",
                    n,
                )
            )
        )
    if visit.checks:
        n = w.ledger.count(f"{asked} check=awaited", visit.checks)
        found.append(
            Paragraph(
                w.tn(
                    "For {n} need there that is called answered, the State has yet to say whether "
                    "it was met.",
                    "For {n} needs there that are called answered, the State has yet to say "
                    "whether they were met.",
                    n,
                )
            )
        )
    return list(found)


def _looked_at(w: Writer, facts: Facts, visit: Visit) -> list[Block]:
    if not visit.draft.looked_at:
        return [Paragraph(w.t("Which measures it looks at is not recorded."))]
    columns = (
        Column(w.say("Measure"), 5),
        Column(w.say("What was found"), 3),
        Column(w.say("Unmet needs"), 1.2, is_number=True),
        Column(w.say("Activities"), 1.2, is_number=True),
    )
    lines = tuple(
        (
            of(w.measure(link.measure)),
            of(record_wording.finding(w.lang, link.finding)),
            of(_unmet(w, facts, visit, {link.measure})),
            of(_active(w, facts, visit, {link.measure})),
        )
        for link in visit.draft.looked_at
    )
    return [Table(w.say("Measures looked at"), columns, lines)]


def _about(visit: Visit, measures: Iterable[str]) -> str:
    return f"visit {assessment_code(visit.number)} measure={','.join(sorted(measures))}"


def _unmet(w: Writer, facts: Facts, visit: Visit, measures: Iterable[str]) -> Figure:
    found = facts.unmet[facts.unmet["measure"].isin(list(measures))]
    return w.ledger.count(f"needs unmet {_about(visit, measures)}", found["code"])


def _active(w: Writer, facts: Facts, visit: Visit, measures: Iterable[str]) -> Figure:
    found = _serving(facts, frozenset(measures))["activity_id"]
    return w.ledger.count(f"activities {_about(visit, measures)}", map(activity_code, found))


def _serving(facts: Facts, measures: frozenset[str]) -> pd.DataFrame:
    """Give the activities on some measures, main or not."""
    if facts.activities.empty:
        return facts.activities
    serves = facts.activities["measures"].map(lambda codes: bool(measures & {*codes.split("; ")}))
    return facts.activities[serves]


def followed(w: Writer, facts: Facts, visit: Visit) -> Text:
    """Say how many follow-ups are done, overdue and still due."""
    return w.tn(
        "{n} follow-up is recorded; done: {done}, overdue: {overdue}, still due: {due}.",
        "{n} follow-ups are recorded; done: {done}, overdue: {overdue}, still due: {due}.",
        _follow_up_count(w, facts, visit, tuple(Due)),
        done=_follow_up_count(w, facts, visit, (Due.DONE,)),
        overdue=_follow_up_count(w, facts, visit, (Due.OVERDUE,)),
        due=_follow_up_count(w, facts, visit, (Due.DUE, Due.UNDATED)),
    )


def _follow_up_count(w: Writer, facts: Facts, visit: Visit, kinds: tuple[Due, ...]) -> Figure:
    code = assessment_code(visit.number)
    found = [
        f"{code}-follow-up-{place}"
        for place, one in enumerate(visit.draft.follow_ups, 1)
        if due(one, facts.day) in kinds
    ]
    narrowed = "" if len(kinds) == len(Due) else f" state={','.join(kinds)}"
    return w.ledger.count(f"follow-ups {code}{narrowed}", found)


def _follow_ups(w: Writer, facts: Facts, visit: Visit) -> list[Block]:
    if not (follow_ups := visit.draft.follow_ups):
        return [Paragraph(w.t("Nothing is recorded as due after this assessment."))]
    columns = (Column(w.say("Follow-up"), 5), Column(w.say("State"), 3))
    code = visit.draft.language
    lines = tuple((w.given(one.what, code), of(_due(w, one, facts))) for one in follow_ups)
    return [
        Paragraph(followed(w, facts, visit)),
        Table(w.say("What is due after the visit"), columns, lines),
    ]


def _due(w: Writer, one: FollowUp, facts: Facts) -> str:
    match due(one, facts.day):
        case Due.DONE:
            return w.say("Done: {date}", date=w.date(one.done_on))
        case Due.OVERDUE:
            return w.say("Overdue since {date}", date=w.date(one.due))
        case Due.DUE:
            return w.say("Due by {date}", date=w.date(one.due))
        case Due.UNDATED:
            return w.say("Due; by when is not recorded")


def _needs(w: Writer, facts: Facts, visit: Visit) -> list[Block]:
    """List the needs that rest on the visit, and where each stands."""
    resting = facts.needs[facts.needs["need_id"].isin(visit.needs)]
    if resting.empty:
        return [Paragraph(w.t("No need that rests on it is recorded that this reader may see."))]
    rungs = dict(zip(facts.unmet["need_id"], facts.unmet["rung"], strict=True))
    is_climbed = any(rungs.get(number) is not None for number in resting["need_id"])
    columns = (
        Column(w.say("Number"), 1.5),
        Column(w.say("What is needed"), 5),
        Column(w.say("State"), 2),
        *((Column(w.say("Step of the ladder"), 2.5),) if is_climbed else ()),
    )
    lines = tuple(
        (
            of(Words(row.code)),
            w.given(row.title, row.language),
            of(wording.need_state(w.lang, row.state)),
            *((_rung(w, rungs.get(row.need_id)),) if is_climbed else ()),
        )
        for row in rows(resting)
    )
    told = w.tn(
        "{n} need rests on it; unmet: {unmet}.",
        "{n} needs rest on it; unmet: {unmet}.",
        w.ledger.count(f"needs of {assessment_code(visit.number)}", resting["code"]),
        unmet=w.ledger.count(
            f"needs unmet of {assessment_code(visit.number)}",
            resting[resting["need_id"].isin(rungs)]["code"],
        ),
    )
    return [Paragraph(told), Table(w.say("Needs that rest on the visit"), columns, lines)]


def _rung(w: Writer, rung: object) -> Text:
    return () if rung is None else of(wording.rung(w.lang, int(str(rung))))


def _activities(w: Writer, facts: Facts, visit: Visit) -> list[Block]:
    """List what is under way or done on the measures that the visit looks at."""
    serving = _serving(facts, visit.measures)
    if serving.empty:
        nothing = w.t("On what it looks at, no activity is recorded that this reader may see.")
        return [Paragraph(nothing)]
    columns = (
        Column(w.say("Number"), 1.2),
        Column(w.say("Title"), 5),
        Column(w.say("Entities"), 2),
        Column(w.say("Status"), 1.5),
        Column(w.say("End"), 1.7),
    )
    lines = tuple(
        (
            of(Words(activity_code(row.activity_id))),
            w.given(row.title, row.language),
            of(Words(row.entities)),
            of(wording.status(w.lang, row.status)),
            of(w.date(row.end)),
        )
        for row in rows(serving.iloc[::-1].head(SHOWN))
    )
    return [Table(w.say("Newest activities on what it looks at"), columns, lines)]
