"""Samples as rows: stored images with the label that a person gave, and what is asked of them.

A key is the id of a sample; a negative one is that of an inspection which waits for a person's
word and is no sample yet. The newest come first: those that wait, then the samples.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Select, and_, func, not_, or_, select, text

from station.domain.class_names import GOOD_NAMES
from station.domain.recipe import Roi
from station.store.history import Filter, history_page
from station.store.rows import fit_text
from station.store.schema import (
    classes,
    counted,
    hours,
    inspections,
    sample_states,
    samples,
)

_AT_ONCE = 500  # ids in one query
_OVERRULED = text("seen <> '' AND label <> '' AND seen <> label")  # as the partial index says
_TEST = text("test = 1")
_state = sample_states.c


class View(StrEnum):
    """Which images of a product."""

    ALL = "all"
    UNREVIEWED = "unreviewed"
    OVERRULED = "overruled"
    HELD_OUT = "held_out"
    SET_ASIDE = "set_aside"


@dataclass(frozen=True, slots=True)
class SampleFilter:
    """Which images; an empty field asks for nothing.

    label: of that class. only: of these keys. since_ms: made since then, UTC. lot: of parts of
    that lot.
    """

    view: View = View.ALL
    label: str = ""
    only: tuple[int, ...] = ()
    since_ms: int | None = None
    lot: str = ""


@dataclass(frozen=True, slots=True)
class SampleRow:
    """One image of a product as it stands.

    image: path below the data folder. roi: where it is to be cut still. label: empty where it was
    set aside, or waits. seen, score: what the model said; empty and None without a record. test:
    it was kept back, so it is never learnt from.
    """

    key: int
    uid: str
    image: str
    roi: Roi | None
    label: str
    seen: str
    score: float | None
    test: bool
    group: str
    origin: str
    at_ms: int
    operator: str

    @property
    def waits(self) -> bool:
        """It is a record that waits for a person's word, and no sample yet."""
        return self.key < 0


@dataclass(frozen=True, slots=True)
class ProductClass:
    """A class of a product; good: such a part may pass."""

    name: str
    good: bool


@dataclass(frozen=True, slots=True)
class ClassCount:
    """A class, and how many samples bear its name."""

    name: str
    good: bool
    n: int


@dataclass(frozen=True, slots=True)
class SampleCounts:
    """How the images of a product stand; `total` counts the samples that have a label."""

    classes: tuple[ClassCount, ...]
    total: int
    unreviewed: int
    overruled: int
    held_out: int
    set_aside: int


def sample_keys(connection: Connection, product: str, wanted: SampleFilter) -> list[int]:
    """The keys of all that is asked for, in their order."""
    keys: list[int] = []
    if wanted.view in (View.ALL, View.UNREVIEWED) and not wanted.label:
        keys += [-id_ for id_ in _waiting(connection, product, wanted, None, None)]
    if wanted.view is not View.UNREVIEWED:
        keys += connection.execute(_samples(connection, product, wanted)).scalars()
    if wanted.only:
        allowed = frozenset(wanted.only)
        keys = [key for key in keys if key in allowed]
    return keys


def page_keys(
    connection: Connection, product: str, wanted: SampleFilter, before: int | None, limit: int
) -> list[int]:
    """The next keys after that one, in the order of `sample_keys`."""
    if wanted.only:
        keys = sample_keys(connection, product, wanted)
        at = 0 if before is None else keys.index(before) + 1 if before in keys else len(keys)
        return keys[at : at + limit]
    keys = []
    asks = wanted.view in (View.ALL, View.UNREVIEWED) and not wanted.label
    if asks and (before is None or before < 0):
        last = None if before is None else -before
        keys = [-id_ for id_ in _waiting(connection, product, wanted, last, limit)]
    if wanted.view is not View.UNREVIEWED and len(keys) < limit:
        query = _samples(connection, product, wanted).limit(limit - len(keys))
        if before is not None and before > 0:
            query = query.where(_state.sample < before)
        keys += connection.execute(query).scalars()
    return keys


def sample_rows(connection: Connection, keys: Sequence[int]) -> list[SampleRow]:
    """The rows of these keys in their order; unknown keys are left out."""
    found: dict[int, SampleRow] = {}
    for at in range(0, len(keys), _AT_ONCE):
        some = keys[at : at + _AT_ONCE]
        for row in connection.execute(_RECORDS.where(inspections.c.id.in_([-k for k in some]))):
            found[-row.id] = _record(row)
        for one in connection.execute(_ROWS.where(samples.c.id.in_(some))):
            found[one.id] = _sample(one)
    return [found[key] for key in keys if key in found]


def product_classes(connection: Connection, product: str) -> tuple[ProductClass, ...]:
    """The classes that were set, and those that labels name; by name."""
    last = select(func.max(classes.c.id)).where(classes.c.product == fit_text(product))
    query = select(classes.c.name, classes.c.good).where(
        classes.c.id.in_(last.group_by(classes.c.name))
    )
    told = {row.name: bool(row.good) for row in connection.execute(query)}
    for name in _labels(connection, product):
        told.setdefault(name, name.lower() in GOOD_NAMES)
    return tuple(ProductClass(name, told[name]) for name in sorted(told))


