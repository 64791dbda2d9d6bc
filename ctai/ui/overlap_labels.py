"""Words of overlaps: what two activities are to each other, and what tells so."""

from ctai.domain.overlap import Judgement
from ctai.domain.restricted import RestrictedOverlap
from ctai.i18n import mark
from ctai.ui import labels
from ctai.ui.language import t, tn

_JUDGEMENTS = {
    Judgement.DUPLICATE: mark("One undertaking, recorded twice"),
    Judgement.SAME_MONEY: mark("The same money at two tiers"),
    Judgement.COMPLEMENTARY: mark("Two undertakings of one kind"),
    Judgement.CONFLICT: mark("The same people on the same days"),
    Judgement.APART: mark("Nothing to do with each other"),
}


def judgement(code: str) -> str:
    """Name what two activities are to each other."""
    return t(_JUDGEMENTS[Judgement(code)])


def proposed(code: str) -> str:
    """Say what two activities are to each other as far as a rule can tell."""
    return t("Proposed: {judgement}", judgement=judgement(code))


def restricted(one: RestrictedOverlap) -> str:
    """Say how many restricted activities overlap in a country, and whom to ask; nothing else."""
    counted = tn("One restricted activity", "{n} restricted activities", one.activities)
    country = labels.country(one.iso3)
    if one.entity is None:
        return t(
            "{country}: {activities}, ask the country's desk officer.",
            country=country,
            activities=counted,
        )
    return t(
        "{country}: {activities}, ask {entity}.",
        country=country,
        activities=counted,
        entity=labels.plain(one.entity),
    )
