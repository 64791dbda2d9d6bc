"""Unmet needs with the rung that each has reached, oldest first; and what waits for an answer."""

from dataclasses import dataclass
from datetime import date

import pandas as pd
from sqlalchemy import select
from sqlmodel import Session, col

from ctai.domain.dates import last_day
from ctai.domain.ladder import Rung
from ctai.domain.needs import UNMET_STATES
from ctai.domain.roles import Action, Viewer
from ctai.domain.scope import Scope
from ctai.domain.standing import standing
from ctai.models.ladder import Consent as ConsentRow
from ctai.models.ladder import Enquiry as EnquiryRow
from ctai.models.needs import Need, NeedCountry
from ctai.queries.evidence import needs_in
from ctai.queries.ladder_rows import consent_of, enquiry_of, histories
from ctai.queries.visible import consents_seen, enquiries_seen

_UNMET = [state.value for state in UNMET_STATES]

UNMET_COLUMNS = [
    "need_id",
    "code",
    "title",
    "language",
    "countries",
    "measure",
    "severity",
    "state",
    "evidence_date",
    "wanted_by",
    "rung",
    "rung_state",
    "due",
]


def unmet(session: Session, viewer: Viewer, scope: Scope, today: date) -> pd.DataFrame:
    """List unmet needs, one row each, oldest evidence first, with `UNMET_COLUMNS`.

    `countries` are codes joined with "; "; `rung` is the highest that is not shut and `due` the
    next date (YYYY-MM-DD) by which an answer must come, both None where the viewer may not see
    the ladder, the latter also where nothing is awaited.
    """
    own = [col(getattr(Need, name)) for name in UNMET_COLUMNS[5:10]]
    statement = (
        select(col(Need.id), col(Need.code), col(Need.title), col(Need.language), *own)
        .join(NeedCountry, col(NeedCountry.need_id) == col(Need.id))
        .where(col(Need.state).in_(_UNMET))
        .distinct()
    )
    rows = [tuple(row) for row in session.execute(needs_in(statement, viewer, scope))]
    found = histories(session, viewer, [row[0] for row in rows])
    is_inside = viewer.may(Action.SEE_UN_SYSTEM)
    listed = []
    for number, code, title, language, *rest in rows:
        history = found[number]
        now = standing(history, today) if is_inside else None
        listed.append(
            (
                *(number, code, title, language, "; ".join(history.countries), *rest),
                None if now is None else int(now.reached.rung),
                None if now is None else now.reached.state.value,
                None if now is None or now.due is None else now.due.isoformat(),
            )
        )
    frame = pd.DataFrame(listed, columns=UNMET_COLUMNS, dtype=object)
    ends = [last_day(iso) if iso else date.max for iso in frame["evidence_date"]]
    return frame.assign(_ends=ends).sort_values(["_ends", "code"], ignore_index=True)[UNMET_COLUMNS]


@dataclass(frozen=True)
class Waiting:
    """A question on a need that waits for an answer; `entity` or `iso3` is who was asked."""

    need_id: int
    title: str
    language: str | None
    measure: str
    number: int
    due_on: date
    asked_on: date
    rung: int | None = None
    entity: str | None = None
    iso3: str | None = None
    question: str = ""


def waiting(session: Session, viewer: Viewer, today: date) -> tuple[Waiting, ...]:
    """List the questions that this viewer may answer and whose date has not passed, nearest first.

    A State is told title and measure of a need about which it is asked, also where it may not see
    the record itself.
    """
    asked = [*_enquiries(session, viewer, today), *_consents(session, viewer, today)]
    return tuple(sorted(asked, key=lambda w: (w.due_on, w.need_id, w.number)))


def _enquiries(session: Session, viewer: Viewer, today: date) -> list[Waiting]:
    statement = (
        select(EnquiryRow, col(Need.title), col(Need.language), col(Need.measure))
        .join(Need, col(Need.id) == col(EnquiryRow.need_id))
        .where(
            col(EnquiryRow.answer).is_(None),
            col(EnquiryRow.due_on) >= today.isoformat(),
            col(Need.state).in_(_UNMET),
        )
    )
    rows = [*session.execute(enquiries_seen(statement, viewer))]
    found = histories(session, viewer, {row.need_id for row, *_ in rows})
    waits = []
    for row, title, language, measure in rows:
        action = Action.ANSWER_CAPACITY if row.rung == Rung.UN_CAPACITY else Action.OFFER
        countries = frozenset(found[row.need_id].countries)
        if viewer.may_touch(action, countries, frozenset({row.entity})):
            asked = enquiry_of(row)
            waits.append(
                Waiting(
                    row.need_id,
                    title,
                    language,
                    measure,
                    row.id,
                    asked.due_on,
                    asked.asked_on,
                    row.rung,
                    row.entity,
                    question=row.question,
                )
            )
    return waits


def _consents(session: Session, viewer: Viewer, today: date) -> list[Waiting]:
    statement = (
        select(ConsentRow, col(Need.title), col(Need.language), col(Need.measure))
        .join(Need, col(Need.id) == col(ConsentRow.need_id))
        .where(
            col(ConsentRow.answer).is_(None),
            col(ConsentRow.due_on) >= today.isoformat(),
            col(Need.state).in_(_UNMET),
        )
    )
    found = []
    for row, title, language, measure in session.execute(consents_seen(statement, viewer)):
        consent = consent_of(row)
        if viewer.may_touch(Action.ANSWER_CONSENT, frozenset({row.iso3}), frozenset()):
            found.append(
                Waiting(
                    row.need_id,
                    title,
                    language,
                    measure,
                    row.id,
                    consent.due_on,
                    consent.asked_on,
                    iso3=row.iso3,
                )
            )
    return found
