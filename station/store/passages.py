"""The parts of a span as columns of numbers, for figures over a hundred thousand of them.

A page of records is read as entries; a shift is read as columns, and what came since is added to
them, so that a page that stays open costs as much as what is new.
"""

import itertools
import json
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    case,
    exists,
    func,
    select,
)

from station.domain.counts import Outcome
from station.domain.inspection import DecisionKind, Verdict
from station.store.history import Filter
from station.store.rollup import HOUR_MS
from station.store.rows import fit_text
from station.store.schema import counted, decisions, hours, inspections

VERDICTS = tuple(Verdict)
OUTCOMES = tuple(Outcome)
ACCEPTED, REJECTED = 1, 2
LOOK_BACK_MS = 90 * 24 * HOUR_MS  # counters of serial numbers begin anew now and then
_ROWS_AT_ONCE = 1000  # few milliseconds in which no other thread runs, and little to clean up
_SIGHTINGS = 8  # of a serial number that are looked at; a broken reader gives one to every part
_SPAN = ("since_ms", "until_ms")
SCOPE = ("recipe", "lot", "operator", "model", "station")
_WORDS = ("recipe", "lot", "operator", "model", "sha256", "label")
_WAITS, _AGAIN = 4, 8  # bits beside the verdict's place
_REALS = ("brightness", "sharpness", "unlike", "score")

Whole = npt.NDArray[np.int64]
Small = npt.NDArray[np.uint8]
Flags = npt.NDArray[np.bool_]
Reals = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Named:
    """A column of words, each once: codes[i] is the place in `words` of the word of part i."""

    words: tuple[str, ...]
    codes: npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Passages:
    """Parts in the order of time, a column for each thing known; every column is of one length.

    verdict: place in VERDICTS. said: what a person's standing word is, 0 for none, ACCEPTED or
    REJECTED. waits: for a person's word still. again: the serial number was inspected before,
    under the same recipe. label: the person's, else the model's, else empty. Reals are nan where
    there is none. last_id, last_word: how far the tables were read, for `read_on`.
    """

    ids: Whole
    at_ms: Whole
    verdict: Small
    said: Small
    waits: Flags
    again: Flags
    recipe: Named
    lot: Named
    operator: Named
    model: Named
    sha256: Named
    label: Named
    brightness: Reals
    sharpness: Reals
    unlike: Reals
    score: Reals
    last_id: int
    last_word: int

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def outcome(self) -> Small:
        """How each part stands, as its place in OUTCOMES: a person's word before the verdict."""
        by_word = np.array([0, _place(Outcome.OK), _place(Outcome.NG)], np.uint8)
        by_verdict = np.array([_place(Outcome(one.value.lower())) for one in VERDICTS], np.uint8)
        return np.where(self.said > 0, by_word[self.said], by_verdict[self.verdict])

    def where(self, chosen: Flags | Whole) -> "Passages":
        """Those parts only, or in that order; words that none of them has stay known."""
        return _mapped(self, lambda column: column[chosen])


def read_passages(connection: Connection, wanted: Filter) -> Passages:
    """All parts of that span and scope: a third of a second for a hundred thousand.

    wanted: since_ms, until_ms, recipe, lot, operator, model and station; ValueError for more.
    """
    last_id, last_word = _how_far(connection)
    rows = _rows(wanted).where(inspections.c.id + 0 <= last_id)  # + 0: by the index of time
    low, high = _span(connection, wanted)
    at_ms = inspections.c.at_ms
    rows = rows.where(at_ms >= low, at_ms < high).order_by(at_ms, inspections.c.id)
    read = _collected(connection, rows, _nothing(last_id, last_word))
    return _said(connection, read, _between(read)) if len(read) else read


def read_on(connection: Connection, wanted: Filter, before: Passages) -> Passages:
    """The same, read on from `before`: what came since, and what persons said since.

    wanted: as it was for `before`. It is `before` itself where nothing happened.
    """
    last_id, last_word = _how_far(connection)
    if last_id < before.last_id or last_word < before.last_word:
        return read_passages(connection, wanted)  # another database took its place
    if (last_id, last_word) == (before.last_id, before.last_word):
        return before
    id_, at_ms = inspections.c.id, inspections.c.at_ms + 0  # + 0: not by the index of time
    rows = _rows(wanted).where(id_ > before.last_id, id_ <= last_id).order_by(id_)
    if wanted.since_ms is not None:
        rows = rows.where(at_ms >= wanted.since_ms)
    if wanted.until_ms is not None:
        rows = rows.where(at_ms < wanted.until_ms)
    begun = replace(before, last_id=last_id, last_word=last_word)
    read = _in_time(_collected(connection, rows, begun))
    new_words = decisions.c.id > before.last_word
    return _said(connection, read, new_words) if last_word > before.last_word else read


