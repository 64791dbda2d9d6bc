"""Dates as people write them: any order, month names in six languages, a spreadsheet's numbers."""

import re
from datetime import date, timedelta
from functools import cache, lru_cache

from ctai.domain.dates import is_partial_date
from ctai.exchange.folded import folded
from ctai.i18n.languages import LANGUAGES, locale_of

SERIAL = re.compile("[2-5][0-9]{4}")
"""A spreadsheet's number of a day, from 1954 to 2064."""
_DAY_ZERO = date(1899, 12, 30)
"""Day 0 of spreadsheets, which count a 29 February 1900."""
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}.*")
_HAN = re.compile("([0-9]{4})年(?:([0-9]{1,2})月(?:([0-9]{1,2})[日号])?)?")
_YEAR_FIRST = re.compile(r"(?<=[0-9])(er|st|nd|rd|th|º|ª)\b")
_YEAR_LAST = re.compile("(?:([0-9]{1,2})[-/.])?([0-9]{1,2})[-/.]([0-9]{4})")
_LONGEST = 40
_WORDS = re.compile(r"[0-9]+|[^\W\d_]+")
_FIRST = re.compile(r"(?<=[0-9])(er|st|nd|rd|th|º|ª)\b")
_MONTHS_A_YEAR = 12


@lru_cache(maxsize=4096)
def as_iso(text: str) -> str:
    """Write a date as 2017, 2017-08 or 2017-08-28; a text that may be no date, or two, stays.

    05/06/2017 is such a text: a day in June or in May. So is 2.8.17.
    """
    plain = _in_ascii(text.strip())
    if len(plain) > _LONGEST or is_partial_date(plain):
        return plain if len(plain) <= _LONGEST else text
    if SERIAL.fullmatch(plain):
        return (_DAY_ZERO + timedelta(days=int(plain))).isoformat()
    for shape in (_in_order, _year_last, _with_month_name):
        found = shape(plain)
        if found and is_partial_date(found):
            return found
    return text


def _in_ascii(text: str) -> str:
    """Write the digits of Arabic and other scripts as 0 to 9."""
    return "".join(str(int(one)) if one.isdecimal() else one for one in text)


def _in_order(text: str) -> str:
    moment = _MOMENT.fullmatch(text)
    if moment:
        return moment[1]
    found = _HAN.fullmatch(text) or _YEAR_FIRST.fullmatch(text)
    return "" if found is None else _iso(*found.groups())


def _year_last(text: str) -> str:
    found = _YEAR_LAST.fullmatch(text)
    if found is None:
        return ""
    first, second, year = found.groups()
    if first is None:
        return _iso(year, second)
    if first == second or int(first) > _MONTHS_A_YEAR:
        return _iso(year, second, first)
    return _iso(year, first, second) if int(second) > _MONTHS_A_YEAR else ""


def _with_month_name(text: str) -> str:
    words = [folded(word) for word in _WORDS.findall(_FIRST.sub("", text.casefold()))]
    numbers = [word for word in words if word.isdecimal()]
    months = {_months()[word] for word in words if word in _months()}
    others = [word for word in words if word and not word.isdecimal() and word not in _months()]
    years = [number for number in numbers if len(number) == len("2017")]
    days = [number for number in numbers if len(number) <= len("28")]
    if len(months) != 1 or len(years) != 1 or len(days) > 1 or len(numbers) > 1 + len(days):
        return ""
    if any(word not in _BETWEEN for word in others):
        return ""
    return _iso(years[0], str(months.pop()), *days)


_BETWEEN = frozenset({"de", "del", "г", "года", "of"})
"""Words that stand within a date: 28 de agosto de 2017, 28 августа 2017 г."""


@cache
def _months() -> dict[str, int]:
    """Give the number of a month by its name, full or short, in each language."""
    found: dict[str, int] = {}
    for lang in LANGUAGES:
        for use in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                names = locale_of(lang).months[use][width]
                found |= {folded(str(name)): int(number) for number, name in names.items()}
    found.pop("", None)
    return found | {"sept": 9}


def _iso(year: str, month: str | None = None, day: str | None = None) -> str:
    parts = (year, *(part.zfill(2) for part in (month, day) if part))
    return "-".join(parts)
