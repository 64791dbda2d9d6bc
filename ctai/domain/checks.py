"""Checks: every reason not to store an activity, and the checks that all records share."""

import re
from collections.abc import Iterator
from decimal import Decimal

from ctai.domain.activities import (
    TEXT_LANGUAGES,
    ActivityDraft,
    Known,
    OrganisationRole,
    SourceRef,
)
from ctai.domain.dates import is_partial_date, surely_before
from ctai.domain.faults import Fault, shown
from ctai.domain.money import CURRENCIES, LARGEST_AMOUNT

LONGEST_TITLE = 400
LONGEST_TEXT = 20_000
LONGEST_PLACE = 400
LONGEST_URL = 2_000


_LANGUAGE_TAG = re.compile("[a-z]{2,3}(-[a-z]{2,4})?")
"""A language as BCP 47 names it, in lower case: fr, or zh-hant."""

DAMAGE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffd\u202d\u202e]")
"""Characters that no person typed: controls, what a wrong encoding leaves, and the two that make
any text run backwards."""


def faults_of(draft: ActivityDraft, known: Known, today: str) -> tuple[Fault, ...]:
    """List every reason not to store a draft, in the order of the form; `today` is YYYY-MM-DD."""
    return (
        *_text_faults(draft),
        *_country_faults(draft, known),
        *_participant_faults(draft, known),
        *_measure_faults(draft, known),
        *_status_faults(draft, today),
        *_date_faults(draft),
        *_late_start_faults(draft),
        *_budget_faults(draft, known),
        *source_faults(draft.sources),
        *_parent_faults(draft, known),
    )


def _text_faults(draft: ActivityDraft) -> Iterator[Fault]:
    if not any(text.title.strip() for text in draft.texts.values()):
        yield Fault("The title is missing. Say in one line what is done.", "title")
    for language, text in draft.texts.items():
        if not _LANGUAGE_TAG.fullmatch(language):
            yield Fault(
                "“{seen}” is not the tag of a language. Use one such as {wanted}.",
                "title",
                {"seen": shown(language), "wanted": ", ".join(TEXT_LANGUAGES)},
            )
        yield from too_long("title", text.title, LONGEST_TITLE)
        yield from too_long("description", text.description, LONGEST_TEXT)
    yield from too_long("place", draft.place, LONGEST_PLACE)
    yield from too_long("note", draft.note, LONGEST_TEXT)


def unknown_language(column: str, language: str | None) -> Iterator[Fault]:
    """Refuse a language in which no title of a record stands; None is not stated."""
    if language is not None and language not in TEXT_LANGUAGES:
        yield Fault(
            "“{seen}” is not a language of the records. Use one of {wanted}.",
            column,
            {"seen": shown(language), "wanted": ", ".join(TEXT_LANGUAGES)},
        )


def too_long(column: str, text: str, longest: int) -> Iterator[Fault]:
    """Refuse a text that is too long, or that holds characters no person typed."""
    if len(text) > longest:
        yield Fault(
            "This text has {seen} characters. Shorten it to {wanted} or fewer.",
            column,
            {"seen": str(len(text)), "wanted": str(longest)},
        )
    if DAMAGE.search(text):
        yield Fault(
            "This text is damaged: “{seen}”. Type it again or save the file as UTF-8.",
            column,
            {"seen": shown(text.encode("ascii", "replace").decode())},
        )


def unknown(column: str, seen: str, codes: frozenset[str], message: str) -> Iterator[Fault]:
    """Refuse a code that the lists do not hold."""
    if seen not in codes:
        yield Fault(message, column, {"seen": shown(seen)})


def _country_faults(draft: ActivityDraft, known: Known) -> Iterator[Fault]:
    if not draft.countries:
        yield Fault("The country is missing. Choose at least one Member State.", "country")
    for country in draft.countries:
        yield from unknown_country(country.iso3, known.countries)
    if len(draft.iso3s) < len(draft.countries):
        yield Fault("A country is named twice. Name each country once.", "country")
    shares = [c.share_pct for c in draft.countries if c.share_pct is not None]
    if any(not 0 < share <= 100 for share in shares):
        yield Fault("A country's share must be above 0 and at most 100 per cent.", "share_pct")
    elif len(shares) == len(draft.countries) and shares and abs(sum(shares) - 100) > 0.01:
        yield Fault(
            "The countries' shares add up to {seen} per cent. Make them 100, or leave them empty.",
            "share_pct",
            {"seen": f"{sum(shares):g}"},
        )
    elif 0 < len(shares) < len(draft.countries):
        yield Fault("Give a share for every country, or for none.", "share_pct")


def unknown_country(seen: str, countries: frozenset[str]) -> Iterator[Fault]:
    """Refuse a country code that is not a Member State's or an observer's."""
    yield from unknown(
        "country",
        seen,
        countries,
        "“{seen}” is not a Member State. Give its ISO alpha-3 code, such as NGA.",
    )


def unknown_measure(seen: str, measures: frozenset[str]) -> Iterator[Fault]:
    """Refuse a code that is not one of the 47 measures."""
    yield from unknown(
        "measure",
        seen,
        measures,
        "“{seen}” is not a measure of the Strategy. Give a code such as II.13.",
    )


def unknown_entity(seen: str, entities: frozenset[str]) -> Iterator[Fault]:
    """Refuse an acronym that is not on the list of entities."""
    yield from unknown(
        "entity",
        seen,
        entities,
        "“{seen}” is not a listed entity. Give its acronym, such as UNODC.",
    )


