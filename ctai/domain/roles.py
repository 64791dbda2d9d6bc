"""Roles: who may do what, in one table; who a viewer is and how far they reach."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody is to the initiative."""

    VIEWER = "viewer"
    DESK_OFFICER = "desk_officer"
    FOCAL_POINT = "focal_point"
    COUNTERPART = "counterpart"
    DONOR = "donor"
    ADMINISTRATOR = "administrator"


class Visibility(StrEnum):
    """Who a record is meant for."""

    PUBLIC = "public"
    UN_SYSTEM = "un_system"
    RESTRICTED = "restricted"


class Action(StrEnum):
    """What can be done in the system; each is granted to a role by `GRANTS`."""

    SEE_PUBLIC = "see_public"
    SEE_UN_SYSTEM = "see_un_system"
    SEE_RESTRICTED = "see_restricted"
    SEE_HISTORY = "see_history"
    ENTER = "enter"
    AMEND = "amend"
    CONFIRM = "confirm"
    IMPORT = "import"
    EXPORT = "export"
    MANAGE_USERS = "manage_users"
    REVIEW_CHANGES = "review_changes"
    """Accept or return what focal points wrote."""
    CLIMB = "climb"
    """Take a need up the ladder: ask, share, test, link, and say that it is answered."""
    ANSWER_CAPACITY = "answer_capacity"
    ANSWER_CONSENT = "answer_consent"
    OFFER = "offer"
    FILE_FUNDING = "file_funding"
    """Write, submit, withdraw and report on a funding request."""
    REVIEW_FUNDING = "review_funding"
    RECORD_MONEY = "record_money"
    PLAN = "plan"
    STATE_REPORTING = "state_reporting"
    """Say for a quarter that an entity has nothing to report."""
    MANAGE_RULES = "manage_rules"
    """Edit the calendar of working days and which entities pass without review."""


class Extent(StrEnum):
    """How far a grant reaches; *own* is a country for a desk, an entity for a focal point or a
    donor."""

    NONE = "none"
    OWN = "own"
    ALL = "all"


_NO, _OWN, _ALL = Extent.NONE, Extent.OWN, Extent.ALL

