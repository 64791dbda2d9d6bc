"""Lists of records as CSV: each code beside its label in the reader's language.

Headers are stable ASCII codes. A cell that holds several values joins them with "; ".
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import pandas as pd

from ctai.domain.scope import Face
from ctai.domain.strategy import by_code
from ctai.exchange.tables_out import csv_chunks
from ctai.i18n import names, numbers, record_wording, upkeep, wording
from ctai.i18n.languages import locale_of


@dataclass(frozen=True)
class Column:
    """A column of a file: its header, the column of the query it is made of, and how."""

    header: str
    source: str
    label: Callable[[str, str], str] | None = None


def _country(lang: str, iso3: str) -> str:
    return names.country_name(lang, iso3)


def _measure(lang: str, code: str) -> str:
    return names.measure_title(lang, code)


def _language(lang: str, code: str) -> str:
    return locale_of(code).get_language_name(locale_of(lang)) or code


def _pillar_code(_lang: str, code: str) -> str:
    return by_code()[code].pillar.value


def _pillar(lang: str, code: str) -> str:
    return names.pillar_name(lang, by_code()[code].pillar)


_COUNTRY = (Column("country_iso3", "iso3"), Column("country_name", "iso3", _country))
_MEASURE = (
    Column("measure", "measure"),
    Column("measure_title", "measure", _measure),
    Column("pillar", "measure", _pillar_code),
    Column("pillar_name", "measure", _pillar),
)
_LANGUAGE = (
    Column("title_language", "language"),
    Column("title_language_name", "language", _language),
)
_SOURCES = (Column("source_urls", "source_urls"),)


def _plain(*headers: str) -> tuple[Column, ...]:
    return tuple(Column(header, header) for header in headers)


def _named(header: str, label: Callable[[str, str], str]) -> tuple[Column, ...]:
    return Column(header, header), Column(f"{header}_name", header, label)


def _amount(lang: str, told: str) -> str:
    """Word an amount such as "budget 1700000.00 USD"."""
    kind, amount, currency = told.split(" ")
    worded = numbers.money(lang, Decimal(amount), currency, decimals=2)
    return f"{record_wording.budget_kind(lang, kind)} {worded}"


_STATUS = _named("status", wording.status)


ACTIVITY_VALUES = (
    "activity_id",
    "title",
    "language",
    "countries",
    "entities",
    "measures",
    "status",
    "status_as_of",
    "start",
    "end",
    "amounts",
    "visibility",
    "confirmed_at",
    "changed_at",
    "place",
    "source_urls",
)
"""The values of a row as `queries.activities.streamed` gives them; a test compares the two."""

ACTIVITIES = (
    *_plain("activity_id", "title"),
    *_LANGUAGE,
    Column("country_iso3", "countries"),
    Column("country_name", "countries", _country),
    Column("entity", "entities"),
    Column("entity_name", "entities", names.entity_name),
    Column("measure", "measures"),
    Column("measure_title", "measures", _measure),
    Column("pillar", "measures", _pillar_code),
    Column("pillar_name", "measures", _pillar),
    *_STATUS,
    *_plain("status_as_of"),
    Column("start_date", "start"),
    Column("end_date", "end"),
    *_plain("amounts"),
    Column("amounts_name", "amounts", _amount),
    *_plain("place"),
    *_named("visibility", record_wording.visibility),
    *_plain("confirmed_at", "changed_at"),
    *_SOURCES,
)
NEEDS = (
    Column("need_id", "code"),
    *_COUNTRY,
    *_MEASURE,
    *_plain("title"),
    *_LANGUAGE,
    *_named("severity", wording.severity),
    *_named("state", wording.need_state),
    *_plain("state_as_of", "wanted_by"),
    *_named("evidence_kind", record_wording.evidence_kind),
    *_plain("evidence_body", "evidence_title", "evidence_date", "evidence_ref"),
    *_named("disclosed", record_wording.disclosure),
    *_named("basis", record_wording.basis),
    *_plain("note"),
    *_SOURCES,
)
ASSESSMENTS = (
    *_plain("assessment_id", "title"),
    *_LANGUAGE,
    Column("entity", "lead"),
    Column("entity_name", "lead", names.entity_name),
    *_COUNTRY,
    *_MEASURE,
    *_named("finding", record_wording.finding),
    *_STATUS,
    *_named("disclosed", record_wording.disclosure),
    Column("start_date", "start"),
    Column("end_date", "end"),
    *_SOURCES,
)
REQUESTS = (
    *_plain("request_id"),
    Column("title", "what"),
    *_LANGUAGE,
    *_COUNTRY,
    *_plain("authority"),
    Column("entity", "addressed_to"),
    Column("entity_name", "addressed_to", names.entity_name),
    *_MEASURE,
    *_plain("requested_on"),
    *_STATUS,
    *_plain("answered_on"),
    *_SOURCES,
)


def activities_csv(rows: Iterable[Sequence[object]], lang: str) -> Iterator[bytes]:
    """Write activities row by row, in flat memory; each row's values are `ACTIVITY_VALUES`."""
    return _written(ACTIVITIES, ACTIVITY_VALUES, rows, lang)


