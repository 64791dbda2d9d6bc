"""What is asked of the history: which changes, of what record, by whom, and when."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from ctai.domain.dates import is_partial_date
from ctai.domain.faults import Fault, Refused, shown
from ctai.domain.kinds import RecordKind

LONGEST_CODE = 80


@dataclass(frozen=True)
class Wanted:
    """Which changes are looked for; an empty one lets all through.

    `kind` is a record's kind, `record` its number, `field` a field's code, `actor` a username;
    `changed_since` and
    `changed_until` are reduced-precision dates, both included.
    """

    kind: str = ""
    record: str = ""
    field: str = ""
    actor: str = ""
    changed_since: str = ""
    changed_until: str = ""

    @property
    def params(self) -> dict[str, str]:
        """Write what is wanted as URL parameters; empty ones are left out."""
        texts = {f.name: str(getattr(self, f.name)) for f in fields(self)}
        return {name: text for name, text in texts.items() if text}


WANTED = tuple(f.name for f in fields(Wanted))


def wanted_of(params: Mapping[str, str]) -> Wanted:
    """Read what is wanted from URL parameters; Refused names what can't be."""
    asked = {name: params.get(name, "").replace("\0", "").strip()[:LONGEST_CODE] for name in WANTED}
    faults = []
    if asked["kind"] and asked["kind"] not in set(RecordKind):
        seen = {"seen": shown(asked["kind"])}
        faults.append(Fault("“{seen}” is not a code of this filter.", "kind", seen))
    number = asked["record"]
    if number and not (number.isascii() and number.isdigit() and len(number) < 18):
        seen = {"seen": shown(number)}
        faults.append(Fault("“{seen}” is not the number of a record.", "record", seen))
    faults += [
        Fault("“{seen}” is not a date such as 2017 or 2017-08.", name, {"seen": shown(asked[name])})
        for name in ("changed_since", "changed_until")
        if asked[name] and not is_partial_date(asked[name])
    ]
    if faults:
        raise Refused(faults)
    return Wanted(**asked)
