"""Building a briefing: its facts are read through its audience's eyes and written as content."""

from dataclasses import dataclass, replace
from datetime import date

from ctai import db
from ctai.briefings import facts, visiting
from ctai.briefings.document import Block, Document, Heading, Paragraph, holds_quoted
from ctai.briefings.facts import Facts
from ctai.briefings.sections import (
    annex,
    asks,
    changes,
    gaps,
    mapping,
    money,
    partnership,
    progress,
    visit,
)
from ctai.briefings.writer import Words, Writer
from ctai.domain.briefing import Audience, Briefing, Changed, Pinned, audience_faults, no_visit
from ctai.domain.briefing import changes as compared
from ctai.domain.faults import Fault, Refused
from ctai.domain.roles import Viewer
from ctai.i18n import mark, names, tongues
from ctai.queries import briefings, codes, moments

OLDEST = 5
"""Needs on the first page, which stands alone."""

AUDIENCES = {
    Audience.EXECUTIVE: mark("Executive Office of the Secretary-General"),
    Audience.ENTITY: mark("United Nations entity"),
    Audience.STATE: mark("Member State"),
    Audience.DONOR: mark("Donor"),
    Audience.PUBLIC: mark("Public"),
}


@dataclass(frozen=True)
class Built:
    """A briefing's content, and what it was built from.

    `asked` is what was asked for, with the countries of its visit; `pinned` are the numbers of the
    data that it was read from.
    """

    document: Document
    asked: Briefing
    pinned: Pinned


def build(engine: db.Engine, author: Viewer, asked: Briefing, today: date) -> Document:
    """Give a briefing's content; Refused as `built`."""
    return built(engine, author, asked, today).document


def built(engine: db.Engine, author: Viewer, asked: Briefing, today: date) -> Built:
    """Build a briefing from the newest data of its days, and tell their numbers.

    Refused with every reason why its author may not, or why there is none.
    """
    with db.reading(engine) as session:
        asked = visiting.placed(session, author, asked)
        _refuse(asked, author)
        pinned = _pinned(session, asked, today)
    return Built(built_from(engine, author, asked, pinned), asked, pinned)


def built_from(engine: db.Engine, author: Viewer, asked: Briefing, pinned: Pinned) -> Document:
    """Build a briefing from some numbers of the data: always the same from the same ones.

    Refused as `built`; also where a visit was not on record then.
    """
    _refuse(asked, author)
    with db.reading(engine) as session:
        if asked.visit is not None and not briefings.is_visit_seen(session, author, asked):
            raise Refused([no_visit(asked.visit)])
    now = _facts(engine, asked, asked.as_of, pinned.as_of)
    turned: tuple[Changed, ...] = ()
    if asked.since is not None and pinned.since is not None:
        before = replace(asked, visit=None)  # Then it may not have been on record yet.
        then = _facts(engine, before, asked.since, pinned.since)
        turned = compared(facts.seen(then), facts.seen(now))
    return _written(asked, now, turned)


def _refuse(asked: Briefing, author: Viewer) -> None:
    faults = audience_faults(asked, author)
    if faults:
        raise Refused(faults)


def _pinned(session: db.Session, asked: Briefing, today: date) -> Pinned:
    """Find the numbers of a briefing's days: today's is the newest there is."""
    if asked.as_of > today:
        day = {"seen": asked.as_of.isoformat()}
        fault = Fault("{seen} is yet to come. Choose today or an earlier day.", "as_of", day)
        raise Refused([fault])
    if asked.as_of == today:
        number = codes.data_version(session)
    else:
        number = _number(session, asked.as_of, "as_of", today)
    if asked.since is None:
        return Pinned(number)
    return Pinned(number, _number(session, asked.since, "since", today))


def _number(session: db.Session, day: date, name: str, today: date) -> int:
    """Give the number with which a day gone by ended; Refused by the name that it was asked by."""
    try:
        return moments.as_of(session, day.isoformat(), today).number
    except Refused as refused:
        raise Refused([replace(fault, column=name) for fault in refused.faults]) from refused


def _facts(engine: db.Engine, asked: Briefing, day: date, number: int) -> Facts:
    with db.reading(engine, as_of=number) as session:
        return facts.read(session, asked, day)


def _written(asked: Briefing, now: Facts, turned: tuple[Changed, ...]) -> Document:
    w = Writer(asked.lang)
    title = _title(w, asked, now)
    first = _first_page(w, asked, now)
    body: list[Block] = []
    if asked.since is not None:
        body += changes.blocks(w, turned, asked.since.isoformat())
    if now.visit is not None:
        body += visit.blocks(w, now, now.visit)
    body += partnership.blocks(w, now)
    body += mapping.blocks(w, now)
    body += gaps.blocks(w, now)
    body += money.blocks(w, now)
    body += progress.blocks(w, now)
    body += annex.blocks(w, now)
    if holds_quoted((*first, *body)):
        first.append(Paragraph(w.t(tongues.AS_GIVEN), "note"))
    return Document(
        title=title,
        lang=asked.lang,
        as_of=asked.as_of.isoformat(),
        cover=_cover(w, asked, now),
        first_page=tuple(first),
        body=tuple(body),
        ledger=w.ledger.entries,
        words={
            "ledger": w.say("Ledger: where each figure comes from"),
            "asked": w.say("Question"),
            "figure": w.say("Figure"),
            "records": w.say("Records"),
            "digest": w.say("Content hash"),
        },
    )


def _cover(w: Writer, asked: Briefing, now: Facts) -> tuple[tuple[str, str], ...]:
    where: tuple[tuple[str, str], ...] = ()
    if now.visit is not None:
        where = ((w.say("Countries"), w.countries("; ".join(now.visit.countries))),)
    audience = (w.say("For"), w.say(AUDIENCES[asked.audience]))
    return (audience, *where, (w.say("As of"), w.date(asked.as_of)))


def _title(w: Writer, asked: Briefing, now: Facts) -> str:
    if now.visit is not None:
        visited = Words(now.visit.draft.title)
        return w.say("Integrated assistance: {visit}", visit=visited)
    if asked.scope.country:
        countries = w.countries("; ".join(asked.scope.country))
        return w.say("Integrated assistance: {countries}", countries=countries)
    if asked.scope.pillar:
        named = names.pillar_name(w.lang, asked.scope.pillar[0])
        return w.say("Integrated assistance: {pillar}", pillar=named)
    return w.say("Integrated assistance: all partner States")


def _first_page(w: Writer, asked: Briefing, now: Facts) -> list[Block]:
    """Give what stands alone: the answer, four large figures, what is asked."""
    found: list[Block] = [Paragraph(gaps.sentence(w, now), "lead")]
    if now.visit is not None:
        found += visit.essence(w, now, now.visit)
    if mapping.is_mapped(now):
        found += [mapping.tiles(w, now), mapping.chart(w, now)]
    if not now.unmet.empty:
        found.append(gaps.needs(w, now, OLDEST))
    if now.askings:
        found.append(Paragraph(money.sentence(w, now)))
    found += [Paragraph(progress.sentence(w, plan)) for plan in now.plans]
    found += asks.blocks(w, now, asked.audience)
    return [replace(one, level=2) if isinstance(one, Heading) else one for one in found]
