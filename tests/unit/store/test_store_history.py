"""The history against a plain look at every row, and that no page looks at many."""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from station.domain.inspection import DecisionKind, Verdict
from station.store.history import Facets, Filter
from station.store.queries import Reader
from station.store.rollup import HOUR_MS
from station.store.rows import to_row
from station.store.schema import DATABASE_NAME
from station.store.store import Store
from tools.history_bench import build, filters, main

ROWS = 20_000
BEGIN = 1_790_000_000_000 // HOUR_MS * HOUR_MS


def part_row(rng: random.Random, number: int, template: dict[str, Any]) -> dict[str, Any]:
    """Now and then the clock jumps, and many parts share their millisecond."""
    verdict = rng.choices(["OK", "NG", "REVIEW", "NOT_INSPECTED"], [90, 6, 3, 1])[0]
    jump = rng.choice([0, 0, 0, -5 * HOUR_MS])
    return template | {
        "id": number,
        "uid": f"{number:032x}",
        "number": number,
        "serial": f"SN{number // 2:06d}" if number % 7 else "",
        "lot": f"LOT {number // 900}",
        "at_ms": BEGIN + number // 3 * 90_000 + jump,
        "verdict": verdict,
        "waits": int(verdict == "REVIEW"),
        "recipe": rng.choices(["flange", "法兰", "ring"], [90, 9, 1])[0],
        "label": None if verdict == "NOT_INSPECTED" else rng.choice(["good", "scratch", "划痕"]),
        "model": f"model {number // 6000}",
        "operator": rng.choice(["Li", "Jürgen"]) if number // 500 % 9 else "guest",
        "station": "line 1",
        "image": "x.png",
        "image_sha256": "ab",
        "image_bytes": 1,
    }


def insert(database: sqlite3.Connection, table: str, row: dict[str, Any]) -> int:
    marks = ", ".join(f":{name}" for name in row)
    made = database.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", row)
    return made.lastrowid or 0


def say(rng: random.Random, database: sqlite3.Connection, part: int) -> None:
    word = {"inspection": part, "at_ms": 1, "operator": "Li", "reason": ""}
    kind, label = rng.choice(["accept", "reject"]), rng.choice([None, None, "scratch", "crack"])
    said = insert(database, "decisions", word | {"kind": kind, "label": label})
    if rng.random() < 0.2:
        insert(database, "decisions", word | {"kind": "undo", "undoes": said})


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty thousand rows over some weeks, by the database's own triggers; and words on some."""
    from tools.history_bench import inspection

    folder = tmp_path_factory.mktemp("history")
    with Store(folder):
        pass
    rng, template = random.Random(11), to_row(inspection(1))
    template |= {"fault": None, "fault_facts": None}
    with closing(sqlite3.connect(folder / DATABASE_NAME)) as database, database:
        for number in range(1, ROWS + 1):
            insert(database, "inspections", part_row(rng, number, template))
        waiting = database.execute("SELECT id FROM inspections WHERE waits = 1").fetchall()
        for (part,) in waiting[:-40]:
            say(rng, database, part)
        for _ in range(600):
            say(rng, database, rng.randrange(1, ROWS))
    return folder


@pytest.fixture(scope="module")
def reader(folder: Path) -> Iterator[Reader]:
    with Reader(folder) as opened:
        yield opened


@pytest.fixture(scope="module")
def everything(folder: Path) -> list[dict[str, Any]]:
    """Every part with its standing word, found the long way, newest first."""
    with closing(sqlite3.connect(folder / DATABASE_NAME)) as database:
        database.row_factory = sqlite3.Row
        rows = [dict(row) for row in database.execute("SELECT * FROM inspections")]
        words = [dict(row) for row in database.execute("SELECT * FROM decisions ORDER BY id")]
    undone = {word["undoes"] for word in words}
    standing: dict[int, dict[str, Any]] = {}
    for word in words:
        if word["kind"] != "undo" and word["id"] not in undone:
            standing[word["inspection"]] = word
    for row in rows:
        word = standing.get(row["id"], {})
        row["decision"] = word.get("kind")
        row["stands"] = word.get("label") or row["label"]
    return sorted(rows, key=lambda row: (row["at_ms"], row["id"]), reverse=True)


def fits(row: dict[str, Any], wanted: Filter) -> bool:
    """The filter in plain words."""
    serial = wanted.serial.rstrip("*")
    asked = {
        "since_ms": lambda: row["at_ms"] >= wanted.since_ms,
        "until_ms": lambda: row["at_ms"] < wanted.until_ms,
        "serial": lambda: (
            row["serial"].startswith(serial) if "*" in wanted.serial else row["serial"] == serial
        ),
        "verdict": lambda: row["verdict"] == wanted.verdict,
        "decision": lambda: row["decision"] == wanted.decision,
        "undecided": lambda: row["waits"] and row["decision"] is None,
        "label": lambda: row["stands"] == wanted.label,
    }
    named = [
        field.name for field in fields(Filter) if getattr(wanted, field.name) not in (None, "")
    ]
    return all(
        asked[name]() if name in asked else row[name] == getattr(wanted, name)
        for name in named
        if name != "undecided" or wanted.undecided
    )


def walk(reader: Reader, wanted: Filter, limit: int, most: int = 10**9) -> list[int]:
    ids: list[int] = []
    while len(ids) < most and (page := reader.page(wanted, limit, ids[-1] if ids else None)):
        assert len(page) <= limit
        ids += [entry.id for entry in page]
    return ids


