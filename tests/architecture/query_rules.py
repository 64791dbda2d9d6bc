"""Rules for reads: whoever reads records says for whom."""

import ast
import re

from tests.architecture.sources import Source, calls, imported

# Tables that hold what somebody reported; code lists, people and the data version are not among
# them.
RECORDS = re.compile(
    r"activit|need|assessment|coverage|request|budget|finding|evidence|revision|source|gap|plan",
    re.IGNORECASE,
)
SQL_BY_HAND = frozenset({"text", "table", "exec_driver_sql"})


def reads_for_nobody(source: Source) -> list[str]:
    """A public function that takes a session takes the viewer too, unless its whole module could
    not show a record if it wanted to: code lists, and what is read before anybody is signed in.
    """
    blind = [
        f"{node.lineno}: {node.name} takes no viewer"
        for node in source.tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and not node.name.startswith("_")
        and _takes_session(node)
        and "viewer" not in {argument.arg for argument in _arguments(node)}
    ]
    reach = reach_to_records(source)
    return [*blind, *reach] if blind and reach else []


def reach_to_records(source: Source) -> list[str]:
    """Say where a module could get at records: a model, another read, SQL written by hand."""
    return [
        f"{line}: knows {name}" for line, name in imported(source.tree) if _leads_to_records(name)
    ] + [
        f"{call.lineno}: writes SQL by hand"
        for name, call in calls(source.tree)
        if name.split(".")[-1] in SQL_BY_HAND
    ]


def _leads_to_records(name: str) -> bool:
    *package, last = name.split(".")
    if package[:2] == ["ctai", "queries"] or name == "ctai.queries":
        return True
    if package[:2] == ["ctai", "models"]:
        return last == "*" or bool(RECORDS.search(last))
    return name == "ctai.models"


def _takes_session(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(
        argument.arg == "session"
        or (argument.annotation is not None and "Session" in ast.unparse(argument.annotation))
        for argument in _arguments(node)
    )


def _arguments(node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[ast.arg]:
    return [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
