"""Makes smaller, in place, what pip installed to be shipped. Standard library only.

slim.py FOLDER

Docstrings of others go: a sixth of all compiled code. Lines keep their numbers, so tracebacks stay
true. And what is imported but never used is replaced by what lies in stand_ins/, each with its
reason.
"""

import ast
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

STAND_INS = Path(__file__).resolve().parent / "stand_ins"
KEPT = ("station/", "numpy/")  # the help of our commands; numpy asks its own what they say
INSTEAD: dict[type[ast.AST], bytes] = {
    ast.Module: b'""',  # nothing but a string may come before imports from __future__
    ast.ClassDef: b'"."',  # to one without, dataclasses gives its signature, at every start
    ast.FunctionDef: b"pass",  # None, as with python -OO, for which packages are prepared
    ast.AsyncFunctionDef: b"pass",
}


def docstrings(tree: ast.Module) -> Iterator[tuple[ast.Constant, bytes]]:
    """Each docstring, and what takes its place."""
    for node in ast.walk(tree):
        first = node.body[0] if isinstance(node, tuple(INSTEAD)) and node.body else None
        value = first.value if isinstance(first, ast.Expr) else None
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield value, INSTEAD[type(node)]


def bare(source: bytes) -> bytes:
    """The source with short docstrings, each on the lines of the old one."""
    lines = source.splitlines(keepends=True)
    found = sorted(docstrings(ast.parse(source)), key=lambda one: one[0].lineno, reverse=True)
    for node, short in found:
        first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
        before, after = lines[first][: node.col_offset], lines[last][node.end_col_offset :]
        if first == last:
            lines[first] = before + short + after
            continue
        lines[first] = before + short + (after if after.strip() else b"\n")
        lines[first + 1 : last + 1] = [b"\n"] * (last - first)
    return b"".join(lines)


def wanted(place: str, source: bytes) -> bool:
    """Whether it is somebody else's, in an encoding whose columns are bytes as ast counts them."""
    declared = b"".join(source.splitlines(keepends=True)[:2])
    return not place.startswith(KEPT) and (b"coding" not in declared or b"utf-8" in declared)


def replace(folder: Path) -> None:
    """Put the stand-ins where the machine code was that they stand for."""
    for path in sorted(STAND_INS.rglob("*.py")):
        target = folder / path.relative_to(STAND_INS)
        for machine_code in target.parent.glob(f"{target.stem}.*"):
            machine_code.unlink()
        shutil.copyfile(path, target)


def shorten(folder: Path) -> None:
    """Every source below the folder."""
    for path in sorted(folder.rglob("*.py")):
        source = path.read_bytes()
        if wanted(path.relative_to(folder).as_posix(), source):
            try:
                path.write_bytes(bare(source))
            except SyntaxError:  # a template, or of a newer Python
                continue


if __name__ == "__main__":
    replace(Path(sys.argv[1]))
    shorten(Path(sys.argv[1]))
