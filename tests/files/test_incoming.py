"""Real IATI files are brought in whole, as an independent count finds them, and once only."""

import io
from collections import Counter
from dataclasses import replace

import pytest
from lxml import etree
from sqlalchemy import Engine, func, select
from sqlmodel import col

from ctai import db
from ctai.domain.activities import Status
from ctai.domain.arrivals import Arrival
from ctai.domain.faults import Refused
from ctai.domain.roles import SYSTEM, Role, Viewer, Visibility
from ctai.exchange.shape_in import FileUnusable
from ctai.files.incoming import LARGEST_FILE_BYTES, Incoming, bring, unknown_columns
from ctai.models.activities import Activity, ActivityCell, ActivityIdentifier
from ctai.models.exchange import ArrivedFile, ArrivedRecord, OfferedValue
from ctai.queries import codes, integrity, records
from ctai.services.activity_parts import cell_rows
from ctai.services.load_reference import load_reference
from ctai.services.remember_columns import remember_columns
from ctai.services.store_activity import amend
from ctai.settings import DATA, ROOT

IATI = ROOT.parent / "shared" / "data" / "iati"
STATUS = {"1": "planned", "2": "ongoing", "3": "completed", "4": "completed"}


@pytest.fixture
def listed(engine: Engine) -> Engine:
    with db.transaction(engine) as session:
        load_reference(session, SYSTEM, DATA)
    return engine


def given(name: str) -> bytes:
    file = IATI / name
    if not file.is_file():
        pytest.skip(f"the real file {name} is not at ../shared/data/iati")
    return file.read_bytes()


def brought(engine: Engine, content: bytes, name: str = "file.xml") -> Arrival:
    with db.transaction(engine) as session:
        return bring(session, SYSTEM, Incoming(name, io.BytesIO(content), Visibility.PUBLIC))


@pytest.mark.parametrize("name", ["NG.xml", "BF.xml"])
def test_a_real_file_comes_in_whole(listed: Engine, name: str) -> None:
    content = given(name)
    found = [*etree.fromstring(content).iter("iati-activity")]
    arrival = brought(listed, content, name)
    assert (arrival.new, arrival.refused) == (len(found), 0)
    with db.reading(listed) as session:
        publishers = Counter(str(one.find("reporting-org").get("ref")) for one in found)
        identifiers = {"".join(one.find("iati-identifier").itertext()).strip() for one in found}
        held = select(col(ActivityIdentifier.value)).where(col(ActivityIdentifier.kind) == "iati")
        assert set(session.scalars(held)) == identifiers
        by_publisher = Counter(
            next(
                str(one.find("reporting-org").get("ref"))
                for one in found
                if "".join(one.find("iati-identifier").itertext()).strip() == identifier
            )
            for identifier in session.scalars(held)
        )
        assert by_publisher == publishers
        by_status = select(col(Activity.status), func.count()).group_by(col(Activity.status))
        counted = Counter(STATUS[one.find("activity-status").get("code")] for one in found)
        assert dict(session.execute(by_status).all()) == counted
        assert not [*integrity.miscounted(session, SYSTEM, cell_rows)]


def test_what_a_sector_points_to_counts_nothing_until_a_person_confirms_it(listed: Engine) -> None:
    brought(listed, given("NG.xml"))
    with db.reading(listed) as session:
        assert session.scalars(select(func.count()).select_from(ActivityCell)).one() == 0


def test_the_same_file_again_changes_nothing(listed: Engine) -> None:
    content = given("BF.xml")
    first = brought(listed, content)
    with db.reading(listed) as session:
        before = codes.data_version(session)
    second = brought(listed, content)
    assert (second.new, second.changed, second.offered) == (0, 0, 0)
    assert second.known == first.new
    with db.reading(listed) as session:
        assert codes.data_version(session) == before
        assert session.scalars(select(func.count()).select_from(ArrivedFile)).one() == 1
        assert session.scalars(select(func.count()).select_from(ArrivedRecord)).one() == first.new


