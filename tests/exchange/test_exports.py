"""Exported lists have codes and names side by side, and stay small in memory."""

import csv
import io
import tracemalloc
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from enum import StrEnum

import pandas as pd
import pytest

from ctai.domain.activities import Basis
from ctai.domain.gaps import GAP_COLUMNS, CellState
from ctai.domain.kinds import RecordKind
from ctai.domain.money import BudgetKind
from ctai.domain.needs import Disclosure, EvidenceKind, Finding, NeedState, Severity
from ctai.domain.roles import Visibility
from ctai.domain.scope import Face
from ctai.domain.what_if import Reason
from ctai.exchange import exports
from ctai.exchange.history_out import history_csv
from ctai.i18n import LANGUAGES, names, record_wording
from ctai.queries.activities import LIST_COLUMNS
from ctai.queries.needs import (
    ASSESSMENT_LIST_COLUMNS,
    NEED_LIST_COLUMNS,
    REQUEST_LIST_COLUMNS,
)

ACTIVITY = dict.fromkeys(LIST_COLUMNS, "") | {
    "activity_id": 7,
    "title": "=cmd",
    "countries": "BFA; NGA",
    "entities": "UNODC",
    "measures": "II.13; II.10",
    "status": "ongoing",
    "confirmed_at": None,
    "changed_at": datetime(2026, 11, 1, 8, 30, 0, 5, UTC),
}


def lines(pieces: Iterable[bytes]) -> list[dict[str, str]]:
    text = b"".join(pieces).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def activity(lang: str = "en", **changes: object) -> dict[str, str]:
    (line,) = lines(exports.activities_csv([tuple((ACTIVITY | changes).values())], lang))
    return line


def test_a_row_is_what_the_query_streams() -> None:
    assert list(exports.ACTIVITY_VALUES) == LIST_COLUMNS


def test_an_activity_has_codes_and_names() -> None:
    line = activity()
    assert (line["country_iso3"], line["country_name"]) == ("BFA; NGA", "Burkina Faso; Nigeria")
    assert (line["measure"], line["pillar"]) == ("II.13; II.10", "II")
    assert line["measure_title"].count("; ") == 1
    assert line["status_name"] == "Ongoing"
    assert line["changed_at"] == "2026-11-01T08:30:00+00:00"
    assert line["confirmed_at"] == ""
    assert line["title"] == "'=cmd"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_headers_are_ascii_codes_and_names_the_reader_s(lang: str) -> None:
    line = activity(lang)
    assert all(header.isascii() and header.islower() for header in line)
    assert line["country_name"].startswith(names.country_name(lang, "BFA"))


def test_an_unknown_status_is_said_to_be_so() -> None:
    assert activity(status="unknown")["status_name"] == "Status not known"


def test_what_is_not_known_stays_empty() -> None:
    row = dict.fromkeys(NEED_LIST_COLUMNS) | {"code": "N-1", "iso3": "NGA", "measure": "II.10"}
    (line,) = lines(exports.needs_csv(pd.DataFrame([row | {"state": "open"}]), "fr"))
    assert (line["severity"], line["severity_name"]) == ("", "")
    assert line["country_name"] == "Nigéria"


def test_the_language_of_a_need_stands_beside_its_title() -> None:
    row = dict.fromkeys(NEED_LIST_COLUMNS) | {"code": "N-1", "iso3": "NGA", "measure": "II.10"}
    told = row | {"state": "open", "language": "fr"}
    (line,) = lines(exports.needs_csv(pd.DataFrame([told]), "en"))
    assert (line["title_language"], line["title_language_name"]) == ("fr", "French")


@pytest.mark.parametrize(
    ("columns", "given"),
    [
        (exports.NEEDS, NEED_LIST_COLUMNS),
        (exports.ASSESSMENTS, ASSESSMENT_LIST_COLUMNS),
        (exports.REQUESTS, REQUEST_LIST_COLUMNS),
        (exports.ACTIVITIES, LIST_COLUMNS),
    ],
)
def test_nothing_that_a_query_lists_is_left_out(
    columns: tuple[exports.Column, ...], given: list[str]
) -> None:
    internal = {"need_id"} if given is NEED_LIST_COLUMNS else set()
    assert {column.source for column in columns} == set(given) - internal
    assert len({column.header for column in columns}) == len(columns)


