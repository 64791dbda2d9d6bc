"""Labels of the pipeline: states, amounts of money, rows of sums, and reasons of what-if."""

from decimal import Decimal

from ctai.domain.funding import FundingState
from ctai.domain.pipeline import Asking
from ctai.domain.pipeline_sums import Face, Key
from ctai.domain.what_if import LeftOut
from ctai.figures import balance
from ctai.i18n import mark, names, numbers, record_wording
from ctai.ui import labels
from ctai.ui.language import current, t

USD = "USD"

_FACES = {
    Face.COUNTRY: mark("Country"),
    Face.PILLAR: mark("Pillar"),
    Face.ENTITY: mark("Entity"),
    Face.DONOR: mark("Donor"),
    Face.STATE: mark("State"),
}
_UNKNOWN = {
    Face.COUNTRY: mark("Other or no country"),
    Face.ENTITY: mark("Entity not known"),
    Face.DONOR: mark("Donor not known"),
    Face.STATE: mark("not known"),
}


def state(code: str) -> str:
    """Name a state of a funding request, in the official wording."""
    return names.term(current(), f"funding.{FundingState(code).value}")


def face(code: str) -> str:
    """Name what the rows of the sums are."""
    return t(_FACES[Face(code)])


def key(of: Face, code: Key) -> str:
    """Name a row of the sums."""
    if of is Face.PILLAR:
        return labels.led(balance.pillar_words(current(), code))
    if code is None:
        return t(_UNKNOWN[of])
    match of:
        case Face.COUNTRY:
            return labels.country(code)
        case Face.STATE:
            return state(code)
        case _:
            return labels.entity(code)


def dollars(amount: Decimal | None) -> str:
    """Write an amount of US dollars in full; one that is not known reads so."""
    return numbers.money(current(), amount, USD)


def short_dollars(amount: Decimal | None) -> str:
    """Write an amount of US dollars short."""
    return numbers.compact_money(current(), amount, USD)


def told(amount: Decimal | None) -> str:
    """Write an amount of US dollars within a sentence, where Streamlit reads Markdown."""
    return labels.plain(dollars(amount))


def told_short(amount: Decimal | None) -> str:
    """Write an amount of US dollars short, where Streamlit reads Markdown."""
    return labels.plain(short_dollars(amount))


def asked(asking: Asking) -> str:
    """Write what a request asks in its own currency, and in US dollars where that is another."""
    own = numbers.money(current(), asking.total, asking.currency)
    if asking.total is None or asking.currency == USD:
        return own
    if asking.ask_usd is None:
        return t("{amount}, US dollars not known", amount=own)
    return t("{amount}, about {usd}", amount=own, usd=short_dollars(asking.ask_usd))


def countries(asking: Asking) -> str:
    """Name a request's countries; those that the reader may not see stand as others."""
    known = [labels.country(iso3) for iso3 in asking.countries if iso3]
    others = [t("others")] if None in asking.countries else []
    return labels.joined([*known, *others]) or t("no country")


def reasons(left: LeftOut) -> str:
    """Say why a request is left out, every reason a sentence."""
    return " ".join(
        record_wording.left_out(current(), reason, left.asking.ends, left.short_usd)
        for reason in left.reasons
    )
