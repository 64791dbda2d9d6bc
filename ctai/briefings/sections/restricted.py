"""Part of the mapping: how many restricted activities overlap, and whom to ask about them."""

from ctai.briefings.document import Block, Bullets, Text
from ctai.briefings.facts import Facts
from ctai.briefings.writer import Words, Writer
from ctai.domain.restricted import RestrictedOverlap
from ctai.i18n import translate_plural

NAMELESS = ("restricted",)
"""What the ledger names in place of records that the reader may not see."""


def blocks(w: Writer, facts: Facts) -> list[Block]:
    """Write a sentence for each country and entity; nothing where there is nothing to tell."""
    told = tuple(_sentence(w, one) for one in facts.restricted)
    return [Bullets(told)] if told else []


def _sentence(w: Writer, one: RestrictedOverlap) -> Text:
    counted = translate_plural(
        w.lang, "One restricted activity", "{n} restricted activities", one.activities
    )
    asked = f"activities restricted country={one.iso3} entity={one.entity or 'none'}"
    told = w.ledger.told(asked, one.activities, counted, NAMELESS)
    country = w.country(one.iso3)
    if one.entity is None:
        return w.t(
            "{country}: {activities}, ask the country's desk officer.",
            country=country,
            activities=told,
        )
    entity = Words(one.entity)
    return w.t(
        "{country}: {activities}, ask {entity}.", country=country, activities=told, entity=entity
    )