@pytest.mark.parametrize(
    ("group", "name"), [("II.13", "Border"), ("II", "Preventing"), ("borders", "")]
)
def test_gaps_of_every_level_are_named_where_they_have_a_name(group: str, name: str) -> None:
    row = dict.fromkeys(GAP_COLUMNS[:-1], 0.0) | {"iso3": "NGA", "group": group}
    frame = pd.DataFrame([row | {"state": CellState.NOTHING_YET}])
    (line,) = lines(exports.gaps_csv(frame, "en"))
    assert line["group_name"].startswith(name)
    assert (line["state"], line["state_name"]) == ("nothing_yet", "Need, nothing yet")


def test_every_state_has_a_name() -> None:
    row = dict.fromkeys(GAP_COLUMNS[:-1], 0.0) | {"iso3": "NGA", "group": "II"}
    frame = pd.DataFrame([row | {"state": state.value} for state in CellState])
    assert all(line["state_name"] for line in lines(exports.gaps_csv(frame, "en")))


def test_twenty_thousand_rows_need_no_more_memory_than_a_thousand() -> None:
    def peak(rows: int) -> int:
        one = tuple(ACTIVITY.values())
        many: Iterator[tuple[object, ...]] = (one for _ in range(rows))
        tracemalloc.start()
        for _ in exports.activities_csv(many, "en"):
            pass
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    peak(1_000)  # names are read once
    assert peak(20_000) < 1.5 * peak(1_000)


def need_line(lang: str, **changes: object) -> dict[str, str]:
    row = dict.fromkeys(NEED_LIST_COLUMNS) | {"code": "N-1", "iso3": "NGA", "measure": "II.10"}
    (line,) = lines(exports.needs_csv(pd.DataFrame([row | changes]), lang))
    return line


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("column", "codes"),
    [
        ("severity", Severity),
        ("state", NeedState),
        ("evidence_kind", EvidenceKind),
        ("disclosed", Disclosure),
        ("basis", Basis),
    ],
)
def test_every_code_of_a_need_has_its_name_beside_it(
    lang: str, column: str, codes: type[StrEnum]
) -> None:
    named = {
        code.value: need_line(lang, **({"state": "open"} | {column: code.value}))[f"{column}_name"]
        for code in codes
    }
    assert all(named.values())
    assert len(set(named.values())) == len(list(codes))
    assert not set(named.values()) & set(named)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_code_of_an_activity_has_its_name_beside_it(lang: str) -> None:
    line = activity(lang, visibility="un_system", language="fr", amounts="pledge 1700.50 USD")
    assert line["visibility_name"] == record_wording.visibility(lang, "un_system")
    assert line["amounts"] == "pledge 1700.50 USD"
    assert line["amounts_name"].startswith(record_wording.budget_kind(lang, "pledge"))
    assert "700" in line["amounts_name"]
    assert line["title_language_name"] not in ("", "fr")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_code_of_an_assessment_has_its_name_beside_it(lang: str) -> None:
    row = dict.fromkeys(ASSESSMENT_LIST_COLUMNS, "") | {"measure": "II.10", "status": "completed"}
    told = {"finding": "no_need", "disclosed": "withheld"}
    (line,) = lines(exports.assessments_csv(pd.DataFrame([row | told]), lang))
    assert line["finding_name"] == record_wording.finding(lang, "no_need")
    assert line["disclosed_name"] == record_wording.disclosure(lang, "withheld")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_amounts_of_a_heatmap_are_named_by_their_kind(lang: str) -> None:
    row = {"row": "NGA", "pillar": "II", "kind": "pledge", "currency": "USD", "amount": 5}
    (line,) = lines(exports.heatmap_csv(pd.DataFrame([row]), Face.COUNTRY, lang))
    assert (line["kind"], line["amount"]) == ("pledge", "5")
    assert line["kind_name"] == record_wording.budget_kind(lang, "pledge")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_change_names_the_kind_of_its_record(lang: str) -> None:
    at = datetime(2026, 11, 1, tzinfo=UTC)
    told = (1, at, "amina", "need", 7, "state", "open", "addressed", "")
    (line,) = lines(history_csv([told], lang))
    assert (line["record_kind"], line["record_id"]) == ("need", "7")
    assert line["record_kind_name"] == record_wording.kind(lang, "need")


def test_the_wording_of_codes_is_that_of_all_codes_there_are() -> None:
    for told, codes in (
        (record_wording.VISIBILITIES, Visibility),
        (record_wording.EVIDENCE_KINDS, EvidenceKind),
        (record_wording.DISCLOSURES, Disclosure),
        (record_wording.FINDINGS, Finding),
        (record_wording.BUDGET_KINDS, BudgetKind),
        (record_wording.BASES, Basis),
        (record_wording.KINDS, RecordKind),
        (record_wording.LEFT_OUT, Reason),
    ):
        assert set(told) == {code.value for code in codes}
