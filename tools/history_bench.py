"""How quick the history is over many records: builds a database and measures the real queries.

    python tools/history_bench.py FOLDER --rows 10000000

A year of one part every three seconds: six recipes, some 2,500 lots, eight operators in shifts,
3 % NG, 1 % unsure; persons' words on the unsure and on some others. The database in FOLDER is made
once and measured as often as wanted. Prints a table; exit code 1 where a figure is not held.
"""

import argparse
import random
import sqlite3
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path

import numpy as np

from station.domain.inspection import Decision, DecisionKind, Inspection, Verdict
from station.domain.part import Part, TriggerSource
from station.errors import ErrorCode, Fault
from station.insight.overview import Seen, see
from station.settings import LineSettings, Settings
from station.store.history import Filter
from station.store.queries import Reader
from station.store.schema import DATABASE_NAME
from station.store.store import Store

STEP_MS = 3000
START_MS = 1_760_000_000_000 // 3_600_000 * 3_600_000 + 123
DAY_MS = 24 * 3_600_000
PAGE_LIMIT_MS, SUM_LIMIT_MS, INSERT_LIMIT_MS = 50.0, 100.0, 10.0
LINE_LIMIT_MS, LINE_AGAIN_LIMIT_MS = 1000.0, 100.0
LINE_PARTS = (9_600, 100_000)  # of a shift at that pace, and of a quick line's

# As SQL over `i`, the number of the part, and `r`, its own random number from 0 to 999,999.
_VALUES = f"""
    SELECT i AS id, lower(hex(randomblob(16))) AS uid, i AS number,
        printf('SN%09d', i) AS serial, printf('LOT-%05d', i / 4000) AS lot,
        {START_MS} + i * {STEP_MS} + r % 700 AS at_ms, 'machine' AS triggered_by,
        CASE WHEN r < 30000 THEN 'NG' WHEN r < 40000 THEN 'REVIEW'
            WHEN r < 40500 THEN 'NOT_INSPECTED' ELSE 'OK' END AS verdict,
        r >= 30000 AND r < 40000 AS waits,
        CASE i / 9600 % 20 WHEN 0 THEN 'bracket' WHEN 1 THEN 'cover' WHEN 2 THEN 'cover'
            WHEN 3 THEN 'gear' WHEN 4 THEN 'gear' WHEN 5 THEN 'ring' WHEN 6 THEN 'shaft'
            ELSE 'flange' END AS recipe,
        3 AS recipe_version, 0.4 AS review_limit, 0.6 AS ng_limit, '[128,0,1024,1024]' AS roi,
        printf('model-%d', i / 1700000) AS model,
        'abababababababababababababababababababababababababababababababab' AS model_sha256,
        'CPUExecutionProvider' AS provider, 'camera-1' AS camera,
        CASE WHEN r < 12000 THEN 'scratch' WHEN r < 22000 THEN 'dent' WHEN r < 30000 THEN 'stain'
            WHEN r < 38000 THEN 'scratch' WHEN r < 39990 THEN 'burr' WHEN r < 40000 THEN 'crack'
            WHEN r < 40500 THEN NULL ELSE 'good' END AS label,
        r / 1000000.0 AS score, 0.9 AS confidence,
        '[["good",0.91],["scratch",0.05],["dent",0.02],["stain",0.02]]' AS scores,
        31.25 AS ms, 22.5 AS model_ms,
        CASE WHEN r >= 40000 AND r < 40500 THEN 'camera_lost' END AS fault,
        CASE WHEN r >= 40000 AND r < 40500 THEN '[["source","camera-1"]]' END AS fault_facts,
        printf('operator %d', i / 9600 % 8) AS operator, '' AS source, NULL AS truth,
        CASE WHEN r < 40000 OR r >= 40500 THEN printf('images/2026-01-01/00/%d_%x.png', i, r) END
            AS image,
        CASE WHEN r < 40000 OR r >= 40500 THEN
            'cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd' END AS image_sha256,
        CASE WHEN r < 40000 OR r >= 40500 THEN 600000 + r % 50000 END AS image_bytes,
        'line 1' AS station, r / 1000000.0 AS unlike, 100.0 + r % 50 AS brightness,
        20.0 + r % 9 AS sharpness, NULL AS views
    FROM (SELECT value AS i, state / 2147 % 1000000 AS r FROM generate)
"""  # noqa: S608 - constants
_FILL = f"""
    WITH RECURSIVE generate (value, state) AS (
        VALUES (:low, :low * 7919 % 2147483648) UNION ALL
        SELECT value + 1, (state * 1103515245 + 12345) % 2147483648
        FROM generate WHERE value < :high
    ) INSERT INTO inspections {_VALUES}
"""  # noqa: S608 - constants
_DECIDE = """
    INSERT INTO decisions (inspection, kind, at_ms, operator, label, reason)
    SELECT id, CASE WHEN id % 3 THEN 'accept' ELSE 'reject' END, at_ms + 9000, operator,
        CASE WHEN id % 5 = 0 THEN 'dent' END, ''
    FROM inspections
    WHERE id <= :decided AND verdict <> 'OK' AND (waits = 1 OR id % 10 = 0)
    UNION ALL
    SELECT id, 'reject', at_ms + 9000, operator, 'crack', '' FROM inspections
    WHERE id <= :decided AND verdict = 'OK' AND id % 9973 = 0
"""
_UNDO = """
    INSERT INTO decisions (inspection, kind, at_ms, operator, label, reason, undoes)
    SELECT inspection, 'undo', at_ms + 2000, operator, NULL, '', id FROM decisions WHERE id % 50 = 0
"""
_COUNT = """
    INSERT INTO hours SELECT hour_ms, station, recipe, lot, model, operator, verdict, decision,
        waiting, outcome, label, count(*)
    FROM counted GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
"""
_AT_ONCE = 500_000

