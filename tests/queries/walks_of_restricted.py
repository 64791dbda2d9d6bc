"""Walks of what is told of restricted activities: inside the United Nations a count and whom to
ask, outside nothing."""

from sqlalchemy import update
from sqlmodel import col

from ctai.domain.restricted import RestrictedOverlap
from ctai.domain.roles import Role
from ctai.models.activities import ActivityCell
from ctai.models.needs import Need
from ctai.queries import restricted
from tests.queries.conftest import ACTIVITIES
from tests.queries.walk import Look, walks

COUNTRIES = ("NGA", "BFA")
HIDDEN = {
    # Of e, f, g, h and j those that a role does not see; j, in both countries, is CTED's first.
    Role.VIEWER: {("NGA", "UNODC"): "e", ("NGA", "CTED"): "fj", ("BFA", "UNODC"): "g"}
    | {("BFA", "CTED"): "hj"},
    Role.DESK_OFFICER: {("BFA", "UNODC"): "g", ("BFA", "CTED"): "h"},
    Role.FOCAL_POINT: {("NGA", "CTED"): "f", ("BFA", "CTED"): "h"},
}


@walks(restricted.overlaps)
def _overlaps(look: Look) -> None:
    def told() -> tuple[RestrictedOverlap, ...]:
        return restricted.overlaps(look.session, look.viewer, COUNTRIES)

    assert told() == (), "each activity is on a measure of its own: nothing overlaps"
    # Every need is of the measure of h, which is CTED's in Burkina Faso.
    look.session.execute(update(Need).values(measure=ACTIVITIES["h"].measure))
    is_inside = look.viewer.role not in (Role.COUNTERPART, Role.DONOR, Role.ADMINISTRATOR)
    of_h = (RestrictedOverlap("BFA", "CTED", 1),)
    assert told() == (of_h if is_inside else ())
    look.session.execute(update(Need).values(state="addressed"))
    assert told() == (), "a need that is met is no reason to ask"
    # All activities on one measure: each hidden one is beside one that is seen.
    look.session.execute(update(ActivityCell).values(measure="II.13"))
    expected = {
        RestrictedOverlap(iso3, entity, len(letters))
        for (iso3, entity), letters in HIDDEN.get(look.viewer.role, {}).items()
    }
    assert set(told()) == expected
    look.session.execute(
        update(ActivityCell)
        .where(col(ActivityCell.visibility) == "restricted")
        .values(status="cancelled")
    )
    assert told() == (), "what is called off counts nowhere"
