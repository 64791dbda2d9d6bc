"""Wording of action plans: how states of plans and items, and shares of a cost, read everywhere."""

from ctai.i18n.catalogue import mark, translate

PLAN_STATES = {
    "draft": mark("Draft"),
    "agreed": mark("Agreed"),
    "superseded": mark("Superseded"),
}
ITEM_STATES = {
    "planned": mark("Not begun"),
    "ongoing": mark("Ongoing"),
    "completed": mark("Completed"),
    "dropped": mark("Dropped"),
}
SHARES = {
    "funded": mark("Funded"),
    "asked": mark("Asked for"),
    "unfunded": mark("No money yet"),
}
FUNDED_MEANS = mark(
    "Funded: committed by a donor for a funding request that serves the item's need. "
    "A pledge is not counted."
)
ASKED_MEANS = mark("Asked for: what such requests still ask, without what is committed.")
UNFUNDED_MEANS = mark("No money yet: the rest of the cost; not known where the cost is not.")
SPLIT_MEANS = mark(
    "Money of a request is counted once: it is split over its needs and countries in equal parts, "
    "and over the items of a need by what they still lack, never beyond their cost."
)
YEARS_MEAN = mark("A cost is spread evenly over the days from an item's start to its end.")
RATES_MEAN = mark("Costs in other currencies are told in US dollars at the rate of their own date.")
ORDER_MEANS = mark("The gravest needs come first; then the longest waiting, then the least costly.")
LEFT_OUT = mark("Items that may not be shared are left out.")


def plan_state(lang: str, code: str) -> str:
    """Name what a version of a plan is worth."""
    return translate(lang, PLAN_STATES[code])


def item_state(lang: str, code: str) -> str:
    """Name how far an item is."""
    return translate(lang, ITEM_STATES[code])


def share(lang: str, code: str) -> str:
    """Name what a part of a cost is."""
    return translate(lang, SHARES[code])
