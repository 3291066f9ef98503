"""Rows of a table as numbers to learn a process from, and what is doubtful about them.

Inputs are what is known of a row at the same moment as its target. The target's own past is no
input: a model that repeats the last value tells nothing of what drives it and cannot be set. The
absolute time is none either: no later row lies in the range that was learnt; only the hour of the
day and the day of the week are, once the table holds several of each.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from station.errors import DatasetError, ErrorCode, Fault
from station.insight.bonds import ranks
from station.insight.health_rows import (
    MOST_WORDS,
    Columns,
    Target,
    find_columns,
    find_target,
    leaks,
    rows_of,
)
from station.insight.health_series import LEAK, LEAST_ROWS, correlation, leak
from station.insight.process_card import (
    DAYS,
    FLAG,
    HOUR_COS,
    HOUR_SIN,
    NUMBER,
    WEEKDAY,
    ProcessCard,
)
from station.insight.process_inputs import Inputs, full_of
from station.insight.process_moments import DAY, Moments, find_dates, read_moments
from station.insight.tables import (
    NOTHING,
    Table,
    at_least,
    is_numeric,
    numbers,
    require,
    some_rows,
    texts,
)

GAPS = 0.2  # of a column or of the rows: with more gaps it is of no use
GROWS = 0.9  # of the rows: from there on a column that never falls is a clock
SEEN_DAYS, SEEN_WEEKS = (
    3,
    3,
)  # from there on the hour, or the weekday, is no other word for the date
MONDAY = 4 * DAY  # 1970 began with a Thursday

Numbers = npt.NDArray[np.float64]
Rows = npt.NDArray[np.float32]
Index = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Matter:
    """What is learnt from, in the order of time where there is one.

    target: numbers, or 1 for `bad`. groups: of each row, from 0 in the order of the file.
    """

    table: Table
    inputs: Inputs
    rows: Rows
    target: Numbers
    target_name: str
    task: str
    bad: str
    good: str
    groups: Index | None
    time: str
    group_name: str
    step: float
    calendar: tuple[str, ...]
    decimals: dict[str, int]
    faults: tuple[Fault, ...]


def read_matter(
    table: Table,
    target: str,
    drop: Sequence[str] = (),
    time: str = "",
    group: str = "",
    bad: str = "",
) -> Matter:
    """Raises DatasetError of the family TABLE_."""
    taken = tuple(name for name in (target, time, group) if name)
    require(table, *taken, *drop)
    for name in taken:
        if name in drop:
            raise DatasetError(ErrorCode.TABLE_TAKEN, column=name)
    if len(set(taken)) < len(taken):
        raise DatasetError(ErrorCode.TABLE_TAKEN, column=target)
    at_least(table, LEAST_ROWS)
    faults: list[Fault] = []
    if not time and not group:
        time = find_dates(table, (target, *drop))
        facts = (("column", time), ("path", str(table.path)))
        code = ErrorCode.TABLE_TIME_TAKEN if time else ErrorCode.TABLE_ORDER_TAKEN
        faults.append(Fault(code, facts if time else facts[1:]))
    table, left_out, gaps = whole_rows(table, (target, time, group), drop)
    faults += gaps
    at_least(table, LEAST_ROWS)
    moments = read_moments(table, time) if time else None
    if moments is not None:
        faults += moments.faults
        table = some_rows(table, moments.order.tolist())
    unused = [name for name in (*taken, time, *drop, *left_out) if name]
    if not group:
        unused += clocks(table, unused)
    columns, doubts = find_columns(table, unused)
    faults += doubts
    aim, task, bad, good = _target(table, target, bad)
    extra, words = _calendar(moments)
    rows = np.column_stack([rows_of(table, columns), *extra.values()]).astype(np.float32)
    names = (*columns.names, *extra)
    inputs = Inputs(names, {**columns.words, **words}, _factors(columns, rows))
    if task == FLAG:
        faults += leaks(rows, columns, Target(aim > 0.5, bad, good), target)
    else:
        faults += _leaks(inputs, rows, aim, target)
    return Matter(
        table=table,
        inputs=inputs,
        rows=rows,
        target=aim,
        target_name=target,
        task=task,
        bad=bad,
        good=good,
        groups=_groups(table, group),
        time=time,
        group_name=group,
        step=moments.step if moments and moments.dated else 0.0,
        calendar=tuple(extra),
        decimals={
            name: decimals(table.columns[name], table.comma)
            for name in columns.names
            if name not in columns.words
        },
        faults=tuple(faults),
    )


def rows_for(card: ProcessCard, table: Table) -> tuple[Table, Rows, tuple[Fault, ...]]:
    """The rows that can be foretold, as numbers; lines with gaps are left out, and that is said.

    Raises DatasetError TABLE_NO_COLUMN, TABLE_GAP, TABLE_NOT_A_NUMBER, TABLE_UNKNOWN_WORD,
    TABLE_NOT_A_TIME.
    """
    plain = tuple(name for name in card.columns if name not in card.calendar)
    needed = (*plain, card.time) if card.calendar else plain
    require(table, *needed)
    table, faults = without_gaps(table, needed, 1.0)
    known = {name: words for name, words in card.words.items() if name in plain}
    rows = rows_of(table, Columns(plain, known))
    if card.calendar:
        moments = read_moments(table, card.time)
        at = np.empty(len(table))
        at[moments.order] = moments.at
        every = _of_clock(at)
        rows = np.column_stack([rows, *(every[name] for name in card.calendar)]).astype(np.float32)
    return table, rows, (*faults, *_outside(card, rows))


def whole_rows(
    table: Table, keys: Sequence[str], drop: Sequence[str]
) -> tuple[Table, tuple[str, ...], list[Fault]]:
    """Without columns that are mostly gaps, which are named, and then without lines with gaps."""
    hollow = []
    for name in table.names:
        empty = sum(cell.lower() in NOTHING for cell in table.columns[name])
        if name not in (*keys, *drop) and empty > GAPS * len(table):
            hollow.append(name)
    wide = {
        name
        for name in table.names
        if not is_numeric(table, name) and len(set(table.columns[name])) > MOST_WORDS
    }
    used = [
        name
        for name in table.names
        if name not in (*drop, *hollow) and (name in keys or name not in wide)
    ]
    whole, faults = without_gaps(table, used, GAPS)
    if hollow:
        faults.insert(0, Fault(ErrorCode.TABLE_HOLLOW, (("columns", ", ".join(hollow)),)))
    return whole, tuple(hollow), faults


def without_gaps(table: Table, names: Sequence[str], most: float) -> tuple[Table, list[Fault]]:
    """Raises DatasetError TABLE_GAP where more than that share of the lines have one."""
    first: dict[int, str] = {}
    for name in names:
        for row, cell in enumerate(table.columns[name]):
            if cell.lower() in NOTHING:
                first.setdefault(row, name)
    if not first:
        return table, []
    row = min(first)
    where = {"path": table.path, "column": first[row], "line": table.lines[row]}
    if len(first) > most * len(table) or len(first) == len(table):
        raise DatasetError(ErrorCode.TABLE_GAP, **where)
    facts = tuple((key, str(value)) for key, value in {**where, "count": len(first)}.items())
    kept = [row for row in range(len(table)) if row not in first]
    return some_rows(table, kept), [Fault(ErrorCode.TABLE_GAPS_SKIPPED, facts)]


def clocks(table: Table, unused: Sequence[str]) -> list[str]:
    """Columns that only grow from row to row: time by another name, or a counter."""
    found = []
    for name in table.names:
        if name not in unused and is_numeric(table, name):
            steps = np.diff(numbers(table, name))
            if (steps >= 0).all() and np.mean(steps > 0) > GROWS:
                found.append(name)
    return found


def target_of(card: ProcessCard, table: Table) -> Numbers:
    """The truth of each row. Raises DatasetError of the family TABLE_."""
    if card.task == NUMBER:
        return numbers(table, card.target)
    words = texts(table, card.target)
    for row, word in enumerate(words):
        if word not in (card.bad, card.good):
            raise DatasetError(
                ErrorCode.TABLE_UNKNOWN_WORD,
                path=table.path,
                column=card.target,
                line=table.lines[row],
                value=word[:40],
                known=f"{card.good}, {card.bad}",
            )
    return np.array([float(word == card.bad) for word in words])


def decimals(cells: Sequence[str], comma: bool) -> int:
    """How finely a column is written: the digits after the point, at most."""
    point = "," if comma else "."
    tails = (cell.lower().partition("e")[0].partition(point)[2] for cell in cells)
    return min(max(map(len, tails), default=0), 9)


def _target(table: Table, name: str, bad: str) -> tuple[Numbers, str, str, str]:
    words = texts(table, name)
    values = numbers(table, name) if not bad and is_numeric(table, name) else None
    if len(set(words)) == 1 or (values is not None and values.min() == values.max()):
        raise DatasetError(
            ErrorCode.TABLE_TARGET_CONSTANT, path=table.path, column=name, value=words[0][:40]
        )
    if values is not None and set(np.unique(values).tolist()) != {0.0, 1.0}:
        return values, NUMBER, "", ""
    found = find_target(table, name, bad)
    return found.bad.astype(np.float64), FLAG, found.bad_word, found.good_word


def _groups(table: Table, group: str) -> Index | None:
    if not group:
        return None
    names = texts(table, group)
    known = {name: number for number, name in enumerate(dict.fromkeys(names))}
    if len(known) < 5:
        raise DatasetError(
            ErrorCode.TABLE_TOO_FEW_UNITS,
            path=table.path,
            column=group,
            count=len(known),
            minimum=5,
        )
    return np.array([known[name] for name in names])


def _calendar(moments: Moments | None) -> tuple[dict[str, Numbers], dict[str, tuple[str, ...]]]:
    """The hour and the weekday, where the table holds enough days and weeks."""
    if moments is None or not moments.dated:
        return {}, {}
    every, days = _of_clock(moments.at), (moments.at[-1] - moments.at[0]) / DAY
    names = [HOUR_SIN, HOUR_COS] if days >= SEEN_DAYS and moments.step < DAY else []
    names += [WEEKDAY] if days >= 7 * SEEN_WEEKS and len(np.unique(every[WEEKDAY])) == 7 else []
    return {name: every[name] for name in names}, {WEEKDAY: DAYS} if WEEKDAY in names else {}


def _of_clock(at: Numbers) -> dict[str, Numbers]:
    turn = 2 * np.pi * (at % DAY) / DAY
    weekday = np.floor((at - MONDAY) / DAY) % 7
    return {HOUR_SIN: np.sin(turn), HOUR_COS: np.cos(turn), WEEKDAY: weekday}


def _factors(columns: Columns, rows: Rows) -> dict[str, float]:
    found = {}
    for place, name in enumerate(columns.names):
        if name not in columns.words:
            full = full_of(name, rows[:, place].astype(np.float64))
            if full is not None:
                found[name] = full
    return found


def _leaks(inputs: Inputs, rows: Rows, target: Numbers, name: str) -> list[Fault]:
    """A warning for each column that almost is the target, or goes up and down with it."""
    found = []
    ranked = ranks(target)
    for place in inputs.numeric:
        values = rows[:, place].astype(np.float64)
        plain = abs(correlation(values, target))
        bond = max(plain, abs(correlation(ranks(values), ranked)))
        if bond > LEAK:
            found.append(leak(inputs.names[place], name, bond))
    return found


def _outside(card: ProcessCard, rows: Rows) -> list[Fault]:
    """A warning where rows lie beyond all that was learnt: what is foretold there is a guess."""
    beyond, named = np.zeros(len(rows), np.bool_), []
    for place, name in enumerate(card.columns):
        if name not in card.least or name in card.calendar:
            continue
        slack = 1e-6 * max(abs(card.least[name]), abs(card.most[name]))
        out = (rows[:, place] < card.least[name] - slack) | (
            rows[:, place] > card.most[name] + slack
        )
        if out.any():
            beyond |= out
            named.append(name)
    if not named:
        return []
    facts = (("columns", ", ".join(named)), ("count", str(int(beyond.sum()))))
    return [Fault(ErrorCode.TABLE_BEYOND, facts)]