Time = tuple[float, float]
Times = dict[str, list[Time]]


def build(folder: Path, rows: int) -> None:
    """Make the database as the program makes it, and fill it past its triggers and indexes."""
    with Store(folder):
        pass
    with closing(sqlite3.connect(folder / DATABASE_NAME, isolation_level=None)) as database:
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-1000000"):
            database.execute(f"PRAGMA {pragma}")
        aside = database.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL "
            "AND tbl_name IN ('inspections', 'decisions', 'hours') "
            "AND (type = 'trigger' OR type = 'index') AND name <> 'decisions_inspection'"
        ).fetchall()
        for kind, name, _ in aside:
            database.execute(f"DROP {kind} {name}")
        for low in range(1, rows + 1, _AT_ONCE):
            high = min(low + _AT_ONCE - 1, rows)
            database.execute(_FILL, {"low": low, "high": high})
        database.execute(_DECIDE, {"decided": rows - rows // 500})
        database.execute(_UNDO)
        for kind, _, statement in aside:
            if kind == "index":
                database.execute(statement)
        database.execute(_COUNT)
        for kind, _, statement in aside:
            if kind == "trigger":
                database.execute(statement)
        database.execute("PRAGMA journal_mode=WAL")


def filters(rows: int, pick: random.Random) -> Iterator[tuple[str, Filter, int | None]]:
    """What people ask for: a name, the filter, and the entry to go on from."""
    last_ms = START_MS + rows * STEP_MS

    def week() -> tuple[int, int]:
        since = pick.randrange(START_MS, max(last_ms - 7 * DAY_MS, START_MS + 1))
        return since, since + 7 * DAY_MS

    recipe = pick.choice(["bracket", "cover", "gear", "ring", "shaft", "flange"])
    label = pick.choice(["scratch", "dent", "stain", "burr", "crack"])
    operator = f"operator {pick.randrange(8)}"
    lot = f"LOT-{pick.randrange(rows // 4000 + 1):05d}"
    model = f"model-{pick.randrange(rows // 1700000 + 1)}"
    verdict = pick.choice([Verdict.NG, Verdict.REVIEW, Verdict.NOT_INSPECTED, Verdict.OK])
    decision = pick.choice([DecisionKind.ACCEPT, DecisionKind.REJECT])
    since, until = week()
    middle = pick.randrange(1, rows + 1)
    serial = f"SN{middle:09d}"
    yield "newest", Filter(), None
    yield "middle", Filter(), middle
    yield "seven days", Filter(since_ms=since, until_ms=until), None
    yield "recipe", Filter(recipe=recipe), None
    yield "recipe, middle", Filter(recipe=recipe), middle
    yield "lot", Filter(lot=lot), None
    yield "lot, NG", Filter(lot=lot, verdict=Verdict.NG), None
    yield "serial", Filter(serial=serial), None
    yield "serial prefix of 100", Filter(serial=f"{serial[:-2]}*"), None
    yield "serial prefix of 10,000", Filter(serial=f"{serial[:-4]}*"), None
    yield "serial prefix of all", Filter(serial="SN*"), None
    yield "verdict", Filter(verdict=verdict), None
    yield "verdict, middle", Filter(verdict=verdict), middle
    week_of = Filter(since_ms=since, until_ms=until, recipe=recipe, verdict=Verdict.NG)
    yield "NG, recipe, 7 days", week_of, None
    yield "decision", Filter(decision=decision), None
    yield "decision, middle", Filter(decision=decision), middle
    yield "OK but rejected", Filter(decision=DecisionKind.REJECT, verdict=Verdict.OK), middle
    yield "waiting", Filter(undecided=True), None
    yield "label", Filter(label=label), None
    yield "label, middle", Filter(label=label), middle
    yield "crack, recipe", Filter(label="crack", recipe=recipe), middle
    yield "crack, operator", Filter(label="crack", operator=operator), middle
    yield "operator", Filter(operator=operator), None
    yield "operator, NG, 7 days", replace(week_of, recipe="", operator=operator), None
    yield "operator, recipe", Filter(operator=operator, recipe=recipe), middle
    yield "model", Filter(model=model), None
    yield "model, recipe, label", Filter(model=model, recipe=recipe, label=label), None
    yield "recipe, no such label", Filter(recipe=recipe, label="nothing"), None
    yield "operator, no such model", Filter(operator=operator, model="nothing"), None
    everything = Filter(None, None, recipe, "", "", Verdict.NG, decision, False, label, operator)
    yield "everything at once", everything, None


def timed(act: Callable[[], object]) -> Time:
    """Milliseconds by the clock, and of this thread's work: what the clock has more is waiting."""
    start, work = time.perf_counter(), time.thread_time()
    act()
    return (time.perf_counter() - start) * 1000, (time.thread_time() - work) * 1000


def measure_pages(reader: Reader, rows: int, times: int) -> dict[str, list[Time]]:
    """Times of every kind of page, asked in turn."""
    pick, found = random.Random(7), dict[str, list[Time]]()  # noqa: S311 - no secret
    for _ in range(times):
        for name, wanted, before in filters(rows, pick):
            found.setdefault(name, []).append(
                timed(lambda w=wanted, b=before: reader.page(w, 50, b))  # type: ignore[misc]
            )
    return found


def measure_sums(reader: Reader, rows: int, times: int) -> dict[str, list[Time]]:
    """Times of what counts many parts."""
    last_ms, pick, days = START_MS + rows * STEP_MS, random.Random(8), 30 * DAY_MS  # noqa: S311
    found: dict[str, list[Time]] = {}
    for _ in range(times):
        since = pick.randrange(START_MS, max(START_MS + 1, last_ms - days))
        asked: dict[str, Callable[[], object]] = {
            "yield of 30 days": lambda s=since: reader.yield_between(s, s + days),  # type: ignore[misc]
            "yield of 30 days, recipe": lambda s=since: reader.yield_between(s, s + days, "gear"),  # type: ignore[misc]
            "counts of a shift": lambda: reader.counts(last_ms - DAY_MS // 3),
            "waiting, and how many": lambda: (reader.waiting(), reader.waiting_count()),
            "facets": reader.facets,
        }
        for name, act in asked.items():
            found.setdefault(name, []).append(timed(act))
    return found


def measure_line(folder: Path, rows: int, times: int) -> tuple[Times, Times]:
    """Times to see the line over a shift with all its figures, and to see what is new in it."""
    whole, again = dict[str, list[Time]](), dict[str, list[Time]]()
    line, starts, now = LineSettings(), Settings().shifts, START_MS + (rows + 1) * STEP_MS
    for parts in LINE_PARTS:
        name = f"line of {min(parts, rows):,} parts"
        look = partial(see, wanted=Filter(since_ms=now - parts * STEP_MS), line=line)
        look = partial(look, starts=starts, now_ms=now)
        for _ in range(times):
            with Reader(folder) as reader, reader.connection() as connection:
                whole.setdefault(name, []).append(timed(partial(look, connection)))
                before = _without_last(look(connection), 10)
                more = timed(partial(look, connection, before=before))
                again.setdefault(f"{name}, 10 more", []).append(more)
    return whole, again


def _without_last(seen: Seen, parts: int) -> Seen:
    """As it was so many parts and words ago."""
    read = seen.parts.where(np.arange(max(0, len(seen.parts) - parts)))
    last_id = int(read.ids.max()) if len(read) else 0
    return replace(seen, parts=replace(read, last_id=last_id, last_word=read.last_word - parts))


def measure_writing(folder: Path, times: int) -> dict[str, list[Time]]:
    """Times of the store's own transactions; without a picture, so only the database is timed."""
    found: dict[str, list[Time]] = {"insert": [], "decide": []}
    with Store(folder, "line 1") as store:
        first = store.last_number() + 1
        for number in range(first, first + times):
            part = inspection(number)
            found["insert"].append(timed(lambda p=part: store.record(p, None, False)))  # type: ignore[misc]
            if number % 10 == 0:
                word = Decision(part.uid, DecisionKind.REJECT, part.at_ms + 2000, "operator 1")
                found["decide"].append(timed(lambda w=word: store.decide(w)))  # type: ignore[misc]
    return found


def inspection(number: int) -> Inspection:
    """A part as the line would record it after the others; it has no picture."""
    return Inspection(
        uid=uuid.uuid4().hex,
        part=Part(number, f"SN{number:09d}", f"LOT-{number // 4000:05d}"),
        at_ms=START_MS + number * STEP_MS,
        trigger=TriggerSource.MACHINE,
        verdict=Verdict.NOT_INSPECTED,
        recipe="flange",
        recipe_version=3,
        review_limit=0.4,
        ng_limit=0.6,
        roi=None,
        model="model-5",
        model_sha256="ab" * 32,
        provider="CPUExecutionProvider",
        camera="camera-1",
        fault=Fault(ErrorCode.CAMERA_LOST, (("source", "camera-1"),)),
        operator="operator 1",
    )


def report(times: dict[str, list[Time]], limit_ms: float) -> bool:
    """Print a line of each; tell whether all hold the limit."""
    held = True
    for name, values in times.items():
        (p50, p99), (_, work) = np.percentile(values, [50, 99], axis=0).T
        missed = "" if p99 <= limit_ms else f"  above {limit_ms:.0f}"
        held &= not missed
        top = max(values)[0]
        print(f"{name:28}{len(values):6} ×{p50:10.2f}{p99:10.2f}{top:10.2f}{work:12.2f}{missed}")
    return held


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=200)
    chosen = parser.parse_args()
    if not (chosen.folder / DATABASE_NAME).exists():
        seconds = timed(lambda: build(chosen.folder, chosen.rows))[0] / 1000
        print(f"{chosen.rows:,} rows made in {seconds:.0f} s")
    with Reader(chosen.folder) as reader:
        rows = reader.last_number()
        size = (chosen.folder / DATABASE_NAME).stat().st_size / 1e9
        print(f"{rows:,} rows, {size:.2f} GB")
        print(f"{'':35}{'p50 ms':>11}{'p99':>10}{'max':>10}{'p99 of work':>12}")
        pages = measure_pages(reader, rows, chosen.times)
        report(pages, PAGE_LIMIT_MS)
        held = report({"ALL PAGES": [*chain.from_iterable(pages.values())]}, PAGE_LIMIT_MS)
        held &= report(measure_sums(reader, rows, max(20, chosen.times // 4)), SUM_LIMIT_MS)
    whole, again = measure_line(chosen.folder, rows, max(5, chosen.times // 20))
    held &= report(whole, LINE_LIMIT_MS) & report(again, LINE_AGAIN_LIMIT_MS)
    held &= report(measure_writing(chosen.folder, chosen.times * 10), INSERT_LIMIT_MS)
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