def read_last(connection: Connection, wanted: Filter, parts: int) -> Passages:
    """The last so many parts of that scope, without persons' words."""
    newest = _rows(wanted).order_by(inspections.c.at_ms.desc(), inspections.c.id.desc())
    low, high = _span(connection, wanted)
    newest = newest.where(inspections.c.at_ms >= low, inspections.c.at_ms < high).limit(parts)
    return _in_time(_collected(connection, newest, _nothing(0, 0)))


def read_first(connection: Connection, sha256: str, since_ms: int, parts: int) -> Passages:
    """The first so many parts since then that the model of that content saw; without words."""
    at_ms = inspections.c.at_ms
    rows = _rows(Filter()).where(inspections.c.model_sha256 == sha256, at_ms >= since_ms)
    rows = rows.where(inspections.c.score.is_not(None)).order_by(at_ms, inspections.c.id)
    return _collected(connection, rows.limit(parts), _nothing(0, 0))


def check_scope(wanted: Filter) -> None:
    """Raises ValueError where more is asked for than a span and a scope."""
    more = (field.name for field in fields(Filter) if field.name not in (*SCOPE, *_SPAN))
    if any(getattr(wanted, name) for name in more):
        raise ValueError("figures are of a span and a scope, not of single kinds of parts")


def _how_far(connection: Connection) -> tuple[int, int]:
    parts, words = (select(func.max(table.c.id)) for table in (inspections, decisions))
    found = [connection.execute(query).scalar() or 0 for query in (words, parts)]
    return int(found[1]), int(found[0])  # the words first: one about a part that is read is too


def _rows(wanted: Filter) -> Select[Any]:
    """The rows as `_columns` takes them: of few values each, for it is these that take time."""
    check_scope(wanted)
    columns = inspections.c
    verdict = case({one.value: place for place, one in enumerate(VERDICTS)}, value=columns.verdict)
    label = func.coalesce(columns.label, "")
    words = (columns[name] for name in ("recipe", "lot", "operator", "model", "model_sha256"))
    query = select(
        columns.id,
        columns.at_ms,
        verdict + _WAITS * columns.waits + _AGAIN * case((_again(), 1), else_=0),
        func.json_array(*words, label),
        *(columns[name] for name in _REALS),
    )
    return query.where(*(columns[name] == value for name, value in _asked(wanted).items()))


def _asked(wanted: Filter) -> dict[str, str]:
    values = {name: fit_text(getattr(wanted, name)) for name in SCOPE}
    return {name: value for name, value in values.items() if value}


def _again() -> ColumnElement[bool]:
    """Whether that serial number was inspected before, under the same recipe."""
    earlier, part = inspections.alias("earlier"), inspections
    sightings = (
        select(earlier.c.recipe, earlier.c.verdict)
        .where(earlier.c.serial == part.c.serial, earlier.c.id < part.c.id)
        .where(earlier.c.at_ms.between(part.c.at_ms - LOOK_BACK_MS, part.c.at_ms))
        .order_by(earlier.c.at_ms.desc())
        .limit(_SIGHTINGS)
        .correlate(part)
        .subquery("sightings")
    )
    seen = sightings.c.verdict != Verdict.NOT_INSPECTED.value
    found = exists().where(sightings.c.recipe == part.c.recipe, seen)
    return and_(part.c.serial != "", found.correlate(part))


def _span(connection: Connection, wanted: Filter) -> tuple[int, int]:
    """From when to before when there can be such parts; of a lot, `hours` knows that."""
    low = 0 if wanted.since_ms is None else wanted.since_ms
    high = 2**62 if wanted.until_ms is None else wanted.until_ms
    asked = _asked(wanted)
    if not asked:
        return low, high
    query = select(func.min(hours.c.hour_ms), func.max(hours.c.hour_ms))
    for name, value in asked.items():
        query = query.where(hours.c[name] == value)
    begin, end = connection.execute(query).one()
    if begin is None:
        return low, low
    return max(low, begin), min(high, end + HOUR_MS)


