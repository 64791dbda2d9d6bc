"""The radar on real IATI files: activities that two publishers tell of are proposed to a reader."""

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from ctai.domain.activities import ActivityDraft
from ctai.domain.overlap import Facts, Judgement, facts_of
from ctai.domain.overlap_blocks import candidates, nearest
from ctai.domain.roles import Visibility
from ctai.exchange.iati_in import Listed, read_iati
from ctai.settings import ROOT

IATI = ROOT.parent / "shared" / "data" / "iati"
GOLD = IATI / "gold_same_title_cross_publisher.csv"
LISTED = Listed({"NG": "NGA", "BF": "BFA", "MG": "MDG", "NE": "NER", "ML": "MLI"}, {}, {})


def files() -> list[Path]:
    found = sorted(IATI.glob("*.xml"))
    if not found or not GOLD.is_file():
        pytest.skip("the real files are not at ../shared/data/iati")
    return found


@cache
def stored() -> dict[str, Facts]:
    found: dict[str, Facts] = {}
    for path in files():
        with path.open("rb") as stream:
            for row in read_iati(stream, LISTED, Visibility.PUBLIC):
                if isinstance(row.draft, ActivityDraft):
                    identifier = row.draft.identifiers[0].value
                    found.setdefault(identifier, facts_of(row.draft, len(found) + 1))
    return found


def groups() -> list[list[Facts]]:
    """Give the groups of one title by two publishers of which both activities are in the files."""
    there, found = stored(), defaultdict(list)
    with GOLD.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["iati_identifier"] in there:
                found[row["group"]].append(there[row["iati_identifier"]])
    return [group for group in found.values() if len(group) > 1]


def test_what_two_publishers_tell_of_is_among_the_first_five() -> None:
    everything, wanted = list(stored().values()), groups()
    assert len(wanted) >= 5
    missed = [
        (one.titles, other.titles)
        for group in wanted
        for one, other in [group[:2], group[1::-1]]
        if other.number not in {n for f in nearest(one, everything) for n in (f.one, f.other)}
    ]
    assert missed == []


def test_a_fund_and_its_partner_are_the_same_money_and_two_parts_of_a_third_are_not() -> None:
    judged = {(one.one, one.other): one.judgement for one in candidates(list(stored().values()))}
    told = {
        group[0].titles[0][:21]: judged[min(a, b), max(a, b)]
        for group in groups()
        for a, b in [(group[0].number, group[1].number)]
    }
    same = {title for title, judgement in told.items() if judgement is Judgement.SAME_MONEY}
    assert len(same) == 4
    assert told["Nigeria Joint Respons"] is Judgement.COMPLEMENTARY


def test_nothing_that_its_publishers_tell_apart_is_marked_as_recorded_twice() -> None:
    found = list(candidates(list(stored().values())))
    assert [one for one in found if one.judgement is Judgement.DUPLICATE] == []
    assert sum(one.judgement is Judgement.SAME_MONEY for one in found) >= 10
