"""Files are brought in whole or not at all, once however often, and nothing good is lost."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, func, select
from sqlmodel import Session, col

from ctai import db
from ctai.domain.arrivals import Arrival, Row
from ctai.domain.faults import Refused
from ctai.domain.roles import SYSTEM, Role, Viewer, Visibility
from ctai.exchange.records_in import FileUnusable, read_records
from ctai.models import Base
from ctai.models.activities import Activity, ActivityCountry
from ctai.models.needs import Assessment, AssessmentCountry, Need, NeedCountry
from ctai.models.needs import Request as RequestRow
from ctai.queries import codes, integrity
from ctai.queries.aliases import entity_aliases
from ctai.services.activity_parts import cell_rows
from ctai.services.bring_in import bring_in
from ctai.services.load_reference import load_reference
from ctai.settings import DATA, ROOT
from tests.exchange.files import csv_file, need, record

GIVEN = ROOT.parent / "shared" / "data"


@pytest.fixture
def listed(engine: Engine) -> Engine:
    """A database that has the code lists and no record."""
    with db.transaction(engine) as session:
        load_reference(session, SYSTEM, DATA)
    return engine


def brought_in(engine: Engine, content: bytes, author: Viewer = SYSTEM) -> Arrival:
    with db.transaction(engine) as session:
        rows = read_records(io.BytesIO(content), entity_aliases(session), Visibility.PUBLIC)
        return bring_in(session, author, rows)


def brought_rows(content: bytes) -> list[Row]:
    return list(read_records(io.BytesIO(content), {}, Visibility.PUBLIC))


def counts(engine: Engine) -> dict[str, int]:
    """Count the rows of every table."""
    with db.reading(engine) as session:
        return {
            name: session.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in Base.metadata.tables.items()
        }


@contextmanager
def unchanged(engine: Engine) -> Iterator[None]:
    """Prove that nothing at all is stored meanwhile."""
    before = counts(engine)
    yield
    assert counts(engine) == before


def by_country(session: Session, column: object) -> Counter[str]:
    return Counter(session.scalars(select(column)))  # type: ignore[call-overload]  # any column


def real(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_embedded_records_arrive_as_an_independent_count_says(listed: Engine) -> None:
    arrival = brought_in(listed, (DATA / "records.csv").read_bytes())
    assert [fault.in_english() for fault in arrival.faults] == []
    wanted: dict[str, set[tuple[str, ...]]] = {"activity": set(), "assessment": set()}
    places: dict[str, Counter[str]] = {kind: Counter() for kind in (*wanted, "request")}
    for row in real("records.csv"):
        places[row["kind"]][row["country_iso3"]] += 1
        key = (row["title"], row["start_date"], row["source_url"])
        wanted.setdefault(row["kind"], set()).add(key)
    with db.reading(listed) as session:
        for kind, table in (
            ("activity", Activity),
            ("assessment", Assessment),
            ("request", RequestRow),
        ):
            stored = session.execute(select(func.count()).select_from(table)).scalar_one()
            assert stored == len(wanted[kind]), kind
        assert by_country(session, col(ActivityCountry.iso3)) == places["activity"]
        assert by_country(session, col(AssessmentCountry.iso3)) == places["assessment"]
        assert by_country(session, col(RequestRow.iso3)) == places["request"]
        assert list(integrity.miscounted(session, SYSTEM, cell_rows)) == []
        assert list(integrity.unfinished(session, SYSTEM)) == []
        assert integrity.broken_keys(session, SYSTEM) == []
    assert arrival.new == sum(len(keys) for keys in wanted.values())


def test_the_embedded_needs_arrive_one_a_row_and_country(listed: Engine) -> None:
    arrival = brought_in(listed, (DATA / "needs.csv").read_bytes())
    rows = real("needs.csv")
    assert [fault.in_english() for fault in arrival.faults] == []
    with db.reading(listed) as session:
        assert set(session.scalars(select(col(NeedCountry.code)))) == {r["need_id"] for r in rows}
        assert by_country(session, col(NeedCountry.iso3)) == Counter(
            r["country_iso3"] for r in rows
        )
        states = session.execute(
            select(col(Need.state), func.count())
            .join(NeedCountry, col(NeedCountry.need_id) == col(Need.id))
            .group_by(col(Need.state))
        )
        seen = {row[0]: row[1] for row in states}
    assert seen == Counter(row["state_as_of_source"].replace(" ", "_") for row in rows)


@pytest.mark.parametrize("name", ["records.csv", "needs.csv"])
def test_a_file_brought_in_twice_changes_nothing(listed: Engine, name: str) -> None:
    content = (DATA / name).read_bytes()
    first = brought_in(listed, content)
    with db.reading(listed) as session:
        version = codes.data_version(session)
    with unchanged(listed):
        again = brought_in(listed, content)
    assert (again.new, again.known, again.refused) == (0, first.new, 0)
    with db.reading(listed) as session:
        assert codes.data_version(session) == version


@pytest.mark.parametrize(
    ("name", "own"), [("records.csv", "status_as_of"), ("needs.csv", "state_as_of")]
)
def test_the_columns_we_were_given_are_as_we_were_given_them(name: str, own: str) -> None:
    if not (GIVEN / name).is_file():
        pytest.skip(f"the original of {name} is not at ../shared/data")
    with (GIVEN / name).open(encoding="utf-8", newline="") as file:
        given = list(csv.DictReader(file))
    assert [{k: v for k, v in row.items() if k != own} for row in real(name)] == given


BAD = [
    ({"country_iso3": "XXX"}, "country", "“XXX”", "ISO alpha-3 code, such as NGA"),
    ({"country_iso3": ""}, "country", "“”", "ISO alpha-3 code"),
    ({"end_date": "2016"}, "actual_end", "2016", "2017-03"),
    ({"start_date": "2017-13"}, "actual_start", "“2017-13”", "2017-08-28"),
    ({"start_date": "spring"}, "actual_start", "“spring”", "2017-08-28"),
    ({"budget": "-5"}, "amount", "-5", "above zero"),
    ({"budget": "0"}, "amount", "zero", "Leave it empty"),
    ({"budget": "1e999999"}, "budget", "“1e999999”", "Write digits"),
    ({"budget": "9999999999999"}, "amount", "9999999999999", "Check it"),
    ({"currency": "XYZ"}, "currency", "“XYZ”", "ISO 4217"),
    ({"entity": "Nobody"}, "entity", "“Nobody”", "acronym, such as UNODC"),
    ({"donor": "Nobody"}, "entity", "“Nobody”", "acronym"),
    ({"measure": "V.1", "pillar": ""}, "measure", "“V.1”", "such as II.13"),
    ({"source_url": "example.org"}, "source_url", "“example.org”", "https://"),
    ({"title": ""}, "title", "missing", "in one line"),
    ({"title": "x" * 401}, "title", "401", "400"),
]


@pytest.mark.parametrize(("changes", "column", "seen", "wanted"), BAD)
def test_a_bad_row_is_listed_and_the_good_ones_are_stored(
    listed: Engine, changes: dict[str, str], column: str, seen: str, wanted: str
) -> None:
    rows = (record(title="First"), record(title="Bad") | changes, record(title="Third"))
    arrival = brought_in(listed, csv_file(*rows))
    assert (arrival.new, arrival.refused) == (2, 1)
    messages = [fault.in_english() for fault in arrival.faults if fault.column == column]
    assert messages[0].startswith(f"row 3 · {column} · ")
    assert seen in messages[0]
    assert wanted in messages[0]
    assert counts(listed)["activity"] == 2


def test_every_fault_of_a_row_is_listed_at_once(listed: Engine) -> None:
    arrival = brought_in(listed, csv_file(record(country_iso3="XXX", entity="?", currency="")))
    assert {fault.column for fault in arrival.faults} == {"country", "entity", "currency"}
    assert arrival.refused == 1


def test_what_cannot_be_read_hides_nothing_else_that_is_wrong(listed: Engine) -> None:
    bad = record(status="someday", budget="a lot", country_iso3="XXX", entity="?")
    arrival = brought_in(listed, csv_file(bad))
    assert {fault.column for fault in arrival.faults} == {"status", "budget", "country", "entity"}
    arrival = brought_in(listed, csv_file(need(severity="dire", country_iso3="XXX")))
    assert {fault.column for fault in arrival.faults} == {"severity", "country"}


def test_an_unusable_file_leaves_nothing(listed: Engine) -> None:
    with unchanged(listed), pytest.raises(FileUnusable):
        brought_in(listed, b"PK\x03\x04")


def test_an_error_half_way_leaves_nothing(listed: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("the cable was pulled")

    monkeypatch.setattr("ctai.services.bring_in.enter_need", broken)
    good = brought_rows(csv_file(record()))
    with unchanged(listed), pytest.raises(RuntimeError), db.transaction(listed) as session:
        bring_in(session, SYSTEM, [*good, *brought_rows(csv_file(need()))])


def test_a_record_that_somebody_mended_stays_mended(listed: Engine) -> None:
    content = csv_file(record())
    brought_in(listed, content)
    with db.transaction(listed) as session:
        session.scalars(select(Activity)).one().place = "Lagos"
    assert brought_in(listed, csv_file(record(location="Kano"))).known == 1
    with db.reading(listed) as session:
        assert session.scalars(select(Activity)).one().place == "Lagos"


def test_a_code_that_another_need_has_is_refused_in_words(listed: Engine) -> None:
    brought_in(listed, csv_file(need(need_id="N-BFA-901", country_iso3="BFA", title="First")))
    both = csv_file(need(), need(need_id="N-BFA-901", country_iso3="BFA"))
    with unchanged(listed):
        arrival = brought_in(listed, both)
    assert "“N-BFA-901” stands for another need" in arrival.faults[0].in_english()


def test_a_desk_brings_in_its_own_countries_only(listed: Engine) -> None:
    desk = Viewer("amina", Role.DESK_OFFICER, frozenset({"BFA"}))
    rows = csv_file(record(), record(title="Ours", country_iso3="BFA"))
    arrival = brought_in(listed, rows, desk)
    assert (arrival.new, arrival.refused) == (1, 1)
    assert "BFA" in arrival.faults[0].in_english()


@pytest.mark.parametrize("role", [Role.VIEWER, Role.DONOR, Role.COUNTERPART])
def test_who_may_not_bring_in_is_refused(listed: Engine, role: Role) -> None:
    with unchanged(listed), pytest.raises(Refused):
        brought_in(listed, csv_file(record()), Viewer("x", role, frozenset({"NGA"})))
