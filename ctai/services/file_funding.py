"""Write a funding request: start it, save it, submit it."""

from sqlalchemy import delete, select
from sqlmodel import Session, col

from ctai.domain.faults import Fault, Refused, shown
from ctai.domain.funding import EDITABLE, FundingState
from ctai.domain.funding_draft import (
    FundingDraft,
    Needs,
    countries_of,
    draft_faults,
    submission_faults,
)
from ctai.domain.funding_history import FundingView
from ctai.domain.kinds import RecordKind
from ctai.domain.roles import Action, Viewer
from ctai.i18n import mark
from ctai.models.funding import (
    FundingActivity,
    FundingCountry,
    FundingLine,
    FundingNeed,
    FundingRequest,
)
from ctai.models.reference import MemberState
from ctai.queries import codes, funding, funding_needs, ladder
from ctai.services.funding_moves import (
    CHANGED_MEANWHILE,
    NO_SUCH,
    NOT_YOURS,
    locked,
    move,
    record,
    step_faults,
)
from ctai.services.revisions import differences, log, now

NOT_YOUR_SCOPE = mark(
    "You may write funding requests of {seen} only. Choose one of its needs, or ask a colleague."
)
NOT_NOW = mark("Only a draft, or a request that was returned, can be changed.")


def start(session: Session, author: Viewer, draft: FundingDraft) -> int:
    """Store a new draft and give its number; Refused with every reason."""
    _refuse(faults(session, author, draft))
    needs = funding_needs.needs_known(session, author, draft.needs)
    countries = countries_of(draft, needs)
    moment = now()
    row = FundingRequest(
        code=_next_code(session, countries[0], moment.year),
        title=draft.title,
        entity=draft.entity,
        state=FundingState.DRAFT.value,
        state_since=moment,
        author=author.username,
        created_at=moment,
        changed_at=moment,
    )
    _set_columns(row, draft)
    session.add(row)
    session.flush()
    number = _number(row)
    _write_parts(session, number, draft, countries)
    record(session, author, number, None, FundingState.DRAFT, "")
    fields = {"code": row.code, **_fields(draft, needs)}
    log(session, author, RecordKind.FUNDING_REQUEST, number, differences({}, fields))
    return number


def save(
    session: Session,
    author: Viewer,
    request_id: int,
    draft: FundingDraft,
    version: int | None = None,
    why: str = "",
) -> bool:
    """Change what a draft or a returned request says; Refused with every reason.

    `version` is the one the author was looking at; tells whether anything was new.
    """
    row, before = locked(session, author, request_id)
    _refuse(_checked(session, author, draft, before, version))
    needs = funding_needs.needs_known(session, author, draft.needs, request_id)
    changes = differences(_fields(before.draft, needs), _fields(draft, needs))
    if not changes:
        return False
    _set_columns(row, draft)
    row.version += 1
    row.changed_at = now()
    session.flush()
    for table in (FundingNeed, FundingCountry, FundingActivity, FundingLine):
        session.execute(delete(table).where(col(table.request_id) == request_id))
    _write_parts(session, request_id, draft, countries_of(draft, needs))
    log(session, author, RecordKind.FUNDING_REQUEST, request_id, changes, why)
    return True


def submit(
    session: Session,
    author: Viewer,
    draft: FundingDraft,
    request_id: int | None = None,
    version: int | None = None,
    comment: str = "",
) -> int:
    """Store a request as written, send it to review and give its number; Refused with every reason.

    One that was returned comes back in a new round.
    """
    before = None
    if request_id is not None:
        _, before = locked(session, author, request_id)
    reasons = _checked(session, author, draft, before, version)
    reasons += _sending_faults(session, author, draft, request_id)
    if before is not None and before.state in EDITABLE:
        steps = step_faults(author, before, FundingState.SUBMITTED, comment, None)
        reasons += [step for step in steps if step not in reasons]
    _refuse(reasons)
    if request_id is None:
        request_id = start(session, author, draft)
    else:
        save(session, author, request_id, draft)
    move(session, author, request_id, FundingState.SUBMITTED, comment)
    return request_id


