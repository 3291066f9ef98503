"""Rows of a table as numbers to learn a failure from, and what is doubtful about their columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from station.errors import DatasetError, ErrorCode, Fault
from station.insight.health_figures import average_precision
from station.insight.health_series import LEAK, LEAST_ROWS, correlation, leak
from station.insight.health_windows import windows_at
from station.insight.tables import (
    Table,
    at_least,
    is_numeric,
    numbers,
    require,
    texts,
)

MOST_WORDS = 20  # of a column: with more it is a name, and tells nothing of the next row
LEAST_BAD = 5  # of each class: fewer cannot be told apart from chance
SURE = 10  # rows with one value that are all bad: it says the target, not why
RARE = 0.5
OVERLAP = 2  # windows that each row of a group is in

Numbers = npt.NDArray[np.float64]
Rows = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns go in. words: of each column of text, in the order of their numbers."""

    names: tuple[str, ...]
    words: Mapping[str, tuple[str, ...]]

    @property
    def crossable(self) -> tuple[int, ...]:
        """Where those of numbers stand."""
        return tuple(k for k, name in enumerate(self.names) if name not in self.words)


@dataclass(frozen=True, slots=True)
class Target:
    """Which rows are bad, and what the two classes are called."""

    bad: Flags
    bad_word: str
    good_word: str


def find_columns(table: Table, taken: Sequence[str]) -> tuple[Columns, tuple[Fault, ...]]:
    """Those that change and tell rows apart; counters and names are left out.

    Raises DatasetError TABLE_NO_COLUMN, TABLE_TOO_FEW, TABLE_GAP, TABLE_NOT_A_NUMBER,
    TABLE_NOTHING_LEFT.
    """
    require(table, *taken)
    at_least(table, LEAST_ROWS)
    names, words, constant = [], {}, []
    for name in table.names:
        if name in taken:
            continue
        kinds = set(table.columns[name])
        if len(kinds) == 1:
            constant.append(name)
        elif is_numeric(table, name):
            if not _is_counter(numbers(table, name)):
                names.append(name)
        elif len(kinds) <= MOST_WORDS:
            words[name] = tuple(sorted(set(texts(table, name))))
            names.append(name)
    if not names:
        raise DatasetError(ErrorCode.TABLE_NOTHING_LEFT, path=table.path)
    facts = (("columns", ", ".join(constant)),)
    faults = (Fault(ErrorCode.TABLE_CONSTANT, facts),) if constant else ()
    return Columns(tuple(names), words), faults


def rows_of(table: Table, columns: Columns) -> Rows:
    """The input (n, columns).

    Raises DatasetError TABLE_NO_COLUMN, TABLE_GAP, TABLE_NOT_A_NUMBER, TABLE_UNKNOWN_WORD.
    """
    rows = np.empty((len(table), len(columns.names)), np.float32)
    for place, name in enumerate(columns.names):
        known = columns.words.get(name)
        rows[:, place] = numbers(table, name) if known is None else _places(table, name, known)
    return rows


def group_windows(
    table: Table, group: str, columns: Columns, window: int
) -> list[tuple[str, Rows]]:
    """The windows (n, window, columns) of each group, in the order of the file."""
    rows, names = rows_of(table, columns), np.array(texts(table, group))
    found = []
    for name in dict.fromkeys(names.tolist()):
        own = rows[names == name]
        ends = range(min(window, len(own)) - 1, len(own), max(1, window // OVERLAP))
        found.append((str(name), windows_at(own, window, ends)))
    return found


def find_target(table: Table, name: str, bad: str = "") -> Target:
    """The class that is bad: the one that is named, 1 of 0 and 1, or else the rarer.

    Raises DatasetError TABLE_NO_COLUMN, TABLE_GAP, TABLE_ONE_CLASS.
    """
    said = np.array(texts(table, name))
    kinds, counts = np.unique(said, return_counts=True)
    if len(kinds) != 2 or counts.min() < LEAST_BAD or (bad and bad not in kinds):
        found = ", ".join(
            f"{kind} × {count}" for kind, count in list(zip(kinds, counts, strict=True))[:6]
        )
        raise DatasetError(ErrorCode.TABLE_ONE_CLASS, path=table.path, column=name, found=found)
    if not bad:
        flags = set(kinds.tolist()) in ({"0", "1"}, {"0.0", "1.0"})
        bad = str(kinds[1] if flags else kinds[1 - int(np.argmin(counts[::-1]))])
    good = str(kinds[0] if kinds[1] == bad else kinds[1])
    return Target(said == bad, bad, good)


def leaks(rows: Rows, columns: Columns, target: Target, name: str) -> tuple[Fault, ...]:
    """A warning for each column that says the target rather than why."""
    faults = []
    for place, column in enumerate(columns.names):
        values = rows[:, place].astype(np.float64)
        bond = abs(correlation(values, target.bad.astype(np.float64)))
        if bond > LEAK or _tells_all(values, target.bad):
            faults.append(leak(column, name, bond))
    return tuple(faults)


def _tells_all(values: Numbers, bad: Flags) -> bool:
    """One of few values is always bad, or the order of the values is that of the target."""
    kinds = np.unique(values)
    if len(kinds) <= MOST_WORDS:
        if bad.mean() >= RARE:
            return False
        return any((values == kind).sum() >= SURE and bad[values == kind].all() for kind in kinds)
    return max(average_precision(values, bad), average_precision(-values, bad)) > LEAK


def _is_counter(values: Numbers) -> bool:
    """Whole numbers that only grow: the number of the row, or its time."""
    return bool((np.diff(values) > 0).all() and (values == np.floor(values)).all())


def _places(table: Table, name: str, known: Sequence[str]) -> Numbers:
    found = np.empty(len(table))
    for row, word in enumerate(texts(table, name)):
        if word not in known:
            raise DatasetError(
                ErrorCode.TABLE_UNKNOWN_WORD,
                path=table.path,
                column=name,
                line=table.lines[row],
                value=word[:40],
                known=", ".join(known),
            )
        found[row] = known.index(word)
    return found
