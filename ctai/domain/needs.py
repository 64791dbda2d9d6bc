"""Needs: what a State lacks, with the evidence that says so, and the checks each must pass."""

from collections.abc import Iterator
from dataclasses import astuple, dataclass
from decimal import Decimal
from enum import StrEnum

from ctai.domain.activities import Basis, Known, SourceRef
from ctai.domain.assessments import (
    AssessmentDraft,
    AssessmentFinding,
    AssessmentPart,
    FollowUp,
    LookedAt,
    assessment_faults,
)
from ctai.domain.checks import (
    LONGEST_TEXT,
    LONGEST_TITLE,
    bad_date,
    source_faults,
    too_long,
    unknown_language,
    unknown_measure,
)
from ctai.domain.evidence import Disclosure, EvidenceKind, Finding, Severity, country_faults
from ctai.domain.faults import Fault, shown
from ctai.domain.money import CURRENCIES, LARGEST_AMOUNT
from ctai.domain.requests import RequestDraft, RequestItem, request_faults
from ctai.domain.roles import Visibility


class NeedState(StrEnum):
    """What is known of a need, as of its source's date or the day somebody moved it."""

    OPEN = "open"
    BEING_ANSWERED = "being_answered"
    PARTLY_ADDRESSED = "partly_addressed"
    ADDRESSED = "addressed"
    WITHDRAWN = "withdrawn"


UNMET_STATES = (NeedState.OPEN, NeedState.BEING_ANSWERED, NeedState.PARTLY_ADDRESSED)
"""States in which something is still lacking."""

LARGEST_RATE = Decimal(1000)
"""US dollars for one unit: no currency of the list is worth five, so that a slip is refused."""


class Step(StrEnum):
    """A step in a State's partnership with the initiative."""

    REQUESTED = "requested"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    CONCLUDED = "concluded"


@dataclass(frozen=True)
class NeedDraft:
    """A need as somebody gives it; several countries where one regional finding names them.

    `code` is None where the system is to give the need its next number. `finding_id` and
    `request_item_id` name what it was raised from, with the assessment or request that holds it.
    """

    code: str | None
    title: str
    countries: tuple[str, ...]
    measure: str
    evidence_kind: EvidenceKind
    evidence_body: str
    evidence_title: str
    evidence_date: str | None
    evidence_ref: str = ""
    state: NeedState = NeedState.OPEN
    state_as_of: str | None = None
    severity: Severity | None = None
    wanted_by: str | None = None
    disclosed: Disclosure = Disclosure.YES
    visibility: Visibility = Visibility.PUBLIC
    basis: Basis = Basis.INFERRED
    sources: tuple[SourceRef, ...] = ()
    note: str = ""
    country_codes: tuple[str, ...] = ()
    """The need's code in each country, where a file numbers a regional finding once per country."""
    for_whom: str = ""
    estimated_cost: Decimal | None = None
    cost_currency: str | None = None
    cost_rate_usd: Decimal | None = None
    """US dollars for one unit of the currency, on `cost_rate_date`; needless for US dollars."""
    cost_rate_date: str | None = None
    assessment_id: int | None = None
    request_id: int | None = None
    finding_id: int | None = None
    request_item_id: int | None = None
    language: str | None = None
    """In which its texts were written, by its code; None where nobody has said."""

    @property
    def iso3s(self) -> frozenset[str]:
        """Give the countries' codes."""
        return frozenset(self.countries)

    @property
    def is_of_no_record(self) -> bool:
        """Tell whether its evidence is a document, and no request or assessment on record."""
        return self.request_id is None and self.assessment_id is None


def need_faults(draft: NeedDraft, known: Known) -> tuple[Fault, ...]:
    """List every reason not to store a need."""
    return (
        *_text_faults(draft),
        *unknown_language("language", draft.language),
        *country_faults(draft.countries, known),
        *unknown_measure(draft.measure, known.measures),
        *bad_date("evidence_date", draft.evidence_date),
        *bad_date("state_as_of", draft.state_as_of),
        *bad_date("wanted_by", draft.wanted_by),
        *cost_faults(
            draft.estimated_cost, draft.cost_currency, draft.cost_rate_usd, draft.cost_rate_date
        ),
        *source_faults(draft.sources),
    )


