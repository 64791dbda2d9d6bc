"""Section: how far the agreed action plans are."""

from ctai.briefings.document import Block, Column, Heading, Paragraph, Section, Table, Text
from ctai.briefings.facts import Facts, Plan
from ctai.briefings.writer import Words, Writer, of
from ctai.domain.plans import ItemState
from ctai.i18n import plan_wording


def blocks(w: Writer, facts: Facts) -> list[Block]:
    """Tell of each agreed plan: how many of its items are completed, then item by item."""
    found: list[Block] = [Heading(w.say("Action plan: progress"), section=Section.PLANS)]
    if not facts.plans:
        found.append(Paragraph(w.t("No agreed action plan is recorded that this reader may see.")))
    for plan in facts.plans:
        found += [Paragraph(sentence(w, plan)), _table(w, plan)]
    return found


def sentence(w: Writer, plan: Plan) -> Text:
    """Say how much of a plan is completed."""
    where = f"plan country={plan.version.iso3} version={plan.version.number}"
    done = [one for one in plan.items if one.state is ItemState.COMPLETED]
    return w.tn(
        "{country}, agreed on {date}: {done} of {n} item is completed.",
        "{country}, agreed on {date}: {done} of {n} items are completed.",
        w.ledger.count(where, (_code(plan, one.number) for one in plan.items)),
        done=w.ledger.count(f"{where} state=completed", (_code(plan, one.number) for one in done)),
        country=w.country(plan.version.iso3),
        date=w.date(plan.version.agreed_on),
    )


def _code(plan: Plan, number: int) -> str:
    return f"P-{plan.version.iso3}-{number}"


def _table(w: Writer, plan: Plan) -> Table:
    columns = (
        Column(w.say("Need"), 1.5),
        Column(w.say("Action"), 5),
        Column(w.say("Entity"), 1.5),
        Column(w.say("End"), 2),
        Column(w.say("State"), 2),
    )
    rows = tuple(
        (
            of(Words(one.need.code)),
            w.given(one.draft.action),
            of(Words(one.draft.entity or w.say("not known"))),
            of(w.date(one.draft.ends)),
            of(plan_wording.item_state(w.lang, one.state)),
        )
        for one in plan.items
    )
    return Table(w.say("Items of the plan"), columns, rows)
