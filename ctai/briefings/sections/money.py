"""Section: how far needs have climbed the ladder, and how the money for them stands."""

from decimal import Decimal

from ctai.briefings.document import Block, Bullets, Column, Heading, Paragraph, Section, Table, Text
from ctai.briefings.facts import Facts
from ctai.briefings.ledger import Figure
from ctai.briefings.writer import Words, Writer, of
from ctai.domain.ladder import Rung
from ctai.domain.pipeline import Asking, money
from ctai.i18n import names


def blocks(w: Writer, facts: Facts) -> list[Block]:
    """Tell of the ladder, as far as the reader may know it, then of funding requests."""
    found: list[Block] = [Heading(w.say("Assistance ladder and funding"), section=Section.MONEY)]
    rungs = tuple(_rungs(w, facts))
    if rungs:
        found.append(Bullets(rungs))
    if not facts.askings:
        found.append(Paragraph(w.t("No funding request is recorded that this reader may see.")))
        return found
    found += [Paragraph(sentence(w, facts)), _table(w, facts.askings)]
    found.append(Paragraph(w.t("A pledge is a promise: it is never counted as secured."), "note"))
    return found


def _rungs(w: Writer, facts: Facts) -> list[Text]:
    known = facts.unmet[facts.unmet["rung"].notna()]
    lines = []
    for rung in Rung:
        inside = known[known["rung"] == int(rung)]
        if not inside.empty:
            n = w.ledger.count(f"needs unmet rung={int(rung)}", inside["code"])
            lines.append(_at_rung(w, rung, n))
    return lines


def _at_rung(w: Writer, rung: Rung, n: Figure) -> Text:
    match rung:
        case Rung.UN_CAPACITY:
            return w.tn(
                "{n} need stands at the first step: existing capacity of the United Nations.",
                "{n} needs stand at the first step: existing capacity of the United Nations.",
                n,
            )
        case Rung.OUTSIDE:
            return w.tn(
                "{n} need stands at the second step: assistance from outside.",
                "{n} needs stand at the second step: assistance from outside.",
                n,
            )
        case Rung.FUNDING:
            return w.tn(
                "{n} need stands at the third step: gap-filling funding.",
                "{n} needs stand at the third step: gap-filling funding.",
                n,
            )


def sentence(w: Writer, facts: Facts) -> Text:
    """Say what is asked for, and what of it is secured."""
    return w.tn(
        "{n} funding request asks {asked}; {pledged} is pledged and {secured} secured.",
        "{n} funding requests ask {asked}; {pledged} are pledged and {secured} secured.",
        w.ledger.count("funding requests", (one.code for one in facts.askings)),
        asked=_total(w, "asked", {one.code: one.ask_usd for one in facts.askings}),
        pledged=_total(w, "pledged", {o.code: money(o.flows).pledged for o in facts.askings}),
        secured=_total(w, "secured", {o.code: money(o.flows).committed for o in facts.askings}),
    )


def _total(w: Writer, what: str, parts: dict[str, Decimal | None]) -> Figure:
    known = {code: amount for code, amount in parts.items() if amount}
    return w.ledger.total_usd(f"funding requests {what} usd", known)


def _table(w: Writer, askings: tuple[Asking, ...]) -> Table:
    columns = (
        Column(w.say("Number"), 2),
        Column(w.say("Title"), 4),
        Column(w.say("Entity"), 1.3),
        Column(w.say("State"), 1.7),
        Column(w.say("Asked"), 2, is_number=True),
        Column(w.say("Secured"), 2, is_number=True),
    )
    rows = tuple(
        (
            of(Words(one.code)),
            w.given(one.title),
            of(Words(one.entity)),
            of(Words(names.term(w.lang, f"funding.{one.state}"))),
            _amount(w, f"funding request {one.code} asked usd", one.code, one.ask_usd),
            _amount(
                w, f"funding request {one.code} secured usd", one.code, money(one.flows).committed
            ),
        )
        for one in askings
    )
    return Table(w.say("Funding requests"), columns, rows)


def _amount(w: Writer, asked: str, code: str, amount: Decimal | None) -> Text:
    """Write an amount; one that is not known is told so, and is not zero."""
    if amount is None:
        return of(w.say("not known"))
    return of(w.ledger.total_usd(asked, {code: amount}))
