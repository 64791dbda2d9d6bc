"""The parts of an IATI activity: texts, places, dates, organisations, money, documents.

Code lists and order are those of the IATI Activity Standard 2.03.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, TypeAlias

from ctai.domain.activities import (
    BudgetLine,
    CountryShare,
    Organisation,
    OrganisationRole,
    Participation,
    SourceRef,
    Status,
    Text,
)
from ctai.domain.checks import DAMAGE, LONGEST_PLACE, LONGEST_TEXT, LONGEST_TITLE, LONGEST_URL
from ctai.domain.dates import is_partial_date
from ctai.domain.faults import Fault, shown
from ctai.domain.money import CURRENCIES, BudgetKind
from ctai.domain.sectors import DAC, Sector

Element: TypeAlias = Any

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
REQUESTED = "requested"
"""The tag of vocabulary 99 by which we tell a request from a plan, both status 1."""
OWN_VOCABULARY = "99"

_STATUS = {
    "1": Status.PLANNED,
    "2": Status.ONGOING,
    "3": Status.COMPLETED,
    "4": Status.COMPLETED,
    "5": Status.CANCELLED,
    "6": Status.SUSPENDED,
}
"""ActivityStatus; 3 is finalisation, when the work is done and the accounts are not."""

_FLOWS = {
    "2": BudgetKind.COMMITMENT,
    "3": BudgetKind.DISBURSEMENT,
    "4": BudgetKind.EXPENDITURE,
    "12": BudgetKind.PLEDGE,
}
"""TransactionType; the others are not money that goes to the activity's work."""

_REVISED = "2"
_PARENT = "1"
_FULL = 100.0
LONGEST_STAND_IN = 120


def text_of(element: Element) -> str:
    """Give an element's text with single spaces, a question mark for each damaged character."""
    return "" if element is None else _plain("".join(element.itertext()))


def _plain(text: str) -> str:
    return " ".join(DAMAGE.sub("?", text).split())


def damage_of(activity: Element) -> Iterator[Fault]:
    """Tell where a wrong encoding has left its marks; they are read as question marks."""
    damaged = next((text for text in activity.itertext() if DAMAGE.search(text)), None)
    if damaged is not None:
        message = "Text is damaged at its source: “{seen}”. Ask for it, and mend it here."
        yield Fault(message, "narrative", {"seen": shown(_plain(damaged))})


def _language(narrative: Element, activity: Element) -> str:
    return str(narrative.get(LANG) or activity.get(LANG) or "en").strip().lower()


def _narratives(element: Element, activity: Element) -> Iterator[tuple[str, str]]:
    for narrative in element.iterfind("narrative"):
        if text := text_of(narrative):
            yield _language(narrative, activity), text


def _name(element: Element) -> str:
    """Give an element's narrative, or what stands in it alone; the first where there are many."""
    texts = (text_of(narrative) for narrative in element.iterfind("narrative"))
    return next((text for text in texts if text), "") or _plain(element.text or "")


def texts_of(activity: Element, remarks: list[Fault]) -> dict[str, Text]:
    """Give titles and descriptions by language; a title in one of them alone has no description."""
    titles: dict[str, str] = {}
    descriptions: defaultdict[str, list[str]] = defaultdict(list)
    for title in activity.iterfind("title"):
        for language, text in _narratives(title, activity):
            titles.setdefault(language, text)
    for description in activity.iterfind("description"):
        for language, text in _narratives(description, activity):
            descriptions[language].append(text)
    found: dict[str, Text] = {}
    for language, title in titles.items():
        told = "\n\n".join(dict.fromkeys(descriptions.get(language, ())))
        if len(title) > LONGEST_TITLE:
            places = {"seen": str(len(title)), "wanted": str(LONGEST_TITLE)}
            cut = "The title has {seen} characters. It is cut to {wanted}, and kept whole below it."
            remarks.append(Fault(cut, "title", places))
            told = "\n\n".join(filter(None, (title, told)))
            title = f"{title[: LONGEST_TITLE - 1]}…"
        found[language] = Text(title, told[:LONGEST_TEXT])
    return found or _untitled(activity, descriptions, remarks)


