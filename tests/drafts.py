"""Examples for tests: drafts that pass every check, people of every role, and a few code lists."""

from datetime import date
from decimal import Decimal

from sqlmodel import Session

from ctai.domain.activities import (
    ActivityDraft,
    BudgetLine,
    CountryShare,
    Known,
    MeasureLink,
    OrganisationRole,
    Participation,
    SourceRef,
    Status,
    Text,
)
from ctai.domain.money import BudgetKind
from ctai.domain.needs import (
    AssessmentDraft,
    AssessmentPart,
    EvidenceKind,
    Finding,
    LookedAt,
    NeedDraft,
    RequestDraft,
)
from ctai.domain.roles import Role, Viewer, Visibility
from ctai.domain.strategy import measures
from ctai.models.records import DataVersion
from ctai.models.reference import Entity, Measure, MemberState

TODAY = date(2024, 7, 1)
"""A day before any clock: what is stored must not be true as of a day to come."""
COUNTRIES = {"NGA": "566", "BFA": "854", "MDG": "450"}
REGIONS = {"NGA": "202", "BFA": "202", "MDG": "014"}
ENTITIES = {"UNODC": "member", "CTED": "member", "IOM": "member", "Denmark": "donor"}
KNOWN = Known(
    countries=frozenset(COUNTRIES),
    entities=frozenset(ENTITIES),
    measures=frozenset(measure.code for measure in measures()),
)
PEOPLE = {
    Role.VIEWER: Viewer("vera", Role.VIEWER),
    Role.DESK_OFFICER: Viewer("dora", Role.DESK_OFFICER, frozenset({"NGA"})),
    Role.FOCAL_POINT: Viewer("fred", Role.FOCAL_POINT, entity="UNODC"),
    Role.COUNTERPART: Viewer("cora", Role.COUNTERPART, frozenset({"NGA"})),
    Role.DONOR: Viewer("dan", Role.DONOR),
    Role.ADMINISTRATOR: Viewer("ada", Role.ADMINISTRATOR),
}
"""One person of each role: the desk and the counterpart are Nigeria's, the focal point UNODC's."""
DESK, FOCAL_POINT = PEOPLE[Role.DESK_OFFICER], PEOPLE[Role.FOCAL_POINT]
ADMINISTRATOR = PEOPLE[Role.ADMINISTRATOR]


def activity(
    title: str = "Border workshop",
    countries: tuple[str, ...] = ("NGA",),
    entities: tuple[str, ...] = ("UNODC",),
    measures: tuple[str, ...] = ("II.13",),
    *,
    status: Status = Status.ONGOING,
    status_as_of: str | None = "2024-06",
    visibility: Visibility = Visibility.PUBLIC,
    budget: tuple[BudgetLine, ...] = (),
    start: str | None = "2024-01",
    parent_id: int | None = None,
) -> ActivityDraft:
    """Give an activity that passes every check; its first measure is the main one."""
    return ActivityDraft(
        texts={"en": Text(title)},
        countries=tuple(CountryShare(iso3) for iso3 in countries),
        participants=tuple(Participation(e, OrganisationRole.IMPLEMENTING) for e in entities),
        measures=tuple(MeasureLink(code, index == 0) for index, code in enumerate(measures)),
        status=status,
        status_as_of=status_as_of,
        actual_start=start,
        visibility=visibility,
        budget=budget,
        sources=(SourceRef("https://example.org/a"),),
        parent_id=parent_id,
    )


def money(
    amount: str | int,
    kind: BudgetKind = BudgetKind.COMMITMENT,
    currency: str = "USD",
    *,
    spans_countries: bool = False,
) -> BudgetLine:
    """Give an amount of money."""
    return BudgetLine(kind, Decimal(amount), currency, spans_countries)


def need(
    code: str = "N-1",
    countries: tuple[str, ...] = ("NGA",),
    measure: str = "II.13",
    *,
    visibility: Visibility = Visibility.PUBLIC,
    body: str = "CTED",
) -> NeedDraft:
    """Give a need that passes every check."""
    return NeedDraft(
        code=code,
        title=f"Need {code}",
        countries=countries,
        measure=measure,
        evidence_kind=EvidenceKind.ASSESSMENT,
        evidence_body=body,
        evidence_title="Visit",
        evidence_date="2022-05",
        visibility=visibility,
        sources=(SourceRef("https://example.org/n"),),
    )


def assessment(
    title: str = "Visit",
    countries: tuple[str, ...] = ("NGA",),
    measures: tuple[str, ...] = ("II.13",),
    *,
    lead: str = "CTED",
    joining: tuple[str, ...] = (),
    finding: Finding = Finding.NOT_RECORDED,
    visibility: Visibility = Visibility.PUBLIC,
) -> AssessmentDraft:
    """Give an assessment that passes every check."""
    return AssessmentDraft(
        title=title,
        lead=lead,
        countries=countries,
        measures=tuple(LookedAt(code, finding) for code in measures),
        parts=(AssessmentPart("2022-05", "2022-06"),),
        joining=joining,
        visibility=visibility,
        sources=(SourceRef("https://example.org/v"),),
    )


def request(
    what: str = "Help with borders",
    country: str = "NGA",
    measure: str = "II.13",
    *,
    addressed_to: str = "UNODC",
    visibility: Visibility = Visibility.PUBLIC,
) -> RequestDraft:
    """Give a request that passes every check."""
    return RequestDraft(
        country=country,
        what=what,
        authority="Ministry of Justice",
        requested_on="2022-05",
        addressed_to=addressed_to,
        measure=measure,
        visibility=visibility,
        sources=(SourceRef("https://example.org/r"),),
    )


def add_code_lists(session: Session) -> None:
    """Store the few Member States, entities and all measures that the examples name."""
    names = {f"name_{code}": "" for code in ("fr", "es", "ar", "zh", "ru")}
    session.add_all(
        MemberState(
            iso3=iso3,
            iso2=iso3[:2],
            m49=m49,
            region=REGIONS[iso3],
            kind="member",
            name_en=iso3,
            **names,
        )
        for iso3, m49 in COUNTRIES.items()
    )
    session.add_all(
        Entity(acronym=acronym, kind=kind, name_en=acronym, **names)
        for acronym, kind in ENTITIES.items()
    )
    session.add_all(
        Measure(
            code=measure.code,
            pillar=measure.pillar.value,
            theme=measure.theme.value,
            national=measure.national,
            position=measure.position,
        )
        for measure in measures()
    )
    session.add(DataVersion(id=1, number=1))
    session.flush()