def faults(
    session: Session,
    author: Viewer,
    draft: FundingDraft,
    request_id: int | None = None,
    *,
    sending: bool = False,
) -> list[Fault]:
    """List every reason not to keep what was written or, if it is being sent, not to send it."""
    before = None if request_id is None else funding.view(session, author, request_id)
    if request_id is not None and before is None:
        return [Fault(NO_SUCH)]
    reasons = _checked(session, author, draft, before, None)
    return reasons + (_sending_faults(session, author, draft, request_id) if sending else [])


def _checked(
    session: Session,
    author: Viewer,
    draft: FundingDraft,
    before: FundingView | None,
    version: int | None,
) -> list[Fault]:
    request_id = before.number if before else None
    needs = funding_needs.needs_known(session, author, draft.needs, request_id)
    reasons = [*draft_faults(draft, codes.known(session), needs)]
    countries = frozenset(countries_of(draft, needs))
    if not author.may_touch(Action.FILE_FUNDING, countries, frozenset({draft.entity})):
        own = ", ".join(sorted(author.countries)) or author.entity or "–"
        reasons.append(Fault(NOT_YOUR_SCOPE, "needs", {"seen": shown(own)}))
    if before is None:
        return reasons
    if not author.may_touch(Action.FILE_FUNDING, *before.owners):
        reasons.append(Fault(NOT_YOURS))
    if before.state not in EDITABLE:
        reasons.append(Fault(NOT_NOW, "state"))
    if version is not None and version != before.version:
        reasons.append(Fault(CHANGED_MEANWHILE))
    return reasons


def _sending_faults(
    session: Session, author: Viewer, draft: FundingDraft, request_id: int | None
) -> list[Fault]:
    needs = funding_needs.needs_known(session, author, draft.needs, request_id)
    today = now().date()
    return [
        *submission_faults(draft, needs, today.isoformat()),
        *ladder.unfundable(session, author, [n for n in draft.needs if n in needs], today),
    ]


def _refuse(reasons: list[Fault]) -> None:
    if reasons:
        raise Refused(reasons)


def _fields(draft: FundingDraft, needs: Needs) -> dict[str, str]:
    return funding.fields_of(draft, {number: need.code for number, need in needs.items()})


def _number(row: FundingRequest) -> int:
    assert row.id is not None, "a flushed row has its number"  # noqa: S101
    return row.id


def _next_code(session: Session, iso3: str, year: int) -> str:
    """Number a country's requests of a year; two at once take turns at the country's row."""
    session.execute(
        select(col(MemberState.iso3))
        .where(col(MemberState.iso3) == iso3)
        .with_for_update(key_share=True)
    )
    begins = f"F-{iso3}-{year}-"
    taken = session.scalars(
        select(col(FundingRequest.code)).where(col(FundingRequest.code).startswith(begins))
    )
    last = max((int(code.removeprefix(begins)) for code in taken), default=0)
    return f"{begins}{last + 1:03}"


def _set_columns(row: FundingRequest, draft: FundingDraft) -> None:
    row.title, row.entity = draft.title, draft.entity
    row.objective, row.risks, row.note = draft.objective, draft.risks, draft.note
    row.needed_by = draft.needed_by
    row.total, row.currency = draft.total, draft.currency
    row.rate_usd, row.rate_date = draft.rate_usd, draft.rate_date
    row.cofunding, row.cofunding_from = draft.cofunding, draft.cofunding_from
    row.visibility = draft.visibility.value


def _write_parts(
    session: Session, number: int, draft: FundingDraft, countries: tuple[str, ...]
) -> None:
    session.add_all(FundingNeed(request_id=number, need_id=need) for need in draft.needs)
    session.add_all(FundingCountry(request_id=number, iso3=iso3) for iso3 in countries)
    line_position = 0
    for position, activity in enumerate(draft.activities, start=1):
        session.add(
            FundingActivity(
                request_id=number,
                position=position,
                title=activity.title,
                starts=activity.starts,
                ends=activity.ends,
            )
        )
        for line in activity.lines:
            line_position += 1
            session.add(
                FundingLine(
                    request_id=number,
                    position=line_position,
                    activity_position=position,
                    what=line.what,
                    amount=line.amount,
                )
            )
    session.flush()
