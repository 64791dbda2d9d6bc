"""The IATI standard's own tests of an activity: its schema, and its rule set by rule number."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from lxml import etree

from ctai.domain.faults import Fault, shown
from ctai.i18n import mark

Element: TypeAlias = Any
Case: TypeAlias = Any
"""A case of the rule set, as its JSON has it."""

_FOLDER = Path(__file__).parents[2] / "data" / "iati"
_ACTIVITY = "/iati-activities/iati-activity"
_LONGEST_PERIOD = timedelta(days=366)
_MOST_OF_SCHEMA = 3
"""One slip makes the schema complain of what follows; the first few lines tell it."""

BREAKS_RULE = mark("The IATI standard's rule {seen} is broken: “{wanted}”")
BREAKS_SCHEMA = mark("The IATI schema does not allow this: “{seen}”")


def broken(activity: Element) -> Iterator[Fault]:
    """Tell what of an activity breaks the schema or a rule; each rule once."""
    schema = _schema()
    if not schema.validate(activity):
        for entry in list(schema.error_log)[:_MOST_OF_SCHEMA]:
            yield Fault(BREAKS_SCHEMA, _column(entry), {"seen": shown(entry.message, 200)})
    for number, message in dict(_broken_rules(activity)).items():
        yield Fault(BREAKS_RULE, "", {"seen": number, "wanted": message})


def _column(entry: Any) -> str:
    """Give the element that an entry of the schema's log is about."""
    found = re.search(r"Element '([^']+)'", entry.message)
    return found[1].rpartition("}")[2] if found else ""


@cache
def _schema() -> Any:
    return etree.XMLSchema(etree.parse(str(_FOLDER / "iati-activities-schema.xsd")))


@cache
def _rules() -> tuple[tuple[str, str, Case], ...]:
    """Give the cases that concern activities: where they look, of which kind, and what."""
    read = json.loads((_FOLDER / "ruleset-2.03.json").read_text(encoding="utf-8"))
    return tuple(
        (path, kind, case)
        for context, kinds in read.items()
        for path in _within(context)
        for kind, group in kinds.items()
        for case in group["cases"]
        # These compare with a list of all organisations' identifiers, which we do not hold.
        if "idCondition" not in case
    )


def _within(context: str) -> Iterator[str]:
    """Write a context as seen from the activity; nothing for the organisations' standard."""
    for one in context.split(" | "):
        if one == _ACTIVITY:
            yield "."
        elif one.startswith(f"{_ACTIVITY}/"):
            yield one.removeprefix(f"{_ACTIVITY}/")
        elif one.startswith("//"):
            yield f".{one}"


def _broken_rules(activity: Element) -> Iterator[tuple[str, str]]:
    for path, kind, case in _rules():
        for element in _found(activity, path):
            yield from _broken_case(element, kind, case)


def _broken_case(element: Element, kind: str, case: Case) -> Iterator[tuple[str, str]]:
    if kind == "loop":
        for value in dict.fromkeys(map(str, _found(element, case["foreach"]))):
            for inner, group in case["do"].items():
                for one in group["cases"]:
                    yield from _broken_case(element, inner, _with(one, value))
        return
    if "condition" in case and not _found(element, case["condition"]):
        return
    if not _HOLDS[kind](element, case):
        told = case["ruleInfo"]
        yield told["id"], told["message"]


def _with(case: Case, value: str) -> Case:
    """Put a loop's value in its place; one that would end the text it stands in is no code."""
    safe = value.replace("'", "")
    return json.loads(json.dumps(case).replace("$1", json.dumps(safe)[1:-1]))


@cache
def _path(expression: str) -> Any:
    return etree.XPath(expression)


def _found(element: Element, expression: str) -> Any:
    return _path(expression)(element)


def _texts(element: Element, paths: list[str]) -> list[str]:
    found = [one for path in paths for one in _found(element, path)]
    return [one if isinstance(one, str) else "".join(one.itertext()) for one in found]


def _at_least_one(element: Element, case: Case) -> bool:
    return any(_found(element, path) for path in case["paths"])


def _no_more_than_one(element: Element, case: Case) -> bool:
    return sum(len(_found(element, path)) for path in case["paths"]) <= 1


def _unique(element: Element, case: Case) -> bool:
    texts = _texts(element, case["paths"])
    return len(set(texts)) == len(texts)


def _starts_with(element: Element, case: Case) -> bool:
    beginnings = [f"{text}{case['separator']}" for text in _texts(element, case["prefix"])]
    texts = _texts(element, case["paths"])
    return all(text.startswith(tuple(beginnings)) for text in texts) or not beginnings


def _one_or_all(element: Element, case: Case) -> bool:
    if _found(element, case["one"]):
        return True
    match case["all"]:
        case "lang":
            return not _found(element, ".//narrative[not(@xml:lang)]")
        case "currency":
            return not _found(element, ".//value[not(@currency)]")
        case _:
            without = _found(element, "transaction[not(sector)]")
            return not without or not _found(element, "transaction/sector")


def _regex(element: Element, case: Case) -> bool:
    return all(re.search(case["regex"], text) for text in _texts(element, case["paths"]))


def _no_spaces(element: Element, case: Case) -> bool:
    return all(text == text.strip() for text in _texts(element, case["paths"]))


def _days(element: Element, path: str) -> list[date]:
    """Give the days that can be read; whether the others are days is the schema's concern."""
    today = datetime.now(UTC).date()
    if path == "NOW":
        return [today]
    found = []
    for text in _found(element, path):
        try:
            found.append(date.fromisoformat(str(text).strip()[:10]))
        except ValueError:
            continue
    return found


def _date_order(element: Element, case: Case) -> bool:
    less, more = _days(element, case["less"]), _days(element, case["more"])
    return not less or not more or max(less) <= min(more)


def _date_now(element: Element, case: Case) -> bool:
    return all(day <= datetime.now(UTC).date() for day in _days(element, case["date"]))


def _time_limit(element: Element, case: Case) -> bool:
    starts, ends = _days(element, case["start"]), _days(element, case["end"])
    return not starts or not ends or ends[0] - starts[0] <= _LONGEST_PERIOD


def _numbers(element: Element, case: Case) -> list[Decimal]:
    found = []
    for text in _texts(element, case["paths"]):
        try:
            found.append(Decimal(text.strip()))
        except InvalidOperation:
            continue
    return found


def _strict_sum(element: Element, case: Case) -> bool:
    numbers = _numbers(element, case)
    return not numbers or sum(numbers) == Decimal(case["sum"])


def _range(element: Element, case: Case) -> bool:
    low, high = Decimal(case["min"]), Decimal(case["max"])
    return all(low <= number <= high for number in _numbers(element, case))


def _if_then(element: Element, case: Case) -> bool:
    return not _found(element, case["if"]) or bool(_found(element, case["then"]))


_HOLDS: dict[str, Callable[[Element, Case], bool]] = {
    "atleast_one": _at_least_one,
    "no_more_than_one": _no_more_than_one,
    "unique": _unique,
    "startswith": _starts_with,
    "one_or_all": _one_or_all,
    "regex_matches": _regex,
    "no_spaces": _no_spaces,
    "date_order": _date_order,
    "date_now": _date_now,
    "time_limit": _time_limit,
    "strict_sum": _strict_sum,
    "range": _range,
    "if_then": _if_then,
}
"""What each kind of rule asks, by its name in the rule set. `between_dates` is of organisations."""
