"""Tables of readings as they come: CSV with a header, tab-separated, and the text of C-MAPSS.

A cell is text until somebody asks for numbers; then every cell must be one, and the first that is
not is named with its line, as the person who must correct it will look for it.
"""

import csv
import hashlib
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from station.errors import DatasetError, ErrorCode

CMAPSS = (
    *("unit", "cycle", "setting1", "setting2", "setting3"),
    *(f"s{number}" for number in range(1, 22)),
)
NUMBERED = re.compile(r"(.*[^_\-\d ])[_\- ]?(\d+)")  # the stem of one of several files
SUFFIXES = frozenset((".csv", ".tsv", ".txt"))
DELIMITERS = "\t;,"
ENCODINGS = ("utf-8-sig", "cp1252")
NOTHING = frozenset(("", "nan", "na", "n/a", "null", "none", "?"))
MOSTLY = 0.5  # of the cells that are filled: from there on a column is meant to be numbers

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Table:
    """Cells by column, all of one length. lines: where in the file each row stands, from 1.

    comma: a decimal comma was used. sha256: of the file's bytes.
    """

    path: Path
    columns: Mapping[str, Sequence[str]]
    lines: Sequence[int]
    comma: bool = False
    sha256: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The columns in the order of the file."""
        return tuple(self.columns)

    def __len__(self) -> int:
        return len(self.lines)


def read_table(path: Path) -> Table:
    """Read a file. Raises DatasetError TABLE_NOT_FOUND, TABLE_UNREADABLE."""
    try:
        data = path.read_bytes()
    except OSError as error:
        if isinstance(error, FileNotFoundError):
            raise DatasetError(ErrorCode.TABLE_NOT_FOUND, path=path) from None
        raise _unreadable(path, error.strerror or str(error)) from None
    text = _decoded(data, path)
    digest = hashlib.sha256(data).hexdigest()
    rows = [(number + 1, line) for number, line in enumerate(text.splitlines()) if line.strip()]
    if not rows:
        raise _unreadable(path, "no rows")
    if _is_cmapss(rows[0][1]):
        return _joined(path, CMAPSS, [(n, line.split()) for n, line in rows], False, digest)
    return _with_header(path, rows, digest)


def read_folder(folder: Path) -> Table:
    """All files of a folder as one table, with a column that tells them apart.

    From `experiment_01.csv`, `experiment_02.csv` … comes the column `experiment` with 01, 02, …
    Raises DatasetError TABLE_NOT_FOUND, TABLE_UNREADABLE.
    """
    files = sorted(
        path
        for path in folder.iterdir()
        if path.suffix.lower() in SUFFIXES and path.is_file() and NUMBERED.fullmatch(path.stem)
    )
    if not files:
        raise DatasetError(ErrorCode.TABLE_NOT_FOUND, path=folder / "*_1.csv")
    column = _stem(files[0])[0]
    names, parts = None, []
    for path in files:
        part = read_table(path)
        names = names or part.names
        if part.names != names or _stem(path)[0] != column or column in part.names:
            raise _unreadable(path, "other columns, or another name than the files before")
        parts.append((_stem(path)[1], part))
    columns = {column: [number for number, part in parts for _ in range(len(part))]}
    columns |= {
        name: [cell for _, part in parts for cell in part.columns[name]] for name in names or ()
    }
    lines = [line for _, part in parts for line in part.lines]
    digest = hashlib.sha256("".join(part.sha256 for _, part in parts).encode()).hexdigest()
    return Table(folder, columns, lines, parts[0][1].comma, digest)


def without(table: Table, rules: Sequence[str]) -> Table:
    """The table without the rows that a rule names: COLUMN=VALUE or COLUMN!=VALUE.

    Raises DatasetError TABLE_SKIP, TABLE_NO_COLUMN.
    """
    kept = list(range(len(table)))
    for rule in rules:
        name, sign, value = rule.partition("!=") if "!=" in rule else rule.partition("=")
        if not sign or not name.strip():
            raise DatasetError(ErrorCode.TABLE_SKIP, rule=rule)
        require(table, name.strip())
        cells, wanted = table.columns[name.strip()], value.strip()
        equal = [_same(cell, wanted, table.comma) for cell in cells]
        kept = [row for row in kept if equal[row] == (sign == "!=")]
    return some_rows(table, kept)


def require(table: Table, *names: str) -> None:
    """Raises DatasetError TABLE_NO_COLUMN for the first column that is not there."""
    for name in names:
        if name not in table.columns:
            known = ", ".join(table.names)
            raise DatasetError(ErrorCode.TABLE_NO_COLUMN, path=table.path, column=name, known=known)


def numbers(table: Table, name: str) -> Numbers:
    """A column as numbers.

    Raises DatasetError TABLE_NO_COLUMN, TABLE_GAP for an empty cell, TABLE_NOT_A_NUMBER.
    """
    require(table, name)
    cells = table.columns[name]
    found = np.fromiter((_number(cell, table.comma) for cell in cells), np.float64, len(cells))
    bad = np.flatnonzero(~np.isfinite(found))
    if len(bad):
        raise _bad_cell(table, name, int(bad[0]))
    return found


def is_numeric(table: Table, name: str) -> bool:
    """Whether most of the cells that are filled are numbers: the rest are then mistakes."""
    filled = [cell for cell in table.columns[name] if cell.lower() not in NOTHING]
    good = sum(math.isfinite(_number(cell, table.comma)) for cell in filled)
    return bool(filled) and good > MOSTLY * len(filled)


def texts(table: Table, name: str) -> tuple[str, ...]:
    """A column as words. Raises DatasetError TABLE_NO_COLUMN, TABLE_GAP for an empty cell."""
    require(table, name)
    cells = table.columns[name]
    for row, cell in enumerate(cells):
        if not cell:
            raise _bad_cell(table, name, row)
    return tuple(cells)


def at_least(table: Table, minimum: int) -> None:
    """Raises DatasetError TABLE_TOO_FEW."""
    if len(table) < minimum:
        raise DatasetError(
            ErrorCode.TABLE_TOO_FEW, path=table.path, count=len(table), minimum=minimum
        )


def some_rows(table: Table, rows: Iterable[int]) -> Table:
    """The same table with those rows only, in that order."""
    chosen = list(rows)
    columns = {name: [cells[row] for row in chosen] for name, cells in table.columns.items()}
    lines = [table.lines[row] for row in chosen]
    return Table(table.path, columns, lines, table.comma, table.sha256)


def _decoded(data: bytes, path: Path) -> str:
    if b"\0" in data:
        raise _unreadable(path, "binary")
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _unreadable(path, "unknown encoding")


def _is_cmapss(line: str) -> bool:
    """26 numbers apart by blanks, and no header."""
    cells = line.split()
    return len(cells) == len(CMAPSS) and all(math.isfinite(_number(cell, False)) for cell in cells)


def _with_header(path: Path, rows: list[tuple[int, str]], digest: str) -> Table:
    delimiter = max(DELIMITERS, key=rows[0][1].count)
    try:
        cells = [
            (number, next(csv.reader([line], delimiter=delimiter, strict=True)))
            for number, line in rows
        ]
    except csv.Error as error:
        raise _unreadable(path, str(error)) from None
    names = [name.strip() for name in cells[0][1]]
    if not names[0] and len(names) > 1:  # the number of the row, as some programs write it
        names, cells = names[1:], [(number, row[1:]) for number, row in cells]
    if len(set(names)) < len(names) or not all(names):
        raise _unreadable(path, "the header has a name twice, or an empty one")
    if all(math.isfinite(_number(name, False)) for name in names):
        raise _unreadable(path, "no header")
    return _joined(path, names, cells[1:], delimiter == ";", digest)


def _joined(
    path: Path,
    names: Sequence[str],
    rows: Sequence[tuple[int, list[str]]],
    comma: bool,
    digest: str,
) -> Table:
    for number, cells in rows:
        if len(cells) != len(names):
            reason = f"line {number}: {len(cells)} ≠ {len(names)}"
            raise _unreadable(path, reason)
    columns = {
        name: [cells[place].strip() for _, cells in rows] for place, name in enumerate(names)
    }
    return Table(path, columns, [number for number, _ in rows], comma, digest)


def _number(cell: str, comma: bool) -> float:
    """Not finite where it is none."""
    if comma and "." not in cell:
        cell = cell.replace(",", ".")
    try:
        return float(cell)
    except ValueError:
        return math.nan


def _same(cell: str, wanted: str, comma: bool) -> bool:
    """As text, as the same number, or both empty."""
    if not wanted:
        return cell.lower() in NOTHING
    return cell == wanted or _number(cell, comma) == _number(wanted, comma)


def _stem(path: Path) -> tuple[str, str]:
    """What a numbered file is, and its number."""
    found = NUMBERED.fullmatch(path.stem)
    assert found is not None
    return found[1], found[2]


def _bad_cell(table: Table, name: str, row: int) -> DatasetError:
    value = table.columns[name][row]
    where = {"path": table.path, "column": name, "line": table.lines[row]}
    if value.lower() in NOTHING:
        return DatasetError(ErrorCode.TABLE_GAP, **where)
    return DatasetError(ErrorCode.TABLE_NOT_A_NUMBER, **where, value=value[:40])


def _unreadable(path: Path, reason: str) -> DatasetError:
    return DatasetError(ErrorCode.TABLE_UNREADABLE, path=path, reason=reason)
