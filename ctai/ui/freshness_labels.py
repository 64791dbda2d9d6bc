"""Freshness in words and with a sign: what may no longer be so, the same on every page."""

from ctai.domain.activities import Status
from ctai.domain.freshness import EVIDENCE_STALE_AFTER_MONTHS, RUNNING, is_stale
from ctai.domain.needs import UNMET_STATES
from ctai.ui import labels, store
from ctai.ui.language import t, tn

OLD = "△"
"""Stands before whatever may no longer be so."""


def _signed(words: str) -> str:
    return labels.led(f"{OLD} {words}")


def activity(status: str, as_of: object) -> str:
    """Say whether an activity's status can still be believed; one that is over stays so."""
    if status not in RUNNING:
        return t("Final")
    if not isinstance(as_of, str):
        return _signed(t("Stale: no date"))
    return _signed(t("Stale")) if is_stale(as_of, store.today()) else t("Fresh")


def need(state: str, evidence_date: object, state_as_of: object) -> str:
    """Say whether the evidence of a need is old, as the matrix does; what is settled needs none."""
    if state not in UNMET_STATES:
        return t("Settled")
    dated = next((day for day in (evidence_date, state_as_of) if isinstance(day, str)), None)
    if dated is None:
        return _signed(t("Evidence without a date"))
    is_old = is_stale(dated, store.today(), EVIDENCE_STALE_AFTER_MONTHS)
    return _signed(t("Old evidence")) if is_old else t("Recent evidence")


def request(status: str, requested_on: object) -> str:
    """Say of a request without an answer for how long it has waited."""
    if status != Status.REQUESTED:
        return t("no answer recorded")
    if not isinstance(requested_on, str):
        return _signed(t("No answer yet; the date of the request is not known"))
    return _signed(t("No answer for {age}", age=labels.age_since(requested_on, store.today())))


def follow_ups(count: float, since: object) -> str:
    """Say how many follow-ups of an assessment are overdue, and since when."""
    if not count > 0:
        return "–"
    return _signed(
        tn(
            "{n} overdue since {date}",
            "{n} overdue since {date}",
            int(count),
            date=labels.when(since),
        )
    )


def late(days: int | None) -> str:
    """Say how many days are left until something is due, or how late it is."""
    if days is None:
        return t("no date")
    if days < 0:
        return _signed(tn("{n} day late", "{n} days late", -days))
    if days == 0:
        return t("today")
    return tn("in {n} day", "in {n} days", days)
