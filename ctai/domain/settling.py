"""Settling: what a file that comes again may change, and what a person has set and so keeps."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Generic, TypeVar

from ctai.domain.activities import ActivityDraft
from ctai.domain.arrivals import Draft

Kept = TypeVar("Kept", bound=Draft)

NEVER = frozenset({"visibility", "source_key", "parent_id", "parent_key", "code", "country_codes"})
"""Values that no file changes: who may see a record, what it is found by, and its place here."""

_TEXTS = "texts"


@dataclass(frozen=True)
class Settled(Generic[Kept]):
    """What is to become of a record: `draft` to store, and the values that are only offered."""

    draft: Kept
    offered: tuple[str, ...] = ()


def values_of(draft: Draft) -> dict[str, object]:
    """Give a draft's values by name; an activity's texts each by its language, as "texts.fr"."""
    found = {one.name: getattr(draft, one.name) for one in fields(draft) if one.name not in NEVER}
    texts: Mapping[str, object] = found.pop(_TEXTS, {})
    return found | {f"{_TEXTS}.{language}": text for language, text in texts.items()}


def with_values(draft: Kept, values: Mapping[str, object]) -> Kept:
    """Put values, named as in `values_of`, into a draft."""
    plain: dict[str, Any] = {
        name: value for name, value in values.items() if not name.startswith(f"{_TEXTS}.")
    }
    if isinstance(draft, ActivityDraft):
        spoken = {n.partition(".")[2]: v for n, v in values.items() if n not in plain}
        plain[_TEXTS] = {**draft.texts, **spoken}
    return replace(draft, **plain)


def settle(
    last: Draft | None, current: Kept, incoming: Kept, says: frozenset[str] | None
) -> Settled[Kept]:
    """Settle a record that a file gives again.

    `last` is what its file gave before, None where that is not known. A value that the file has
    changed since replaces ours where ours is still the file's own; where a person has set ours, or
    might have, the file's is offered. What the file says again is passed over.
    """
    ours, theirs = values_of(current), values_of(incoming)
    before = {} if last is None else values_of(last)
    named = [name for name in theirs if says is None or name in says]
    differing = [
        name
        for name in named
        if not _same(theirs[name], ours.get(name))
        and not (name in before and _same(theirs[name], before[name]))
    ]
    taken = [name for name in differing if name in before and _same(ours.get(name), before[name])]
    new = [name for name in differing if name not in ours]
    changed = {name: theirs[name] for name in (*taken, *new)}
    offered = tuple(name for name in differing if name not in changed)
    return Settled(with_values(current, changed), offered)


def says_otherwise(last: Draft, incoming: Draft, says: frozenset[str] | None) -> bool:
    """Tell whether a file says anything that it did not say when it last came."""
    before = values_of(last)
    return any(
        name not in before or not _same(before[name], value)
        for name, value in values_of(incoming).items()
        if says is None or name in says
    )


def _same(one: object, other: object) -> bool:
    """Compare two values; the order in which a record names its parts says nothing."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return Counter(one) == Counter(other)
    return one == other
