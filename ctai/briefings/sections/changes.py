"""Section: what changed since the last briefing, grouped, counted, in sentences."""

from collections.abc import Sequence

from ctai.briefings.document import Block, Bullets, Heading, Paragraph, Section, Text
from ctai.briefings.ledger import Figure
from ctai.briefings.writer import Words, Writer
from ctai.domain.briefing import Changed, Turn, of_turn
from ctai.i18n import names, translate, wording

NAMED = 8
"""Records of a kind of change that are named; the sentence counts them all."""


def blocks(w: Writer, found: Sequence[Changed], since: str) -> list[Block]:
    """Tell the changes since a date (ISO), one group after the other."""
    words = w.say("What changed since {date}", date=w.date(since))
    title = Heading(words, section=Section.CHANGES)
    if not found:
        return [title, Paragraph(w.t("Nothing changed that this reader may see."))]
    blocks: list[Block] = [title]
    for turn in Turn:
        inside = of_turn(found, turn)
        if inside:
            blocks.append(Paragraph(_sentence(w, turn, inside)))
            blocks.append(Bullets(tuple(_line(w, one) for one in inside[:NAMED])))
    return blocks


def _count(w: Writer, turn: Turn, inside: Sequence[Changed]) -> Figure:
    return w.ledger.count(f"changes turn={turn}", (one.code for one in inside))


def _sentence(w: Writer, turn: Turn, inside: Sequence[Changed]) -> Text:
    n = _count(w, turn, inside)
    match turn:
        case Turn.NEW:
            return w.tn("{n} record is new.", "{n} records are new.", n)
        case Turn.MOVED:
            return w.tn("{n} record moved on.", "{n} records moved on.", n)
        case Turn.CLOSED:
            return w.tn("{n} record was closed.", "{n} records were closed.", n)
        case Turn.SLIPPED:
            return w.tn(
                "{n} record has a later date than before.",
                "{n} records have a later date than before.",
                n,
            )
        case Turn.STALE:
            return w.tn(
                "{n} record has not been confirmed in time, and may no longer be true.",
                "{n} records have not been confirmed in time, and may no longer be true.",
                n,
            )
        case Turn.GONE:
            return w.tn(
                "{n} record is no longer shown to this reader.",
                "{n} records are no longer shown to this reader.",
                n,
            )


def _line(w: Writer, one: Changed) -> Text:
    code, title = Words(one.code), w.given(one.title, one.language)
    if one.turn is Turn.GONE:
        return (str(code),)
    if one.before and one.after and one.before != one.after:
        return w.t(
            "{code}: {title}: {before}, now {after}",
            code=code,
            title=title,
            before=state(w.lang, one.code, one.before),
            after=state(w.lang, one.code, one.after),
        )
    return w.t("{code}: {title}", code=code, title=title)


def state(lang: str, code: str, name: str) -> Words:
    """Name the state of a record, whose kind its code tells."""
    if code.startswith("A-"):
        return Words(wording.status(lang, name))
    if code.startswith("F-"):
        return Words(names.term(lang, f"funding.{name}"))
    return Words(wording.need_state(lang, name) if name else translate(lang, "not known"))
