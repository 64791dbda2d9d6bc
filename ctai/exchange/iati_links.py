"""What an IATI activity points to: documents, its programme, and its names in other systems."""

from ctai.domain.activities import (
    LINKS,
    PARTNER,
    PROVIDER,
    RECEIVER,
    RELATED,
    Identifier,
    SourceRef,
)
from ctai.domain.checks import LONGEST_TITLE, LONGEST_URL
from ctai.domain.dates import is_partial_date
from ctai.domain.faults import Fault, shown
from ctai.exchange.iati_parts import Element, name_of
from ctai.i18n import mark

_PARENT = "1"
"""RelatedActivityType."""
_LINKED = (
    ("transaction/provider-org", "provider-activity-id", PROVIDER),
    ("transaction/receiver-org", "receiver-activity-id", RECEIVER),
    ("participating-org", "activity-id", PARTNER),
)
"""Where another activity's identifier stands, and what it is then."""


def documents_of(activity: Element, remarks: list[Fault]) -> tuple[SourceRef, ...]:
    """Give the documents that a link leads to, each address once."""
    found: dict[str, SourceRef] = {}
    for link in activity.iterfind("document-link"):
        url = (link.get("url") or "").strip().replace(" ", "%20")
        if not url.startswith(("https://", "http://")) or len(url) > LONGEST_URL:
            message = mark("“{seen}” is not a web address. It is left out.")
            remarks.append(Fault(message, "document-link", {"seen": shown(url)}))
            continue
        title = link.find("title")
        day = link.find("document-date")
        published = "" if day is None else (day.get("iso-date") or "")[:10]
        found.setdefault(
            url,
            SourceRef(
                url,
                "" if title is None else name_of(title),
                published if is_partial_date(published) else None,
            ),
        )
    return tuple(found.values())


def parent_of(activity: Element) -> str | None:
    """Give the identifier of the activity that this one is a part of."""
    for related in activity.iterfind(f"related-activity[@type='{_PARENT}']"):
        return (related.get("ref") or "").strip() or None
    return None


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