SINGLE = {
    "recipe": ["flange", "法兰", "ring", "none"],
    "lot": ["LOT 3", "LOT 22"],
    "serial": ["SN000777", "SN0007*", "SN00*", "S*", "SN", "X*"],
    "verdict": list(Verdict),
    "decision": [DecisionKind.ACCEPT, DecisionKind.REJECT],
    "undecided": [True],
    "label": ["good", "scratch", "划痕", "crack"],
    "operator": ["Li", "guest", "nobody"],
    "model": ["model 0", "model 3"],
    "station": ["line 1", "line 2"],
    "since_ms": [BEGIN + 100 * HOUR_MS, BEGIN + 100 * HOUR_MS + 1_800_001],
    "until_ms": [BEGIN + 110 * HOUR_MS, BEGIN + 110 * HOUR_MS + 1_234_567],
}


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in SINGLE.items() for value in values]
)
def test_one_filter_gives_its_rows_in_order_page_by_page(reader, everything, name, value):
    wanted = Filter(**{name: value})
    right = [row["id"] for row in everything if fits(row, wanted)]
    most = min(len(right) + 1, 1500)
    assert walk(reader, wanted, 50, most)[:1500] == right[:1500]


def test_any_filters_together_give_their_rows_in_order(reader, everything):
    rng, found = random.Random(2), 0
    fitting = {
        (name, value): {row["id"] for row in everything if fits(row, Filter(**{name: value}))}
        for name, values in SINGLE.items()
        for value in values
    }
    for _ in range(200):
        chosen = rng.sample(sorted(SINGLE), rng.choice([2, 2, 2, 3, 4]))
        asked = {name: rng.choice(SINGLE[name]) for name in chosen}
        ids = set.intersection(*(fitting[item] for item in asked.items()))
        right = [row["id"] for row in everything if row["id"] in ids]
        found += bool(right)
        assert walk(reader, Filter(**asked), 37, 150)[:150] == right[:150], asked
    assert found > 60


def test_nothing_asked_for_is_everything_once(reader, everything):
    assert walk(reader, Filter(), 1000) == [row["id"] for row in everything]


def test_an_entry_carries_its_station_and_stands_as_everywhere(reader):
    for entry in reader.page(Filter(decision=DecisionKind.REJECT), 5):
        assert entry == reader.entry(entry.inspection.uid)
        assert entry.station == "line 1"


def test_a_page_after_what_is_not_there_is_empty(reader):
    assert reader.page(Filter(), 5, before_id=ROWS + 7) == []


def test_what_can_be_asked_for(reader):
    assert reader.facets() == Facets(
        recipes=("flange", "ring", "法兰"),
        lots=tuple(f"LOT {n}" for n in range(22, -1, -1)),
        labels=("crack", "good", "scratch", "划痕"),
        operators=("Jürgen", "Li", "guest"),
        models=("model 0", "model 1", "model 2", "model 3"),
        stations=("line 1",),
    )


def test_the_waiting_come_oldest_first(reader, everything):
    right = [row["id"] for row in everything[::-1] if fits(row, Filter(undecided=True))]
    assert len(right) >= 40
    waiting = reader.waiting(limit=10**6)
    assert [part.part.number for part in waiting] == right
    assert [part.part.number for part in reader.waiting(7)] == right[:7]
    assert reader.waiting_count() == len(right)


SCANS = [replace(Filter(), **{name: values[0]}) for name, values in SINGLE.items()]


@pytest.mark.parametrize("wanted", [Filter(), *SCANS], ids=str)
def test_no_page_looks_through_a_table(folder, wanted):
    """Every statement of a page goes by an index, or by the ids that another one found."""
    said: list[tuple[str, Any]] = []
    with Reader(folder) as reader:
        assert reader._engine is not None

        @event.listens_for(reader._engine, "before_cursor_execute")
        def _listen(_c: object, _u: object, statement: str, values: Any, *_: object) -> None:
            said.append((statement, values))

        reader.page(wanted, 50, reader.page(wanted)[-1].id)
        reader.facets()
        reader.waiting()
        reader.waiting_count()
        reader.counts(BEGIN + 5)
    with closing(sqlite3.connect(folder / DATABASE_NAME)) as database:
        plans = [
            step
            for statement, values in said
            for *_, step in database.execute(f"EXPLAIN QUERY PLAN {statement}", values)
        ]
    assert len(said) > 7
    of_one_row = ("SCAN CONSTANT ROW", "SCAN anon_1", "SCAN (subquery")
    scans = {step for step in plans if step.startswith("SCAN") and not step.startswith(of_one_row)}
    assert scans == set()


def test_the_bench_builds_what_the_program_would_and_measures_it(tmp_path, monkeypatch, capsys):
    build(tmp_path, 3000)
    with Store(tmp_path) as store, store.reader.connection() as connection:
        kept = connection.exec_driver_sql("SELECT * FROM hours ORDER BY 1,2,3,4,5,6,7,8,9,10,11")
        counted = connection.exec_driver_sql(
            "SELECT hour_ms, station, recipe, lot, model, operator, verdict, decision, waiting, "
            "outcome, label, count(*) FROM counted GROUP BY 1,2,3,4,5,6,7,8,9,10,11"
        )
        assert kept.all() == counted.all()
        decided = connection.exec_driver_sql("SELECT count(*) FROM decisions").scalar_one()
        assert decided > 20
    arguments = ["history_bench", str(tmp_path), "--rows", "3000", "--times", "1"]
    monkeypatch.setattr("sys.argv", arguments)
    main()
    printed = capsys.readouterr().out
    assert all(name in printed for name, _, _ in filters(3000, random.Random(1)))
    with Reader(tmp_path) as reader:
        assert reader.last_number() == 3010
