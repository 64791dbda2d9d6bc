"""Amend a need: what is lacking, for whom, by when and at what cost; its state moves elsewhere."""

from dataclasses import replace

from sqlalchemy import delete, select
from sqlmodel import Session, col

from ctai.domain.activities import Known
from ctai.domain.faults import Fault, Refused
from ctai.domain.kinds import RecordKind
from ctai.domain.needs import NeedDraft, fields_of_need
from ctai.domain.roles import Action, Viewer
from ctai.i18n import mark
from ctai.models.needs import Need, NeedCountry
from ctai.queries import need_drafts
from ctai.services.evidence_checks import NOT_THERE, evidence_faults, rewrite_sources
from ctai.services.revisions import differences, log, now
from ctai.services.store_activity import CHANGED_MEANWHILE, NOT_YOURS
from ctai.services.store_need import (
    link_faults,
    lock_evidence,
    next_codes,
    owners_of,
    set_columns,
)

STATE_MOVES_ELSEWHERE = mark("A need's state is moved on its own page, step by step, not here.")


def amend_need(
    session: Session,
    author: Viewer,
    number: int,
    draft: NeedDraft,
    version: int | None,
    known: Known,
    why: str = "",
) -> None:
    """Change a need into a draft; Refused with every reason.

    Its code, its kind of evidence and what it rests on stay as they are; `version` is the one that
    the author was looking at: nothing newer is overwritten.
    """
    locked = select(Need).where(col(Need.id) == number).with_for_update()
    row = session.scalars(locked).one_or_none()
    before = need_drafts.draft_of(session, author, number)
    if row is None or before is None:
        raise Refused([Fault(NOT_THERE)])
    if not may_amend(session, author, before):
        raise Refused([Fault(NOT_YOURS)])
    wanted = replace(
        draft,
        code=before.code,
        evidence_kind=before.evidence_kind,
        assessment_id=before.assessment_id,
        request_id=before.request_id,
        finding_id=before.finding_id,
        request_item_id=before.request_item_id,
    )
    lock_evidence(session, wanted)
    faults = amended_faults(session, author, wanted, known)
    if (draft.state, draft.state_as_of) != (before.state, before.state_as_of):
        faults.append(Fault(STATE_MOVES_ELSEWHERE, "state"))
    if version is not None and version != row.version:
        faults.append(Fault(CHANGED_MEANWHILE))
    if faults:
        raise Refused(faults)
    changes = differences(fields_of_need(before), fields_of_need(wanted))
    if not changes:
        return
    set_columns(row, wanted)
    row.version += 1
    row.changed_at = now()
    session.flush()
    _write_countries(session, number, before, wanted.countries)
    rewrite_sources(session, RecordKind.NEED, number, wanted.sources)
    session.flush()
    log(session, author, RecordKind.NEED, number, changes, why)


def may_amend(session: Session, author: Viewer, need: NeedDraft) -> bool:
    """Tell whether a need is somebody's to amend, as it stands now."""
    owners = owners_of(session, need) | {need.evidence_body}
    return author.may_touch(Action.AMEND, need.iso3s, owners)


def amended_faults(
    session: Session, author: Viewer, wanted: NeedDraft, known: Known
) -> list[Fault]:
    """List what is wrong with a need as it would become, also against what it rests on."""
    owners = owners_of(session, wanted)
    faults = evidence_faults(author, Action.AMEND, wanted, known, owners)
    return faults + link_faults(session, author, wanted)


def _write_countries(
    session: Session, number: int, before: NeedDraft, countries: tuple[str, ...]
) -> None:
    """Store a need's countries; those that stay keep their codes."""
    kept = dict(zip(before.countries, before.country_codes, strict=True))
    added = tuple(iso3 for iso3 in countries if iso3 not in kept)
    kept |= dict(zip(added, next_codes(session, added), strict=True))
    session.execute(delete(NeedCountry).where(col(NeedCountry.need_id) == number))
    session.add_all(NeedCountry(need_id=number, iso3=iso3, code=kept[iso3]) for iso3 in countries)
