"""Rules for every module: how it opens, how long it grows, what it is called, what it catches."""

import ast
import sys
from pathlib import Path

from tests.architecture.sources import Source, belongs_to, calls, dotted, imported

LONGEST_FUNCTION = 60
LONGEST_MODULE = 300
SAYS_NOTHING = frozenset(
    {"utils", "util", "helpers", "helper", "common", "manager", "misc", "process", "handle"}
)
SPEAKS_TO_A_TERMINAL = frozenset(
    {
        Path("ctai/cli/__init__.py"),
        Path("ctai/cli/accounts.py"),
        Path("ctai/cli/backup.py"),
        Path("ctai/cli/brief.py"),
        Path("ctai/cli/importing.py"),
        Path("ctai/i18n/messages.py"),
    }
)
# pandas for tables of values; rapidfuzz compares two texts, highspy solves an integer program, and
# neither knows anything else.
RULES_MAY_USE = sys.stdlib_module_names | {"pandas", "rapidfuzz", "highspy"}
REACHES_OUTSIDE = frozenset(
    {"os", "sqlite3", "socket", "subprocess", "urllib", "http", "ssl", "smtplib", "ftplib"}
)
CATCHES_ALL = frozenset({"Exception", "BaseException"})


def missing_sentence(source: Source) -> list[str]:
    """A module opens with one sentence."""
    return [] if ast.get_docstring(source.tree) else ["does not open with a sentence"]


def empty_names(source: Source) -> list[str]:
    """A module's name says what it holds."""
    words = {word for part in source.path.with_suffix("").parts for word in part.split("_")}
    return [f"“{word}” says nothing" for word in sorted(words & SAYS_NOTHING)]


def too_long(source: Source) -> list[str]:
    """A function and a module end where a reader can still hold them."""
    faults = []
    lines = len(source.text.splitlines())
    if lines > LONGEST_MODULE:
        faults.append(f"{lines} lines, more than {LONGEST_MODULE}")
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LONGEST_FUNCTION:
                faults.append(f"{node.lineno}: {node.name} has {length} lines")
    return faults


def catches_everything(source: Source) -> list[str]:
    """An error nobody foresaw is never caught."""
    caught = [
        f"{node.lineno}: catches everything"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or _names(node.type) & CATCHES_ALL)
    ]
    suppressed = [
        f"{call.lineno}: suppresses everything"
        for name, call in calls(source.tree)
        if name.split(".")[-1] == "suppress"
        and any(_names(argument) & CATCHES_ALL for argument in call.args)
    ]
    return caught + suppressed


def prints(source: Source) -> list[str]:
    """Only what runs in a terminal prints."""
    if source.path in SPEAKS_TO_A_TERMINAL:
        return []
    return [f"{call.lineno}: prints" for name, call in calls(source.tree) if name == "print"]


def impure_imports(source: Source) -> list[str]:
    """A rule needs no screen, no database and no machine: the standard library and plain values."""
    faults = []
    for line, name in imported(source.tree):
        package = name.split(".")[0]
        if belongs_to(name, REACHES_OUTSIDE) or not (
            package in RULES_MAY_USE or belongs_to(name, frozenset({"ctai.domain"}))
        ):
            faults.append(f"{line}: a rule imports {name}")
    return faults


def _names(node: ast.expr) -> set[str]:
    parts = node.elts if isinstance(node, ast.Tuple) else [node]
    return {dotted(part).split(".")[-1] for part in parts}