def _untitled(
    activity: Element, descriptions: Mapping[str, list[str]], remarks: list[Fault]
) -> dict[str, Text]:
    """Give what stands for a title where there is none: the description's beginning, or the
    identifier."""
    message = "It has no title. “{seen}” stands in its place."
    for language, texts in descriptions.items():
        title = shown(texts[0], LONGEST_STAND_IN)
        remarks.append(Fault(message, "title", {"seen": title}))
        return {language: Text(title, "\n\n".join(dict.fromkeys(texts))[:LONGEST_TEXT])}
    identifier = text_of(activity.find("iati-identifier"))[:LONGEST_TITLE]
    remarks.append(Fault(message, "title", {"seen": identifier}))
    return {"en": Text(identifier)}


def countries_of(
    activity: Element, countries: Mapping[str, str], remarks: list[Fault]
) -> tuple[CountryShare, ...]:
    """Give the Member States with their shares, from the activity or else from its transactions."""
    at_top = list(activity.iterfind("recipient-country"))
    named = at_top or list(activity.iterfind("transaction/recipient-country"))
    shares: dict[str, float | None] = {}
    for country in named:
        code = (country.get("code") or "").strip().upper()
        if code not in countries:
            message = "“{seen}” is not a Member State's code. It is left out."
            remarks.append(Fault(message, "recipient-country", {"seen": shown(code)}))
            continue
        shares.setdefault(countries[code], _number(country.get("percentage")) if at_top else None)
    known = [share for share in shares.values() if share is not None and 0 < share <= _FULL]
    is_whole = len(known) == len(shares) and abs(sum(known) - _FULL) <= 0.01
    return tuple(
        CountryShare(iso3, share if is_whole and len(shares) > 1 else None)
        for iso3, share in shares.items()
    )


def _number(text: str | None) -> float | None:
    try:
        return None if text is None else float(text)
    except ValueError:
        return None


def dates_of(activity: Element, remarks: list[Fault]) -> dict[str, str]:
    """Give the dates by their type, 1 to 4; an end before its start is left out."""
    found: dict[str, str] = {}
    for date in activity.iterfind("activity-date"):
        kind, text = date.get("type") or "", (date.get("iso-date") or "").strip()[:10]
        if not is_partial_date(text):
            message = "“{seen}” is not a date. It is left out."
            remarks.append(Fault(message, "activity-date", {"seen": shown(text)}))
        elif kind in {"1", "2", "3", "4"}:
            found.setdefault(kind, text)
    for start, end in (("1", "3"), ("2", "4")):
        if start in found and end in found and found[end] < found[start]:
            message = "The end, {seen}, is before the start, {wanted}. It is left out."
            places = {"seen": found.pop(end), "wanted": found[start]}
            remarks.append(Fault(message, "activity-date", places))
    if "1" not in found and "4" not in found and found.get("3", "9") < found.get("2", ""):
        message = "The end, {seen}, is before the start, {wanted}. It is left out."
        places = {"seen": found.pop("3"), "wanted": found["2"]}
        remarks.append(Fault(message, "activity-date", places))
    return found


def status_of(activity: Element, remarks: list[Fault]) -> tuple[Status, str]:
    """Give the status and its code as it stands; pipeline is planned, and requested only where our
    own tag says so."""
    element = activity.find("activity-status")
    code = "" if element is None else (element.get("code") or "").strip()
    if code not in _STATUS:
        message = "“{seen}” is no status of an activity. Its status is not known."
        remarks.append(Fault(message, "activity-status", {"seen": shown(code)}))
        return Status.UNKNOWN, code
    tags = activity.iterfind(f"tag[@vocabulary='{OWN_VOCABULARY}']")
    is_requested = code == "1" and any(tag.get("code") == REQUESTED for tag in tags)
    return (Status.REQUESTED if is_requested else _STATUS[code]), code


