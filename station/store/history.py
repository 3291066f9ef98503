"""The history: pages of records by any filter, quick at ten millions, newest first.

Every filter but the serial number is a column of `hours`. So `hours` says in which hours there
are such parts, and only those are looked through: whatever is combined, a page costs at most so
many hours as it has lines. What is asked for by serial number is found by its own index.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
    text,
)

from station.domain.inspection import DecisionKind, Verdict
from station.store.entry import Entry, entry_from
from station.store.rollup import HOUR_MS
from station.store.rows import fit_text
from station.store.schema import counted, current, decisions, hours, inspections

_HOURS_AT_ONCE, _ENOUGH = 60, 50
_FEW = 20_000
_END_OF_TIME = 2**62
_LAST_CHARACTER = "\U0010ffff"
_LOTS = 500
_NOT_OK, _WAITED = text("verdict <> 'OK'"), text("waits = 1")  # in the words of partial indexes

Facet = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """Which records; an empty field asks for nothing.

    since_ms is in the span, until_ms no more. serial: the whole number, or with `*` at its end its
    beginning. decision: a person's word that stands. undecided: waits for one still. label: the
    defect that the person named, else the one the model saw. operator: who was at the station.
    """

    since_ms: int | None = None
    until_ms: int | None = None
    recipe: str = ""
    lot: str = ""
    serial: str = ""
    verdict: Verdict | None = None
    decision: DecisionKind | None = None
    undecided: bool = False
    label: str = ""
    operator: str = ""
    model: str = ""
    station: str = ""


@dataclass(frozen=True, slots=True)
class Facets:
    """What can be asked for: every word that occurs, by alphabet; the newest lots, newest first."""

    recipes: Facet
    lots: Facet
    labels: Facet
    operators: Facet
    models: Facet
    stations: Facet


@dataclass(frozen=True, slots=True)
class _Span:
    """Times from `low` to below `high`, and what is known of the parts in it that are asked for.

    bad: none has the verdict OK. said: a person spoke about each. parts: how many there are.
    """

    low: int
    high: int
    bad: bool = False
    said: bool = False
    parts: int = 0


def history_page(
    connection: Connection, wanted: Filter, limit: int = 50, before_id: int | None = None
) -> list[Entry]:
    """The next records by time, newest first; `before_id` is the last entry of the page before."""
    rows, span = _rows(wanted), _span(wanted)
    if before_id is not None:
        newest = select(inspections.c.at_ms).where(inspections.c.id == before_id)
        at_ms = connection.execute(newest).scalar()
        if at_ms is None:
            return []
        column = counted.c.at_ms
        rows = rows.where(or_(column < at_ms, and_(column == at_ms, counted.c.id < before_id)))
        span = replace(span, high=min(span.high, at_ms + 1))
    if wanted.serial:
        ids = _by_serial(connection, rows, wanted.serial, span, limit)
    else:
        ids = _by_time(connection, rows, _spans(connection, wanted, span), limit)
    return entries(connection, ids)


def waiting_ids(connection: Connection, limit: int) -> list[int]:
    """The parts that wait for a person's word, oldest first."""
    wanted = Filter(undecided=True)
    spans = _spans(connection, wanted, _span(wanted), oldest=True)
    return _by_time(connection, _rows(wanted), spans, limit, oldest=True)


def waiting_count(connection: Connection) -> int:
    """How many parts wait for a person's word."""
    parts = select(func.sum(hours.c.n)).where(hours.c.waiting == 1)
    return int(connection.execute(parts).scalar() or 0)


def entries(connection: Connection, ids: list[int]) -> list[Entry]:
    """The records of those ids, in that order."""
    found = connection.execute(select(current).where(current.c.id.in_(ids)))
    by_id = {row.id: entry_from(row._asdict()) for row in found}
    return [by_id[id_] for id_ in ids]


def facets(connection: Connection) -> Facets:
    """The words that occur."""
    newest = func.max(hours.c.hour_ms).desc()
    lots = select(hours.c.lot).where(hours.c.lot > "").group_by(hours.c.lot).order_by(newest)
    return Facets(
        recipes=_words(connection, "recipe"),
        lots=tuple(connection.execute(lots.limit(_LOTS)).scalars()),
        labels=_words(connection, "label"),
        operators=_words(connection, "operator"),
        models=_words(connection, "model"),
        stations=_words(connection, "station"),
    )


def _words(connection: Connection, name: str) -> Facet:
    """From word to word by the index, over all the rows that have the same."""
    words, column = [""], hours.c[name]
    while word := connection.execute(select(func.min(column)).where(column > words[-1])).scalar():
        words.append(word)
    return tuple(words[1:])


def _span(wanted: Filter) -> _Span:
    low = 0 if wanted.since_ms is None else wanted.since_ms
    return _Span(low, _END_OF_TIME if wanted.until_ms is None else wanted.until_ms)


def _asked(wanted: Filter) -> dict[str, object]:
    """What is asked for, by columns that `hours` and `counted` both have; what is rarest first."""
    values = {
        "waiting": int(wanted.undecided),
        "lot": fit_text(wanted.lot),
        "label": fit_text(wanted.label),
        "operator": fit_text(wanted.operator),
        "model": fit_text(wanted.model),
        "recipe": fit_text(wanted.recipe),
        "decision": wanted.decision and wanted.decision.value,
        "station": fit_text(wanted.station),
        "verdict": wanted.verdict and wanted.verdict.value,
    }
    return {name: value for name, value in values.items() if value}


