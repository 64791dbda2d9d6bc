"""What every write of evidence asks first: the rules, and whether the record is the author's."""

from collections.abc import Iterable

from sqlalchemy import delete, select
from sqlmodel import Session, col

from ctai.domain.activities import Known, SourceRef
from ctai.domain.assessments import AssessmentDraft, assessment_faults
from ctai.domain.evidence import is_more_open
from ctai.domain.faults import Fault, Refused, shown
from ctai.domain.kinds import RecordKind
from ctai.domain.needs import NeedDraft, need_faults
from ctai.domain.requests import RequestDraft, request_faults
from ctai.domain.roles import Action, Viewer, Visibility
from ctai.i18n import mark
from ctai.models.needs import Need, NeedCountry
from ctai.models.records import Source
from ctai.services.activity_parts import write_sources
from ctai.services.store_activity import NOT_YOUR_SCOPE

NOT_THERE = mark("There is no such record, or it is not open to you.")
NEED_RESTS_HERE = mark("The need {wanted} rests on “{seen}”. Keep that row.")
NEED_MORE_OPEN = mark(
    "The need {seen} rests on this and is open to more people. Make that need as restricted first."
)
NEED_COUNTRY_GONE = mark("The need {seen} rests on this for {wanted}. Keep that country.")

Evidence = NeedDraft | AssessmentDraft | RequestDraft


def check_evidence(author: Viewer, draft: Evidence, known: Known) -> None:
    """Refuse a new record with every reason: what is wrong, and what is not the author's."""
    faults = evidence_faults(author, Action.ENTER, draft, known)
    if faults:
        raise Refused(faults)


def evidence_faults(
    author: Viewer,
    action: Action,
    draft: Evidence,
    known: Known,
    entities: frozenset[str] = frozenset(),
) -> list[Fault]:
    """List every reason against a draft; `entities` own it beside those that it names."""
    match draft:
        case NeedDraft():
            faults = need_faults(draft, known)
            countries, own = draft.iso3s, frozenset({draft.evidence_body})
        case AssessmentDraft():
            faults = assessment_faults(draft, known)
            countries, own = frozenset(draft.countries), draft.entities
        case RequestDraft():
            faults = request_faults(draft, known)
            countries, own = frozenset({draft.country}), frozenset({draft.addressed_to})
    if author.may_touch(action, countries, own | entities):
        return list(faults)
    mine = ", ".join(sorted(author.countries)) or author.entity or "–"
    return [*faults, Fault(NOT_YOUR_SCOPE, "country", {"seen": mine})]


def removal_faults(session: Session, removed: dict[int, str], kind: RecordKind) -> list[Fault]:
    """Refuse to remove findings, or areas of a request, on which a need rests; texts by number."""
    part = col(Need.finding_id if kind is RecordKind.ASSESSMENT else Need.request_item_id)
    resting = session.execute(
        select(part, col(Need.code)).where(part.in_(removed)).order_by(col(Need.code))
    )
    return [
        Fault(NEED_RESTS_HERE, "items", {"seen": shown(removed[number]), "wanted": code})
        for number, code in resting
    ]


def floor_faults(
    needs_on: Iterable[tuple[int, str, str]], floors: dict[int, Visibility]
) -> list[Fault]:
    """Refuse a record that would be less open than a need on it; needs as number, code, level."""
    return [
        Fault(NEED_MORE_OPEN, "visibility", {"seen": code})
        for number, code, level in needs_on
        if is_more_open(Visibility(level), floors[number])
    ]


def country_gone_faults(
    session: Session, need_codes: dict[int, str], countries: Iterable[str]
) -> list[Fault]:
    """Refuse a record that would leave out a country of a need that rests on it."""
    there = session.execute(
        select(col(NeedCountry.need_id), col(NeedCountry.iso3))
        .where(col(NeedCountry.need_id).in_(need_codes))
        .order_by(col(NeedCountry.need_id), col(NeedCountry.iso3))
    )
    kept = frozenset(countries)
    return [
        Fault(NEED_COUNTRY_GONE, "country", {"seen": need_codes[number], "wanted": iso3})
        for number, iso3 in there
        if iso3 not in kept
    ]


def rewrite_sources(
    session: Session, kind: RecordKind, number: int, sources: tuple[SourceRef, ...]
) -> None:
    """Store where a record was read, in place of what was stored before."""
    session.execute(
        delete(Source).where(col(Source.record_kind) == kind.value, col(Source.record_id) == number)
    )
    write_sources(session, kind, number, sources)


def number_of(number: int | None) -> int:
    """Give the number of a row that was flushed."""
    assert number is not None, "a flushed row has its number"  # noqa: S101
    return number
