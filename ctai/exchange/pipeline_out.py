"""The pipeline and what-if as CSV: a row a request or a sum, codes beside their names.

Headers are stable ASCII codes. Amounts are in US dollars where their name says so; what is not
known is empty. A cell that holds several values joins them with "; ".
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from ctai.domain.funding import FundingState
from ctai.domain.pipeline import Asking, days_in_state, money, open_ask_usd
from ctai.domain.pipeline_sums import Face, Key, Sums
from ctai.domain.what_if import Answer, LeftOut, Pick
from ctai.exchange.tables_out import csv_chunks
from ctai.i18n import names, record_wording

MONEY = ["pledged_usd", "secured_usd", "paid_out_usd", "spent_usd", "amounts_without_rate"]
OF_A_REQUEST = ["request", "title", "entity", "entity_name", "country_iso3", "country_name"]
OF_ITS_NEEDS = ["pillar", "pillar_name", "needs"]

PIPELINE = [
    *OF_A_REQUEST,
    *OF_ITS_NEEDS,
    "state",
    "state_name",
    "days_in_state",
    "asked",
    "currency",
    "rate_usd",
    "rate_date",
    "asked_usd",
    "open_usd",
    *MONEY,
    "donors",
    "donor_names",
    "end_date",
]
SUMS = ["key", "name", "requests", "asked_usd", *MONEY, "requests_without_usd"]
WHAT_IF = [
    "picked",
    "place",
    *OF_A_REQUEST,
    *OF_ITS_NEEDS,
    "cost_usd",
    "closes",
    "weight_closed",
    "oldest_evidence",
    "reasons",
    "reasons_told",
    "short_usd",
]


def pipeline_csv(askings: Iterable[Asking], today: date, lang: str) -> Iterator[bytes]:
    """Write funding requests, one row each."""
    return csv_chunks(PIPELINE, (_request_row(asking, today, lang) for asking in askings))


def _request_row(asking: Asking, today: date, lang: str) -> list[object]:
    return [
        *_about(asking, lang),
        asking.state.value,
        funding_state(lang, asking.state),
        days_in_state(asking, today),
        asking.total,
        asking.currency,
        asking.rate_usd,
        asking.rate_date,
        asking.ask_usd,
        open_ask_usd(asking),
        *_money(Sums(None, 1, None, money(asking.flows))),
        "; ".join(asking.donors),
        "; ".join(names.entity_name(lang, donor) for donor in asking.donors),
        asking.ends,
    ]


def sums_csv(rows: Iterable[Sums], face: Face, lang: str) -> Iterator[bytes]:
    """Write the sums of the pipeline by country, pillar, entity, donor or state."""
    lines = (
        [
            sums.key,
            _name(face, sums.key, lang),
            sums.requests,
            sums.ask_usd,
            *_money(sums),
            "; ".join(sums.without_usd),
        ]
        for sums in rows
    )
    return csv_chunks([face.value, *SUMS[1:]], lines)


def what_if_csv(found: Answer, lang: str) -> Iterator[bytes]:
    """Write the picks in their order, then what is left out with its reasons."""
    picks = (_pick_row(place, pick, lang) for place, pick in enumerate(found.picks, start=1))
    left = (_left_row(left, lang) for left in found.left_out)
    return csv_chunks(WHAT_IF, [*picks, *left])


def _pick_row(place: int, pick: Pick, lang: str) -> list[object]:
    closes = "; ".join(need.code for need in pick.needs)
    told = [pick.cost_usd, closes, pick.weight, pick.oldest, None, None, None]
    return [1, place, *_about(pick.asking, lang), *told]


def _left_row(left: LeftOut, lang: str) -> list[object]:
    reasons = "; ".join(reason.value for reason in left.reasons)
    sentences = " ".join(
        record_wording.left_out(lang, reason, left.asking.ends, left.short_usd)
        for reason in left.reasons
    )
    told = [left.cost_usd, None, None, None, reasons, sentences, left.short_usd]
    return [0, None, *_about(left.asking, lang), *told]


def _about(asking: Asking, lang: str) -> list[object]:
    countries = [iso3 for iso3 in asking.countries if iso3]
    return [
        asking.code,
        asking.title,
        asking.entity,
        names.entity_name(lang, asking.entity),
        "; ".join(countries),
        "; ".join(names.country_name(lang, iso3) for iso3 in countries),
        "; ".join(asking.pillars),
        "; ".join(names.pillar_name(lang, pillar) for pillar in asking.pillars),
        "; ".join(need.code for need in asking.needs),
    ]


def _money(sums: Sums) -> list[Decimal | int]:
    found = sums.money
    return [found.pledged, found.committed, found.disbursed, found.spent, found.unrated]


def funding_state(lang: str, state: FundingState) -> str:
    """Name the state of a funding request, in the official wording."""
    return names.term(lang, f"funding.{state.value}")


def _name(face: Face, key: Key, lang: str) -> str | None:
    if key is None:
        return None
    match face:
        case Face.COUNTRY:
            return names.country_name(lang, key)
        case Face.PILLAR:
            return names.pillar_name(lang, key)
        case Face.STATE:
            return funding_state(lang, FundingState(key))
        case _:
            return names.entity_name(lang, key)
