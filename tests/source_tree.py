"""Read the project's own source as syntax trees, so that a rule sees code and never a comment or a docstring."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("nakodo_desktop", "tests", "tools", "benchmarks")


def python_files(*folders: str) -> list[Path]:
    """Ours alone: a hidden folder (the environment of the benchmarks' peers) is not."""
    found = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return sorted(path for path in found if not any(part.startswith(".") for part in path.relative_to(ROOT).parts))


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@functools.cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def dotted(node: ast.AST) -> str:
    """`QApplication.instance` for the expression of that shape; an empty text for anything but names and dots."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    if isinstance(node, ast.Call):
        return dotted(node.func)
    return ""


def uses(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """What is called or derived from, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield dotted(node.func), node.lineno
        elif isinstance(node, ast.ClassDef):
            for base in node.bases:
                yield dotted(base), node.lineno


def imports(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Every imported module, with its line; `from a import b` counts as `a` and as `a.b`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module, node.lineno
            for alias in node.names:
                yield f"{node.module}.{alias.name}", node.lineno


def strings(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Every text in the code, parts of f-strings too, without the docstrings."""
    docstrings = {id(doc) for doc in map(_docstring, ast.walk(tree)) if doc is not None}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value, node.lineno


def swallowing_handlers(tree: ast.Module) -> Iterator[int]:
    """Lines of handlers that would catch a bug and keep it; one that ends in `raise` or ends the process does not."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler) and not _flies_on(node.body[-1]):
            kinds = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
            if any(kind is None or dotted(kind) in ("Exception", "BaseException") for kind in kinds):
                yield node.lineno


def _flies_on(last: ast.stmt) -> bool:
    raised = isinstance(last, ast.Raise) and last.exc is None
    return raised or (isinstance(last, ast.Expr) and dotted(last.value) == "os._exit")


def _docstring(node: ast.AST) -> ast.Constant | None:
    if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and node.body:
        first = node.body[0]
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
            return first.value
    return None