def _participant_faults(draft: ActivityDraft, known: Known) -> Iterator[Fault]:
    roles = [*(p.role for p in draft.participants), *(o.role for o in draft.organisations)]
    if all(role is OrganisationRole.FUNDING for role in roles):
        yield Fault("The entity is missing. Choose who carries the activity out.", "entity")
    for participant in draft.participants:
        yield from unknown_entity(participant.entity, known.entities)
    if len(set(draft.participants)) < len(draft.participants):
        yield Fault("An entity has the same role twice. Name it once in each role.", "entity")
    for organisation in draft.organisations:
        for text in (organisation.name, organisation.ref, organisation.kind):
            yield from too_long("entity", text, LONGEST_TITLE)
        if not organisation.name.strip():
            yield Fault("An organisation has no name. Give it, or leave it out.", "entity")
    for one in draft.identifiers:
        yield from too_long("identifier", one.value, LONGEST_TITLE)
    if len(set(draft.identifiers)) < len(draft.identifiers):
        yield Fault("An identifier stands here twice. Name it once.", "identifier")


def _measure_faults(draft: ActivityDraft, known: Known) -> Iterator[Fault]:
    for link in draft.measures:
        yield from unknown_measure(link.code, known.measures)
    if len({link.code for link in draft.measures}) < len(draft.measures):
        yield Fault("A measure is named twice. Name each measure once.", "measure")
    if draft.measures and sum(link.is_main for link in draft.measures) != 1:
        yield Fault("Mark exactly one measure as the main one.", "measure")


def _status_faults(draft: ActivityDraft, today: str) -> Iterator[Fault]:
    bad = [*bad_date("status_as_of", draft.status_as_of)]
    yield from bad
    if draft.status_as_of and not bad and draft.status_as_of > today:
        yield Fault(
            "The status can't be true as of {seen}, a date to come. Give today or earlier.",
            "status_as_of",
            {"seen": shown(draft.status_as_of)},
        )


def bad_date(column: str, seen: str | None) -> Iterator[Fault]:
    """Refuse a date that is not a year, a month or a day of the calendar."""
    if seen is not None and not is_partial_date(seen):
        yield Fault(
            "“{seen}” is not a date. Write 2017, 2017-08 or 2017-08-28, as precisely as known.",
            column,
            {"seen": shown(seen)},
        )


def _date_faults(draft: ActivityDraft) -> Iterator[Fault]:
    for kind in ("planned", "actual"):
        start, end = getattr(draft, f"{kind}_start"), getattr(draft, f"{kind}_end")
        bad = [*bad_date(f"{kind}_start", start), *bad_date(f"{kind}_end", end)]
        yield from bad
        if start and end and not bad and surely_before(end, start):
            yield Fault(
                "The end, {seen}, is before the start, {wanted}. Correct one of the two.",
                f"{kind}_end",
                {"seen": end, "wanted": start},
            )


def _late_start_faults(draft: ActivityDraft) -> Iterator[Fault]:
    """Refuse an activity that began after the day by which it was to end: that plan is void."""
    start, end = draft.actual_start, draft.planned_end
    dates = [day for day in (start, end) if day and is_partial_date(day)]
    is_mixed = draft.planned_start is None and draft.actual_end is None
    if is_mixed and len(dates) == 2 and surely_before(dates[1], dates[0]):
        yield Fault(
            "The planned end, {seen}, is before the actual start, {wanted}. Correct one.",
            "planned_end",
            {"seen": dates[1], "wanted": dates[0]},
        )


def _budget_faults(draft: ActivityDraft, known: Known) -> Iterator[Fault]:
    for line in draft.budget:
        seen = {"seen": shown(line.amount)}
        if not line.amount.is_finite():
            yield Fault(
                "The amount {seen} is not a number. Write digits, such as 1700000.", "amount", seen
            )
            continue
        if line.amount < 0:
            yield Fault("The amount {seen} is negative. Give an amount above zero.", "amount", seen)
        elif line.amount == 0:
            yield Fault("The amount is zero. Leave it empty where it is not known.", "amount")
        elif line.amount > LARGEST_AMOUNT:
            yield Fault("The amount {seen} is too large to be right. Check it.", "amount", seen)
        elif line.amount != line.amount.quantize(Decimal("0.01")):
            yield Fault(
                "The amount {seen} has more than two decimals. Round it to two.", "amount", seen
            )
        if line.currency not in CURRENCIES:
            yield Fault(
                "“{seen}” is not a known currency. Give an ISO 4217 code such as USD.",
                "currency",
                {"seen": shown(line.currency)},
            )
        yield from bad_date("value_date", line.value_date)
        yield from too_long("budget", line.note, LONGEST_TEXT)
        if line.donor:
            yield from unknown_entity(line.donor, known.entities)


def source_faults(sources: tuple[SourceRef, ...]) -> Iterator[Fault]:
    """Refuse sources that are no web address."""
    for source in sources:
        yield from too_long("source_url", source.url, LONGEST_URL)
        if not source.url.startswith(("https://", "http://")) or " " in source.url.strip():
            yield Fault(
                "“{seen}” is not a web address. Begin with https:// or http://.",
                "source_url",
                {"seen": shown(source.url)},
            )
        yield from bad_date("published", source.published)
        for text in (source.title, source.note, source.claim_field, source.claim_value):
            yield from too_long("source_url", text, LONGEST_TEXT)


def _parent_faults(draft: ActivityDraft, known: Known) -> Iterator[Fault]:
    if draft.parent_id is not None and draft.parent_id not in known.parents:
        yield Fault(
            "The programme with number {seen} is not known to you. Choose one from the list.",
            "parent_id",
            {"seen": str(draft.parent_id)},
        )
