"""The pipeline's files have codes and names side by side, and leave empty what is not known."""

import csv
import io
from collections.abc import Iterable
from decimal import Decimal

import pytest

from ctai.domain.funding import FundingState
from ctai.domain.money import BudgetKind
from ctai.domain.needs import NeedState
from ctai.domain.pipeline_sums import Face, by_face
from ctai.domain.purse import Purse
from ctai.domain.what_if import answer
from ctai.exchange import pipeline_out
from ctai.i18n import LANGUAGES, names
from tests.drafts import TODAY
from tests.pipeline_drafts import asked_need, asking, flow

ONE = asking(
    1,
    1000,
    [asked_need(1), asked_need(2, "I.1")],
    countries=("BFA", "NGA", None),
    flows=[flow(BudgetKind.PLEDGE, 5), flow(BudgetKind.EXPENDITURE, 3, "Japan")],
)
UNKNOWN = asking(2, None, [], countries=(), ends=None, state=FundingState.DRAFT)


def lines(pieces: Iterable[bytes]) -> list[dict[str, str]]:
    text = b"".join(pieces).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_request_has_codes_and_names(lang: str) -> None:
    (line,) = lines(pipeline_out.pipeline_csv([ONE], TODAY, lang))
    assert all(header.isascii() and header.islower() for header in line)
    assert (line["request"], line["country_iso3"], line["pillar"]) == ("F-001", "BFA; NGA", "I; II")
    assert line["country_name"].startswith(names.country_name(lang, "BFA"))
    assert line["state_name"] == names.term(lang, "funding.endorsed")
    assert (line["asked_usd"], line["open_usd"], line["days_in_state"]) == (
        "1000.00",
        "997.00",
        "182",
    )
    assert (line["pledged_usd"], line["secured_usd"], line["spent_usd"]) == ("5.00", "3.00", "3.00")
    assert line["donors"] == "Denmark; Japan"


def test_what_is_not_known_stays_empty() -> None:
    (line,) = lines(pipeline_out.pipeline_csv([UNKNOWN], TODAY, "en"))
    for name in ("asked", "asked_usd", "open_usd", "end_date", "rate_usd", "country_iso3"):
        assert line[name] == ""


@pytest.mark.parametrize("face", Face)
def test_sums_name_their_rows(face: Face) -> None:
    found = lines(pipeline_out.sums_csv(by_face([ONE, UNKNOWN], face), face, "en"))
    assert found
    for line in found:
        assert bool(line[face.value]) == bool(line["name"])
    assert sum(Decimal(line["secured_usd"]) for line in found) == 3
    named = "" if face is Face.DONOR else "F-002"
    assert any(line["requests_without_usd"] == named for line in found)


def test_picks_stand_before_what_is_left_out_with_the_reasons() -> None:
    dear = asking(3, 9000, [asked_need(3)])
    idle = asking(4, 1, [asked_need(4, state=NeedState.ADDRESSED)])
    found = answer([dear, idle, ONE], Purse(Decimal(1000), Decimal(1000)), TODAY)
    first, second, third = lines(pipeline_out.what_if_csv(found, "en"))
    assert (first["picked"], first["place"], first["request"]) == ("1", "1", "F-001")
    assert (first["closes"], first["weight_closed"]) == ("N-1; N-2", "6.0")
    assert (second["request"], second["reasons"]) == ("F-003", "too_dear")
    assert second["short_usd"] == "8000.00"
    assert (third["picked"], third["reasons"]) == ("0", "no_need")
