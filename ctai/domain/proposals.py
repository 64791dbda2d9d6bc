"""Proposals: changes that wait for a desk officer before they count."""

from enum import StrEnum


class ProposalState(StrEnum):
    """What became of a proposed change."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