def _text_faults(draft: NeedDraft) -> Iterator[Fault]:
    if draft.code is not None and not draft.code.strip():
        yield Fault("The need has no code. Give one, such as N-NGA-001.", "need_id")
    if not draft.title.strip():
        yield Fault("The need has no title. Say in one line what is needed.", "title")
    if not draft.evidence_body.strip():
        yield Fault("The evidence is missing. Name the body that found the need.", "evidence_body")
    yield from too_long("code", draft.code or "", LONGEST_TITLE)
    for column in ("title", "for_whom", "evidence_body", "evidence_title", "evidence_ref"):
        yield from too_long(column, getattr(draft, column), LONGEST_TITLE)
    yield from too_long("note", draft.note, LONGEST_TEXT)


def cost_faults(
    amount: Decimal | None, currency: str | None, rate_usd: Decimal | None, rate_date: str | None
) -> Iterator[Fault]:
    """Refuse an estimated cost that nobody could add up: its currency or dated rate is missing."""
    if currency is not None and currency not in CURRENCIES:
        yield Fault(
            "“{seen}” is not a known currency. Give an ISO 4217 code such as USD.",
            "cost_currency",
            {"seen": shown(currency)},
        )
    if amount is None:
        if currency is not None or rate_usd is not None or rate_date is not None:
            yield Fault(
                "The estimated cost has a currency or a rate and no amount. "
                "Give the amount, or leave all of it empty.",
                "estimated_cost",
            )
        return
    yield from _amount_faults(amount)
    if currency is None:
        yield Fault("The estimated cost has no currency. Choose one.", "cost_currency")
    elif currency != "USD" and (rate_usd is None or rate_date is None):
        yield Fault(
            "An amount in {seen} needs its rate. Give the US dollars for one unit, and the date.",
            "cost_rate_usd",
            {"seen": shown(currency)},
        )
    is_number = rate_usd is not None and rate_usd.is_finite()
    if rate_usd is not None and not (is_number and 0 < rate_usd <= LARGEST_RATE):
        yield Fault(
            "The rate {seen} can't be right. Give the US dollars for one unit, such as 1.08.",
            "cost_rate_usd",
            {"seen": shown(rate_usd)},
        )
    yield from bad_date("cost_rate_date", rate_date)


def _amount_faults(amount: Decimal) -> Iterator[Fault]:
    seen = {"seen": shown(amount)}
    if not amount.is_finite():
        yield Fault(
            "The amount {seen} is not a number. Write digits, such as 1700000.",
            "estimated_cost",
            seen,
        )
    elif amount <= 0:
        yield Fault(
            "The estimated cost {seen} is not above zero. Leave it empty where it is not known.",
            "estimated_cost",
            seen,
        )
    elif amount > LARGEST_AMOUNT:
        yield Fault("The amount {seen} is too large to be right. Check it.", "estimated_cost", seen)
    elif amount != amount.quantize(Decimal("0.01")):
        yield Fault(
            "The amount {seen} has more than two decimals. Round it to two.",
            "estimated_cost",
            seen,
        )


def fields_of_need(draft: NeedDraft) -> dict[str, str]:
    """Write a need as plain texts by field, to compare two versions and to log the change."""
    evidence = (draft.evidence_body, draft.evidence_title, draft.evidence_ref)
    cost = draft.estimated_cost
    rate = draft.cost_rate_usd
    return {
        "code": draft.code or "",
        "title": draft.title,
        "written_in": draft.language or "",
        "countries": "; ".join(draft.countries),
        "measure": draft.measure,
        "basis": draft.basis.value,
        "severity": draft.severity.value if draft.severity else "",
        "for_whom": draft.for_whom,
        "wanted_by": draft.wanted_by or "",
        "estimated_cost": "" if cost is None else f"{cost:.2f} {draft.cost_currency}",
        "cost_rate": "" if rate is None else f"{rate:f} USD ({draft.cost_rate_date})",
        "evidence": " · ".join(filter(None, evidence)),
        "evidence_date": draft.evidence_date or "",
        "disclosed": draft.disclosed.value,
        "state": draft.state.value,
        "state_as_of": draft.state_as_of or "",
        "visibility": draft.visibility.value,
        "sources": "; ".join(" · ".join(filter(None, astuple(s))) for s in draft.sources),
        "note": draft.note,
    }


__all__ = [
    "UNMET_STATES",
    "AssessmentDraft",
    "AssessmentFinding",
    "AssessmentPart",
    "Disclosure",
    "EvidenceKind",
    "Finding",
    "FollowUp",
    "LookedAt",
    "NeedDraft",
    "NeedState",
    "RequestDraft",
    "RequestItem",
    "Severity",
    "Step",
    "assessment_faults",
    "cost_faults",
    "fields_of_need",
    "need_faults",
    "request_faults",
]
