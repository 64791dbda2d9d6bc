"""Examples of action plans: items that pass every check, and a country with needs to plan for."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal

from sqlalchemy import Engine, select, update
from sqlmodel import Session, col

from ctai import db
from ctai.domain.funding import FundingState
from ctai.domain.ladder import Answer
from ctai.domain.money import BudgetKind
from ctai.domain.needs import Severity
from ctai.domain.plans import ItemDraft, MilestoneDraft, PlanDraft
from ctai.domain.roles import SYSTEM, Viewer, Visibility
from ctai.models.funding import FundingCountry, FundingFlow, FundingNeed, FundingRequest
from ctai.models.ladder import Enquiry
from ctai.models.needs import Need
from ctai.models.plans import Plan
from ctai.queries import plans
from ctai.services import agree_plan, build_plan, save_plan
from ctai.services.store_evidence import enter_need
from tests.drafts import DESK, KNOWN, add_code_lists, need

MOMENT = datetime(2024, 6, 1, tzinfo=UTC)
AGREED_ON, PARTNER = "2024-06-01", "Ministry of Justice"


def item(need_id: int | None, action: str = "Train judges", **given: object) -> ItemDraft:
    """Give an item that is ready to be agreed."""
    ready = ItemDraft(
        need_id,
        action,
        "UNODC",
        "2025-01",
        "2026-06",
        Decimal("1000.00"),
        "USD",
        milestones=(MilestoneDraft("First course", "2025-03"),),
    )
    return replace(ready, **given)  # type: ignore[arg-type]  # fields by name, of any type


@dataclass(frozen=True)
class Land:
    """A database with needs of Nigeria, by letter: A and B public, U the UN's, R restricted."""

    engine: Engine
    needs: dict[str, int]
    foreign: int

    def plan(self, *letters: str, author: Viewer = DESK) -> int:
        """Store a draft with an item for each letter, ready to be agreed."""
        with db.transaction(self.engine) as session:
            plan_id = build_plan.build(session, author, "NGA", "Plan of Nigeria").plan_id
            items = tuple(item(self.needs[letter]) for letter in letters)
            draft = replace(draft_of(session, plan_id), items=items)
            save_plan.save(session, author, plan_id, draft, version_of(session, plan_id))
            return plan_id

    def agreed(self, *letters: str, visibility: Visibility = Visibility.PUBLIC) -> int:
        """Store an agreed plan with an item for each letter."""
        plan_id = self.plan(*letters)
        with db.transaction(self.engine) as session:
            agree(session, plan_id, visibility=visibility)
        return plan_id


def agree(
    session: Session,
    plan_id: int,
    author: Viewer = DESK,
    version: int | None = None,
    visibility: Visibility = Visibility.PUBLIC,
) -> None:
    """Agree on a draft as it stands."""
    seen = version_of(session, plan_id) if version is None else version
    agree_plan.agree(session, author, plan_id, seen, AGREED_ON, PARTNER, visibility)


def version_of(session: Session, plan_id: int) -> int:
    """Give the version of a plan as it is stored."""
    return session.scalars(select(col(Plan.version)).where(col(Plan.id) == plan_id)).one()


def draft_of(session: Session, plan_id: int) -> PlanDraft:
    """Give a plan as it is stored."""
    found = plans.draft_of(session, SYSTEM, plan_id)
    assert found is not None
    return found


def land(engine: Engine) -> Land:
    """Store the code lists and the needs."""
    levels = {
        "A": Visibility.PUBLIC,
        "B": Visibility.PUBLIC,
        "U": Visibility.UN_SYSTEM,
        "R": Visibility.RESTRICTED,
    }
    with db.transaction(engine) as session:
        add_code_lists(session)
        numbers = {
            letter: enter_need(session, SYSTEM, need(f"N-{letter}", visibility=level), KNOWN)
            for letter, level in levels.items()
        }
        foreign = enter_need(session, SYSTEM, need("N-F", ("BFA",)), KNOWN)
    return Land(engine, numbers, foreign)


def estimate(
    session: Session,
    need_id: int,
    cost: str,
    currency: str = "USD",
    rate: str | None = None,
    severity: Severity | None = None,
) -> None:
    """Say what a need is estimated to cost."""
    session.execute(
        update(Need)
        .where(col(Need.id) == need_id)
        .values(
            estimated_cost=Decimal(cost),
            cost_currency=currency,
            cost_rate_usd=None if rate is None else Decimal(rate),
            cost_rate_date=None if rate is None else "2024-05",
            severity=severity.value if severity else None,
        )
    )


def answer(session: Session, need_id: int, entity: str, said: Answer) -> None:
    """Record what an entity answered about a need."""
    session.add(
        Enquiry(
            need_id=need_id,
            rung=1,
            entity=entity,
            asked_by="dora",
            asked_on="2024-05-01",
            due_on="2024-05-20",
            answer=said.value,
            answered_on="2024-05-10",
        )
    )
    session.flush()


def request(
    session: Session,
    code: str,
    needs: tuple[int, ...],
    total: str | None = "600.00",
    *,
    state: FundingState = FundingState.ENDORSED,
    countries: tuple[str, ...] = ("NGA",),
    visibility: Visibility = Visibility.PUBLIC,
    currency: str = "USD",
) -> int:
    """Store a funding request for some needs."""
    row = FundingRequest(
        code=code,
        title=f"Request {code}",
        entity="IOM",
        total=None if total is None else Decimal(total),
        currency=currency,
        state=state.value,
        state_since=MOMENT,
        visibility=visibility.value,
        author="fred",
        created_at=MOMENT,
        changed_at=MOMENT,
    )
    session.add(row)
    session.flush()
    assert row.id is not None
    session.add_all(FundingNeed(request_id=row.id, need_id=need_id) for need_id in needs)
    session.add_all(FundingCountry(request_id=row.id, iso3=iso3) for iso3 in countries)
    session.flush()
    return row.id


def flow(
    session: Session,
    request_id: int,
    amount: str,
    kind: BudgetKind = BudgetKind.COMMITMENT,
    donor: str = "Denmark",
    currency: str = "USD",
) -> None:
    """Record money for a request."""
    session.add(
        FundingFlow(
            request_id=request_id,
            kind=kind.value,
            donor=donor,
            amount=Decimal(amount),
            currency=currency,
            happened="2024-05",
            recorded_by="dora",
            recorded_at=MOMENT,
        )
    )
    session.flush()