GRANTS: dict[Role, dict[Action, Extent]] = {
    Role.VIEWER: {
        Action.SEE_PUBLIC: _ALL,
        Action.SEE_UN_SYSTEM: _ALL,
        Action.SEE_RESTRICTED: _NO,
        Action.SEE_HISTORY: _ALL,
        Action.ENTER: _NO,
        Action.AMEND: _NO,
        Action.CONFIRM: _NO,
        Action.IMPORT: _NO,
        Action.EXPORT: _ALL,
        Action.MANAGE_USERS: _NO,
        Action.REVIEW_CHANGES: _NO,
        Action.CLIMB: _NO,
        Action.ANSWER_CAPACITY: _NO,
        Action.ANSWER_CONSENT: _NO,
        Action.OFFER: _NO,
        Action.FILE_FUNDING: _NO,
        Action.REVIEW_FUNDING: _NO,
        Action.RECORD_MONEY: _NO,
        Action.PLAN: _NO,
        Action.STATE_REPORTING: _NO,
        Action.MANAGE_RULES: _NO,
    },
    Role.DESK_OFFICER: {
        Action.SEE_PUBLIC: _ALL,
        Action.SEE_UN_SYSTEM: _ALL,
        Action.SEE_RESTRICTED: _OWN,
        Action.SEE_HISTORY: _ALL,
        Action.ENTER: _OWN,
        Action.AMEND: _OWN,
        Action.CONFIRM: _OWN,
        Action.IMPORT: _OWN,
        Action.EXPORT: _ALL,
        Action.MANAGE_USERS: _NO,
        Action.REVIEW_CHANGES: _OWN,
        Action.CLIMB: _OWN,
        Action.ANSWER_CAPACITY: _OWN,
        Action.ANSWER_CONSENT: _OWN,
        Action.OFFER: _OWN,
        Action.FILE_FUNDING: _OWN,
        Action.REVIEW_FUNDING: _OWN,
        Action.RECORD_MONEY: _OWN,
        Action.PLAN: _OWN,
        Action.STATE_REPORTING: _ALL,
        Action.MANAGE_RULES: _NO,
    },
    Role.FOCAL_POINT: {
        Action.SEE_PUBLIC: _ALL,
        Action.SEE_UN_SYSTEM: _ALL,
        Action.SEE_RESTRICTED: _OWN,
        Action.SEE_HISTORY: _ALL,
        Action.ENTER: _OWN,
        Action.AMEND: _OWN,
        Action.CONFIRM: _OWN,
        Action.IMPORT: _OWN,
        Action.EXPORT: _ALL,
        Action.MANAGE_USERS: _NO,
        Action.REVIEW_CHANGES: _NO,
        Action.CLIMB: _NO,
        Action.ANSWER_CAPACITY: _OWN,
        Action.ANSWER_CONSENT: _NO,
        Action.OFFER: _NO,
        Action.FILE_FUNDING: _OWN,
        Action.REVIEW_FUNDING: _NO,
        Action.RECORD_MONEY: _NO,
        Action.PLAN: _NO,
        Action.STATE_REPORTING: _OWN,
        Action.MANAGE_RULES: _NO,
    },
    Role.COUNTERPART: {
        Action.SEE_PUBLIC: _OWN,
        Action.SEE_UN_SYSTEM: _NO,
        Action.SEE_RESTRICTED: _NO,
        Action.SEE_HISTORY: _NO,
        Action.ENTER: _NO,
        Action.AMEND: _NO,
        Action.CONFIRM: _NO,
        Action.IMPORT: _NO,
        Action.EXPORT: _OWN,
        Action.MANAGE_USERS: _NO,
        Action.REVIEW_CHANGES: _NO,
        Action.CLIMB: _NO,
        Action.ANSWER_CAPACITY: _NO,
        Action.ANSWER_CONSENT: _OWN,
        Action.OFFER: _NO,
        Action.FILE_FUNDING: _NO,
        Action.REVIEW_FUNDING: _NO,
        Action.RECORD_MONEY: _NO,
        Action.PLAN: _NO,
        Action.STATE_REPORTING: _NO,
        Action.MANAGE_RULES: _NO,
    },
    Role.DONOR: {
        Action.SEE_PUBLIC: _ALL,
        Action.SEE_UN_SYSTEM: _NO,
        Action.SEE_RESTRICTED: _NO,
        Action.SEE_HISTORY: _NO,
        Action.ENTER: _NO,
        Action.AMEND: _NO,
        Action.CONFIRM: _NO,
        Action.IMPORT: _NO,
        Action.EXPORT: _ALL,
        Action.MANAGE_USERS: _NO,
        Action.REVIEW_CHANGES: _NO,
        Action.CLIMB: _NO,
        Action.ANSWER_CAPACITY: _NO,
        Action.ANSWER_CONSENT: _NO,
        Action.OFFER: _OWN,
        Action.FILE_FUNDING: _NO,
        Action.REVIEW_FUNDING: _NO,
        Action.RECORD_MONEY: _NO,
        Action.PLAN: _NO,
        Action.STATE_REPORTING: _NO,
        Action.MANAGE_RULES: _NO,
    },
    Role.ADMINISTRATOR: dict.fromkeys(Action, _ALL),
}
"""Every role × action. A test walks the whole table against what the system really does."""


@dataclass(frozen=True)
class Viewer:
    """Somebody who is signed in, or the command line acting for them.

    `countries` are ISO alpha-3 codes (a desk's, a counterpart's), `entity` an acronym (a focal
    point's, and a donor's where known); both are empty where the role has none.
    """

    username: str
    role: Role
    countries: frozenset[str] = frozenset()
    entity: str | None = None

    def extent(self, action: Action) -> Extent:
        """Tell how far this viewer may do something."""
        return GRANTS[self.role][action]

    def may(self, action: Action) -> bool:
        """Tell whether this viewer may do something at all."""
        return self.extent(action) is not Extent.NONE

    @property
    def reach(self) -> frozenset[str] | None:
        """Give the only countries whose rows this viewer may see; None where all are open."""
        return self.countries if self.extent(Action.SEE_PUBLIC) is Extent.OWN else None

    def owns(self, countries: frozenset[str], entities: frozenset[str]) -> bool:
        """Tell whether a record is this viewer's own.

        A desk's, when the desk holds one of its countries; a focal point's or a donor's, when
        their entity takes part in it.
        """
        match self.role:
            case Role.DESK_OFFICER | Role.COUNTERPART:
                return bool(self.countries & countries)
            case Role.FOCAL_POINT | Role.DONOR:
                return self.entity in entities
            case _:
                return False

    def may_touch(
        self, action: Action, countries: frozenset[str], entities: frozenset[str]
    ) -> bool:
        """Tell whether this viewer may do something to a record of these countries and entities."""
        extent = self.extent(action)
        return extent is Extent.ALL or (extent is Extent.OWN and self.owns(countries, entities))


SYSTEM = Viewer("system", Role.ADMINISTRATOR)
"""The system itself: loads the embedded records and answers the operator at the command line."""
