"""Section: what is asked of this reader."""

from ctai.briefings.document import Block, Bullets, Heading, Paragraph, Section, Text
from ctai.briefings.facts import Facts, activity_code, is_unconfirmed, rows
from ctai.briefings.writer import Writer
from ctai.domain.briefing import Audience
from ctai.domain.ladder import Rung
from ctai.domain.pipeline import open_ask_usd


def blocks(w: Writer, facts: Facts, audience: Audience) -> list[Block]:
    """Tell what the reader can do; only what the records bear out."""
    lines = asks(w, facts, audience)
    body: Block = (
        Bullets(lines)
        if lines
        else Paragraph(w.t("Nothing on record asks anything of this reader today."))
    )
    return [Heading(w.say("What is asked of you"), section=Section.ASKS), body]


def asks(w: Writer, facts: Facts, audience: Audience) -> tuple[Text, ...]:
    """Write a sentence for each thing that waits for such a reader."""
    found = {
        Audience.EXECUTIVE: (_unasked(w, facts), _unfunded(w, facts), _stale(w, facts)),
        Audience.ENTITY: (_unasked(w, facts), _stale(w, facts)),
        Audience.STATE: (_unmet(w, facts),),
        Audience.DONOR: (_unfunded(w, facts),),
        Audience.PUBLIC: (),
    }[audience]
    return tuple(one for one in found if one is not None)


def _unasked(w: Writer, facts: Facts) -> Text | None:
    first = facts.unmet[facts.unmet["rung"] == int(Rung.UN_CAPACITY)]
    waiting = first[first["due"].isna()]
    if waiting.empty:
        return None
    return w.tn(
        "Say which entity can answer {n} need that nobody has been asked about.",
        "Say which entities can answer {n} needs that nobody has been asked about.",
        w.ledger.count("needs unmet rung=1 asked=nobody", waiting["code"]),
    )


def _unfunded(w: Writer, facts: Facts) -> Text | None:
    left = {
        one.code: amount
        for one in facts.askings
        if (amount := open_ask_usd(one)) is not None and amount > 0
    }
    if not left:
        return None
    return w.tn(
        "Help to find {amount} for {n} funding request.",
        "Help to find {amount} for {n} funding requests.",
        w.ledger.count("funding requests open", left),
        amount=w.ledger.total_usd("funding requests open usd", left),
    )


def _stale(w: Writer, facts: Facts) -> Text | None:
    stale = [
        activity_code(row.activity_id)
        for row in rows(facts.activities)
        if is_unconfirmed(row, facts.day)
    ]
    if not stale:
        return None
    return w.tn(
        "Have {n} activity confirmed: nobody has said in time whether it is still so.",
        "Have {n} activities confirmed: nobody has said in time whether they are still so.",
        w.ledger.count("activities freshness=stale", stale),
    )


def _unmet(w: Writer, facts: Facts) -> Text | None:
    if facts.unmet.empty:
        return None
    return w.tn(
        "Say whether {n} need is still as it is recorded, and who should answer it.",
        "Say whether {n} needs are still as they are recorded, and who should answer them.",
        w.ledger.count("needs unmet", facts.unmet["code"]),
    )
