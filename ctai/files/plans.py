"""Files of action plans: a version, the money for it, and what may be handed to donors."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from ctai.db import Session
from ctai.domain import resources
from ctai.domain.faults import Fault, Refused
from ctai.domain.roles import Viewer
from ctai.domain.scope import Scope
from ctai.exchange import plans_out
from ctai.files.asked import Asked, today
from ctai.i18n import mark
from ctai.queries import plans
from ctai.queries import resources as money

NO_PLAN = mark("There is no such plan, or it is not open to you.")
NOT_FOR_DONORS = mark("This version is not open to donors: only an agreed and public plan is.")


def _plan_of(session: Session, viewer: Viewer, asked: Asked) -> plans_out.Told:
    number = asked.get("plan", "")
    is_number = number.isascii() and number.isdigit() and len(number) < 18
    version = plans.version(session, viewer, int(number)) if is_number else None
    if version is None:
        raise Refused([Fault(NO_PLAN, "plan")])
    found = money.of_plan(session, viewer, version.plan_id)
    return plans_out.Told(version, found, datetime.now(UTC))


def _for_donors(session: Session, viewer: Viewer, asked: Asked) -> plans_out.Told:
    told = _plan_of(session, viewer, asked)
    found = money.for_donors(session, viewer, told.version.plan_id)
    if found is None:
        raise Refused([Fault(NOT_FOR_DONORS, "plan")])
    return replace(told, resources=resources.ranked(found, today(session)))


def _plan(s: Session, viewer: Viewer, _scope: Scope, asked: Asked, lang: str) -> Iterator[bytes]:
    return plans_out.plan_csv(_plan_of(s, viewer, asked), lang)


def _money(s: Session, viewer: Viewer, _scope: Scope, asked: Asked, lang: str) -> Iterator[bytes]:
    return plans_out.money_csv(_plan_of(s, viewer, asked), lang)


def _donors(s: Session, viewer: Viewer, _scope: Scope, asked: Asked, lang: str) -> Iterator[bytes]:
    return plans_out.hand_out_csv(_for_donors(s, viewer, asked), lang)


def _plan_book(session: Session, viewer: Viewer, asked: Asked, lang: str) -> bytes:
    return plans_out.plan_workbook(_plan_of(session, viewer, asked), lang)


def _donors_book(session: Session, viewer: Viewer, asked: Asked, lang: str) -> bytes:
    return plans_out.hand_out_workbook(_for_donors(session, viewer, asked), lang)


FILES = {"plan": _plan, "plan_money": _money, "plan_for_donors": _donors}
WORKBOOKS = {"plan": _plan_book, "plan_for_donors": _donors_book}