def as_of(activity: Element, status: Status, dates: Mapping[str, str]) -> str | None:
    """Tell when a status was last true: when the record was updated, at the latest.

    What still runs after its planned end was surely so only until then; what ended, at its end.
    """
    today = datetime.now(UTC).date().isoformat()
    updated = (activity.get("last-updated-datetime") or "")[:10]
    known = updated if is_partial_date(updated) else None
    end = dates.get("3")
    if status is Status.COMPLETED:
        days = (dates.get("4"), end, known)
    elif status is Status.ONGOING and end is not None and (known is None or end < known):
        days = (end, known, dates.get("2"))
    else:
        days = (known, dates.get("2"), dates.get("1"))
    return next((day for day in days if day is not None and day <= today), None)


def organisations_of(
    activity: Element,
    entities: Mapping[str, str],
    aliases: Mapping[str, str],
    remarks: list[Fault],
) -> tuple[tuple[Participation, ...], tuple[Organisation, ...]]:
    """Give who takes part: those on our list by acronym, and all others as they are named."""
    listed: dict[Participation, None] = {}
    others: dict[Organisation, None] = {}
    for org in activity.iterfind("participating-org"):
        role = (org.get("role") or "").strip()
        if role not in {"1", "2", "3", "4"}:
            message = "“{seen}” is no role of an organisation. The organisation is left out."
            remarks.append(Fault(message, "participating-org", {"seen": shown(role)}))
            continue
        _place(org, OrganisationRole(int(role)), entities, aliases, listed, others)
    reporting = activity.find("reporting-org")
    roles = {*(one.role for one in listed), *(one.role for one in others)}
    is_carried = bool(roles - {OrganisationRole.FUNDING})
    if reporting is not None and not is_carried:
        message = "Nobody is named who carries this out. Who reports it is taken as accountable."
        remarks.append(Fault(message, "participating-org"))
        _place(reporting, OrganisationRole.ACCOUNTABLE, entities, aliases, listed, others)
    return tuple(listed), tuple(others)


def _place(
    org: Element,
    role: OrganisationRole,
    entities: Mapping[str, str],
    aliases: Mapping[str, str],
    listed: dict[Participation, None],
    others: dict[Organisation, None],
) -> None:
    ref, name = (org.get("ref") or "").strip(), _name(org)
    acronym = entities.get(ref) or aliases.get(name.casefold())
    if acronym is not None:
        listed[Participation(acronym, role)] = None
    elif ref or name:
        kind = (org.get("type") or "").strip()
        others[Organisation((name or ref)[:LONGEST_TITLE], role, ref, kind)] = None


def sectors_of(activity: Element) -> Iterator[Sector]:
    """Give the sectors with their shares, from the activity or else from its transactions."""
    named = list(activity.iterfind("sector")) or list(activity.iterfind("transaction/sector"))
    for sector in named:
        vocabulary = (sector.get("vocabulary") or DAC).strip()
        code = (sector.get("code") or "").strip()
        yield Sector(code, vocabulary, _number(sector.get("percentage")))


def places_of(activity: Element) -> str:
    """Give the names of the places, each once."""
    names = (_name(place) for place in activity.iterfind("location/name"))
    return "; ".join(dict.fromkeys(filter(None, names)))[:LONGEST_PLACE]


def money_of(
    activity: Element,
    entities: Mapping[str, str],
    countries: tuple[CountryShare, ...],
    remarks: list[Fault],
) -> tuple[BudgetLine, ...]:
    """Give budgets by period and the sums of transactions by kind, currency and listed donor."""
    spans = len(countries) > 1
    default = (activity.get("default-currency") or "").strip().upper()
    return (
        *_budgets(activity, default, spans=spans, remarks=remarks),
        *_flows(activity, default, entities, spans=spans, remarks=remarks),
    )


