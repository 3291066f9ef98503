"""Which pictures may go when there are too many of them. Rows always stay.

Never goes a picture that a person spoke about, that was kept as sample, golden or challenge, that
waits for a person, that is not yet at the plant, or that has no row. First go those of OK parts,
then the others, the oldest first. The row that says so comes before the file goes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, exists, func, select

from station.domain.inspection import Verdict
from station.errors import ErrorCode
from station.store.queries import Reader
from station.store.recover import last_loss
from station.store.schema import decisions, inspections, keeps, removals
from station.store.store import Store

STEP_PICTURES = 50
WHY = "retention"
_WINDOW = 20_000  # rows looked at in one query: some hundredths of a second
_COUNTED = 200_000
_LOSSES = (ErrorCode.STORE_SET_ASIDE, ErrorCode.STORE_MISSING, ErrorCode.STORE_REBUILT)
_DAY_MS = 24 * 3600 * 1000

CopiedUpTo = Callable[[], int | None]
"""The highest row id that is at the plant with its picture; None where there is no plant."""


@dataclass(frozen=True, slots=True)
class Policy:
    """How much is kept: so many gigabytes (10⁹), so many days; None for no limit."""

    gigabytes: float | None = None
    days: int | None = None

    @property
    def bytes(self) -> float:
        """The budget; without one it is never reached."""
        return float("inf") if self.gigabytes is None else self.gigabytes * 1e9


@dataclass(frozen=True, slots=True)
class _Picture:
    id: int
    uid: str
    name: str
    size: int
    at_ms: int


class Retention:
    """Removes pictures in small steps. Belongs to one thread."""

    def __init__(
        self, store: Store, policy: Policy, copied_up_to: CopiedUpTo = lambda: None
    ) -> None:
        self._store = store
        self._policy = policy
        self._copied_up_to = copied_up_to
        self._finished_last = False
        self._begin()

    def _begin(self) -> None:
        ok = inspections.c.verdict == Verdict.OK.value
        self._ways = (_Way(ok), _Way(~ok))
        self._counted_to, self._used = 0, 0

    def step(self, now_ms: int) -> int:
        """Remove a few pictures if there are too many; returns how many. `now_ms` is UTC.

        Nothing goes while lost records are being brought back, or before a person has seen that
        they were: what was said of a part may be among the losses. Raises StoreError.
        """
        if self._policy == Policy():
            return 0
        if unsure(self._store.reader):
            self._begin()
            return 0
        self._finish_last()
        top = self._count()
        going = self._choose(now_ms, top)
        if going:
            self._store.removed([one.uid for one in going], WHY)
            for one in going:
                (self._store.folder / one.name).unlink(missing_ok=True)
                self._used -= one.size
        return len(going)

    def _finish_last(self) -> None:
        """Remove what a crash left between a row that says so and its file."""
        if self._finished_last:
            return
        newest = (
            select(inspections.c.image)
            .join(removals, removals.c.inspection == inspections.c.id)
            .where(removals.c.why == WHY)
            .order_by(removals.c.at_ms.desc())
            .limit(STEP_PICTURES)
        )
        for name in self._read(newest):
            (self._store.folder / name.image).unlink(missing_ok=True)
        self._finished_last = True

    def _count(self) -> int:
        """Keep up with the bytes in use; returns the highest row id."""
        top = int(self._read(select(func.max(inspections.c.id)))[0][0] or 0)
        size = select(func.sum(inspections.c.image_bytes)).where(~_removed)
        while self._counted_to < top:
            end = min(self._counted_to + _COUNTED, top)
            here = size.where(inspections.c.id > self._counted_to, inspections.c.id <= end)
            self._used += int(self._read(here)[0][0] or 0)
            self._counted_to = end
        return top

    def _choose(self, now_ms: int, top: int) -> list[_Picture]:
        over = self._used - self._policy.bytes
        oldest_ms = 0 if self._policy.days is None else now_ms - self._policy.days * _DAY_MS
        copied = self._copied_up_to()
        end = top if copied is None else min(top, copied)
        query = _may_go(self._store)
        for way in self._ways:
            chosen: list[_Picture] = []
            while not chosen and way.at < end:
                window = min(way.at + _WINDOW, end)
                here = query.where(way.rule, inspections.c.id > way.at, inspections.c.id <= window)
                found = [_picture(row) for row in self._read(here)]
                for one in found:
                    if over <= 0 and one.at_ms >= oldest_ms:
                        break
                    chosen.append(one)
                    over -= one.size
                    way.at = one.id
                else:
                    way.at = window if len(found) < STEP_PICTURES else way.at
                    continue
                break
            if chosen:
                return chosen
        return []

    def _read(self, query: Select[Any]) -> Sequence[Row[Any]]:
        with self._store.reader.connection() as connection:
            return connection.execute(query).all()


def _picture(row: Row[Any]) -> _Picture:
    return _Picture(row.id, row.uid, row.image, row.image_bytes, row.at_ms)


@dataclass(slots=True)
class _Way:
    """How far the parts of one kind were looked through; what was passed over stays for good."""

    rule: ColumnElement[bool]
    at: int = 0


_removed = exists().where(removals.c.inspection == inspections.c.id)


def unsure(reader: Reader) -> bool:
    """Tell whether records were lost, and not all of that was made good and seen by a person."""
    told = (entry.fault.code for entry in reader.unconfirmed() if entry.fault is not None)
    return last_loss(reader) is not None or any(code in _LOSSES for code in told)


def _may_go(store: Store) -> Select[Any]:
    """The pictures that nobody has a claim on, oldest first."""
    columns = inspections.c
    said = exists().where(decisions.c.inspection == columns.id)
    kept = exists().where(keeps.c.inspection == columns.id)
    query = select(columns.id, columns.uid, columns.image, columns.image_bytes, columns.at_ms)
    return (
        query.where(columns.image.is_not(None), columns.waits == 0)
        .where(columns.verdict != Verdict.REVIEW.value)
        .where(~_removed, ~said, ~kept, columns.image.not_in(_goldens(store)))
        .order_by(columns.id)
        .limit(STEP_PICTURES)
    )


def _goldens(store: Store) -> list[str]:
    """The pictures that recipes show as golden, by path below the folder."""
    paths = (Path(recipe.golden) for recipe in store.recipes() if recipe.golden)
    top = store.folder
    return [path.relative_to(top).as_posix() for path in paths if path.is_relative_to(top)]
