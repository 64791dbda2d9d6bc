"""Reading IATI 2.03: many activities, one at a time, as far as each can be read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any, TypeAlias

from lxml import etree

from ctai.domain.activities import ActivityDraft, Identifier
from ctai.domain.arrivals import Row
from ctai.domain.faults import Fault, shown
from ctai.domain.roles import Visibility
from ctai.domain.sectors import measures_of
from ctai.exchange import iati_parts as parts
from ctai.exchange.iati_links import documents_of, links_of, other_identifiers_of, parent_of
from ctai.exchange.iati_money import money_of
from ctai.exchange.iati_rules import broken
from ctai.exchange.tables_in import FileUnusable
from ctai.i18n import mark

Element: TypeAlias = Any
"""An element of lxml, which has no types of its own."""

SOURCE_KEY = "iati:{identifier}"
_ACTIVITY = "iati-activity"
_ROOT = "iati-activities"

NOT_IATI = mark("This XML begins with “{seen}”. A file of IATI activities begins with “{wanted}”.")
DECLARES = mark(
    "This file declares a document type, which can hide what is read. Remove the line that begins "
    "with <!DOCTYPE."
)
BREAKS_OFF = mark("The file can't be read from here on: {seen}. What stands before is kept.")


@dataclass(frozen=True)
class Listed:
    """The names that a file may use for what is listed here.

    `countries` gives ISO alpha-3 by alpha-2, `entities` an acronym by IATI organisation
    identifier, `aliases` an acronym by any name in lower case.
    """

    countries: Mapping[str, str]
    entities: Mapping[str, str]
    aliases: Mapping[str, str]


def read_iati(stream: IO[bytes], listed: Listed, visibility: Visibility) -> Iterator[Row]:
    """Read activities one at a time, in flat memory; FileUnusable when it is no IATI file.

    What breaks a rule of the standard is told with the rule's number; only a record without
    identifier is not read. `contact-info` is passed over: it names persons.
    """
    events = etree.iterparse(
        stream,
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    root: Element = None
    position = 0
    try:
        for event, element in events:
            if root is None:
                root = element
                _refuse_others(root)
            elif event == "end" and element.tag == _ACTIVITY and element.getparent() is root:
                position += 1
                yield _row(element, position, listed, visibility)
                root.remove(element)
    except etree.XMLSyntaxError as error:
        fault = Fault(BREAKS_OFF, places={"seen": shown(error.msg, 200)})
        if root is None:
            raise FileUnusable(fault) from error
        yield Row(f"line {error.lineno}", faults=(fault,))


def _refuse_others(root: Element) -> None:
    if root.getroottree().docinfo.internalDTD is not None:
        raise FileUnusable(Fault(DECLARES))
    if root.tag != _ROOT:
        places = {"seen": shown(root.tag), "wanted": _ROOT}
        raise FileUnusable(Fault(NOT_IATI, places=places))


def _row(activity: Element, position: int, listed: Listed, visibility: Visibility) -> Row:
    place = f"activity {position}"
    identifier = parts.text_of(activity.find("iati-identifier"))
    if not identifier:
        fault = Fault("The activity has no iati-identifier. Give it one.", "iati-identifier")
        return Row(place, faults=(fault,))
    remarks = [*broken(activity), *parts.damage_of(activity)]
    draft = _draft(activity, identifier, listed, visibility, remarks)
    return Row(f"{place} ({shown(identifier)})", draft, remarks=tuple(remarks))


def _draft(
    activity: Element,
    identifier: str,
    listed: Listed,
    visibility: Visibility,
    remarks: list[Fault],
) -> ActivityDraft:
    countries = parts.countries_of(activity, listed.countries, remarks)
    dates = parts.dates_of(activity, remarks)
    status, raw = parts.status_of(activity, remarks)
    participants, organisations = parts.organisations_of(
        activity, listed.entities, listed.aliases, remarks
    )
    parent = parent_of(activity)
    return ActivityDraft(
        texts=parts.texts_of(activity, remarks),
        countries=countries,
        participants=participants,
        organisations=organisations,
        status=status,
        status_as_of=parts.as_of(activity, status, dates),
        source_status=raw,
        measures=measures_of(parts.sectors_of(activity)),
        planned_start=dates.get("1"),
        actual_start=dates.get("2"),
        planned_end=dates.get("3"),
        actual_end=dates.get("4"),
        place=parts.places_of(activity),
        visibility=visibility,
        budget=money_of(activity, listed.entities, countries, remarks),
        sources=documents_of(activity, remarks),
        source_key=SOURCE_KEY.format(identifier=identifier),
        parent_key=None if parent is None else SOURCE_KEY.format(identifier=parent),
        identifiers=(
            Identifier("iati", identifier),
            *other_identifiers_of(activity),
            *links_of(activity, identifier),
        ),
    )
