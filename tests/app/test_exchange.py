"""Bringing in a file on the screen: told before it is stored, and the good rows are kept."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ctai.domain.roles import Role, Viewer
from ctai.files import passing
from ctai.settings import ROOT
from tests.app.conftest import number_of, opened
from tests.app.screen import everything, said, table

HEADER = (
    "title,entity,country_iso3,pillar,measure,kind,status,start_date,end_date,budget,currency,"
    "donor,location,source_url\n"
)
GOOD = "Kiln repair,UNODC,NGA,II,II.13,activity,ongoing,2024-01,,1000,USD,,Kano,https://example.org/k\n"
BAD = "Potters' fair,UNODC,ATL,II,II.99,activity,ongoing,2024-13,,-5,USD,,,https://example.org/p\n"
FAR = "Kiln in Ouaga,UNODC,BFA,II,II.13,activity,ongoing,2024-01,,,,,,https://example.org/o\n"

pytestmark = pytest.mark.usefixtures("records")


def brought(role: Role, content: str | bytes, level: str | None = None) -> AppTest:
    at = opened(role, "exchange")
    raw = content.encode() if isinstance(content, str) else content
    at.file_uploader(key="arrival").upload("file.csv", raw, "text/csv")
    if level:
        at.main.selectbox[0].set_value(level)
    return at.run()


def told(new: int = 0, known: int = 0, refused: int = 0) -> str:
    return (
        f"New: {new}. Changed: 0. For review: 0. Known already: {known}. Offered values: 0. "
        f"Refused: {refused}."
    )


def store(at: AppTest) -> AppTest:
    return next(b for b in at.main.button if b.label.startswith("Store ")).click().run()


def test_a_file_is_rehearsed_its_faults_have_a_place_and_good_rows_are_stored(records: str) -> None:
    at = brought(Role.DESK_OFFICER, HEADER + GOOD + BAD)
    assert said(at, told(new=1, refused=1))
    faults = table(at, "Refused rows with their reasons")
    assert all("3" in place for place in faults["place"])
    assert len(faults) >= 4
    assert {"country", "measure", "actual_start", "amount"} <= set(faults["column"])
    assert "Kiln repair" not in everything(opened(Role.DESK_OFFICER, "activities"))
    at = store(at)
    assert [toast.value for toast in at.toast] == ["1 record stored."]
    assert number_of(records, "Kiln repair")
    assert said(at, told(known=1, refused=1))
    assert not [b for b in at.main.button if b.label.startswith("Store ")]


def test_the_level_that_is_chosen_is_the_records_level(records: str) -> None:
    store(brought(Role.DESK_OFFICER, HEADER + GOOD, "restricted"))
    assert number_of(records, "Kiln repair")
    assert "Kiln repair" not in everything(opened(Role.VIEWER, "activities"))
    assert "Kiln repair" in everything(opened(Role.DESK_OFFICER, "activities"))


def test_rows_that_are_not_the_authors_are_refused_and_their_own_are_kept() -> None:
    at = brought(Role.DESK_OFFICER, HEADER + GOOD + FAR)
    assert said(at, told(new=1, refused=1))
    assert "NGA only" in " ".join(table(at, "Refused rows with their reasons")["reason"])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02\xff" * 400,
        b"title,entity\nKiln,UNODC\n",
        HEADER.encode()
        + b"Kil\xc3\xa9 K\xff\xfeiln,UNODC,NGA,II,II.13,activity,ongoing,2024,,,,,,\n",
        (HEADER + "x" * 2_000_000 + ",UNODC,NGA,II,II.13,activity,ongoing,2024,,,,,,\n").encode(),
    ],
    ids=["empty", "binary", "columns missing", "broken utf-8", "two million letters"],
)
def test_a_file_that_can_not_be_used_says_why_and_stores_nothing(content: bytes) -> None:
    at = brought(Role.ADMINISTRATOR, content)
    assert not at.exception
    assert at.error or not table(at, "Refused rows with their reasons").empty
    assert not [b for b in at.main.button if b.label.startswith("Store ")]
    assert "reference:" not in " ".join(error.value for error in at.error)


def test_the_embedded_files_are_known_already() -> None:
    for name, n in (("records.csv", 243), ("needs.csv", 304)):
        at = brought(Role.ADMINISTRATOR, Path(ROOT / "data" / name).read_bytes())
        assert said(at, told(known=n)), name


def test_a_column_that_is_not_known_is_asked_and_read_as_the_answer_says() -> None:
    content = (HEADER + GOOD).replace("country_iso3", "Where it is")
    at = brought(Role.DESK_OFFICER, content)
    assert "Columns are missing" in " ".join(error.value for error in at.error)
    at.selectbox(key="column_where it is").set_value("country_iso3").run()
    assert not at.error
    assert said(at, told(new=1))


def test_what_was_refused_can_be_taken_away_and_mended() -> None:
    at = brought(Role.DESK_OFFICER, HEADER + GOOD + BAD)
    (link,) = [one for one in at.main.get("link_button") if "refused" in one.proto.url]
    name = link.proto.url.removeprefix("./download/refused/").partition(".csv")[0]
    assert passing.kept(Viewer("viewer", Role.VIEWER), name) is None
    content = passing.kept(Viewer(Role.DESK_OFFICER.value, Role.DESK_OFFICER), name)
    assert content is not None
    header, row = content.decode("utf-8-sig").splitlines()
    assert header == HEADER.strip() + ",refused_column,refused_reason"
    assert row.startswith("Potters' fair,UNODC,ATL,")
