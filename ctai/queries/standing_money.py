"""The money that counts: without entries that were taken back, and without what took them back."""

from sqlalchemy import ColumnElement, and_, exists
from sqlalchemy.orm import aliased
from sqlmodel import col

from ctai.models.funding import FundingFlow


def standing() -> ColumnElement[bool]:
    """Tell of a donor's money whether it counts, as a condition of a statement."""
    correction = aliased(FundingFlow)
    is_gone = exists().where(col(correction.reverses_id) == col(FundingFlow.id))
    return and_(col(FundingFlow.reverses_id).is_(None), ~is_gone)
