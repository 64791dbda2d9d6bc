"""Requests: what a Member State asks for, area by area, and the checks that a request must pass."""

from collections.abc import Iterator
from dataclasses import astuple, dataclass
from datetime import date

from ctai.domain.activities import Known, SourceRef, Status
from ctai.domain.checks import (
    LONGEST_TEXT,
    LONGEST_TITLE,
    bad_date,
    source_faults,
    too_long,
    unknown_entity,
    unknown_language,
    unknown_measure,
)
from ctai.domain.dates import age_days, is_partial_date, surely_before
from ctai.domain.evidence import country_faults, title_faults
from ctai.domain.faults import Fault
from ctai.domain.roles import Visibility


@dataclass(frozen=True)
class RequestItem:
    """One area in which a request asks for help; `item_id` is its number once it is stored."""

    measure: str
    what: str
    item_id: int | None = None


@dataclass(frozen=True)
class RequestDraft:
    """A Member State's request for assistance, and the answer to it where there is one."""

    country: str
    what: str
    authority: str
    requested_on: str | None
    addressed_to: str
    measure: str
    status: Status = Status.REQUESTED
    answered_on: str | None = None
    visibility: Visibility = Visibility.PUBLIC
    sources: tuple[SourceRef, ...] = ()
    source_key: str | None = None
    note: str = ""
    contact_office: str = ""
    reasons: str = ""
    national_strategy: str = ""
    """The national strategy that the request serves: its title, its address, or both."""
    items: tuple[RequestItem, ...] = ()
    language: str | None = None
    """In which its texts were written, by its code; None where nobody has said."""


def request_faults(draft: RequestDraft, known: Known) -> tuple[Fault, ...]:
    """List every reason not to store a request."""
    return (
        *title_faults(draft.what),
        *unknown_language("language", draft.language),
        *country_faults((draft.country,), known),
        *too_long("authority", draft.authority, LONGEST_TITLE),
        *too_long("contact_office", draft.contact_office, LONGEST_TITLE),
        *too_long("reasons", draft.reasons, LONGEST_TEXT),
        *too_long("national_strategy", draft.national_strategy, LONGEST_TEXT),
        *too_long("note", draft.note, LONGEST_TEXT),
        *unknown_entity(draft.addressed_to, known.entities),
        *_measure_faults(draft, known),
        *bad_date("requested_on", draft.requested_on),
        *bad_date("answered_on", draft.answered_on),
        *_answer_faults(draft),
        *_item_faults(draft.items, known),
        *source_faults(draft.sources),
    )


def _measure_faults(draft: RequestDraft, known: Known) -> Iterator[Fault]:
    if draft.measure:
        yield from unknown_measure(draft.measure, known.measures)
    else:
        yield Fault("The area is missing. Name at least one, with its measure.", "measure")


def _answer_faults(draft: RequestDraft) -> Iterator[Fault]:
    asked, answered = draft.requested_on, draft.answered_on
    dates = [day for day in (asked, answered) if day and is_partial_date(day)]
    if len(dates) == 2 and surely_before(dates[1], dates[0]):
        yield Fault(
            "The answer, {seen}, is before the request, {wanted}. Correct one of the two.",
            "answered_on",
            {"seen": dates[1], "wanted": dates[0]},
        )


def _item_faults(items: tuple[RequestItem, ...], known: Known) -> Iterator[Fault]:
    for number, item in enumerate(items, start=1):
        if not item.what.strip():
            yield Fault(
                "Area {seen} says nothing. Write what is asked for there, or remove the row.",
                "items",
                {"seen": str(number)},
            )
        yield from too_long("items", item.what, LONGEST_TEXT)
        yield from unknown_measure(item.measure, known.measures)
    kept = [item.item_id for item in items if item.item_id is not None]
    if len(set(kept)) < len(kept):
        yield Fault("An area stands in the request twice. Remove one of the two rows.", "items")


def is_waiting(draft: RequestDraft) -> bool:
    """Tell whether a request still waits for its answer."""
    return draft.status is Status.REQUESTED and draft.answered_on is None


def waiting_days(draft: RequestDraft, today: date) -> int | None:
    """Count the days that a request has waited; None once answered, or without a date."""
    return age_days(draft.requested_on, today) if is_waiting(draft) else None


def fields_of_request(draft: RequestDraft) -> dict[str, str]:
    """Write a request as plain texts by field, to compare two versions and to log the change."""
    return {
        "what": draft.what,
        "written_in": draft.language or "",
        "country": draft.country,
        "authority": draft.authority,
        "contact_office": draft.contact_office,
        "requested_on": draft.requested_on or "",
        "addressed_to": draft.addressed_to,
        "measure": draft.measure,
        "items": "; ".join(f"{item.measure}: {item.what}" for item in draft.items),
        "reasons": draft.reasons,
        "national_strategy": draft.national_strategy,
        "status": draft.status.value,
        "answered_on": draft.answered_on or "",
        "visibility": draft.visibility.value,
        "sources": "; ".join(" · ".join(filter(None, astuple(s))) for s in draft.sources),
        "note": draft.note,
    }
