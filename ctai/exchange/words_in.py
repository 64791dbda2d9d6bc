"""Words for codes: a status, country or measure that a file names in one of six languages."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache

from ctai.domain.activities import Status
from ctai.domain.strategy import by_code
from ctai.exchange.folded import folded
from ctai.i18n import names, wording
from ctai.i18n.languages import LANGUAGES

_CODES = re.compile(r"\b(?:I{1,3}|IV)\.[0-9]{1,2}\b")
_ALSO = {
    Status.REQUESTED: ("demandé", "solicitado"),
    Status.PLANNED: ("pipeline", "prévu", "planificado", "previsto", "not started", "upcoming"),
    Status.ONGOING: ("in progress", "active", "implementation", "underway", "en curso", "en cours"),
    Status.COMPLETED: (
        *("complete", "finished", "closed", "finalised", "finalized", "implemented"),
        *("terminé", "achevé", "finalizado", "terminado", "completado"),
    ),
    Status.CANCELLED: ("canceled", "annulé", "cancelado"),
    Status.SUSPENDED: ("on hold", "paused", "suspendu", "suspendido"),
    Status.UNKNOWN: ("not known", "no data", "n/a"),
}
"""Other words that entities' lists use; the catalogue has the official ones."""


def status_code(text: str) -> str:
    """Give the code of a status that is named in any language; else the text as it is."""
    return _statuses().get(folded(text), text)


def country_code(text: str) -> str:
    """Give the ISO alpha-3 code of a State that is named in any language; else the text."""
    return _countries().get(folded(text), text)


def country_codes(text: str) -> str:
    """Give the codes of States that are joined by ";"; a name that is not known stays."""
    return "; ".join(country_code(one.strip()) for one in text.split(";"))


def measure_codes(text: str) -> str:
    """Give the codes of measures by code, or by a title in any language; else the text as it is.

    Words beside a code are passed over, as in "II.13 Border control and screening".
    """
    codes = _CODES.findall(text)
    return "; ".join(dict.fromkeys(codes)) if codes else _measures().get(folded(text), text)


@cache
def _statuses() -> Mapping[str, str]:
    also = {folded(word): code.value for code, words in _ALSO.items() for word in words}
    return {**also, **_by_word([code.value for code in Status], wording.status)}


@cache
def _countries() -> Mapping[str, str]:
    return _by_word(names.country_codes(), names.country_name)


@cache
def _measures() -> Mapping[str, str]:
    return _by_word(by_code(), names.measure_title)


def _by_word(codes: Iterable[str], word: Callable[[str, str], str]) -> Mapping[str, str]:
    """Give codes by their words in each language, without words that stand for two."""
    found: dict[str, set[str]] = {}
    for code in codes:
        for lang in LANGUAGES:
            found.setdefault(folded(word(lang, code)), set()).add(code)
        found.setdefault(folded(code), set()).add(code)
    return {word: codes.pop() for word, codes in found.items() if word and len(codes) == 1}