def _amount(
    element: Element, default: str, column: str, remarks: list[Fault]
) -> tuple[Decimal, str, str | None] | None:
    """Read a value: amount, currency and day; None, with the reason, where it can't be used."""
    value = element.find("value")
    text = text_of(value)
    currency = "" if value is None else (value.get("currency") or default).strip().upper()
    try:
        amount = Decimal(text).quantize(Decimal("0.01"))
    except InvalidOperation:
        amount = None
    if amount is None or currency not in CURRENCIES:
        seen = {"seen": shown(f"{text} {currency}".strip())}
        message = "“{seen}” is no amount in a currency that is known here. It is left out."
        remarks.append(Fault(message, column, seen))
        return None
    day = (value.get("value-date") or "").strip()[:10]
    return amount, currency, day if is_partial_date(day) else None


def _budgets(
    activity: Element, default: str, *, spans: bool, remarks: list[Fault]
) -> Iterator[BudgetLine]:
    """Give one line for each period; a revised budget stands for the original one."""
    by_period: dict[tuple[str, str], BudgetLine] = {}
    zeros = 0
    for budget in sorted(activity.iterfind("budget"), key=lambda one: one.get("type") == _REVISED):
        read = _amount(budget, default, "budget", remarks)
        if read is None:
            continue
        amount, currency, day = read
        period = _period(budget)
        if amount <= 0:
            zeros += 1
            continue
        by_period[period, currency] = BudgetLine(
            BudgetKind.BUDGET, amount, currency, spans, day, note=period
        )
    if zeros:
        message = "{seen} budgets are zero or less. They are left out: not known is not zero."
        remarks.append(Fault(message, "budget", {"seen": str(zeros)}))
    yield from by_period.values()


def _period(element: Element) -> str:
    days = [element.find(f"period-{end}") for end in ("start", "end")]
    return "/".join("" if day is None else (day.get("iso-date") or "") for day in days)


def _flows(
    activity: Element,
    default: str,
    entities: Mapping[str, str],
    *,
    spans: bool,
    remarks: list[Fault],
) -> Iterator[BudgetLine]:
    sums: defaultdict[tuple[BudgetKind, str, str | None], list[tuple[Decimal, str]]]
    sums = defaultdict(list)
    for flow in activity.iterfind("transaction"):
        element = flow.find("transaction-type")
        kind = _FLOWS.get("" if element is None else (element.get("code") or ""))
        read = None if kind is None else _amount(flow, default, "transaction", remarks)
        if kind is None or read is None:
            continue
        amount, currency, day = read
        provider = flow.find("provider-org")
        donor = None if provider is None else entities.get((provider.get("ref") or "").strip())
        sums[kind, currency, donor].append((amount, day or ""))
    for (kind, currency, donor), flows in sums.items():
        amount = sum((flow for flow, _ in flows), Decimal(0))
        if amount <= 0:
            message = "The transactions add up to {seen}, which is no money. They are left out."
            places = {"seen": f"{amount:f} {currency}"}
            remarks.append(Fault(message, "transaction", places))
            continue
        day = max(day for _, day in flows) or None
        yield BudgetLine(kind, amount, currency, spans, day, donor)


def documents_of(activity: Element, remarks: list[Fault]) -> tuple[SourceRef, ...]:
    """Give the documents that a link leads to, each address once."""
    found: dict[str, SourceRef] = {}
    for link in activity.iterfind("document-link"):
        url = (link.get("url") or "").strip().replace(" ", "%20")
        if not url.startswith(("https://", "http://")) or len(url) > LONGEST_URL:
            message = "“{seen}” is not a web address. It is left out."
            remarks.append(Fault(message, "document-link", {"seen": shown(url)}))
            continue
        title = link.find("title")
        day = link.find("document-date")
        published = "" if day is None else (day.get("iso-date") or "")[:10]
        found.setdefault(
            url,
            SourceRef(
                url,
                "" if title is None else _name(title),
                published if is_partial_date(published) else None,
            ),
        )
    return tuple(found.values())


def parent_of(activity: Element) -> str | None:
    """Give the identifier of the activity that this one is a part of."""
    for related in activity.iterfind(f"related-activity[@type='{_PARENT}']"):
        return (related.get("ref") or "").strip() or None
    return None
