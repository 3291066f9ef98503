"""Which tests say that they prove which fault: read from their source, nothing is run."""

import ast
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent


def marked_tests() -> dict[str, list[str]]:
    """By the fault's name, each test marked `@pytest.mark.fault("<name>")` as `file::function`."""
    found: dict[str, list[str]] = {}
    for path in sorted(TESTS.rglob("test_*.py")):
        for function, name in _marks(ast.parse(path.read_text("utf-8"))):
            place = path.relative_to(TESTS.parent).as_posix()
            found.setdefault(name, []).append(f"{place}::{function}")
    return found


def _marks(tree: ast.AST) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            for mark in node.decorator_list:
                if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.fault":
                    yield node.name, str(ast.literal_eval(mark.args[0]))
