"""The tables, their triggers, the counts and the history on a real PostgreSQL."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL, Connection, Engine, create_engine, insert, select, text
from sqlalchemy.exc import IntegrityError

from station.domain.inspection import DecisionKind, Verdict
from station.store.history import Filter, facets, history_page, waiting_count, waiting_ids
from station.store.migrations import bring_forward, revision
from station.store.rollup import HOUR_MS, rebuild_hours, yield_between
from station.store.schema import (
    REVISIONS,
    audit,
    counted,
    decisions,
    dispositions,
    hours,
    inspections,
    keeps,
    models,
    removals,
)
from tests.peers.servers import Server

BEGIN = 1_790_000_000_000 // HOUR_MS * HOUR_MS


@pytest.fixture
def engine(postgres: Server, database: str) -> Iterator[Engine]:
    link = {"host": str(postgres.sockets), "port": str(postgres.port)}
    made = create_engine(URL.create("postgresql+psycopg", "station", database=database, query=link))
    with made.begin() as connection:
        assert revision(connection) is None
        bring_forward(connection, Path("plant"))
        bring_forward(connection, Path("plant"))
        assert revision(connection) == REVISIONS[-1]
    yield made
    made.dispose()


def part(rng: random.Random, number: int) -> dict[str, Any]:
    verdict = rng.choice(list(Verdict))
    return {
        "uid": f"u{number}",
        "number": number,
        "serial": f"SN{number:05d}",
        "lot": f"LOT {number // 50}",
        "at_ms": BEGIN + rng.randrange(40) * 600_000 + number,
        "triggered_by": "key",
        "verdict": verdict.value,
        "waits": int(verdict is Verdict.REVIEW),
        "recipe": rng.choice("ab"),
        "recipe_version": 1,
        "review_limit": 0.4,
        "ng_limit": 0.6,
        "model": "model",
        "model_sha256": "ab",
        "provider": "cpu",
        "camera": "camera",
        "label": rng.choice([None, "good", "划痕"]),
        "scores": "[]",
        "operator": rng.choice(["", "Li"]),
        "source": "",
        "image": "x.png",
        "image_sha256": "ab",
        "image_bytes": 1,
        "station": rng.choice(["line 1", "Prüfplatz 2"]),
    }


def fill(connection: Connection, rows: int) -> None:
    rng = random.Random(3)
    connection.execute(insert(inspections), [part(rng, n) for n in range(1, rows + 1)])
    for _ in range(rows):
        word = {
            "inspection": rng.randrange(1, rows + 1),
            "kind": rng.choice(["accept", "reject"]),
            "at_ms": 1,
            "operator": "",
            "label": rng.choice([None, "dent"]),
            "reason": "",
        }
        connection.execute(insert(decisions), word)


def counts(connection: Connection) -> list[tuple[object, ...]]:
    return sorted(tuple(row) for row in connection.execute(select(hours)))


def test_the_counts_follow_statements_of_many_rows_too(engine):
    many = (
        "INSERT INTO decisions (inspection, kind, at_ms, operator, reason) "
        "SELECT 5, 'accept', 1, '', '' FROM generate_series(1, 3) "
        "UNION ALL SELECT 6, 'reject', 1, '', ''"
    )
    undo = (
        "INSERT INTO decisions (inspection, kind, at_ms, operator, reason, undoes) "
        "SELECT inspection, 'undo', 2, '', '', id FROM decisions WHERE id % 4 = 0"
    )
    ignored = (
        "INSERT INTO inspections SELECT * FROM inspections WHERE id < 9 ON CONFLICT DO NOTHING"
    )
    with engine.begin() as connection:
        fill(connection, 200)
        for statement in (many, undo, ignored):
            connection.execute(text(statement))
        kept = counts(connection)
        assert sum(row[-1] for row in kept) == 200
        rebuild_hours(connection)
        assert counts(connection) == kept
        assert yield_between(connection, BEGIN, BEGIN + 9 * HOUR_MS).parts == 200


def test_no_row_is_ever_changed_or_removed(engine):
    with engine.begin() as connection:
        fill(connection, 3)
        said = {"inspection": 1, "at_ms": 1}
        connection.execute(insert(dispositions), said | {"disposition": "hold"})
        connection.execute(insert(keeps), said | {"why": "golden", "operator": ""})
        connection.execute(insert(removals), said | {"why": "retention"})
        connection.execute(insert(audit), {"at_ms": 1, "operator": "", "action": "note"})
        model = {"sha256": "ab", "name": "m", "card": "{}", "path": "m", "at_ms": 1}
        connection.execute(insert(models), model)
    for table in (inspections, decisions, dispositions, models, keeps, removals, audit):
        statements = (
            f"UPDATE {table.name} SET at_ms = at_ms",
            f"DELETE FROM {table.name}",
            f"TRUNCATE {table.name} CASCADE",
        )
        for statement in statements:
            with (
                pytest.raises(IntegrityError, match="only grows"),
                engine.begin() as connection,
            ):
                connection.execute(text(statement))


def test_a_part_comes_once(engine):
    with engine.begin() as connection:
        fill(connection, 3)
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(insert(inspections), part(random.Random(1), 2))


def test_the_history_reads_as_on_a_station(engine):
    asked = [
        (Filter(), counted.c.id > 0),
        (Filter(recipe="a", verdict=Verdict.NG), text("recipe = 'a' AND verdict = 'NG'")),
        (Filter(decision=DecisionKind.REJECT), counted.c.decision == "reject"),
        (Filter(undecided=True), counted.c.waiting == 1),
        (Filter(label="划痕", lot="LOT 3"), text("label = '划痕' AND lot = 'LOT 3'")),
        (Filter(station="Prüfplatz 2"), counted.c.station == "Prüfplatz 2"),
        (Filter(serial="SN001*"), counted.c.serial.startswith("SN001")),
    ]
    with engine.begin() as connection:
        fill(connection, 300)
        for wanted, condition in asked:
            rows = select(counted.c.at_ms, counted.c.id).where(condition)
            right = sorted((tuple(row) for row in connection.execute(rows)), reverse=True)
            seen: list[tuple[int, int]] = []
            while page := history_page(connection, wanted, 7, seen[-1][1] if seen else None):
                seen += [(entry.inspection.at_ms, entry.id) for entry in page]
            assert seen == right
        assert waiting_count(connection) == len(waiting_ids(connection, 999)) > 10
        assert facets(connection).stations == ("Prüfplatz 2", "line 1"), "by bytes, as SQLite"
