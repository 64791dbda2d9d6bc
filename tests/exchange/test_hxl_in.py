"""Tagged lists as they are found: one record an activity, its places together."""

import io
from collections import Counter
from pathlib import Path

import pytest

from ctai.domain.activities import ActivityDraft, Status
from ctai.domain.arrivals import Row
from ctai.domain.roles import Visibility
from ctai.exchange.hxl_in import Places, column_of, read_tagged
from ctai.exchange.tables_in import FileUnusable, read_table
from ctai.settings import ROOT

LISTS = ROOT.parent / "shared" / "data" / "3w"
LISTED = Places({"NG": "NGA", "ML": "MLI"}, {"unhcr": "UNHCR"})


def tagged(content: bytes) -> list[Row]:
    return [*read_tagged(read_table(io.BytesIO(content)), LISTED, Visibility.PUBLIC)]


def drafts(rows: list[Row]) -> list[ActivityDraft]:
    return [row.draft for row in rows if isinstance(row.draft, ActivityDraft)]


def real(name: str) -> bytes:
    file: Path = LISTS / name
    if not file.is_file():
        pytest.skip(f"the real file {name} is not at ../shared/data/3w")
    return file.read_bytes()


@pytest.mark.parametrize(
    ("tag", "column"),
    [
        ("#org +name", "org"),
        ("#ORG+acronym+i_en", "org_acronym"),
        ("#activity_id", "code"),
        ("#activity", "title"),
        ("#adm1 +code", "adm1_code"),
        ("#date+end", "end"),
        ("#org+prog+name", "org"),
        ("#org+name+funder", "donor"),
        ("#country+v_iso3+code", "iso3"),
        ("#x_transaction_type", ""),
        ("#value+total", ""),
    ],
)
def test_a_tag_is_read_whatever_its_spaces_and_order(tag: str, column: str) -> None:
    assert column_of(tag) == column


def test_rows_of_one_activity_in_several_places_are_one_record() -> None:
    rows = tagged(
        b"Who,What,How far,Where,Code\n"
        b"#org +acronym,#activity+name,#status,#adm2 +name,#adm1+code\n"
        b"UNHCR,Shelter,Ongoing,Dikwa,NG008\nUNHCR,Shelter,Ongoing,Monguno,NG008\n"
    )
    (found,) = drafts(rows)
    assert rows[0].place == "rows 3, 4"
    assert (found.place, found.status) == ("Dikwa; Monguno", Status.ONGOING)
    assert (*found.entities, *found.iso3s) == ("UNHCR", "NGA")
    assert found.measures == ()


def test_a_status_that_differs_between_rows_is_not_known_and_told() -> None:
    (row,) = tagged(
        b"#org,#activity,#status,#country\nUNHCR,Shelter,Ongoing,Mali\nUNHCR,Shelter,Planned,Mali\n"
    )
    assert isinstance(row.draft, ActivityDraft)
    assert (row.draft.status, row.draft.source_status) == (Status.UNKNOWN, "Ongoing; Planned")
    assert row.remarks


def test_a_list_that_does_not_say_what_is_done_is_refused() -> None:
    with pytest.raises(FileUnusable, match="#activity"):
        tagged(b"#org,#country\nUNHCR,Mali\n")


def test_the_real_list_of_nigeria_is_read_whole() -> None:
    content = real("hxl_3w_nga_2024q2_EXCERPT.csv")
    lines = content.decode("utf-8-sig").strip().splitlines()[2:]
    found = drafts(rows := tagged(content))
    assert not [fault for row in rows for fault in row.faults]
    assert sum(row.place.count(",") + 1 for row in rows) == len(lines)
    assert {iso3 for draft in found for iso3 in draft.iso3s} == {"NGA"}


def test_the_real_list_of_west_africa_is_read_whole() -> None:
    content = real("hxl_3w_rowca_westafrica_2014.csv")
    rows = tagged(content)
    assert not [fault for row in rows for fault in row.faults]
    table = read_table(io.BytesIO(content))
    lines = [line.cells for line in table.lines]
    names = ("organization", "activityid", "activity", "country", "cluster")
    groups = {tuple(line[name] for name in names) for line in lines}
    assert len(drafts(rows)) == len(groups)
    assert sum(row.place.count(",") + 1 for row in rows) == len(lines) == 244


def test_the_real_list_of_transactions_is_one_record_an_activity_and_country() -> None:
    content = real("hxl_iati_transactions_foodsecurity.csv")
    rows = tagged(content)
    table = read_table(io.BytesIO(content))
    names = ("reporting org id", "activity id", "recipient country", "sector")
    groups = Counter(tuple(line.cells[name] for name in names) for line in table.lines)
    assert len(drafts(rows)) == len(groups)
