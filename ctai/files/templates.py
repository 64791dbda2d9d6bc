"""The template of an entity: its records that somebody may amend, to be filled in."""

from ctai.db import Session
from ctai.domain.activities import ActivityDraft
from ctai.domain.faults import Fault, Refused
from ctai.domain.roles import Action, Viewer
from ctai.domain.scope import Scope
from ctai.exchange.template_out import Given, template
from ctai.files.asked import NOT_OPEN, Asked, one_of, today
from ctai.queries import activities, codes, records

_AT_ONCE = 500


def _template(session: Session, viewer: Viewer, asked: Asked, lang: str) -> bytes:
    """Write an entity's template; Refused for another entity than one's own, where one has one."""
    listed = codes.entities(session)
    entity = one_of("entity", asked.get("entity", viewer.entity or ""), sorted(listed))
    is_other = viewer.entity is not None and entity != viewer.entity
    if is_other or not viewer.may(Action.IMPORT):
        raise Refused([Fault(NOT_OPEN)])
    day = today(session)
    rows = activities.streamed(session, viewer, Scope(entity=(entity,)), day, lang)
    numbers = [int(str(row[0])) for row in rows]
    found: dict[int, ActivityDraft] = {}
    for start in range(0, len(numbers), _AT_ONCE):
        drafts = records.drafts_of(session, viewer, numbers[start : start + _AT_ONCE])
        found |= {number: draft for number, draft in sorted(drafts.items()) if _own(viewer, draft)}
    return template(Given(entity, found, day), lang)


def _own(viewer: Viewer, draft: ActivityDraft) -> bool:
    return viewer.may_touch(Action.AMEND, draft.iso3s, draft.entities)


WORKBOOKS = {"template": _template}
