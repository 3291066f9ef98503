"""The composition root: builds store, line, window and joins them."""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from station.domain.inspection import Verdict
from station.inference.engine import Engine
from station.pipeline.batch import Batch, Row
from station.pipeline.events import Event
from station.pipeline.line import Equipment, Line
from station.plan import Plan, RunChoice, make_plan
from station.store.store import Store

__all__ = ["RunChoice", "run_headless", "run_window"]


@contextmanager
def opened_line(plan: Plan, store: Store, on_event: Callable[[Event], None]) -> Iterator[Line]:
    """A line that was started, and is stopped in every case; the store stays open."""
    recipe = store.save_recipe(plan.recipe)
    engine = Engine(Path(recipe.model), plan.provider)
    settings = plan.settings
    line = Line(
        Equipment(
            plan.camera, plan.machine, engine, store, recipe, settings.operator, settings.lot
        ),
        on_event,
    )
    line.start()
    try:
        yield line
    finally:
        line.stop()


def run_headless(choice: RunChoice, parts: int | None) -> Iterator[dict[str, Any]]:
    """A row for each part once it is recorded, and a last one with the totals."""
    plan = make_plan(choice)
    batch = Batch()
    with Store(plan.data) as store, opened_line(plan, store, batch.post) as line:
        yield from told_rows(batch, line, parts)


def told_rows(batch: Batch, line: Line, parts: int | None) -> Iterator[dict[str, Any]]:
    """What the command line prints of a batch: its parts, then its totals."""
    began, rows = time.monotonic(), []
    for row in batch.run(line, parts):
        rows.append(row)
        yield _row(row)
    yield _totals(rows, line, time.monotonic() - began)


def _row(row: Row) -> dict[str, Any]:
    seen = row.inspection
    return {
        "part": seen.part.number,
        "uid": seen.uid,
        "verdict": seen.verdict.value,
        "label": seen.label,
        "score": seen.score,
        "confidence": seen.confidence,
        "ms": seen.ms,
        "recorded_ms": row.ms,
        "provider": seen.provider,
        "source": seen.source,
        "truth": seen.truth,
        "fault": seen.fault.code.value if seen.fault else None,
    }


def _totals(rows: list[Row], line: Line, seconds: float) -> dict[str, Any]:
    verdicts = [row.inspection.verdict for row in rows]
    times = [row.inspection.ms for row in rows if row.inspection.ms is not None]
    status = line.status()
    return {
        "parts": status.admitted,
        "recorded": status.recorded,
        **{verdict.value: verdicts.count(verdict) for verdict in Verdict},
        "ms_median": statistics.median(times) if times else None,
        "seconds": seconds,
        "provider": status.provider,
    }
