"""The base of every table: one registry of our own, named constraints, and the column types."""

from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import BigInteger, CheckConstraint, DateTime, MetaData, String
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import registry
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(SQLModel, registry=registry(metadata=MetaData(naming_convention=NAMING))):
    """Parent of all tables; a registry of its own survives the screen's hot reload."""

    metadata: ClassVar[MetaData]


class Moment(TypeDecorator[datetime]):
    """An aware UTC moment; SQLite keeps no zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store UTC; a naive moment is refused."""
        if value is not None and value.tzinfo is None:
            raise ValueError(f"a moment without a zone: {value}")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Read UTC."""
        return None if value is None else value.replace(tzinfo=value.tzinfo or UTC)


class Amount(TypeDecorator[Decimal]):
    """An amount of money, kept as whole hundredths so that both databases add it up exactly."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """Store hundredths."""
        return None if value is None else int((value * 100).to_integral_value())

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        """Read hundredths."""
        return None if value is None else Decimal(value) / 100


RATE_DECIMALS = 10
"""Enough for the smallest of the initiative's currencies: an ariary is some 0.0002 US dollars."""


class Rate(TypeDecorator[Decimal]):
    """An exchange rate in US dollars for one unit, kept as a whole number of its last decimals."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """Store whole ten-thousand-millionths."""
        return None if value is None else int(value.scaleb(RATE_DECIMALS).to_integral_value())

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        """Read a rate."""
        return None if value is None else Decimal(value).scaleb(-RATE_DECIMALS).normalize()


PartialDate = String(10)
"""A year, month or day as reduced-precision ISO 8601; its length is its precision."""


def one_of(column: str, codes: Iterable[str] | type[StrEnum]) -> CheckConstraint:
    """Allow only the given codes in a column."""
    listed = ", ".join(f"'{code}'" for code in codes)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")


def dated(*columns: str) -> tuple[CheckConstraint, ...]:
    """Allow only texts of a date's length in some columns."""
    return tuple(
        CheckConstraint(f"length({column}) IN (4, 7, 10)", name=f"{column}_dated")
        for column in columns
    )
