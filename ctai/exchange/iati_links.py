"""The names of an IATI activity in other systems, and the other activities that it names."""

from typing import Any, TypeAlias

from ctai.domain.activities import LINKS, PARTNER, PROVIDER, RECEIVER, RELATED, Identifier
from ctai.domain.checks import LONGEST_TITLE

Element: TypeAlias = Any

_LINKED = (
    ("transaction/provider-org", "provider-activity-id", PROVIDER),
    ("transaction/receiver-org", "receiver-activity-id", RECEIVER),
    ("participating-org", "activity-id", PARTNER),
)
"""Where another activity's identifier stands, and what it is then."""


def other_identifiers_of(activity: Element) -> tuple[Identifier, ...]:
    """Give the names by which other systems know it; one without a type is no name of any."""
    found: dict[Identifier, None] = {}
    for other in activity.iterfind("other-identifier"):
        kind, value = (other.get("type") or "").strip(), (other.get("ref") or "").strip()
        if kind and value:
            found[Identifier(kind[:8], value[:LONGEST_TITLE])] = None
    return tuple(found)


def links_of(activity: Element, identifier: str) -> tuple[Identifier, ...]:
    """Give the other activities that this one names, each once; itself is none of them."""
    found: dict[Identifier, None] = {}
    for path, attribute, kind in _LINKED:
        for element in activity.iterfind(path):
            found[Identifier(kind, (element.get(attribute) or "").strip()[:LONGEST_TITLE])] = None
    for related in activity.iterfind("related-activity"):
        kind = RELATED.format(kind=(related.get("type") or "").strip())
        found[Identifier(kind, (related.get("ref") or "").strip()[:LONGEST_TITLE])] = None
    return tuple(one for one in found if one.kind in LINKS and one.value not in {"", identifier})