def _rows(wanted: Filter) -> Select[int]:
    columns = (counted.c[name] == value for name, value in _asked(wanted).items())
    rows = select(counted.c.id).where(*columns)
    return rows.where(_WAITED) if wanted.undecided else rows


def _hours(wanted: Filter) -> Select[Any]:
    """The hours that have such parts, and what is known of them; by the index of what is rarest."""
    (rarest, value), *others = _asked(wanted).items()
    bad = func.min(case((hours.c.verdict == Verdict.OK.value, 0), else_=1))
    said = func.min(case((hours.c.decision == "", 0), else_=1))
    query = select(hours.c.hour_ms, bad, said, func.sum(hours.c.n)).where(hours.c[rarest] == value)
    for name, other in others:
        query = query.where(hours.c[name].concat("") == other)  # no index serves that
    return query.group_by(hours.c.hour_ms).limit(_HOURS_AT_ONCE)


def _spans(
    connection: Connection, wanted: Filter, within: _Span, oldest: bool = False
) -> Iterator[_Span]:
    """Where to look, by and by; the whole span where every part is one that is asked for."""
    if not _asked(wanted):
        yield within
        return
    hour = hours.c.hour_ms
    query = _hours(wanted).order_by(hour if oldest else hour.desc())
    low, high = within.low // HOUR_MS * HOUR_MS, within.high
    while found := connection.execute(query.where(hour >= low, hour < high)).all():
        for span in _joined([_Span(at, at + HOUR_MS, *known) for at, *known in found]):
            yield replace(span, low=max(span.low, within.low), high=min(span.high, within.high))
        low, high = (found[-1][0] + HOUR_MS, high) if oldest else (low, found[-1][0])


def _joined(found: list[_Span]) -> Iterator[_Span]:
    """Hours that touch each other and are alike as one, as long as it holds few parts."""
    last = found[0]
    for span in found[1:]:
        touch = span.high == last.low or span.low == last.high
        if touch and (span.bad, span.said) == (last.bad, last.said) and last.parts < _ENOUGH:
            low, high = min(span.low, last.low), max(span.high, last.high)
            last = replace(last, low=low, high=high, parts=last.parts + span.parts)
        else:
            yield last
            last = span
    yield last


def _by_time(
    connection: Connection,
    rows: Select[int],
    spans: Iterable[_Span],
    limit: int,
    oldest: bool = False,
) -> list[int]:
    """So many of the rows, in the order of time, span by span."""
    at_ms, id_ = counted.c.at_ms, counted.c.id
    order = (at_ms, id_) if oldest else (at_ms.desc(), id_.desc())
    query = rows.where(_within(at_ms)).order_by(*order).limit(bindparam("most"))
    bad, said = query.where(_NOT_OK), query.where(id_.in_(_SPOKEN_OF))
    ids: list[int] = []
    for span in spans:
        best = said if span.said else bad if span.bad else query
        values = {"low": span.low, "high": span.high, "most": limit - len(ids)}
        ids += connection.execute(best, values).scalars().all()
        if len(ids) == limit:
            break
    return ids


def _within(at_ms: ColumnElement[int]) -> ColumnElement[bool]:
    return and_(at_ms >= bindparam("low"), at_ms < bindparam("high"))


def _spoken_of() -> Select[int]:
    """The parts that a person spoke about, of all with the ids that the span has."""
    id_ = inspections.c.id + 0  # + 0: not by walking through all ids
    ends = select(func.min(id_).label("first"), func.max(id_).label("last"))
    span = ends.where(_within(inspections.c.at_ms)).subquery()
    part = decisions.c.inspection
    return select(part).join(span, part.between(span.c.first, span.c.last))


_SPOKEN_OF = _spoken_of()


def _by_serial(
    connection: Connection, rows: Select[int], serial: str, span: _Span, limit: int
) -> list[int]:
    """Few are sorted; many are first looked for among the newest, where they mostly are."""
    column = counted.c.serial
    begin = fit_text(serial.removesuffix("*"))
    like = [column >= begin, column < begin + _LAST_CHARACTER]
    rows = rows.where(*like if serial.endswith("*") else [column == begin])
    if serial.endswith("*") and _are_many(connection, begin):
        newest = select(inspections.c.at_ms).where(inspections.c.at_ms < span.high)
        newest = newest.order_by(inspections.c.at_ms.desc()).offset(_FEW).limit(1)
        low = connection.execute(newest).scalar() or 0
        ids = _by_time(connection, rows, [replace(span, low=max(low, span.low))], limit)
        if len(ids) == limit or low <= span.low:
            return ids
    at_ms = counted.c.at_ms + 0  # + 0: not by the index of time
    query = rows.where(at_ms >= span.low, at_ms < span.high)
    query = query.order_by(at_ms.desc(), counted.c.id.desc())
    return list(connection.execute(query.limit(limit)).scalars().all())


def _are_many(connection: Connection, begin: str) -> bool:
    column = inspections.c.serial
    found = select(inspections.c.id).where(column >= begin, column < begin + _LAST_CHARACTER)
    beyond = found.order_by(column).offset(_FEW).limit(1)
    return connection.execute(beyond).first() is not None