def needs_csv(frame: pd.DataFrame, lang: str) -> Iterator[bytes]:
    """Write needs, one row per need and country, as `queries.needs.needs` lists them."""
    return _framed(NEEDS, frame, lang)


def assessments_csv(frame: pd.DataFrame, lang: str) -> Iterator[bytes]:
    """Write assessments, one row per country and measure."""
    return _framed(ASSESSMENTS, frame, lang)


def requests_csv(frame: pd.DataFrame, lang: str) -> Iterator[bytes]:
    """Write Member States' requests."""
    return _framed(REQUESTS, frame, lang)


def gaps_csv(frame: pd.DataFrame, lang: str) -> Iterator[bytes]:
    """Write the cells of the gap matrix, as `domain.gaps.gaps` reckons them, at any level."""
    return _framed(gap_columns(str(name) for name in frame.columns), frame, lang)


def gap_columns(given: Iterable[str]) -> tuple[Column, ...]:
    """Give the columns of the gap matrix: `group` is a measure, theme or pillar, `group_name` its
    title, and each figure stands under its own name."""
    figures = [name for name in given if name not in ("iso3", "group", "state")]
    return (
        *_COUNTRY,
        *_plain("group"),
        Column("group_name", "group", _group),
        *_plain("state"),
        Column("state_name", "state", wording.cell_state),
        *_plain(*figures),
    )


def countries_csv(frame: pd.DataFrame, lang: str) -> Iterator[bytes]:
    """Write countries' figures, as `domain.gaps.by_country` sums them up."""
    figures = [str(name) for name in frame.columns if name != "iso3"]
    return _framed((*_COUNTRY, *_plain(*figures)), frame, lang)


def heatmap_csv(frame: pd.DataFrame, face: Face, lang: str) -> Iterator[bytes]:
    """Write a heatmap's cells: counts of undertakings, or amounts by kind and currency."""
    label = {Face.COUNTRY: _country, Face.ENTITY: names.entity_name, Face.YEAR: _same}[face]
    figures = [str(name) for name in frame.columns if name not in ("row", "pillar", "kind")]
    kind = _named("kind", record_wording.budget_kind) if "kind" in frame else ()
    columns = (
        Column(face.value, "row"),
        Column(f"{face.value}_name", "row", label),
        Column("pillar", "pillar"),
        Column("pillar_name", "pillar", names.pillar_name),
        *kind,
        *_plain(*figures),
    )
    return _framed(columns, frame, lang)


def reporting_csv(frame: pd.DataFrame, lang: str) -> Iterator[bytes]:
    """Write what is known of entities' quarters, such as 2026-Q3."""
    columns = (
        Column("entity", "entity"),
        Column("entity_name", "entity", names.entity_name),
        *_plain("quarter", "state"),
        Column("state_name", "state", upkeep.quarter_state),
        *_plain("records"),
    )
    return _framed(columns, frame, lang)


def _same(_lang: str, code: str) -> str:
    return code


def _group(lang: str, code: str) -> str:
    if code in by_code():
        return _measure(lang, code)
    return names.pillar_name(lang, code) if code.isupper() else wording.theme(lang, code)


def _framed(columns: Sequence[Column], frame: pd.DataFrame, lang: str) -> Iterator[bytes]:
    rows = frame.itertuples(index=False, name=None)
    return _written(columns, [str(name) for name in frame.columns], rows, lang)


def _written(
    columns: Sequence[Column],
    given: Sequence[str],
    rows: Iterable[Sequence[object]],
    lang: str,
) -> Iterator[bytes]:
    lines = worded(columns, given, rows, lang)
    return csv_chunks([column.header for column in columns], lines)


def worded(
    columns: Sequence[Column],
    given: Sequence[str],
    rows: Iterable[Sequence[object]],
    lang: str,
) -> Iterator[list[object]]:
    """Give each row's cells under the columns of a list, codes beside their labels."""
    places: Mapping[str, int] = {name: index for index, name in enumerate(given)}
    plan = [(places[column.source], column.label) for column in columns]
    return ([_cell(row[at], label, lang) for at, label in plan] for row in rows)


def _cell(value: object, label: Callable[[str, str], str] | None, lang: str) -> object:
    """Write a value; of several, each that gives a new label once."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if label is None or not isinstance(value, str):
        return value if label is None else None
    return "; ".join(dict.fromkeys(label(lang, code) for code in value.split("; ") if code))