def small(status: str, start: str, title: str = "Border course") -> bytes:
    return (
        '<iati-activities version="2.03"><iati-activity xml:lang="en">'
        "<iati-identifier>XX-1-77</iati-identifier>"
        '<reporting-org ref="XX-1" type="40"><narrative>Fund</narrative></reporting-org>'
        f"<title><narrative>{title}</narrative></title>"
        '<participating-org role="4"><narrative>Fund</narrative></participating-org>'
        f'<activity-status code="{status}"/><activity-date iso-date="{start}" type="1"/>'
        '<recipient-country code="NG"/></iati-activity></iati-activities>'
    ).encode()


def test_a_value_that_a_person_has_set_is_offered_and_not_overwritten(listed: Engine) -> None:
    brought(listed, small("1", "2026-03-01"))
    with db.transaction(listed) as session:
        draft = records.draft_of(session, SYSTEM, 1)
        assert draft is not None
        amend(session, SYSTEM, 1, replace(draft, planned_start="2026-04-01"))
    arrival = brought(listed, small("2", "2026-05-01"))
    assert (arrival.new, arrival.changed, arrival.offered) == (0, 1, 1)
    with db.reading(listed) as session:
        draft = records.draft_of(session, SYSTEM, 1)
        assert draft is not None
        assert (draft.planned_start, draft.status) == ("2026-04-01", Status.ONGOING)
        offer = session.scalars(select(OfferedValue)).one()
        assert (offer.field, offer.ours, offer.theirs) == (
            "planned_start",
            "2026-04-01",
            "2026-05-01",
        )


def test_an_identifier_that_stands_twice_in_a_file_is_refused_with_both_places(
    listed: Engine,
) -> None:
    one = small("1", "2026-03-01").decode()
    body = one[one.index("<iati-activity ") : one.index("</iati-activities>")]
    twice = one.replace("</iati-activities>", f"{body}</iati-activities>").encode()
    arrival = brought(listed, twice)
    assert (arrival.new, arrival.refused) == (1, 1)
    (fault,) = arrival.faults
    assert "activity 1 (XX-1-77)" in fault.places["seen"]
    assert fault.place.startswith("activity 2")


def test_a_tagged_list_is_told_by_its_tags_and_comes_in_once(listed: Engine) -> None:
    file = ROOT.parent / "shared" / "data" / "3w" / "hxl_3w_rowca_westafrica_2014.csv"
    if not file.is_file():
        pytest.skip("the real list of West Africa is not at ../shared/data/3w")
    content = file.read_bytes()
    first = brought(listed, content, "3w.csv")
    assert first.new > 0
    assert first.refused == 0
    again = brought(listed, content, "3w.csv")
    assert (again.new, again.changed, again.known) == (0, 0, first.new)


LIST = "Titre;Pays;Organisme;Zorglub\nCours;Nigéria;ONUDC;II.13\n".encode("cp1252")


def test_what_was_said_of_a_column_is_remembered_for_the_entity(listed: Engine) -> None:
    def incoming(**said: str) -> Incoming:
        return Incoming("liste.xlsx", io.BytesIO(LIST), Visibility.PUBLIC, "UNODC", said)

    with db.transaction(listed) as session:
        (guess,) = unknown_columns(session, SYSTEM, incoming())
        assert guess.header == "zorglub"
        arrival = bring(session, SYSTEM, incoming(zorglub="measure"))
        assert "called “liste.xlsx” but is of the kind CSV" in arrival.remarks[0].in_english()
    with db.reading(listed) as session:
        assert unknown_columns(session, SYSTEM, incoming()) == ()
        other = replace(incoming(), entity="UNDP")
        assert len(unknown_columns(session, SYSTEM, other)) == 1


def test_a_focal_point_says_nothing_of_another_entitys_columns(listed: Engine) -> None:
    focal = Viewer("fay", Role.FOCAL_POINT, entity="UNDP")
    with db.transaction(listed) as session, pytest.raises(Refused):
        remember_columns(session, focal, "UNODC", {"zorglub": "measure"})


def test_a_file_above_the_screens_limit_is_refused_with_both_sizes(listed: Engine) -> None:
    content = b"a" * (LARGEST_FILE_BYTES + 1)
    with pytest.raises(FileUnusable, match=f"{LARGEST_FILE_BYTES + 1} .*{LARGEST_FILE_BYTES}"):
        brought(listed, content)
