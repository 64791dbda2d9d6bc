"""Rules for pages and the front door: thin scripts that nobody reaches without signing in."""

import ast
import re

from tests.architecture.sources import Source, belongs_to, calls, dotted, imported, without_opening

LONGEST_PAGE = 60
PAGE_NAME = re.compile(r"[a-z]+(_[a-z]+)*\.py")
BEHIND_THE_STORE = frozenset(
    {
        "sqlmodel", "sqlalchemy", "sqlite3", "psycopg", "alembic",
        "ctai.db", "ctai.models", "ctai.queries", "ctai.services",
        "streamlit_authenticator", "ctai.ui.session",
    }
)  # fmt: skip
RECKONS = frozenset({"sum", "round", "divmod", "pow", "eval", "exec"})


def entered_late(source: Source) -> list[str]:
    """A page asks the front door first: a deep link runs the page's file without app.py."""
    match without_opening(source.tree)[:1]:
        case [
            ast.Expr(value=ast.Call(func=func, args=[ast.Name(id="__file__"), *_]))
            | ast.Assign(value=ast.Call(func=func, args=[ast.Name(id="__file__"), *_]))
        ] if dotted(func) == "shell.enter":
            return []
    return ["does not begin with shell.enter(__file__)"]


def fat_page(source: Source) -> list[str]:
    """A page is read at a glance, and is called what its URL is called."""
    faults = []
    if not PAGE_NAME.fullmatch(source.path.name):
        faults.append("is not named in lower-case letters")
    if (lines := len(source.text.splitlines())) > LONGEST_PAGE:
        faults.append(f"{lines} lines, more than {LONGEST_PAGE}")
    return faults


def thinking_page(source: Source) -> list[str]:
    """A page defines nothing, computes nothing and asks no database."""
    faults = []
    for node in ast.walk(source.tree):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef() | ast.Lambda():
                faults.append(f"{node.lineno}: defines something")
            case ast.BinOp() | ast.AugAssign():
                faults.append(f"{node.lineno}: computes")
    for name, call in calls(source.tree):
        if name in RECKONS:
            faults.append(f"{call.lineno}: computes with {name}")
    for line, name in imported(source.tree):
        if belongs_to(name, BEHIND_THE_STORE):
            faults.append(f"{line}: reaches past ctai.ui.store to {name}")
    return faults


def wide_front_door(source: Source) -> list[str]:
    """app.py builds the server's `app` from itself and runs the shell; nothing else."""
    statements = without_opening(source.tree)
    faults = [
        f"{node.lineno}: more than the server and the shell"
        for node in statements
        if not (_builds_app(node) or _runs_shell(node))
    ]
    if sum(map(_builds_app, statements)) != 1:
        faults.append("does not build one app = App(__file__, …)")
    if sum(map(_runs_shell, statements)) != 1:
        faults.append("does not call shell.main() once")
    return faults


def _builds_app(node: ast.stmt) -> bool:
    match node:
        case ast.Assign(
            targets=[ast.Name(id="app")],
            value=ast.Call(func=func, args=[ast.Name(id="__file__")]) as call,
        ):
            logic = ast.Lambda | ast.BinOp | ast.IfExp | ast.BoolOp
            return dotted(func).split(".")[-1] == "App" and not any(
                isinstance(part, logic) for part in ast.walk(call)
            )
    return False


def _runs_shell(node: ast.stmt) -> bool:
    match node:
        case ast.Expr(value=ast.Call(func=func, args=[], keywords=[])):
            return dotted(func) == "shell.main"
    return False