def sample_counts(connection: Connection, product: str) -> SampleCounts:
    """How many there are of each; a hundred thousand samples take some hundredths of a second."""
    query = select(_state.label, _state.seen, _state.test, func.count()).where(
        _state.product == fit_text(product)
    )
    known = product_classes(connection, product)
    good = {one.name for one in known if one.good}
    named: dict[str, int] = {}
    overruled = held_out = set_aside = 0
    for label, seen, test, n in connection.execute(
        query.group_by(_state.label, _state.seen, _state.test)
    ):
        held_out += n if test else 0
        if not label:
            set_aside += n
            continue
        named[label] = named.get(label, 0) + n
        overruled += n if seen not in ("", label) and not {seen, label} <= good else 0
    return SampleCounts(
        classes=tuple(ClassCount(one.name, one.good, named.get(one.name, 0)) for one in known),
        total=sum(named.values()),
        unreviewed=_waiting_count(connection, product),
        overruled=overruled,
        held_out=held_out,
        set_aside=set_aside,
    )


def sample_of(connection: Connection, uid: str) -> int | None:
    """The key of the sample of that uid, or of that record's."""
    id_ = select(inspections.c.id).where(inspections.c.uid == fit_text(uid)).scalar_subquery()
    known = or_(samples.c.uid == fit_text(uid), samples.c.inspection == id_)
    return connection.execute(select(samples.c.id).where(known).limit(1)).scalar()


def _samples(connection: Connection, product: str, wanted: SampleFilter) -> Select[int]:
    query = select(_state.sample).where(_state.product == fit_text(product))
    match wanted.view:
        case View.OVERRULED:
            good = [one.name for one in product_classes(connection, product) if one.good]
            query = query.where(_OVERRULED)
            query = query.where(not_(and_(_state.seen.in_(good), _state.label.in_(good))))
        case View.HELD_OUT:
            query = query.where(_TEST)
        case View.SET_ASIDE:
            query = query.where(_state.label == "")
        case _:
            pass
    if wanted.label:
        query = query.where(_state.label == fit_text(wanted.label))
    if wanted.since_ms is not None or wanted.lot:
        query = query.join(samples, samples.c.id == _state.sample)
    if wanted.since_ms is not None:
        query = query.where(samples.c.at_ms >= wanted.since_ms)
    if wanted.lot:
        query = query.join(inspections, inspections.c.id == samples.c.inspection)
        query = query.where(inspections.c.lot == fit_text(wanted.lot))
    return query.order_by(_state.sample.desc())


def _waiting(
    connection: Connection,
    product: str,
    wanted: SampleFilter,
    before: int | None,
    limit: int | None,
) -> list[int]:
    """The records that wait, newest first; those that are samples already are left out."""
    asked = Filter(since_ms=wanted.since_ms, recipe=product, lot=wanted.lot, undecided=True)
    found: list[int] = []
    while limit is None or len(found) < limit:
        page = history_page(connection, asked, _AT_ONCE, before)
        shown = [one.id for one in page if one.image is not None and one.removed_at_ms is None]
        known = select(samples.c.inspection).where(samples.c.inspection.in_(shown))
        taken = set(connection.execute(known).scalars())
        found += [id_ for id_ in shown if id_ not in taken]
        if len(page) < _AT_ONCE:
            break
        before = page[-1].id
    return found[:limit]


def _waiting_count(connection: Connection, product: str) -> int:
    """By the hours' counts, less the samples among them."""
    recipe = fit_text(product)
    waiting = select(func.sum(hours.c.n)).where(hours.c.waiting == 1, hours.c.recipe == recipe)
    taken = (
        select(func.count())
        .select_from(samples)
        .join(counted, counted.c.id == samples.c.inspection)
        .where(text("waits = 1"), counted.c.waiting == 1, counted.c.recipe == recipe)
    )
    total = int(connection.execute(waiting).scalar() or 0)
    return total - int(connection.execute(taken).scalar_one()) if total else 0


def _labels(connection: Connection, product: str) -> list[str]:
    """From name to name by the index, over all the samples that have the same."""
    names = [""]
    column, of_product = _state.label, _state.product == fit_text(product)
    least = select(func.min(column)).where(of_product, column > names[-1])
    while name := connection.execute(least).scalar():
        names.append(name)
        least = select(func.min(column)).where(of_product, column > name)
    return names[1:]


def _record(row: Any) -> SampleRow:
    roi = None if row.roi is None else Roi(*json.loads(row.roi))
    return SampleRow(
        key=-row.id,
        uid=row.uid,
        image=row.image,
        roi=roi,
        label="",
        seen=row.label or "",
        score=row.score,
        test=False,
        group=row.serial,
        origin="record",
        at_ms=row.at_ms,
        operator=row.operator,
    )


def _sample(row: Any) -> SampleRow:
    return SampleRow(
        key=row.id,
        uid=row.uid,
        image=row.image,
        roi=None,
        label=row.label,
        seen=row.seen,
        score=row.score,
        test=bool(row.test),
        group=row.part_group,
        origin=row.origin,
        at_ms=row.at_ms,
        operator=row.operator,
    )


_RECORDS = select(
    inspections.c.id,
    inspections.c.uid,
    inspections.c.image,
    inspections.c.roi,
    inspections.c.label,
    inspections.c.score,
    inspections.c.serial,
    inspections.c.at_ms,
    inspections.c.operator,
).where(inspections.c.image.is_not(None))

_ROWS = (
    select(
        samples.c.id,
        samples.c.uid,
        samples.c.image,
        samples.c.part_group,
        samples.c.origin,
        samples.c.at_ms,
        samples.c.operator,
        _state.label,
        _state.seen,
        _state.test,
        inspections.c.score,
    )
    .join(sample_states, _state.sample == samples.c.id)
    .outerjoin(inspections, inspections.c.id == samples.c.inspection)
)