def _collected(connection: Connection, rows: Select[Any], begun: Passages) -> Passages:
    """Those rows after what there is, in their own order."""
    kinds: dict[str, int] = {}
    with connection.execution_options(yield_per=_ROWS_AT_ONCE).execute(rows) as result:
        chunks = [_columns(chunk, kinds) for chunk in result.partitions()]
    if not chunks:
        return begun
    ids, at_ms, flags, kind, *reals = map(np.concatenate, zip(*chunks, strict=True))
    new: dict[str, Any] = {
        "ids": ids,
        "at_ms": at_ms,
        "verdict": flags % _WAITS,
        "said": np.zeros(len(ids), np.uint8),
        "waits": flags & _WAITS > 0,
        "again": flags & _AGAIN > 0,
        **dict(zip(_REALS, reals, strict=True)),
    }
    for name, column in new.items():
        new[name] = np.concatenate([getattr(begun, name), column])
    return replace(begun, **new, **_named(begun, list(kinds), kind))


def _columns(rows: Sequence[Row[Any]], kinds: dict[str, int]) -> list[npt.NDArray[Any]]:
    """Arrays of a few rows; kinds of parts that are new are added to the known ones."""
    ids, at_ms, flags, kind, *reals = zip(*rows, strict=True)
    for one in dict.fromkeys(kind):
        kinds.setdefault(one, len(kinds))
    codes = np.fromiter(map(kinds.__getitem__, kind), np.int32, len(kind))
    made: list[npt.NDArray[Any]] = [np.array(column, np.int64) for column in (ids, at_ms)]
    made += [np.array(flags, np.uint8), codes]
    return [*made, *(np.array(column, np.float64) for column in reals)]


def _named(begun: Passages, kinds: list[str], codes: npt.NDArray[Any]) -> dict[str, Any]:
    """Each column of words; new words come after the known ones."""
    made: dict[str, Any] = {}
    for name, column in zip(_WORDS, zip(*map(json.loads, kinds), strict=True), strict=True):
        old: Named = getattr(begun, name)
        places = {word: place for place, word in enumerate(old.words)}
        by_kind = np.array([places.setdefault(word, len(places)) for word in column], np.int32)
        made[name] = Named(tuple(places), np.concatenate([old.codes, by_kind[codes]]))
    return made


def _said(connection: Connection, read: Passages, which: ColumnElement[bool]) -> Passages:
    """With what persons said in those rows of decisions, as it stands now."""
    spoken = select(decisions.c.inspection).where(which)
    columns = counted.c
    query = select(columns.id, columns.decision, columns.waiting, columns.label)
    found = connection.execute(query.where(columns.id.in_(spoken))).all()
    if not found or not len(read):
        return read
    ids = np.array([row.id for row in found], np.int64)
    order = np.argsort(read.ids, kind="stable")
    places = order[np.minimum(np.searchsorted(read.ids, ids, sorter=order), len(order) - 1)]
    known = {word: place for place, word in enumerate(read.label.words)}
    said, waits, codes = read.said.copy(), read.waits.copy(), read.label.codes.copy()
    kinds = {DecisionKind.ACCEPT.value: ACCEPTED, DecisionKind.REJECT.value: REJECTED}
    for row, place in itertools.compress(
        zip(found, places.tolist(), strict=True), read.ids[places] == ids
    ):
        said[place] = kinds.get(row.decision, 0)
        waits[place] = row.waiting
        codes[place] = known.setdefault(row.label, len(known))
    return replace(read, said=said, waits=waits, label=Named(tuple(known), codes))


def _between(read: Passages) -> ColumnElement[bool]:
    return decisions.c.inspection.between(int(read.ids.min()), int(read.ids.max()))


def _in_time(read: Passages) -> Passages:
    """By time, then by id: the order changes only where a clock was put back."""
    if (np.diff(read.at_ms) >= 0).all() and (np.diff(read.ids) > 0).all():
        return read
    return read.where(np.lexsort((read.ids, read.at_ms)))


def _mapped(read: Passages, act: Any) -> Passages:
    changed: dict[str, Any] = {}
    for field in fields(Passages):
        column = getattr(read, field.name)
        if isinstance(column, Named):
            changed[field.name] = Named(column.words, act(column.codes))
        elif isinstance(column, np.ndarray):
            changed[field.name] = act(column)
    return replace(read, **changed)


def _nothing(last_id: int, last_word: int) -> Passages:
    whole, small, flags = np.zeros(0, np.int64), np.zeros(0, np.uint8), np.zeros(0, np.bool_)
    word, real = Named((), np.zeros(0, np.int32)), np.zeros(0)
    words: dict[str, Any] = dict.fromkeys(_WORDS, word) | dict.fromkeys(_REALS, real)
    words |= {"last_id": last_id, "last_word": last_word}
    return Passages(whole, whole, small, small, flags, flags, **words)


def _place(outcome: Outcome) -> int:
    return OUTCOMES.index(outcome)
