"""Tries: for each action of the table of grants, how somebody sets about it; one file a wing."""

from collections.abc import Callable

from sqlmodel import Session

from ctai.domain.roles import Action, Viewer
from tests.queries.conftest import World

Try = Callable[[Session, Viewer, World, bool], bool]
"""Tries an action on a record that is one's own, or on somebody else's; tells whether it worked.

Of the store's letters a, c, e are Nigeria's or UNODC's and so the desk's, the counterpart's or the
focal point's own; b, d, h are not: b and h are CTED's in Burkina Faso.
"""

TRIES: dict[Action, Try] = {}
