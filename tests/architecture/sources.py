"""The project's own files, parsed, and small questions about a parsed file."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Source:
    """One Python file: where it is, relative to the project, and what it says."""

    path: Path
    text: str
    tree: ast.Module


def parse(text: str, path: str = "sample.py") -> Source:
    """Read a snippet as if it stood in a file of the project."""
    return Source(Path(path), text, ast.parse(text))


def python_files(*places: str, root: Path = ROOT) -> list[Source]:
    """Read all Python files in folders of the project, or the files named themselves."""
    files: list[Path] = []
    for place in places:
        path = root / place
        files += [path] if path.is_file() else sorted(path.rglob("*.py"))
    return [parse(file.read_text("utf-8"), file.relative_to(root).as_posix()) for file in files]


def imported(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Give the line and full name of everything imported: `a.b` and, for `from a import b`, `a.b`.

    The package itself comes too: `from a.b import c` gives `a.b.c` only, which starts with `a.b`.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def belongs_to(name: str, packages: frozenset[str]) -> bool:
    """Tell whether a dotted name is one of some packages or stands inside one."""
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def dotted(node: ast.expr) -> str:
    """Write a chain of names as in the source, `st.sidebar.title`; calls in it keep their name."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=attr):
            return f"{dotted(value)}.{attr}"
        case ast.Call(func=func):
            return dotted(func)
        case _:
            return ""


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Give every call with the dotted name of what is called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield dotted(node.func), node


def without_opening(tree: ast.Module) -> list[ast.stmt]:
    """Give a file's statements after its docstring and imports."""
    body = tree.body[1:] if ast.get_docstring(tree) is not None else tree.body
    return [node for node in body if not isinstance(node, ast.Import | ast.ImportFrom)]


def listing(found: dict[Path, list[str]]) -> str:
    """Write what was found for the person who has to mend it."""
    return "\n".join(f"{path}: {fault}" for path, faults in found.items() for fault in faults)
