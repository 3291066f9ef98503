"""Studies of agreement as tables of words: of others to be figured, of ours for others to check.

The columns are those of every program for it: part, appraiser, trial, rating, reference.
"""

import csv
import io
from collections.abc import Iterable, Sequence

from station.domain.class_names import GOOD_NAMES
from station.errors import DatasetError, ErrorCode
from station.insight.study import Role, Said, Study, Word, judged_by_all, standing, truths
from station.insight.study_result import Judged, Sheet
from station.insight.tables import NOTHING, Table, require

COLUMNS = ("part", "appraiser", "trial", "rating", "reference")
STATION = "(station)"
"""What the station is called in a table; no person's name has brackets around it."""
GOOD = GOOD_NAMES | {"1", "accept", "accepted", "go", "yes", "io", "i.o.", "合格"}
BAD = frozenset(
    ("0", "ng", "nok", "bad", "fail", "reject", "rejected", "no-go", "nogo", "no", "nio", "n.i.o.")
) | {"不合格"}
LEAST = 2
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")

_Cells = dict[str, Sequence[str]]


def sheet_of(table: Table, good: Sequence[str] = ()) -> Sheet:
    """A study from a table; good: which ratings pass, empty: what is known to everybody.

    Raises DatasetError TABLE_NO_COLUMN, STUDY_GAP, STUDY_WORD, DATASET_UNKNOWN_CLASS for a good
    one that never occurs, STUDY_TRUTH for two references of a part, STUDY_TWICE, STUDY_UNEVEN,
    STUDY_TOO_FEW.
    """
    cells = _columns(table)
    if good:
        _check_known(cells, good)
    ratings = _words(table, cells, "rating", good)
    truth = _truth(table, cells, _words(table, cells, "reference", good))
    if len(truth) < LEAST:
        raise DatasetError(ErrorCode.STUDY_TOO_FEW, count=len(truth), minimum=LEAST)
    judges = _judges(table, cells, ratings, tuple(truth))
    return Sheet(tuple(truth), tuple(truth.values()), judges)


def table_of(study: Study, words: Iterable[Word]) -> bytes:
    """Every word of a study that stands, as CSV in UTF-8 with a mark that Excel knows."""
    said = standing(words)
    truth = truths(study, said)
    text = io.StringIO(newline="")
    out = csv.writer(text)
    out.writerow(COLUMNS)
    places = frozenset(judged_by_all(study, said))
    for (role, by), trials in said.items():
        for trial in sorted(trials):
            for place in sorted(places.intersection(trials[trial])):
                if role is Role.EXPERT:
                    continue  # his word is the reference
                given = truth[place].value if truth else ""
                row = (_name(study, place), by or STATION, trial, trials[trial][place].value, given)
                out.writerow([_safe(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def _name(study: Study, place: int) -> str:
    """The part by its place too: two pictures may bear the same name."""
    return f"{place + 1} {study.parts[place].name}".strip()


def _safe(cell: object) -> object:
    """A text that a spreadsheet could calculate gets a ' before it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_RISKY) else cell


def _columns(table: Table) -> _Cells:
    """The five columns, however they are written; every cell of them filled."""
    written = {name.casefold(): name for name in table.names}
    found: _Cells = {}
    for name in COLUMNS:
        require(table, written.get(name, name))
        found[name] = table.columns[written[name]]
        for row, cell in enumerate(found[name]):
            if not cell or (name in ("rating", "reference") and cell.casefold() in NOTHING):
                where = {"column": written[name], "line": table.lines[row]}
                raise DatasetError(ErrorCode.STUDY_GAP, path=table.path, **where)
    return found


def _check_known(cells: _Cells, good: Sequence[str]) -> None:
    there = dict.fromkeys([*cells["rating"], *cells["reference"]])
    folded = {word.casefold() for word in there}
    for word in good:
        if word.casefold() not in folded:
            known = ", ".join(there)
            raise DatasetError(ErrorCode.DATASET_UNKNOWN_CLASS, label=word, known=known)


def _words(table: Table, cells: _Cells, column: str, good: Sequence[str]) -> list[str]:
    """OK, NG or, of a rating of the station, REVIEW."""
    passing = {word.casefold() for word in good}
    found = []
    for row, cell in enumerate(cells[column]):
        word = cell.casefold()
        unsure = column == "rating" and word == Said.REVIEW.value.casefold()
        if word in (passing or GOOD):
            found.append(Said.OK.value)
        elif unsure:
            found.append(Said.REVIEW.value)
        elif passing or word in BAD:
            found.append(Said.NG.value)
        else:
            raise DatasetError(
                ErrorCode.STUDY_WORD,
                path=table.path,
                line=table.lines[row],
                column=column,
                value=cell[:40],
            )
    return found


def _truth(table: Table, cells: _Cells, given: Sequence[str]) -> dict[str, str]:
    """The reference of each part, in the order of the file."""
    truth: dict[str, str] = {}
    for part, word in zip(cells["part"], given, strict=True):
        if truth.setdefault(part, word) != word:
            raise DatasetError(ErrorCode.STUDY_TRUTH, path=table.path, part=part)
    return truth


def _judges(
    table: Table, cells: _Cells, ratings: Sequence[str], parts: Sequence[str]
) -> tuple[Judged, ...]:
    said: dict[str, dict[str, dict[str, str]]] = {}
    rows = zip(cells["appraiser"], cells["trial"], cells["part"], ratings, strict=True)
    for row, (by, trial, part, word) in enumerate(rows):
        trials = said.setdefault(by, {}).setdefault(trial, {})
        if part in trials:
            line = table.lines[row]
            place = {"part": part, "appraiser": by, "trial": trial}
            raise DatasetError(ErrorCode.STUDY_TWICE, path=table.path, line=line, **place)
        trials[part] = word
    most = max(len(trials) for trials in said.values())
    _check_even(table, said, parts, most)
    return tuple(
        Judged(
            "" if by == STATION else by,
            tuple(tuple(words[part] for part in parts) for words in trials.values()),
            by == STATION,
        )
        for by, trials in said.items()
    )


def _check_even(
    table: Table, said: dict[str, dict[str, dict[str, str]]], parts: Sequence[str], most: int
) -> None:
    """Every person as many trials, the station at least one; every trial over all parts."""
    names = dict.fromkeys(trial for trials in said.values() for trial in trials)
    for by, trials in said.items():
        if len(trials) < most and by != STATION:
            missing = next(name for name in names if name not in trials)
            raise _uneven(table, by, missing, parts[0])
        for trial, words in trials.items():
            for part in parts:
                if part not in words:
                    raise _uneven(table, by, trial, part)


def _uneven(table: Table, by: str, trial: str, part: str) -> DatasetError:
    place = {"part": part, "appraiser": by, "trial": trial}
    return DatasetError(ErrorCode.STUDY_UNEVEN, path=table.path, **place)
