"""Sums of the pipeline: money split over countries and pillars so that no cent counts twice."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final

from ctai.domain.funding import FundingState
from ctai.domain.pipeline import Asking, Money, money
from ctai.domain.strategy import Pillar

CENT: Final = Decimal("0.01")


class Face(StrEnum):
    """What the rows of the sums are."""

    COUNTRY = "country"
    PILLAR = "pillar"
    ENTITY = "entity"
    DONOR = "donor"
    STATE = "state"


Key = str | None
"""A country, pillar, entity, donor or state; None where it is not known or not open to the reader.
"""


Row = tuple[Key, Asking, Decimal | None, Money]
"""A request's part in a row: what it asks there, and its money there."""


@dataclass(frozen=True)
class Sums:
    """The money of one row, in US dollars.

    `ask_usd` is None for a donor, of whom nothing is asked by name, and where no amount asked has
    a rate. `requests` have a part in the row; `without_usd` are the codes of those whose amount
    asked is not known in US dollars and so not in it.
    """

    key: Key
    requests: int
    ask_usd: Decimal | None
    money: Money
    without_usd: tuple[str, ...] = ()


def total(askings: Iterable[Asking]) -> Sums:
    """Sum up requests, each once."""
    (sums,) = _added(
        [(None, asking, asking.ask_usd, money(asking.flows)) for asking in askings]
    ) or [Sums(None, 0, None, Money())]
    return sums


def by_face(askings: Iterable[Asking], face: Face) -> tuple[Sums, ...]:
    """Sum up requests by country, pillar, entity, donor or state; the rows add up to `total`.

    A request of several needs is split evenly over its needs, and a need's part evenly over its
    countries. Most asked (of donors: most secured and pledged) first; pillars and states in their
    own order; what is not known last. `unrated` counts a flow in every row of its request.
    """
    if face is Face.DONOR:
        rows: list[Row] = [
            (donor, asking, None, money(flow for flow in asking.flows if flow.donor == donor))
            for asking in askings
            for donor in asking.donors
        ]
    else:
        rows = [row for asking in askings for row in _split(asking, shares(asking, face))]
    return tuple(sorted(_added(rows, face), key=lambda sums: _place(sums, face)))


def shares(asking: Asking, face: Face) -> dict[Key, Fraction]:
    """Tell what share of a request belongs to each country, pillar, entity or state; sum 1."""
    match face:
        case Face.ENTITY:
            return {asking.entity: Fraction(1)}
        case Face.STATE:
            return {asking.state.value: Fraction(1)}
        case Face.PILLAR:
            return _evenly([(need.pillar,) for need in asking.needs])
        case _:
            own: tuple[Key, ...] = asking.countries
            of_needs = [
                tuple(iso3 for iso3 in need.countries if iso3 in own) or own
                for need in asking.needs
            ]
            return _evenly(of_needs or [own])


def _evenly(groups: Iterable[tuple[Key, ...]]) -> dict[Key, Fraction]:
    found = [group or (None,) for group in groups] or [(None,)]
    parts: dict[Key, Fraction] = {}
    for group in found:
        for key in group:
            parts[key] = parts.get(key, Fraction(0)) + Fraction(1, len(found) * len(group))
    return parts


def parts(amount: Decimal, split: Mapping[Key, Fraction]) -> dict[Key, Decimal]:
    """Split an amount into whole cents that add up to it, as near to their shares as can be."""
    cents = int(amount / CENT)
    floors = {key: int(cents * share) for key, share in split.items()}
    # The largest rest first, and of equal ones the first by code.
    order = sorted(
        split, key=lambda key: (floors[key] - cents * split[key], key is None, key or "")
    )
    for key in order[: cents - sum(floors.values())]:
        floors[key] += 1
    return {key: part * CENT for key, part in floors.items()}


def _split(asking: Asking, split: dict[Key, Fraction]) -> list[Row]:
    """Split ask and money; the chain step by step, so that a part stays within the one before."""
    whole = money(asking.flows)
    ask = None if asking.ask_usd is None else parts(asking.ask_usd, split)
    pledged = parts(whole.pledged, split)
    spent = parts(whole.spent, split)
    unspent = parts(whole.disbursed - whole.spent, split)
    unpaid = parts(whole.committed - whole.disbursed, split)
    return [
        (
            key,
            asking,
            None if ask is None else ask[key],
            Money(
                pledged[key],
                unpaid[key] + unspent[key] + spent[key],
                unspent[key] + spent[key],
                spent[key],
                whole.unrated,
            ),
        )
        for key in split
    ]


def _added(rows: Iterable[Row], face: Face | None = None) -> list[Sums]:
    grouped: dict[Key, list[tuple[Asking, Decimal | None, Money]]] = {}
    for key, asking, ask, flows in rows:
        grouped.setdefault(key, []).append((asking, ask, flows))
    return [
        Sums(
            key,
            len(found),
            sum(known, Decimal(0))
            if (known := [a for _, a, _ in found if a is not None])
            else None,
            sum((flows for *_, flows in found), Money()),
            tuple(
                sorted(asking.code for asking, *_ in found if asking.ask_usd is None)
                if face is not Face.DONOR
                else ()
            ),
        )
        for key, found in grouped.items()
    ]


_STATES = [state.value for state in FundingState]
_PILLARS = [pillar.value for pillar in Pillar]


def _place(sums: Sums, face: Face) -> tuple[bool, Decimal, str]:
    key = sums.key or ""
    if face in (Face.PILLAR, Face.STATE):
        order = _PILLARS if face is Face.PILLAR else _STATES
        return sums.key is None, Decimal(order.index(key) if sums.key else 0), key
    size = sums.ask_usd or Decimal(0)
    if face is Face.DONOR:
        size = sums.money.committed + sums.money.pledged
    return sums.key is None, -size, key
